"""Errors that pass are waited out, others are not; a date that does not stay is set again."""

import contextlib
import errno
import os
from pathlib import Path

import pytest

from genretagger.core.writes import WriteStatus
from genretagger.tagging.disk import fs, retry
from tests.helpers import tagged_files
from tests.helpers.invariants import apply, undo


@pytest.fixture
def waits(monkeypatch):
    """Return the waits, which take no time."""
    waited = []
    monkeypatch.setattr(retry, "sleep", waited.append)
    return waited


def failing(call, error, *, times):
    """Return `call` that fails so many times before it works."""
    left = [error] * times

    def replacement(*arguments, **options):
        if left:
            raise left.pop()
        return call(*arguments, **options)

    return replacement


def sharing_violation(code=32):
    """Return the error of Windows for a file that is open elsewhere."""
    error = PermissionError(errno.EACCES, "The process cannot access the file")
    error.winerror = code
    return error


def test_a_call_that_works_waits_for_nothing(waits):
    assert retry.retry_call(lambda: 7) == 7
    assert waits == []


@pytest.mark.parametrize("code", [errno.EINTR, errno.EAGAIN, errno.EBUSY, errno.ESTALE])
def test_an_error_that_passes_is_waited_out(code, waits):
    call = failing(lambda: 7, OSError(code, "for now"), times=3)
    assert retry.retry_call(call) == 7
    assert waits == list(retry.WAITS_S[:3])
    assert sorted(waits) == waits


def test_an_error_that_does_not_pass_is_raised_after_two_seconds(waits):
    call = failing(lambda: 7, OSError(errno.EBUSY, "for ever"), times=99)
    with pytest.raises(OSError, match="for ever"):
        retry.retry_call(call)
    assert sum(waits) == pytest.approx(2, abs=0.1)


@pytest.mark.parametrize("code", [errno.EACCES, errno.EPERM, errno.ENOSPC, errno.EIO])
@pytest.mark.parametrize("denied", [True, False])
def test_another_error_is_raised_at_once(code, denied, waits):
    with pytest.raises(OSError, match="no"):
        retry.retry_call(failing(lambda: 7, OSError(code, "no"), times=1), denied=denied)
    assert waits == []


@pytest.mark.parametrize("code", [32, 33])
def test_a_sharing_violation_of_windows_is_waited_out(code, waits, monkeypatch):
    call = failing(lambda: 7, sharing_violation(code), times=2)
    with monkeypatch.context() as patch:
        patch.setattr(retry.os, "name", "nt")
        result = retry.retry_call(call)
    assert result == 7
    assert len(waits) == 2


@pytest.mark.parametrize("denied", [True, False])
def test_a_denial_of_windows_passes_only_where_it_may_be_an_open_file(denied, waits, monkeypatch):
    call = failing(lambda: 7, sharing_violation(5), times=1)
    result = None
    with monkeypatch.context() as patch:
        patch.setattr(retry.os, "name", "nt")
        with contextlib.suppress(PermissionError):
            result = retry.retry_call(call, denied=denied)
    assert result == (7 if denied else None)
    assert len(waits) == denied


@pytest.mark.parametrize("step", ["open", "replace", "unlink", "utime"])
@pytest.mark.parametrize("linked", [False, True], ids=["swapped", "in place"])
def test_a_write_survives_what_passes(step, linked, home, tmp_path, waits, monkeypatch):
    music, folder = tmp_path / "music", home / "journal"
    music.mkdir()
    path = tagged_files.make("mp3 2.3 text", music)
    if linked:
        (tmp_path / "second name").hardlink_to(path)
    before = path.read_bytes()
    owner = Path if step in ("replace", "unlink") else os
    original, failed = getattr(owner, step), []

    def replacement(*arguments, **options):
        """Fail at the first call for each file."""
        name = str(arguments[0])
        is_new = step == "open" and arguments[1] & os.O_CREAT
        if name.startswith(str(music)) and name not in failed and not is_new:
            failed.append(name)
            raise OSError(errno.EBUSY, os.strerror(errno.EBUSY))
        return original(*arguments, **options)

    monkeypatch.setattr(owner, step, replacement)
    (result,) = apply(music, folder)
    (restored,) = undo(folder)
    monkeypatch.undo()
    assert (result.status, restored.status) == (WriteStatus.WRITTEN, WriteStatus.RESTORED)
    assert failed or (step, linked) in (("unlink", False), ("replace", True))
    assert path.read_bytes() == before
    assert list(music.iterdir()) == [path]


def test_a_date_that_a_server_sets_later_is_set_again(tmp_path, waits, monkeypatch):
    path = tmp_path / "a"
    path.touch()
    utime, calls = os.utime, []

    def forgetful(target, **options):
        calls.append(options)
        if len(calls) > 2:
            utime(target, **options)

    monkeypatch.setattr(os, "utime", forgetful)
    fs.set_mtime(path, 1_000_000_000_000_000_007)
    assert path.stat().st_mtime_ns == 1_000_000_000_000_000_007
    assert len(calls) == 3
    assert len(waits) == 2


@pytest.mark.logs_warnings
def test_a_date_that_never_stays_is_given_up(tmp_path, waits, monkeypatch, caplog):
    path = tmp_path / "a"
    path.touch()
    monkeypatch.setattr(os, "utime", lambda *_, **__: None)
    fs.set_mtime(path, 1_000_000_000_000_000_007)
    assert "does not keep its date" in caplog.text


def test_a_date_that_is_kept_to_two_seconds_is_kept(tmp_path, waits, monkeypatch):
    path = tmp_path / "a"
    path.touch()
    utime = os.utime

    def coarse(target, *, ns):
        utime(target, ns=tuple(value // 2_000_000_000 * 2_000_000_000 for value in ns))

    monkeypatch.setattr(os, "utime", coarse)
    fs.set_mtime(path, 1_001_999_999_999_999_999)
    assert waits == []
