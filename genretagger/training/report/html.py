"""Pieces of a self-contained HTML page: escaped text, tables, pictures. Knows no figures."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

NOT_MEASURED: Final = "not measured"

# Colours by role, twice: the pictures use the same variables. Contrast of text is 7 : 1 or more.
_CSS: Final = """\
:root { color-scheme: light dark; --page: #ffffff; --ink: #1c2128; --muted: #4a535d;
  --line: #c4ccd4; --accent: #1f66c9; --warn: #c2570c; --raised: #f4f6f8; }
@media (prefers-color-scheme: dark) { :root { --page: #14181d; --ink: #e4e8ec; --muted: #aab4be;
  --line: #47515c; --accent: #5ba7ff; --warn: #f2994a; --raised: #1d232a; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 52rem; padding: 1.5rem 1rem 4rem; background: var(--page);
  color: var(--ink); font: 1rem/1.55 system-ui, "Segoe UI", "DejaVu Sans", sans-serif; }
h1 { line-height: 1.2; margin: 0 0 .5rem; }
h2 { margin: 2.6rem 0 .6rem; padding-top: .8rem; border-top: 1px solid var(--line); }
h3 { margin: 1.6rem 0 .4rem; }
a { color: var(--accent); }
nav ul { columns: 2; padding-left: 1.2rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; margin: .6rem 0; font-variant-numeric: tabular-nums;
  font-size: .93rem; }
caption { text-align: left; color: var(--muted); padding: .2rem 0; }
th, td { padding: .25rem .7rem; border-bottom: 1px solid var(--line); text-align: right;
  vertical-align: top; }
th:first-child, td:first-child, td.text { text-align: left; }
thead th { border-bottom: 2px solid var(--line); font-weight: 600; }
tbody th { font-weight: 400; white-space: nowrap; }
tr.leaks th::before { content: "\\26A0\\00A0"; color: var(--warn); }
figure { margin: 1rem 0; }
figure svg { max-width: 100%; height: auto; display: block; }
figcaption { color: var(--muted); font-size: .93rem; }
details { margin: .4rem 0 1rem; }
summary { cursor: pointer; color: var(--accent); }
.missing { color: var(--muted); font-style: italic; }
.headline { background: var(--raised); border: 1px solid var(--line); border-radius: .4rem;
  padding: .6rem 1rem; }
footer { margin-top: 3rem; color: var(--muted); font-size: .85rem; overflow-wrap: anywhere; }
@media print { details > * { display: block; } }
"""


@dataclass(frozen=True, slots=True)
class ReportSection:
    """A section of a page; `body` is HTML."""

    anchor: str
    title: str
    body: str


def paragraph(text: str, *, kind: str = "") -> str:
    """Return `text` as a paragraph of the CSS class `kind`."""
    attribute = f' class="{kind}"' if kind else ""
    return f"<p{attribute}>{html.escape(text)}</p>"


def missing() -> str:
    """Return what stands for a section without figures."""
    return paragraph(NOT_MEASURED, kind="missing")


def bullets(texts: Iterable[str]) -> str:
    """Return `texts` as a list."""
    return "<ul>" + "".join(f"<li>{html.escape(text)}</li>" for text in texts) + "</ul>"


def table(
    headings: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    caption: str,
    marked: frozenset[str] = frozenset(),
    text_columns: frozenset[int] = frozenset(),
) -> str:
    """Return a table whose first column names the rows.

    Rows whose name is in `marked` carry a warning sign; `text_columns` are words, not numbers.
    """
    head = "".join(f'<th scope="col">{html.escape(one)}</th>' for one in headings)
    lines = []
    for name, *cells in rows:
        columns = "".join(
            f'<td class="text">{html.escape(cell)}</td>'
            if number in text_columns
            else f"<td>{html.escape(cell)}</td>"
            for number, cell in enumerate(cells, start=1)
        )
        leaks = ' class="leaks"' if name in marked else ""
        lines.append(f'<tr{leaks}><th scope="row">{html.escape(name)}</th>{columns}</tr>')
    body = "\n".join(lines)
    return (
        f'<div class="wide"><table><caption>{html.escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody></table></div>"
    )


def picture(svg: str, *, text: str, numbers: str) -> str:
    """Return a drawing with what it shows in words, and its `numbers` (HTML) folded below."""
    return (
        f'<figure><div role="img" aria-label="{html.escape(text)}">{svg}</div>'
        f"<figcaption>{html.escape(text)}</figcaption></figure>\n"
        f"<details><summary>Numbers of this picture</summary>{numbers}</details>"
    )


def page(title: str, *, lead: str, sections: Iterable[ReportSection], footer: str) -> str:
    """Return the page; `lead` is HTML that stands above the sections, `footer` is text."""
    kept = tuple(sections)
    links = "".join(
        f'<li><a href="#{one.anchor}">{html.escape(one.title)}</a></li>' for one in kept
    )
    bodies = "\n".join(
        f'<section id="{one.anchor}"><h2>{html.escape(one.title)}</h2>\n{one.body}\n</section>'
        for one in kept
    )
    return f"""\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{html.escape(title)}</title>
<style>
{_CSS}</style>
</head>
<body>
<main>
<h1>{html.escape(title)}</h1>
{lead}
<nav aria-label="Sections"><ul>{links}</ul></nav>
{bodies}
</main>
<footer>{html.escape(footer)}</footer>
</body>
</html>
"""
