"""What the manual says, where the program can be asked whether it is so."""

from __future__ import annotations

import re

import pytest

from genretagger.core.file_kinds import KINDS
from genretagger.core.genres import merged
from genretagger.core.messages import MESSAGES
from genretagger.core.writes import Policy
from genretagger.tagging.containers.table import CONTAINERS
from tests.helpers.manual_pages import MANUAL, ROOT, pages


def rows(page, head):
    """Return the cells of the rows of the table whose first line begins with `head`."""
    text = (MANUAL / f"{page}.md").read_text(encoding="utf-8")
    lines = text[text.index(f"| {head} |") :].split("\n\n")[0].splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_the_policies_do_what_their_table_says():
    listed = rows("genres-and-policies", "policy")
    assert [row[0] for row in listed] == [f"`{policy.value}`" for policy in Policy]
    for name, of_rock, of_dub, _ in listed:
        policy = Policy(name.strip("`"))
        assert "; ".join(merged(("Rock",), ("Jazz",), policy)) == of_rock
        assert "; ".join(merged(("Dub",), ("Reggae",), policy)) == of_dub
        assert merged((), ("Jazz",), policy) == ("Jazz",)


def test_the_page_of_formats_lists_every_kind_with_its_names():
    families = {container.name: container.family for container in CONTAINERS}
    listed = {row[0]: row for row in rows("formats", "kind")}
    assert list(listed) == [kind.name for kind in KINDS.values()]
    for container, kind in KINDS.items():
        _, names, _, written, where = listed[kind.name]
        assert names == ", ".join(f"`{suffix}`" for suffix in kind.suffixes)
        is_written = families[container] is not None
        assert (written.startswith("yes"), bool(where)) == (is_written, is_written), kind.name


def said(page):
    """Return each sentence of the program that a page quotes: *FILE is write-protected; ...*."""
    text = (MANUAL / page).read_text(encoding="utf-8").replace("\n", " ")
    return [quote.replace("FILE", "{path}") for quote in re.findall(r"\*(FILE [^*]+)\*", text)]


def test_what_qt_needs_on_debian_is_named_as_the_set_up_names_it():
    script = (ROOT / "tools" / "system-packages.sh").read_text(encoding="utf-8")
    libraries = next(part for part in script.split('"') if "libEGL.so.1 " in part)
    text = (MANUAL / "troubleshooting.md").read_text(encoding="utf-8")
    assert {line.split()[1] for line in libraries.strip().splitlines()} <= set(text.split())


@pytest.mark.parametrize("page", [page.relative_to(MANUAL) for page in pages()], ids=str)
def test_sentences_of_the_program_are_quoted_as_it_says_them(page):
    for quote in said(page):
        assert any(quote.rstrip(". ") in sentence for sentence in MESSAGES.values()), quote
