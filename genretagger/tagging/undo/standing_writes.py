"""Which writes stand (done and not undone), and whether a file is still as it was written."""

from __future__ import annotations

import threading
from collections import defaultdict
from pathlib import Path
from typing import BinaryIO, NamedTuple

from genretagger.core.errors import TrackRefusedError
from genretagger.core.tracks import RawGenre
from genretagger.tagging import containers, digest
from genretagger.tagging.journal import journal
from genretagger.tagging.journal.batch_log import WriteEntry
from genretagger.tagging.journal.records import Intent

_OLDEST = ""  # sorts before the id of every batch


def is_as_written(entry: WriteEntry, stream: BinaryIO) -> bool:
    """Return whether an open file is byte for byte as it was written."""
    sha256 = entry.new_sha256
    return sha256 is not None and digest.file_digest(stream) == sha256


def has_same_audio(
    intent: Intent, state: containers.TagState, stream: BinaryIO, *, path: Path
) -> bool:
    """Return whether an open file, whose tags are `state`, holds the audio of `intent`."""
    if state.container != intent.before.container:
        return False
    audio_digest = digest.stream_digest(stream, container=state.container, path=path)
    return audio_digest == intent.audio_digest


def is_ours(entry: WriteEntry, stream: BinaryIO, *, path: Path) -> bool:
    """Return whether an open file has the audio and the genre of the written one.

    Raises TrackError if its tags or its layout cannot be read.
    """
    state = containers.state_of(stream, path=path)
    return has_same_audio(entry.intent, state, stream, path=path) and containers.same_genre(
        state.raw, entry.intent.after
    )


class StandingWrite(NamedTuple):
    """A write that stands, and its batch."""

    batch: str
    intent: Intent


class StandingWrites:
    """The standing writes of a journal whose lock is held; reads batches as they are needed.

    A thread that took a write back may say so while another one asks.
    """

    def __init__(self, journal_folder: Path) -> None:
        self._folder = journal_folder
        self._unread = sorted(journal.list_ids(journal_folder))
        self._by_target: dict[Path, list[StandingWrite]] = defaultdict(list)
        self._guard = threading.Lock()

    def others(self, target: Path, intent: Intent, *, batch: str) -> tuple[StandingWrite, ...]:
        """Return the standing writes of `target`, newest first, with the audio of `intent`.

        `intent` itself, a write of `batch`, is left out. A write of other audio does not count: its
        file is not at `target` any more.
        """
        return tuple(
            write
            for write in self._writes_of(target, down_to=_OLDEST)
            if write.intent.audio_digest == intent.audio_digest
            and (write.batch, write.intent.number) != (batch, intent.number)
        )

    def require_newest(self, target: Path, raw: RawGenre, *, batch: str, path: Path) -> None:
        """Refuse a file whose genre, `raw`, is that of a standing write later than `batch`."""
        for write in self._writes_of(target, down_to=batch):
            after = write.intent.after
            is_same = raw.container == after.container and containers.same_genre(raw, after)
            if write.batch > batch and is_same:
                raise TrackRefusedError(path, "undo-newer-first", batch=write.batch)

    def remove(self, entry: WriteEntry, *, batch: str) -> None:
        """Forget a write that was taken back."""
        key = batch, entry.intent.number
        with self._guard:
            writes = self._by_target.get(entry.intent.target, [])
            writes[:] = [write for write in writes if (write.batch, write.intent.number) != key]

    def _writes_of(self, target: Path, *, down_to: str) -> tuple[StandingWrite, ...]:
        with self._guard:
            self._read(down_to=down_to)
            return tuple(self._by_target.get(target, ()))

    def _read(self, *, down_to: str) -> None:
        """Read the batches later than `down_to`."""
        while self._unread and self._unread[-1] > down_to:
            batch = self._unread.pop()
            log = journal.find(self._folder, batch)
            for entry in reversed(log.undoable if log else ()):
                self._by_target[entry.intent.target].append(StandingWrite(batch, entry.intent))
