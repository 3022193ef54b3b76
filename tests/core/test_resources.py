"""Where the pages of the manual are: in the bundle, or in a source tree."""

from __future__ import annotations

import pytest

from genretagger.core import resources
from genretagger.core.resources import manual_page


@pytest.fixture
def root(tmp_path, monkeypatch):
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path / "genretagger")
    return tmp_path


def make(root, *names):
    for name in names:
        page = root / name
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text("")


def found(root, chapter, language="en"):
    page = manual_page(chapter, language=language)
    return None if page is None else page.relative_to(root).as_posix()


def test_without_any_there_is_no_page(root):
    assert found(root, "review") is None


def test_the_bundle_comes_before_what_was_built_and_that_before_the_source(root):
    make(root, "docs/manual/review.md")
    assert found(root, "review") == "docs/manual/review.md"
    make(root, "build/manual/review.html")
    assert found(root, "review") == "build/manual/review.html"
    make(root, "manual/review.html")
    assert found(root, "review") == "manual/review.html"


def test_an_installed_wheel_has_it_in_the_package(root):
    make(root, "genretagger/_manual/review.html")
    assert found(root, "review") == "genretagger/_manual/review.html"


def test_a_page_in_the_language_is_preferred_and_may_be_missing(root):
    make(root, "manual/review.html", "manual/personal.html", "manual/es/review.html")
    assert found(root, "review", "es") == "manual/es/review.html"
    assert found(root, "personal", "es") == "manual/personal.html"
    assert found(root, "review", "en") == "manual/review.html"


def test_without_the_chapter_the_first_page_is_opened(root):
    make(root, "manual/index.html", "manual/es/index.html")
    assert found(root, "review") == "manual/index.html"
    assert found(root, "review", "es") == "manual/es/index.html"
