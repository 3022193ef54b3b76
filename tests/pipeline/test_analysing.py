"""The pipeline: order of events, nothing heard twice, a stop keeps exactly what was done."""

from __future__ import annotations

import contextlib
import csv
import errno
import os
import shutil
import sqlite3
import threading
from dataclasses import replace
from pathlib import Path

import mutagen
import numpy as np
import pytest
from mutagen.ogg import OggPage

from genretagger import pipeline
from genretagger.core.errors import Cancelled, ExportError, JournalError, PlanError
from genretagger.core.events import Failure, Progress, Recovered, Stage, TrackAnalysed, TrackFound
from genretagger.core.file_kinds import Condition, condition
from genretagger.core.genres import NO_MAPPING, GenreMapping
from genretagger.core.predictions import Unsure
from genretagger.core.resources import UserFolders
from genretagger.core.settings import Settings
from genretagger.core.tracks import FileStamp, TagReading, Track
from genretagger.core.writes import BatchState, Policy, WriteRequest, WriteResult, WriteStatus
from genretagger.pipeline import analysing
from genretagger.pipeline.track_workers import TrackWorkers
from genretagger.review.rows.row_events import apply_analysis, make_row
from genretagger.tagging import containers
from genretagger.tagging.disk import fs
from genretagger.tagging.journal import journal, records
from tests.helpers.samples import encode, encode_streams
from tests.helpers.waiting import running


@pytest.fixture
def context(home):
    return pipeline.Context(UserFolders(home), Settings(jobs=1))


@pytest.fixture
def music(tmp_path):
    folder = tmp_path / "music"
    folder.mkdir()
    for number, name in enumerate(("a.flac", "b.mp3", "c.ogg")):
        encode(folder / name, seconds=4, noise=0.2, seed=number)
    return folder


def analyse(music, context, *, use_cache=True):
    events = pipeline.analyse(
        [music], context=context, cancel=threading.Event(), use_cache=use_cache
    )
    return list(events)


def of(kind, events):
    return [event for event in events if isinstance(event, kind)]


def predictions(music, context):
    """Analyse and return what was heard, by audio digest."""
    heard = of(TrackAnalysed, analyse(music, context))
    return {event.audio_digest: event.prediction for event in heard}


@pytest.fixture
def not_heard_again(monkeypatch):
    def fail(*_arguments, **_named):
        pytest.fail("a track was heard again")

    monkeypatch.setattr("genretagger.library.store.Store.put_outputs", fail)


def test_tracks_are_found_then_heard_and_one_bad_file_is_one_failure(music, context):
    (music / "broken.flac").write_bytes((music / "a.flac").read_bytes()[:9000])
    events = analyse(music, context)
    assert len(of(TrackFound, events)) == 4
    analysed, failures = of(TrackAnalysed, events), of(Failure, events)
    assert {event.track.path.name for event in analysed} == {"a.flac", "b.mp3", "c.ogg"}
    (failure,) = failures
    assert failure.track is not None
    assert "broken.flac" in str(failure.error)
    for event in analysed:  # a track is found before it is judged
        assert events.index(TrackFound(event.track)) < events.index(event)
    assert events[-1] == Progress(Stage.ANALYSE, 4, 4)


def test_what_was_heard_is_not_heard_again(music, context, request):
    first = predictions(music, context)
    (music / "a.flac").rename(music / "renamed.flac")
    tags = mutagen.File(music / "b.mp3")
    tags.add_tags()
    tags.save()
    request.getfixturevalue("not_heard_again")
    again = of(TrackAnalysed, analyse(music, context))
    assert {event.audio_digest: event.prediction for event in again} == first
    assert all(event.cached for event in again)


