"""Pictures of every page and dialog, light and dark: `make screenshots` writes docs/pictures.

The same in a small window, and as a screen of 1920x1080 at 200 % shows them, go into
build/screenshots, to be looked at. All are made offscreen, so that every machine with the same
fonts makes the same. Dialogs are drawn over the window.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from genretagger.core.resources import HOME_VARIABLE, user_folders
from genretagger.core.settings import Settings, Theme
from genretagger.core.settings_file import save_settings
from genretagger.gui.look.appearance import Appearance
from genretagger.gui.main_window import MainWindow
from genretagger.gui.widgets.icons import icon
from genretagger.gui.widgets.translation import install_language
from tools.made_up_library import MadeUpPipeline
from tools.offscreen import use_offscreen
from tools.window_tour import SIZE, Tour

_ROOT = Path(__file__).resolve().parents[1]
FOLDER = _ROOT / "docs" / "pictures"
_TO_LOOK_AT = _ROOT / "build" / "screenshots"
_SMALL = "900x600"
_OF_LARGE_SCREEN = "960x510"  # of 1920x1080 at 200 %, less what a desktop takes
_FONT = ("DejaVu Sans", 9)
_SCHEMES = {Theme.LIGHT: Qt.ColorScheme.Light, Theme.DARK: Qt.ColorScheme.Dark}
_SHADE = QColor(0, 0, 0, 90)
_MOST_COLOURS = 256
_BAR = 26  # of the title, which the window system would draw


def shown(widget: QWidget, window: QWidget) -> QImage:
    """Return a picture of the window, with `widget` over it if that is a dialog or a menu."""
    picture = window.grab().toImage()
    if isinstance(widget, QMenu):
        painter = QPainter(picture)
        painter.drawPixmap(window.mapFromGlobal(widget.pos()), widget.grab())
        painter.end()
    elif widget is not window:
        over = widget.grab()
        rect = QRect(QPoint(0, 0), over.deviceIndependentSize().toSize())
        rect.moveCenter(window.rect().center())
        painter = QPainter(picture)
        painter.fillRect(window.rect(), _SHADE)
        painter.drawPixmap(rect, over)
        bar = QRect(rect.left(), rect.top() - _BAR, rect.width(), _BAR)
        painter.fillRect(bar, window.palette().color(QPalette.ColorRole.Mid))
        painter.setPen(window.palette().color(QPalette.ColorRole.WindowText))
        painter.drawText(bar, Qt.AlignmentFlag.AlignCenter, widget.windowTitle())
        painter.setPen(window.palette().color(QPalette.ColorRole.Shadow))
        painter.drawRect(rect.united(bar).adjusted(-1, -1, 0, 0))
        painter.end()
    return picture


def save(picture: QImage, path: Path) -> None:
    """Save a picture with at most 256 colours: half the size, and no eye sees the difference."""
    few = picture.convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(few.constBits(), np.uint32).reshape(few.height(), few.width())
    colours, positions, counts = np.unique(pixels, return_inverse=True, return_counts=True)
    kept = _representatives(_channels(colours), counts)
    kept_channels = _channels(colours[kept])
    nearest = [
        int(np.abs(kept_channels - colour).sum(axis=1).argmin()) for colour in _channels(colours)
    ]
    indices = np.array(nearest, np.uint8)[positions].reshape(pixels.shape)
    small = QImage(
        indices.tobytes(), few.width(), few.height(), few.width(), QImage.Format.Format_Indexed8
    )
    small.setColorTable([int(colour) for colour in colours[kept]])
    small.save(str(path), "PNG", 0)


def _representatives(colours: NDArray[np.int32], counts: NDArray[np.intp]) -> list[int]:
    """Return the numbers of the most frequent colours, and of those most unlike all of them.

    The hue of a small icon is rare, and must not become another one.
    """
    kept = np.argsort(-counts, kind="stable")[: _MOST_COLOURS // 2].tolist()
    distance = np.full(len(colours), np.iinfo(np.int32).max)
    for number in kept:
        distance = np.minimum(distance, np.abs(colours - colours[number]).sum(axis=1))
    while len(kept) < _MOST_COLOURS and distance.max() > 0:
        kept.append(int(distance.argmax()))
        distance = np.minimum(distance, np.abs(colours - colours[kept[-1]]).sum(axis=1))
    return kept


def _channels(colours: NDArray[np.uint32]) -> NDArray[np.int32]:
    """Return red, green and blue of colours [int32, shape=(n_colours, 3)]."""
    return np.stack([colours >> 16 & 255, colours >> 8 & 255, colours & 255], 1).astype(np.int32)


def pictures(folder: Path, size: tuple[int, int]) -> Iterator[tuple[str, QImage]]:
    """Yield every picture of a window of `size` by its name, in the palette that is set."""
    yield "start", _start(size)
    tour = Tour(folder, size=size)
    for name, widget in tour.stops():
        QApplication.processEvents()
        yield name, shown(widget, tour.window)
    tour.close()


def _start(size: tuple[int, int]) -> QImage:
    window = MainWindow(load=MadeUpPipeline)
    window.resize(*size)
    window.show()
    QTest.qWait(100)
    picture = shown(window, window)
    window.close()
    window.deleteLater()
    return picture


def make_all(folder: Path, size: tuple[int, int]) -> None:
    """Make all pictures of a window of `size`, and say how large they became."""
    folder.mkdir(parents=True, exist_ok=True)
    use_offscreen()
    app = QApplication([sys.argv[0]])
    app.setFont(QFont(*_FONT))
    look = Appearance(app, draw_icon=icon)
    app.setCursorFlashTime(0)  # it is always there, in every picture
    install_language(app, "en")
    for theme, scheme in _SCHEMES.items():
        look.set_theme(scheme)  # also before the settings are read
        with tempfile.TemporaryDirectory() as home:
            os.environ[HOME_VARIABLE] = home
            save_settings(user_folders().settings, Settings(theme=theme))
            for name, picture in pictures(Path(home), size):
                path = folder / f"{name}-{theme}.png"
                save(picture, path)
                print(f"{path.name}: {path.stat().st_size // 1024} KiB")


def _make_variant(name: str, size: str, *, scale: int = 1) -> None:
    """Make the pictures of another window in a process of its own: Qt is scaled at its start."""
    command = [sys.executable, "-m", __spec__.name, str(_TO_LOOK_AT / name), "--size", size]
    subprocess.run(command, check=True, env={**os.environ, "QT_SCALE_FACTOR": str(scale)})


def main() -> None:
    """Make the pictures of the documentation, and those to look at; or only those of a size."""
    parser = argparse.ArgumentParser(description="Make pictures of every page and dialog.")
    parser.add_argument("folder", nargs="?", type=Path, help="where to (default: docs/pictures)")
    parser.add_argument("--size", help="of the window, as 900x600")
    options = parser.parse_args()
    width, height = map(int, options.size.split("x")) if options.size else SIZE
    make_all(options.folder or FOLDER, (width, height))
    if options.folder is None:
        _make_variant("small", _SMALL)
        _make_variant("large", _OF_LARGE_SCREEN, scale=2)


if __name__ == "__main__":
    main()
