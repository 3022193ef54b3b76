"""The manual agrees with the program wherever a test can ask the program."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from genretagger.core.file_kinds import KINDS
from genretagger.core.genres import merged
from genretagger.core.messages import MESSAGES
from genretagger.core.writes import Policy
from genretagger.tagging.containers.table import CONTAINERS
from tests.helpers.manual_pages import MANUAL, ROOT, pages, spans


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


def translations():
    """Return the Spanish texts of the window by the English ones, without mnemonics and ends."""
    root = ElementTree.parse(ROOT / "resources" / "translations" / "genretagger_es.ts").getroot()
    texts = {}
    for message in root.iter("message"):
        forms = [*message.iterfind("translation/numerusform"), message.find("translation")]
        texts[_plain(message.findtext("source"))] = _plain(forms[0].text or "")
    return texts


def _plain(text):
    return re.sub(r"\d+|\{\w+\}", "N", text.replace("&", "")).rstrip("….:").split(": ")[0]


def named(page):
    """Return what stands in italics on a page: words of the window."""
    text = re.sub(r"\*\*.*?\*\*|`[^`]*`", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    return [" ".join(words.split()) for words in re.findall(r"(?<!\*)\*([^*]+)\*", text)]


@pytest.mark.parametrize("page", sorted(MANUAL.glob("es/*.md")), ids=lambda page: page.stem)
def test_spanish_pages_name_things_as_the_spanish_window_does(page):
    known = {text.casefold() for text in translations().values()}
    for words in named(page):
        for word in words.split(" > "):
            assert _plain(word).casefold() in known, word


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.stem)
def test_ways_through_the_menus_are_there(page):
    known = {text.casefold() for text in translations()}
    for words in named(page):
        if " > " in words and "/es/" not in str(page):
            program, _, last = words.rpartition(" > ")
            for word in (*program.split(" > "), last):
                is_system = words.startswith(("System Settings", "Privacy & Security"))
                assert is_system or _plain(word).casefold() in known, words


def test_every_key_of_the_manual_is_one_of_the_window():
    """Keys of actions are in docs/automation.md; Alt and a letter is the mnemonic of a text."""
    listed = (ROOT / "docs" / "automation.md").read_text(encoding="utf-8")
    listed += (ROOT / "genretagger/gui/help/shortcut_texts.py").read_text(encoding="utf-8")
    source = (ROOT / "resources/translations/genretagger_es.ts").read_text(encoding="utf-8")
    listed += " ".join(f"Alt+{letter.upper()}" for letter in re.findall(r"&amp;(\w)", source))
    for page in pages():
        for key in spans(page):
            if re.fullmatch(r"(?:(?:Ctrl|Shift|Alt)\+)+\S{1,4}|F\d+", key):
                assert re.search(rf"(?<![\w+]){re.escape(key)}(?![\w+])", listed), (page, key)
