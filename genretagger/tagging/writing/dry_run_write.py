"""The dry run: what a batch would do with each file, without changing anything."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Final

from genretagger.core.errors import TrackError
from genretagger.core.settings import Settings
from genretagger.core.tracks import FileStamp, RawGenre
from genretagger.core.writes import Policy, WriteRequest, WriteResult, WriteStatus
from genretagger.tagging import digest
from genretagger.tagging.disk.errors import open_for_reading
from genretagger.tagging.writing import decide, preconditions, results, verified_copy

_REHEARSED_BYTES: Final = 256 << 20  # larger files are not copied into memory


class DryRun:
    """The dry run of a batch.

    Checks that there is room for a copy, and changes the tags in memory (in files of up to
    256 MiB), so that it also detects a frame that could not be kept.
    """

    def __init__(self, *, policy: Policy, settings: Settings) -> None:
        self._policy = policy
        self._settings = settings
        self._written: dict[FileStamp, RawGenre] = {}  # a file with several names comes again

    def check(self, request: WriteRequest) -> WriteResult:
        """Return what would become of a file; an error of the file is the result's reason."""
        try:
            decision = decide.decide_write(
                request, policy=self._policy, settings=self._settings, written=self._written
            )
            if decision.status is WriteStatus.WRITTEN:
                _rehearse(decision, path=request.path)
                self._written[decision.stamp] = decision.after
        except TrackError as error:
            return results.from_error(request.path, error)
        return results.from_decision(request.path, decision)


def _rehearse(decision: decide.WriteDecision, *, path: Path) -> None:
    size_bytes = decision.stamp.size_bytes
    with preconditions.translate_errors(path):
        preconditions.require_room(decision.target, size_bytes=size_bytes, path=path)
    if size_bytes > _REHEARSED_BYTES:
        return
    write_copy = verified_copy.make_genre_writer(decision.state, decision.after, path=path)
    with open_for_reading(path) as stream:
        audio_digest = digest.stream_digest(stream, container=decision.state.container, path=path)
        write_copy(stream, BytesIO(), audio_digest)
