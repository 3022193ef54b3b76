"""The user's settings: one frozen value per job; `settings_file` loads and saves it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from typing import Any, Final

from genretagger.core.errors import SettingsError
from genretagger.core.personal import is_name
from genretagger.core.predictions import HIGH_FROM
from genretagger.core.rules import RULES_FORM, Rule, normalise_rules
from genretagger.core.settings_text import (
    GENRES_FORM,
    MAPPING_FORM,
    normalise_genres,
    normalise_mapping,
)
from genretagger.core.writes import Policy

LONGEST_DAYS: Final = 36_500
LANGUAGES: Final = ("", "en", "es")  # "": that of the system
MOST_JOBS: Final = 256


def _setting(default: Any, meaning: str) -> Any:
    return field(default=default, metadata={"meaning": meaning})


class GenreSet(StrEnum):
    """Which genres are suggested; the words of the settings file."""

    TEN = "ten"  # those of the model
    STYLES = "styles"  # the ten, and the model's styles where none of them fits
    OWN = "own"  # those of the personal classifier, instead of the ten


class PersonalUse(StrEnum):
    """How the personal classifier is used; the words of the command line."""

    BESIDE = "beside"  # the ten genres
    INSTEAD = "instead"  # of the ten genres


class Effort(StrEnum):
    """How much of the computer hearing takes; the words of the settings file."""

    GENTLE = "gentle"  # half of the processors, whatever other programs leave of them
    NORMAL = "normal"  # every processor, half of them on battery, after other programs
    ALL = "all"  # every processor, as any other program


class Theme(StrEnum):
    """The colours of the window; the words of the settings file."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class TextSize(StrEnum):
    """How large texts in the window are; the words of the settings file."""

    SMALL = "small"
    NORMAL = "normal"  # as in other programs
    LARGE = "large"
    LARGEST = "largest"


