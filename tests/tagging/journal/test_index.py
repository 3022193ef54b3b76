"""The index: what it says is what the files say, however old, damaged or absent it is."""

import json
import os
import threading

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from genretagger.core.errors import JournalError
from genretagger.core.writes import BatchState
from genretagger.tagging.disk import lock
from genretagger.tagging.journal import index, journal, report
from genretagger.tagging.journal.glance import glance
from genretagger.tagging.journal.records import (
    Header,
    OutcomeState,
    Prepared,
    WriteOutcome,
    encode_record,
    frame_line,
)
from tests.helpers import tagged_files
from tests.helpers.write_helpers import undo, write
from tests.tagging.journal.test_journal import intent, records, written


@pytest.fixture
def looked_at(monkeypatch):
    """Return the ids of the batches that are read, as they are read."""
    ids = []

    def noted(path):
        ids.append(path.stem)
        return glance(path)

    monkeypatch.setattr(index, "glance", noted)
    return ids


def require_same(path):
    """Assert that a glance says of a file what decoding it says."""
    log, looked = journal.read_batch(path), glance(path)
    assert looked.ends == log.ends
    assert (looked.header, looked.n_damaged) == (log.header, log.damaged)
    assert looked.is_readable == bool(log.header or log.entries)


states = st.sampled_from([*OutcomeState, None])


@pytest.mark.logs_warnings
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.tuples(states, states, st.booleans()), max_size=10), st.data())
def test_a_glance_says_what_decoding_says_however_the_file_is_damaged(
    tmp_path_factory, writes, data
):
    folder = tmp_path_factory.mktemp("journal")
    with lock.lock_journal(folder), journal.create(folder, policy="fill") as file:
        for number, (first, second, is_undo) in enumerate(writes):
            file.append(intent(number, undoes=number - 1 if is_undo and number else None))
            file.append(Prepared(number, "new", b"patch"))
            for state in (first, second):
                if state is not None:
                    file.append(WriteOutcome(number, state, 'a "reason" \\'))
    require_same(file.path)
    content = bytearray(file.path.read_bytes())
    at = data.draw(st.integers(0, len(content) - 1))
    content[at] = data.draw(st.integers(0, 255))
    file.path.write_bytes(content[: data.draw(st.integers(at, len(content)))])
    require_same(file.path)


@pytest.mark.logs_warnings
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(records, max_size=6))
def test_a_glance_at_any_records_says_what_decoding_says(tmp_path_factory, records):
    path = tmp_path_factory.mktemp("journal") / "20260101T000000Z-0000.jsonl"
    path.write_bytes(b"".join(map(encode_record, records)))
    require_same(path)


def test_only_what_changed_is_read(tmp_path, looked_at):
    paths = [written(tmp_path, n=1) for _ in range(5)]
    report.summarise_batches(tmp_path)
    assert sorted(looked_at) == [path.stem for path in paths]
    looked_at.clear()
    report.summarise_batches(tmp_path)
    assert list(index.read_open(tmp_path)) == []
    assert looked_at == []
    with journal.extend(journal.read_batch(paths[2])) as file:
        file.append(intent(1))
    assert [log.path for log in index.read_open(tmp_path)] == [paths[2]]
    assert looked_at == [paths[2].stem]
    paths[3].unlink()
    assert len(report.summarise_batches(tmp_path)) == 4
    assert looked_at == [paths[2].stem]


def test_a_batch_reads_no_journal_but_that_of_the_batch_before(tmp_path, folder, looked_at):
    music = tmp_path / "music"
    music.mkdir()
    track = tagged_files.make("mp3 2.3 text", music)
    for genre in ("Rock", "Blues", "Jazz", "Rock"):
        looked_at.clear()
        write(track, genre, folder=folder)
        assert len(looked_at) <= 1
    (folder / "index").write_bytes(b"")  # undo does not need it
    for _ in range(4):
        assert len(undo(folder)) == 1
    assert undo(folder) == []


