"""How one write is taken back: byte for byte where the file is still ours, else by value."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from genretagger.core.errors import TrackRefusedError
from genretagger.core.settings import Settings
from genretagger.core.tracks import FileStamp, RawGenre
from genretagger.tagging import containers, digest
from genretagger.tagging.disk import fs
from genretagger.tagging.journal.framing import PatchReader
from genretagger.tagging.journal.records import Intent, WriteEntry
from genretagger.tagging.undo.standing_writes import StandingWrites
from genretagger.tagging.writing import decide, reverse_patch, safe_write


def is_as_written(entry: WriteEntry, stream: BinaryIO) -> bool:
    """Return whether an open file is byte for byte the one that was written."""
    prepared = entry.prepared
    return prepared is not None and digest.file_digest(stream) == prepared.new_sha256


def is_ours(entry: WriteEntry, stream: BinaryIO, *, path: Path) -> bool:
    """Return whether an open file is what became of the written one: same audio, our genre.

    Raises
    ------
    TrackError
        Its tags or its layout cannot be read.
    """
    state = containers.state_of(stream, path=path)
    return _same_audio(entry.intent, state, stream, path=path) and containers.same_genre(
        state.raw, entry.intent.after
    )


def _same_audio(
    intent: Intent, state: containers.TagState, stream: BinaryIO, *, path: Path
) -> bool:
    if state.container != intent.before.container:
        return False
    found = digest.stream_digest(stream, container=state.container, path=path)
    return found == intent.audio_digest


class FileRestorer:
    """Judges how the writes of one batch are taken back."""

    def __init__(
        self, batch: str, *, ways_back: PatchReader, standing: StandingWrites, settings: Settings
    ) -> None:
        self._batch = batch
        self._ways_back = ways_back
        self._standing = standing
        self._settings = settings

    def change(self, entry: WriteEntry, place: Path, *, path: Path) -> safe_write.FileChange:
        """Return the change that takes `entry` back in the file at `place`; `path` is its name.

        Raises
        ------
        FileNotFoundError, NotADirectoryError
            The file is not there.
        TrackRefusedError
            It is not ours any more: another file, another genre, or written again since.
        TagReadError, TagWriteError, TagLibraryBugError
            It cannot be read or written.
        JournalError
            The journal cannot be read.
        """
        place.stat()
        target = decide.target_of(place)
        with fs.open_read(target) as stream:
            return self._change(stream, entry, target=target, path=path)

    def _change(
        self, stream: BinaryIO, entry: WriteEntry, *, target: Path, path: Path
    ) -> safe_write.FileChange:
        intent = entry.intent
        stamp = FileStamp.of(fs.status_of(stream))
        is_as_it_was = is_as_written(entry, stream)
        way_back = self._ways_back.of(intent.number) if is_as_it_was else None
        if way_back is not None:
            self._require_newest(intent.after, target=target, path=path)
            fill = _patching(intent, way_back, path=path)
        else:
            fill = self._by_value(stream, entry, target=target, path=path)
        keep = way_back is not None or self._settings.keep_dates
        old_mtime_ns = intent.stamp.mtime_ns if way_back is not None else stamp.mtime_ns
        return safe_write.FileChange(
            path=path,
            target=target,
            stamp=stamp,
            before=intent.after,
            after=intent.before,
            fill=fill,
            mtime_ns=old_mtime_ns if keep else None,
            undoes=intent.number,
            patched=False,
        )

    def _by_value(
        self, stream: BinaryIO, entry: WriteEntry, *, target: Path, path: Path
    ) -> Callable[[BinaryIO, BinaryIO], None]:
        intent = entry.intent
        state = containers.state_of(stream, path=path)
        if not _same_audio(intent, state, stream, path=path):
            raise TrackRefusedError(path, "undo-other-audio")
        self._require_newest(state.raw, target=target, path=path)
        if not containers.same_genre(state.raw, intent.after):
            raise TrackRefusedError(path, "genre-not-ours")
        wanted = containers.taken_back(state.raw, before=intent.before, after=intent.after)
        return safe_write.change_genre(state, wanted, path=path)

    def _require_newest(self, found: RawGenre, *, target: Path, path: Path) -> None:
        """Check that the genre in the file is not that of a later write which still stands."""
        for batch, later in self._standing.later(target, batch=self._batch):
            if found.container == later.after.container and containers.same_genre(
                found, later.after
            ):
                raise TrackRefusedError(path, "undo-newer-first", batch=batch)


def _patching(
    intent: Intent, way_back: bytes, *, path: Path
) -> Callable[[BinaryIO, BinaryIO], None]:
    """Return a `fill` that makes the old file from the new one and proves it by its hash."""

    def fill(source: BinaryIO, copy: BinaryIO) -> None:
        try:
            reverse_patch.apply(way_back, source, copy)
        except reverse_patch.PatchError as error:
            raise TrackRefusedError(path, "patch-damaged") from error
        copy.flush()
        if digest.file_digest(copy) != intent.old_sha256:
            raise TrackRefusedError(path, "patch-damaged")

    return fill