class RowHeight(StrEnum):
    """How high a row of the track table is; the words of the settings file."""

    COMPACT = "compact"
    NORMAL = "normal"
    ROOMY = "roomy"


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that the user can choose; a job keeps the settings it started with."""

    policy: str = _setting(
        Policy.FILL.value,
        "what the window offers for files with a genre: fill, add, correct or replace",
    )
    accept_threshold: float = _setting(
        HIGH_FROM, "the confidence that the window offers to accept from"
    )
    jobs: int = _setting(0, "worker processes; 0: as many as effort says")
    keep_dates: bool = _setting(True, "whether a written file keeps its date")
    id3v23_separator: str = _setting(
        "/", "between several genres in ID3v2.3 tags, which have no lists"
    )
    upgrade_id3v22: bool = _setting(False, "ID3v2.2 tags are upgraded to 2.3 when written")
    keep_history_days: int = _setting(
        0, "days after which a batch can no longer be undone and is removed; 0: never"
    )
    personal_classifier: str = _setting(
        "", "the name of the personal classifier in use; empty: none"
    )
    mapping: tuple[tuple[str, tuple[str, ...]], ...] = _setting(
        (), "what is written for a genre that is heard: hiphop=Hip-Hop; disco=Disco|Funk"
    )
    protected_genres: tuple[str, ...] = _setting(
        (), "genres that stay in a file whose genres are replaced, with ; between them"
    )
    language: str = _setting("", "the language of the window: en, es; empty: that of the system")
    remember_session: bool = _setting(True, "whether the window opens the last folders at start")
    notify: bool = _setting(
        True, "whether the desktop says that a long job is over, where the window is not in front"
    )
    sort_names: bool = _setting(
        True, "whether artists are sorted by the sort names in their tags: Beatles, The"
    )
    skip_hidden_folders: bool = _setting(
        True, "whether hidden folders of programs, such as .cache, are left out"
    )
    effort: Effort = _setting(  # noqa: RUF009 - a field, as the others
        Effort.NORMAL, "how much of the computer hearing takes: gentle, normal or all"
    )
    genres: GenreSet = _setting(  # noqa: RUF009 - a field, as the others
        GenreSet.STYLES,
        "which genres are suggested: ten, styles (the ten, and styles where none of them fits) "
        "or own (those of the personal classifier)",
    )
    theme: Theme = _setting(  # noqa: RUF009 - a field, as the others
        Theme.SYSTEM, "the colours of the window: system, light or dark"
    )
    text_size: TextSize = _setting(  # noqa: RUF009 - a field, as the others
        TextSize.NORMAL, "how large texts in the window are: small, normal, large or largest"
    )
    row_height: RowHeight = _setting(  # noqa: RUF009 - a field, as the others
        RowHeight.NORMAL, "how high rows of the track table are: compact, normal or roomy"
    )
    rules: tuple[Rule, ...] = _setting(
        (),
        "what is suggested for artists and folders, whatever is heard, or what is left alone: "
        "artist:Nick Drake=Folk; folder:/music/Talks",
    )

    def __post_init__(self) -> None:
        """Check every value.

        Raises
        ------
        SettingsError
            A value is of the wrong type or out of range.
        """
        self._take_genres()
        self._take_rules()
        for item in fields(self):
            kind = str if isinstance(item.default, str) else type(item.default)
            require_type(item.name, getattr(self, item.name), kind)
        require_one("policy", self.policy, [policy.value for policy in Policy])
        self._take_word("effort", Effort)
        self._take_word("genres", GenreSet)
        self._take_word("theme", Theme)
        self._take_word("text_size", TextSize)
        self._take_word("row_height", RowHeight)
        is_language = self.language in LANGUAGES
        allowed = "en, es, or empty for that of the system"
        _require("language", self.language, ok=is_language, allowed=allowed)
        _require_range("accept_threshold", self.accept_threshold, most=1)
        _require_range("jobs", self.jobs, most=MOST_JOBS)
        _require_range("keep_history_days", self.keep_history_days, most=LONGEST_DAYS)
        _require(
            "id3v23_separator",
            self.id3v23_separator,
            ok=self.id3v23_separator.isprintable() and self.id3v23_separator.strip() != "",
            allowed="one or more visible characters",
        )
        name = self.personal_classifier
        fits = not name or is_name(name)
        _require("personal_classifier", name, ok=fits, allowed="a name of one, or empty")

    @property
    def genres_in_use(self) -> GenreSet:
        """`genres`; the ten and styles while these are to be own, but there is no classifier."""
        is_without = self.genres is GenreSet.OWN and not self.personal_classifier
        return GenreSet.STYLES if is_without else self.genres

    @property
    def personal_use(self) -> PersonalUse:
        """How `personal_classifier` is used, as `genres` says it."""
        return PersonalUse.INSTEAD if self.genres is GenreSet.OWN else PersonalUse.BESIDE

    def _take_word(self, name: str, kind: type[StrEnum]) -> None:
        """Check one of a few words, and keep it as a member of `kind`."""
        require_one(name, getattr(self, name), [member.value for member in kind])
        object.__setattr__(self, name, kind(getattr(self, name)))

    def _take_genres(self) -> None:
        """Normalise the mapping and the protected genres."""
        pairs, genres = normalise_mapping(self.mapping), normalise_genres(self.protected_genres)
        _require("mapping", self.mapping, ok=pairs is not None, allowed=MAPPING_FORM)
        _require(
            "protected_genres", self.protected_genres, ok=genres is not None, allowed=GENRES_FORM
        )
        object.__setattr__(self, "mapping", pairs)
        object.__setattr__(self, "protected_genres", genres)

    def _take_rules(self) -> None:
        """Normalise the rules."""
        rules = normalise_rules(self.rules)
        _require("rules", self.rules, ok=rules is not None, allowed=RULES_FORM)
        object.__setattr__(self, "rules", rules)


def with_personal(settings: Settings, name: str, use: PersonalUse) -> Settings:
    """Return `settings` with the personal classifier `name`, "" for none, used so."""
    genres = settings.genres
    if use is PersonalUse.INSTEAD:
        genres = GenreSet.OWN
    elif genres is GenreSet.OWN:
        genres = GenreSet.STYLES
    return replace(settings, personal_classifier=name, genres=genres)


def require_own(settings: Settings) -> Settings:
    """Return `settings`, after checking that genres which are to be own have a classifier.

    Raises
    ------
    SettingsError
        There is no personal classifier in use.
    """
    if settings.genres_in_use is not settings.genres:
        raise SettingsError("genres-own-missing")
    return settings


def require_type(name: str, value: object, kind: type) -> None:
    """Check the type of a value.

    Raises
    ------
    SettingsError
        It is of another type.
    """
    fits = isinstance(value, (int, float)) if kind is float else isinstance(value, kind)
    if isinstance(value, bool) and kind is not bool:
        fits = False
    allowed = {bool: "true or false", int: "a whole number", float: "a number", str: "a text"}
    _require(name, value, ok=fits, allowed=allowed.get(kind, ""))


def require_one(name: str, value: str, allowed: Sequence[str]) -> None:
    """Check that a value is one of a few words.

    Raises
    ------
    SettingsError
        It is not.
    """
    _require(name, value, ok=value in allowed, allowed=", ".join(allowed))


def _require_range(name: str, value: float, *, most: int) -> None:
    _require(name, value, ok=0 <= value <= most, allowed=f"from 0 to {most}")


def _require(name: str, value: object, *, ok: bool, allowed: str) -> None:
    if not ok:
        raise SettingsError("setting-invalid", name=name, value=repr(value), allowed=allowed)
