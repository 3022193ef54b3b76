"""Keeps the window and its dialogs within the screen that they are on."""

from __future__ import annotations

from PySide6.QtCore import QChildEvent, QEvent, QMargins, QObject, QRect, QSize
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QDialog, QStyle, QWidget


def fitted(rect: QRect, available: QRect) -> QRect:
    """Return `rect`, made smaller and moved as far as it takes to lie within `available`."""
    size = rect.size().boundedTo(available.size())
    left = min(max(rect.left(), available.left()), available.right() + 1 - size.width())
    top = min(max(rect.top(), available.top()), available.bottom() + 1 - size.height())
    return QRect(left, top, size.width(), size.height())


class ScreenFitter(QObject):
    """Fits a window whenever it is shown or its screen changes, and its dialogs before they are.

    Parameters
    ----------
    least : QSize
        The least size of the window on a screen that is large enough for it.
    """

    def __init__(self, window: QWidget, *, least: QSize) -> None:
        super().__init__(window)
        self._window, self._least = window, least
        self._screen: QScreen | None = None
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show:
            self._watch_screen()
            self.fit()
        elif event.type() == QEvent.Type.ChildPolished and isinstance(event, QChildEvent):
            child = event.child()
            if isinstance(child, QDialog):
                self._shrink(child, child.minimumSize())
        return False

    def _watch_screen(self) -> None:
        """Fit the window again when it is moved to another screen, or its screen changes."""
        handle = self._window.windowHandle()
        if self._screen is None and handle is not None:
            handle.screenChanged.connect(self._on_screen_changed)
            self._on_screen_changed(handle.screen())

    def _on_screen_changed(self, screen: QScreen | None) -> None:
        if self._screen is not None and self._screen in QGuiApplication.screens():
            self._screen.availableGeometryChanged.disconnect(self.fit)
        self._screen = screen
        if screen is not None:
            screen.availableGeometryChanged.connect(self.fit)
            self.fit()

    def fit(self) -> None:
        """Fit the window into its screen, or into another one if that is gone."""
        window = self._window
        if window.isMaximized() or window.isFullScreen():
            return
        self._shrink(window, self._least)
        frame = _frame(window)
        outer = window.geometry().marginsAdded(frame)
        inside = fitted(outer, self._available(window))
        if inside != outer:
            window.setGeometry(inside.marginsRemoved(frame))

    def _shrink(self, widget: QWidget, least: QSize) -> None:
        """Make a widget no larger than the screen, and its least size no larger than that."""
        room = self._available(self._window).marginsRemoved(_frame(widget)).size()
        widget.setMinimumSize(least.boundedTo(room))
        widget.resize(widget.size().boundedTo(room))

    def _available(self, window: QWidget) -> QRect:
        """Return the part of the screen that windows can have; the window may be on none."""
        screen = QGuiApplication.screenAt(window.geometry().center()) or window.screen()
        return screen.availableGeometry()


def _frame(widget: QWidget) -> QMargins:
    """Return what the system draws around a widget; an estimate until it is shown."""
    inner, outer = widget.geometry(), widget.frameGeometry()
    if outer == inner:
        title = widget.style().pixelMetric(QStyle.PixelMetric.PM_TitleBarHeight)
        return QMargins(0, title, 0, 0)
    return QMargins(
        inner.left() - outer.left(),
        inner.top() - outer.top(),
        outer.right() - inner.right(),
        outer.bottom() - inner.bottom(),
    )
