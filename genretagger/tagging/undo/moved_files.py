"""Finding a file that was moved after it was written, by its bytes, else by audio and genre.

Judges candidates; the caller's `Search` collects them.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from pathlib import Path
from typing import Final

from genretagger.core.errors import TrackError, TrackRefusedError, shown
from genretagger.tagging import containers
from genretagger.tagging.disk import fs
from genretagger.tagging.journal.batch_log import BatchLog, WriteEntry
from genretagger.tagging.journal.framing import PatchReader
from genretagger.tagging.undo.standing_writes import (
    StandingWrite,
    StandingWrites,
    is_as_written,
    is_ours,
)
from genretagger.tagging.writing import reverse_patch

_SHOWN_CANDIDATES: Final = 5

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class MissingFile:
    """A file that is not where it was written.

    target : where it was
    common : the folder that holds all files of its batch, None if there is none
    size_bytes : of the file as it was written, None if that is not known
    """

    target: Path
    common: Path | None
    container: str
    audio_digest: str
    size_bytes: int | None


# Yields groups of candidates, the likeliest and cheapest first; the first with a match counts.
Search = Callable[[MissingFile], Iterator[tuple[Path, ...]]]


def no_candidates(_missing: MissingFile) -> Iterator[tuple[Path, ...]]:
    """Yield no candidate."""
    yield ()


class _Match(Enum):
    """How a candidate resembles the file sought: all its bytes, or only its audio and genre."""

    EXACT = auto()
    SIMILAR = auto()


class MovedFileFinder:
    """Finds the files of one batch that were moved."""

    def __init__(
        self, log: BatchLog, *, patches: PatchReader, search: Search, standing: StandingWrites
    ) -> None:
        self._batch = log.batch
        self._undoable = log.undoable
        self._patches = patches
        self._search = search
        self._standing = standing
        self._common = _common_folder(entry.intent.target for entry in log.entries)
        # A file that did not change since before the batch is not the one that it wrote.
        self._begun_ns = _nanoseconds(log.header.at_utc) if log.header else 0

    def find(self, entry: WriteEntry) -> Path | None:
        """Return where the file that `entry` wrote is now, None if it is not found.

        Prefers a byte-identical match. If several match, the one with the original name is taken,
        provided every match has the name of a missing identical file.

        Raises
        ------
        TrackRefusedError
            Several files match, or the file was written again since.
        JournalError
            The journal cannot be read.
        """
        intent = entry.intent
        taken: list[StandingWrite] = []  # the other writes that candidates belong to
        for group in self._search(self._describe(entry)):
            matches: dict[_Match, set[Path]] = {match: set() for match in _Match}
            for path in {Path(os.path.realpath(path)) for path in group}:
                others = self._standing.others(path, intent, batch=self._batch)
                taken += others
                match = None if others else self._compare(path, entry)
                if match is not None:
                    matches[match].add(path)
            exact = matches[_Match.EXACT]
            paths = self._with_original_name(exact, entry) or exact or matches[_Match.SIMILAR]
            if len(paths) > 1:
                names = ", ".join(shown(path) for path in sorted(paths)[:_SHOWN_CANDIDATES])
                raise TrackRefusedError(intent.path, "undo-ambiguous", candidates=names)
            if paths:
                return paths.pop()
        for write in taken:
            is_over_ours = containers.same_genre(write.intent.before, intent.after)
            if write.batch > self._batch and is_over_ours:
                raise TrackRefusedError(intent.path, "undo-newer-first", batch=write.batch)
        return None

    def _describe(self, entry: WriteEntry) -> MissingFile:
        intent = entry.intent
        patch = self._patches.read(intent.number)
        return MissingFile(
            target=intent.target,
            common=self._common,
            container=intent.before.container,
            audio_digest=intent.audio_digest,
            size_bytes=None if patch is None else reverse_patch.new_size(patch),
        )

    def _compare(self, path: Path, entry: WriteEntry) -> _Match | None:
        """Return how the file at `path` resembles the written one, None if it does not."""
        try:
            with fs.open_read(path) as stream:
                if is_as_written(entry, stream):
                    return _Match.EXACT
                is_newer = fs.status_of(stream).st_ctime_ns >= self._begun_ns
                if is_newer and is_ours(entry, stream, path=path):
                    return _Match.SIMILAR
        except (OSError, TrackError) as error:
            _LOG.debug("%s: not compared (%s)", shown(path), error)
        return None

    def _with_original_name(self, exact: set[Path], entry: WriteEntry) -> set[Path]:
        """Return the file with the original name, if `exact` are all moved identical files.

        If another file is among them, perhaps a copy that somebody keeps, a name proves nothing.
        """
        missing = [
            twin.intent.target.name
            for twin in self._undoable
            if twin.new_sha256 == entry.new_sha256 and not os.path.lexists(twin.intent.target)
        ]
        names = [path.name for path in exact]
        is_unique = len({*names}) == len(names) and len({*missing}) == len(missing)
        if not is_unique or not {*names} <= {*missing}:
            return set()
        return {path for path in exact if path.name == entry.intent.target.name}


def _common_folder(targets: Iterator[Path]) -> Path | None:
    try:
        return Path(os.path.commonpath([target.parent for target in targets]))
    except ValueError:  # several drives of Windows
        return None


def _nanoseconds(at_utc: str) -> int:
    return int(datetime.fromisoformat(at_utc).timestamp()) * 10**9
