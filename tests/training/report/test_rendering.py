"""The report and the model card show every figure, and say what was not measured."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from genretagger.training.report.rendering import (
    render_model_card,
    render_model_page_block,
    render_readme_block,
    render_report,
    render_styles_block,
    worst_confusions,
)


@pytest.fixture(scope="module")
def page(full):
    """Return the report of the full figures; drawing takes a while."""
    return render_report(full)


class Reader(HTMLParser):
    """Collects what a page refers to, its tags, and its text."""

    def __init__(self):
        super().__init__()
        self.tags, self.links, self.ids, self.words = [], [], [], []
        self._open = []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.ids += [value for name, value in attrs if name == "id"]
        self.links += [value for name, value in attrs if name in ("href", "src", "xlink:href")]

    def handle_data(self, data):
        self.words.append(data)


def read(page):
    reader = Reader()
    reader.feed(page)
    return reader


def test_the_report_is_one_file_that_needs_nothing_else(page):
    parsed = read(page)
    assert not {"script", "link", "img", "iframe", "metadata"} & set(parsed.tags)
    assert all(link.startswith("#") for link in parsed.links)
    assert {link[1:] for link in parsed.links} <= set(parsed.ids)
    assert len(parsed.ids) == len(set(parsed.ids))
    assert parsed.tags.count("svg") == 4
    assert "prefers-color-scheme: dark" in page
    assert not re.search(r"#01020[0-9]", page)  # every marker colour became a variable


def test_the_report_has_the_same_bytes_every_time(full, page):
    assert render_report(full) == page


def test_the_report_escapes_what_it_shows(page):
    assert "mp3 &lt;64 kbit/s&gt;" in page
    assert "<64" not in page


def test_the_report_has_the_figures(full, page):
    text = " ".join(read(page).words)
    folds = full.cross_validation
    for number in (
        folds.accuracy.mean,
        folds.ece,
        folds.coverage_at_precision,
        0.871,
        0.522,
        0.744,
    ):
        assert f"{number:.3f}" in text
    assert "251.3" in text
    assert "-0.033" in text


def test_wherever_figures_of_folds_are_it_is_said_that_they_are_too_good(full):
    never_heard = "Of the 40 clips that it never heard, the same folds name"
    for render in (render_report, render_model_card, render_readme_block, render_model_page_block):
        assert never_heard in " ".join(render(full).split())
        assert "distilled on most" not in render(replace(full, unheard=None))


def test_what_was_not_measured_is_said_and_not_drawn(bare):
    page = render_report(bare)
    assert page.count(">not measured<") >= 7
    assert "<svg" not in page
    assert "Not measured." in render_model_card(bare)
    assert render_readme_block(bare) == "Not measured."


def test_the_card_has_the_sections_of_mitchell_and_others(full):
    titles = re.findall(r"^## (.*)$", render_model_card(full), flags=re.MULTILINE)
    assert titles == [
        "Model details",
        "Intended use",
        "Factors",
        "Metrics",
        "Evaluation data",
        "Training data",
        "Quantitative analyses",
        "Ethical considerations",
        "Caveats and recommendations",
    ]


def test_report_card_and_page_say_what_was_measured_of_styles(full):
    for text in (render_report(full), render_model_card(full), render_styles_block(full)):
        assert "suggested, also in bulk" in text
        assert "hint only" in text
        assert "0.933" in text  # 28 of 30
        words = " ".join(text.split())
        assert "for 106 the first one is right" in words


def test_the_worst_confusions_are_the_most_frequent_errors(full):
    worst = worst_confusions(full.cross_validation)
    shares = [share for share, _, _ in worst]
    assert len(worst) == 3
    assert shares == sorted(shares, reverse=True)
    assert all(true != predicted for _, true, predicted in worst)
