"""The choices of the genres that are suggested, as the settings and the window offer them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QCoreApplication

from genretagger.core.settings import GenreSet, Settings

_translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class GenreOption:
    """One choice; `classifier` is the personal one that own genres come from, "" for none."""

    genres: GenreSet
    classifier: str = ""

    @classmethod
    def of(cls, settings: Settings) -> GenreOption:
        """Return the choice that is made in the settings."""
        genres = settings.genres_in_use
        return cls(genres, settings.personal_classifier if genres is GenreSet.OWN else "")

    @property
    def is_possible(self) -> bool:
        """Whether it can be chosen: own genres need a classifier."""
        return self.genres is not GenreSet.OWN or bool(self.classifier)

    def text(self) -> str:
        """Return the choice in words."""
        match self.genres:
            case GenreSet.TEN:
                return _translate("Genres", "The ten")
            case GenreSet.STYLES:
                return _translate("Genres", "The ten and styles")
            case GenreSet.OWN if self.classifier:
                return _translate("Genres", "My own: {name}").format(name=self.classifier)
            case GenreSet.OWN:
                return _translate("Genres", "My own")

    def short_text(self) -> str:
        """Return the choice as a button says it."""
        match self.genres:
            case GenreSet.TEN:
                return _translate("Genres", "Genres: ten")
            case GenreSet.STYLES:
                return _translate("Genres", "Genres: styles")
            case GenreSet.OWN:
                return _translate("Genres", "Genres: mine")

    def taken(self, settings: Settings) -> Settings:
        """Return `settings` with this choice; a classifier that is not wanted instead is beside."""
        name = self.classifier or settings.personal_classifier
        return replace(settings, genres=self.genres, personal_classifier=name)


def list_options(settings: Settings, classifiers: Sequence[str]) -> tuple[GenreOption, ...]:
    """Return the choices, with one for each of the `classifiers` that can be used."""
    current = GenreOption.of(settings)
    names = [*classifiers, *([current.classifier] if current.classifier not in classifiers else [])]
    own = [GenreOption(GenreSet.OWN, name) for name in names if name or not classifiers]
    return (GenreOption(GenreSet.TEN), GenreOption(GenreSet.STYLES), *own)


def missing_text() -> str:
    """Return why own genres cannot be chosen while there is no personal classifier."""
    return _translate(
        "Genres", "My own can be chosen once you have learned some from your library (Ctrl+L)."
    )
