"""Loads what the detail pane shows beyond the row, off the GUI thread and on request only."""

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
from genretagger.gui.jobs.job_controller import JobController
from genretagger.gui.jobs.job_outcome import Task
from genretagger.gui.jobs.job_runner import TaskQueue, attempt
from genretagger.gui.jobs.pipeline_api import EnvelopeSource, PipelineApi
from genretagger.gui.widgets.cover_art import decode_picture
from genretagger.review.rows.row import Row

if TYPE_CHECKING:
    from genretagger.pipeline import Context

_PAUSE_MS = 150  # rows that are passed more quickly are not looked at
_MOST_DETAILS, _MOST_ENVELOPES = 64, 256
_Key = TypeVar("_Key")
_Item = TypeVar("_Item")


@dataclass(frozen=True, slots=True)
class DetailRequest:
    """What the details of a row depend on."""

    path: Path
    stamp: FileStamp | None
    hearing_key: str | None
    model_id: str | None
    is_heard: bool

    @classmethod
    def of(cls, row: Row) -> DetailRequest:
        """Return the request for the details of `row`."""
        model_id = row.prediction.model_id if row.prediction else None
        return cls(row.path, row.stamp, row.hearing_key, model_id, row.prediction is not None)


@dataclass(frozen=True, slots=True)
class LoadedDetails:
    """Details with the cover ready to be painted."""

    details: TrackDetails
    cover: QImage


def files_readable(controller: JobController) -> tuple[PipelineApi, Context] | None:
    """Return what reads files, None while the program writes: no file must be open then."""
    if controller.opened is None or controller.task in (Task.WRITE, Task.UNDO):
        return None
    pipeline, started = controller.opened
    return pipeline, started.context


