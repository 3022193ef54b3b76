"""Fetches what the detail pane shows beyond the row: off the GUI thread, only what is wanted."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage

from genretagger.core.errors import Cancelled, GenreTaggerError
from genretagger.core.predictions import Envelope
from genretagger.core.tracks import FileStamp, TrackDetails
from genretagger.gui.jobs.job_runner import TaskQueue, attempt
from genretagger.gui.jobs.pipeline_api import EnvelopeSource, PipelineApi
from genretagger.gui.widgets.cover_art import decode_picture

if TYPE_CHECKING:
    from genretagger.pipeline import Context
    from genretagger.review.rows.row import Row

_PAUSE_MS = 150  # who walks through rows more quickly than that does not look at them
_MOST_DETAILS, _MOST_ENVELOPES = 64, 256
_Key = TypeVar("_Key")
_Found = TypeVar("_Found")


@dataclass(frozen=True, slots=True)
class DetailRequest:
    """The row that details are wanted of, as far as they depend on it."""

    path: Path
    stamp: FileStamp | None
    hearing_key: str | None
    model_id: str | None
    is_heard: bool

    @classmethod
    def of(cls, row: Row) -> DetailRequest:
        """Return what is wanted for `row`."""
        said = row.prediction
        return cls(
            row.path, row.stamp, row.hearing_key, said.model_id if said else None, said is not None
        )


@dataclass(frozen=True, slots=True)
class LoadedDetails:
    """Details with the cover ready to be painted."""

    details: TrackDetails
    cover: QImage


class RecentItems(Generic[_Key, _Found]):
    """Keeps what was found last."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._found: OrderedDict[_Key, _Found] = OrderedDict()

    def get(self, key: _Key) -> _Found | None:
        """Return what was kept, None if nothing was."""
        if key in self._found:
            self._found.move_to_end(key)
        return self._found.get(key)

    def put(self, key: _Key, found: _Found) -> None:
        """Keep one more, and forget the one not asked for longest."""
        self._found[key] = found
        self._found.move_to_end(key)
        while len(self._found) > self._size:
            self._found.popitem(last=False)

    def forget(self, which: Callable[[_Found], bool] = lambda _found: True) -> None:
        """Forget all, or what `which` says."""
        for key in [key for key, found in self._found.items() if which(found)]:
            del self._found[key]


