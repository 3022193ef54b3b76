"""Which writes stand (done and not undone), and whether a file is still what a write made of it."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import BinaryIO, NamedTuple

from genretagger.core.tracks import RawGenre
from genretagger.tagging import containers, digest
from genretagger.tagging.journal import journal
from genretagger.tagging.journal.records import Intent, WriteEntry

_OLDEST = ""  # sorts before the id of every batch


def is_as_written(entry: WriteEntry, stream: BinaryIO) -> bool:
    """Return whether an open file is byte for byte the one that was written."""
    prepared = entry.prepared
    return prepared is not None and digest.file_digest(stream) == prepared.new_sha256


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
    """The standing writes of a journal whose lock is held; reads batches as they are needed."""

    def __init__(self, journal_folder: Path) -> None:
        self._folder = journal_folder
        self._unread = sorted(journal.list_ids(journal_folder))
        self._by_target: dict[Path, list[StandingWrite]] = defaultdict(list)

    def of_file(self, target: Path) -> tuple[StandingWrite, ...]:
        """Return all standing writes of `target`, newest first."""
        self._read(down_to=_OLDEST)
        return tuple(self._by_target.get(target, ()))

    def newer_batch(self, target: Path, raw: RawGenre, *, batch: str) -> str | None:
        """Return the newest batch after `batch` whose write of `target` stands and left `raw`."""
        self._read(down_to=batch)
        return next(
            (
                write.batch
                for write in self._by_target.get(target, ())
                if write.batch > batch
                and raw.container == write.intent.after.container
                and containers.same_genre(raw, write.intent.after)
            ),
            None,
        )

    def remove(self, entry: WriteEntry, *, batch: str) -> None:
        """Forget a write that was taken back."""
        writes = self._by_target.get(entry.intent.target, [])
        key = batch, entry.intent.number
        writes[:] = [write for write in writes if (write.batch, write.intent.number) != key]

    def _read(self, *, down_to: str) -> None:
        """Read the batches later than `down_to`."""
        while self._unread and self._unread[-1] > down_to:
            batch = self._unread.pop()
            log = journal.find(self._folder, batch)
            for entry in reversed(log.undoable if log else ()):
                self._by_target[entry.intent.target].append(StandingWrite(batch, entry.intent))
