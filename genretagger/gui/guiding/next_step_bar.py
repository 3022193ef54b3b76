"""The strip below the tracks: what was found or done, and buttons for what comes next."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton, QWidget

from genretagger.gui.guiding.next_step import NextStep, Offer, OfferKind
from genretagger.gui.widgets.icons import icon
from genretagger.gui.widgets.keys import claim_key
from genretagger.gui.widgets.labels import plain_label, push_button, set_names
from genretagger.gui.widgets.texts import number_text, tooltip

_MARGIN = 8
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_OWN_KEYS = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape, *_STEPS)
# Object names: the first two are as old as the bar that said that all is decided.
_BAR, _TEXT = "doneBar", "doneText"
_NAMES = {
    OfferKind.WRITE: "doneWriteButton",
    OfferKind.RESULT: "nextResultButton",
    OfferKind.UNDO: "nextUndoButton",
    OfferKind.CONTINUE: "nextContinueButton",
    OfferKind.ACCEPT: "nextAcceptButton",
    OfferKind.LOOK: "nextLookButton",
    OfferKind.SHOW_WRITTEN: "nextShowButton",
    OfferKind.FAILED: "nextFailedButton",
}


class NextStepBar(QFrame):
    """One line with up to three offers, until it is closed; Left and Right move along them."""

    taken = Signal(object)  # Offer
    closed = Signal()
    left = Signal()  # by Escape: the focus goes to the table

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(_BAR)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._text = plain_label(_TEXT)
        self._offers: dict[OfferKind, Offer] = {}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(_MARGIN, _MARGIN // 4, _MARGIN // 4, _MARGIN // 4)
        layout.addWidget(self._text, 1)
        self.buttons = {kind: self._make_button(kind) for kind in OfferKind}
        for button in self.buttons.values():
            layout.addWidget(button)
        self._close = self._make_close()
        layout.addWidget(self._close)
        self.hide()

    def _make_button(self, kind: OfferKind) -> QPushButton:
        button = push_button(_NAMES[kind], "")
        button.clicked.connect(lambda: self.taken.emit(self._offers[kind]))
        button.installEventFilter(self)
        button.hide()
        return button

    def _make_close(self) -> QToolButton:
        button = QToolButton()
        set_names(button, "doneCloseButton", self.tr("Close until the next job is over"))
        button.setToolTip(tooltip(button.accessibleName()))
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setIcon(icon("reject", self.palette()))
        button.clicked.connect(self.closed)
        button.installEventFilter(self)
        return button

    def text(self) -> str:
        """Return what is shown, "" while the strip is hidden."""
        return "" if self.isHidden() else self._text.text()

    def tell(self, step: NextStep) -> None:
        """Show sentences and offers; a screen reader says what is new."""
        self._offers = {offer.kind: offer for offer in step.offers}
        for kind, button in self.buttons.items():
            offer = self._offers.get(kind)
            if offer is not None:
                button.setText(self._label(offer))
            button.setVisible(offer is not None)
        is_new = step.text != self.text()
        self._text.setText(step.text)
        self.setAccessibleName(step.text)
        self.show()
        if is_new:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, step.text))

    def focus(self) -> None:
        """Give the keys to the first offer."""
        self._stops()[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def has_keys(self) -> bool:
        """Return whether one of the buttons has the focus."""
        return any(button.hasFocus() for button in (*self.buttons.values(), self._close))

    def _label(self, offer: Offer) -> str:
        texts = {
            OfferKind.RESULT: self.tr("Show why"),
            OfferKind.UNDO: self.tr("Undo"),
            OfferKind.CONTINUE: self.tr("Continue"),
            OfferKind.WRITE: self.tr("Write {n}…"),
            OfferKind.ACCEPT: self.tr("Accept {n} sure"),
            OfferKind.LOOK: self.tr("Look at {n}"),
            OfferKind.SHOW_WRITTEN: self.tr("Show"),
            OfferKind.FAILED: self.tr("Show why"),
        }
        return texts[offer.kind].format(n=number_text(offer.n))

    def _stops(self) -> list[QWidget]:
        """Return what can have the focus, from left to right."""
        buttons = [*self.buttons.values(), self._close]
        return [one for one in buttons if not one.isHidden() and one.isEnabled()]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent):
            claim_key(event, _OWN_KEYS)  # Space would play
            if event.type() == QEvent.Type.KeyPress and self._press(watched, event.key()):
                return True
        return super().eventFilter(watched, event)

    def _press(self, button: QObject, key: int) -> bool:
        if key == Qt.Key.Key_Escape:
            self.left.emit()
        elif Qt.Key(key) in _STEPS and button in self._stops():
            stops = self._stops()
            target = stops.index(button) + _STEPS[Qt.Key(key)]
            stops[max(0, min(target, len(stops) - 1))].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            return False
        return True

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._close.setIcon(icon("reject", self.palette()))
