"""Lists what the window can be driven by: `make automation` writes docs/automation.md.

Actions and widgets come from the live window, on a tour through all of it; names of widgets that
are seldom there (an editor, a question) come from the source.
"""

from __future__ import annotations

import ast
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLabel, QMenu, QWidget

from genretagger.core.resources import HOME_VARIABLE
from genretagger.gui.look.appearance import Appearance
from genretagger.gui.shell.actions import plain_text
from genretagger.gui.widgets.icons import icon
from tools.offscreen import use_offscreen
from tools.window_tour import Tour

ROOT = Path(__file__).resolve().parents[1]
DOCUMENT = ROOT / "docs" / "automation.md"
_Names = dict[str, tuple[str, str]]  # by name: class, and what it is called
_HEAD = """\
# Automation

Made by `make automation` from the window itself; do not edit. `tests/gui/test_automation.py` fails
if it is not what the window has.

Whoever drives the window (tests, accessibility tools, scripts in its process) finds everything by
its `objectName`. These names are a contract: they stay when texts, keys and layout change. `N`
stands for a number.

```python
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QTableView
from genretagger.gui.app import create_window

app = QApplication([])
window = create_window(folder=music)
window.show()
table = window.findChild(QTableView, "trackTable")
window.findChild(QAction, "acceptAllAction").trigger()
```

Dialogs are children of the window and exist while they are open. Buttons such as *OK* are found by
the `QDialogButtonBox` of the dialog. In file dialogs and message boxes only the names below are the
program's own.
"""
# What gives a widget its name, and which of its arguments that is (gui/widgets/labels.py).
_NAMING = {"setObjectName": 0, "plain_label": 0, "push_button": 0, "set_names": 1}


def actions(window: QWidget) -> Iterator[tuple[str, list[tuple[str, str, str]]]]:
    """Yield the title of each menu with name, text and keys of its actions."""
    direct = Qt.FindChildOption.FindDirectChildrenOnly
    menus = window.menuBar().findChildren(QMenu, options=direct)  # type: ignore[attr-defined]
    for menu in filter(QMenu.objectName, menus):  # Qt adds one without a name
        rows = []
        for action in menu.actions():
            if not action.isSeparator():
                keys = (key.toString(QKeySequence.SequenceFormat.PortableText)
                        for key in action.shortcuts())  # fmt: skip
                text = action.whatsThis() or plain_text(action.text())
                rows.append((action.objectName(), text, ", ".join(keys)))
        yield plain_text(menu.title()), rows


def widgets(window: QWidget) -> _Names:
    """Return every named widget and menu of one window or dialog, itself too."""
    names = {}
    for widget in (window, *window.findChildren(QWidget)):
        name = re.sub(r"\d+$", "N", widget.objectName())
        if widget.window() is window and name and not name.startswith("qt_"):
            names[name] = (_qt_class(widget), _called(widget))
    for menu in window.findChildren(QMenu):
        if menu.objectName() and menu.parentWidget().window() is window:
            names[menu.objectName()] = ("QMenu", plain_text(menu.title()))
    return names


def _qt_class(widget: QWidget) -> str:
    return next(
        kind.__name__ for kind in type(widget).__mro__ if kind.__module__.startswith("PySide")
    )


def _called(widget: QWidget) -> str:
    """Return the name of a widget for people; "" where it depends on what the widget shows."""
    is_button = isinstance(widget, QAbstractButton)
    text = widget.accessibleName() or (plain_text(widget.text()) if is_button else "")
    if isinstance(widget, QLabel) or re.search(r"\d", text):
        return ""
    return text or (widget.windowTitle() if isinstance(widget, QDialog) else "")


def in_source() -> set[str]:
    """Return every object name that the source gives by a literal."""
    names = set()
    for path in sorted((ROOT / "genretagger" / "gui").rglob("*.py")):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call):
                called = call.func.attr if isinstance(call.func, ast.Attribute) else ""
                called = call.func.id if isinstance(call.func, ast.Name) else called
                argument = call.args[_NAMING[called] :][:1] if called in _NAMING else []
                names |= {str(name.value) for name in argument if isinstance(name, ast.Constant)}
    return names


def document(folder: Path) -> str:
    """Return the document; `folder` is where the made-up window may keep its settings."""
    by_window: dict[str, _Names] = {}
    tour = Tour(folder)
    parts = [_HEAD, "## Actions\n"]
    for title, rows in actions(tour.window):
        lines = [f"| `{name}` | {text} | {keys} |" for name, text, keys in rows]
        parts.append(
            "\n".join([f"### {title}\n", "| name | does | keys |", "|---|---|---|", *lines])
        )
        parts.append("")
    for _, widget in tour.stops():
        for window in (tour.window, widget.window()):
            names = by_window.setdefault(window.objectName(), {})
            names.update({name: of for name, of in widgets(window).items() if name not in names})
    tour.close()
    for window_name, names in by_window.items():
        parts += [f"## {window_name}\n", *_table(names), ""]
    known = {name for names in by_window.values() for name in names}
    seldom = sorted(in_source() - known)
    parts += [
        "## Seldom there\n",
        "Editors, questions, file dialogs and what comes with an error.\n",
    ]
    parts += [*(f"- `{name}`" for name in seldom), ""]
    return "\n".join(parts)


def _table(names: _Names) -> list[str]:
    rows = [f"| `{name}` | {kind} | {called} |" for name, (kind, called) in sorted(names.items())]
    return ["| name | class | called |", "|---|---|---|", *rows]


def main() -> None:
    """Write the document."""
    use_offscreen()
    app = QApplication([sys.argv[0]])
    Appearance(app, draw_icon=icon)
    with tempfile.TemporaryDirectory() as home:
        os.environ[HOME_VARIABLE] = home
        DOCUMENT.write_text(document(Path(home)), encoding="utf-8")


if __name__ == "__main__":
    main()
