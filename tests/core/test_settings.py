"""Settings load and save whole, and a bad one is named."""

from __future__ import annotations

import dataclasses
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genretagger.core.errors import SettingsError
from genretagger.core.settings import (
    Effort,
    GenreSet,
    PersonalUse,
    RowHeight,
    Settings,
    TextSize,
    Theme,
    with_personal,
)
from genretagger.core.settings_file import (
    list_settings,
    load_settings,
    read_stored,
    save_settings,
    with_setting,
)
from genretagger.core.vocabulary import genre_key


def test_without_a_file_the_defaults_hold(tmp_path):
    assert load_settings(tmp_path / "none.json") == Settings()


def test_what_was_saved_comes_back(tmp_path):
    path = tmp_path / "new" / "settings.json"
    settings = Settings(policy="add", accept_threshold=0.5, jobs=3, keep_dates=False)
    save_settings(path, settings)
    save_settings(path, settings)
    assert load_settings(path) == settings
    assert [entry.name for entry in path.parent.iterdir()] == ["settings.json"]


@pytest.mark.parametrize(
    ("text", "threshold"),
    [
        ('{"accept_threshold": 0.8}', 0.95),  # it stood for the model's high level
        ('{"accept_threshold": 0.8, "accept_exactly": false}', 0.95),
        ('{"accept_threshold": 0.8, "accept_exactly": true}', 0.8),
        ('{"accept_threshold": 0.7, "accept_exactly": false}', 0.7),
        ('{"accept_threshold": 0.7}', 0.7),
        ('{"accept_exactly": true}', 0.95),
        ('{"accept_exactly": "yes"}', 0.95),
    ],
)
def test_a_threshold_in_an_older_file_means_what_it_meant(tmp_path, text, threshold):
    path = tmp_path / "settings.json"
    path.write_text(text)
    settings = load_settings(path)
    assert settings.accept_threshold == threshold
    save_settings(path, settings)
    assert load_settings(path) == settings


def test_any_threshold_can_be_saved(tmp_path):
    for threshold in (0.8, 0.95):
        save_settings(tmp_path / "settings.json", Settings(accept_threshold=threshold))
        assert load_settings(tmp_path / "settings.json").accept_threshold == threshold


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('{"policy": "wipe"}', "policy cannot be 'wipe'"),
        ('{"accept_threshold": 1.5}', "accept_threshold"),
        ('{"accept_threshold": "high"}', "accept_threshold"),
        ('{"jobs": -1}', "jobs"),
        ('{"jobs": true}', "jobs"),
        ('{"keep_dates": 1}', "keep_dates"),
        ('{"id3v23_separator": "\\u0000"}', "id3v23_separator"),
        ('{"colour": 1}', "unknown setting, colour"),
        ('{"keep_history_days": -1}', "keep_history_days"),
        ('{"mapping": {"rock": []}}', "mapping cannot be"),
        ('{"mapping": {"rock": "Rock"}}', "of the form hiphop=Hip-Hop"),
        ('{"mapping": {"rock": ["Rock"], "Rock Music": ["Pop"]}}', "each genre once"),
        ('{"protected_genres": ["a\\u0000"]}', "protected_genres cannot be"),
        ('{"protected_genres": "Audiobook"}', "genres with ; between"),
        ('{"language": "tlh"}', "language cannot be 'tlh'; it must be en, es"),
        ('{"remember_session": 1}', "remember_session"),
        ('{"upgrade_id3v22": "yes"}', "upgrade_id3v22 cannot be 'yes'; it must be true or false"),
        ("[" * 100_000, r"settings\.json cannot be read"),
        ("[]", "not a JSON object"),
        ("{", r"settings\.json cannot be read"),
    ],
)
def test_a_bad_setting_is_an_error_that_names_it(tmp_path, text, named):
    path = tmp_path / "settings.json"
    path.write_text(text)
    with pytest.raises(SettingsError, match=named):
        load_settings(path)


