"""Storing a genre in the copy of a file, with the proof that nothing else becomes different."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from genretagger.core.errors import TrackRefusedError
from genretagger.core.tracks import RawGenre
from genretagger.tagging import containers, digest
from genretagger.tagging.digest.structure import structure_digest
from genretagger.tagging.disk import fs

# Makes the changed copy (second argument) from the file (first argument), whose audio digest is the
# third argument, and verifies the copy.
CopyWriter = Callable[[BinaryIO, BinaryIO, str], None]


def make_genre_writer(state: containers.TagState, after: RawGenre, *, path: Path) -> CopyWriter:
    """Return the writer that stores `after` in a copy of `path`, whose tags are `state`.

    It raises TrackRefusedError if the audio, another frame, or the structure that a player needs
    differs between file and copy.
    """

    def write_copy(source: BinaryIO, copy: BinaryIO, audio_digest: str) -> None:
        fs.copy_bytes(source, copy)
        _store_verified(copy, state, after=after, path=path)
        if digest.stream_digest(copy, container=state.container, path=path) != audio_digest:
            raise TrackRefusedError(path, "audio-would-change")

    return write_copy


def _store_verified(
    copy: BinaryIO, state: containers.TagState, *, after: RawGenre, path: Path
) -> None:
    """Store `after`; check genre, other frames, structure and length of the copy."""
    structure = structure_digest(copy, container=state.container, path=path)
    containers.store(copy, after, path=path)
    stored = containers.state_of(copy, path=path)
    same_bytes = containers.same_entries(stored.raw, after)
    if not same_bytes or not containers.same_genre(stored.raw, after):
        raise TrackRefusedError(path, "genre-not-stored")
    changed = sorted(set(stored.other_frames) ^ set(state.other_frames))
    if changed:
        raise TrackRefusedError(path, "frame-would-change", frame=changed[0][0])
    new_structure = structure_digest(copy, container=state.container, path=path)
    if (new_structure, stored.length_s) != (structure, state.length_s):
        raise TrackRefusedError(path, "audio-would-change")
