"""The pages are made from the file of rows, and agree with it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from benchmarks import pages
from benchmarks.growth import draw_growth
from benchmarks.rows import FILE, load_benchmarks
from genretagger.training.report.build import replace_block


def test_every_page_agrees_with_the_file_of_rows():
    figures = load_benchmarks()
    page = (FILE.parent / pages.PAGE).read_text(encoding="utf-8")
    assert page == pages.render_page(figures), "run python -m benchmarks.pages"
    for name, (path, text) in pages.blocks(figures).items():
        assert path.read_text(encoding="utf-8") == replace_block(path, text, name=name), (
            f"the block {name} of {path.name} is out of date: run python -m benchmarks.pages"
        )


def test_the_picture_has_a_line_for_each_time_of_the_file():
    """Shapes depend on the version of matplotlib, names do not."""
    picture = (FILE.parent / pages.PICTURE).read_text(encoding="utf-8")
    sizes = {}
    for row in load_benchmarks().rows:
        is_clock = row.unit == "s" and "processor" not in row.name
        if row.benchmark == "library" and is_clock and row.value:
            sizes.setdefault(row.name, set()).add(row.case)
    names = {name for name, cases in sizes.items() if len(cases) > 1}
    assert names
    assert all(f">{name}<" in picture for name in names)


def test_cases_are_columns_and_what_is_missing_says_why(figures):
    track, library = (pages.tables(figures.rows, name) for name in ("track", "library"))
    (table,) = track
    assert table.replace("\N{MULTIPLICATION SIGN}", " times").splitlines() == [
        "| | median | MP3 | Opus |",
        "| --- | ---: | ---: | ---: |",
        "| Genretagger (tracks of 240 s) | 0.20 s |  |  |",
        "| sonara, compact | 0.90 s (4.50 times) | 0.90 s (4.50 times) | not measured: why |",
    ]
    assert "| | 1,000 | 10,000 |" in library[0]
    assert "| scan: tags known (nothing is heard) | 0.50 s | 5.10 s |" in library[0]
    assert "| write: apply | 6.00 s | not measured: it would take too long |" in library[0]


def test_rows_without_a_case_are_lines(figures):
    (table,) = pages.tables(figures.rows, "large_library")
    assert table.endswith("\n| accept one | 9.04 ms (most 9.90) | 3 | of many |")


def test_the_page_names_machine_commit_and_date(figures):
    page = pages.render_page(figures)
    assert "2026-11-30, commit abc1234, 14 minutes" in page
    assert "2 cores (a\nprocessor), Linux x86_64, Python 3.11.7; load 0.2" in page


def test_the_paragraph_of_the_readme_compares_and_leaves_out_what_was_not_measured(figures):
    text = " ".join(pages.render_speed(figures).split())
    assert text == (
        "Hearing a track takes 0.20 s of one core (tracks of 240 s); sonara, in its quickest"
        " mode, 4.50 times that. 167 small files are written in a second. Measured by `make"
        " bench`: [docs/benchmarks.md](docs/benchmarks.md)."
    )


def test_the_paragraph_of_the_readme_names_the_largest_library(figures):
    (known,) = (row for row in figures.rows if row.name == "scan: tags known" and row.value > 1)
    rows = [replace(known, name="analyse: all known (rescan)", note="")]
    text = pages.render_speed(replace(figures, rows=tuple(rows)))
    assert "Looking through 10,000 known files for changes takes 5.10 s." in text


def test_a_trial_is_called_one(figures):
    trial = replace(figures, is_whole=False)
    for render in (pages.render_page, pages.render_speed):
        assert "trial" not in render(figures)
        assert "trial" in render(trial)


def test_only_times_at_two_sizes_are_drawn(figures):
    picture = draw_growth(figures.rows)
    assert ">scan: tags known<" in picture
    assert "write: apply" not in picture
    assert ">quadratic<" in picture


def test_same_rows_give_the_same_picture(figures):
    assert draw_growth(figures.rows) == draw_growth(figures.rows)


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (0.0042, "0.004"), (0.123, "0.12"), (12.34, "12.3"), (1234.5, "1,234")],
)
def test_values_have_two_or_three_digits(value, text):
    assert pages.digits(value) == text
