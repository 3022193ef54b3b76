"""Numbers and lines of the figures as text: the filters of the templates."""

from __future__ import annotations

import re
import textwrap
from typing import Final

from genretagger.training.evaluation.figures import FoldSummary

_LINE_WIDTH: Final = 100


def share(value: float | None) -> str:
    """Return a share with three digits, "-" for None."""
    return "-" if value is None else f"{value:.3f}"


def change(value: float | None) -> str:
    """Return a change of a share with its sign, "-" for None."""
    return "-" if value is None else f"{value:+.3f}"


def percent(value: float) -> str:
    """Return a share in whole percent; no line ends before its sign."""
    return f"{100 * value:.0f}\N{NO-BREAK SPACE}%"


def between(interval: tuple[float, float]) -> str:
    """Return both ends of an interval with three digits."""
    low, high = interval
    return f"{low:.3f} to {high:.3f}"


def percents(interval: tuple[float, float]) -> str:
    """Return both ends of an interval in whole percent."""
    low, high = interval
    return f"{percent(low)} to {percent(high)}"


def summary(values: FoldSummary) -> str:
    """Return the mean over folds with the lowest and the highest fold."""
    return f"{values.mean:.3f} (single folds {values.low:.3f} to {values.high:.3f})"


def wrap(text: str) -> str:
    """Return `text` as a paragraph of Markdown."""
    return textwrap.fill(
        _one_line(text), _LINE_WIDTH, break_long_words=False, break_on_hyphens=False
    )


def bullet(text: str) -> str:
    """Return `text` as an item of a list in Markdown."""
    line = f"- {_one_line(text)}"
    return textwrap.fill(line, _LINE_WIDTH, subsequent_indent="  ", break_on_hyphens=False)


def _one_line(text: str) -> str:
    return re.sub(r"[ \n]+", " ", text).strip()  # never a no-break space
