"""Tries the whole program on a built-in sound: hears it, writes a copy, takes that back."""

from __future__ import annotations

import shutil
import tempfile
import threading
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from genretagger import __version__, pipeline
from genretagger.core.errors import GenreTaggerError
from genretagger.core.events import Failure, TrackAnalysed
from genretagger.core.resources import UserFolders, resource
from genretagger.core.settings import Settings
from genretagger.core.vocabulary import vocabulary
from genretagger.core.writes import Policy, WriteRequest, WriteResult, WriteStatus


class SelfCheckError(GenreTaggerError):
    """A step of the self-check gave a wrong result."""


def run(*, cancel: threading.Event) -> str:
    """Run every step; return a line for the user with the genre that was heard.

    Raises
    ------
    GenreTaggerError
        A step failed; the sentence says which.
    Cancelled
        `cancel` was set.
    """
    with tempfile.TemporaryDirectory(prefix="genretagger-") as folder:
        track = Path(folder, "selfcheck.flac")
        shutil.copyfile(resource("selfcheck.flac"), track)
        before = track.read_bytes()
        context = pipeline.Context(UserFolders(Path(folder, "home")), Settings(jobs=1))
        heard = _hear(track, context=context, cancel=cancel)
        genre = vocabulary().name(heard.prediction.genre)
        request = WriteRequest(track, (genre,), audio_digest=heard.audio_digest)
        _expect(
            WriteStatus.WRITTEN,
            pipeline.apply([request], context=context, policy=Policy.REPLACE, cancel=cancel),
        )
        _expect(WriteStatus.RESTORED, pipeline.undo(None, context=context, cancel=cancel))
        if track.read_bytes() != before:
            raise SelfCheckError("selfcheck-failed", step="undo")
    model_id = heard.prediction.model_id
    return f"genretagger {__version__} works: {model_id} heard {genre}, written and taken back."


def _hear(track: Path, *, context: pipeline.Context, cancel: threading.Event) -> TrackAnalysed:
    with closing(pipeline.analyse([track], context=context, cancel=cancel)) as events:
        for event in events:
            if isinstance(event, Failure):
                raise event.error
            if isinstance(event, TrackAnalysed):
                return event
    raise SelfCheckError("selfcheck-failed", step="analyse")


def _expect(status: WriteStatus, events: Iterable[object]) -> None:
    """Check that the one file handled got `status`."""
    results = [event for event in events if isinstance(event, WriteResult)]
    for result in results:
        if result.reason is not None:
            raise result.reason
    if [result.status for result in results] != [status]:
        raise SelfCheckError("selfcheck-failed", step=status.value)
