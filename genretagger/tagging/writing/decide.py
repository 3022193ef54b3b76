"""Whether and what to write into a file: the policy, and all checks of its content.

Changes nothing. `batch_writer` carries a decision out, `dry_run_write` only rehearses it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from genretagger.core.errors import TrackChangedError, TrackRefusedError, printable
from genretagger.core.genres import find_missing, merged
from genretagger.core.settings import Settings
from genretagger.core.tracks import FileStamp, RawGenre
from genretagger.core.writes import Policy, WriteRequest, WriteStatus
from genretagger.tagging import containers, digest
from genretagger.tagging.disk import fs
from genretagger.tagging.disk.errors import open_for_reading
from genretagger.tagging.layout import wholeness
from genretagger.tagging.writing import preconditions


@dataclass(frozen=True, slots=True)
class WriteDecision:
    """What to do with a file: `status` is WRITTEN, UNCHANGED or SKIPPED.

    state : its tags as they are
    after : the genre that it holds when it is WRITTEN
    """

    status: WriteStatus
    target: Path
    stamp: FileStamp
    state: containers.TagState
    after: RawGenre


def decide_write(
    request: WriteRequest,
    *,
    policy: Policy,
    settings: Settings,
    written: Mapping[FileStamp, RawGenre] | None = None,
) -> WriteDecision:
    """Return what to do with a file.

    Parameters
    ----------
    policy : Policy
        For requests without a policy of their own.
    written : mapping of FileStamp to RawGenre
        Files to treat as already written, each with the genre that it would hold.

    Raises
    ------
    TrackChangedError
        The request describes another file, genre or audio.
    TrackRefusedError
        The file may not be written, or not with these genres.
    TagReadError, TagWriteError, UnsupportedFormatError, TagLibraryBugError
        The file cannot be read or written.
    """
    genres = _normalised_genres(request)
    target = preconditions.resolve_target(request.path)
    stamp, state = _inspect(request, written=written or {}, upgrade_id3v22=settings.upgrade_id3v22)
    status, after = _apply_policy(state, genres, policy=request.policy or policy, settings=settings)
    if status is WriteStatus.WRITTEN:
        _require_readable(after, path=request.path)
    return WriteDecision(status, target, stamp, state, after)


def _normalised_genres(request: WriteRequest) -> tuple[str, ...]:
    """Return the requested genres, each once, without surrounding space."""
    if not request.genres:
        raise TrackRefusedError(request.path, "genre-empty")
    for genre in request.genres:
        if not genre.strip() or not genre.isprintable():
            raise TrackRefusedError(request.path, "genre-invalid", genre=repr(genre))
    return tuple(dict.fromkeys(genre.strip() for genre in request.genres))


def _inspect(
    request: WriteRequest, *, written: Mapping[FileStamp, RawGenre], upgrade_id3v22: bool
) -> tuple[FileStamp, containers.TagState]:
    """Return stamp and tags of a file, if it is the one that the request describes."""
    path = request.path
    with open_for_reading(path) as stream:
        stamp = FileStamp.of(fs.status_of(stream))
        if request.stamp not in (None, stamp):
            raise TrackChangedError(path, "file-changed")
        state = containers.state_of(stream, path=path, upgrade_id3v22=upgrade_id3v22)
        if stamp in written:
            raw = written[stamp]
            state = replace(state, raw=raw, genres=containers.genre_names(raw))
        elif request.current_genres not in (None, state.genres):
            raise TrackChangedError(path, "genre-changed")
        _require_audio(request, container=state.container)
        if wholeness.has_hole(stream, container=state.container):
            raise TrackRefusedError(path, "sound-missing")
    return stamp, state


def _require_audio(request: WriteRequest, *, container: str) -> None:
    if request.audio_digest is None:
        return
    if digest.audio_digest(request.path, container=container) != request.audio_digest:
        raise TrackChangedError(request.path, "audio-changed")


def _apply_policy(
    state: containers.TagState, genres: tuple[str, ...], *, policy: Policy, settings: Settings
) -> tuple[WriteStatus, RawGenre]:
    """Return whether to write, and what the file then holds."""
    separator = settings.id3v23_separator
    joined_by = separator if containers.joins(state.raw) else ""
    new_genres = merged(
        state.genres, genres, policy, joined_by=joined_by, protected=settings.protected_genres
    )
    after = containers.make_raw_genre(state.raw, genres=new_genres, separator=separator)
    if policy is Policy.FILL and state.genres:
        return WriteStatus.SKIPPED, after
    if policy is Policy.CORRECT and new_genres == state.genres:
        agrees_only = find_missing(genres, state.genres, joined_by=joined_by)
        return WriteStatus.SKIPPED if agrees_only else WriteStatus.UNCHANGED, after
    # (4)Eurodisco shows two genres
    is_same = state.genres in (new_genres, containers.genre_names(after))
    return WriteStatus.UNCHANGED if is_same else WriteStatus.WRITTEN, after


def _require_readable(after: RawGenre, *, path: Path) -> None:
    """Refuse genres that other programs would misread: in ID3, `17` means Rock."""
    if containers.accepts(after):
        return
    misread = [v for v in after.values if not containers.accepts(replace(after, values=(v,)))]
    genres = "; ".join(misread or after.values)
    raise TrackRefusedError(path, "genre-misread", genre=printable(genres))
