"""Analyse, apply, undo: generators of events. Alone knows the order of the steps.

Every generator raises `Cancelled` soon after its `cancel` is set; finished work stays. A module is
loaded when one of its names is first used, so that what needs neither NumPy nor decoder loads none.
"""

from typing import TYPE_CHECKING, Final

from genretagger.core import lazy_names
from genretagger.tagging import containers

if TYPE_CHECKING:
    from genretagger.pipeline.analysing import analyse as analyse
    from genretagger.pipeline.context import Context as Context
    from genretagger.pipeline.exporting import export as export
    from genretagger.pipeline.exporting import heard_record as heard_record
    from genretagger.pipeline.exporting import table_line as table_line
    from genretagger.pipeline.history_table import export_history_table as export_history_table
    from genretagger.pipeline.learning import HeardAgain as HeardAgain
    from genretagger.pipeline.learning import Learned as Learned
    from genretagger.pipeline.learning import heard_again as heard_again
    from genretagger.pipeline.learning import learn as learn
    from genretagger.pipeline.learning import save_learned as save_learned
    from genretagger.pipeline.past_writes import batch_writes as batch_writes
    from genretagger.pipeline.past_writes import export_history as export_history
    from genretagger.pipeline.past_writes import history as history
    from genretagger.pipeline.past_writes import recover as recover
    from genretagger.pipeline.personal import Personal as Personal
    from genretagger.pipeline.personal import delete_personal as delete_personal
    from genretagger.pipeline.personal import export_personal as export_personal
    from genretagger.pipeline.personal import import_personal as import_personal
    from genretagger.pipeline.personal import in_use as in_use
    from genretagger.pipeline.personal import personal_classifiers as personal_classifiers
    from genretagger.pipeline.personal import personal_report as personal_report
    from genretagger.pipeline.personal import use_personal as use_personal
    from genretagger.pipeline.reviewing import ReviewEvent as ReviewEvent
    from genretagger.pipeline.reviewing import analyse_for_review as analyse_for_review
    from genretagger.pipeline.reviewing import rows_with_albums as rows_with_albums
    from genretagger.pipeline.sampling import SampleMade as SampleMade
    from genretagger.pipeline.sampling import make_samples as make_samples
    from genretagger.pipeline.settings import LoadedSettings as LoadedSettings
    from genretagger.pipeline.settings import read_settings as read_settings
    from genretagger.pipeline.settings import save_settings as save_settings
    from genretagger.pipeline.starting import Started as Started
    from genretagger.pipeline.starting import start as start
    from genretagger.pipeline.starting import with_settings as with_settings
    from genretagger.pipeline.track_details import details as details
    from genretagger.pipeline.track_details import envelopes as envelopes
    from genretagger.pipeline.watching import folder_watch as folder_watch
    from genretagger.pipeline.watching import watch as watch
    from genretagger.pipeline.writing import apply as apply
    from genretagger.pipeline.writing import read_only_reason as read_only_reason
    from genretagger.pipeline.writing import request_for as request_for
    from genretagger.pipeline.writing import undo as undo

# The same for Python: what each module hands on. No module is called as one of these.
_NAMES: Final = {
    "analysing": ("analyse",),
    "context": ("Context",),
    "exporting": ("export", "heard_record", "table_line"),
    "history_table": ("export_history_table",),
    "learning": ("HeardAgain", "Learned", "heard_again", "learn", "save_learned"),
    "past_writes": ("batch_writes", "export_history", "history", "recover"),
    "personal": (
        *("Personal", "delete_personal", "export_personal", "import_personal", "in_use"),
        *("personal_classifiers", "personal_report", "use_personal"),
    ),
    "reviewing": ("ReviewEvent", "analyse_for_review", "rows_with_albums"),
    "sampling": ("SampleMade", "make_samples"),
    "settings": ("LoadedSettings", "read_settings", "save_settings"),
    "starting": ("Started", "start", "with_settings"),
    "track_details": ("details", "envelopes"),
    "watching": ("folder_watch", "watch"),
    "writing": ("apply", "read_only_reason", "request_for", "undo"),
}


def load_all() -> None:
    """Load all modules now: on a thread, before the GUI thread would wait for one."""
    lazy_names.load_all(__name__, _NAMES)
    containers.load_all()


if not TYPE_CHECKING:  # else type checkers would take every misspelt name for one of ours
    __getattr__ = lazy_names.load_on_use(__name__, _NAMES)
