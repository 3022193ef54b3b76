"""The timeline of a track: what was heard where, its envelope, and the play head."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from genretagger.core.predictions import SegmentScores
from genretagger.gui.detail.timeline_layout import TimelineBlock, blocks_of, clock, lanes_of
from genretagger.gui.detail.timeline_painter import (
    PAD,
    TimelineFrame,
    TimelinePainter,
    label_font,
    least_height,
    wave_heights,
)
from genretagger.gui.widgets.charts import PaintedWidget
from genretagger.gui.widgets.keys import RETURN_KEYS, is_plain

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SEEK_S: Final = 5.0
_LEAST_HEIGHT: Final = 72
_WIDTH, _LEAST_WIDTH = 300, 160
_KEYS = frozenset(
    {Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End, *RETURN_KEYS}
)


class Timeline(PaintedWidget):
    """Shows a lane for each genre that is a segment's best, the envelope, times and the play head.

    Left and Right move by five seconds, Home and End to the ends; Return plays from the deciding
    segment.
    """

    seek_asked = Signal(float)  # seconds
    play_asked = Signal(float)  # the second to play from

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("timeline", "", parent)
        self.setAccessibleName(self.tr("Timeline"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._duration_s = 0.0
        self._blocks: tuple[TimelineBlock, ...] = ()
        self._levels: NDArray[np.float32] | None = None
        self._heights: tuple[int, list[float]] = (0, [])  # width that they were computed for
        self._position_s: float | None = None

    # What is shown

    def show_track(
        self,
        duration_s: float | None,
        segments: tuple[SegmentScores, ...],
        genres: tuple[str, ...],
        segment_s: float,
        deciding: int | None,
    ) -> None:
        """Show what was heard along a track, without an envelope until it is known.

        Parameters
        ----------
        duration_s : float or None
            Length of the track; if it is unknown, the axis ends with the last segment.
        segments, genres, segment_s, deciding
            As in `TrackDetails`.
        """
        blocks = blocks_of(segments, genres, segment_s, deciding)
        end_s = max((block.end_s for block in blocks), default=0.0)
        self._show(duration_s or end_s, blocks)

    def clear(self) -> None:
        """Show nothing."""
        self._show(0.0, ())

    def _show(self, duration_s: float, blocks: tuple[TimelineBlock, ...]) -> None:
        self._duration_s, self._blocks = duration_s, blocks
        self._position_s = None
        self.show_envelope(None)
        self.setAccessibleDescription(", ".join(block.spoken() for block in blocks))
        self.updateGeometry()

    def show_envelope(self, peaks: NDArray[np.float32] | None) -> None:
        """Show the envelope of the current track.

        Parameters
        ----------
        peaks : np.ndarray [float32, shape=(n_bins,)] or None
            How loud it is from its start to its end, in [0, 1]; None if that is unknown.
        """
        self._levels, self._heights = peaks, (0, [])
        self.update()

    def set_position(self, seconds: float | None) -> None:
        """Set the play head; None while something else or nothing is played."""
        if seconds != self._position_s:
            self._position_s = seconds
            self.update()

    def blocks(self) -> tuple[TimelineBlock, ...]:
        """Return the segments that were heard, in order of time."""
        return self._blocks

    def position(self) -> float | None:
        """Return the position of the play head, None without one."""
        return self._position_s

    def deciding_s(self) -> float | None:
        """Return where the deciding segment begins, None if there is none."""
        return next((block.start_s for block in self._blocks if block.is_deciding), None)

    def x_of(self, seconds: float) -> float:
        """Return the horizontal position of a time."""
        return self._frame().x(seconds)

    # Size and painting

    def sizeHint(self) -> QSize:
        return QSize(_WIDTH, self.minimumSizeHint().height())

    def minimumSizeHint(self) -> QSize:
        # Room for a genre also while its segments are read: nothing below is pushed down by them.
        n_lanes = len(lanes_of(self._blocks)) if self._duration_s else 1
        needed = least_height(self.font(), n_lanes=n_lanes)
        return QSize(_LEAST_WIDTH, max(_LEAST_HEIGHT, round(needed)))

    def _frame(self) -> TimelineFrame:
        line = QFontMetricsF(label_font(self.font())).height()
        n_lanes = len(lanes_of(self._blocks))
        rect = QRectF(self.rect()).adjusted(0, PAD, 0, -PAD)
        return TimelineFrame(rect, line, n_lanes, self._duration_s)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._duration_s:
            return
        painter = QPainter(self)
        painting = TimelinePainter(painter, self._frame(), self.palette(), self.font())
        lanes = lanes_of(self._blocks)
        for position, lane in enumerate(lanes):
            label = lane.genre
            if len(lanes) > 1:
                text = self.tr("{genre}, {n} of {total}")
                label = text.format(genre=label, n=len(lane.blocks), total=len(self._blocks))
            painting.lane(lane, position, label)
        painting.wave(self._bars(), self._position_s)
        painting.axis()
        if self._position_s is not None:
            painting.head(self._position_s)
        self.frame_focus(painter, QRectF(self.rect()))
        painter.end()

    def _bars(self) -> list[float]:
        width = self.width()
        if self._levels is not None and self._heights[0] != width:
            self._heights = width, wave_heights(self._levels, self._frame().wave().width())
        return self._heights[1]

    # Mouse and keys

    def claims_key(self, event: QKeyEvent) -> bool:
        """Return whether a key moves the play head."""
        return event.key() in _KEYS and is_plain(event)

    def text_at(self, point: QPointF) -> str:
        """Return the time at a point, or what was heard there."""
        return self._text(self._frame().seconds(point.x())) if self._duration_s else ""

    def _text(self, seconds: float) -> str:
        """Return a time, or what was heard then."""
        frame = self._frame()
        x = frame.x(seconds)
        for block in self._blocks:
            rect = frame.block(block, 0)
            if rect.left() <= x <= rect.right():
                return block.spoken()
        return clock(seconds)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._ask_seek(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._ask_seek(event.position().x())

    def _ask_seek(self, x: float) -> None:
        if self._duration_s:
            self.seek_asked.emit(self._frame().seconds(x))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        target = self._target(event)
        if target is None or not is_plain(event):
            super().keyPressEvent(event)
        elif event.key() in RETURN_KEYS:
            self.play_asked.emit(target)
        else:
            self.announce(self._text(target))
            self.seek_asked.emit(target)

    def _target(self, event: QKeyEvent) -> float | None:
        """Return the second that a key goes to, None if it goes nowhere."""
        if not self._duration_s or event.key() not in _KEYS:
            return None
        start = self.deciding_s() or 0.0
        here = start if self._position_s is None else self._position_s
        last = max(0.0, self._duration_s - SEEK_S)
        match event.key():
            case Qt.Key.Key_Left:
                return max(0.0, here - SEEK_S)
            case Qt.Key.Key_Right:
                return max(here, min(last, here + SEEK_S))
            case Qt.Key.Key_Home:
                return 0.0
            case Qt.Key.Key_End:
                return last
        return start
