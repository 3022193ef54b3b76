"""The report of a bug: what it says, and that it says nothing private."""

from __future__ import annotations

import ast
import getpass
import logging
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

import genretagger
from genretagger import __version__
from genretagger.bugreport import report as report_module
from genretagger.bugreport.hiding import begins_as_path
from genretagger.bugreport.report import make_report
from genretagger.core.errors import DecodeError, SettingsError, printable
from genretagger.core.logs import MarkingFormatter, start_logging
from genretagger.core.resources import UserFolders, user_folders
from genretagger.core.rules import Rule, RuleKind
from genretagger.core.settings import GenreSet, Settings
from genretagger.core.settings_file import save_settings

LOG = logging.getLogger("genretagger.test")
LOGGING = {"debug", "info", "warning", "error", "exception", "critical"}
PACKAGE = Path(genretagger.__file__).parent
FORMAT = "%(asctime)s %(levelname)s [%(process)d] %(name)s: %(message)s"


@pytest.fixture
def folders(home):
    home.mkdir()
    return user_folders()


@pytest.fixture
def logged(folders):
    start_logging(folders)
    return LOG


def lines_after(text, title):
    return text.partition(f"{title}\n")[2].splitlines()


# What it says


def test_it_names_versions_system_and_model(folders):
    text = make_report(folders)
    for word in (f"Genretagger {__version__}", "Python 3.", "FFmpeg ", "mutagen 1.", "LiteRT 2."):
        assert word in text
    assert "System: " in text
    assert "Model: musicnn-student-1" in text
    assert "Model: other-model" in make_report(folders, model_id="other-model")


def test_it_counts_tracks_by_state(folders):
    text = make_report(folders, states={"accepted": 2, "failed": 1, "unsure": 0})
    assert "Tracks: 3\n  accepted: 2\n  failed: 1\n" in text
    assert "unsure" not in text
    assert "Tracks" not in make_report(folders)


def test_lines_of_the_window_stand_in_it(folders):
    assert "\nQt 6.0\nScreens: 2\n" in make_report(folders, window=["Qt 6.0", "Screens: 2"])


def test_only_settings_that_differ_are_listed(folders):
    assert "Settings that differ from the defaults:\n  none\n" in make_report(folders)
    save_settings(folders.settings, Settings(jobs=3, genres=GenreSet.TEN))
    text = make_report(folders)
    assert lines_after(text, "Settings that differ from the defaults:")[:3] == [
        "  jobs: 3", "  genres: ten", "",
    ]  # fmt: skip


def test_damaged_settings_are_said_without_their_content(folders):
    folders.settings.write_text("{broken /home/x", encoding="utf-8")
    assert "Settings: not read (settings-unreadable)\n" in make_report(folders)
    folders.settings.write_text('{"secret": "/home/x", "jobs": 2}', encoding="utf-8")
    assert "  jobs: 2\n  unusable: 1\n" in make_report(folders)
    assert "secret" not in make_report(folders)


def test_without_a_log_it_says_so(folders):
    assert make_report(folders).endswith("\nLog: nothing was logged yet\n")


def test_it_ends_with_the_last_lines_of_the_log(folders, logged):
    for n in range(60):
        logged.info("number %d of many", n)
    shown = lines_after(make_report(folders), "Log, the last 50 lines:")
    assert len(shown) == 50
    assert shown[0].endswith("genretagger.test: number 10 of many")
    assert shown[-1].endswith("genretagger.test: number 59 of many")


def test_a_log_that_has_just_begun_is_completed_from_the_one_before(folders, logged):
    logged.info("before")
    folders.log.rename(folders.log.with_name("genretagger.log.1"))
    folders.log.write_text(
        "2026-01-01 00:00:00,000 INFO [1] genretagger.x: after\n", encoding="utf-8"
    )
    shown = lines_after(make_report(folders), "Log, the last 2 lines:")
    assert [line.rpartition(": ")[2] for line in shown] == ["before", "after"]


def test_of_a_huge_log_only_the_end_is_read(folders, monkeypatch):
    line = "2026-01-01 00:00:00,000 INFO [1] genretagger.x: line %d\n"
    folders.log.write_text("".join(line % n for n in range(30)), encoding="utf-8")
    monkeypatch.setattr(report_module, "_LOG_BYTES", 200)
    shown = lines_after(make_report(folders), "Log, the last 3 lines:")
    assert [text.rpartition(" ")[2] for text in shown] == ["27", "28", "29"]


@pytest.mark.logs_warnings
def test_with_names_they_are_as_in_the_log(folders, logged):
    logged.warning("%s: lost", "/music/Björk/Army of Me.flac")
    save_settings(
        folders.settings, Settings(personal_classifier="Mine", protected_genres=("Xmas",))
    )
    text = make_report(folders, shows_names=True)
    assert "\u2039/music/Björk/Army of Me.flac\u203a: lost" in text
    assert "  personal_classifier: Mine\n  protected_genres: Xmas\n" in text


# What it does not say


