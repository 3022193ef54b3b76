"""Where a file is that was moved after it was written: told by its bytes, else by audio and genre.

Judges candidates; where they come from is not decided here.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from genretagger.core.errors import TrackError, TrackRefusedError, shown
from genretagger.tagging import containers
from genretagger.tagging.disk import fs
from genretagger.tagging.journal.records import BatchLog, Intent, WriteEntry
from genretagger.tagging.undo import restore
from genretagger.tagging.undo.standing_writes import StandingWrites

_SHOWN_CANDIDATES: Final = 5

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class MissingFile:
    """A file that is not where it was written.

    target : where it was
    common : the folder that holds all files of its batch, None if there is no such
    size_bytes : of the file as it was written, None if that is not known
    """

    target: Path
    common: Path | None
    container: str
    audio_digest: str
    size_bytes: int | None


# Offers candidates in groups, the likeliest and cheapest first; the first group with a fit counts.
Search = Callable[[MissingFile], Iterator[tuple[Path, ...]]]


def no_candidates(_sought: MissingFile) -> Iterator[tuple[Path, ...]]:
    """Offer no candidate."""
    yield ()


class MovedFileFinder:
    """Finds the files of one batch that were moved."""

    def __init__(self, log: BatchLog, *, search: Search, standing: StandingWrites) -> None:
        self._batch = log.batch
        self._undoable = log.undoable
        self._search = search
        self._standing = standing
        self._common = _common_folder(entry.intent.target for entry in log.entries)
        # A file that did not change since before the batch is not the one that it wrote.
        self._begun_ns = _ns(log.header.at_utc) if log.header else 0

    def find(self, entry: WriteEntry, *, size_bytes: int | None) -> Path:
        """Return where the file that `entry` wrote is now.

        Of several files the one that is byte for byte as it was written counts; of several such,
        the one of that name, if each bears the name of a file which is missed and was just as it.

        Raises
        ------
        TrackRefusedError
            It is not found, several files may be it, or it was written again since.
        JournalError
            The journal cannot be read.
        """
        intent = entry.intent
        sought = MissingFile(
            intent.target, self._common, intent.before.container, intent.audio_digest, size_bytes
        )
        newer: str | None = None
        for group in self._search(sought):
            exact: set[Path] = set()
            alike: set[Path] = set()
            for place in {Path(os.path.realpath(path)) for path in group}:
                written_again, is_taken = self._claims(place, intent)
                newer = newer or written_again
                if not is_taken:
                    self._judge(place, entry, exact=exact, alike=alike)
            found = self._namesake(exact, entry) or exact or alike
            if len(found) > 1:
                names = ", ".join(shown(path) for path in sorted(found)[:_SHOWN_CANDIDATES])
                raise TrackRefusedError(intent.path, "undo-ambiguous", candidates=names)
            if found:
                return found.pop()
        if newer is not None:
            raise TrackRefusedError(intent.path, "undo-newer-first", batch=newer)
        raise TrackRefusedError(intent.path, "undo-file-missing")

    def _namesake(self, exact: set[Path], entry: WriteEntry) -> set[Path]:
        """Return the file with the name sought, if `exact` are what became of equal files.

        With any other file among them, as a copy that somebody keeps, a name proves nothing.
        """
        missed = [
            twin.intent.target.name
            for twin in self._undoable
            if _new_sha256(twin) == _new_sha256(entry) and not os.path.lexists(twin.intent.target)
        ]
        names = [path.name for path in exact]
        if len({*names}) < len(names) or len({*missed}) < len(missed) or {*names} - {*missed}:
            return set()
        return {path for path in exact if path.name == entry.intent.target.name}

    def _claims(self, place: Path, intent: Intent) -> tuple[str | None, bool]:
        """Return the later batch that wrote our file at `place`, and if a write holds that place.

        A write at the same place of other audio does not: its own file is not there any more.
        """
        newer, is_taken = None, False
        for batch, other in self._standing.of(place):
            if other.audio_digest != intent.audio_digest:
                continue
            if (batch, other.number) != (self._batch, intent.number):
                is_taken = True
                if batch > self._batch and containers.same_genre(other.before, intent.after):
                    newer = newer or batch
        return newer, is_taken

    def _judge(self, place: Path, entry: WriteEntry, *, exact: set[Path], alike: set[Path]) -> None:
        try:
            with fs.open_read(place) as stream:
                if restore.is_as_written(entry, stream):
                    exact.add(place)
                elif fs.status_of(stream).st_ctime_ns >= self._begun_ns and restore.is_ours(
                    entry, stream, path=place
                ):
                    alike.add(place)
        except (OSError, TrackError) as error:
            _LOG.debug("%s: not looked at (%s)", shown(place), error)


def _new_sha256(entry: WriteEntry) -> str | None:
    return entry.prepared.new_sha256 if entry.prepared else None


def _common_folder(targets: Iterator[Path]) -> Path | None:
    try:
        return Path(os.path.commonpath([target.parent for target in targets]))
    except ValueError:  # several drives of Windows
        return None


def _ns(at_utc: str) -> int:
    return int(datetime.fromisoformat(at_utc).timestamp()) * 10**9
