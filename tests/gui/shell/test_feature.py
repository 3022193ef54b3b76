from collections import Counter

import pytest

from genretagger.gui.deciding.decide_feature import DecideFeature
from genretagger.gui.detail.detail_loader import DetailLoader
from genretagger.gui.filtering.table_feature import TableFeature
from tests.helpers.fake_pipeline import FakeCore
from tests.helpers.rows import track


@pytest.fixture
def core():
    return FakeCore([track(f"{name}.flac") for name in "abcd"])


@pytest.fixture
def refreshed(monkeypatch):
    """Return how often each feature refreshed its actions; cleared by a test as it needs."""
    counts = Counter()
    for feature in (DecideFeature, TableFeature):
        whole = feature.refresh_actions

        def counted(self, whole=whole):
            counts[type(self)] += 1
            whole(self)

        monkeypatch.setattr(feature, "refresh_actions", counted)
    return counts


def test_a_feature_is_refreshed_once_by_what_it_depends_on(refreshed, driver):
    refreshed.clear()
    driver.table.selectAll()
    assert refreshed == {DecideFeature: 1}

    refreshed.clear()
    driver.trigger("overviewAction")
    assert refreshed == {DecideFeature: 1, TableFeature: 1}


def test_what_jobs_report_reaches_only_features_that_depend_on_rows(refreshed, driver):
    refreshed.clear()
    driver.select("a.flac")
    driver.trigger("acceptAction")
    assert refreshed[DecideFeature] > 0
    assert refreshed[TableFeature] == 0


def test_nothing_is_fetched_because_another_page_is_shown(driver, monkeypatch):
    asked = []
    driver.select("a.flac")
    monkeypatch.setattr(DetailLoader, "request", lambda self, *given, **more: asked.append(given))
    driver.trigger("overviewAction")
    driver.trigger("reviewAction")
    assert asked == []
