"""The manual as a site: whole, the same each time, and readable without a server or a network."""

from __future__ import annotations

import ast
import re
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

import pytest

from genretagger import __version__
from tests.helpers.manual_pages import MANUAL, ROOT, build_site, other_documents, pages, pictures

# What F1 opens in the window, and what the bundle has: names that stay.
STEMS = (
    *("index", "quick-start", "review", "filter", "genres-and-policies", "styles", "personal"),
    *("model", "undo-and-safety", "formats", "troubleshooting", "command-line"),
    *("automation-recipes", "faq", "glossary", "es/index", "es/quick-start", "es/review"),
)
LINK = re.compile(r"\[[^]]*\]\(([^)\s]+)\)")
LOADING = {"img": "src", "script": "src", "link": "href", "iframe": "src", "source": "src"}


class Page(HTMLParser):
    """What a page loads, what it links to, its ids, and its language."""

    def __init__(self, path):
        super().__init__()
        self.loads, self.links, self.ids, self.language = [], [], set(), None
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attributes):
        named = dict(attributes)
        self.ids.add(named.get("id"))
        if tag == "html":
            self.language = named.get("lang")
        if named.get(LOADING.get(tag)):
            self.loads.append(named[LOADING[tag]])
        if tag == "a" and "href" in named:
            self.links.append(named["href"])


@pytest.fixture(scope="module")
def read(site):
    """Return each page of the site by its path."""
    return {path: Page(path) for path in site.rglob("*.html")}


def test_the_pages_that_the_window_opens_are_there(site):
    made = {str(path.relative_to(site).with_suffix("")) for path in site.rglob("*.html")}
    assert made == {*STEMS, "search"}
    assert {str(page.relative_to(MANUAL).with_suffix("")) for page in pages()} == set(STEMS)


def test_two_builds_are_the_same_whatever_the_day_and_the_machine(site, tmp_path):
    again = tmp_path / "again"
    done = build_site(again, TZ="Asia/Tokyo", LANG="de_DE.UTF-8", PYTHONHASHSEED="7")
    assert done.returncode == 0, done.stderr
    files = {path.relative_to(site): path.read_bytes() for path in site.rglob("*.*")}
    assert files == {path.relative_to(again): path.read_bytes() for path in again.rglob("*.*")}


def test_no_page_loads_anything_from_elsewhere(site, read):
    for path, page in read.items():
        for target in page.loads:
            parts = urlsplit(target)
            assert (parts.scheme, parts.netloc) == ("", ""), (path, target)
            assert (path.parent / unquote(parts.path)).is_file() or not parts.path, (path, target)
    for sheet in site.rglob("*.css"):
        text = sheet.read_text(encoding="utf-8")
        assert not re.search(r"(url\(|@import)\s*[\"']?(https?:)?//", text), sheet


def test_every_link_leads_to_a_page_and_a_place_that_is_there(read):
    for path, page in read.items():
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme:
                assert re.fullmatch(r"https://[\w.-]+/[\w./-]*|https://[\w.-]+", link), link
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            assert target in read, (path, link)
            place = unquote(parts.fragment)
            assert not place or place in read[target].ids, (path, link)


def test_the_search_needs_no_server(site):
    """Its index is a script; what would be fetched is only the summary below each hit."""
    options = (site / "_static" / "documentation_options.js").read_text(encoding="utf-8")
    assert "SHOW_SEARCH_SUMMARY: false" in options
    index = (site / "searchindex.js").read_text(encoding="utf-8")
    assert index.startswith("Search.setIndex(")
    assert "troubleshooting" in index


def test_pages_say_their_version_and_their_language(site, read):
    assert f"<title>Genretagger {__version__}" in (site / "index.html").read_text("utf-8")
    for path, page in read.items():
        assert page.language == ("es" if path.parent.name == "es" else "en")


def made_pictures():
    """Return the names of the pictures that `make screenshots` makes, as its tour yields them."""
    names = {"start"}
    for node in ast.walk(ast.parse((ROOT / "tools" / "window_tour.py").read_text("utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            names.add(node.value)
    pages_of_settings = {f"settings-{name}" for name in names}
    return names | pages_of_settings | {f"learn-{name}" for name in names}


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.stem)
def test_every_picture_is_there_for_light_and_dark_and_has_a_text(page):
    shown = [(text, target) for text, target in pictures(page)]
    for text, target in shown:
        path = (page.parent / target).resolve()
        assert path.parent == ROOT / "docs" / "pictures", target
        assert path.is_file(), target
        name, _, theme = path.stem.rpartition("-")
        assert name in made_pictures(), target
        assert len(text.split()) >= 3, f"{target} needs a text for those who cannot see it"
        other = target.replace(f"-{theme}.", f"-{ {'light': 'dark', 'dark': 'light'}[theme] }.")
        assert (text, other) in shown, other
        assert f"]({target}){{.only-{theme}}}" in page.read_text(encoding="utf-8")


def test_documents_that_the_source_names_are_there():
    for module in (ROOT / "genretagger").rglob("*.py"):
        for name in re.findall(r"\bdocs/[\w/-]+\.md\b", module.read_text(encoding="utf-8")):
            assert (ROOT / name).is_file(), (module, name)


@pytest.mark.parametrize("page", other_documents(), ids=lambda page: page.name)
def test_links_of_other_documents_lead_to_files_that_are_there(page):
    for link in LINK.findall(page.read_text(encoding="utf-8")):
        parts = urlsplit(link)
        if not parts.scheme:
            assert not parts.path or (page.parent / unquote(parts.path)).exists(), link
