"""Files of the program itself are replaced in one step, and never through a planted link."""

from __future__ import annotations

import os
import secrets

import pytest

from genretagger.core.files import atomic
from genretagger.core.files.atomic import replace_file


@pytest.fixture
def planted(tmp_path, monkeypatch):
    """Return a file of the victim; every temporary name of the next write is a link to it."""
    victim = tmp_path / "victim"
    victim.write_text("precious")
    monkeypatch.setattr(secrets, "token_hex", lambda _n: "0000")
    monkeypatch.setattr(os, "getpid", lambda: 4711)
    for name in (".out.csv.0000.tmp", ".out.csv.4711.tmp"):
        (tmp_path / name).symlink_to(victim)
    return victim


def test_a_link_at_the_temporary_name_is_not_followed(planted, tmp_path):
    with pytest.raises(FileExistsError):
        replace_file(tmp_path / "out.csv", b"new")
    assert planted.read_text() == "precious"
    assert not (tmp_path / "out.csv").exists()
    assert (tmp_path / ".out.csv.0000.tmp").is_symlink(), "what is not ours stays"


def test_the_temporary_name_cannot_be_foreseen(tmp_path, monkeypatch):
    names = set()
    replace = atomic.Path.replace
    monkeypatch.setattr(
        atomic.Path, "replace", lambda path, target: names.add(path.name) or replace(path, target)
    )
    for _ in range(3):
        replace_file(tmp_path / "out.csv", b"new")
    assert len(names) == 3
    assert [path.name for path in tmp_path.iterdir() if path.suffix != ""] == ["out.csv"]


def test_a_link_at_the_name_itself_is_replaced_and_its_target_left_alone(tmp_path):
    victim = tmp_path / "victim"
    victim.write_text("precious")
    (tmp_path / "out.csv").symlink_to(victim)
    replace_file(tmp_path / "out.csv", b"new")
    assert victim.read_text() == "precious"
    assert (tmp_path / "out.csv").read_bytes() == b"new"
    assert not (tmp_path / "out.csv").is_symlink()
