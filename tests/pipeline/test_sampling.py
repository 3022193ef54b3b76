"""The sample library, and what `sample-music` and `demo` make of it; synthesised once for all."""

from __future__ import annotations

import os
import re
import shutil
import stat
import subprocess
import sys
import threading
from pathlib import Path

import av
import mutagen
import pytest
from mutagen.id3 import ID3

from genretagger import pipeline
from genretagger.analysis.manifest import default_model_folder, load_manifest
from genretagger.cli import demo
from genretagger.cli.names import FileNames
from genretagger.core.errors import Cancelled, SampleError, TrackError, TrackRefusedError
from genretagger.core.events import Progress, Stage, TrackFound
from genretagger.core.writes import WriteRequest, WriteResult, WriteStatus
from genretagger.pipeline import SampleMade
from genretagger.review.rows.row import State
from genretagger.review.rows.row_events import make_failed_row
from genretagger.sample.catalogue import OTHERS, TRACKS
from tests.helpers.command import run
from tests.helpers.rows import analysed_row, track
from tests.helpers.waiting import LIMIT_S

ROOT = Path(__file__).resolve().parents[2]
NAMES = {one.name for one in (*TRACKS, *OTHERS)}
CUT = "Quintet Azul/Blue Door.flac"
ADAGIO, JAZZ, SILENT = (
    "Klara Venn/Adagio.opus",
    "Quintet Azul/Corner Table.ogg",
    "Tapes/Side B.flac",
)
WEB_PAGE = "Downloads/Track 07.mp3"
HEADINGS = "state           in the file     heard       sure  file"


