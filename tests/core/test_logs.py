"""What is logged, where, and who decides on how much."""

from __future__ import annotations

import logging
import os

import pytest

from genretagger.core.logs import LOG_VARIABLE, log_without_file, start_logging
from genretagger.core.resources import user_folders

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
    assert "GENRETAGGER_LOG='verbose' is neither debug nor info; info is used" in text
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
