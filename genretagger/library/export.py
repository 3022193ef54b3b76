"""Exports the review for other programs: a table, JSON lines, a plan, playlists.

Knows neither rows nor the window. Every file appears whole or not at all.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from genretagger.core.errors import ExportError, shown, translate_os_errors
from genretagger.core.files.atomic import replace_file
from genretagger.core.writes import Policy

# What makes a spreadsheet take a text for a formula, also in the wide forms that some accept.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001
_TEXT_MARK = "'"
LIST_SEPARATOR = "; "


class Form(Enum):
    """The form of an export; the value is its name on the command line."""

    CSV = "csv"
    JSON = "json"
    PLAYLISTS = "m3u"
    PLAN = "plan"

    @property
    def suffix(self) -> str:
        """The suffix of its file; of each file in the folder, if it is a folder."""
        return {Form.CSV: ".csv", Form.PLAYLISTS: ".m3u8"}.get(self, ".jsonl")


@dataclass(frozen=True, slots=True)
class ExportOrder:
    """What to export where.

    place : the file, or the folder for playlists
    by_suggested : playlists are by the genre that is suggested or accepted, not the one in the file
    is_relative : playlists name files as seen from their folder
    policy : that of the lines of a plan
    replaces : what is there already is replaced
    """

    form: Form
    place: Path
    by_suggested: bool = False
    is_relative: bool = False
    policy: Policy = Policy.FILL
    replaces: bool = False


@dataclass(frozen=True, slots=True)
class ExportDone:
    """The result of an export: the path, the number of tracks and of files."""

    place: Path
    n_tracks: int
    n_files: int = 1


@dataclass(frozen=True, slots=True)
class TableLine:
    """One track in a table; `runner_ups` are further genres heard with their scores."""

    path: Path
    title: str = ""
    artist: str = ""
    album: str = ""
    genre_now: tuple[str, ...] = ()
    suggested: tuple[str, ...] = ()
    confidence: float | None = None
    level: str = ""
    state: str = ""
    decision: str = ""
    runner_ups: tuple[tuple[str, float], ...] = ()
    error: str = ""


TABLE_COLUMNS = (
    "path", "title", "artist", "album", "genre_now", "suggested", "confidence", "level", "state",
    "decision", "runner_ups", "error",
)  # fmt: skip


def make_table(lines: Iterable[TableLine]) -> bytes:
    """Return a table as CSV: UTF-8, lines ended as RFC 4180 says, a header of column names.

    A text that a spreadsheet would take for a formula gets an apostrophe in front.
    """
    return make_csv(TABLE_COLUMNS, map(_cells, lines))


def make_csv(columns: Sequence[str], lines: Iterable[Sequence[str]]) -> bytes:
    """Return lines of cells below a header as CSV: UTF-8, lines ended as RFC 4180 says."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(columns)
    writer.writerows(lines)
    # Bytes of a path that are no text are written as in JSON: \udcXX.
    return stream.getvalue().encode("utf-8", "backslashreplace")


def _cells(line: TableLine) -> list[str]:
    runner_ups = (f"{genre} {score:.3f}" for genre, score in line.runner_ups)
    confidence = "" if line.confidence is None else f"{line.confidence:.4f}"
    texts = (line.title, line.artist, line.album)
    genres = map(LIST_SEPARATOR.join, (line.genre_now, line.suggested))
    return [
        escape_formula(str(line.path)),
        *map(escape_formula, (*texts, *genres)),
        confidence,
        line.level,
        line.state,
        line.decision,
        escape_formula(LIST_SEPARATOR.join(runner_ups)),
        escape_formula(line.error),
    ]


def escape_formula(text: str) -> str:
    """Return `text` with an apostrophe in front if a spreadsheet would take it for a formula."""
    return _TEXT_MARK + text if text.lstrip(" ").startswith(_FORMULA) else text


def make_json_lines(records: Iterable[dict[str, Any]]) -> bytes:
    """Return one ASCII object per line."""
    return "".join(f"{json.dumps(record)}\n" for record in records).encode("ascii")


def write_file(place: Path, content: bytes, *, replaces: bool) -> None:
    """Write a file in one step.

    Raises
    ------
    ExportError
        The file exists and may not be replaced, or it cannot be written.
    """
    require_new([place], replaces=replaces)
    with _failures(place):
        if not place.parent.is_dir():
            raise ExportError("export-no-folder", path=shown(place.parent))
        replace_file(place, content)


def write_files(folder: Path, files: Sequence[tuple[str, bytes]], *, replaces: bool) -> None:
    """Write files by name into a folder, which is made if it is missing.

    Raises
    ------
    ExportError
        A file exists and may not be replaced, or cannot be written.
    """
    require_new([folder / name for name, _content in files], replaces=replaces)
    for name, content in files:
        with _failures(folder / name):
            replace_file(folder / name, content)


def require_new(places: Sequence[Path], *, replaces: bool) -> None:
    """Check that no file would be overwritten against the user's wish.

    Raises
    ------
    ExportError
        A folder is in the way, a file is there and not to be replaced, or that cannot be told.
    """
    there = []
    for place in places:
        with _failures(place):  # a name that is too long, a folder that must not be looked into
            if place.is_dir():
                raise ExportError("export-is-folder", path=shown(place))
            if place.exists():
                there.append(place)
    if there and not replaces:
        raise ExportError("export-exists", path=shown(there[0]), n=len(there))


def _failures(path: Path) -> AbstractContextManager[None]:
    return translate_os_errors(ExportError, "export-failed", path)
