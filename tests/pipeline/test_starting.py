"""What is known once the program has started, and what changes with the settings."""

from __future__ import annotations

import threading

import pytest

from genretagger import pipeline
from genretagger.core.predictions import Threshold
from genretagger.core.resources import UserFolders
from genretagger.core.settings import Settings
from genretagger.library.decision_store import DecisionStore
from genretagger.pipeline import starting
from genretagger.review.rows.confidence_levels import Levels
from tests.helpers.classifier_library import fill

MODEL = Levels(Threshold(0.71, 0.93, 0.5), Threshold(0.5, 0.7, 0.8))


@pytest.fixture
def folders(home):
    return UserFolders(home)


@pytest.fixture(autouse=True)
def _levels_of_the_model(monkeypatch):
    monkeypatch.setattr(starting, "model_levels", lambda: MODEL)


@pytest.fixture
def start(folders):
    """Return what starts the program; what it opened is closed at the end."""
    opened = []

    def start():
        started = pipeline.start(folders)
        opened.append(started)
        return started

    yield start
    for started in opened:
        if started.decisions is not None:
            started.decisions.close()


def test_the_first_start_has_no_problem_and_opens_the_decisions(start):
    started = start()
    assert started.problems == ()
    assert started.recovered == ()
    assert started.history == ()
    assert isinstance(started.decisions, DecisionStore)
    assert started.context.settings == Settings()


def test_what_cannot_be_read_is_a_problem_and_the_program_starts(start, folders):
    folders.session.parent.mkdir(parents=True, exist_ok=True)
    folders.session.write_bytes(b"not a database, certainly not" * 100)
    folders.settings.write_text("{")
    started = start()
    assert {problem.key for problem in started.problems} == {
        "settings-unreadable",
        "session-unusable",
    }
    assert started.decisions is None
    assert started.context.settings == Settings()


def test_levels_are_those_of_the_model(start):
    started = start()
    assert started.levels is MODEL
    assert not started.has_own_column


def test_settings_that_name_a_classifier_bring_its_levels(start, home):
    fill(home, genres=("Jazz", "Polka", "Zydeco"))
    started = start()
    *_, learned = pipeline.learn("Mine", context=started.context, cancel=threading.Event())
    beside = pipeline.with_settings(started, pipeline.use_personal("Mine", context=started.context))
    assert beside.has_own_column
    assert beside.levels is MODEL
    assert beside.classifier_levels.personal.high == learned.report.high
    instead = pipeline.with_settings(
        started, pipeline.use_personal("Mine", context=started.context, instead=True)
    )
    assert not instead.has_own_column
    assert instead.levels.high == learned.report.high


def test_a_classifier_that_is_missing_has_no_levels(start):
    missing = pipeline.with_settings(start(), Settings(personal_classifier="Mine"))
    assert missing.classifier_levels.personal == Levels()
