"""One file of figures: what goes in comes out, and everything that shows it agrees with it."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from types import SimpleNamespace

import numpy as np
import pytest

from genretagger.analysis.manifest import default_model_folder
from genretagger.training.data.dataset import GENRES
from genretagger.training.evaluation.figures import (
    BaselineFigures,
    CalledFigures,
    DataFigures,
    Figures,
    FiguresError,
    OpenSetFigures,
    RobustnessFigures,
    SeparationFigures,
    SpeedFigures,
    as_json,
    load_figures,
    save_figures,
)
from genretagger.training.evaluation.measure import (
    describe_machine,
    describe_model,
    list_limits,
    summarise_folds,
    summarise_hold_out,
)
from genretagger.training.report import build
from genretagger.training.report.build import BEGIN, END, replace_block
from genretagger.training.report.rendering import (
    render_model_card,
    render_readme_block,
    render_report,
)


def folds(n_folds=3, n_rows=40):
    """Return labels, groups and folds of scores that are right more often than not."""
    random = np.random.default_rng(0)
    labels = np.arange(n_rows) % len(GENRES)
    found = []
    for _ in range(n_folds):
        scores = random.dirichlet(np.ones(10), n_rows) + 0.15 * np.eye(10)[labels]
        scores /= scores.sum(axis=1, keepdims=True)
        segments = np.repeat(scores[:, np.newaxis], 4, axis=1)
        found.append(SimpleNamespace(rows=np.arange(n_rows), scores=scores, segments=segments))
    return labels, np.array([f"artist {row // 2}" for row in range(n_rows)]), found


@pytest.fixture(scope="module")
def bare():
    """Return figures of which nothing was measured yet."""
    data = DataFigures(
        name="clips",
        n_clips=40,
        n_artists=20,
        n_unnamed=0,
        clips=dict.fromkeys(GENRES, 4),
        artists=dict.fromkeys(GENRES, 2),
        splits={"": 40},
    )
    model = describe_model(default_model_folder())
    return Figures(model, describe_machine(), data, limits=list_limits(model, data))


@pytest.fixture(scope="module")
def full(bare):
    """Return figures with every section."""
    labels, groups, found = folds()
    return replace(
        bare,
        cross_validation=summarise_folds(found, labels=labels, groups=groups),
        hold_out=summarise_hold_out(found[0], labels=labels, n_training=7),
        baselines=(
            BaselineFigures("random rows", True, 57, 100, 10, 500, 0.871, 1.2),
            BaselineFigures("artists kept apart", False, 57, 100, 10, 500, 0.522, 8.1),
        ),
        robustness=(
            RobustnessFigures("mp3 <64 kbit/s>", 9, 1, 0.911, 0.877, -0.033, 0.021),
            RobustnessFigures("nobody", 0, 10, None, None, None, None),
        ),
        open_set=OpenSetFigures(
            (SeparationFigures("blues", 0.744, 4),),
            (SeparationFigures("speech", None, 0),),
            (CalledFigures("radio plays", False, 40, 39), CalledFigures("polkas", True, 20, 1)),
        ),
        speed=SpeedFigures(20, 30.0, 101.5, 20.2, 251.3, 0.4),
    )


@pytest.fixture(scope="module")
def page(full):
    """Return the report of the full figures; drawing takes a while."""
    return render_report(full)


@pytest.mark.parametrize("name", ["bare", "full"])
def test_figures_come_back_as_they_were_written(name, request, tmp_path):
    figures = request.getfixturevalue(name)
    path = tmp_path / "new" / "figures.json"
    save_figures(figures, path)
    loaded = load_figures(path)
    assert as_json(loaded) == as_json(figures)
    assert loaded.model.genres == figures.model.genres


@pytest.mark.parametrize(
    "change",
    [
        lambda stored: stored.pop("speed"),
        lambda stored: stored.update(surprise=1),
        lambda stored: stored.update(limits=[1]),
        lambda stored: stored["data"].update(n_clips="many"),
        lambda stored: stored["speed"].update(track_s=True),
    ],
)
def test_figures_of_another_schema_are_refused(change, full, tmp_path):
    stored = json.loads(as_json(full))
    change(stored)
    path = tmp_path / "figures.json"
    path.write_text(json.dumps(stored))
    with pytest.raises(FiguresError, match=r"figures\.json cannot be used"):
        load_figures(path)


def test_figures_of_folds_are_those_of_their_verdicts():
    labels, groups, found = folds()
    figures = summarise_folds(found, labels=labels, groups=groups)
    accuracies = [np.mean(fold.scores.argmax(axis=1) == labels) for fold in found]
    assert figures.accuracy.mean == pytest.approx(np.mean(accuracies))
    assert (figures.accuracy.low, figures.accuracy.high) == (min(accuracies), max(accuracies))
    assert figures.segment_accuracy == pytest.approx(np.mean(accuracies))
    assert figures.accuracy_interval[0] < figures.pooled_accuracy < figures.accuracy_interval[1]
    assert sum(map(sum, figures.confusion)) == figures.n_verdicts == 120
    for number, one in enumerate(figures.genres):
        assert one.recall == pytest.approx(figures.confusion[number][number] / one.n)
    assert sum(one.n for one in figures.reliability) == 120
    assert figures.risk_coverage[-1].risk == pytest.approx(1 - figures.pooled_accuracy)


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
    found = read(page)
    assert not {"script", "link", "img", "iframe", "metadata"} & set(found.tags)
    assert all(link.startswith("#") for link in found.links)
    assert {link[1:] for link in found.links} <= set(found.ids)
    assert len(found.ids) == len(set(found.ids))
    assert found.tags.count("svg") == 4
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


def test_a_block_is_replaced_and_everything_else_left(tmp_path):
    path = tmp_path / "README.md"
    path.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n")
    assert replace_block(path, "new") == f"before\n{BEGIN}\nnew\n{END}\nafter\n"


@pytest.mark.parametrize("text", ["", BEGIN, f"{END}{BEGIN}", f"{BEGIN}{END}{BEGIN}{END}"])
def test_a_file_without_its_markers_is_not_touched(text, tmp_path):
    path = tmp_path / "README.md"
    path.write_text(text)
    with pytest.raises(FiguresError, match="markers"):
        replace_block(path, "new")


def test_every_text_agrees_with_the_file_of_figures():
    figures = load_figures()
    texts = build.render_texts(figures, build.source_paths(figures.model.model_id))
    assert len(texts) == 4
    for path, text in texts.items():
        # Pictures depend on the version of matplotlib; their numbers stand below them.
        assert _without_pictures(path.read_text(encoding="utf-8")) == _without_pictures(text), (
            f"{path.name} is out of date: run make report"
        )


def test_the_figures_are_those_of_the_shipped_model():
    published = load_figures()
    shipped = replace(published, model=describe_model(default_model_folder()))
    assert as_json(published) == as_json(shipped), (
        "docs/model-figures.json describes another model: run make train"
    )


def _without_pictures(text):
    return re.sub(r"<svg.*?</svg>", "", text, flags=re.DOTALL)


def test_the_command_writes_the_texts_of_a_trial_only(full, tmp_path, capsys):
    save_figures(full, tmp_path / "model-figures.json")
    assert build.main(["--trial", str(tmp_path)]) == 0
    written = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.*")}
    assert {"model-report.html", "model/MODEL_CARD.md"} <= written
    assert capsys.readouterr().out.strip().endswith("model-report.html")


def test_the_command_says_what_it_cannot_read(tmp_path, capsys):
    assert build.main(["--trial", str(tmp_path)]) == 2
    assert "model-figures.json cannot be used" in capsys.readouterr().err
