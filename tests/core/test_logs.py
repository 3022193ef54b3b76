"""What is logged, where, and who decides on how much."""

from __future__ import annotations

import logging
import os
from pathlib import Path

import pytest

from genretagger.core.errors import SettingsError, TrackTooShortError
from genretagger.core.logs import LOG_VARIABLE, TRACE_BAR, log_without_file, start_logging
from genretagger.core.resources import user_folders
from genretagger.core.settings import Settings
from genretagger.core.writes import Policy

LOG = logging.getLogger("genretagger.test")


@pytest.fixture(autouse=True)
def log_variable(monkeypatch):
    """Set the variable, so that it is restored after `--debug` changed it."""
    monkeypatch.setenv(LOG_VARIABLE, "")
    return lambda value: monkeypatch.setenv(LOG_VARIABLE, value)


def logged(*, debug=False):
    start_logging(user_folders(), debug=debug)
    LOG.debug("a detail")
    LOG.info("a fact")
    return user_folders().log.read_text()


@pytest.mark.parametrize("value", ["", "info", "INFO"])
def test_details_are_left_out_by_default(value, log_variable, capsys):
    log_variable(value)
    text = logged()
    assert "a fact" in text
    assert "a detail" not in text
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("value", ["debug", " Debug "])
def test_the_variable_asks_for_details_in_the_file_and_on_standard_error(
    value, log_variable, capsys
):
    log_variable(value)
    assert "a detail" in logged()
    assert "a detail" in capsys.readouterr().err


def test_debug_is_passed_on_to_worker_processes(capsys):
    assert "a detail" in logged(debug=True)
    assert "a detail" in capsys.readouterr().err
    assert os.environ[LOG_VARIABLE] == "debug"


@pytest.mark.logs_warnings
def test_another_value_is_named_in_a_warning_and_counts_as_info(log_variable):
    log_variable("verbose")
    text = logged()
    assert "GENRETAGGER_LOG=\u2039'verbose'\u203a is neither debug nor info; info is used" in text
    assert "a detail" not in text


def test_without_a_file_only_details_that_were_asked_for_are_shown(log_variable, home, capsys):
    log_without_file()
    LOG.debug("a detail")
    assert capsys.readouterr().err == ""
    log_variable("debug")
    log_without_file()
    LOG.debug("a detail")
    assert "a detail" in capsys.readouterr().err
    assert not home.exists()


def test_a_folder_that_cannot_be_made_costs_the_log_only(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("GENRETAGGER_HOME", str(tmp_path / "file" / "home"))
    start_logging(user_folders())
    LOG.info("a fact")
    assert not user_folders().log.exists()


# What may be private is marked


def logged_line(*message):
    start_logging(user_folders())
    LOG.error(*message)
    (line,) = user_folders().log.read_text(encoding="utf-8").splitlines()
    return line.partition("genretagger.test: ")[2]


@pytest.mark.logs_warnings
def test_values_are_marked_but_for_numbers_and_words_of_the_program():
    text = logged_line("%s: %d of %.1f, %s (%r)", Path("/a b"), 3, 0.5, Policy.FILL, ["x"])
    assert text == f"\u2039/a b\u203a: 3 of 0.5, {Policy.FILL} (\u2039['x']\u203a)"


@pytest.mark.logs_warnings
def test_values_by_name_are_marked_too():
    text = logged_line("%(n)d of %(who)s", {"n": 1, "who": "Björk"})
    assert text == "1 of \u2039Björk\u203a"


@pytest.mark.logs_warnings
def test_a_value_stays_on_its_line_and_between_its_marks():
    text = logged_line("%s!", "a\n\u203a b \u2039\u2028c")
    inside = r"a\n\u203a b \u2039\u2028c"
    assert text == f"\u2039{inside}\u203a!"


@pytest.mark.logs_warnings
def test_of_an_error_class_and_key_or_number_can_be_read():
    error = TrackTooShortError(Path("/x.mp3"), "track-too-short", seconds=1, least=3)
    text = logged_line("%s; %s; %r", error, OSError(2, "gone", "/x"), ValueError())
    assert text.startswith("TrackTooShortError track-too-short \u2039/x.mp3 has 1 s")
    assert text.endswith("; FileNotFoundError 2 \u2039[Errno 2] gone: '/x'\u203a; ValueError")


@pytest.mark.logs_warnings
def test_a_traceback_names_modules_of_the_program_and_marks_texts_of_errors():
    start_logging(user_folders())
    try:
        try:
            Settings(jobs=-1)
        except SettingsError as error:
            raise ValueError("of Björk") from error
    except ValueError:
        LOG.exception("unexpected")
    _, *trace = user_folders().log.read_text(encoding="utf-8").splitlines()
    assert all(line.startswith(TRACE_BAR) for line in trace)
    assert trace[0] == f"{TRACE_BAR}ValueError \u2039of Björk\u203a; Traceback:"
    assert trace[1].startswith(f"{TRACE_BAR}  test_logs.py:")
    assert any(f"{TRACE_BAR}  genretagger/core/settings.py:" in line for line in trace)
    assert any("SettingsError setting-invalid \u2039" in line for line in trace)
