"""The reasons in container and tags why a file is not written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from genretagger.core.errors import TrackRefusedError
from genretagger.core.file_kinds import kind_name
from genretagger.tagging.layout import wholeness

if TYPE_CHECKING:
    from genretagger.tagging.containers.detect import Opened


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a file is not written: a message key or None, and how much a cut-off file holds."""

    key: str | None = None
    share: float | None = None


def not_written(path: Path, *, container: str, key: str | None) -> TrackRefusedError:
    """Return the error that says why a file is not written, as `TagReading` says it."""
    return TrackRefusedError(path, key or "container-without-tags", container=kind_name(container))


def find_refusal(opened: Opened) -> Refusal:
    """Return why an open file is not written.

    Raises
    ------
    LayoutError
        It is damaged where a write would look.
    """
    row, stream = opened.row, opened.stream
    if row.writer is None:
        return Refusal(row.refusal)
    if opened.is_odd:
        return Refusal("tag-in-front")
    cut = wholeness.find_cut(stream, container=row.name)
    if cut is not None:
        return Refusal(cut.key, cut.share)
    stream.seek(0)
    return Refusal(row.writer.refusal(stream))
