"""The pieces of the folder of sounds, and its two tables of them."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from typing import Final

PIECES_FILE: Final = "pieces.tsv"
USED_FILES_FILE: Final = "sources.tsv"


@dataclass(frozen=True, slots=True)
class Piece:
    """One audio file of the folder.

    group : speaker, generator or soundtrack; its pieces stay on one side of a split
    style : style of the music by the package or the file's own tag, "" if neither names one
    """

    clip: str
    kind: str
    source: str
    group: str
    style: str
    file: str


@dataclass(frozen=True, slots=True)
class UsedFile:
    """A file of a package that is part of a piece."""

    package: str
    version: str
    kind: str
    licence: str
    clip: str
    file: str


def make_piece(name: str, *, kind: str, source: str, group: str, style: str = "") -> Piece:
    """Return the piece `name` of `source`, a FLAC file unless its `file` is replaced."""
    clip = f"{source}.{name}"
    return Piece(clip, kind, source, f"{source} {group}", style, f"{kind}/{clip}.flac")


def write_pieces(folder: Path, pieces: Iterable[Piece]) -> None:
    """Write the table of pieces in `folder`."""
    _write_table(folder / PIECES_FILE, Piece, pieces)


def write_used_files(folder: Path, used: Iterable[UsedFile]) -> None:
    """Write the table of all files of packages that are part of a piece."""
    _write_table(folder / USED_FILES_FILE, UsedFile, used)


def _write_table(
    path: Path, row_class: type[Piece | UsedFile], rows: Iterable[Piece | UsedFile]
) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, "excel-tab", lineterminator="\n")
        writer.writerow([field.name for field in fields(row_class)])
        writer.writerows(astuple(row) for row in rows)


def read_pieces(folder: Path) -> tuple[Piece, ...]:
    """Return the pieces in the table of `folder`."""
    with (folder / PIECES_FILE).open(encoding="utf-8", newline="") as stream:
        return tuple(Piece(**row) for row in csv.DictReader(stream, dialect="excel-tab"))
