"""Every error raised on purpose: a message key and its values.

`str()` renders English for logs and the command line; the window translates `MESSAGES[key]` and
formats it with the same values.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from genretagger.core.messages import MESSAGES

# Overrides of the writing direction, which can make a name read as another.
_DIRECTIONS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_LONGEST_TEXT = 1000  # a tag may hold megabytes, which stop any list
_UNSEEN = frozenset({"Cc", "Cs", "Zl", "Zp"})  # controls, surrogates, separators of lines


def printable(text: str) -> str:
    """Return `text` on one line; characters that could steer a terminal are escaped."""
    if text.isprintable():  # nearly every text, in a hundredth of the time
        return text
    return "".join(
        character.encode("unicode_escape").decode()
        if unicodedata.category(character) in _UNSEEN or character in _DIRECTIONS
        else character
        for character in text
    )


def printable_start(text: str) -> str:
    """Return the beginning of a text of a tag as `printable` does; "…" stands for a long rest."""
    return printable(text if len(text) <= _LONGEST_TEXT else f"{text[:_LONGEST_TEXT]}…")


def shown(path: Path) -> str:
    """Return `path` as text that can always be printed; undecodable bytes become U+FFFD."""
    return printable(os.fsencode(path).decode("utf-8", "replace"))


def reason_of(error: OSError) -> str:
    """Return the operating system's sentence for `error`, never the name of an exception."""
    return error.strerror or "the system gives no reason"


class GenreTaggerError(Exception):
    """Root of all errors raised on purpose.

    Parameters
    ----------
    key : str
        A key of `MESSAGES`.
    **values : object
        Values of the message's placeholders.
    """

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values

    def __str__(self) -> str:
        return MESSAGES[self.key].format(**self.values)

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (type(self), self.key, self.values)


@contextmanager
def translate_os_errors(kind: type[GenreTaggerError], key: str, path: Path) -> Iterator[None]:
    """Turn an OSError into a `kind`: the message `key` with the `path` and the reason."""
    try:
        yield
    except OSError as error:
        raise kind(key, path=shown(path), reason=reason_of(error)) from error


def _rebuild(cls: type[GenreTaggerError], key: str, values: dict[str, object]) -> GenreTaggerError:
    """Rebuild an error on the other side of a process boundary."""
    if issubclass(cls, TrackError):
        return cls(values.pop("file"), key, **values)  # type: ignore[arg-type]
    return cls(key, **values)


class TrackError(GenreTaggerError):
    """One file cannot be handled; the batch goes on. `{path}` in the message names the file."""

    def __init__(self, path: Path, key: str, **values: object) -> None:
        super().__init__(key, path=shown(path), file=path, **values)
        self.path = path

    def __reduce__(self) -> tuple[Any, ...]:
        values = {name: value for name, value in self.values.items() if name != "path"}
        return _rebuild, (type(self), self.key, values)


class UnsupportedFormatError(TrackError):
    """No reader for this container."""


class DecodeError(TrackError):
    """The audio cannot be decoded."""


class WorkerKilledError(DecodeError):
    """The process that heard the track was ended from outside: the file is not to blame."""


class NotBegunError(WorkerKilledError):
    """The processes ended before one of them had begun the file."""


class DecoderHungError(DecodeError):
    """The time for a track was over: it may hang, or the computer slept meanwhile."""


class TrackTooShortError(TrackError):
    """Not enough audio to judge."""


class TrackSilentError(TrackError):
    """The audio is silent."""


class TagReadError(TrackError):
    """The tags cannot be read."""


class TagWriteError(TrackError):
    """The tags cannot be written; the file is as it was."""


class TrackRefusedError(TagWriteError):
    """Writing would be unsafe or would not give the requested genres; nothing was tried."""


class TrackChangedError(TrackRefusedError):
    """The file changed since it was looked at."""


class TagLibraryBugError(TrackError):
    """The tag library failed in a way it does not document."""


class ModelError(GenreTaggerError):
    """The model is missing, damaged or does not fit its manifest."""


class JournalError(GenreTaggerError):
    """The journal cannot be read or written; nothing more is written to files."""


def batch_damage(batch: str, *, is_all_lost: bool) -> JournalError:
    """Return what the user is told of a batch with a damaged record."""
    return JournalError("batch-lost" if is_all_lost else "batch-damaged", batch=batch)


class StoreError(GenreTaggerError):
    """The store of results cannot be used."""


class SettingsError(GenreTaggerError):
    """A setting is unknown or has an invalid value, or the settings file cannot be used."""


class PersonalError(GenreTaggerError):
    """Learning, loading or naming a personal classifier failed."""


class PlanError(GenreTaggerError):
    """A plan is malformed; nothing is written."""


class ExportError(GenreTaggerError):
    """An export cannot be made or written to the chosen path."""


class SampleError(GenreTaggerError):
    """The sample music cannot be made in the chosen folder."""


class ClusterError(GenreTaggerError):
    """A cluster, its scheduler or one of its workers cannot be used."""


class UnfitWorkerError(ClusterError):
    """A worker cannot do the work; the values `worker` and `address` name it."""


class Cancelled(GenreTaggerError):
    """The user stopped the job. Not a failure."""

    def __init__(self) -> None:
        super().__init__("cancelled")

    def __reduce__(self) -> tuple[Any, ...]:
        return Cancelled, ()
