"""Render report, model card and blocks of the docs from the Jinja2 templates in `templates/`.

The templates hold all words; sentences that several texts share are in `sentences.j2`.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from genretagger.training.evaluation.figures import Figures, FoldFigures, as_json
from genretagger.training.report import formats, plots

_TEMPLATES: Final = Path(__file__).with_name("templates")
_N_CONFUSIONS: Final = 3


def render_report(figures: Figures) -> str:
    """Return the report as one HTML page that needs nothing else."""
    digest = hashlib.sha256(as_json(figures).encode()).hexdigest()
    template = _environment(autoescape=True).get_template("report.html.j2")
    return template.render(figures=figures, pictures=_pictures(figures), digest=digest)


def render_model_card(figures: Figures) -> str:
    """Return the model card as Markdown."""
    return _render_markdown("model_card.md.j2", figures)


def render_readme_block(figures: Figures) -> str:
    """Return how good the model is, the paragraph in README.md."""
    return _render_markdown("readme.md.j2", figures).strip()


def render_model_page_block(figures: Figures) -> str:
    """Return the tables at the head of docs/model.md."""
    return _render_markdown("model_page.md.j2", figures).strip()


def render_styles_block(figures: Figures) -> str:
    """Return the tables of styles and of music of none of the ten, in docs/model.md."""
    return _render_markdown("beyond.md.j2", figures).strip()


def _render_markdown(name: str, figures: Figures) -> str:
    return _environment(autoescape=False).get_template(name).render(figures=figures)


def _environment(*, autoescape: bool) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=autoescape,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    filters = (
        formats.share,
        formats.change,
        formats.percent,
        formats.between,
        formats.percents,
        formats.summary,
        formats.wrap,
        formats.bullet,
        worst_confusions,
    )
    environment.filters |= {function.__name__: function for function in filters}
    return environment


def _pictures(figures: Figures) -> dict[str, str]:
    """Return the pictures of the measured sections, by name, as SVG."""
    folds = figures.cross_validation
    drawings = {}
    if figures.baselines:
        drawings["comparison"] = plots.draw_comparison(figures.baselines, folds)
    if folds is not None:
        drawings["confusion"] = plots.draw_confusion(folds)
        drawings["reliability"] = plots.draw_reliability(folds)
        drawings["risk"] = plots.draw_risk_coverage(folds, figures.model.levels)
    return drawings


def worst_confusions(folds: FoldFigures) -> list[tuple[float, str, str]]:
    """Return (share of the true genre, true genre, named genre) of the most frequent errors."""
    names = [genre.genre for genre in folds.genres]
    errors = [
        (count / sum(counts), names[row], names[column])
        for row, counts in enumerate(folds.confusion)
        for column, count in enumerate(counts)
        if row != column and count
    ]
    return sorted(errors, reverse=True)[:_N_CONFUSIONS]
