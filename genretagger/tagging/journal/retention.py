"""Removing old batches from the journal, if the user asked for that."""

from __future__ import annotations

import logging
from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from genretagger.core.errors import shown
from genretagger.tagging.disk import fs
from genretagger.tagging.journal import journal

_STAMP: Final = "%Y%m%dT%H%M%SZ"  # an id begins with the time of its batch

_LOG = logging.getLogger(__name__)


def prune(folder: Path, *, days: int, keep: Collection[str] = ()) -> tuple[str, ...]:
    """Remove the batches older than `days` from a locked journal; return their ids.

    With `days` 0 all stay. A batch of `keep` stays, and one with a damaged record or with a write
    that is unsettled, unclear or whose file was gone.
    """
    if days == 0:
        return ()
    oldest = (datetime.now(UTC) - timedelta(days=days)).strftime(_STAMP)
    removed = []
    for batch in journal.list_ids(folder):
        if batch.partition("-")[0] >= oldest or batch in keep:
            continue
        log = journal.find(folder, batch)
        if log is None or log.ends.is_open or log.ends.is_unclear or log.damaged:
            continue
        try:
            fs.remove(log.path)
        except OSError as error:
            _LOG.warning("%s: not removed (%s)", shown(log.path), error)
            continue
        _LOG.info("batch %s is older than %d days and was removed", batch, days)
        removed.append(batch)
    return tuple(removed)