class RecentItems(Generic[_Key, _Item]):
    """Keeps the `size` items used most recently."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._items: OrderedDict[_Key, _Item] = OrderedDict()

    def get(self, key: _Key) -> _Item | None:
        """Return an item, None if it is not kept."""
        if key in self._items:
            self._items.move_to_end(key)
        return self._items.get(key)

    def put(self, key: _Key, item: _Item) -> None:
        """Keep an item; drop the one that was not used for longest."""
        self._items[key] = item
        self._items.move_to_end(key)
        while len(self._items) > self._size:
            self._items.popitem(last=False)

    def forget(self, matches: Callable[[_Item], bool] = lambda _item: True) -> None:
        """Drop all items, or those that match."""
        for key in [key for key, item in self._items.items() if matches(item)]:
            del self._items[key]


class DetailLoader(QObject):
    """Loads details and envelopes, one at a time each, on threads that start when needed.

    Signals report what is still requested when it arrives; everything is kept either way.

    Parameters
    ----------
    readable : Callable[[], tuple[PipelineApi, Context] | None]
        Returns what is asked, None while nothing may be read: before the start, and during a write.
    """

    details_found = Signal(object, object)  # DetailRequest, LoadedDetails
    envelope_found = Signal(object, object)  # DetailRequest, Envelope or None
    failed = Signal(object)  # an unexpected exception

    def __init__(
        self, readable: Callable[[], tuple[PipelineApi, Context] | None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._readable = readable
        self._request: DetailRequest | None = None
        self._cover_px = 1
        self._details: RecentItems[DetailRequest, LoadedDetails] = RecentItems(_MOST_DETAILS)
        self._envelopes: RecentItems[str, Envelope | GenreTaggerError] = RecentItems(
            _MOST_ENVELOPES
        )
        self._asking_details: DetailRequest | None = None
        self._asking_envelope: DetailRequest | None = None
        self._source: EnvelopeSource | None = None
        self._closed = False
        self._reading = TaskQueue(self)
        self._decoding = TaskQueue(self)
        self._reading.failed.connect(self._on_details_failed)
        self._decoding.failed.connect(self._on_envelope_failed)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._ask)

    def request(self, request: DetailRequest | None, *, cover_px: int = 1) -> None:
        """Request details from now on; what is known is reported at once, the rest follows."""
        if self._closed:
            return
        self._request, self._cover_px = request, cover_px
        self._pause.stop()
        if request is None:
            self._drop()
            return
        loaded = self._details.get(request)
        if loaded is not None:
            self.details_found.emit(request, loaded)
        is_known = self._report_envelope(request)
        if loaded is None or not is_known:
            self._pause.start()

    def known(self, request: DetailRequest) -> LoadedDetails | None:
        """Return the details of `request` if they are known already."""
        return self._details.get(request)

    def let_go(self) -> None:
        """Stop reading soon: the file is about to be written."""
        self._drop()

    def go_on(self) -> None:
        """Load again what is requested, after a job.

        The job may have written files, which the stamps of rows do not tell, or a disk may be back:
        all details are read again, and so are envelopes that could not be read.
        """
        self._details.forget()
        self._envelopes.forget(lambda envelope: isinstance(envelope, GenreTaggerError))
        if self._request is not None and not self._pause.isActive():
            self._pause.start()

    def close(self) -> None:
        """Stop, and end the process that decodes."""
        self._closed = True
        self._pause.stop()
        self._request = None
        if self._source is not None:
            self._source.stop()
        self._reading.shutdown()
        self._decoding.shutdown()

    def _ask(self) -> None:
        readable, request = self._readable(), self._request
        if readable is None or request is None:
            return
        pipeline, context = readable
        if self._asking_details is None and self._details.get(request) is None:
            self._asking_details = request
            call = partial(
                _load_details, pipeline, request, context=context, cover_px=self._cover_px
            )
            self._reading.run(attempt(call), then=self._on_details)
        if not request.is_heard or self._is_envelope_known(request):
            self._drop()
        elif self._asking_envelope is None:
            self._asking_envelope = request
            self._source = self._source or pipeline.envelopes()
            call_envelope = partial(self._source.read, request.path)
            self._decoding.run(attempt(call_envelope), then=self._on_envelope)
        elif self._asking_envelope != request:
            self._drop()

    def _drop(self) -> None:
        if self._asking_envelope is not None and self._source is not None:
            self._source.drop()

    def _on_details(self, answer: LoadedDetails | GenreTaggerError) -> None:
        request, self._asking_details = self._asking_details, None
        if request is None:
            return
        if isinstance(answer, GenreTaggerError):
            answer = LoadedDetails(TrackDetails(error=answer), QImage())
        self._details.put(request, answer)
        if request == self._request:
            self.details_found.emit(request, answer)
        else:
            self._ask_at_once()

    def _on_envelope(self, answer: Envelope | GenreTaggerError) -> None:
        request, self._asking_envelope = self._asking_envelope, None
        if request is None:
            return
        if not isinstance(answer, Cancelled):
            self._envelopes.put(_envelope_key(request), answer)
        if self._request is not None and not self._report_envelope(self._request):
            self._ask_at_once()

    def _on_details_failed(self, error: BaseException) -> None:
        """Go on with other tracks after an unexpected error; it is reported once per track."""
        self._on_details(LoadedDetails(TrackDetails(), QImage()))
        self.failed.emit(error)

    def _on_envelope_failed(self, error: BaseException) -> None:
        if self._asking_envelope is not None:
            self._envelopes.put(_envelope_key(self._asking_envelope), Cancelled())  # there is none
        self._on_envelope(Cancelled())
        self.failed.emit(error)

    def _ask_at_once(self) -> None:
        if self._request is not None and not self._pause.isActive():
            self._ask()

    def _is_envelope_known(self, request: DetailRequest) -> bool:
        return self._envelopes.get(_envelope_key(request)) is not None

    def _report_envelope(self, request: DetailRequest) -> bool:
        """Emit the cached envelope, or None if the track has none.

        Returns whether the answer was already known.
        """
        if not request.is_heard:
            return True
        cached = self._envelopes.get(_envelope_key(request))
        if cached is not None:
            self.envelope_found.emit(request, cached if isinstance(cached, Envelope) else None)
        return cached is not None


def _envelope_key(request: DetailRequest) -> str:
    """Return the key of a file's envelope; files with the same audio share it."""
    return request.hearing_key or str(request.path)


def _load_details(
    pipeline: PipelineApi, request: DetailRequest, *, context: Context, cover_px: int
) -> LoadedDetails:
    details = pipeline.details(request.path, request.hearing_key, request.model_id, context=context)
    content = details.facts.cover if details.facts else b""
    cover = decode_picture(content, size_px=cover_px) if content else QImage()
    return LoadedDetails(_without_cover(details), cover)


def _without_cover(details: TrackDetails) -> TrackDetails:
    """Return `details` without the bytes of the cover, because many are kept."""
    facts = details.facts
    return details if facts is None else replace(details, facts=replace(facts, cover=b""))
