"""Undo after files were moved: they are found by their bytes, else by audio and genre."""

import functools
import os
import shutil
import tempfile
import threading
from datetime import datetime, timedelta
from pathlib import Path

import mutagen
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from genretagger import pipeline
from genretagger.core.errors import Cancelled
from genretagger.core.events import Progress, Stage
from genretagger.core.resources import UserFolders
from genretagger.core.settings import Settings
from genretagger.core.writes import (
    BatchState,
    Policy,
    WriteRequest,
    WriteResult,
    WriteState,
    WriteStatus,
)
from genretagger.pipeline import moved_files
from genretagger.tagging.disk import fs
from genretagger.tagging.journal import journal
from genretagger.tagging.undo.moved_files import MissingFile
from tests.helpers.samples import encode

MEMORY = Path("/dev/shm")


@pytest.fixture
def context(home):
    return pipeline.Context(UserFolders(home), Settings())


@pytest.fixture
def library(tmp_path):
    """A library of two artists; the tracks in it differ in their audio."""
    tracks = []
    for number, name in enumerate(("A/One/1.flac", "A/One/2.mp3", "B/Two/3.ogg", "B/Two/4.m4a")):
        path = tmp_path / "music" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        encode(path, seconds=0.5, noise=0.3, seed=number, metadata={"title": "T", "genre": "Jazz"})
        tracks.append(path)
    return tracks


def apply(context, genre, *paths):
    """Write `genre` and return the batch."""
    requests = [WriteRequest(path, (genre,)) for path in paths]
    policy, cancel = Policy.REPLACE, threading.Event()
    events = list(pipeline.apply(requests, context=context, policy=policy, cancel=cancel))
    results = [event for event in events if isinstance(event, WriteResult)]
    assert [result.status for result in results] == [WriteStatus.WRITTEN] * len(paths)
    return results[0].batch


def undo(context, batch=None, *, files=(), search=()):
    cancel = threading.Event()
    job = pipeline.undo(batch, context=context, cancel=cancel, files=files, search=search)
    return [event for event in job if isinstance(event, WriteResult)]


def refusal(*arguments, **options):
    """Return why the one file that was to be restored was refused."""
    (result,) = undo(*arguments, **options)
    assert result.status is WriteStatus.REFUSED
    return str(result.reason)


def restored(results):
    assert {result.status for result in results} == {WriteStatus.RESTORED}
    return {result.path for result in results}


def retitled(path):
    file = mutagen.File(path, easy=True)
    file["title"] = "a title that is so long that the tag grows and its file with it" * 90
    file.save()


def genre_of(path):
    return mutagen.File(path, easy=True)["genre"]


def test_files_of_renamed_folders_are_restored_to_the_byte(library, context, tmp_path):
    before = [path.read_bytes() for path in library]
    apply(context, "Blues", *library)
    music = tmp_path / "music"
    (music / "A" / "One").rename(music / "A" / "Uno")
    (music / "B").rename(music / "Z")
    library[0].parent.with_name("Uno").joinpath("1.flac").rename(music / "renamed.flac")
    moved = [music / name for name in ("renamed.flac", "A/Uno/2.mp3", "Z/Two/3.ogg", "Z/Two/4.m4a")]
    assert restored(undo(context)) == set(moved)
    assert [path.read_bytes() for path in moved] == before
    assert [batch.state for batch in pipeline.history(context=context)] == [BatchState.UNDONE]


def test_a_file_on_another_file_system_is_found_where_the_user_says(library, context):
    track = library[0]
    before = track.read_bytes()
    apply(context, "Blues", track)
    if not MEMORY.is_dir() or MEMORY.stat().st_dev == track.stat().st_dev:
        pytest.skip("/dev/shm is no file system of its own")
    with tempfile.TemporaryDirectory(dir=MEMORY) as name:
        moved = Path(name, "deep", "down", "other.flac")
        moved.parent.mkdir(parents=True)
        shutil.move(track, moved)
        assert "search the folder it is in now" in refusal(context)
        batch = pipeline.history(context=context)[0].batch
        assert restored(undo(context, batch, search=[Path(name)])) == {moved}
        assert moved.read_bytes() == before


@pytest.mark.parametrize("name", ["1.flac", "other.flac"])
def test_a_file_that_was_moved_and_retitled_gets_its_genre_back(library, context, name):
    track = library[0]
    apply(context, "Blues", *library)
    moved = library[2].with_name(name)
    track.rename(moved)
    retitled(moved)
    assert moved in restored(undo(context))
    assert genre_of(moved) == ["Jazz"]
    assert "so long" in mutagen.File(moved, easy=True)["title"][0]


