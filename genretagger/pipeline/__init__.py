"""Analyse, apply, undo: generators of events. Alone knows the order of the steps.

Every generator raises `Cancelled` soon after its `cancel` is set; what was done stays done.
"""

from genretagger.pipeline.analysing import analyse
from genretagger.pipeline.context import Context
from genretagger.pipeline.writing import (
    apply,
    batch_writes,
    export_history,
    history,
    read_only_reason,
    recover,
    request_for,
    undo,
)

__all__ = [
    "Context",
    "analyse",
    "apply",
    "batch_writes",
    "export_history",
    "history",
    "read_only_reason",
    "recover",
    "request_for",
    "undo",
]
