"""The reasons in container and tags why a file is not written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from genretagger.core.errors import TrackRefusedError
from genretagger.core.file_kinds import kind_name
from genretagger.tagging.layout import wholeness

if TYPE_CHECKING:
    from genretagger.tagging.containers.detect import Opened


MOST_GENRE_CHARACTERS: Final = 1_000_000  # all genres of a file; longer texts stop any list
_MOST_SHOWN, _LONGEST_SHOWN = 20, 100


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a file is not written: a message key or None, and how much a cut-off file holds."""

    key: str | None = None
    share: float | None = None


def not_written(path: Path, *, container: str, key: str | None) -> TrackRefusedError:
    """Return the error that says why a file is not written, as `TagReading` says it."""
    return TrackRefusedError(path, key or "container-without-tags", container=kind_name(container))


def are_too_long(genres: tuple[str, ...]) -> bool:
    """Return whether the genres of a file are no names of genres, but a long text."""
    return sum(map(len, genres)) > MOST_GENRE_CHARACTERS


def cut_genres(genres: tuple[str, ...]) -> tuple[str, ...]:
    """Return the beginning of genres that are too long, to be shown; they are not written."""
    return tuple(
        genre if len(genre) <= _LONGEST_SHOWN else f"{genre[:_LONGEST_SHOWN]}…"
        for genre in genres[:_MOST_SHOWN]
    )


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
