"""Settings load and save whole, and a bad one is named."""

from __future__ import annotations

import dataclasses

import pytest

from genretagger.core.errors import SettingsError
from genretagger.core.settings import Settings, load_settings, save_settings


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
        ("[]", "not a JSON object"),
        ("{", r"settings\.json cannot be read"),
    ],
)
def test_a_bad_setting_is_an_error_that_names_it(tmp_path, text, named):
    path = tmp_path / "settings.json"
    path.write_text(text)
    with pytest.raises(SettingsError, match=named):
        load_settings(path)


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
