"""Write everything that shows figures: `python -m genretagger.training.report` (`make report`).

From `docs/model-figures.json`: `docs/model-report.html`, the model card, and the blocks between
markers in README.md and docs/model.md. Measures nothing.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from genretagger.core.errors import GenreTaggerError
from genretagger.core.resources import models_folder
from genretagger.training.evaluation.figures import FIGURES_FILE, Figures, as_json, load_figures
from genretagger.training.report.card import headline_block, model_card, readme_block, with_block
from genretagger.training.report.html import missing, page, paragraph
from genretagger.training.report.phrases import calibration, filtered, interval, percent
from genretagger.training.report.sections import chapters


@dataclass(frozen=True, slots=True)
class Places:
    """Where the texts go; `readme` and `headline` hold a block between markers, if any."""

    figures: Path
    report: Path
    card: Path
    readme: Path | None
    headline: Path | None


def source_places(model_id: str) -> Places:
    """Return the places in the source tree."""
    root = models_folder().parent
    return Places(
        figures=FIGURES_FILE,
        report=root / "docs" / "model-report.html",
        card=models_folder() / model_id / "MODEL_CARD.md",
        readme=root / "README.md",
        headline=root / "docs" / "model.md",
    )


def trial_places(folder: Path) -> Places:
    """Return places below `folder` only: a trial leaves the source tree as it is."""
    return Places(
        figures=folder / "model-figures.json",
        report=folder / "model-report.html",
        card=folder / "model" / "MODEL_CARD.md",
        readme=None,
        headline=None,
    )


def headline(figures: Figures) -> str:
    """Return what a reader should know first, as HTML."""
    folds = figures.cross_validation
    if folds is None:
        return missing()
    text = (
        "On artists it never heard, the model names the right genre for"
        f" {percent(folds.accuracy.mean)} of the clips (95 % interval"
        f" {interval(folds.accuracy_interval)}). The most confident"
        f" {percent(folds.coverage_at_precision)} of them are {percent(folds.precision)} right."
    )
    if figures.hold_out is not None:
        text += f" {filtered(figures.hold_out)}"
    return paragraph(text, kind="headline") + paragraph(calibration(figures.model))


def report(figures: Figures) -> str:
    """Return the whole report as one HTML page that needs nothing else."""
    digest = hashlib.sha256(as_json(figures).encode()).hexdigest()
    return page(
        f"How good is {figures.model.model_id}?",
        lead=headline(figures),
        sections=chapters(figures),
        footer=f"Written from model-figures.json (SHA-256 {digest}); do not edit.",
    )


def texts_of(figures: Figures, places: Places) -> dict[Path, str]:
    """Return the content of every file that shows figures, by path.

    Raises
    ------
    FiguresError
        A file with a block lacks the markers.
    """
    texts = {places.report: report(figures), places.card: model_card(figures)}
    for path, block in ((places.readme, readme_block), (places.headline, headline_block)):
        if path is not None:
            texts[path] = with_block(path, block(figures))
    return texts


def write(figures: Figures, places: Places) -> None:
    """Write every file that shows figures, and nothing else; raise as `texts_of` does."""
    for path, text in texts_of(figures, places).items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the texts; return the exit status."""
    parser = argparse.ArgumentParser(
        prog="genretagger.training.report",
        description="Write report, model card and README from the file of figures.",
    )
    parser.add_argument("--trial", type=Path, help="a folder of `make train OUT=DIR`")
    chosen = parser.parse_args(arguments)
    try:
        if chosen.trial is None:
            figures = load_figures()
            places = source_places(figures.model.model_id)
        else:
            places = trial_places(chosen.trial)
            figures = load_figures(places.figures)
        write(figures, places)
    except (GenreTaggerError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    print(places.report)
    return 0
