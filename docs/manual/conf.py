"""How `make manual` makes the site from these pages: no network, no time, no fonts from elsewhere.

The same sources give the same bytes, and every page works from a folder without a server: the
bundle has a copy that F1 opens.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pygments.lexers.special import TextLexer
from sphinx.application import Sphinx

from genretagger import __version__

_WORDS = Path(__file__).resolve().parents[1] / "glossary.md"

project = "Genretagger"
version = release = __version__
extensions = ["myst_parser"]
myst_enable_extensions = ["attrs_inline", "deflist"]
myst_heading_anchors = 3
highlight_language = "none"

html_theme = "furo"
html_title = f"Genretagger {__version__}"
html_copy_source = html_show_sourcelink = False
html_use_index = html_show_copyright = False
html_show_search_summary = False  # would be fetched, which no browser does without a server
html_theme_options = {  # the accents of gui/look/palettes.py
    "light_css_variables": {"color-brand-primary": "#1f6f78", "color-brand-content": "#1f6f78"},
    "dark_css_variables": {"color-brand-primary": "#5cc0c9", "color-brand-content": "#5cc0c9"},
}


def add_words(app: Sphinx, page: str, source: list[str]) -> None:
    """Put the words that the window uses below the page `glossary`, as docs/glossary.md has them.

    That page also says what each word is in the code, and has words that only the code knows.
    """
    if page != "glossary":
        return
    app.env.note_dependency(str(_WORDS))
    for line in _WORDS.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.split("|")[1:-1]]
        if line.startswith("## "):
            source[0] += f"\n{line}\n\n| word | in the window | meaning |\n| --- | --- | --- |\n"
        elif len(cells) == 4 and cells[1] not in ("", "---", "in the window"):
            source[0] += f"| {cells[0]} | {cells[1]} | {cells[3].replace('](manual/', '](')} |\n"


def set_language(_app: Sphinx, page: str, _file: str, context: dict[str, Any], _: object) -> None:
    """Say of the Spanish pages that they are Spanish: screen readers and translators ask for it."""
    if page.startswith("es/"):
        context["language"] = "es"


def setup(app: Sphinx) -> None:
    """Connect what no setting of Sphinx does."""
    app.add_lexer("crontab", TextLexer)
    app.connect("source-read", add_words)
    app.connect("html-page-context", set_language)
