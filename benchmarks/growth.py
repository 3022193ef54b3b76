"""The picture of how times grow with the library. Knows no files."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any, Final

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from benchmarks.rows import Row

_STYLE: Final[Any] = {
    "svg.fonttype": "none",  # text stays text: small and searchable
    "svg.hashsalt": "genretagger",  # the same rows give the same bytes
    "font.family": "sans-serif",
    "font.size": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "grid.linewidth": 0.4,
    "legend.frameon": False,
}


def draw_growth(rows: Sequence[Row]) -> str:
    """Draw the seconds by the number of files on logarithmic axes, as SVG.

    A line that rises as the dashed one is linear; one that rises as the dotted one is quadratic.
    """
    with rc_context(_STYLE):
        canvas = Canvas(figsize=(9, 5.4))
        axes = canvas.add_subplot()
        for number, (name, points) in enumerate(_lines(rows).items()):
            style = {"color": f"C{number % 10}", "linestyle": ("-", "-.")[number // 10 % 2]}
            axes.plot(*zip(*points, strict=True), marker="o", markersize=4, label=name, **style)
        axes.set(xscale="log", yscale="log", xlabel="files", ylabel="seconds, by the clock")
        axes.xaxis.set_major_formatter("{x:,.0f}")
        axes.yaxis.set_major_formatter("{x:g}")
        _draw_slopes(axes)
        axes.grid(visible=True)
        axes.legend(loc="center left", bbox_to_anchor=(1.02, 0.5), fontsize=8)
        stream = io.StringIO()
        canvas.savefig(stream, format="svg", bbox_inches="tight", metadata={"Date": None})
        return stream.getvalue()


def _lines(rows: Sequence[Row]) -> dict[str, list[tuple[int, float]]]:
    """Return (files, seconds) of each thing that was timed at two sizes or more."""
    lines: dict[str, list[tuple[int, float]]] = {}
    for row in rows:
        is_clock = row.unit == "s" and "processor" not in row.name
        if row.benchmark == "library" and is_clock and row.value:
            lines.setdefault(row.name, []).append((int(row.case), row.value))
    return {name: sorted(points) for name, points in lines.items() if len(points) > 1}


def _draw_slopes(axes: Axes) -> None:
    """Draw how a linear and a quadratic time would grow, from the lower left corner on."""
    (left, right), limits = axes.get_xlim(), axes.get_ylim()
    for power, style, name in ((1, "--", "linear"), (2, ":", "quadratic")):
        ends = [limits[0], limits[0] * (right / left) ** power]
        axes.plot([left, right], ends, color="0.6", linestyle=style, linewidth=1, label=name)
    axes.set_xlim(left, right)
    axes.set_ylim(limits)
