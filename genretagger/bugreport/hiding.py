"""Hides what is private: paths and names become numbered placeholders, the same for the same text.

Nothing is searched for what looks like a path: all that the log has marked is hidden, and every
line that the log did not mark.
"""

from __future__ import annotations

import getpass
import os
import re
from contextlib import suppress
from pathlib import Path
from typing import Final

from genretagger.core.file_kinds import AUDIO_SUFFIXES
from genretagger.core.logs import CLOSE_MARK, OPEN_MARK, TRACE_BAR

_OWN_SUFFIXES: Final = {".json", ".jsonl", ".sqlite", ".log", ".lock", ".csv", ".m3u8", ".html"}
_MARKED: Final = re.compile(f"{OPEN_MARK}([^{OPEN_MARK}{CLOSE_MARK}]*){CLOSE_MARK}")
_LINE: Final = re.compile(
    r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} [A-Z]+ \[\d+\] genretagger[\w.]*: "
)
_SUFFIX: Final = re.compile(r"\.\w+$")
_ROOTED: Final = re.compile(r"[\"']?(/|~|[A-Za-z]:|\\\\)")  # of repr(), too
_FOREIGN: Final = "(a line that an older version wrote)"
_SHORTEST: Final = 2  # letters of a user's name that is looked for


class Placeholders:
    """Numbers private texts in the order in which they come.

    Parameters
    ----------
    shows : bool
        Whether the user wants them shown as they are.
    """

    def __init__(self, *, shows: bool) -> None:
        self._shows = shows
        self._known: dict[str, str] = {}

    def hide(self, text: str) -> str:
        """Return the placeholder of `text`, with its suffix if that is one of files we know."""
        if self._shows:
            return text
        if text not in self._known:
            kind = "path" if begins_as_path(text) else "text"
            n = 1 + sum(known.startswith(f"<{kind} ") for known in self._known.values())
            self._known[text] = f"<{kind} {n}>{_suffix(text) if kind == 'path' else ''}"
        return self._known[text]

    def hide_line(self, line: str) -> str:
        """Return a line of the log with all that is marked in it hidden."""
        if self._shows:
            return line
        if not _LINE.match(line) and not line.startswith(TRACE_BAR):
            return _FOREIGN
        return _MARKED.sub(lambda found: self.hide(found[1]), line)


def begins_as_path(text: str) -> bool:
    """Return whether `text`, or the text that it is the `repr` of, begins as a full path does."""
    return bool(_ROOTED.match(text))


def _suffix(text: str) -> str:
    found = _SUFFIX.search(text.strip("'\""))  # whatever stands before it, which parts no path
    suffix = found[0].lower() if found else ""
    return suffix if suffix in AUDIO_SUFFIXES or suffix in _OWN_SUFFIXES else ""


def without_user(text: str) -> str:
    """Return `text` without the user's home folder and name, wherever they stand."""
    homes = {os.fspath(Path.home()), os.path.realpath(Path.home())}
    for home in sorted(homes - {"/", ""}, key=len, reverse=True):
        text = re.sub(rf"{re.escape(home)}(?!\w)", "~", text)
    for name in _user_names():
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "<user>", text)
    return text


def _user_names() -> set[str]:
    names = {Path.home().name}
    with suppress(KeyError, OSError):  # a container may run as a number without a name
        names.add(getpass.getuser())
    return {name for name in names if len(name) >= _SHORTEST}
