"""Decisions on disk."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from genretagger.core.errors import StoreError
from genretagger.core.writes import Action, Decision
from genretagger.library.decision_store import DecisionStore, StoredDecision

ACCEPTED = Decision(Action.ACCEPT, ("Blues", "Acid Jazz"))
REJECTED = Decision(Action.REJECT)


@pytest.fixture
def file(tmp_path):
    return tmp_path / "home" / "session.sqlite"


@pytest.fixture
def song(tmp_path):
    path = tmp_path / "song.flac"
    path.touch()
    return path


@pytest.fixture
def session(file):
    session = DecisionStore(file)
    yield session
    session.close()


def test_decisions_are_there_after_reopening(file, session, song):
    session.save([StoredDecision("d1", song, ACCEPTED), StoredDecision("d2", song, REJECTED)])
    session.close()
    again = DecisionStore(file)
    assert again.find_all().find("d1", path=song) == ACCEPTED
    assert again.find_all().find("d2", path=song) == REJECTED
    assert again.find_all().find("d3", path=song) is None
    again.close()


def test_the_last_decision_counts_and_can_be_taken_back(session, song):
    session.save([StoredDecision("d", song, ACCEPTED)])
    session.save([StoredDecision("d", song, Decision(Action.ACCEPT, ("Pop",), written=True))])
    assert session.find_all().find("d", path=song) == Decision(
        Action.ACCEPT, ("Pop",), written=True
    )
    session.save([StoredDecision("d", song, None)])
    assert session.find_all().find("d", path=song) is None


def test_of_two_decisions_saved_at_once_the_last_counts(session, song, tmp_path):
    session.save([StoredDecision("d", song, ACCEPTED), StoredDecision("d", song, REJECTED)])
    session.save([StoredDecision("e", song, ACCEPTED), StoredDecision("e", song, None)])
    gone = [tmp_path / name for name in ("copy 1.flac", "copy 2.flac")]
    session.save([StoredDecision("f", gone[0], ACCEPTED), StoredDecision("f", gone[1], REJECTED)])
    earlier = session.find_all()
    assert earlier.find("d", path=song) == REJECTED
    assert earlier.find("e", path=song) is None
    assert earlier.find("f", path=song) == REJECTED


def test_what_was_found_stays_as_it_was(session, song):
    session.save([StoredDecision("d", song, ACCEPTED)])
    earlier = session.find_all()
    session.save([StoredDecision("d", song, REJECTED), StoredDecision("e", song, REJECTED)])
    assert earlier.find("d", path=song) == ACCEPTED
    assert earlier.find("e", path=song) is None


def test_a_decision_follows_a_renamed_file(session, song, tmp_path):
    session.save([StoredDecision("d", song, ACCEPTED)])
    renamed = song.rename(tmp_path / "renamed.flac")
    assert session.find_all().find("d", path=renamed) == ACCEPTED


def test_a_copy_does_not_inherit_while_the_original_is_there(session, song, tmp_path):
    session.save([StoredDecision("d", song, ACCEPTED)])
    assert session.find_all().find("d", path=tmp_path / "copy.flac") is None


def test_a_file_name_that_is_not_text_is_kept(session, tmp_path):
    odd = Path(os.fsdecode(b"/music/caf\xe9.flac"))
    session.save([StoredDecision("d", odd, ACCEPTED)])
    assert session.find_all().find("d", path=odd) == ACCEPTED


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1))
def test_any_genre_comes_back_as_it_was(genres):
    session = DecisionStore(Path(":memory:"))
    decision = Decision(Action.ACCEPT, tuple(genres))
    session.save([StoredDecision("'; DROP TABLE decisions; --", Path("/x"), decision)])
    assert session.find_all().find("'; DROP TABLE decisions; --", path=Path("/x")) == decision
    session.close()


def test_a_save_that_fails_changes_nothing(session, song):
    session.save([StoredDecision("d", song, ACCEPTED)])
    broken = Decision(Action.REJECT, (b"bytes are no JSON",))
    with pytest.raises(TypeError):
        session.save([StoredDecision("d", song, REJECTED), StoredDecision("e", song, broken)])
    assert session.find_all().find("d", path=song) == ACCEPTED


def test_it_may_be_used_from_several_threads(session, song):
    def use(number):
        for turn in range(20):
            session.save([StoredDecision(f"{number}-{turn}", song, ACCEPTED)])
            assert session.find_all().find(f"{number}-{turn}", path=song) == ACCEPTED

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(use, range(4)))


def test_what_was_saved_survives_a_killed_process(file, song):
    code = """
import os, sys
from pathlib import Path
from genretagger.core.writes import Action, Decision
from genretagger.library.decision_store import DecisionStore, StoredDecision
session = DecisionStore(Path(sys.argv[1]))
session.save([StoredDecision("d", Path(sys.argv[2]), Decision(Action.REJECT))])
os.kill(os.getpid(), 9)
"""
    root = Path(__file__).parents[2]
    subprocess.run([sys.executable, "-c", code, str(file), str(song)], cwd=root, check=False)
    session = DecisionStore(file)
    assert session.find_all().find("d", path=song) == REJECTED
    session.close()


def test_a_damaged_file_is_one_sentence_and_left_as_it_is(file):
    file.parent.mkdir()
    file.write_bytes(b"this is no database " * 200)
    with pytest.raises(StoreError) as raised:
        DecisionStore(file)
    assert str(file) in str(raised.value)
    assert "move that file away" in str(raised.value)
    assert file.read_bytes() == b"this is no database " * 200


def test_another_database_is_refused_and_left_as_it_is(file):
    file.parent.mkdir()
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA user_version = 1")
    connection.close()
    with pytest.raises(StoreError):
        DecisionStore(file)


def test_a_newer_file_is_one_sentence_and_left_as_it_is(file, session):
    session.close()
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA user_version = 99")
    connection.commit()
    connection.close()
    before = file.read_bytes()
    with pytest.raises(StoreError) as raised:
        DecisionStore(file)
    assert "newer Genretagger" in str(raised.value)
    assert file.read_bytes() == before


def test_a_value_that_makes_no_sense_is_an_error_not_a_guess(file, session, song):
    session.save([StoredDecision("d", song, ACCEPTED)])
    connection = sqlite3.connect(file)
    connection.execute("UPDATE decisions SET action = 'maybe'")
    connection.commit()
    connection.close()
    session.save([StoredDecision("e", song, REJECTED)])
    earlier = session.find_all()
    with pytest.raises(StoreError) as raised:
        earlier.find("d", path=song)
    assert str(file) in str(raised.value)
    assert earlier.find("e", path=song) == REJECTED, "only who asks for it has to know"


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path):
    (tmp_path / "home").write_text("a file, not a folder")
    with pytest.raises(StoreError):
        DecisionStore(tmp_path / "home" / "session.sqlite")
