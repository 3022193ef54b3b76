"""Applies the settings of the window's look: at its start, and whenever they are changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt

from genretagger.core.settings import RowHeight, Settings, TextSize, Theme
from genretagger.gui.look.appearance import Appearance
from genretagger.gui.shell.feature import Feature, FeatureContext

if TYPE_CHECKING:  # the package loads decoder and tag library
    from genretagger.pipeline import Started

_SCHEMES: Final = {
    Theme.SYSTEM: Qt.ColorScheme.Unknown,
    Theme.LIGHT: Qt.ColorScheme.Light,
    Theme.DARK: Qt.ColorScheme.Dark,
}
_SCALES: Final = {
    TextSize.SMALL: 0.9,
    TextSize.NORMAL: 1.0,
    TextSize.LARGE: 1.2,
    TextSize.LARGEST: 1.5,
}
_LINES: Final = {  # of text that a row is high
    RowHeight.COMPACT: 1.5,
    RowHeight.NORMAL: 1.9,
    RowHeight.ROOMY: 2.4,
}


def apply_look(app: QCoreApplication, settings: Settings) -> None:
    """Give an application with an `Appearance` the theme and the size of texts in the settings."""
    for appearance in app.findChildren(Appearance):
        appearance.set_theme(_SCHEMES[settings.theme])
        appearance.set_text_scale(_SCALES[settings.text_size])


class AppearanceFeature(Feature):
    """Changes theme, texts and rows as soon as their settings are read or saved."""

    def __init__(self, context: FeatureContext) -> None:
        super().__init__(context)
        context.controller.ready.connect(self._apply)
        context.controller.renewed.connect(self._apply)
        context.window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow a system whose accent or contrast changes, which has no signal."""
        app = QCoreApplication.instance()
        if event.type() == QEvent.Type.ThemeChange and app is not None:
            for appearance in app.findChildren(Appearance):
                appearance.follow_system()
        return False

    def _apply(self, started: Started) -> None:
        settings, app = started.context.settings, QCoreApplication.instance()
        if app is not None:
            apply_look(app, settings)
        self._context.page.table.set_row_height(_LINES[settings.row_height])
