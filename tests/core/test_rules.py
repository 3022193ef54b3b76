"""Rules as values: what may be one, in the settings file, and as users type them."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genretagger.core.errors import SettingsError
from genretagger.core.rules import Rule, RuleKind, with_rule
from genretagger.core.settings import Settings
from genretagger.core.settings_file import (
    list_settings,
    load_settings,
    read_stored,
    save_settings,
    with_setting,
)

DRAKE = Rule(RuleKind.ARTIST, "Nick Drake", ("Folk",))
TALKS = Rule(RuleKind.FOLDER, "/music/Talks")
TYPED = "artist:Nick Drake=Folk; folder:/music/Talks"

NAMES = st.text('aB;="|: é/', min_size=1, max_size=8)
GENRES = st.lists(st.text("aB-&é", min_size=1, max_size=6), max_size=3)


def test_rules_are_stored_as_json_and_typed_on_one_line(tmp_path):
    settings = Settings(rules=(DRAKE, TALKS))
    path = tmp_path / "settings.json"
    save_settings(path, settings)
    assert json.loads(path.read_text())["rules"] == [
        {"artist": "Nick Drake", "genres": ["Folk"]},
        {"folder": "/music/Talks", "genres": []},
    ]
    assert load_settings(path) == settings
    assert hash(settings) == hash(load_settings(path))
    (row,) = [row for row in list_settings(settings) if row.name == "rules"]
    assert row.text == TYPED
    assert with_setting(Settings(), name="rules", text=TYPED) == settings
    assert with_setting(settings, name="rules", text="") == Settings()


@given(st.lists(st.tuples(st.sampled_from(RuleKind), NAMES, GENRES), max_size=4))
def test_rules_that_are_told_can_be_typed(parts):
    made = [Rule(kind, f"/{name}", tuple(genres)) for kind, name, genres in parts]
    try:
        settings = Settings(rules=made)
    except SettingsError:
        assert len({rule.key for rule in made}) < len(made)
        return
    (row,) = [row for row in list_settings(settings) if row.name == "rules"]
    assert with_setting(Settings(), name="rules", text=row.text) == settings


@pytest.mark.parametrize(
    "text",
    [
        "Nick Drake=Folk",
        "artist:=Folk",
        'artist:""=Folk',
        "artist:Nick Drake=",
        "artist:Nick Drake=Folk=Rock",
        "artist:Nick Drake=Folk; artist:NICK  drake=Rock",
        "artist:Nick Drake=Folk; Rock",
        "folder:Talks",
        "folder:/music/Talks; folder:/music/Talks/",
        "genre:Folk=Rock",
    ],
)
def test_what_is_no_rule_is_refused_with_an_example(text):
    with pytest.raises(SettingsError, match=r"rules cannot be .* of the form artist:"):
        with_setting(Settings(), name="rules", text=text)


@pytest.mark.parametrize(
    "stored",
    [
        {"artist": "Nick Drake"},
        [{"artist": "Nick Drake"}],
        [{"artist": "Nick Drake", "genres": "Folk"}],
        [{"artist": "Nick Drake", "genres": ["a;b"]}],
        [{"artist": 3, "genres": []}],
        [{"artist": "Nick Drake", "folder": "/music", "genres": []}],
        [{"artist": "Nick Drake", "style": "Folk"}],
        [{"folder": "/a\0b", "genres": []}],
        ["Nick Drake"],
    ],
)
def test_a_bad_rule_in_the_file_is_named_and_the_rest_is_used(tmp_path, stored):
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"rules": stored, "jobs": 3}))
    found = read_stored(path)
    assert found.settings == Settings(jobs=3)
    assert list(found.unusable) == ["rules"]


def test_names_and_genres_are_kept_in_one_form():
    typed = Rule(RuleKind.ARTIST, " Nick \u200bDrake ", ("folk", "Folk"))
    folder = Rule(RuleKind.FOLDER, "/music/./Talks/")
    assert Settings(rules=(typed, folder)).rules == (DRAKE, TALKS)


def test_a_folder_of_another_system_is_kept():
    rule = Rule(RuleKind.FOLDER, "C:\\Music")
    assert Settings(rules=(rule,)).rules[0].name == "C:\\Music"


def test_a_rule_takes_the_place_of_one_about_the_same():
    other = replace(DRAKE, name="NICK DRAKE", genres=("Pop",))
    assert with_rule((DRAKE, TALKS), other) == (other, TALKS)
    assert with_rule((DRAKE,), TALKS) == (DRAKE, TALKS)
