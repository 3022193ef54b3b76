"""The log: one rotating file per user; in debug mode every detail, also on standard error."""

from __future__ import annotations

import logging
import logging.handlers
import os
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from genretagger.core.resources import UserFolders

LOG_VARIABLE: Final = "GENRETAGGER_LOG"  # inherited by the worker processes
_LEVELS: Final = {"debug": logging.DEBUG, "info": logging.INFO}
_LOG: Final = logging.getLogger("genretagger")
_MAX_BYTES: Final = 1_000_000
_FORMAT: Final = "%(asctime)s %(levelname)s %(process)d %(name)s: %(message)s"


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
        _LOG.warning("%s=%r is neither debug nor info; info is used", LOG_VARIABLE, chosen)


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
    handler.setFormatter(logging.Formatter(_FORMAT))
    _LOG.addHandler(handler)
