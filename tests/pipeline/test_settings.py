"""Settings as the window reads and saves them."""

from __future__ import annotations

import json

import pytest

from genretagger import pipeline
from genretagger.core.resources import UserFolders
from genretagger.core.settings import Settings


@pytest.fixture
def context(home):
    return pipeline.Context(UserFolders(home), Settings())


def test_what_is_saved_is_read(context):
    assert pipeline.read_settings(context=context).settings == Settings()
    settings = Settings(policy="add", personal_classifier="Missing")
    assert pipeline.save_settings(settings, context=context) == settings
    loaded = pipeline.read_settings(context=context)
    assert loaded == pipeline.LoadedSettings(settings, (), ()), "no genres of what is missing"


def test_an_impossible_value_is_a_problem_and_is_replaced_but_an_unknown_name_stays(context):
    context.folders.settings.parent.mkdir(parents=True, exist_ok=True)
    context.folders.settings.write_text('{"jobs": "many", "policy": "add", "colour": 1}')
    loaded = pipeline.read_settings(context=context)
    assert loaded.settings == Settings(policy="add")
    assert "jobs cannot be 'many'" in "".join(map(str, loaded.problems))
    pipeline.save_settings(loaded.settings, context=context)
    saved = json.loads(context.folders.settings.read_text())
    assert (saved["jobs"], saved["colour"]) == (0, 1)


def test_a_file_that_cannot_be_read_at_all_is_told_and_replaced(context):
    context.folders.settings.parent.mkdir(parents=True, exist_ok=True)
    context.folders.settings.write_text("[")
    (problem,) = pipeline.read_settings(context=context).problems
    assert problem.key == "settings-unreadable"
    pipeline.save_settings(Settings(jobs=2), context=context)
    assert pipeline.read_settings(context=context).settings == Settings(jobs=2)
