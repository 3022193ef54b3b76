"""How to take one write back: by its patch if the file is as written, else by value."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from genretagger.core.errors import TrackRefusedError
from genretagger.core.settings import Settings
from genretagger.core.tracks import FileStamp
from genretagger.tagging import containers, digest
from genretagger.tagging.disk import fs
from genretagger.tagging.journal.batch_log import WriteEntry
from genretagger.tagging.journal.framing import PatchReader
from genretagger.tagging.journal.records import Intent
from genretagger.tagging.undo.standing_writes import (
    StandingWrites,
    has_same_audio,
    is_as_written,
)
from genretagger.tagging.writing import preconditions, reverse_patch
from genretagger.tagging.writing.safe_write import FileChange
from genretagger.tagging.writing.verified_copy import CopyWriter, make_genre_writer


@dataclass(frozen=True, slots=True)
class FileRestorer:
    """Plans the changes that take the writes of `batch` back; changes nothing itself."""

    batch: str
    patches: PatchReader
    standing: StandingWrites
    settings: Settings

    def plan(self, entry: WriteEntry, location: Path, *, path: Path, number: int) -> FileChange:
        """Return the change that takes `entry` back in the file at `location`.

        `path` is how the user names the file, `number` that of the change in its batch.

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
        intent = entry.intent
        location.stat()
        target = preconditions.resolve_target(location)
        with fs.open_read(target) as stream:
            stamp = FileStamp.of(fs.status_of(stream))
            patch = self.patches.read(intent.number) if is_as_written(entry, stream) else None
            if patch is not None:
                self.standing.require_newest(target, intent.after, batch=self.batch, path=path)
                write_copy = _make_patch_writer(patch, intent, path=path)
                mtime_ns: int | None = intent.stamp.mtime_ns
            else:
                write_copy = self._restore_by_value(stream, intent, target=target, path=path)
                mtime_ns = stamp.mtime_ns if self.settings.keep_dates else None
        return FileChange(
            number=number,
            path=path,
            target=target,
            stamp=stamp,
            before=intent.after,
            after=intent.before,
            write_copy=write_copy,
            mtime_ns=mtime_ns,
            undoes=intent.number,
            keep_patch=False,
        )

    def _restore_by_value(
        self, stream: BinaryIO, intent: Intent, *, target: Path, path: Path
    ) -> CopyWriter:
        """Return the writer that puts the old genre back, if audio and genre are still ours."""
        state = containers.state_of(stream, path=path)
        if not has_same_audio(intent, state, stream, path=path):
            raise TrackRefusedError(path, "undo-other-audio")
        self.standing.require_newest(target, state.raw, batch=self.batch, path=path)
        if not containers.same_genre(state.raw, intent.after):
            raise TrackRefusedError(path, "genre-not-ours")
        after = containers.taken_back(state.raw, before=intent.before, after=intent.after)
        return make_genre_writer(state, after, path=path)


def _make_patch_writer(patch: bytes, intent: Intent, *, path: Path) -> CopyWriter:
    """Return the writer that makes the old file from the new one, and proves it by its hash."""

    def write_copy(source: BinaryIO, copy: BinaryIO, _audio_digest: str) -> None:
        try:
            reverse_patch.apply(patch, source, copy)
        except reverse_patch.PatchError as error:
            raise TrackRefusedError(path, "patch-damaged") from error
        copy.flush()
        if digest.file_digest(copy) != intent.old_sha256:
            raise TrackRefusedError(path, "patch-damaged")

    return write_copy
