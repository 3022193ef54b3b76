"""The dry run: what a batch would do with each file, told without touching anything."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Final

from genretagger.core.errors import TrackError
from genretagger.core.settings import Settings
from genretagger.core.tracks import FileStamp, RawGenre
from genretagger.core.writes import Policy, WriteRequest, WriteResult, WriteStatus
from genretagger.tagging.disk.reading import open_for_reading
from genretagger.tagging.writing import decide, preconditions, safe_write

_REHEARSED_BYTES: Final = 256 << 20  # larger files are not copied into memory for a dry run


class DryRun:
    """The dry run of a batch: tells of each file what its write would do, and touches nothing.

    Room for a copy is looked for, and the tags are changed in memory, so that a frame which could
    not be kept is found too (in files of up to 256 MiB).
    """

    def __init__(self, *, policy: Policy, settings: Settings) -> None:
        self._policy = policy
        self._settings = settings
        self._own: dict[FileStamp, RawGenre] = {}  # what files with several names would hold

    def check(self, request: WriteRequest) -> WriteResult:
        """Return what would become of a file; never raises for one: the reason is in the result."""
        try:
            policy, settings = self._policy, self._settings
            judged = decide.decide_write(
                request, policy=policy, settings=settings, written=self._own
            )
            if judged.status is WriteStatus.WRITTEN:
                _rehearse(judged, path=request.path)
                self._own[judged.stamp] = judged.wanted
        except TrackError as error:
            return decide.refused(request.path, error)
        return decide.result(request.path, judged)


def check(request: WriteRequest, *, policy: Policy, settings: Settings) -> WriteResult:
    """Return what a batch of this one file would do with it, without touching anything."""
    return DryRun(policy=policy, settings=settings).check(request)


def _rehearse(judged: decide.WriteDecision, *, path: Path) -> None:
    size_bytes = judged.stamp.size_bytes
    try:
        preconditions.require_room(judged.target, size_bytes=size_bytes, path=path)
    except OSError as error:
        raise preconditions.failed(path, error) from error
    if size_bytes > _REHEARSED_BYTES:
        return
    with open_for_reading(path) as stream:
        copy = BytesIO(stream.read())
    change = safe_write.change_genre(judged.state, judged.wanted, path=path)
    with open_for_reading(path) as stream:
        change(stream, copy)
