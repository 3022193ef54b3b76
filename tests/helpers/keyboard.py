"""Uses a window by its keys alone."""

from __future__ import annotations

from PySide6.QtCore import Qt

NO_MODIFIER = Qt.KeyboardModifier.NoModifier


class Keys:
    """Presses keys where the focus is."""

    def __init__(self, driver, qtbot):
        self.driver, self.qtbot = driver, qtbot
        driver.window.activateWindow()
        driver.table.setFocus()
        qtbot.waitUntil(driver.table.hasFocus)

    def __call__(self, *keys, modifier=NO_MODIFIER):
        for key in keys:
            self.qtbot.keyClick(self.driver.window.focusWidget(), key, modifier)
        # Else Qt believes that the modifier is held down from now on.
        self.qtbot.keyRelease(self.driver.window.focusWidget(), Qt.Key.Key_Shift)

    def type(self, text):
        """Type a genre in the place of what the editor of the current row says."""
        self(Qt.Key.Key_F2)
        editor = self.driver.table.findChild(object, "genreEdit")
        self.qtbot.waitUntil(editor.hasSelectedText if editor.text() else editor.hasFocus)
        self.qtbot.keyClicks(editor, text)
        self.qtbot.keyClick(editor, Qt.Key.Key_Return)
        table = self.driver.table
        self.qtbot.waitUntil(lambda: table.state() is not table.State.EditingState)
