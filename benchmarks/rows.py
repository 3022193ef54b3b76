"""Rows: what every benchmark yields, how rows are printed, and the file that keeps them.

A benchmark is a module of this folder with `main()`. It prints its rows for people, or with
`--json` one object a line as soon as each is measured, so that a run that is broken off keeps what
it had.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from genretagger.core.typed_json import read_json
from genretagger.training.evaluation.figures import MachineFigures, as_json

ROOT = Path(__file__).resolve().parents[1]
FILE = ROOT / "docs" / "benchmarks.json"


@dataclass(frozen=True, slots=True)
class Row:
    """One measured figure.

    Attributes
    ----------
    benchmark : str
        The module that measured it.
    name, case : str
        What was measured, and on what; rows of one name make a line of a table, cases its columns.
    value : float | None
        The median of `n` measurements, in `unit`; None if it was not measured, for the reason that
        `note` gives.
    most : float | None
        The largest of the measurements.
    ratio : float | None
        `value` relative to that of Genretagger on the same case.
    note : str
        What else the figure means.
    """

    benchmark: str
    name: str
    value: float | None
    unit: str
    case: str = ""
    n: int = 1
    most: float | None = None
    ratio: float | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class BenchmarkFigures:
    """All rows of one run.

    Attributes
    ----------
    load : float
        The load of the machine, over a minute, when the run began.
    is_whole : bool
        Whether all was measured, at its full size; else it is a trial.
    """

    machine: MachineFigures
    processor: str
    commit: str
    date: str
    load: float
    minutes: float
    is_whole: bool
    rows: tuple[Row, ...]


def missing(benchmark: str, name: str, reason: str, *, case: str = "") -> Row:
    """Return the row of what was not measured."""
    return Row(benchmark, name, None, "", case=case, n=0, note=reason)


def make_parser(description: str | None) -> argparse.ArgumentParser:
    """Return a parser of the options that every benchmark has."""
    parser = argparse.ArgumentParser(description=(description or "").partition("\n")[0])
    parser.add_argument("--json", action="store_true", help="one object a line")
    return parser


def print_rows(rows: Iterable[Row], *, as_objects: bool) -> None:
    """Print each row as soon as it is measured."""
    for row in rows:
        print(json.dumps(asdict(row)) if as_objects else line_of(row), flush=True)


def line_of(row: Row) -> str:
    """Return a row as a line for people."""
    name = f"{row.name} [{row.case}]" if row.case else row.name
    return (
        f"{name:54} {cell_of(row)}{f'   {row.note}' if row.value is not None and row.note else ''}"
    )


def cell_of(row: Row) -> str:
    """Return the value of a row with its unit, and in brackets ratio and largest value."""
    if row.value is None:
        return f"not measured: {row.note}"
    brackets = []
    if row.ratio is not None:
        brackets.append(f"{digits(row.ratio)}\N{MULTIPLICATION SIGN}")
    if row.most is not None and digits(row.most) != digits(row.value):
        brackets.append(f"most {digits(row.most)}")
    return f"{digits(row.value)} {row.unit}".strip() + (
        f" ({', '.join(brackets)})" if brackets else ""
    )


def digits(value: float) -> str:
    """Return a number with at least two significant digits, three above 100."""
    for limit, n_digits in ((100, 0), (10, 1), (0.1, 2)):
        if abs(value) >= limit:
            return f"{value:,.{n_digits}f}"
    return f"{value:.3f}" if value else "0"


def load_benchmarks(path: Path = FILE) -> BenchmarkFigures:
    """Return the rows in `path`.

    Raises
    ------
    OSError, TypedJsonError
        The file cannot be read, or is not of this schema.
    """
    return read_json(path.read_bytes(), BenchmarkFigures)


def save_benchmarks(figures: BenchmarkFigures, path: Path) -> None:
    """Write `figures` to `path`, making its folder if need be."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(as_json(figures), encoding="utf-8")
