"""Covers: untrusted pictures, decoded within limits; a drawing where there is none."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QImage,
    QImageReader,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPalette,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

# Formats of covers; Qt may have plug-ins for many others, which no cover needs.
_FORMATS: Final = frozenset({b"jpeg", b"jpg", b"png", b"gif", b"bmp", b"webp"})
_MOST_PIXELS: Final = 40_000_000  # a small file may claim to be a huge picture
_ALLOCATION_MB: Final = 192
_RADIUS: Final = 6.0
_GROUND_ALPHA, _STROKE_ALPHA = 0.08, 0.4


def limit_pictures() -> None:
    """Limit the memory that a picture may take; to be called once, at the start."""
    QImageReader.setAllocationLimit(_ALLOCATION_MB)


def decode_picture(content: bytes, *, size_px: int) -> QImage:
    """Return the picture in `content`, scaled down to `size_px`; a null image if it is unusable.

    May take long; must not be called on the GUI thread.
    """
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setDecideFormatFromContent(True)
    size = reader.size()
    pixels = size.width() * size.height()
    if bytes(reader.format().data()) not in _FORMATS or not 0 < pixels <= _MOST_PIXELS:
        return QImage()
    if max(size.width(), size.height()) > size_px:
        small = size.scaled(size_px, size_px, Qt.AspectRatioMode.KeepAspectRatio)
        reader.setScaledSize(small.expandedTo(QSize(1, 1)))
    return reader.read()


class CoverView(QWidget):
    """Shows a cover, or a drawn note where there is none."""

    def __init__(self, side: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("coverView")
        self.setAccessibleName(self.tr("Cover"))
        self.setFixedSize(side, side)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._image = QImage()
        self.show_image(QImage())

    def show_image(self, image: QImage) -> None:
        """Show `image`; the drawing if it is null."""
        self._image = image
        none = image.isNull()
        self.setAccessibleDescription(
            self.tr("There is no cover.") if none else self.tr("There is a cover.")
        )
        self.update()

    def has_image(self) -> bool:
        """Return whether there is a cover."""
        return not self._image.isNull()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        ink = self.palette().color(QPalette.ColorRole.WindowText)
        paint_cover(painter, QRectF(self.rect()), self._image, ink=ink)
        painter.end()


def paint_cover(
    painter: QPainter, rect: QRectF, image: QImage, *, ink: QColor, radius: float = _RADIUS
) -> None:
    """Paint a cover into a square; two notes in its place if the image is null."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    if image.isNull():
        ratio = painter.device().devicePixelRatio()
        painter.drawPixmap(rect.topLeft(), _notes(round(rect.width()), ratio, ink.name(), radius))
    else:
        room = rect.adjusted(0.5, 0.5, -0.5, -0.5)
        size = image.size().scaled(rect.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRectF(0, 0, size.width(), size.height())
        place.moveCenter(room.center())
        shape = QPainterPath()
        shape.addRoundedRect(place, radius, radius)
        painter.setClipPath(shape)
        painter.drawImage(place, image)
    painter.restore()


@lru_cache(maxsize=8)
def _notes(side: int, ratio: float, ink: str, radius: float) -> QPixmap:
    """Return two notes on a faint ground; cached, as many tracks have no cover."""
    pixmap = QPixmap(round(side * ratio), round(side * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ground, stroke = QColor(ink), QColor(ink)
    ground.setAlphaF(_GROUND_ALPHA)
    stroke.setAlphaF(_STROKE_ALPHA)
    room = QRectF(0, 0, side, side).adjusted(0.5, 0.5, -0.5, -0.5)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(room, radius, radius)
    painter.translate(room.center())
    painter.scale(room.width() / 24, room.height() / 24)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    pen = QPen(stroke, 1.1)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.drawPolyline([QPointF(-2.5, 4), QPointF(-2.5, -4), QPointF(4, -5), QPointF(4, 3)])
    painter.drawEllipse(QPointF(-4, 4), 1.5, 1.2)
    painter.drawEllipse(QPointF(2.5, 3), 1.5, 1.2)
    painter.end()
    return pixmap
