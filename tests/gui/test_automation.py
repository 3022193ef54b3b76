"""The names that the window is driven by: all there, and all listed."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from genretagger.pipeline import starting
from tests.gui.tracks.test_review_controller import WINDOW_ACTIONS
from tools import automation

CONTRACT = {
    *WINDOW_ACTIONS,
    "mainWindow", "trackTable", "filterEdit", "thresholdSpin", "progressBar", "countsLabel",
    "rowLabel", "noticeBar", "writePreviewDialog", "aboutDialog", "learnDialog",
    "detailPane", "scoreChart", "timeline", "thresholdChart", "overviewPage", "historyDialog",
    "settingsDialog", "keySheet",
}  # fmt: skip


@pytest.fixture
def levels():
    return starting.model_levels()


@pytest.fixture
def made(qapp, tmp_path):
    assert isinstance(qapp, QApplication)
    return automation.document(tmp_path)


def test_the_list_of_names_is_that_of_the_window(made):
    listed = automation.DOCUMENT.read_text(encoding="utf-8")
    assert set(made.splitlines()) - set(listed.splitlines()) == set(), "run make automation"
    assert set(listed.splitlines()) - set(made.splitlines()) == set(), "run make automation"
    assert made == listed


def test_the_names_of_the_contract_are_listed():
    listed = automation.DOCUMENT.read_text(encoding="utf-8")
    assert [name for name in sorted(CONTRACT) if f"`{name}`" not in listed] == []


def test_every_name_that_the_source_gives_is_listed():
    listed = automation.DOCUMENT.read_text(encoding="utf-8")
    assert [name for name in sorted(automation.in_source()) if f"`{name}`" not in listed] == []
