"""The actions of the window by object name, a contract with whoever drives it (automation.md)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence, QPalette

from genretagger.gui.widgets.icons import icon


class Actions(QObject):
    """The actions that controls make; where they stand is said in `menus`.

    Single letters do not fire while an editor has the focus.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._icons: dict[QAction, str] = {}
        self._named: dict[str, QAction] = {}

    def make(
        self,
        name: str,
        text: str,
        short: str,
        keys: str | Sequence[str] = "",
        icon_name: str | None = None,
    ) -> QAction:
        """Return a new action.

        Parameters
        ----------
        name : str
            Its object name, `somethingAction`.
        text, short : str
            What menus and buttons say.
        keys : str or sequence of str
            The keys that trigger it; the first is shown.
        icon_name : str, optional
            A name in `icons`.
        """
        action = QAction(text, self.parent())
        action.setObjectName(name)
        sequences = [keys] if isinstance(keys, str) else keys
        action.setShortcuts([QKeySequence(one) for one in sequences if one])
        self.describe(action, text, short)
        action.setWhatsThis(action.statusTip())  # stays, when what it would do now is said
        self._named[name] = action
        if icon_name:
            self._icons[action] = icon_name
        return action

    def named(self, name: str) -> QAction:
        """Return the action with an object name."""
        return self._named[name]

    def all(self) -> Sequence[QAction]:
        """Return every action, in the order they were made."""
        return tuple(self._named.values())

    def describe(self, action: QAction, text: str, short: str) -> None:
        """Say what `action` does: in menus `text`, on buttons `short`, and beside them."""
        action.setText(text)
        action.setIconText(short)
        plain = plain_text(text)
        action.setStatusTip(plain)
        shown = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        if shown:
            plain = self.tr("{action} ({keys})").format(action=plain, keys=shown)
        action.setToolTip(plain)

    def show_icon(self, action: QAction, icon_name: str, palette: QPalette) -> None:
        """Give `action` another icon."""
        if self._icons.get(action) != icon_name:
            self._icons[action] = icon_name
            action.setIcon(icon(icon_name, palette))

    def paint_icons(self, palette: QPalette) -> None:
        """Draw the icons in the colours of `palette`; again when it changes."""
        for action, name in self._icons.items():
            action.setIcon(icon(name, palette))


def plain_text(text: str) -> str:
    """Return what an action says, without the mark of its mnemonic and without its dots."""
    return "&".join(part.replace("&", "") for part in text.split("&&")).rstrip("…")
