"""The pictures of the documentation, on a screen of any density."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPixmap
from PySide6.QtWidgets import QWidget

from tools.screenshots import shown


class Dense(QWidget):
    """A widget on a screen with two pixels for each in width and height."""

    def __init__(self, colour, width, height):
        super().__init__()
        self.resize(width, height)
        self._colour = colour

    def grab(self):
        picture = QPixmap(self.size() * 2)
        picture.setDevicePixelRatio(2)
        picture.fill(self._colour)
        return picture


def test_a_dialog_stands_over_the_window_in_its_own_size(qapp):
    window = Dense(Qt.GlobalColor.red, 200, 100)
    picture = shown(Dense(Qt.GlobalColor.green, 100, 20), window)
    assert (picture.width(), picture.height()) == (400, 200)
    green = QColor(Qt.GlobalColor.green)
    line = [x for x in range(400) if picture.pixelColor(x, 100) == green]
    assert (line[0], line[-1] // 2) == (100, 149)  # the frame may cover the last pixel