def files(folder):
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Return the folder that `genretagger sample-music` made, and what it printed."""
    folder = tmp_path_factory.mktemp("samples") / "Sample music"
    done = run("sample-music", folder, GENRETAGGER_HOME=str(folder.parent / "home"))
    assert done.returncode == 0
    return folder, done.stdout


@pytest.fixture(scope="module")
def library(made):
    return made[0]


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    """Return the lines that `genretagger demo` prints: by a pipe, in a fresh home, all ASCII."""
    place = tmp_path_factory.mktemp("demo")
    folders = {"HOME": place / "home", "TMPDIR": place / "tmp", "PWD": place / "cwd"}
    for folder in folders.values():
        folder.mkdir()
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "LC_ALL": "C"}
    done = subprocess.run(
        [sys.executable, "-m", "genretagger", "demo"],
        capture_output=True,
        cwd=folders["PWD"],
        env=environment | {name: str(folder) for name, folder in folders.items()},
        timeout=LIMIT_S,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert set(place.rglob("*")) == set(folders.values())
    return done.stdout.decode("ascii").splitlines()


@pytest.fixture(scope="module")
def heard(shown):
    """Return the table of the demo: by the end of each name its state, genres and percentage."""
    start = shown.index(HEADINGS) + 1
    table = shown[start : shown.index("", start)]
    assert max(map(len, table)) <= 80
    return [
        (line[50:], line[:14].strip(), line[16:30].strip(), line[32:42].strip(), line[44:47])
        for line in table
    ]


def state_of(heard, name):
    (state,) = [one[1] for one in heard if one[0].endswith(name)]
    return State(state)


def block(lines, title):
    """Return the lines below a title, up to the next empty one."""
    start = lines.index(title) + 1
    return lines[start : [*lines, ""].index("", start)]


def some_of(library, folder, *names):
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(library / name, folder / name)
    return folder


def test_every_file_is_there_and_named_on_standard_output(made):
    library, printed = made
    assert files(library) == NAMES
    lines = printed.splitlines()
    assert len(lines) == len(NAMES)
    for one in (*TRACKS, *OTHERS):
        assert f"{library / one.name}  ({one.about})" in lines


def test_other_programs_read_the_tags_as_they_were_meant(library):
    for one in TRACKS:
        tags = mutagen.File(library / one.name, easy=True).tags
        if one.coding.suffix == ".wav":  # mutagen does not read its LIST/INFO
            continue
        for name in ("title", "artist", "album", "genre"):
            found = tags.get(name, []) if tags else []
            expected = [one.tags[name]] if name in one.tags else []
            if expected != ["(17)"]:
                assert found == expected, (one.name, name)
    (chrome,) = [one.name for one in TRACKS if one.tags.get("genre") == "(17)"]
    tags = ID3(library / chrome, translate=False)
    assert (tags.version, tags["TCON"].text) == ((2, 3, 0), ["(17)"])
    blues = (library / "Downloads/Old River Trio - Twelve Bars.wav").read_bytes()
    assert b"IGNR\x0b\0\0\0Blues/Rock\0" in blues


def test_two_albums_have_covers(library):
    covers = {}
    for one in TRACKS:
        with av.open(library / one.name) as container:
            if container.streams.video:
                (picture,) = container.decode(video=0)
                covers[one.name] = picture.to_ndarray(format="rgb24")
    assert set(covers) == {one.name for one in TRACKS if "album" in one.tags}
    assert {cover.shape for cover in covers.values()} == {(240, 240, 3)}
    assert len({cover.tobytes() for cover in covers.values()}) == 2


def test_every_track_is_decoded_to_its_end_but_the_one_that_is_cut_off(library):
    for one in TRACKS:
        with av.open(library / one.name) as container:
            rate = container.streams.audio[0].rate
            try:
                seconds = sum(frame.samples for frame in container.decode(audio=0)) / rate
            except av.error.FFmpegError:
                assert one.share < 1
                continue
        if one.share < 1:
            assert seconds < one.seconds - 5
            assert mutagen.File(library / one.name).info.length == pytest.approx(one.seconds)
        else:
            assert seconds == pytest.approx(one.seconds, abs=0.15), one.name


def test_one_file_is_write_protected(library):
    modes = {name: stat.S_IMODE((library / name).stat().st_mode) for name in NAMES}
    assert [name for name, mode in modes.items() if not mode & 0o222] == [ADAGIO]


def test_a_demo_meets_every_state(heard):
    assert len(heard) == len(TRACKS) + 1  # the web page
    states = {State(one[1]) for one in heard}
    assert {State.MISSING, State.AGREES, State.DIFFERS, State.UNSURE} < states
    assert state_of(heard, "Interview.mp3") is State.NOT_MUSIC
    assert state_of(heard, "Side B.flac") is State.SILENT
    assert state_of(heard, "Jingle.wav") is State.TOO_SHORT
    assert state_of(heard, "Track 07.mp3") is State.FAILED


def test_a_demo_hears_many_genres_at_every_level(heard):
    music = [one for one in heard if one[3]]
    assert len(music) >= 14
    assert len({one[3] for one in music}) >= 6
    manifest = load_manifest(default_model_folder())
    levels = [100 * level.confidence for level in (manifest.high, manifest.medium)]
    reached = {sum(int(one[4]) >= level for level in levels) for one in music}
    assert reached == {0, 1, 2}
    assert {"Hip Hop", "hip-hop", "Blues/Rock", "Rock"} <= {one[2] for one in music}


def test_a_demo_says_what_a_write_would_change_and_what_comes_next(shown):
    start = shown.index("A write from 80% on, where there is no genre, would change (a dry run):")
    changes = shown[start + 1 : shown.index("", start)]
    assert any(line.startswith("  ") and "(none) -> " in line for line in changes)
    assert changes[-1].startswith("It would leave alone: ")
    assert re.search(r"\d+ with a genre already", changes[-1])
    *_, title, window, analyse, apply = shown
    assert title == "What next, where FOLDER is your music:"
    assert window.endswith("opens the window")
    assert " analyse FOLDER " in analyse
    assert " apply --min-confidence 0.8 FOLDER  writes" in apply


def test_a_demo_says_which_file_is_cut_off_and_why_tracks_are_unsure(shown, heard):
    (cut,) = [one for one in heard if one[0].endswith(" (cut off)")]
    assert CUT.endswith(cut[0].removesuffix(" (cut off)").removeprefix("..."))
    assert block(shown, "Cannot be written:")[0].startswith(f"  {CUT} is cut off")
    unsure = block(shown, "Unsure, however high the percentage:")
    n_unsure = sum(State(one[1]) is State.UNSURE for one in heard)
    assert sum(int(line.rpartition(": ")[2]) for line in unsure) == n_unsure


def test_a_demo_does_not_count_a_refused_file_among_those_that_would_change(monkeypatch, capsys):
    paths = [Path("/m/a.flac"), Path("/m/b.flac")]
    tried = [
        WriteResult(paths[0], WriteStatus.WRITTEN, (), ("Jazz",)),
        WriteResult(
            paths[1],
            WriteStatus.REFUSED,
            reason=TrackRefusedError(paths[1], "file-write-protected"),
        ),
    ]
    monkeypatch.setattr(pipeline, "apply", lambda *_args, **_options: iter(tried))
    requests = [WriteRequest(path, ("Jazz",)) for path in paths]
    names = FileNames([Path("/m")])
    demo._show_changes(requests, [], names=names, context=None, cancel=threading.Event())
    lines = capsys.readouterr().out.splitlines()
    title = "A write from 80% on, where there is no genre, would change (a dry run):"
    assert block(lines, title) == ["  a.flac  (none) -> Jazz"]
    assert block(lines, "Cannot be written:") == [
        "  b.flac is write-protected; allow writing to it first."
    ]


@pytest.mark.parametrize("suffix", sorted({one.coding.suffix for one in TRACKS}))
def test_a_file_is_the_same_every_time(library, suffix):
    one = min(
        (one for one in TRACKS if one.coding.suffix == suffix and one.seconds >= 20),
        key=lambda one: one.seconds,
    )
    assert one.content() == (library / one.name).read_bytes()


def test_what_is_missing_is_made_again_and_nothing_else_touched(library, tmp_path):
    folder = some_of(library, tmp_path / "mine", *NAMES - {WEB_PAGE, SILENT})
    (folder / JAZZ).write_bytes(b"changed")
    events = list(pipeline.make_samples(folder, cancel=threading.Event(), complete=True))
    remade = {str(one.path.relative_to(folder)) for one in events if isinstance(one, SampleMade)}
    assert remade == {WEB_PAGE, SILENT}
    assert events[-1] == Progress(Stage.SAMPLES, 2, 2)
    assert (folder / SILENT).read_bytes() == (library / SILENT).read_bytes()
    assert (folder / JAZZ).read_bytes() == b"changed"


def test_a_stop_leaves_whole_files_only(tmp_path):
    cancel = threading.Event()
    events = pipeline.make_samples(tmp_path / "new", cancel=cancel)
    while not isinstance(next(events), SampleMade):
        pass
    cancel.set()
    with pytest.raises(Cancelled):
        next(events)
    (name,) = files(tmp_path / "new")
    assert name in NAMES


@pytest.mark.parametrize("kind", ["not empty", "a file", "below a file"])
def test_a_folder_that_cannot_be_used_is_one_sentence(kind, tmp_path):
    other = tmp_path / "other.txt"
    other.write_text("mine")
    folder = {"not empty": tmp_path, "a file": other, "below a file": other / "new"}[kind]
    before = files(tmp_path)
    done = run("sample-music", folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert str(folder) in done.stderr
    assert files(tmp_path) - before <= {"genretagger-home/genretagger.log"}
    assert other.read_text() == "mine"


def test_a_full_disk_is_one_sentence(tmp_path, monkeypatch):
    def full(path, content):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("genretagger.sample.library.replace_file", full)
    with pytest.raises(SampleError, match=r"cannot be put into .*new \(No space left on device\)"):
        list(pipeline.make_samples(tmp_path / "new", cancel=threading.Event()))


def test_a_demo_of_ones_own_music_shows_verdicts_and_changes_nothing(library, tmp_path, home):
    folder = some_of(library, tmp_path / "mine", ADAGIO, JAZZ, SILENT, WEB_PAGE)
    before = {
        name: ((folder / name).read_bytes(), (folder / name).stat()) for name in files(folder)
    }
    done = run("demo", folder)
    assert done.returncode == 0
    lines = done.stdout.splitlines()
    (adagio,) = [line.split() for line in lines if line.startswith("missing genre")]
    assert adagio[2:4] == ["-", "Classical"]
    assert adagio[4].endswith("%")
    assert any(line.startswith("differs         Easy Listening  Jazz") for line in lines)
    assert any(line.startswith("failed") and line.endswith(WEB_PAGE) for line in lines)
    assert f"  {ADAGIO}  (none) -> Classical" in lines
    assert f"  {SILENT} is silent; there is nothing to judge." in lines
    assert any("apply --min-confidence 0.8 FOLDER" in line for line in lines)
    table = lines[: lines.index("Not heard:")]
    assert max(map(len, table)) <= 80
    after = {name: ((folder / name).read_bytes(), (folder / name).stat()) for name in files(folder)}
    assert {n: (b, s.st_mtime_ns, s.st_mode) for n, (b, s) in after.items()} == {
        n: (b, s.st_mtime_ns, s.st_mode) for n, (b, s) in before.items()
    }
    assert not (home / "journal").exists()


def test_a_demo_of_what_is_not_there_or_holds_nothing_says_so(tmp_path):
    done = run("demo", tmp_path / "absent")
    assert done.returncode == 2
    assert done.stderr.endswith("absent does not exist; check the spelling.\n")
    (tmp_path / "empty").mkdir()
    done = run("demo", tmp_path / "empty")
    assert done.returncode == 0
    assert f"No music was found in {tmp_path / 'empty'}." in done.stdout


def test_the_table_keeps_the_order_of_the_scan():
    first, second, third = (track(f"{name}.flac", folder="/m") for name in "abc")
    broken = make_failed_row(first.path, TrackError(first.path, "track-gone"), track=first)
    unread = make_failed_row(Path("/m/b2.flac"), TrackError(Path("/m/b2.flac"), "file-gone"))
    rows = {one: analysed_row(one) for one in (second, third)}
    found = [TrackFound(first), TrackFound(second), unread, TrackFound(third)]
    events = [*found, rows[third], rows[second], broken]
    assert list(demo._in_order(events)) == [broken, rows[second], unread, rows[third]]


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
@pytest.mark.parametrize(
    ("display", "is_demo"), [({}, sys.platform == "linux"), ({"DISPLAY": ":0"}, False)]
)
def test_make_run_shows_the_demo_where_there_is_no_display(display, is_demo):
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "MAKEFLAGS")
    kept = {name: value for name, value in os.environ.items() if name not in hidden}
    done = subprocess.run(
        ["make", "-n", "run", "MUSIC=/music"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=kept | display,
        check=True,
    )
    *_, call = [line for line in done.stdout.splitlines() if "genretagger" in line]
    assert (" demo " in call) == is_demo
