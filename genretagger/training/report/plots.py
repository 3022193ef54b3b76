"""Pictures of the figures as SVG in the colours of the page. Knows no files.

They are drawn in marker colours, which then become CSS variables: one picture fits the light and
the dark page. Without a date and with fixed ids, the same figures give the same bytes.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import Any, Final

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator

from genretagger.training.evaluation.figures import BaselineFigures, FoldFigures, LevelFigures
from genretagger.training.report.formats import percent

# Marker colours of the drawing, never shown, and the variables that replace them.
_INK: Final = "#010203"
_FAINT: Final = "#010204"
_ACCENT: Final = "#010205"
_WARN: Final = "#010206"
_VARIABLES: Final = {
    _INK: "var(--ink)",
    _FAINT: "var(--line)",
    _ACCENT: "var(--accent)",
    _WARN: "var(--warn)",
}
_STYLE: Final[Any] = {
    "svg.fonttype": "none",  # text stays text: small, searchable, in the page's font
    "svg.hashsalt": "genretagger",
    "font.family": "sans-serif",
    "font.size": 10,
    "text.color": _INK,
    "axes.edgecolor": _FAINT,
    "axes.labelcolor": _INK,
    "xtick.color": _FAINT,
    "ytick.color": _FAINT,
    "xtick.labelcolor": _INK,
    "ytick.labelcolor": _INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "grid.color": _FAINT,
    "grid.linewidth": 0.6,
    "legend.frameon": False,
}
_SHADE: Final = 0.6  # opacity of the darkest cell: text on it stays readable


def draw_confusion(folds: FoldFigures) -> str:
    """Draw the confusion of genres as a heat map, in percent of each true genre."""
    genres = [genre.genre for genre in folds.genres]
    with rc_context(_STYLE):
        canvas = Canvas(figsize=(7, 5.6))
        axes = canvas.add_subplot()
        for row, counts in enumerate(folds.confusion):
            for column, count in enumerate(counts):
                share = count / max(1, sum(counts))
                _draw_cell(axes, row, column, share)
        axes.set(xlim=(-0.5, len(genres) - 0.5), ylim=(len(genres) - 0.5, -0.5))
        axes.set_xticks(range(len(genres)), genres, rotation=45, ha="right")
        axes.set_yticks(range(len(genres)), genres)
        axes.set(xlabel="named", ylabel="true")
        axes.tick_params(length=0)
        axes.spines[:].set_visible(False)
        return _save_svg(canvas, "confusion")


def _draw_cell(axes: Axes, row: int, column: int, share: float) -> None:
    colour = _ACCENT if row == column else _WARN
    corner = (column - 0.48, row - 0.48)
    axes.add_patch(Rectangle(corner, 0.96, 0.96, facecolor=_FAINT, alpha=0.25, linewidth=0))
    if share:
        # Off the diagonal small shares matter, so shades rise faster there.
        strength = share if row == column else min(1.0, 2.5 * share)
        axes.add_patch(
            Rectangle(corner, 0.96, 0.96, facecolor=colour, alpha=_SHADE * strength, linewidth=0)
        )
    if share >= 0.005:
        axes.text(column, row, f"{share:.0%}"[:-1], ha="center", va="center", fontsize=9)


def draw_reliability(folds: FoldFigures) -> str:
    """Draw accuracy by confidence above a histogram of confidence."""
    bins = folds.reliability
    with rc_context(_STYLE):
        canvas = Canvas(figsize=(6, 5.4))
        upper, lower = canvas.subplots(2, 1, sharex=True, gridspec_kw={"height_ratios": (3, 1)})
        upper.plot((0, 1), (0, 1), color=_INK, linestyle="--", linewidth=1, label="calibrated")
        upper.plot(
            [group.confidence for group in bins],
            [group.accuracy for group in bins],
            color=_ACCENT,
            marker="o",
            label="measured",
        )
        upper.set(xlim=(0, 1), ylim=(0, 1.02), ylabel="share that is right")
        upper.grid(visible=True)
        upper.legend(loc="upper left")
        lower.bar(
            [group.low for group in bins],
            [group.n for group in bins],
            width=[group.high - group.low for group in bins],
            align="edge",
            color=_ACCENT,
            alpha=_SHADE,
            edgecolor=_ACCENT,
        )
        lower.set(xlabel="confidence", ylabel="verdicts")
        return _save_svg(canvas, "reliability")


def draw_risk_coverage(folds: FoldFigures, levels: Sequence[LevelFigures]) -> str:
    """Draw the share of wrong verdicts by the share accepted, with the thresholds marked."""
    curve = folds.risk_coverage
    highest = max(point.risk for point in curve)
    with rc_context(_STYLE):
        canvas = Canvas(figsize=(6, 3.8))
        axes = canvas.add_subplot()
        axes.step(
            [point.coverage for point in curve], [point.risk for point in curve], color=_ACCENT
        )
        axes.axhline(1 - folds.precision, color=_INK, linestyle="--", linewidth=1)
        axes.text(0.01, 1 - folds.precision, f"{percent(1 - folds.precision)} wrong", va="bottom")
        for level in levels:
            reached = [point for point in curve if point.confidence >= level.confidence]
            if reached:
                end = reached[-1]
                axes.plot(end.coverage, end.risk, color=_WARN, marker="D", linestyle="none")
                left = end.coverage > 0.75  # near the right edge the text goes to the left
                axes.annotate(
                    f"{level.name}: from {level.confidence:.2f}",
                    (end.coverage, end.risk),
                    xytext=(-8, 8) if left else (8, -10),
                    textcoords="offset points",
                    ha="right" if left else "left",
                )
        axes.set(xlim=(0, 1.01), ylim=(0, min(1.02, max(0.1, 1.1 * highest))))
        axes.set(xlabel="share of tracks accepted, most confident first", ylabel="share wrong")
        axes.yaxis.set_major_locator(MaxNLocator(5))
        axes.grid(visible=True)
        return _save_svg(canvas, "risk")


def draw_comparison(baselines: Sequence[BaselineFigures], folds: FoldFigures | None) -> str:
    """Draw the accuracies of the origin's network and of ours, side by side."""
    bars = [(f"origin's network, {run.title}", run.accuracy, run.leaks) for run in baselines]
    if folds is not None:
        bars.append(("ours, artists kept apart", folds.accuracy.mean, False))
    with rc_context(_STYLE):
        canvas = Canvas(figsize=(7, 0.5 + 0.5 * len(bars)))
        axes = canvas.add_subplot()
        for position, (_, accuracy, leaks) in enumerate(bars):
            if leaks:  # an empty, dashed frame: not a result
                frame: dict[str, Any] = {"facecolor": "none", "edgecolor": _WARN, "linestyle": "--"}
                axes.barh(position, accuracy, height=0.6, linewidth=1.5, **frame)
            else:
                axes.barh(position, accuracy, height=0.6, color=_ACCENT, alpha=_SHADE)
            axes.text(accuracy + 0.01, position, f"{accuracy:.3f}", va="center")
        axes.set_yticks(range(len(bars)), [name for name, _, _ in bars])
        axes.set(xlim=(0, 1.08), ylim=(len(bars) - 0.5, -0.5), xlabel="accuracy")
        axes.tick_params(axis="y", length=0)
        return _save_svg(canvas, "comparison")


def _save_svg(canvas: Canvas, name: str) -> str:
    """Return the picture as an element for a page; `name` makes its ids unique there."""
    stream = io.StringIO()
    no_metadata = dict.fromkeys(("Date", "Creator", "Format", "Type"))
    canvas.savefig(
        stream, format="svg", transparent=True, bbox_inches="tight", metadata=no_metadata
    )
    text = stream.getvalue()
    text = text[text.index("<svg") :]
    text = re.sub(r"<metadata>.*?</metadata>", "", text, flags=re.DOTALL)
    text = re.sub(r'\bid="', f'id="{name}-', text)
    text = re.sub(r'(url\(|href=")#', rf"\1#{name}-", text)
    for marker, variable in _VARIABLES.items():
        text = text.replace(marker, variable)
    # A screen reader reads the caption, not hundreds of shapes.
    return text.replace("<svg ", '<svg aria-hidden="true" ', 1).strip()
