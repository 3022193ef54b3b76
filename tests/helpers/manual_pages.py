"""The pages of the manual and other documents, as a reader sees them: blocks, words and links."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from markdown_it import MarkdownIt

ROOT = Path(__file__).resolve().parents[2]
MANUAL = ROOT / "docs" / "manual"
_PICTURE = re.compile(r"!\[([^]]*)\]\(([^)]+)\)")


def pages():
    """Return every page of the manual."""
    return sorted(MANUAL.rglob("*.md"))


def other_documents():
    """Return the documents beside the manual that a reader may copy commands from."""
    return [ROOT / f"{name}.md" for name in ("README", "CONTRIBUTING", "SECURITY")] + sorted(
        (ROOT / "docs").glob("*.md")
    )


@dataclass(frozen=True)
class Block:
    """A block of code: its language ("" if it is indented or names none), text and first line."""

    page: Path
    line: int
    language: str
    text: str

    def __str__(self):
        return f"{self.page.relative_to(ROOT)}:{self.line}"


@cache
def _tokens(page):
    return MarkdownIt("commonmark").enable("table").parse(page.read_text(encoding="utf-8"))


def blocks(page):
    """Return the blocks of code of a page, in their order."""
    return [
        Block(page, token.map[0] + 1, token.info.strip(), token.content)
        for token in _tokens(page)
        if token.type in ("fence", "code_block")
    ]


def spans(page):
    """Return each `span of code` in the sentences and tables of a page."""
    return [
        child.content
        for token in _tokens(page)
        if token.type == "inline"
        for child in token.children
        if child.type == "code_inline"
    ]


def pictures(page):
    """Return the text and target of each picture of a page."""
    return _PICTURE.findall(page.read_text(encoding="utf-8"))


def build_site(folder, **environment):
    """Make the site as `make manual` does; return the finished process."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    (line,) = [line for line in makefile.splitlines() if "-m sphinx" in line]
    options = line.partition("-m sphinx ")[2].replace("$(MANUAL)", str(folder))
    return subprocess.run(
        [sys.executable, "-m", "sphinx", *options.split()],
        cwd=ROOT,
        env=os.environ | environment | {"LC_ALL": "C"},
        capture_output=True,
        text=True,
        check=False,
    )
