"""One rotating log file per user."""

from __future__ import annotations

import logging
import logging.handlers
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from genretagger.core.resources import UserFolders

_LOG = logging.getLogger("genretagger")
_MAX_BYTES = 1_000_000
_FORMAT = "%(asctime)s %(levelname)s %(process)d %(name)s: %(message)s"


def start_logging(folders: UserFolders) -> None:
    """Write this process's log to the user's folder; where that is impossible, go without a log."""
    logging.raiseExceptions = False  # a full disk must not print tracebacks
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
    handler.setFormatter(logging.Formatter(_FORMAT))
    _LOG.addHandler(handler)
    _LOG.setLevel(logging.INFO)
    _LOG.propagate = False
