"""Read the tags of every container and store a genre in them; only this package imports mutagen.

`tagging.writing` decides whether a write is allowed and makes it safe. Only mutagen's Ogg pages are
also used by `tagging.layout.ogg`. A module is loaded when one of its names is first used, so that
what reads no file does not wait for mutagen.
"""

from typing import TYPE_CHECKING, Final

from genretagger.core import lazy_names
from genretagger.core.file_kinds import AUDIO_SUFFIXES as AUDIO_SUFFIXES

if TYPE_CHECKING:
    from genretagger.tagging.containers.genre_storage import TagState as TagState
    from genretagger.tagging.containers.genre_storage import accepts as accepts
    from genretagger.tagging.containers.genre_storage import genre_names as genre_names
    from genretagger.tagging.containers.genre_storage import joins as joins
    from genretagger.tagging.containers.genre_storage import make_raw_genre as make_raw_genre
    from genretagger.tagging.containers.genre_storage import same_entries as same_entries
    from genretagger.tagging.containers.genre_storage import same_genre as same_genre
    from genretagger.tagging.containers.genre_storage import state_of as state_of
    from genretagger.tagging.containers.genre_storage import store as store
    from genretagger.tagging.containers.genre_storage import taken_back as taken_back
    from genretagger.tagging.containers.id3.id3_writer import UPGRADE_NEEDED as UPGRADE_NEEDED
    from genretagger.tagging.containers.reading import read as read
    from genretagger.tagging.containers.refusing import not_written as not_written

# The same for Python: what each module hands on.
_NAMES: Final = {
    "genre_storage": (
        *("TagState", "accepts", "genre_names", "joins", "make_raw_genre", "same_entries"),
        *("same_genre", "state_of", "store", "taken_back"),
    ),
    "id3.id3_writer": ("UPGRADE_NEEDED",),
    "reading": ("read",),
    "refusing": ("not_written",),
}


def load_all() -> None:
    """Load all modules now: on a thread, before the GUI thread would wait for one."""
    lazy_names.load_all(__name__, _NAMES)


if not TYPE_CHECKING:  # else type checkers would take every misspelt name for one of ours
    __getattr__ = lazy_names.load_on_use(__name__, _NAMES)
