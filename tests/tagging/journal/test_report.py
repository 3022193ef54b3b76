"""The journal told write by write, as a backup too, and how old it may grow."""

import base64
import hashlib
import io
import json
import logging
import os
import shutil
import threading
import tracemalloc
from datetime import UTC, datetime, timedelta

import pytest

from genretagger.core.errors import JournalError
from genretagger.core.settings import Settings
from genretagger.core.tracks import FileStamp, RawGenre, TagVersion
from genretagger.core.writes import Policy, WriteRequest, WriteState, WriteStatus
from genretagger.tagging.disk import fs, lock
from genretagger.tagging.journal import journal, report, retention
from genretagger.tagging.journal.records import Intent, OutcomeState, Prepared, WriteOutcome
from genretagger.tagging.writing import reverse_patch
from tests.helpers import tagged_files, write_helpers

NEVER = threading.Event()


@pytest.fixture
def track(tmp_path):
    music = tmp_path / "music"
    music.mkdir()
    return tagged_files.mp3(music / "a.mp3", version=3, genre="(17)", v1=8)


def apply(folder, genre, *paths):
    """Write `genre` and return the batch."""
    results = write_helpers.write_all(folder, *(WriteRequest(path, (genre,)) for path in paths))
    return results[0].batch


def undo(folder, *, days=0, batch=None):
    settings = Settings(keep_history_days=days)
    return write_helpers.undo(folder, batch, settings=settings)


def test_an_export_says_all_and_is_a_complete_backup(track, folder):
    old = track.read_bytes()
    odd = tagged_files.vorbis(track.with_name("b.flac")).rename(track.with_name("b\udcff.flac"))
    batch = apply(folder, "Blues", track, odd)
    new = track.read_bytes()
    first, second = (
        json.loads(json.dumps(record))
        for record in report.export_records(folder, None, patches=True)
    )
    assert (first["batch"], first["policy"], first["number"]) == (batch, "replace", 0)
    assert (first["path"], first["target"], first["state"]) == (str(track), str(track), "written")
    assert (first["before"], first["after"]) == (["Rock"], ["Blues"])
    assert first["before_raw"]["values"] == ["(17)"]
    assert (first["before_raw"]["version"], first["before_raw"]["id3v1"]) == ("2.3", 8)
    assert first["old_sha256"] == hashlib.sha256(old).hexdigest()
    assert first["new_sha256"] == hashlib.sha256(new).hexdigest()
    assert first["identity"]["size_bytes"] == len(old)
    back = io.BytesIO()
    reverse_patch.apply(base64.b64decode(first["patch"]), io.BytesIO(new), back)
    assert back.getvalue() == old
    assert os.fsencode(second["path"]).endswith(b"b\xff.flac")
    assert (second["undone"], second["undoes"], second["reason"]) == (False, None, None)


def test_a_write_shows_the_policy_it_was_done_under(track, folder):
    other = tagged_files.vorbis(track.with_name("b.flac"))
    write_helpers.write_all(
        folder,
        WriteRequest(track, ("Blues",), policy=Policy.REPLACE),
        WriteRequest(other, ("Jazz",)),
        policy=Policy.ADD,
    )
    (batch,) = report.summarise_batches(folder)
    shown = [write.policy for write in report.summarise_writes(folder, batch.batch)]
    assert (batch.policy, shown) == ("add", ["replace", "add"])
    exported = report.export_records(folder, None, patches=False)
    assert [record["policy"] for record in exported] == ["replace", "add"]


def test_what_was_undone_and_refused_shows_in_the_export(track, folder):
    batch = apply(folder, "Blues", track)
    undo(folder)
    later = apply(folder, "Jazz", track)
    track.unlink()
    undo(folder)
    written, restored, refused = report.export_records(folder, None, patches=False)
    assert [r["state"] for r in (written, restored, refused)] == ["undone", "restored", "written"]
    assert [r["undone"] for r in (written, restored, refused)] == [True, False, False]
    assert (restored["undoes"], refused["undo_refused"]) == (0, True)
    assert [r["batch"] for r in (written, restored, refused)] == [batch, batch, later]
    assert "patch" not in written
    assert [r["number"] for r in report.export_records(folder, later, patches=False)] == [0]
    (write,) = report.summarise_writes(folder, batch)
    assert (write.path, write.state, write.before, write.after) == (
        *(track, WriteState.UNDONE, ("Rock",)),
        ("Blues",),
    )
    with pytest.raises(JournalError, match="no batch"):
        list(report.export_records(folder, "nonsense", patches=False))