def test_an_impossible_value_is_named_with_its_file_and_how_to_mend_it(tmp_path):
    path = tmp_path / "settings.json"
    path.write_text('{"jobs": -1}')
    with pytest.raises(SettingsError) as caught:
        load_settings(path)
    assert str(caught.value) == (
        f"In the settings file {path}, jobs cannot be -1; it must be from 0 to 256: "
        "correct it there or with genretagger settings jobs VALUE, or update the program if a "
        "newer one wrote it."
    )


def test_of_a_file_with_errors_the_rest_is_read_and_the_wrong_is_kept(tmp_path):
    path = tmp_path / "settings.json"
    path.write_text('{"jobs": -1, "colour": [1], "policy": "add"}')
    stored = read_stored(path)
    assert stored.settings == Settings(policy="add")
    kept = {name: value for name, (value, _) in stored.unusable.items()}
    assert kept == {"jobs": -1, "colour": [1]}
    save_settings(path, stored.settings, unusable=kept)
    assert read_stored(path).settings == Settings(policy="add")
    assert json.loads(path.read_text())["colour"] == [1]


def test_a_failed_save_leaves_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "settings.json"
    save_settings(path, Settings(jobs=1))

    def full(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(SettingsError, match="No space left"):
        save_settings(path, dataclasses.replace(Settings(), jobs=2))
    assert load_settings(path) == Settings(jobs=1)
    assert [entry.name for entry in path.parent.iterdir() if entry.is_file()] == ["settings.json"]


def test_a_file_of_an_older_version_keeps_the_defaults_of_what_it_does_not_know(tmp_path):
    path = tmp_path / "settings.json"
    path.write_text('{"policy": "add", "jobs": 2, "id3v23_separator": ";"}')
    assert load_settings(path) == Settings(policy="add", jobs=2, id3v23_separator=";")


@pytest.mark.parametrize(
    ("stored", "genres"),
    [
        ({"personal_use": "instead", "personal_classifier": "Mine"}, GenreSet.OWN),
        ({"personal_use": "beside", "personal_classifier": "Mine"}, GenreSet.STYLES),
        ({"personal_use": "instead", "genres": "ten"}, GenreSet.TEN),
        ({"genres": "ten", "personal_use": "instead"}, GenreSet.TEN),
    ],
)
def test_a_file_of_before_the_styles_says_whether_the_genres_are_own(tmp_path, stored, genres):
    path = tmp_path / "settings.json"
    path.write_text(json.dumps(stored))
    settings = load_settings(path)
    assert (settings.genres, settings.genres_in_use) == (genres, genres)
    save_settings(path, settings)
    assert "personal_use" not in json.loads(path.read_text())
    assert load_settings(path) == settings


def test_a_wrong_use_in_an_old_file_is_named(tmp_path):
    path = tmp_path / "settings.json"
    path.write_text('{"personal_use": "sometimes"}')
    with pytest.raises(SettingsError, match="personal_use cannot be 'sometimes'"):
        load_settings(path)


def test_own_genres_need_a_personal_classifier():
    lost = Settings(genres="own")
    assert lost.genres_in_use is GenreSet.STYLES, "the classifier was deleted, say"
    mine = with_personal(Settings(genres="ten"), "Mine", PersonalUse.INSTEAD)
    assert (mine.genres_in_use, mine.personal_use) == (GenreSet.OWN, PersonalUse.INSTEAD)
    assert with_setting(mine, name="genres", text="own") == mine
    assert with_personal(mine, "", PersonalUse.BESIDE) == Settings()
    beside = with_personal(Settings(genres="ten"), "Mine", PersonalUse.BESIDE)
    assert beside.genres is GenreSet.TEN, "what is beside says nothing of the styles"


def test_a_folder_that_takes_no_settings_is_one_sentence(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(SettingsError, match="cannot be written"):
        save_settings(tmp_path / "file" / "settings.json", Settings())


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("policy", "replace", "replace"),
        ("accept_threshold", "0.25", 0.25),
        ("jobs", "4", 4),
        ("keep_dates", "No", False),
        ("upgrade_id3v22", "true", True),
        ("keep_history_days", "365", 365),
        ("id3v23_separator", "; ", "; "),
        ("language", "es", "es"),
        ("notify", "no", False),
        ("sort_names", "no", False),
        ("effort", "gentle", Effort.GENTLE),
        ("genres", "ten", GenreSet.TEN),
        ("theme", "dark", Theme.DARK),
        ("text_size", "large", TextSize.LARGE),
        ("row_height", "roomy", RowHeight.ROOMY),
        ("personal_use", "instead", PersonalUse.INSTEAD),
    ],
)
def test_a_setting_is_set_by_what_the_user_types(name, text, value):
    settings = with_setting(Settings(), name=name, text=text)
    assert getattr(settings, name) == value
    (row,) = [row for row in list_settings(settings) if row.name == name]
    assert (row.value, row.default) == (value, getattr(Settings(), name))


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("colour", "red", "no setting colour"),
        ("jobs", "many", "jobs cannot be 'many'; it must be a whole number"),
        ("jobs", "1e3", "a whole number"),
        ("accept_threshold", "nan", "from 0 to 1"),
        ("keep_dates", "1", "true or false"),
        ("policy", "wipe", "fill, add, correct, replace"),
        ("id3v23_separator", "", "visible"),
        ("mapping", "rock", "mapping cannot be 'rock'"),
        ("mapping", "rock=", "of the form"),
        ("mapping", "=Rock", "of the form"),
        ("mapping", "rock=a=b", "of the form"),
        ("effort", "much", "gentle, normal, all"),
        ("genres", "eleven", "ten, styles, own"),
        ("theme", "pink", "system, light, dark"),
        ("text_size", "tiny", "small, normal, large, largest"),
        ("row_height", "high", "compact, normal, roomy"),
        ("personal_use", "never", "beside, instead"),
        ("genres", "own", "no personal classifier is in use"),
        ("language", "de", "empty for that of the system"),
        ("keep_history_days", "99999", "from 0 to 36500"),
    ],
)
def test_what_a_setting_cannot_be_is_one_sentence(name, text, sentence):
    with pytest.raises(SettingsError, match=sentence):
        with_setting(Settings(), name=name, text=text)


