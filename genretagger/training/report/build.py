"""Write everything that shows figures: `python -m genretagger.training.report` (`make report`).

From `docs/model-figures.json`: `docs/model-report.html`, the model card, and the blocks between
markers in README.md and docs/model.md. Measures nothing.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from genretagger.core.errors import GenreTaggerError, shown
from genretagger.core.resources import models_folder
from genretagger.training.evaluation.figures import (
    FIGURES_FILE,
    Figures,
    FiguresError,
    load_figures,
)
from genretagger.training.report.rendering import (
    render_model_card,
    render_model_page_block,
    render_readme_block,
    render_report,
    render_styles_block,
)

_FIGURES: Final = "figures"
_STYLES: Final = "styles"


@dataclass(frozen=True, slots=True)
class ReportPaths:
    """Where figures and texts go; a trial has neither `readme` nor `model_page`.

    Those two hold a block between markers.
    """

    figures: Path
    report: Path
    card: Path
    readme: Path | None
    model_page: Path | None


def source_paths(model_id: str) -> ReportPaths:
    """Return the paths in the source tree."""
    root = models_folder().parent
    return ReportPaths(
        figures=FIGURES_FILE,
        report=root / "docs" / "model-report.html",
        card=models_folder() / model_id / "MODEL_CARD.md",
        readme=root / "README.md",
        model_page=root / "docs" / "model.md",
    )


def trial_paths(folder: Path) -> ReportPaths:
    """Return paths below `folder` only: a trial leaves the source tree as it is."""
    return ReportPaths(
        figures=folder / "model-figures.json",
        report=folder / "model-report.html",
        card=folder / "model" / "MODEL_CARD.md",
        readme=None,
        model_page=None,
    )


def render_texts(figures: Figures, paths: ReportPaths) -> dict[Path, str]:
    """Return the content of every file that shows figures, by path.

    Raises
    ------
    FiguresError
        A file with a block lacks the markers.
    """
    texts = {paths.report: render_report(figures), paths.card: render_model_card(figures)}
    if paths.readme is not None:
        texts[paths.readme] = replace_block(paths.readme, render_readme_block(figures))
    if paths.model_page is not None:
        text = replace_block(paths.model_page, render_model_page_block(figures))
        block = render_styles_block(figures)
        texts[paths.model_page] = replace_block(paths.model_page, block, name=_STYLES, text=text)
    return texts


def replace_block(path: Path, block: str, *, name: str = _FIGURES, text: str | None = None) -> str:
    """Return the text of the file `path` with `block` between the markers of this name.

    `text` is taken for that of the file, if it is given.

    Raises
    ------
    FiguresError
        The file does not hold each marker once, in order.
    """
    begin, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    before, has_begin, rest = (text or path.read_text(encoding="utf-8")).partition(begin)
    _, has_end, after = rest.partition(end)
    if not has_begin or not has_end or begin in after or end in after:
        raise FiguresError("figures-markers-missing", path=shown(path), begin=begin, end=end)
    return f"{before}{begin}\n{block}\n{end}{after}"


def write_texts(figures: Figures, paths: ReportPaths) -> None:
    """Write every file that shows figures, and nothing else.

    Raises
    ------
    FiguresError
        A file with a block lacks the markers; nothing was written.
    """
    for path, text in render_texts(figures, paths).items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the texts; return the exit status."""
    parser = argparse.ArgumentParser(
        prog="genretagger.training.report",
        description="Write report, model card and README from the file of figures.",
    )
    parser.add_argument("--trial", type=Path, help="a folder of `make train OUT=DIR`")
    options = parser.parse_args(arguments)
    try:
        if options.trial is None:
            figures = load_figures()
            paths = source_paths(figures.model.model_id)
        else:
            paths = trial_paths(options.trial)
            figures = load_figures(paths.figures)
        write_texts(figures, paths)
    except (GenreTaggerError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    print(paths.report)
    return 0
