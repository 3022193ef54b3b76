"""Draws every control flat, over Qt's Fusion, which measures them and does all the rest."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeGuard

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QIcon, QPainter, QPalette
from PySide6.QtWidgets import (
    QProxyStyle,
    QStyle,
    QStyleOption,
    QStyleOptionButton,
    QStyleOptionComplex,
    QStyleOptionMenuItem,
    QStyleOptionProgressBar,
    QStyleOptionSlider,
    QStyleOptionSpinBox,
    QStyleOptionViewItem,
    QWidget,
)

from genretagger.gui.look import flat_parts
from genretagger.gui.look.palettes import text_on

DrawIcon = Callable[[str, QPalette], QIcon]
_Primitive, _Control = QStyle.PrimitiveElement, QStyle.ControlElement
_Complex, _Sub, _Pixmap = QStyle.ComplexControl, QStyle.SubControl, QStyle.StandardPixmap
_LEAST_HANDLE: Final = 24  # pixels of a scroll bar
_HEADING_SHIFT: Final = 3  # that headings stand above the texts of their columns
_TITLE_HEIGHT: Final = 32
_TEXT_MARGIN: Final = 4  # beside a text in a list: more than the edge of what is selected
_FIRST: Final = (
    QStyleOptionViewItem.ViewItemPosition.Beginning,
    QStyleOptionViewItem.ViewItemPosition.OnlyOne,
)
_PAINTED: Final = {
    _Primitive.PE_PanelButtonTool: flat_parts.paint_tool_button,
    _Primitive.PE_FrameLineEdit: flat_parts.paint_field,
    _Primitive.PE_Frame: flat_parts.paint_frame,
    _Primitive.PE_FrameFocusRect: flat_parts.paint_focus,
    _Primitive.PE_IndicatorCheckBox: flat_parts.paint_check_box,
    _Primitive.PE_IndicatorRadioButton: flat_parts.paint_radio_button,
}
# Qt's own pictures are of another family; dialog buttons say by their text what they do.
_OWN_ICONS: Final = {
    _Pixmap.SP_MessageBoxCritical: "failed",
    _Pixmap.SP_MessageBoxWarning: "failed",
    _Pixmap.SP_MessageBoxInformation: "news",
    _Pixmap.SP_MessageBoxQuestion: "unsure",
    _Pixmap.SP_LineEditClearButton: "reject",
}


class FlatStyle(QProxyStyle):
    """Fusion with flat controls.

    It overrides what is drawn, one measure and no hint: Qt asks for those at every step, and each
    call into Python takes microseconds.
    """

    def __init__(self, draw_icon: DrawIcon) -> None:
        super().__init__("Fusion")
        self._draw_icon = draw_icon

    def drawPrimitive(
        self,
        element: QStyle.PrimitiveElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        paint = _PAINTED.get(element)
        if paint is not None:
            paint(painter, option)
        elif element == _Primitive.PE_PanelButtonCommand:
            flat_parts.paint_button(painter, option, primary=_is_primary(option))
        elif element == _Primitive.PE_PanelItemViewItem:
            super().drawPrimitive(element, option, painter, widget)
            if _is_edge(option):
                focused = widget is None or widget.hasFocus()
                flat_parts.paint_edge(painter, option.rect, option.palette, focused=focused)
        else:
            super().drawPrimitive(element, option, painter, widget)

    def drawControl(
        self,
        element: QStyle.ControlElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        match element:
            case _Control.CE_HeaderSection | _Control.CE_HeaderEmptyArea:
                flat_parts.paint_header(painter, option)
            case _Control.CE_HeaderLabel:
                option.rect = option.rect.adjusted(_HEADING_SHIFT, 0, -_HEADING_SHIFT, 0)
                super().drawControl(element, option, painter, widget)
            case _Control.CE_ToolBar | _Control.CE_MenuBarEmptyArea:
                painter.fillRect(option.rect, option.palette.window())
            case _Control.CE_MenuBarItem if isinstance(option, QStyleOptionMenuItem):
                flat_parts.paint_menu_title(painter, option, style=self)
            case _Control.CE_Splitter:
                pass  # the gap between two panes is enough
            case _Control.CE_TabBarTabShape:
                flat_parts.paint_tab(painter, option)
            case _Control.CE_ProgressBarGroove:
                flat_parts.paint_groove(painter, option)
            case _Control.CE_ProgressBarContents if _known_share(option) is not None:
                flat_parts.paint_done(painter, option, share=_known_share(option) or 0.0)
            case _Control.CE_PushButtonLabel if _is_primary(option):
                super().drawControl(element, _on_accent(option), painter, widget)
            case _:
                super().drawControl(element, option, painter, widget)

    def drawComplexControl(
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        if control == _Complex.CC_ScrollBar and isinstance(option, QStyleOptionSlider):
            handle = self.subControlRect(control, option, _Sub.SC_ScrollBarSlider, widget)
            upright = option.orientation == option.orientation.Vertical
            flat_parts.paint_scroll_handle(painter, option, handle, upright=upright)
        elif control == _Complex.CC_SpinBox and isinstance(option, QStyleOptionSpinBox):
            flat_parts.paint_field(painter, option)
            for part, down in ((_Sub.SC_SpinBoxUp, False), (_Sub.SC_SpinBoxDown, True)):
                rect = self.subControlRect(control, option, part, widget)
                flat_parts.paint_arrow(painter, option, rect, down=down)
        else:
            super().drawComplexControl(control, option, painter, widget)

    def subControlRect(
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        part: QStyle.SubControl,
        widget: QWidget | None = None,
    ) -> QRect:
        """Return where a part of a control is; a scroll bar has no arrows."""
        if control == _Complex.CC_ScrollBar and isinstance(option, QStyleOptionSlider):
            return _scroll_bar_part(option, part)
        return super().subControlRect(control, option, part, widget)  # type: ignore[arg-type]

    def sizeFromContents(
        self,
        kind: QStyle.ContentsType,
        option: QStyleOption | None,
        size: QSize,
        widget: QWidget | None = None,
    ) -> QSize:
        """Return the size of a control; the titles of menus are as high as tools beside them."""
        made = super().sizeFromContents(kind, option, size, widget)  # type: ignore[arg-type]
        if kind == QStyle.ContentsType.CT_MenuBarItem:
            return made.expandedTo(QSize(0, _TITLE_HEIGHT))
        return made

    def pixelMetric(
        self,
        metric: QStyle.PixelMetric,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
    ) -> int:
        """Return a measure of Fusion, but leave more room beside the texts of lists."""
        if metric == QStyle.PixelMetric.PM_FocusFrameHMargin:
            return _TEXT_MARGIN
        return super().pixelMetric(metric, option, widget)

    def standardIcon(
        self,
        standard: QStyle.StandardPixmap,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
    ) -> QIcon:
        """Return an icon of the program in place of the one of Qt or of the desktop."""
        name = _OWN_ICONS.get(standard)
        if name is not None and widget is not None:
            return self._draw_icon(name, widget.palette())
        if standard.name.startswith("SP_Dialog") and standard.name.endswith("Button"):
            return QIcon()
        return super().standardIcon(standard, option, widget)


def _is_edge(option: QStyleOption) -> bool:
    """Return whether a cell is the first one of a selected line."""
    if not option.state & QStyle.StateFlag.State_Selected:
        return False
    return isinstance(option, QStyleOptionViewItem) and option.viewItemPosition in _FIRST


def _is_primary(option: QStyleOption) -> TypeGuard[QStyleOptionButton]:
    """Return whether Return presses the button, and it can be pressed."""
    if not isinstance(option, QStyleOptionButton):
        return False
    is_default = option.features & QStyleOptionButton.ButtonFeature.DefaultButton
    return bool(is_default and option.state & QStyle.StateFlag.State_Enabled)


def _on_accent(option: QStyleOptionButton) -> QStyleOptionButton:
    """Return the options of a button whose text stands on the accent."""
    changed = QStyleOptionButton(option)
    ink = text_on(option.palette.color(QPalette.ColorRole.Accent))
    palette = QPalette(option.palette)
    palette.setColor(QPalette.ColorRole.ButtonText, ink)
    changed.palette = palette
    return changed


def _known_share(option: QStyleOption) -> float | None:
    """Return the share in [0, 1] of a progress bar that is done, None if nobody knows."""
    if not isinstance(option, QStyleOptionProgressBar) or option.maximum <= option.minimum:
        return None
    return (option.progress - option.minimum) / (option.maximum - option.minimum)


def _scroll_bar_part(option: QStyleOptionSlider, part: QStyle.SubControl) -> QRect:
    """Return where a part of a scroll bar is; it has no arrows, so the groove is all of it."""
    rect = option.rect
    upright = option.orientation == option.orientation.Vertical
    room = rect.height() if upright else rect.width()
    span = option.maximum - option.minimum
    whole = span + option.pageStep
    length = room if not whole else max(_LEAST_HANDLE, round(room * option.pageStep / whole))
    length = min(length, room)
    start = QStyle.sliderPositionFromValue(
        option.minimum, option.maximum, option.sliderPosition, room - length, option.upsideDown
    )
    spans = {
        _Sub.SC_ScrollBarGroove: (0, room),
        _Sub.SC_ScrollBarSlider: (start, length),
        _Sub.SC_ScrollBarSubPage: (0, start),
        _Sub.SC_ScrollBarAddPage: (start + length, room - start - length),
    }
    begin, size = spans.get(part, (0, 0))
    if upright:
        return QRect(rect.left(), rect.top() + begin, rect.width(), size)
    made = QRect(rect.left() + begin, rect.top(), size, rect.height())
    return QStyle.visualRect(option.direction, rect, made)
