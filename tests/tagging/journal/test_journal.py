"""The journal: what was recorded is read back, however the file ends."""

import dataclasses
import errno
import json
import logging
import os
import re
import threading
import tracemalloc
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from genretagger.core.errors import JournalError
from genretagger.core.tracks import FileStamp, RawGenre, TagVersion
from genretagger.core.writes import BatchState
from genretagger.tagging.disk import fs, lock
from genretagger.tagging.journal import index, journal, report
from genretagger.tagging.journal.framing import PatchReader
from genretagger.tagging.journal.records import (
    Header,
    Intent,
    OutcomeState,
    Prepared,
    WriteOutcome,
    decode_record,
    encode_record,
)
from tests.helpers.waiting import LIMIT_S, wait_for

numbers = st.integers(0, 2**63)
text = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
names = st.binary(min_size=1, max_size=30).filter(lambda b: b"\0" not in b).map(os.fsdecode)
paths = names.map(lambda name: Path("/music") / name.replace("/", "_"))
stamps = st.builds(FileStamp, numbers, numbers, numbers, numbers, numbers)
genres = st.builds(
    RawGenre,
    st.sampled_from(["mp3", "flac"]),
    st.sampled_from(TagVersion),
    st.lists(text, max_size=3).map(tuple),
    st.booleans(),
    st.none() | st.integers(0, 255),
)
intents = st.builds(
    Intent, numbers, paths, paths, text, stamps, text, text, genres, genres, st.none() | numbers
)
records = st.one_of(
    st.builds(Header, st.just(1), text, text, text),
    intents,
    st.builds(Prepared, numbers, text, st.none() | st.binary()),
    st.builds(WriteOutcome, numbers, st.sampled_from(OutcomeState), text),
)


def intent(n, *, undoes=None):
    raw = RawGenre("mp3", TagVersion.ID3V23, ("Jazz",), present=True)
    stamp = FileStamp(1, 2, 3, 4, 5)
    return Intent(n, Path("/a"), Path("/a"), "t", stamp, "old", "audio", raw, raw, undoes)


def test_the_versions_of_tags_that_journals_hold_keep_their_values():
    assert {version.value for version in TagVersion} == {
        *("", "1", "2", "2.2", "2.3", "2.4", "APEv2", "gnre")
    }


@given(records)
def test_a_record_is_read_back_as_it_was(record):
    line = encode_record(record)
    assert line.isascii()
    assert line.count(b"\n") == 1
    assert decode_record(line[:-1]) == record


@given(records, st.data())
def test_a_damaged_record_is_noticed(record, data):
    line = bytearray(encode_record(record)[:-1])
    at = data.draw(st.integers(0, len(line) - 1))
    line[at] ^= data.draw(st.integers(1, 255))
    assert decode_record(bytes(line)) is None


def written(folder, *, policy="fill", n=2):
    with lock.lock_journal(folder), journal.create(folder, policy=policy) as file:
        for k in range(n):
            file.append(intent(k))
            file.append(Prepared(k, "new", b"patch"))
            file.append(WriteOutcome(k, OutcomeState.DONE))
    return file.path


def test_a_batch_is_summarised(tmp_path):
    path = written(tmp_path, policy="add")
    (summary,) = report.summarise_batches(tmp_path)
    assert (summary.batch, summary.policy, summary.state) == (path.stem, "add", BatchState.WRITTEN)
    assert (summary.written, summary.undone, summary.damaged) == (2, 0, False)
    assert re.fullmatch(r"\d{8}T\d{6}Z-[0-9a-f]{4}", summary.batch)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", summary.at_utc)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(errno.EIO, "broken"), r"\(broken\)"),
        (MemoryError(), os.strerror(errno.ENOMEM)),
        (ValueError("a bug"), "an earlier record"),
    ],
    ids=repr,
)
def test_whatever_keeps_a_record_from_the_disk_is_told_to_all_who_wait_for_theirs(
    error, said, tmp_path, monkeypatch
):
    """A thread that went on would swap its file, and no record would lead back."""
    plain, is_appending, are_all_there = fs.append, threading.Event(), threading.Event()

    def slow(stream, data):
        monkeypatch.setattr(fs, "append", fail)
        is_appending.set()
        assert are_all_there.wait(LIMIT_S)
        plain(stream, data)

    def fail(_stream, _data):
        monkeypatch.setattr(fs, "append", plain)  # the disk could be written to again
        raise error

    with lock.lock_journal(tmp_path), journal.create(tmp_path, policy="fill") as file:
        monkeypatch.setattr(fs, "append", slow)
        with ThreadPoolExecutor(4) as threads:
            first = threads.submit(file.append, intent(0))
            assert is_appending.wait(LIMIT_S)
            others = [threads.submit(file.append, intent(number)) for number in (1, 2, 3)]
            wait_for(lambda: len(file._lines) == len(others))  # they go to the disk together
            are_all_there.set()
        with pytest.raises(JournalError, match=said):
            file.append(intent(4))
    assert first.exception() is None
    assert all(other.exception() for other in others)
    log = journal.read_batch(file.path)
    assert [entry.intent.number for entry in log.entries] == [0]


