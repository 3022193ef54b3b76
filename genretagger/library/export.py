"""Writes exports for other programs: a table, JSON lines, a plan, playlists.

Knows neither rows nor the window. Every file is written completely or not at all.
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

# Spreadsheets take a text that begins with one of these for a formula; some accept wide forms too.
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
        """The suffix of the exported file, or of each playlist in the exported folder."""
        return {Form.CSV: ".csv", Form.PLAYLISTS: ".m3u8"}.get(self, ".jsonl")


class PlaylistGenre(Enum):
    """The genre of a track that decides on its playlist; the value is what is remembered.

    AFTER : the one in the file once everything accepted is written
    """

    AFTER = "after"
    NOW = "now"
    SUGGESTED = "suggested"


@dataclass(frozen=True, slots=True)
class PlaylistOptions:
    """How playlists are made.

    by : the genre that decides
    merges_spellings : whether all spellings of a genre make one playlist
    is_relative : whether they name files relative to their folder
    """

    by: PlaylistGenre = PlaylistGenre.AFTER
    merges_spellings: bool = True
    is_relative: bool = True


@dataclass(frozen=True, slots=True)
class ExportOrder:
    """A requested export: its form, target and options.

    path : the file, or the folder for playlists
    policy : the policy for the lines of a plan, and for the genres after writing
    replaces : whether existing files are replaced
    """

    form: Form
    path: Path
    playlists: PlaylistOptions = PlaylistOptions()
    policy: Policy = Policy.FILL
    replaces: bool = False


@dataclass(frozen=True, slots=True)
class ExportDone:
    """The result of an export: its path, the number of tracks and the number of files."""

    path: Path
    n_tracks: int
    n_files: int = 1


@dataclass(frozen=True, slots=True)
class TableLine:
    """One track in a table.

    runner_ups : the next best genres with their scores
    styles : the styles that are suggested or offered, with their confidences
    """

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
    styles: tuple[tuple[str, float], ...] = ()


TABLE_COLUMNS = (
    "path", "title", "artist", "album", "genre_now", "suggested", "confidence", "level", "state",
    "decision", "runner_ups", "error", "styles",
)  # fmt: skip


def make_table(lines: Iterable[TableLine]) -> bytes:
    """Return a table of tracks as CSV, with the column names as header.

    A text that a spreadsheet would take for a formula gets an apostrophe in front.
    """
    return make_csv(TABLE_COLUMNS, map(make_cells, lines))


def make_csv(columns: Sequence[str], lines: Iterable[Sequence[str]]) -> bytes:
    """Return a header and lines of cells as CSV in UTF-8, with the line ends of RFC 4180."""
    return make_csv_lines((columns, *lines))


def make_csv_lines(lines: Iterable[Sequence[str]]) -> bytes:
    """Return lines of cells as CSV; see `make_csv`."""
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows(lines)
    # Undecodable bytes of a path become \udcXX, as in JSON.
    return stream.getvalue().encode("utf-8", "backslashreplace")


def make_cells(line: TableLine) -> list[str]:
    """Return the cells of `TABLE_COLUMNS` for a track; see `make_table`."""
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
        _numbered(line.runner_ups),
        escape_formula(line.error),
        _numbered(line.styles),
    ]


def _numbered(shares: Iterable[tuple[str, float]]) -> str:
    """Return genres with their numbers as one cell."""
    return escape_formula(LIST_SEPARATOR.join(f"{genre} {share:.3f}" for genre, share in shares))


def escape_formula(text: str) -> str:
    """Return `text` with an apostrophe in front if a spreadsheet would take it for a formula."""
    return _TEXT_MARK + text if text.lstrip(" ").startswith(_FORMULA) else text


def make_json_lines(records: Iterable[dict[str, Any]]) -> bytes:
    """Return the records as lines of ASCII, one JSON object each."""
    return "".join(f"{json.dumps(record)}\n" for record in records).encode("ascii")


def write_file(path: Path, content: bytes, *, replaces: bool) -> None:
    """Write a file in one step.

    Raises
    ------
    ExportError
        The file exists and may not be replaced, or it cannot be written.
    """
    require_new([path], replaces=replaces)
    with _failures(path):
        if not path.parent.is_dir():
            raise ExportError("export-no-folder", path=shown(path.parent))
        replace_file(path, content)


def write_files(folder: Path, files: Sequence[tuple[str, bytes]], *, replaces: bool) -> None:
    """Write each (name, content) into a folder, which is made if it is missing.

    Raises
    ------
    ExportError
        A file exists and may not be replaced, or cannot be written.
    """
    require_new([folder / name for name, _content in files], replaces=replaces)
    for name, content in files:
        with _failures(folder / name):
            replace_file(folder / name, content)


def require_new(paths: Sequence[Path], *, replaces: bool) -> None:
    """Check that none of `paths` exists, unless existing files may be replaced.

    Raises
    ------
    ExportError
        A path is a folder, exists but may not be replaced, or cannot be examined.
    """
    existing = []
    for path in paths:
        with _failures(path):  # the name may be too long, or the folder unreadable
            if path.is_dir():
                raise ExportError("export-is-folder", path=shown(path))
            if path.exists():
                existing.append(path)
    if existing and not replaces:
        raise ExportError("export-exists", path=shown(existing[0]), n=len(existing))


def _failures(path: Path) -> AbstractContextManager[None]:
    return translate_os_errors(ExportError, "export-failed", path)
