"""Gives the whole program its look, and keeps it in step with the system and the settings."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from genretagger.gui.look.flat_style import DrawIcon, FlatStyle
from genretagger.gui.look.palettes import contrast_palette, make_palette
from genretagger.gui.look.text_levels import scale_texts


class Appearance(QObject):
    """The style, palette and font of an application; follows the system while it runs.

    The style is a child of Python here as well as of Qt: without this reference, it would be
    deleted while Qt still draws with it.

    Parameters
    ----------
    draw_icon : Callable[[str, QPalette], QIcon]
        Draws an icon of the program by its name.
    """

    def __init__(self, app: QApplication, *, draw_icon: DrawIcon) -> None:
        super().__init__(app)
        self._app = app
        self._font = QFont(app.font())
        self._style = FlatStyle(draw_icon)
        app.setStyle(self._style)
        self._plain_accent = self._style.standardPalette().color(QPalette.ColorRole.Accent)
        self._theme = Qt.ColorScheme.Unknown
        self._is_painting = False
        app.styleHints().colorSchemeChanged.connect(self.follow_system)
        self.follow_system()

    def set_theme(self, theme: Qt.ColorScheme) -> None:
        """Use the light or the dark theme; that of the system if it is unknown."""
        if theme != self._theme:
            self._theme = theme
            self._app.styleHints().setColorScheme(theme)  # for the frames that the system draws
            self.follow_system()

    def set_text_scale(self, scale: float) -> None:
        """Make all texts `scale` times as large as those of the system."""
        font = QFont(self._font)
        font.setPointSizeF(self._font.pointSizeF() * scale)
        if font != self._app.font():
            self._app.setFont(font)
            scale_texts(self._app)

    def follow_system(self) -> None:
        """Take the colours of the system, in the theme that was chosen."""
        if self._is_painting:
            return
        self._is_painting = True
        self._app.setPalette(QPalette())  # the system's own
        system = self._app.palette()
        hints = self._app.styleHints()
        accessibility = hints.accessibility()
        if accessibility.contrastPreference() == Qt.ContrastPreference.HighContrast:
            palette = contrast_palette(system)
        else:
            palette = make_palette(dark=self._is_dark(system), accent=self._accent(system))
        self._app.setPalette(palette)
        self._is_painting = False

    def _is_dark(self, system: QPalette) -> bool:
        if self._theme != Qt.ColorScheme.Unknown:
            return self._theme == Qt.ColorScheme.Dark
        scheme = self._app.styleHints().colorScheme()
        if scheme != Qt.ColorScheme.Unknown:
            return scheme == Qt.ColorScheme.Dark
        window, text = QPalette.ColorRole.Window, QPalette.ColorRole.WindowText
        return system.color(window).lightness() < system.color(text).lightness()

    def _accent(self, system: QPalette) -> QColor | None:
        """Return the system's accent, None if it has none and Fusion fills in its own."""
        accent = system.color(QPalette.ColorRole.Accent)
        return None if accent == self._plain_accent else accent
