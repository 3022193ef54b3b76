"""The log: one rotating file per user; in debug mode every detail, also on standard error.

What may be private in it (paths, names, texts of errors) stands between two marks, so that a report
can leave it out.
"""

from __future__ import annotations

import copy
import logging
import logging.handlers
import os
import traceback
from collections.abc import Iterator, Mapping
from enum import Enum
from numbers import Number
from pathlib import Path
from typing import TYPE_CHECKING, Final

from genretagger.core.errors import GenreTaggerError, printable

if TYPE_CHECKING:
    from genretagger.core.resources import UserFolders

OPEN_MARK: Final = "\u2039"  # an angle quotation mark
CLOSE_MARK: Final = "\u203a"  # its counterpart
TRACE_BAR: Final = "  | "  # begins each line of a traceback
LOG_VARIABLE: Final = "GENRETAGGER_LOG"  # inherited by the worker processes
_LEVELS: Final = {"debug": logging.DEBUG, "info": logging.INFO}
_LOG: Final = logging.getLogger("genretagger")
_MAX_BYTES: Final = 1_000_000
_FORMAT: Final = "%(asctime)s %(levelname)s [%(process)d] %(name)s: %(message)s"
_PACKAGE: Final = Path(__file__).resolve().parents[1]


def start_logging(folders: UserFolders, *, debug: bool = False) -> None:
    """Write this process's log to the user's folder; keep no log if that is impossible.

    With `debug`, or if `GENRETAGGER_LOG` is "debug", every detail is logged, and standard error
    shows it too. Any other value but "info" counts as "info" and logs a warning.
    """
    _set_level(debug=debug)
    try:
        folders.home.mkdir(parents=True, exist_ok=True)
        handler = logging.handlers.RotatingFileHandler(
            folders.log,
            maxBytes=_MAX_BYTES,
            backupCount=2,
            encoding="utf-8",
            errors="backslashreplace",
        )
    except OSError:
        return
    _add_handler(handler)
    _LOG.propagate = False
    chosen = _chosen_level()
    if chosen not in _LEVELS:
        _LOG.warning("GENRETAGGER_LOG=%r is neither debug nor info; info is used", chosen)


def log_without_file(*, debug: bool = False) -> None:
    """Write no log file; in debug mode show every detail on standard error.

    For commands that must not touch the user's folder, and for worker processes, which would
    disturb the rotation of the file.
    """
    _set_level(debug=debug)
    _add_handler(logging.NullHandler())


def _chosen_level() -> str:
    return os.environ.get(LOG_VARIABLE, "").strip().lower() or "info"


def _set_level(*, debug: bool) -> None:
    logging.raiseExceptions = False  # a full disk must not print tracebacks
    if debug:
        os.environ[LOG_VARIABLE] = "debug"
    level = _LEVELS.get(_chosen_level(), logging.INFO)
    _LOG.setLevel(level)
    if level == logging.DEBUG:
        _add_handler(logging.StreamHandler())


def _add_handler(handler: logging.Handler) -> None:
    handler.setFormatter(MarkingFormatter(_FORMAT))
    _LOG.addHandler(handler)


def mark(text: str) -> str:
    """Return `text` between the marks: on one line, and without marks inside."""
    inside = printable(text).replace(OPEN_MARK, r"\u2039").replace(CLOSE_MARK, r"\u203a")
    return f"{OPEN_MARK}{inside}{CLOSE_MARK}"


class MarkingFormatter(logging.Formatter):
    """Marks every value in a record but numbers and words of the program.

    No message holds a value by itself: ruff (G) lets none be put together.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the text of a record; a traceback has the latest error first."""
        marked = copy.copy(record)
        if isinstance(record.args, Mapping):
            marked.args = {name: _marked(value) for name, value in record.args.items()}
        elif record.args:
            marked.args = tuple(map(_marked, record.args))
        error = record.exc_info[1] if record.exc_info else None
        # In place of what another handler may have written.
        marked.exc_text = "\n".join(f"{TRACE_BAR}{line}" for line in _trace_lines(error))
        return super().format(marked)


class _MarkedValue:
    """Formats as what it holds, marked."""

    def __init__(self, value: object) -> None:
        self._value = value

    def __str__(self) -> str:
        if isinstance(self._value, BaseException):
            return _error_text(self._value)
        return mark(str(self._value))

    def __repr__(self) -> str:
        if isinstance(self._value, BaseException):
            return _error_text(self._value)
        return mark(repr(self._value))


def _marked(value: object) -> object:
    is_ours = value is None or isinstance(value, (Number, Enum))
    return value if is_ours else _MarkedValue(value)


def _error_text(error: BaseException) -> str:
    """Return the class of an error, what identifies it, and its text, marked."""
    identity = type(error).__name__
    if isinstance(error, GenreTaggerError):
        identity += f" {error.key}"
    elif isinstance(error, OSError) and error.errno is not None:
        identity += f" {error.errno}"
    text = str(error)
    return f"{identity} {mark(text)}" if text else identity


def _trace_lines(error: BaseException | None) -> Iterator[str]:
    """Yield the lines of an error and of those that it came from."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield f"{_error_text(error)}; Traceback:"
        for frame in traceback.extract_tb(error.__traceback__):
            place = f"{_source_name(frame.filename)}:{frame.lineno} in {frame.name}"
            yield f"  {place}: {frame.line}"
        context = None if error.__suppress_context__ else error.__context__
        error = error.__cause__ or context


def _source_name(file: str) -> str:
    """Return the file of a frame without the folder in which the user has it."""
    path = Path(file)
    if path.is_relative_to(_PACKAGE):
        return path.relative_to(_PACKAGE.parent).as_posix()
    if "site-packages" in path.parts:
        inside = len(path.parts) - path.parts[::-1].index("site-packages")
        return "/".join(path.parts[inside:])
    return path.name if path.is_absolute() else path.as_posix()