def damage(content):
    yield b""
    yield content[: len(content) // 2]
    yield content.replace(b"written", b"undone ")
    yield b"\xff" * 100
    for stored in ([], {}, {"version": 2}, {"version": 1, "batches": {"x": [[1], 2]}}):
        yield frame_line(json.dumps(stored).encode())
    yield frame_line(json.dumps({"version": 1, "batches": 3}).encode())


def test_a_damaged_or_newer_index_is_made_anew(tmp_path):
    written(tmp_path)
    summaries = report.summarise_batches(tmp_path)
    content = (tmp_path / "index").read_bytes()
    for damaged in damage(content):
        (tmp_path / "index").write_bytes(damaged)
        assert report.summarise_batches(tmp_path) == summaries
        assert (tmp_path / "index").read_bytes() == content


def test_an_index_that_cannot_be_written_is_done_without(tmp_path):
    written(tmp_path)
    (tmp_path / "index").mkdir()
    for _ in range(2):
        assert [s.written for s in report.summarise_batches(tmp_path)] == [2]
    assert list(index.read_open(tmp_path)) == []


def pipe(path):
    """Put a pipe in the place of a file; who opened it for reading would wait for ever."""
    path.unlink(missing_ok=True)
    os.mkfifo(path)
    return path


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_in_the_place_of_the_index_blocks_nobody(tmp_path):
    written(tmp_path)
    summaries = report.summarise_batches(tmp_path)
    index_file = pipe(tmp_path / "index")
    assert report.summarise_batches(tmp_path) == summaries
    assert index_file.is_file()
    pipe(index_file)
    assert list(index.read_open(tmp_path)) == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_in_the_place_of_a_batch_is_named(tmp_path):
    path = pipe(written(tmp_path))
    for read in (report.summarise_batches, lambda folder: journal.find(folder, path.stem)):
        with pytest.raises(JournalError, match=rf"{path.name} .* \(not a regular file\)"):
            read(tmp_path)


def test_a_journal_of_a_newer_program_is_never_indexed(tmp_path):
    written(tmp_path)
    newer = tmp_path / "20260101T000000Z-0000.jsonl"
    newer.write_bytes(encode_record(Header(99, "9.0", "fill", "")))
    for _ in range(2):
        with pytest.raises(JournalError, match="newer Genretagger"):
            report.summarise_batches(tmp_path)
        with pytest.raises(JournalError, match="newer Genretagger"):
            list(index.read_open(tmp_path))


def test_what_another_process_writes_is_being_written(tmp_path):
    with lock.lock_journal(tmp_path), journal.create(tmp_path, policy="fill") as file:
        for number in range(3):
            file.append(intent(number))
        file.append(WriteOutcome(1, OutcomeState.DONE))
        (summary,) = report.summarise_batches(tmp_path, is_busy=True)
        writes = report.summarise_writes(tmp_path, summary.batch, is_busy=True)
    assert summary.state is BatchState.BEING_WRITTEN
    assert [write.state.value for write in writes] == ["being written", "written", "being written"]
    (summary,) = report.summarise_batches(tmp_path)
    assert summary.state is BatchState.INTERRUPTED


def test_many_who_make_the_index_at_once_all_read_the_truth(tmp_path):
    for _ in range(20):
        written(tmp_path, n=1)
    counts, errors = [], []

    def read():
        try:
            for _ in range(20):
                (tmp_path / "index").unlink(missing_ok=True)
                counts.append(len(report.summarise_batches(tmp_path)))
        except BaseException as error:  # noqa: BLE001
            errors.append(error)

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert set(counts) == {20}


def test_writes_begun_at_once_are_told_in_their_order(tmp_path):
    with lock.lock_journal(tmp_path), journal.create(tmp_path, policy="fill") as file:
        for number in (2, 0, 1):
            file.append(intent(number))
            file.append(WriteOutcome(number, OutcomeState.DONE))
    log = journal.read_batch(file.path)
    assert [entry.intent.number for entry in log.undoable] == [0, 1, 2]
    with journal.extend(log) as file:
        assert file.take_number() == 3