def test_a_cut_file_is_heard_once_or_says_that_nothing_can_be_heard_of_it(music, context, request):
    whole = (music / "c.ogg").read_bytes()
    (music / "c.ogg").write_bytes(whole[: len(whole) - 3000])
    whole = encode(music / "d.m4a", seconds=4, noise=0.2).read_bytes()
    (music / "d.m4a").write_bytes(whole[: len(whole) // 2])  # its index stood at the end
    events = analyse(music, context)
    (failure,) = of(Failure, events)
    assert (failure.path.name, failure.error.key) == ("d.m4a", "cut-unheard")
    first = {event.track.path.name: event for event in of(TrackAnalysed, events)}
    assert first["c.ogg"].track.tags.read_only == "cut-off"
    (music / "d.m4a").unlink()
    request.getfixturevalue("not_heard_again")
    again = {event.track.path.name: event for event in of(TrackAnalysed, analyse(music, context))}
    assert again["c.ogg"].cached
    assert again["c.ogg"].audio_digest == first["c.ogg"].audio_digest


def test_of_the_same_audio_each_file_keeps_what_was_heard_of_it(home, context, tmp_path):
    folder = tmp_path / "streams"
    folder.mkdir()
    noise = np.random.default_rng(1).normal(0, 0.2, (1, 48_000 * 4)).astype(np.float32)
    tone = np.sin(np.arange(48_000 * 4) * 0.05)[np.newaxis].astype(np.float32)
    for default in (0, 1):
        path = folder / f"{default}.m4a"
        encode_streams(path, (noise, tone), default=default, container="mp4", codec="aac")
    first, second = sorted(
        of(TrackAnalysed, analyse(folder, context)), key=lambda event: event.track.path
    )
    assert first.audio_digest == second.audio_digest
    assert first.prediction.scores != second.prediction.scores
    again = {event.track.path: event for event in of(TrackAnalysed, analyse(folder, context))}
    for event in (first, second):
        assert again[event.track.path].cached
        assert again[event.track.path].prediction == event.prediction
        found = pipeline.details(
            event.track.path, event.hearing_key, event.prediction.model_id, context=context
        )
        assert len(found.segments) == 1


def test_the_length_of_a_file_with_wrong_times_is_not_taken_for_that_of_a_right_one(music, context):
    pages = []
    with (music / "c.ogg").open("rb") as file, contextlib.suppress(EOFError):
        while True:
            pages.append(OggPage(file))
    pages[-1].position += 44_100 * 3600
    (music / "d.ogg").write_bytes(b"".join(page.write() for page in pages))
    heard = {event.track.path.name: event for event in of(TrackAnalysed, analyse(music, context))}
    wrong, right = heard["d.ogg"], heard["c.ogg"]
    assert wrong.audio_digest == right.audio_digest
    assert right.track.tags.duration_s == pytest.approx(4, abs=0.5)
    again = {event.track.path.name: event for event in of(TrackAnalysed, analyse(music, context))}
    assert again["c.ogg"].track.tags.duration_s == right.track.tags.duration_s


def test_damage_that_is_met_on_hearing_is_said_of_the_file_from_then_on(music, context, request):
    data = encode(music / "d.ogg", seconds=12, noise=0.3).read_bytes()
    middle = data.index(b"OggS", len(data) // 2)
    (music / "d.ogg").write_bytes(data[:middle] + b"junk" * 500 + data[middle:])
    for _ in range(2):
        heard = of(TrackAnalysed, analyse(music, context))
        found = {event.track.path.name: event.track for event in heard}
        assert condition(found["d.ogg"].tags) is Condition.DAMAGED
        assert condition(found["a.flac"].tags) is Condition.WHOLE
        request.getfixturevalue("not_heard_again")


def test_another_classifier_needs_no_decoding(music, context, request):
    first = predictions(music, context)
    with sqlite3.connect(context.folders.store) as connection:
        connection.execute("DELETE FROM predictions")
    connection.close()
    request.getfixturevalue("not_heard_again")
    again = predictions(music, context)
    assert again.keys() == first.keys()
    for digest, prediction in again.items():
        assert prediction.genre == first[digest].genre
        assert prediction.confidence == pytest.approx(first[digest].confidence, abs=0.01)


def test_without_the_cache_every_track_is_heard_again(music, context):
    analyse(music, context)
    again = of(TrackAnalysed, analyse(music, context, use_cache=False))
    assert [event.cached for event in again] == [False] * 3


def stop_after(n_wanted, kind, events, *, cancel):
    """Yield `events`; ask for a stop once `n_wanted` of `kind` were seen."""
    for event in events:
        yield event
        n_wanted -= isinstance(event, kind)
        if n_wanted == 0:
            cancel.set()


def test_a_stopped_analysis_keeps_what_was_heard(music, context):
    cancel, events = threading.Event(), []
    job = pipeline.analyse([music], context=context, cancel=cancel)
    with pytest.raises(Cancelled):
        events.extend(stop_after(1, TrackAnalysed, job, cancel=cancel))
    again = of(TrackAnalysed, analyse(music, context))
    assert any(event.cached for event in again)


def test_an_analysis_that_is_closed_half_way_leaves_no_process(music, context, monkeypatch):
    pools = []

    class Noted(TrackWorkers):
        def __init__(self, *given, **named):
            super().__init__(*given, **named)
            pools.append(self)

    monkeypatch.setattr(analysing, "TrackWorkers", Noted)
    job = pipeline.analyse([music], context=context, cancel=threading.Event())
    next(event for event in job if isinstance(event, TrackAnalysed))
    pids = pools[0].pids()
    assert pids
    job.close()
    assert not running(pids)


def requests(music, genre="Rock"):
    return [WriteRequest(path, (genre,)) for path in sorted(music.iterdir())]


def test_a_stop_writes_no_file_whose_result_it_does_not_tell(music, context):
    """Files in work are written to the end; of twenty some are never begun."""
    for number in range(20):
        shutil.copy(music / "a.flac", music / f"{number:02}.flac")
    cancel, events = threading.Event(), []
    job = pipeline.apply(requests(music), context=context, policy=Policy.FILL, cancel=cancel)
    with pytest.raises(Cancelled):
        events.extend(stop_after(2, WriteResult, job, cancel=cancel))
    told = [event.path for event in of(WriteResult, events)]
    assert told == sorted(music.iterdir())[: len(told)]
    with_genre = [p for p in music.glob("*.flac") if mutagen.File(p).get("genre") == ["Rock"]]
    assert sorted(with_genre) == told
    assert 2 <= len(told) < 20
    (batch,) = pipeline.history(context=context)
    assert (batch.written, batch.state) == (len(told), BatchState.WRITTEN)


def test_a_file_asked_for_twice_stops_everything_before_the_first_write(music, context):
    twice = [*requests(music), WriteRequest(music / "a.flac", ("Pop",))]
    before = {path: path.read_bytes() for path in music.iterdir()}
    with pytest.raises(PlanError):
        list(pipeline.apply(twice, context=context, policy=Policy.FILL, cancel=threading.Event()))
    assert {path: path.read_bytes() for path in music.iterdir()} == before
    assert pipeline.history(context=context) == ()


def test_a_dry_run_judges_all_and_touches_nothing(music, context):
    before = {path: (path.read_bytes(), path.stat().st_ctime_ns) for path in music.iterdir()}
    events = pipeline.apply(
        requests(music, "hiphop"),
        context=context,
        policy=Policy.FILL,
        cancel=threading.Event(),
        dry_run=True,
    )
    results = of(WriteResult, events)
    assert [(result.status, result.after) for result in results] == [
        (WriteStatus.WRITTEN, ("Hip-Hop",))
    ] * 3
    assert {p: (p.read_bytes(), p.stat().st_ctime_ns) for p in music.iterdir()} == before
    assert pipeline.history(context=context) == ()


@pytest.mark.parametrize("is_stamped", [False, True])
@pytest.mark.parametrize("policy", Policy)
def test_a_dry_run_knows_which_names_are_of_one_file(music, context, policy, is_stamped):
    flac = encode(music / "jazz.flac", seconds=0.5, metadata={"genre": "Jazz"})
    wanted = []
    for path in (flac, music / "b.mp3"):
        for number, genres in enumerate((("Rock",), ("Rock",), ("Pop", "rock"), ("Disco",))):
            name = path.with_stem(f"link{number}") if number else path
            if number:
                name.hardlink_to(path)
            wanted.append(WriteRequest(name, genres))
    wanted = [
        replace(
            request,
            current_genres=containers.read(request.path).genres,
            stamp=FileStamp.of(request.path.stat()) if is_stamped else None,
        )
        for request in wanted
    ]

    def outcomes(*, dry_run):
        cancel = threading.Event()
        options = {"context": context, "policy": policy, "cancel": cancel, "dry_run": dry_run}
        found = of(WriteResult, pipeline.apply(wanted, **options))
        return [(result.status, result.before, result.after) for result in found]

    dry = outcomes(dry_run=True)
    assert outcomes(dry_run=False) == dry
    assert WriteStatus.REFUSED not in {status for status, _, _ in dry}


def test_only_confident_and_sure_verdicts_become_requests(music, context):
    event = of(TrackAnalysed, analyse(music, context))[0]

    def row(*, confidence, unsure=None, mapping=NO_MAPPING):
        changed = {"confidence": confidence, "unsure": unsure, "genre": "hiphop"}
        heard = replace(event, prediction=replace(event.prediction, **changed))
        return apply_analysis(make_row(event.track), heard, mapping=mapping)

    wanted = pipeline.request_for(row(confidence=0.9), min_confidence=0.9, policy=Policy.FILL)
    assert isinstance(wanted, WriteRequest)
    assert wanted.genres == ("Hip-Hop",)
    assert wanted.audio_digest == event.audio_digest
    mapped = pipeline.request_for(
        row(confidence=0.9, mapping=GenreMapping((("hiphop", ("Rap", "Urban")),))),
        min_confidence=0.9,
        policy=Policy.FILL,
    )
    assert isinstance(mapped, WriteRequest)
    assert mapped.genres == ("Rap", "Urban")
    for poor in (row(confidence=0.89), row(confidence=0.95, unsure=Unsure.SEGMENTS_DISAGREE)):
        skipped = pipeline.request_for(poor, min_confidence=0.9, policy=Policy.FILL)
        assert isinstance(skipped, WriteResult)
        assert skipped.status is WriteStatus.SKIPPED
        assert event.track.path.name in str(skipped.reason)


@pytest.mark.parametrize(
    ("policy", "genres"),
    [
        (Policy.FILL, ("Dub",)),
        (Policy.ADD, ("Dub", "Reggae")),
        (Policy.CORRECT, ("Dub",)),
        (Policy.REPLACE, ("Dub",)),
    ],
)
def test_no_policy_replaces_a_finer_genre_unasked(policy, genres, music, context):
    tags = mutagen.File(music / "a.flac")
    tags["genre"] = ["Dub"]
    tags.save()
    (event,) = [e for e in of(TrackAnalysed, analyse(music, context)) if e.track.tags.genres]

    def row(genre):
        heard = replace(event.prediction, genre=genre, confidence=0.9, unsure=None)
        return apply_analysis(make_row(event.track), replace(event, prediction=heard))

    answer = pipeline.request_for(row("reggae"), min_confidence=0.5, policy=policy)
    if isinstance(answer, WriteRequest):
        job = pipeline.apply([answer], context=context, policy=policy, cancel=threading.Event())
        of(WriteResult, job)
    else:
        assert answer.status is WriteStatus.SKIPPED
    if policy is Policy.REPLACE:
        assert "Dub is a kind of Reggae" in str(answer.reason)
        other = pipeline.request_for(row("rock"), min_confidence=0.5, policy=policy)
        assert isinstance(other, WriteRequest)
    assert tuple(mutagen.File(music / "a.flac")["genre"]) == genres


def test_a_container_that_is_read_only_says_so_without_looking_at_the_file(music, context):
    encode(music / "d.ac3", seconds=4, noise=0.2)
    found = of(TrackFound, analyse(music, context))
    tracks = {event.track.path.name: event.track for event in found}
    for path in music.iterdir():
        path.unlink()
    assert pipeline.read_only_reason(tracks["a.flac"], context=context) is None
    refused = pipeline.read_only_reason(tracks["d.ac3"], context=context)
    assert "d.ac3 is not written" in str(refused)


@pytest.mark.parametrize("allowed", [False, True])
def test_id3v2_2_is_read_only_unless_the_setting_allows_its_upgrade(allowed, context):
    settings = replace(context.settings, upgrade_id3v22=allowed)
    tags = TagReading("mp3", read_only="id3v22-read-only")
    found = Track(Path("a.mp3"), tags, FileStamp(1, 2, 3, 4, 5))
    refused = pipeline.read_only_reason(found, context=replace(context, settings=settings))
    assert (refused is None) == allowed


def test_fill_leaves_out_what_has_a_genre_and_a_refusal_says_what_is_there(music, context):
    tags = mutagen.File(music / "a.flac")
    tags["genre"] = ["Jazz"]
    tags.save()
    (event,) = [e for e in of(TrackAnalysed, analyse(music, context)) if e.track.tags.genres]
    row = apply_analysis(make_row(event.track), event)
    skipped = pipeline.request_for(row, min_confidence=0.0, policy=Policy.FILL)
    assert isinstance(skipped, WriteResult)
    assert (skipped.status, skipped.before) == (WriteStatus.SKIPPED, ("Jazz",))
    assert "has a genre already" in str(skipped.reason)
    request = WriteRequest(music / "a.flac", ("Rock",), current_genres=("Pop",))
    job = pipeline.apply(
        [request], context=context, policy=Policy.REPLACE, cancel=threading.Event()
    )
    (refused,) = of(WriteResult, job)
    assert refused.status is WriteStatus.REFUSED
    assert refused.before == refused.after == ("Jazz",)


def written(music, context, genre="Rock"):
    """Write `genre` and return the results."""
    job = pipeline.apply(
        requests(music, genre), context=context, policy=Policy.REPLACE, cancel=threading.Event()
    )
    return list(job)


def undone(context):
    return list(pipeline.undo(None, context=context, cancel=threading.Event()))


def break_journal(fault, folder, monkeypatch):
    """Make the journal unusable in one way."""
    number = errno.ENOSPC if fault == "append" else errno.EROFS

    def fail(*_arguments, **_named):
        raise OSError(number, os.strerror(number))

    if fault == "newer":
        folder.mkdir(parents=True, exist_ok=True)
        header = records.Header(99, "9.0", "fill", "")
        (folder / "20200101T000000Z-0001.jsonl").write_bytes(records.encode_record(header))
    elif fault == "a file":
        if folder.is_dir():
            folder.rename(folder.with_name("aside"))
        folder.parent.mkdir(exist_ok=True)
        folder.write_bytes(b"")
    else:  # a full disk; a folder or a file system that cannot be written
        monkeypatch.setattr(fs, fault, fail)


@pytest.mark.parametrize("fault", ["append", "open_append", "open_update", "a file", "newer"])
def test_without_a_usable_journal_nothing_is_written_or_restored(
    fault, music, context, monkeypatch
):
    def contents():
        return {path: path.read_bytes() for path in music.iterdir()}

    before = contents()
    with monkeypatch.context() as patches:
        break_journal(fault, context.folders.journal, patches)
        with pytest.raises(JournalError, match=r"cannot be used|newer Genretagger") as raised:
            written(music, context)
    assert contents() == before
    assert "\n" not in str(raised.value)
    for path in (context.folders.journal, *context.folders.journal.glob("2020*")):
        if path.is_file():
            path.unlink()
    written(music, context)
    between = contents()
    break_journal(fault, context.folders.journal, monkeypatch)
    with pytest.raises(JournalError, match=r"cannot be used|newer Genretagger"):
        undone(context)
    assert contents() == between


def test_what_an_earlier_run_left_is_told_before_anything_else(music, context):
    for job in (lambda: written(music, context, "Pop"), lambda: undone(context)):
        written(music, context)
        path = context.folders.journal / f"{max(journal.list_ids(context.folders.journal))}.jsonl"
        lines = path.read_bytes().splitlines(keepends=True)
        path.write_bytes(b"".join(lines[:-1]))  # killed before the last outcome
        (told,) = of(Recovered, events := job())
        assert told.result.status is WriteStatus.WRITTEN
        assert len(of(WriteResult, events)) == 3


def test_a_batch_that_is_too_old_is_removed_before_a_new_one(music, context):
    written(music, context)
    (recent,) = journal.list_ids(context.folders.journal)
    old = "20200101T000000Z-0001"
    (context.folders.journal / f"{recent}.jsonl").rename(context.folders.journal / f"{old}.jsonl")
    written(music, context, "Pop")
    assert old in journal.list_ids(context.folders.journal)
    short = replace(context, settings=Settings(keep_history_days=30))
    written(music, short, "Jazz")
    assert len(journal.list_ids(context.folders.journal)) == 2
    assert old not in journal.list_ids(context.folders.journal)


def table(place):
    with place.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_the_history_is_exported_as_a_table(music, context, tmp_path):
    written(music, context)
    first, *others = sorted(music.iterdir())
    job = pipeline.undo(None, context=context, cancel=threading.Event(), files=[first])
    assert [one.path for one in of(WriteResult, job)] == [first]
    place = tmp_path / "history.csv"
    assert pipeline.export_history_table(place, context=context).n_tracks == 4
    lines = table(place)
    assert [(line["path"], line["state"]) for line in lines] == [
        (str(first), "undone"),
        *((str(path), "written") for path in others),
        (str(first), "restored"),
    ]
    assert [(line["before"], line["after"]) for line in lines[::3]] == [("", "Rock"), ("Rock", "")]
    assert [line["undoes"] for line in lines] == ["", "", "", lines[0]["number"]]
    assert {line["policy"] for line in lines} == {"replace"}


def test_an_exported_genre_is_no_formula(music, context, tmp_path):
    written(music, context, "=1+1")
    place = tmp_path / "history.csv"
    pipeline.export_history_table(place, context=context)
    assert {line["after"] for line in table(place)} == {"'=1+1"}


def test_nothing_is_lost_by_an_export_of_the_history(music, context, tmp_path):
    place = tmp_path / "history.csv"
    with pytest.raises(ExportError, match="nothing has been written"):
        pipeline.export_history_table(place, context=context)
    assert not place.exists()
    written(music, context)
    song = music / "a.flac"
    for taken in (song, music):
        with pytest.raises(ExportError):
            pipeline.export_history_table(taken, context=context, replaces=True)
    place.write_text("mine")
    with pytest.raises(ExportError, match="exists"):
        pipeline.export_history_table(place, context=context)
    assert place.read_text() == "mine"
    pipeline.export_history_table(place, context=context, replaces=True)
    assert len(table(place)) == 3


def without_length(path):
    """Write a FLAC as an encoder does that cannot go back: its header counts no samples."""
    content = bytearray(encode(path, seconds=4, noise=0.2, seed=9).read_bytes())
    content[18:26] = (int.from_bytes(content[18:26], "big") >> 36 << 36).to_bytes(8, "big")
    path.write_bytes(content)
    return path


def lengths(music, context, name):
    """Return what a scan shows of the length of a track, and what stands there at the end."""
    events = analyse(music, context)
    (found,) = [one for one in of(TrackFound, events) if one.track.path.name == name]
    (heard,) = [one for one in of(TrackAnalysed, events) if one.track.path.name == name]
    return found.track.tags.duration_s, heard.track.tags.duration_s


def test_the_length_that_was_heard_is_shown_from_then_on(music, context, request):
    path = without_length(music / "pipe.flac")
    assert lengths(music, context, "pipe.flac") == (None, pytest.approx(4.0))
    request.getfixturevalue("not_heard_again")
    assert lengths(music, context, "pipe.flac") == (pytest.approx(4.0), pytest.approx(4.0))
    os.utime(path, (1, 1))  # the stamp is another, the audio is the same
    assert lengths(music, context, "pipe.flac") == (None, pytest.approx(4.0))


def test_a_length_that_was_guessed_is_known_once_it_was_heard(music, context):
    encode(music / "guess.mp3", seconds=4, options={"write_xing": "0"})
    (event,) = [
        one for one in of(TrackAnalysed, analyse(music, context)) if one.track.path.stem == "guess"
    ]
    assert containers.read(event.track.path).duration_estimated
    assert not event.track.tags.duration_estimated
    assert event.track.tags.duration_s == pytest.approx(4.0, abs=0.1)


def test_the_length_in_a_musepack_header_stays(music, context):
    encode(music / "a.mpc", seconds=4, noise=0.2)  # which ends within its third packet, of 1.67 s
    assert lengths(music, context, "a.mpc") == (pytest.approx(4.0), pytest.approx(4.0))


def test_what_an_earlier_version_heard_is_heard_again(music, context):
    analyse(music, context)
    connection = sqlite3.connect(context.folders.store)
    connection.executescript("DROP TABLE durations; PRAGMA user_version = 1")
    connection.close()
    assert not any(one.cached for one in of(TrackAnalysed, analyse(music, context)))
    assert all(one.cached for one in of(TrackAnalysed, analyse(music, context)))