def test_a_write_says_how_it_ended(track, folder, monkeypatch):
    monkeypatch.setattr(fs, "free_bytes", lambda _: 10**12)
    monkeypatch.setattr(fs, "set_mtime", lambda *_: (_ for _ in ()).throw(OSError(5, "broken")))
    apply(folder, "Blues", track)
    (write,) = report.summarise_writes(folder, journal.list_ids(folder)[0])
    assert write.state is WriteState.FAILED
    assert "broken" in write.reason


def test_an_export_does_not_hold_the_patches(tmp_path):
    way_back = os.urandom(3 << 20)
    raw = RawGenre("mp3", TagVersion.ID3V23, ("Jazz",), present=True)
    with lock.lock_journal(tmp_path), journal.create(tmp_path, policy="fill") as file:
        for k in range(8):
            path = tmp_path / "a.mp3"
            file.append(Intent(k, path, path, "t", FileStamp(1, 2, 3, 4, 5), "", "", raw, raw))
            file.append(Prepared(k, "new", way_back))
            file.append(WriteOutcome(k, OutcomeState.DONE))
    tracemalloc.start()
    try:
        sizes = [len(r["patch"]) for r in report.export_records(tmp_path, None, patches=True)]
        _, peak_bytes = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert sizes == [len(way_back) // 3 * 4] * 8
    assert peak_bytes < 8 * len(way_back)


def aged(folder, batch, *, days):
    """Make a batch look as if it had been written `days` ago; return its new id."""
    at = datetime.now(UTC) - timedelta(days=days)
    name = f"{at:%Y%m%dT%H%M%SZ}-0001"
    shutil.move(folder / f"{batch}.jsonl", folder / f"{name}.jsonl")
    return name


def test_nothing_is_removed_unless_the_user_says_so(track, folder):
    old = aged(folder, apply(folder, "Blues", track), days=9999)
    assert retention.prune(folder, days=0) == ()
    assert undo(folder) != []
    assert journal.list_ids(folder) == [old]


def test_old_settled_batches_are_removed_and_that_is_said(track, folder, caplog):
    caplog.set_level(logging.INFO)
    old = aged(folder, apply(folder, "Blues", track), days=31)
    recent = aged(folder, apply(folder, "Jazz", track), days=29)
    (result,) = undo(folder, days=30, batch=recent)
    assert result.status is WriteStatus.RESTORED
    assert journal.list_ids(folder) == [recent]
    assert f"batch {old} is older than 30 days and was removed" in caplog.text


def test_a_batch_that_is_being_undone_is_not_removed_for_its_age(track, folder):
    before = track.read_bytes()
    old = aged(folder, apply(folder, "Blues", track), days=31)
    assert [r.status for r in undo(folder, days=30, batch=old)] == [WriteStatus.RESTORED]
    assert track.read_bytes() == before
    assert journal.list_ids(folder) == [old]


@pytest.mark.logs_warnings
@pytest.mark.parametrize("kind", ["interrupted", "unclear", "gone", "damaged"])
def test_a_batch_that_is_not_wholly_settled_is_never_removed(kind, track, folder):
    old = aged(folder, apply(folder, "Blues", track), days=9999)
    path = folder / f"{old}.jsonl"
    *lines, _ = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines))
    ends = {
        "unclear": OutcomeState.UNCLEAR,
        "gone": OutcomeState.GONE,
        "damaged": OutcomeState.DONE,
    }
    if kind in ends:
        with journal.extend(journal.read_batch(path)) as file:
            file.append(WriteOutcome(0, ends[kind]))
    if kind == "damaged":
        path.write_bytes(path.read_bytes() + b"0")
    with lock.lock_journal(folder):
        assert retention.prune(folder, days=1) == ()
    assert journal.list_ids(folder) == [old]


@pytest.mark.logs_warnings
def test_a_batch_that_cannot_be_removed_stays(track, folder, monkeypatch):
    old = aged(folder, apply(folder, "Blues", track), days=31)
    monkeypatch.setattr(fs, "remove", lambda _: (_ for _ in ()).throw(OSError(30, "read-only")))
    assert retention.prune(folder, days=30) == ()
    assert journal.list_ids(folder) == [old]