@pytest.mark.parametrize("error", [OSError(errno.EIO, "broken"), KeyboardInterrupt()], ids=repr)
def test_a_batch_without_a_header_leaves_no_file(error, tmp_path, monkeypatch):
    def fail(stream, data):
        stream.write(data[: len(data) // 2])
        raise error

    monkeypatch.setattr(fs, "append", fail)
    with (
        lock.lock_journal(tmp_path),
        pytest.raises((JournalError, KeyboardInterrupt)),
        journal.create(tmp_path, policy="fill"),
    ):
        pytest.fail("the batch began")
    assert journal.list_ids(tmp_path) == []


@pytest.mark.logs_warnings
def test_a_file_cut_at_any_byte_loses_at_most_its_last_record(tmp_path, caplog):
    path = written(tmp_path)
    data = path.read_bytes()
    ends = [at + 1 for at, byte in enumerate(data) if byte == ord("\n")]
    for size in range(len(data)):
        path.write_bytes(data[:size])
        caplog.clear()
        log = journal.read_batch(path)
        whole = sum(end - 1 <= size for end in ends)
        count = (log.header is not None) + sum(
            1 + (e.prepared is not None) + (e.outcome is not None) for e in log.entries
        )
        assert count == whole
        is_cut = size not in (*ends, *(end - 1 for end in ends))
        assert (log.damaged == 1) is is_cut
        assert bool(caplog.records) is is_cut


@pytest.mark.logs_warnings
@pytest.mark.parametrize("flip", [0x01, 0x80, ord("\n")])
def test_a_damaged_byte_anywhere_costs_its_own_record_only(flip, tmp_path):
    path = written(tmp_path)
    data = path.read_bytes()
    whole = [line for line in data.split(b"\n") if line]
    starts = [data.index(line) for line in whole]
    for at in range(len(data)):
        damaged = bytearray(data)
        damaged[at] = flip if flip == ord("\n") and data[at] != flip else data[at] ^ flip
        path.write_bytes(damaged)
        log = journal.read_batch(path)
        count = (log.header is not None) + sum(
            1 + (e.prepared is not None) + (e.outcome is not None) for e in log.entries
        )
        is_newline = data[at] == ord("\n")
        hit = sum(start <= at for start in starts) - 1
        # Without its intent a write is unknown: what follows of it is whole, but means nothing.
        of_intent = 2 if whole[hit].startswith(b'{"record":"intent"', 18) else 0
        assert count == len(whole) - (0 if is_newline else 1 + of_intent), at
        assert bool(log.damaged) is not is_newline, at


@pytest.mark.logs_warnings
def test_a_lost_newline_hides_no_unsettled_write(tmp_path):
    path = written(tmp_path)
    lines = path.read_bytes().split(b"\n")
    for n_lines in (2, 3):  # the header and the intent, or the prepared record too
        path.write_bytes(b"x".join(lines[:n_lines]) + b"x\n")
        (log,) = index.read_open(tmp_path)
        assert [e.intent.number for e in log.unsettled] == [0]
        assert PatchReader(path).read(0) == (b"patch" if n_lines == 3 else None)


@pytest.mark.logs_warnings
def test_records_can_follow_a_cut_one(tmp_path):
    path = written(tmp_path)
    data = path.read_bytes()
    for lost in (1, 5, 60):
        path.write_bytes(data[:-lost])
        log = journal.read_batch(path)
        with journal.extend(log) as file:
            assert file.next_number == 2
            file.append(intent(2))
            file.append(WriteOutcome(2, OutcomeState.FAILED))
        log = journal.read_batch(path)
        assert len(log.entries) == 3
        assert log.entries[2].outcome == WriteOutcome(2, OutcomeState.FAILED)


@pytest.mark.logs_warnings
def test_a_damaged_record_in_the_middle_costs_only_itself(tmp_path, caplog):
    path = written(tmp_path)
    lines = path.read_bytes().split(b"\n")
    lines[2] = lines[2].replace(b"new", b"old")
    path.write_bytes(b"\n".join(lines))
    (summary,) = report.summarise_batches(tmp_path)
    assert (summary.written, summary.damaged) == (2, True)
    assert str(path) in caplog.text


def test_a_newer_schema_is_refused_in_one_sentence(tmp_path):
    path = written(tmp_path)
    header = Header(99, "9.0", "fill", "")
    path.write_bytes(encode_record(header))
    with pytest.raises(JournalError, match="newer Genretagger"):
        report.summarise_batches(tmp_path)
    with pytest.raises(JournalError, match="newer Genretagger"):  # as before each write
        list(index.read_open(tmp_path))


def test_a_kind_of_record_that_is_not_known_is_noticed_before_a_write(tmp_path):
    path = written(tmp_path)
    path.write_bytes(path.read_bytes() + line_of({"record": "moved", "number": 0}))
    with pytest.raises(JournalError, match="newer Genretagger"):
        list(index.read_open(tmp_path))


def test_a_journal_folder_that_cannot_be_listed_is_one_sentence(tmp_path):
    (tmp_path / "journal").write_bytes(b"")
    with pytest.raises(JournalError, match="cannot be used"):
        report.summarise_batches(tmp_path / "journal")


def test_the_size_of_a_batch_is_told(tmp_path):
    path = written(tmp_path)
    (summary,) = report.summarise_batches(tmp_path)
    assert summary.size_bytes == path.stat().st_size


def test_a_new_batch_is_always_the_newest(tmp_path):
    ids = [written(tmp_path, n=1).stem for _ in range(5)]
    (tmp_path / "29990101T000000Z-0001.jsonl").write_bytes(encode_record(Header(1, "", "", "")))
    ids.append("29990101T000000Z-0001")
    ids.append(written(tmp_path, n=1).stem)  # the clock went back
    assert ids == sorted(ids)
    assert [s.batch for s in report.summarise_batches(tmp_path)] == ids[::-1]


def test_other_files_in_the_folder_do_not_matter(tmp_path):
    written(tmp_path)
    (tmp_path / "notes.jsonl").write_text("hello")
    for name in ("29991231T235959Z-0630 (copy)", "29991231T235959Z-063", "2999123aT235959Z-0630"):
        (tmp_path / f"{name}.jsonl").write_text("hello")
    assert len(report.summarise_batches(tmp_path)) == 1
    written(tmp_path)
    assert len(report.summarise_batches(tmp_path)) == 2


def line_of(stored):
    body = json.dumps(stored).encode("ascii")
    return b"%08x %08x %s\n" % (len(body), zlib.crc32(body), body)


@pytest.mark.parametrize(
    "stored",
    [
        {"record": "outcome", "number": 0, "state": "paused", "reason": ""},
        {"record": "outcome", "number": 0, "state": "done", "reason": "", "more": 1},
        {"record": "outcome", "number": 0},
        {"record": "paused"},
        {"record": ["outcome"]},
        {"record": "intent", "before": 1},
        {"schema": "one"},
        [],
        None,
    ],
)
def test_a_whole_record_that_is_not_understood_comes_from_a_newer_program(stored, tmp_path):
    path = written(tmp_path)
    with path.open("ab") as stream:
        stream.write(line_of(stored))
    with pytest.raises(JournalError, match="newer Genretagger"):
        report.summarise_batches(tmp_path)


def test_no_folder_is_no_history(tmp_path):
    assert report.summarise_batches(tmp_path / "none") == ()


def test_a_journal_that_cannot_be_read_is_one_sentence(tmp_path):
    path = written(tmp_path)
    path.unlink()
    path.mkdir()
    with pytest.raises(JournalError, match="cannot be used"):
        report.summarise_batches(tmp_path)


steps = st.lists(
    st.tuples(
        st.sampled_from(["write", "undo"]),
        st.sampled_from(
            [
                OutcomeState.DONE,
                OutcomeState.FAILED,
                OutcomeState.ROLLED_BACK,
                OutcomeState.UNCLEAR,
                None,
            ]
        ),
    ),
    max_size=12,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(steps)
def test_the_counts_follow_any_sequence_of_writes_and_undos(tmp_path_factory, steps):
    folder = tmp_path_factory.mktemp("journal")
    standing, written_n, undone_n, open_n = [], 0, 0, 0
    with lock.lock_journal(folder), journal.create(folder, policy="fill") as file:
        for n, (kind, state) in enumerate(steps):
            undoes = standing[-1] if kind == "undo" and standing else None
            file.append(intent(n, undoes=undoes))
            open_n += state is None
            if state is None:
                continue
            file.append(WriteOutcome(n, state))
            if state is OutcomeState.DONE and undoes is None:
                standing.append(n)
                written_n += 1
            elif state is OutcomeState.DONE:
                standing.remove(undoes)
                undone_n += 1
    (summary,) = report.summarise_batches(folder)
    assert (summary.written, summary.undone) == (written_n, undone_n)
    assert (summary.state is BatchState.INTERRUPTED) is (open_n > 0)
    log = journal.find(folder, None)
    assert ([e.intent.number for e in log.undoable] if log else []) == standing


def test_the_format_is_what_it_says(tmp_path):
    line = written(tmp_path).read_bytes().split(b"\n")[1]
    size, crc, body = line.split(b" ", 2)
    assert int(size, 16) == len(body)
    assert len(crc) == 8
    stored = json.loads(body)
    assert stored["record"] == "intent"
    names = {field.name for field in dataclasses.fields(Intent)}
    assert set(stored) == {"record", *names} - {"policy"}, "an older program can read it"
    logging.getLogger(__name__).debug("%s", stored)


def test_the_history_does_not_hold_the_patches(tmp_path):
    patch = os.urandom(3 << 20)
    with lock.lock_journal(tmp_path), journal.create(tmp_path, policy="fill") as file:
        for k in range(8):
            file.append(intent(k))
            file.append(Prepared(k, "new", patch))
            file.append(WriteOutcome(k, OutcomeState.DONE))
    tracemalloc.start()
    try:
        (summary,) = report.summarise_batches(tmp_path)
        _, peak_bytes = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert summary.written == 8
    assert peak_bytes < 8 * len(patch)  # a few lines at a time
    log = journal.find(tmp_path, None)
    patches = PatchReader(log.path)
    assert [patches.read(e.intent.number) for e in log.undoable] == [patch] * 8
    (log,) = journal.read_all(tmp_path)
    assert [e.prepared.new_sha256 for e in log.entries] == ["new"] * 8


@given(steps)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_a_glance_finds_the_batches_with_unsettled_writes(tmp_path_factory, steps):
    folder = tmp_path_factory.mktemp("journal")
    states = [state for _, state in steps]
    with lock.lock_journal(folder), journal.create(folder, policy="fill") as file:
        for n, state in enumerate(states):
            file.append(intent(n))
            if state is not None:
                file.append(WriteOutcome(n, state))
                file.append(WriteOutcome(n, OutcomeState.LEFT_ALONE))
    unsettled = [e.intent.number for log in index.read_open(folder) for e in log.unsettled]
    assert unsettled == [n for n, state in enumerate(states) if state is None]


@pytest.mark.logs_warnings
def test_a_glance_takes_no_damaged_outcome_for_one(tmp_path):
    path = written(tmp_path, n=1)
    data = path.read_bytes()
    assert list(index.read_open(tmp_path)) == []
    for damaged in (data[:-2], data[:-10], data[:-4] + b"x" + data[-3:]):
        path.write_bytes(damaged)
        (log,) = index.read_open(tmp_path)
        assert [e.intent.number for e in log.unsettled] == [0]


def test_records_have_in_the_file_the_names_that_earlier_versions_gave_them():
    written = (
        Header(1, "p", "fill", "t"),
        intent(0),
        Prepared(0, "new", None),
        WriteOutcome(0, OutcomeState.DONE),
    )
    stored = [json.loads(encode_record(record).split(b" ", 2)[2]) for record in written]
    assert [record["record"] for record in stored] == ["header", "intent", "prepared", "outcome"]


def test_a_whole_record_that_is_nested_beyond_measure_is_of_a_newer_program():
    body = b"[" * 50_000
    with pytest.raises(JournalError):
        decode_record(b"%08x %08x %s" % (len(body), zlib.crc32(body), body))