def test_what_holds_genres_is_kept_in_one_form_and_stored_as_json(tmp_path):
    settings = Settings(mapping={"Hip Hop": ["Rap", "rap"], "Post-Punk": ["Indie"]})
    settings = dataclasses.replace(settings, protected_genres=["Audiobook", "audiobook", "rock"])
    assert settings.mapping == (("hiphop", ("Rap",)), ("Post-Punk", ("Indie",)))
    assert settings.protected_genres == ("Audiobook", "Rock"), "an id stands for its name"
    path = tmp_path / "settings.json"
    save_settings(path, settings)
    assert json.loads(path.read_text())["mapping"] == {"hiphop": ["Rap"], "Post-Punk": ["Indie"]}
    assert load_settings(path) == settings
    assert hash(settings) == hash(load_settings(path))


GENRES = st.text("aB-&é 1", min_size=1, max_size=6).filter(str.strip)


@given(st.dictionaries(GENRES, st.lists(GENRES, min_size=1, max_size=3), max_size=4))
def test_a_mapping_that_is_told_can_be_typed(mapping):
    try:
        settings = Settings(mapping=mapping)
    except SettingsError:
        assert len({genre_key(heard) for heard in mapping}) < len(mapping)
        return
    (row,) = [row for row in list_settings(settings) if row.name == "mapping"]
    assert with_setting(Settings(), name="mapping", text=row.text) == settings


@given(st.lists(GENRES, max_size=4))
def test_protected_genres_that_are_told_can_be_typed(genres):
    settings = Settings(protected_genres=genres)
    (row,) = [row for row in list_settings(settings) if row.name == "protected_genres"]
    assert with_setting(Settings(), name="protected_genres", text=row.text) == settings


def test_every_setting_says_what_it_means():
    assert [row.name for row in list_settings(Settings())] == [
        *(item.name for item in dataclasses.fields(Settings)),
        "personal_use",
    ]
    assert all(row.meaning for row in list_settings(Settings()))
