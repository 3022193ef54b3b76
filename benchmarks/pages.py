"""The rows as pages: docs/benchmarks.md with its picture, and blocks of README and performance.

python -m benchmarks.pages          from docs/benchmarks.json; measures nothing
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.growth import draw_growth
from benchmarks.rows import FILE, ROOT, BenchmarkFigures, Row, cell_of, digits, load_benchmarks
from genretagger.training.report.build import replace_block
from genretagger.training.report.formats import wrap

PAGE = "benchmarks.md"
PICTURE = "pictures/benchmarks.svg"
README = ROOT / "README.md"
PERFORMANCE = ROOT / "docs" / "performance.md"
SPEED = "speed"
_TRIAL = " This was a trial of small sizes: it says nothing of large ones."
_BLOCKS = ("track", "codecs", "gui_stall")  # tables that stand in docs/performance.md, too
_TITLES = {
    "track": "One track, against other programs",
    "start_up": "Start-up",
    "journal": "Batches and history",
    "gui_stall": "The window while tracks stream in",
    "library": "A library of small files",
    "large_library": "The window with a made-up library",
    "codecs": "Codecs",
}
_ABOUT = {
    "track": "Processor time of one core, in a process of its own for each program; in brackets"
    " how many times ours that is. Ours, the origin's pipeline and its network name a genre; sonara"
    " and Essentia compute features of the whole track and name none.",
    "start_up": "Whole processes, warm.",
    "journal": "Batches of one small file each, by the number of batches in the journal.",
    "gui_stall": "Gaps between turns of the event loop, with a fake classifier.",
    "library": "MP3 files of 3.5 s with tags and audio digests of their own, on a disk, read"
    " before; times by the clock.",
    "large_library": "Processor time of the GUI thread until a gesture is painted, median and"
    " most; gaps by the clock. Nothing is read or heard: the tracks are made up.",
    "codecs": "The lossless clips as they are and re-encoded, heard by `genretagger analyse`.",
}


def render_page(figures: BenchmarkFigures) -> str:
    """Return docs/benchmarks.md."""
    machine = figures.machine
    parts = [
        "# Benchmarks",
        wrap(
            "Made by `make bench` from [benchmarks.json](benchmarks.json); what the figures mean"
            f" is in [performance.md](performance.md). {figures.date}, commit {figures.commit},"
            f" {figures.minutes:.0f} minutes. Machine: {machine.n_cores} cores"
            f" ({figures.processor}), {machine.system}; load {figures.load:.1f} when the run began."
            f"{'' if figures.is_whole else _TRIAL}"
        ),
        f"![Time by the number of files, on logarithmic axes]({PICTURE})",
    ]
    for benchmark in dict.fromkeys(row.benchmark for row in figures.rows):
        parts += [f"## {_TITLES[benchmark]}", wrap(_ABOUT[benchmark])]
        parts += tables(figures.rows, benchmark)
    return "\n\n".join(parts) + "\n"


def tables(rows: Sequence[Row], benchmark: str) -> list[str]:
    """Return the rows of a benchmark as Markdown: those with cases, then those without."""
    own = [row for row in rows if row.benchmark == benchmark]
    by_case = [row for row in own if row.case]
    plain = [row for row in own if not row.case]
    return [
        "\n".join(make(some))
        for make, some in ((_case_table, by_case), (_plain_table, plain))
        if some
    ]


def _case_table(rows: Sequence[Row]) -> Iterator[str]:
    cases = list(dict.fromkeys(row.case for row in rows))
    yield f"| | {' | '.join(f'{int(case):,}' if case.isdigit() else case for case in cases)} |"
    yield f"| --- |{' ---: |' * len(cases)}"
    for name in dict.fromkeys(row.name for row in rows):
        line = {row.case: row for row in rows if row.name == name}
        notes = {row.note for row in line.values() if row.value is not None}
        shared = notes.pop() if len(notes) == 1 else ""
        cells = [_cell(line[case], shared) if case in line else "" for case in cases]
        yield f"| {name}{f' ({shared})' if shared else ''} | {' | '.join(cells)} |"


def _cell(row: Row, shared_note: str) -> str:
    own_note = row.value is not None and row.note and row.note != shared_note
    return f"{cell_of(row)}, {row.note}" if own_note else cell_of(row)


def _plain_table(rows: Sequence[Row]) -> Iterator[str]:
    yield "| | | measured | |"
    yield "| --- | ---: | ---: | --- |"
    for row in rows:
        note = row.note if row.value is not None else ""
        yield f"| {row.name} | {cell_of(row)} | {row.n} | {note} |"


def render_speed(figures: BenchmarkFigures) -> str:
    """Return how fast the program is, the paragraph in README.md; leaves out what is missing."""
    return wrap(" ".join(_sentences(figures.rows)) + ("" if figures.is_whole else _TRIAL))


def _sentences(rows: Sequence[Row]) -> Iterator[str]:
    own = _find(rows, "track", "Genretagger", case="median")
    if own is not None:
        text = f"Hearing a track takes {cell_of(own)} of one core ({own.note})"
        yield text + _comparison(rows)
    opened, verdicts = (
        _largest(rows, f"window: {name}")
        for name in ("all rows stand", "then until all verdicts stand")
    )
    if opened is not None and verdicts is not None and opened.case == verdicts.case:
        yield (
            f"A library of {int(opened.case):,} files that was heard before stands in the window"
            f" after {digits(opened.value + verdicts.value)} s."
        )
    again = _largest(rows, "analyse: all known (rescan)")
    if again is not None:
        yield f"Looking through {int(again.case):,} known files for changes takes {cell_of(again)}."
    first = _largest(rows, "analyse: the first verdict, really heard")
    if first is not None:
        yield (
            f"The first verdict on a new folder of {int(first.case):,} files comes after"
            f" {cell_of(first)}."
        )
    written = _largest(rows, "write: apply, files a second")
    if written is not None:
        yield f"{digits(written.value)} small files are written in a second."
    yield "Measured by `make bench`: [docs/benchmarks.md](docs/benchmarks.md)."


def _comparison(rows: Sequence[Row]) -> str:
    """Return what other programs take, as the end of a sentence."""
    parts = []
    for name, words in (
        ("the origin's pipeline", "the pipeline of the study this project began with takes"),
        ("sonara, compact", "sonara, in its quickest mode,"),
        ("Essentia's MusicExtractor", "Essentia's MusicExtractor"),
    ):
        row = _find(rows, "track", name, case="median")
        if row is not None and row.ratio is not None:
            parts.append(f"{words} {digits(row.ratio)} times that")
    return f"; {', '.join(parts)}." if parts else "."


def _find(rows: Sequence[Row], benchmark: str, name: str, *, case: str) -> Row | None:
    """Return a row that was measured, or None."""
    for row in rows:
        if (row.benchmark, row.name, row.case) == (benchmark, name, case):
            return row if row.value is not None else None
    return None


def _largest(rows: Sequence[Row], name: str) -> Row | None:
    """Return the row of the largest library for which this was measured, or None."""
    sizes = [int(row.case) for row in rows if row.name == name and row.value is not None]
    return _find(rows, "library", name, case=str(max(sizes))) if sizes else None


def blocks(figures: BenchmarkFigures) -> dict[str, tuple[Path, str]]:
    """Return the file and the text of each block between markers, by the name of the markers."""
    found = {SPEED: (README, render_speed(figures))}
    for benchmark in _BLOCKS:
        found[f"bench {benchmark}"] = (
            PERFORMANCE,
            "\n\n".join(tables(figures.rows, benchmark)) or "Not measured.",
        )
    return found


def write_pages(figures: BenchmarkFigures, folder: Path) -> None:
    """Write page and picture into `folder`."""
    picture = folder / PICTURE
    picture.parent.mkdir(parents=True, exist_ok=True)
    picture.write_text(draw_growth(figures.rows), encoding="utf-8")
    (folder / PAGE).write_text(render_page(figures), encoding="utf-8")


def write_blocks(figures: BenchmarkFigures) -> None:
    """Write the blocks of README and docs/performance.md.

    Raises
    ------
    FiguresError
        A file lacks its markers.
    """
    for name, (path, text) in blocks(figures).items():
        path.write_text(replace_block(path, text, name=name), encoding="utf-8")


def main() -> None:
    """Write all that shows the figures."""
    figures = load_benchmarks()
    write_pages(figures, FILE.parent)
    write_blocks(figures)


if __name__ == "__main__":
    main()
