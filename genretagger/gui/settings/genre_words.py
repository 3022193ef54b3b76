"""The names of genres in the language of the window, for users who want these in their files."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from genretagger.core.vocabulary import vocabulary

_translate = QCoreApplication.translate


def words_of_language() -> dict[str, str]:
    """Return the names of what can be heard in the language of the window, by id.

    A language names only those for which it has a word in use, and the vocabulary must know each
    as a name of the genre: else a file that has it would not agree.
    """
    own = vocabulary().name
    return {genre: word for genre, word in _words().items() if word != own(genre)}


def _words() -> dict[str, str]:
    return {
        "a-cappella": _translate("GenreWords", "A Cappella"),
        "acoustic": _translate("GenreWords", "Acoustic"),
        "african": _translate("GenreWords", "African"),
        "alternative": _translate("GenreWords", "Alternative"),
        "alternative-rock": _translate("GenreWords", "Alternative Rock"),
        "asian": _translate("GenreWords", "Asian"),
        "childrens-music": _translate("GenreWords", "Children's Music"),
        "choral": _translate("GenreWords", "Choral"),
        "christian": _translate("GenreWords", "Christian"),
        "christmas": _translate("GenreWords", "Christmas"),
        "classic-rock": _translate("GenreWords", "Classic Rock"),
        "classical": _translate("GenreWords", "Classical"),
        "electronic": _translate("GenreWords", "Electronic"),
        "latin": _translate("GenreWords", "Latin"),
        "middle-eastern": _translate("GenreWords", "Middle Eastern"),
        "opera": _translate("GenreWords", "Opera"),
        "orchestral": _translate("GenreWords", "Orchestral"),
        "progressive-rock": _translate("GenreWords", "Progressive Rock"),
        "psychedelic-rock": _translate("GenreWords", "Psychedelic Rock"),
        "soundtrack": _translate("GenreWords", "Soundtrack"),
        "video-game-music": _translate("GenreWords", "Video Game Music"),
        "world": _translate("GenreWords", "World"),
    }