class DetailLoader(QObject):
    """Asks one thing at a time, each on a thread of its own that exists once it is needed.

    What comes in is told if it is still wanted; it is kept either way.

    Parameters
    ----------
    readable : Callable[[], tuple[PipelineApi, Context] | None]
        Returns what is asked, None while nothing may be read: before the start, and during a write.
    """

    details_found = Signal(object, object)  # Wanted, Found
    envelope_found = Signal(object, object)  # Wanted, Envelope or None
    failed = Signal(object)  # an unexpected exception

    def __init__(
        self, readable: Callable[[], tuple[PipelineApi, Context] | None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._readable = readable
        self._wanted: DetailRequest | None = None
        self._cover_px = 1
        self._details: RecentItems[DetailRequest, LoadedDetails] = RecentItems(_MOST_DETAILS)
        self._envelopes: RecentItems[str, Envelope | GenreTaggerError] = RecentItems(
            _MOST_ENVELOPES
        )
        self._asking_details: DetailRequest | None = None
        self._asking_envelope: DetailRequest | None = None
        self._source: EnvelopeSource | None = None
        self._closed = False
        self._errands = TaskQueue(self)
        self._decoding = TaskQueue(self)
        self._errands.failed.connect(self._on_details_failed)
        self._decoding.failed.connect(self._on_envelope_failed)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._ask)

    def want(self, wanted: DetailRequest | None, *, cover_px: int = 1) -> None:
        """Say what is wanted from now on; what is known is told at once, the rest follows."""
        if self._closed:
            return
        self._wanted, self._cover_px = wanted, cover_px
        self._pause.stop()
        if wanted is None:
            self._drop()
            return
        found = self._details.get(wanted)
        if found is not None:
            self.details_found.emit(wanted, found)
        is_known = self._tell_envelope(wanted)
        if found is None or not is_known:
            self._pause.start()

    def known(self, wanted: DetailRequest) -> LoadedDetails | None:
        """Return the details of `wanted` if they are known already."""
        return self._details.get(wanted)

    def let_go(self) -> None:
        """Leave the file alone that is read just now, soon: it is to be written."""
        self._drop()

    def go_on(self) -> None:
        """Ask for what is still wanted: something that kept it from being read is over.

        A job may have written files, whose rows have no stamp that would tell, or found a disk
        again: details are read anew, and what could not be read is tried again.
        """
        self._details.forget()
        self._envelopes.forget(lambda found: isinstance(found, GenreTaggerError))
        if self._wanted is not None and not self._pause.isActive():
            self._pause.start()

    def close(self) -> None:
        """Stop, and end the process that decodes."""
        self._closed = True
        self._pause.stop()
        self._wanted = None
        if self._source is not None:
            self._source.stop()
        self._errands.shutdown()
        self._decoding.shutdown()

    def _ask(self) -> None:
        readable, wanted = self._readable(), self._wanted
        if readable is None or wanted is None:
            return
        pipeline, context = readable
        if self._asking_details is None and self._details.get(wanted) is None:
            self._asking_details = wanted
            call = partial(_load, pipeline, wanted, context=context, cover_px=self._cover_px)
            self._errands.run(attempt(call), then=self._on_details)
        if not wanted.is_heard or self._is_envelope_known(wanted):
            self._drop()
        elif self._asking_envelope is None:
            self._asking_envelope = wanted
            self._source = self._source or pipeline.envelopes()
            call_envelope = partial(self._source.read, wanted.path)
            self._decoding.run(attempt(call_envelope), then=self._on_envelope)
        elif self._asking_envelope != wanted:
            self._drop()

    def _drop(self) -> None:
        if self._asking_envelope is not None and self._source is not None:
            self._source.drop()

    def _on_details(self, found: LoadedDetails | GenreTaggerError) -> None:
        asked, self._asking_details = self._asking_details, None
        if asked is None:
            return
        if isinstance(found, GenreTaggerError):
            found = LoadedDetails(TrackDetails(error=found), QImage())
        self._details.put(asked, found)
        if asked == self._wanted:
            self.details_found.emit(asked, found)
        else:
            self._ask_at_once()

    def _on_envelope(self, found: Envelope | GenreTaggerError) -> None:
        asked, self._asking_envelope = self._asking_envelope, None
        if asked is None:
            return
        if not isinstance(found, Cancelled):
            self._envelopes.put(_audio(asked), found)
        if self._wanted is not None and not self._tell_envelope(self._wanted):
            self._ask_at_once()

    def _on_details_failed(self, error: BaseException) -> None:
        """Go on with other tracks after what must not happen; it is told once for each."""
        self._on_details(LoadedDetails(TrackDetails(), QImage()))
        self.failed.emit(error)

    def _on_envelope_failed(self, error: BaseException) -> None:
        if self._asking_envelope is not None:
            self._envelopes.put(_audio(self._asking_envelope), Cancelled())  # there is none
        self._on_envelope(Cancelled())
        self.failed.emit(error)

    def _ask_at_once(self) -> None:
        if self._wanted is not None and not self._pause.isActive():
            self._ask()

    def _is_envelope_known(self, wanted: DetailRequest) -> bool:
        return self._envelopes.get(_audio(wanted)) is not None

    def _tell_envelope(self, wanted: DetailRequest) -> bool:
        """Tell the envelope if it is known, or that there will be none; return whether it is so."""
        if not wanted.is_heard:
            return True
        found = self._envelopes.get(_audio(wanted))
        if found is not None:
            shown = found if isinstance(found, Envelope) else None
            self.envelope_found.emit(wanted, shown)
        return found is not None


def _audio(wanted: DetailRequest) -> str:
    """Return the key of a file's envelope, which files with the same sound share."""
    return wanted.hearing_key or str(wanted.path)


def _load(
    pipeline: PipelineApi, wanted: DetailRequest, *, context: Context, cover_px: int
) -> LoadedDetails:
    details = pipeline.details(wanted.path, wanted.hearing_key, wanted.model_id, context=context)
    content = details.facts.cover if details.facts else b""
    cover = decode_picture(content, size_px=cover_px) if content else QImage()
    return LoadedDetails(_without_cover(details), cover)


def _without_cover(details: TrackDetails) -> TrackDetails:
    """Return `details` without the bytes of the cover: many of them are kept."""
    facts = details.facts
    return details if facts is None else replace(details, facts=replace(facts, cover=b""))