@pytest.mark.parametrize("suffix", [".m4v", ""])
@pytest.mark.parametrize("change", [lambda _path: None, retitled])
def test_a_moved_file_with_a_suffix_that_is_not_looked_for_is_found(
    library, context, suffix, change
):
    track = library[3].rename(library[3].with_suffix(suffix))
    apply(context, "Blues", *library[:3], track)
    moved = track.rename(library[0].with_name(f"moved{suffix}"))
    library[0].rename(library[0].with_name("first.flac"))
    change(moved)
    results = undo(context)
    assert len(results) == 4
    assert moved in restored(results)
    assert genre_of(moved) == ["Jazz"]


def test_a_file_named_as_it_is_now_is_found_by_its_audio(library, context, tmp_path):
    track = library[3]
    before = track.read_bytes()
    batch = apply(context, "Blues", *library)
    moved = tmp_path / "elsewhere.m4a"
    track.rename(moved)
    assert "no write of" in refusal(context, files=[library[0].with_name("no.flac")])
    assert restored(undo(context, batch, files=[moved])) == {moved}
    assert moved.read_bytes() == before


def test_names_that_were_swapped_get_back_what_was_theirs(library, context):
    a, b = library[0], library[0].with_name("b.flac")
    encode(b, seconds=0.5, noise=0.3, seed=9, metadata={"genre": "Polka"})
    before = [a.read_bytes(), b.read_bytes()]
    apply(context, "Blues", a, b)
    a.rename(a.with_name("aside"))
    b.rename(a)
    a.with_name("aside").rename(b)
    assert restored(undo(context)) == {a, b}
    assert [b.read_bytes(), a.read_bytes()] == before


def test_a_duplicate_with_a_write_of_its_own_is_not_touched_for_another(library, context):
    track = library[0]
    twin = Path(shutil.copy2(track, track.with_name("twin.flac")))
    apply(context, "Blues", track)
    batch = pipeline.history(context=context)[0].batch
    apply(context, "Blues", twin)
    track.unlink()
    written = twin.read_bytes()
    assert "not there any more" in refusal(context, batch)
    assert twin.read_bytes() == written