@pytest.mark.logs_warnings
def test_names_become_placeholders_that_stay_the_same_and_keep_the_suffix(folders, logged):
    one, two = Path("/music/Björk/Army of Me.flac"), Path("/music/Björk/Hyperballad.MP3")
    for path in (one, two, one):
        logged.warning("%s: its date is not kept (%s)", path, "Björk")
    logged.warning("%s: odd", Path("/music/name.Björk"))
    shown = [line.partition("test: ")[2] for line in make_report(folders).splitlines()[-4:]]
    assert shown == [
        "<path 1>.flac: its date is not kept (<text 1>)",
        "<path 2>.mp3: its date is not kept (<text 1>)",
        "<path 1>.flac: its date is not kept (<text 1>)",
        "<path 3>: odd",
    ]


def test_lines_that_did_not_mark_what_is_private_are_left_out(folders):
    folders.log.write_text(
        "2026-01-01 00:00:00,000 INFO 77 genretagger.x: /music/Björk.flac: lost\n"
        "Traceback (most recent call last):\n"
        '  File "/home/ana/x.py", line 3\n'
        "2026-01-01 00:00:00,000 INFO [77] genretagger.x: window ready\n",
        encoding="utf-8",
    )
    text = make_report(folders)
    assert "Björk" not in text
    assert "ana" not in text
    assert text.endswith("genretagger.x: window ready\n")


def test_home_and_user_never_appear_not_even_with_names(folders, monkeypatch):
    monkeypatch.setenv("HOME", "/home/zoltan")
    monkeypatch.setattr(getpass, "getuser", lambda: "zoli")
    line = "2026-01-01 00:00:00,000 INFO [1] genretagger.x: \u2039%s\u203a\n"
    paths = ("/home/zoltan/Music/a.mp3", "/media/zoli/b.mp3", "/home/zoltan2/c.mp3")
    folders.log.write_text("".join(line % path for path in paths), encoding="utf-8")
    text = make_report(folders, shows_names=True)
    assert "\u2039~/Music/a.mp3\u203a" in text
    assert "\u2039/media/<user>/b.mp3\u203a" in text
    assert "\u2039/home/zoltan2/c.mp3\u203a" in text


def test_a_user_without_a_name_does_not_matter(folders, monkeypatch):
    def fail():
        raise KeyError("uid not found")

    monkeypatch.setattr(getpass, "getuser", fail)
    assert "Genretagger" in make_report(folders)


names = st.text(
    st.one_of(
        # A file may have bytes that are no text (\udc80), but no other surrogate (PEP 383).
        st.sampled_from(" '\"\n\r\t\\<>\u2039\u203a:;=|%{}[]()\u202eñé\udc80"),
        st.characters(exclude_categories=["Cs"]),
    ),
    min_size=1,
    max_size=12,
).filter(
    lambda name: (
        "/" not in name
        and name not in (".", "..")
        # As the log has it, where a name that begins as a path is called one.
        and not any(map(begins_as_path, (name, printable(name), repr(name))))
    )
)


def _library(folder, parts):
    """Let a program whose files are called so log, and keep settings; return its folders."""
    artist, album, title = parts
    folders = UserFolders(Path(folder))
    path = Path("/", "music", artist, album, f"{title}.flac")
    error = DecodeError(path, "decode-failed")
    handler = logging.FileHandler(folders.log, encoding="utf-8", errors="backslashreplace")
    handler.setFormatter(MarkingFormatter(FORMAT))
    made = logging.Logger("genretagger.test")  # noqa: LOG001 - one of its own for each library
    made.addHandler(handler)
    made.warning("%s: not read (%s)", path, OSError(13, "denied", str(path)))
    made.error("%s", error)
    made.info("%s: %r", artist, {title: [album]})
    try:
        raise ValueError(title) from error
    except ValueError:
        made.exception("unexpected error")
    handler.close()
    try:
        chosen = Settings(rules=(Rule(RuleKind.ARTIST, artist, ("Folk",)),))
    except SettingsError:  # no name for a rule
        chosen = Settings(rules=(Rule(RuleKind.ARTIST, "Nick Drake", ("Folk",)),))
    save_settings(folders.settings, chosen)
    return folders


def _without_times(text):
    return [line.partition("[")[2] or line for line in text.splitlines()]


@given(st.tuples(names, names, names))
@example(("0", "5", "a\\"))  # a backslash parts no path here
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_files_are_called_the_report_is_the_same(parts):
    """No part of a name gets through: a report on hostile names is that on plain ones."""
    assume(len({printable(name).casefold() for name in parts}) == len(parts))
    with tempfile.TemporaryDirectory() as hostile, tempfile.TemporaryDirectory() as plain:
        reports = [
            make_report(_library(hostile, parts)),
            make_report(_library(plain, ("artist", "album", "title"))),
        ]
    assert _without_times(reports[0]) == _without_times(reports[1])


def test_every_message_of_the_log_is_a_literal():
    """What the program logs about files is in the values, which are marked."""
    calls = [
        (path, call)
        for path in sorted(PACKAGE.rglob("*.py"))
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and isinstance(call.func.value, ast.Name)
        and call.func.value.id in ("_LOG", "_log", "logger")
        and call.func.attr in {*LOGGING, "log"}
    ]
    assert len(calls) > 40
    for path, call in calls:
        message = call.args[1 if call.func.attr == "log" else 0]
        assert isinstance(message, ast.Constant), f"{path}:{call.lineno}"
