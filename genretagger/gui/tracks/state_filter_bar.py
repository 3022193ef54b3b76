"""Buttons for the states of rows, each with a count, to choose which are shown."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import partial

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QToolButton, QWidget

from genretagger.gui.tracks.flow_layout import FlowLayout
from genretagger.gui.widgets.icons import state_icon
from genretagger.gui.widgets.keys import RETURN_KEYS, claim_key
from genretagger.gui.widgets.texts import state_words
from genretagger.review.rows.row import AGREEING, State

_ICON = 16
_GAP, _SHORT_GAP = 4, 0
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_OWN_KEYS = (Qt.Key.Key_Space, Qt.Key.Key_Escape, *RETURN_KEYS, *_STEPS)


class StateFilterBar(QWidget):
    """A button for all states, and one for each state that some row is in.

    Rows that agree with a finer genre count with those that agree.
    Tab reaches one of them, Left and Right move, Space and Return toggle. Several can be chosen.
    """

    chosen_changed = Signal()
    all_asked = Signal()  # nor shall a text or a folder hide rows
    left = Signal()  # by Escape: the focus goes to the table

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("stateChips")
        self.setAccessibleName(self.tr("States shown"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._counts: dict[State, int] = {}
        self._chosen: frozenset[State] = frozenset()
        self._words = state_words()
        self._room = 0
        self._is_short = False
        self._is_limited = False
        self._flow = FlowLayout(self)
        self._all = self._chip("chipAll")
        self._all.clicked.connect(self._ask_for_all)
        self._flow.addWidget(self._all)
        chips = [state for state in State if state is not State.FINER]
        self._chips = {state: self._chip(f"chip{_pascal(state)}") for state in chips}
        for state, chip in self._chips.items():
            chip.clicked.connect(partial(self._toggle, state))
            self._flow.addWidget(chip)
        self.setFocusProxy(self._all)
        self._paint_icons()
        self._show()

    def _chip(self, name: str) -> QToolButton:
        chip = QToolButton()
        chip.setCheckable(True)
        chip.setAutoRaise(True)
        chip.setObjectName(name)
        chip.setIconSize(QSize(_ICON, _ICON))
        chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        chip.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        chip.installEventFilter(self)
        return chip

    @property
    def chosen(self) -> frozenset[State]:
        """The states whose rows are shown; rows of all states if it is empty."""
        return self._chosen

    def choose(self, states: Collection[State]) -> None:
        """Show only rows in these states; rows of all states if there are none."""
        chosen = frozenset(member for state in states for member in _together(state))
        changed = chosen != self._chosen
        self._chosen = chosen
        self._show()
        if changed:
            self.chosen_changed.emit()

    def set_counts(self, counts: Mapping[State, int]) -> None:
        """Set how many rows are in each state."""
        counted = {state: n for state, n in counts.items() if n}
        if counted != self._counts:
            self._counts = counted
            self._show()

    def set_limited(self, *, limited: bool) -> None:
        """Set whether something else than the chosen states hides rows: then these are not all."""
        if limited != self._is_limited:
            self._is_limited = limited
            self._fit()

    def set_room(self, width: int) -> None:
        """Fit into `width`: with words beside the icons if there is room, else with counts only.

        Words that were left out come back in a wider window only, not whenever a count is smaller.
        """
        if width != self._room:
            self._room, self._is_short = width, False
            self._fit()

    def _fit(self) -> None:
        for short in (self._is_short, True):
            self._is_short = short
            self._write_labels(short=short)
            self._flow.setSpacing(_SHORT_GAP if short else _GAP)
            if self._width() <= self._room:
                break
        self.setFixedWidth(max(1, min(self._width(), self._room)))

    def _width(self) -> int:
        """Return the width of all shown chips in one line."""
        shown = self._shown()
        gaps = self._flow.spacing() * max(0, len(shown) - 1)
        return sum(chip.sizeHint().width() for chip in shown) + gaps

    def _ask_for_all(self) -> None:
        """Show the rows of all states; if they are shown already, ask for what else is hidden."""
        if self._chosen:
            self.choose(())
        else:
            self._fit()  # the click has changed the chip
            if self._is_limited:
                self.all_asked.emit()

    def _toggle(self, state: State, _checked: bool = False) -> None:
        self.choose(self._chosen.symmetric_difference(_together(state)))

    def _show(self) -> None:
        n_all = sum(self._counts.values())
        for state, chip in self._chips.items():
            shown = bool(self._count(state)) or state in self._chosen
            if not shown and chip.hasFocus():
                self._all.setFocus()
            chip.setVisible(shown)
        self._is_short = self._is_short and n_all > 0
        self._fit()
        self.setVisible(bool(n_all or self._chosen))
        self._set_tab_stop(self._focused() or self._all)

    def _count(self, state: State) -> int:
        return sum(self._counts.get(member, 0) for member in _together(state))

    def _write_labels(self, *, short: bool) -> None:
        n_all, is_all = sum(self._counts.values()), not (self._chosen or self._is_limited)
        self._label_chip(self._all, self.tr("All"), n_all, is_on=is_all, short=False)
        for state, chip in self._chips.items():
            is_on, n = state in self._chosen, self._count(state)
            self._label_chip(chip, self._words[state], n, is_on=is_on, short=short and not is_on)
        agrees, finer = self._chips[State.AGREES], self._finer_text()
        agrees.setToolTip("\n".join(filter(None, (agrees.toolTip(), finer))))

    def _finer_text(self) -> str:
        n = self._counts.get(State.FINER, 0)
        text = self.tr("With a finer genre than was heard: {n} (state:finer)")
        return text.format(n=self.locale().toString(n)) if n else ""

    def _label_chip(
        self, chip: QToolButton, word: str, n: int, *, is_on: bool, short: bool
    ) -> None:
        count = self.locale().toString(n)
        chip.setText(count if short else f"{word[:1].upper()}{word[1:]} {count}")
        spoken = self.tr("{state}; tracks: {n}").format(state=word, n=count)
        chip.setAccessibleName(spoken)
        chip.setToolTip(spoken if short else "")
        chip.setChecked(is_on)

    def _shown(self) -> list[QToolButton]:
        return [chip for chip in (self._all, *self._chips.values()) if not chip.isHidden()]

    def _focused(self) -> QToolButton | None:
        return next((chip for chip in self._shown() if chip.hasFocus()), None)

    def _set_tab_stop(self, stop: QToolButton) -> None:
        """Make Tab reach `stop` only: a dozen stops would be too many on the way to the table."""
        self.setFocusProxy(stop)
        for chip in (self._all, *self._chips.values()):
            policy = Qt.FocusPolicy.StrongFocus if chip is stop else Qt.FocusPolicy.ClickFocus
            chip.setFocusPolicy(policy)

    def eventFilter(self, watched: QWidget, event: QEvent) -> bool:  # type: ignore[override]
        if isinstance(event, QKeyEvent) and isinstance(watched, QToolButton):
            claim_key(event, _OWN_KEYS)  # Space would play
            if event.type() == QEvent.Type.KeyPress and self._press(watched, event.key()):
                return True
        return super().eventFilter(watched, event)

    def _press(self, chip: QToolButton, key: int) -> bool:
        if key == Qt.Key.Key_Escape:
            self.left.emit()
        elif key in RETURN_KEYS:
            chip.click()
        elif Qt.Key(key) in _STEPS:
            shown = self._shown()
            target = shown.index(chip) + _STEPS[Qt.Key(key)]
            other = shown[max(0, min(target, len(shown) - 1))]
            self._set_tab_stop(other)
            other.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            return False
        return True

    def _paint_icons(self) -> None:
        for state, chip in self._chips.items():
            chip.setIcon(state_icon(state, QGuiApplication.palette()))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if not hasattr(self, "_chips"):
            return
        if event.type() == QEvent.Type.PaletteChange:
            self._paint_icons()
        elif event.type() == QEvent.Type.FontChange:
            QTimer.singleShot(0, self, self._fit)  # once the chips have the font, too


def _together(state: State) -> tuple[State, ...]:
    """Return the states that share the chip of `state`."""
    return AGREEING if state in AGREEING else (state,)


def _pascal(state: State) -> str:
    return "".join(part.capitalize() for part in state.name.split("_"))