def test_a_duplicate_that_had_the_genre_before_is_not_touched(library, context, monkeypatch):
    track = library[0]
    twin = Path(shutil.copy2(track, track.with_name("twin.flac")))
    retitled(twin)
    file = mutagen.File(twin)
    file["genre"] = "Blues"
    file.save()

    class Later(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.now(tz) + timedelta(hours=1)  # after the twin's last change

    monkeypatch.setattr(journal, "datetime", Later)
    apply(context, "Blues", track)
    track.unlink()
    before = twin.read_bytes()
    assert "not there any more" in refusal(context)
    assert twin.read_bytes() == before


def test_of_several_copies_none_is_chosen_until_one_is_named(library, context):
    track = library[1]
    before = track.read_bytes()
    batch = apply(context, "Blues", track)
    copies = [Path(shutil.copy2(track, track.with_name(name))) for name in ("x.mp3", "y.mp3")]
    written = track.read_bytes()
    track.unlink()
    reason = refusal(context)
    assert all(str(copy) in reason for copy in copies)
    assert [copy.read_bytes() for copy in copies] == [written] * 2
    assert restored(undo(context, batch, files=[copies[1]])) == {copies[1]}
    assert [copy.read_bytes() for copy in copies] == [written, before]


def test_the_copy_that_is_as_it_was_written_wins(library, context):
    track = library[1]
    before = track.read_bytes()
    apply(context, "Blues", track)
    edited = Path(shutil.copy2(track, track.with_name("edited.mp3")))
    retitled(edited)
    changed = edited.read_bytes()
    moved = track.rename(track.with_name("moved.mp3"))
    assert restored(undo(context)) == {moved}
    assert moved.read_bytes() == before
    assert edited.read_bytes() == changed


@pytest.mark.parametrize("stray", ["", "A/One/stray.flac", "B/Two/1.flac"])
def test_equal_files_that_moved_together_are_told_by_their_names(library, context, tmp_path, stray):
    track = library[0]
    file = mutagen.File(track)
    file["genre"] = ["Blues", "Jazz"]
    file.save()
    twin = Path(shutil.copy2(track, track.with_name("twin.flac")))
    file["genre"] = ["Jazz"]
    file.save()
    assert track.stat().st_size == twin.stat().st_size
    old = track.read_bytes(), twin.read_bytes()
    batch = apply(context, "Polka", track, twin)
    assert track.read_bytes() == twin.read_bytes()
    if stray:
        shutil.copy2(track, tmp_path / "music" / stray)
    moved = (tmp_path / "music").rename(tmp_path / "renamed") / "A" / "One"
    moved = moved / "1.flac", moved / "twin.flac"
    results = undo(context, batch, search=[tmp_path / "renamed"])
    if stray:
        assert {result.status for result in results} == {WriteStatus.REFUSED}
        assert not {path.read_bytes() for path in moved} & set(old)
    else:
        assert restored(results) == set(moved)
        assert tuple(path.read_bytes() for path in moved) == old


def test_deleted_files_and_other_genres_are_no_candidates(library, context):
    track = library[0]
    apply(context, "Blues", track)
    deleted = track.with_name(".Trash-1000") / "a.flac"
    deleted.parent.mkdir()
    shutil.copy2(track, deleted)
    other = track.rename(track.with_name("other.flac"))
    file = mutagen.File(other)
    file["genre"] = "Polka"
    file.save()
    contents = deleted.read_bytes(), other.read_bytes()
    assert "not there any more" in refusal(context)
    assert (deleted.read_bytes(), other.read_bytes()) == contents


def test_a_file_that_was_moved_and_written_again_is_undone_in_turn(library, context):
    track = library[0]
    before = track.read_bytes()
    older = apply(context, "Blues", track)
    moved = track.rename(library[2].with_name("moved.flac"))
    newer = apply(context, "Rock", moved)
    assert newer in refusal(context, older, search=[moved.parent])
    assert restored(undo(context, newer)) == {moved}
    assert restored(undo(context, older, search=[moved.parent])) == {moved}
    assert moved.read_bytes() == before


def test_the_folders_are_walked_once_for_all_files(library, context, tmp_path, monkeypatch):
    batch = apply(context, "Blues", *library)
    away = tmp_path / "away"
    away.mkdir()
    for path in library:
        path.rename(away / path.name)
    walked = []
    walk = moved_files.find_audio_files
    monkeypatch.setattr(
        moved_files, "find_audio_files", lambda at, **o: walked.append(at) or walk(at, **o)
    )
    assert len(restored(undo(context, batch, search=[away]))) == 4
    assert walked == [[away], [tmp_path / "music"]]


def test_audio_that_was_hashed_for_a_search_is_known_to_the_next(library, context, monkeypatch):
    track = library[0]
    batch = apply(context, "Blues", track)
    track.unlink()
    for number in range(3):
        encode(track.with_name(f"other{number}.flac"), seconds=0.5, noise=0.3, seed=number + 20)
    hashed = []
    key_of = moved_files.hearing_key_of
    monkeypatch.setattr(
        moved_files, "hearing_key_of", lambda path, **o: hashed.append(path) or key_of(path, **o)
    )
    for n_expected in (3, 3):
        assert "not there any more" in refusal(context, batch)
        assert len(hashed) == n_expected


def test_a_store_that_cannot_be_used_does_not_stop_the_search(library, context):
    track = library[0]
    apply(context, "Blues", track)
    context.folders.store.mkdir()
    moved = track.rename(track.with_name("moved.flac"))
    retitled(moved)
    assert restored(undo(context)) == {moved}


@pytest.mark.parametrize(
    ("target", "looked_in"),
    [
        ("/no-such-folder/a.mp3", []),
        ("{tmp}/a.mp3", ["{tmp}"]),
        ("{tmp}/artist/album/a.mp3", ["{tmp}"]),
        ("{tmp}/library/artist/album/a.mp3", []),
        ("{home}/artist/a.mp3", []),
        ("{home}/Music/artist/a.mp3", ["{home}/Music"]),
    ],
)
def test_no_file_system_and_no_home_is_searched_unasked(
    target, looked_in, context, tmp_path, monkeypatch
):
    user = tmp_path / "users" / "me"
    (user / "Music").mkdir(parents=True)
    library = tmp_path / "library of mine"
    library.mkdir()
    monkeypatch.setenv("HOME", str(user))
    monkeypatch.setenv("USERPROFILE", str(user))
    walked = []
    monkeypatch.setattr(moved_files, "find_audio_files", lambda at, **_: walked.extend(at) or ())
    sought = MissingFile(Path(target.format(tmp=library, home=user)), None, "mp3", "", None)
    moved = moved_files.MovedFiles([], context=context, cancel=threading.Event())
    assert set(moved(sought)) == {()}
    assert walked == [Path(name.format(tmp=library, home=user)) for name in looked_in]


def test_other_drives_are_not_searched_unasked(library, context, tmp_path, monkeypatch):
    apply(context, "Blues", library[0])
    library[0].parent.rename(tmp_path / "music" / "moved")
    drive = tmp_path / "music" / "B"
    is_mount = os.path.ismount
    monkeypatch.setattr(os.path, "ismount", lambda at: at == drive or is_mount(at))
    (tmp_path / "music" / "A").rmdir()
    batch = pipeline.history(context=context)[0].batch
    assert "not there any more" in refusal(context, batch)
    assert len(restored(undo(context, batch, search=[tmp_path / "music"]))) == 1


def test_a_stop_ends_the_search(library, context):
    apply(context, "Blues", library[0])
    library[0].rename(library[0].with_name("moved.flac"))
    cancel = threading.Event()
    job = pipeline.undo(None, context=context, cancel=cancel)
    assert next(job) == Progress(Stage.UNDO, 0, 1)
    cancel.set()
    with pytest.raises(Cancelled):
        list(job)


def test_a_candidate_that_cannot_be_read_is_passed_over(library, context, monkeypatch):
    track = library[0]
    apply(context, "Blues", track)
    copy = Path(shutil.copy2(track, track.with_name("copy.flac")))
    moved = track.rename(track.with_name("moved.flac"))
    open_read = fs.open_read

    def unreadable(path):
        if path == copy:
            raise PermissionError(13, os.strerror(13))
        return open_read(path)

    monkeypatch.setattr(fs, "open_read", unreadable)
    assert restored(undo(context)) == {moved}


def test_progress_is_told_and_a_stop_keeps_what_was_restored(library, context):
    """Files in work are restored to the end; of twenty some are not begun after the first."""
    tracks = []
    for number in range(20):
        track = library[0].with_name(f"{number:02}.flac")
        tracks.append(shutil.copy(library[0], track))
    apply(context, "Blues", *tracks)
    cancel, events = threading.Event(), []
    job = pipeline.undo(None, context=context, cancel=cancel)
    while not any(isinstance(event, WriteResult) for event in events):
        events.append(next(job))
    cancel.set()
    with pytest.raises(Cancelled):
        events.extend(job)
    assert events[0] == Progress(Stage.UNDO, 0, 20)
    told = [event.path for event in events if isinstance(event, WriteResult)]
    assert told == tracks[: -len(told) - 1 : -1]
    assert [track for track in reversed(tracks) if genre_of(track) == ["Jazz"]] == told
    assert len(told) < 20


steps = st.lists(
    st.tuples(
        st.sampled_from(["write", "write all", "move", "undo file", "undo batch"]),
        st.integers(0, 2),
    ),
    max_size=9,
)


@functools.cache
def three_files():
    folder = Path(tempfile.mkdtemp())
    suffixes = (".flac", ".mp3", ".ogg")
    paths = [folder / f"{number}{suffix}" for number, suffix in enumerate(suffixes)]
    return [encode(path, seconds=0.3, noise=0.3, seed=number) for number, path in enumerate(paths)]


@settings(max_examples=25, deadline=None)
@given(steps)
def test_any_sequence_of_writes_moves_and_undos_leads_back_step_by_step(steps):
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as name:
        context = pipeline.Context(UserFolders(Path(name, "home")), Settings())
        root = Path(name, "music")
        root.mkdir()
        paths = [Path(shutil.copy(path, root)) for path in three_files()]
        stacks = [[] for _ in paths]  # per file the writes that stand: batch, content before
        for number, (step, which) in enumerate(steps):
            if step in ("write", "write all"):
                chosen = [which] if step == "write" else range(3)
                before = [paths[k].read_bytes() for k in chosen]
                batch = apply(context, f"Genre {number}", *(paths[k] for k in chosen))
                for k, content in zip(chosen, before, strict=True):
                    stacks[k].append((batch, content))
                continue
            if step == "move":
                moved = root / f"folder {number}" / f"{number}{paths[which].suffix}"
                moved.parent.mkdir()
                paths[which] = paths[which].rename(moved)
                continue
            if step == "undo file":
                due = [which] if stacks[which] else []
                results = undo(context, files=[paths[which]], search=[root])
                assert bool(due) is (results[0].status is WriteStatus.RESTORED)
            else:
                newest = max((stack[-1][0] for stack in stacks if stack), default=None)
                due = [k for k, stack in enumerate(stacks) if stack and stack[-1][0] == newest]
                results = undo(context, search=[root])
                assert {result.path for result in results} == {paths[k] for k in due}
            for k in due:
                _, content = stacks[k].pop()
                assert paths[k].read_bytes() == content
        standing = [
            write
            for batch in pipeline.history(context=context)
            for write in pipeline.batch_writes(batch.batch, context=context)
            if write.state is WriteState.WRITTEN
        ]
        assert len(standing) == sum(map(len, stacks))
