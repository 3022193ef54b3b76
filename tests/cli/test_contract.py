"""The command line as scripts see it: a process with arguments, streams and an exit status."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import mutagen
import pytest

from genretagger import __version__
from genretagger.__main__ import SUBCOMMANDS
from genretagger.cli.subcommand_texts import SUBCOMMANDS as TOLD
from genretagger.library.export import TABLE_COLUMNS
from genretagger.sample.electric import metal
from genretagger.sample.waves import SAMPLE_RATE_HZ
from genretagger.tagging.disk import lock
from tests.helpers.command import ROOT, run, run_json, run_process
from tests.helpers.samples import encode, encode_signal, pcm_digest
from tests.helpers.waiting import LIMIT_S

SELF_CHECK = ROOT / "resources" / "selfcheck.flac"
TEN = {*("blues", "classical", "country", "disco", "hiphop")} | {
    *("jazz", "metal", "pop", "reggae", "rock")
}


def plan(*lines):
    return "".join(json.dumps(line) + "\n" for line in lines)


@pytest.fixture
def music(tmp_path):
    folder = tmp_path / "music"
    folder.mkdir()
    return folder


def test_analyse_prints_one_object_per_track(music):
    encode(music / "a.flac", seconds=4, noise=0.2, metadata={"genre": "Rock"})
    encode(music / "b.mp3", seconds=4, noise=0.1, seed=1).rename(music / "b\udcff.mp3")
    (music / "c.mp3").write_bytes(b"garbage")
    shutil.copy(SELF_CHECK, music / "song.flac")
    records = run_json("analyse", music, status=1, by=run_process)
    by_name = {Path(record["path"]).name: record for record in records}
    assert sorted(by_name) == ["a.flac", "b\udcff.mp3", "c.mp3", "song.flac"]
    good = by_name["a.flac"]
    assert list(good) == [
        *("path", "container", "duration_s", "duration_estimated", "current_genres"),
        *("genre", "confidence", "scores"),
        *("hints", "unsure", "level", "state", "suggested", "model_id", "personal"),
        *("audio_digest", "error", "kind", "condition", "read_only", "styles", "style"),
        "rule",
    ]
    assert good["container"] == "flac"
    assert (good["kind"], good["condition"], good["read_only"]) == ("FLAC", None, None)
    assert good["duration_s"] == pytest.approx(4.0)
    assert good["current_genres"] == ["Rock"]
    assert all(set(hint) == {"name", "score"} for hint in good["hints"])
    assert good["error"] is None
    assert good["state"] == "not music"
    assert (good["confidence"], good["scores"], good["level"]) == (None, None, None)
    song = by_name["song.flac"]
    assert set(song["scores"]) == TEN
    assert sum(song["scores"].values()) == pytest.approx(1.0, abs=1e-4)
    assert song["scores"][song["genre"]] == song["confidence"] == max(song["scores"].values())
    assert song["state"] in ("sure", "unsure")
    assert by_name["c.mp3"]["state"] == "failed"
    bad = by_name["c.mp3"]
    assert bad["genre"] is None
    assert "c.mp3" in bad["error"]


def test_what_is_odd_about_a_file_is_said_beside_what_was_heard(music):
    encode(music / "a.mp3", seconds=4, noise=0.2).rename(music / "a.flac")
    whole = encode(music / "b.flac", seconds=12, noise=0.2).read_bytes()
    (music / "b.flac").write_bytes(whole[: len(whole) // 2])
    whole = encode(music / "c.ogg", seconds=8, noise=0.2).read_bytes()
    (music / "c.ogg").write_bytes(whole[: len(whole) // 2])
    encode(music / "d.webm", seconds=4, noise=0.2)
    found = {Path(one["path"]).name: one for one in run_json("analyse", music)}
    kinds = {name: (one["kind"], one["condition"]) for name, one in found.items()}
    assert kinds.pop("b.flac")[1] in ("cut off: 49 % is there", "cut off: 50 % is there")
    assert kinds == {
        "a.flac": ("MP3, named .flac", None),
        "c.ogg": ("Ogg Vorbis", "cut off"),
        "d.webm": ("Matroska", None),
    }
    assert found["a.flac"]["read_only"] is None
    for name in ("b.flac", "c.ogg", "d.webm"):
        assert name in found[name]["read_only"]
        assert len(found[name]["audio_digest"]) == 64
    done = run("analyse", music)  # from the store: also what has no audio digest
    assert done.returncode == 0
    assert "a.flac  (MP3, named .flac)" in done.stdout
    assert "c.ogg  (cut off; cannot be written)" in done.stdout
    assert "d.webm  (cannot be written)" in done.stdout


def test_silence_and_what_is_too_short_are_states_of_their_own(music):
    encode(music / "silent.flac", seconds=4, frequencies_hz=())
    encode(music / "short.flac", seconds=0.5, noise=0.2)
    states = {Path(one["path"]).name: one["state"] for one in run_json("analyse", music, status=1)}
    assert states == {"silent.flac": "silent", "short.flac": "too short"}


def test_a_second_analysis_hears_nothing_again_even_after_renaming_and_retagging(music):
    path = encode(music / "a.flac", seconds=4, noise=0.2)
    (first,) = run_json("analyse", music)
    tags = mutagen.File(path)
    tags["genre"] = ["Polka"]
    tags.save()
    path.rename(music / "renamed.flac")
    (second,) = run_json("analyse", music)
    assert second["audio_digest"] == first["audio_digest"]
    assert second["scores"] == first["scores"]
    assert second["current_genres"] == ["Polka"]
    log = (Path(os.environ["GENRETAGGER_HOME"]) / "genretagger.log").read_text()
    assert "analysed 1 tracks, 1 of them known already" in log.splitlines()[-1]


def test_people_get_a_line_per_track_and_a_sentence_per_failure(music):
    encode(music / "noise.flac", seconds=4, noise=0.2, metadata={"genre": "Polka"})
    shutil.copy(SELF_CHECK, music / "song.flac")
    (music / "c.mp3").write_bytes(b"garbage")
    done = run_process("analyse", music)
    assert done.returncode == 1
    (noise,) = [line for line in done.stdout.splitlines() if "  noise.flac" in line]
    (song,) = [line for line in done.stdout.splitlines() if "  song.flac" in line]
    assert "now: Polka  " in noise
    assert "now: -  " in song
    assert str(music) not in done.stdout
    assert song.split()[1].endswith("%")
    assert noise.startswith("not music ")
    assert "%" not in noise
    sentence, summary = done.stderr.splitlines()
    assert sentence.startswith("c.mp3 ")
    assert summary.startswith("3 tracks in ")
    assert summary.endswith("not music 1, failed 1.")


def test_a_table_has_a_line_per_track_whatever_it_is(music):
    encode(music / "a.flac", seconds=4, noise=0.2, metadata={"genre": "=A", "title": 'x, "y"'})
    (music / "c.mp3").write_bytes(b"garbage")
    done = run_process("analyse", music, "--csv")
    assert done.returncode == 1
    lines = {Path(line["path"]).name: line for line in csv.DictReader(io.StringIO(done.stdout))}
    assert set(lines) == {"a.flac", "c.mp3"}
    assert tuple(lines["a.flac"]) == TABLE_COLUMNS
    assert lines["a.flac"]["path"] == str(music / "a.flac")
    assert lines["a.flac"]["title"] == 'x, "y"'
    assert lines["a.flac"]["genre_now"] == "'=A"
    assert (lines["a.flac"]["state"], lines["c.mp3"]["state"]) == ("not music", "failed")
    assert "c.mp3" in lines["c.mp3"]["error"]
    assert done.stderr.startswith("2 tracks in ")
    assert run("analyse", music, "--csv", "--json").returncode == 2


def test_quiet_leaves_the_summary_out(music):
    encode(music / "a.flac", seconds=4, noise=0.2)
    done = run("analyse", music, "--quiet")
    assert (len(done.stdout.splitlines()), done.stderr) == (1, "")
    assert run("analyse", music, "--json").stderr == ""
    plan_line = plan({"path": str(music / "a.flac"), "genres": ["Rock"]})
    done = run("apply", "--plan", "-", "--dry-run", "--quiet", stdin=plan_line)
    assert (len(done.stdout.splitlines()), done.stderr) == (1, "")


def test_a_plan_is_written_found_by_others_and_undone(music, home):
    path = encode(music / "a.flac", seconds=2, metadata={"title": "T"})
    before, pcm = path.read_bytes(), pcm_digest(path)
    line = {"path": str(path), "genres": ["hiphop", "Zydeco"]}
    (dry,) = run_json("apply", "--plan", "-", "--dry-run", stdin=plan(line))
    assert (dry["status"], dry["batch"], path.read_bytes()) == ("written", None, before)
    (result,) = run_json("apply", "--plan", "-", stdin=plan(line))
    assert result["status"] == "written"
    assert (result["before"], result["after"]) == ([], ["Hip-Hop", "Zydeco"])
    assert mutagen.File(path)["genre"] == ["Hip-Hop", "Zydeco"]
    assert mutagen.File(path)["title"] == ["T"]
    assert pcm_digest(path) == pcm
    (batch,) = run_json("history")
    assert batch == {
        "batch": result["batch"],
        "at_utc": batch["at_utc"],
        "policy": "fill",
        "written": 1,
        "undone": 0,
        "state": "written",
        "size_bytes": next((home / "journal").glob("*.jsonl")).stat().st_size,
    }
    (undone,) = run_json("undo")
    assert undone["status"] == "restored"
    assert path.read_bytes() == before
    assert [batch["state"] for batch in run_json("history")] == ["undone"]
    assert run_json("undo") == []
    assert run("undo").stderr.startswith("Nothing to undo.")
    assert run("undo", batch["batch"]).stderr == f"Nothing is left to undo in {batch['batch']}.\n"


@pytest.mark.parametrize(
    ("policy", "genres", "status", "after"),
    [
        ("fill", ["Jazz"], "skipped", ["Rock"]),
        ("add", ["Jazz"], "written", ["Rock", "Jazz"]),
        ("add", ["ROCK"], "unchanged", ["Rock"]),
        ("replace", ["Jazz"], "written", ["Jazz"]),
        ("replace", ["Rock"], "unchanged", ["Rock"]),
    ],
)
def test_policies(music, policy, genres, status, after):
    path = encode(music / "a.flac", seconds=1, metadata={"genre": "Rock"})
    line = plan({"path": str(path), "genres": genres})
    (result,) = run_json("apply", "--plan", "-", "--policy", policy, stdin=line)
    assert (result["status"], result["after"]) == (status, after)
    assert mutagen.File(path)["genre"] == after


def test_lines_that_no_longer_match_are_refused_and_the_rest_goes_on(music):
    for name in ("a.flac", "b.flac", "c.flac", "d.flac"):
        encode(music / name, seconds=1, frequencies_hz=(300 + ord(name[0]),))
    lines = [
        {"path": str(music / "a.flac"), "genres": ["Rock"], "audio_digest": "0" * 64},
        {"path": str(music / "b.flac"), "genres": ["Rock"], "current_genres": ["Pop"]},
        {"path": str(music / "c.flac"), "genres": []},
        {"path": str(music / "gone.flac"), "genres": ["Rock"]},
        {"path": str(music / "d.flac"), "genres": ["Rock"], "current_genres": []},
    ]
    results = run_json("apply", "--plan", "-", stdin=plan(*lines), status=1)
    assert [result["status"] for result in results] == [
        *("refused", "refused", "refused", "failed", "written")
    ]
    for line, result in zip(lines[:4], results, strict=False):
        assert Path(line["path"]).name in result["reason"]


def test_lines_of_analyse_with_genres_added_are_a_plan(music, tmp_path):
    encode(music / "a.flac", seconds=4, noise=0.2)
    records = run_json("analyse", music)
    for record in records:
        record["genres"] = [record["genre"]]
    file = tmp_path / "plan.jsonl"
    file.write_text(plan(*records))
    (result,) = run_json("apply", "--plan", file)
    assert result["status"] == "written"


def test_protected_genres_stay_in_dry_run_and_write_alike(music):
    file = music / "a.flac"
    encode(file, seconds=1, metadata={"genre": "Christmas"})
    run("settings", "protected_genres", "christmas")
    lines = plan({"path": str(file), "genres": ["Rock"]})
    arguments = ("apply", "--plan", "-", "--policy", "replace")
    (dry,) = run_json(*arguments, "--dry-run", stdin=lines)
    (wet,) = run_json(*arguments, stdin=lines)
    assert dry["after"] == wet["after"] == ["Christmas", "Rock"]
    run("settings", "protected_genres", "")
    (freed,) = run_json(*arguments, stdin=lines)
    assert freed["after"] == ["Rock"]


def test_what_is_mapped_is_what_analyse_suggests(music):
    encode_signal(music / "a.flac", metal(12.0, 0), sample_rate_hz=SAMPLE_RATE_HZ)
    (heard,) = run_json("analyse", music)
    suggested = heard["genre"] if heard["style"] is None else heard["style"]["style"]
    run("settings", "mapping", f"{suggested}=One|Two")
    (mapped,) = run_json("analyse", music)
    assert (heard["genre"], mapped["suggested"]) == (mapped["genre"], ["One", "Two"])
    assert "-> One; Two" in run("analyse", music).stdout
    assert heard["suggested"] != mapped["suggested"]


def test_apply_with_paths_writes_the_confident_ones(music):
    encode(music / "a.flac", seconds=4, noise=0.2)
    (skipped,) = run_json("apply", music, "--min-confidence", "1.0")
    assert skipped["status"] == "skipped"
    assert "a.flac" in skipped["reason"]


@pytest.mark.parametrize(
    ("arguments", "stdin", "named"),
    [
        (["analyse", "/no/such/folder"], "", "/no/such/folder does not exist"),
        (["apply", "--plan", "/no/plan"], "", "/no/plan cannot be read"),
        (["apply", "--plan", "-"], "nonsense", "Line 1 of the plan"),
        (["apply", "--plan", "-"], '{"path": "/a"}', 'no "genres"'),
        (["apply", "--plan", "-", "/tmp"], "", "either --plan FILE or PATH"),
        (["apply"], "", "either --plan FILE or PATH"),
        (["apply", "/tmp"], "", "--min-confidence"),
        (["apply", "--plan", "-", "--min-confidence", "0.5"], "", "--min-confidence"),
        (["undo", "no-such-batch"], "", "no-such-batch"),
        (["undo", "--search", "/no/such/folder"], "", "/no/such/folder is not a folder"),
        (["history", "no-such-batch", "--json"], "", "no-such-batch"),
        (["history", "--export", "no-such-batch"], "", "no-such-batch"),
        (["history", "--patches"], "", "--patches needs --export"),
        (["settings", "colour"], "", "There is no setting colour"),
        (["settings", "jobs", "many"], "", "jobs cannot be 'many'"),
        (["frobnicate-the-library"], "", "frobnicate-the-library"),
        (["--frobnicate"], "", "usage"),
    ],
)
def test_what_cannot_be_started_is_one_sentence_and_status_2(arguments, stdin, named):
    start = run if arguments[0] in SUBCOMMANDS else run_process  # the window may be tried
    done = start(*arguments, stdin=stdin, DISPLAY="", WAYLAND_DISPLAY="", QT_QPA_PLATFORM="")
    assert done.returncode == 2
    assert named in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_a_path_twice_is_an_error_before_the_first_write(music):
    path = encode(music / "a.flac", seconds=1)
    before = path.read_bytes()
    line = {"path": str(path), "genres": ["Rock"]}
    done = run("apply", "--plan", "-", stdin=plan(line, line))
    assert done.returncode == 2
    assert "a.flac again" in done.stderr
    assert path.read_bytes() == before


def test_a_damaged_store_is_one_sentence(music, home):
    home.mkdir()
    (home / "store.sqlite").write_bytes(b"no database" * 1000)
    encode(music / "a.flac", seconds=1)
    done = run("analyse", music)
    assert done.returncode == 2
    assert "store.sqlite cannot be used" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def analysing(music, *, n_tracks):
    """Return the process that hears `n_tracks`, and what it said of the first one."""
    noise = {"frequencies_hz": (), "noise": 0.2, "sample_rate_hz": 16000}
    for number in range(n_tracks):
        encode(music / f"{number:02}.wav", seconds=31, seed=number, **noise)
    process = subprocess.Popen(
        [sys.executable, "-m", "genretagger", "analyse", music, "--json", "--jobs", "1"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        text=True,
        start_new_session=True,
    )
    return process, process.stdout.readline()


def test_a_killed_analysis_leaves_no_process(music):
    process, _first = analysing(music, n_tracks=10)
    process.kill()
    # Its worker has inherited its outputs, which end with the last process that has them.
    _out, err = process.communicate(timeout=LIMIT_S)
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("number", "status", "of_all"),
    [(signal.SIGINT, 130, False), (signal.SIGTERM, 143, False), (signal.SIGTERM, 143, True)],
)
def test_a_signal_keeps_what_was_done_and_leaves_no_process(music, number, status, of_all):
    process, first = analysing(music, n_tracks=40)
    if of_all:  # as systemd does
        os.killpg(process.pid, number)
    else:
        process.send_signal(number)
    # The worker has inherited the outputs, which end with the last process that has them.
    out, err = process.communicate(timeout=LIMIT_S)
    assert process.returncode == status
    assert "crash" not in out + err
    assert err.splitlines()[-1] == "Stopped; what was done so far is kept."
    n_done = len([first, *out.splitlines()])
    assert n_done < 40
    log = (Path(os.environ["GENRETAGGER_HOME"]) / "genretagger.log").read_text()
    assert "Traceback" not in log


@pytest.mark.parametrize(("ending", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_watch_hears_what_is_there_and_waits_for_more_until_it_is_ended(music, ending, status):
    encode(music / "a.flac", seconds=4, noise=0.2)
    os.utime(music / "a.flac", (0, 0))
    process = subprocess.Popen(
        [sys.executable, "-m", "genretagger", "watch", music, "--json", "--jobs", "1"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        text=True,
    )
    heard = json.loads(process.stdout.readline())
    assert [heard] == run_json("analyse", music)
    process.send_signal(ending)
    out, err = process.communicate(timeout=LIMIT_S)
    assert process.returncode == status
    assert out == ""
    assert err.splitlines() == [
        f"Watching {music}: what is there is analysed, then what comes; Ctrl-C ends it.",
        "Stopped; what was done so far is kept.",
    ]


def test_only_a_folder_can_be_watched(music):
    path = encode(music / "a.flac", seconds=1)
    for missing, sentence in (
        (path, "is not a folder, so nothing that comes can be noticed there; name a folder."),
        (music / "b", "does not exist; check the spelling."),
        (music / ("b" * 300), "cannot be opened (File name too long); its tracks are left out."),
    ):
        done = run("watch", missing)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr == f"{missing} {sentence}\n"


@pytest.mark.parametrize("arguments", [("--debug", "analyse"), ("analyse", "--debug")])
def test_debug_shows_every_detail_also_of_worker_processes(arguments, music):
    path = encode(music / "a.m4a", seconds=4, noise=0.2)
    content = bytearray(path.read_bytes())
    half = len(content) // 2
    content[half : half + 500] = bytes([255]) * 500
    path.write_bytes(content)
    plain = run_process("analyse", "--json", music)
    done = run_process(*arguments, "--no-cache", "--json", music)
    assert done.stdout == plain.stdout
    assert plain.stderr == ""
    assert "left out a damaged packet" in done.stderr


def test_version_and_help():
    assert run_process("--version").stdout == f"genretagger {__version__}\n"
    text = run("--help").stdout
    for word in (
        "analyse",
        "watch",
        "apply",
        "undo",
        "history",
        "settings",
        "self-check",
        "exit status",
        "examples",
    ):
        assert word in text


def test_a_report_hides_names_and_needs_no_settings(home):
    home.mkdir()
    (home / "settings.json").write_text("{", encoding="utf-8")
    line = (
        "2026-12-01 10:00:00,000 INFO [1] genretagger.pipeline: cannot be read: "
        "\u2039/m/Secret/a.mp3\u203a\n"
    )
    (home / "genretagger.log").write_text(line, encoding="utf-8")
    hidden, shown = run("report"), run("report", "--names")
    assert (hidden.returncode, hidden.stderr) == (0, "")
    assert hidden.stdout.startswith(f"Genretagger {__version__}")
    assert "cannot be read: " in hidden.stdout
    assert "Secret" not in hidden.stdout
    assert "/m/Secret/a.mp3" in shown.stdout


@pytest.mark.parametrize("name", SUBCOMMANDS)
def test_the_help_of_a_subcommand_says_what_it_does(name):
    told = " ".join(run(name, "--help").stdout.split())
    assert TOLD[name].description in told
    assert "hear tracks" not in told  # the job is to analyse
    assert TOLD[name].line in run("--help").stdout


def test_self_check_works_from_anywhere(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "genretagger", "self-check"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"genretagger {__version__} works")


def test_a_folder_named_like_a_subcommand_does_not_hide_it(tmp_path):
    (tmp_path / "history").mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "genretagger", "history"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "Nothing has been written yet.\n")


def test_every_subcommand_is_known_to_the_entry_point():
    usage = run("nonsense", "--help").stderr + run("--help").stdout
    listed = [line.split()[0] for line in usage.splitlines() if line.startswith("    ")]
    assert [name for name in listed if name in SUBCOMMANDS] == list(SUBCOMMANDS)


def test_names_cannot_steer_the_terminal(music):
    name = "a\n\x1b[31m\u202e.flac"
    encode(music / "a.flac", seconds=2, noise=0.2).rename(music / name)
    done = run_process("analyse", music)
    (line,) = done.stdout.splitlines()
    assert line.endswith(r"a\n\x1b[31m\u202e.flac") or r"a\n\x1b[31m\u202e.flac  (unsure" in line


def test_output_that_takes_no_more_is_one_sentence(music):
    """Files in work are written to the end; of twenty some are never begun."""
    for number in range(20):
        encode(music / f"{number:02}.flac", seconds=1, frequencies_hz=(300 + number,))
    lines = plan(*({"path": str(path), "genres": ["Rock"]} for path in sorted(music.iterdir())))
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "genretagger", "apply", "--plan", "-", "--json"],
            input=lines,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            check=False,
        )
    assert done.returncode == 1
    (sentence,) = done.stderr.splitlines()
    assert sentence.startswith("Stopped, because the output cannot be written (No space left")
    (batch,) = run_json("history")
    assert 1 <= batch["written"] < 20


def run_closed(closing, *arguments):
    """Return the finished process of `genretagger` that a shell began with a stream closed."""
    command = [sys.executable, "-m", "genretagger", *map(str, arguments)]
    return subprocess.run(
        ["sh", "-c", f'exec "$@" {closing}', "sh", *command],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )


@pytest.mark.skipif(os.name == "nt", reason="needs a shell of POSIX")
@pytest.mark.parametrize(
    ("closing", "arguments", "status", "said"),
    [
        (">&-", ["settings"], 1, "Stopped, because the output cannot be written (Bad file"),
        ("<&-", ["apply", "--plan", "-"], 2, "The plan - cannot be read (Bad file"),
        ("2>&-", ["settings", "colour"], 2, ""),
    ],
)
def test_a_stream_that_is_closed_is_one_sentence_if_it_is_needed(closing, arguments, status, said):
    done = run_closed(closing, *arguments)
    assert done.returncode == status
    assert done.stdout == ""
    assert done.stderr.startswith(said)
    assert len(done.stderr.splitlines()) == bool(said)


@pytest.mark.skipif(os.name == "nt", reason="needs a shell of POSIX")
def test_nobody_needs_to_listen_to_the_sentences(music):
    encode(music / "a.flac", seconds=4, noise=0.2)
    done = run_closed("2>&-", "analyse", music)
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 1


def test_a_plan_may_start_with_a_byte_order_mark(music, tmp_path):
    path = encode(music / "a.flac", seconds=1)
    file = tmp_path / "plan.jsonl"
    file.write_text("\ufeff" + plan({"path": str(path), "genres": ["Rock"]}), encoding="utf-8")
    (result,) = run_json("apply", "--plan", file)
    assert result["status"] == "written"


def test_a_dry_run_says_so(music):
    path = encode(music / "a.flac", seconds=1)
    done = run_process(
        *("apply", "--plan", "-", "--dry-run"), stdin=plan({"path": str(path), "genres": ["Rock"]})
    )
    assert done.stdout == f"would write  {path}  (none) -> Rock\n"
    assert done.stderr.splitlines() == ["1 would be written", "Dry run: nothing was written."]


@pytest.mark.parametrize("dry", [[], ["--dry-run"]])
def test_what_is_left_alone_is_counted_by_reason(music, dry):
    for name, genre in (("a", "Rock"), ("b", "Rock"), ("c", "Jazz"), ("d", "")):
        encode(music / f"{name}.flac", seconds=1, metadata={"genre": genre} if genre else {})
    lines = plan(
        *({"path": str(music / f"{name}.flac"), "genres": ["Jazz"]} for name in "abd"),
        {"path": str(music / "c.flac"), "genres": ["Jazz"], "policy": "add"},
    )
    done = run("apply", "--plan", "-", *dry, stdin=lines)
    assert done.returncode == 0
    (line,) = done.stdout.splitlines()
    word = "would write" if dry else "written  "
    assert line == f"{word}  {music / 'd.flac'}  (none) -> Jazz"
    assert done.stderr.splitlines()[:4] == [
        f"1 {'would be written' if dry else 'written'}, 3 left alone:",
        "  2 with a genre already",
        "  1 with that genre already",
        "--verbose lists what is left alone.",
    ]


def test_verbose_names_what_is_left_alone(music):
    encode(music / "a.flac", seconds=1, metadata={"genre": "Rock"})
    line = plan({"path": str(music / "a.flac"), "genres": ["Jazz"]})
    done = run("apply", "--plan", "-", "--verbose", stdin=line)
    assert done.stdout == f"skipped    {music / 'a.flac'}  Rock\n"
    assert done.stderr.splitlines() == ["1 left alone:", "  1 with a genre already"]


def test_a_policy_of_its_own_is_shown_beside_a_line(music):
    for name in "ab":
        encode(music / f"{name}.flac", seconds=1, metadata={"genre": "Rock"})
    lines = plan(
        {"path": str(music / "a.flac"), "genres": ["Jazz"], "policy": "replace"},
        {"path": str(music / "b.flac"), "genres": ["Jazz"], "policy": "add"},
    )
    asked = ("apply", "--plan", "-", "--policy", "add")
    first, second = run(*asked, "--dry-run", stdin=lines).stdout.splitlines()
    assert first.endswith("Rock -> Jazz  (replace)")
    assert second.endswith("Rock -> Rock; Jazz")
    results = run_json(*asked, stdin=lines)
    assert [result["policy"] for result in results] == ["replace", "add"]
    first, second = run("history", results[0]["batch"]).stdout.splitlines()
    assert first.endswith("Rock -> Jazz  (replace)")
    assert second.endswith("Rock -> Rock; Jazz")
    assert [result["policy"] for result in run_json("undo")] == [None, None]


def written(music, *names, genre="Rock"):
    """Write `genre` into new files of these names; return paths, old contents and the batch."""
    paths = [encode(music / name, seconds=1, noise=0.2, seed=ord(name[0])) for name in names]
    before = [path.read_bytes() for path in paths]
    lines = [{"path": str(path), "genres": [genre]} for path in paths]
    results = run_json("apply", "--plan", "-", stdin=plan(*lines))
    return paths, before, results[0]["batch"]


def test_single_files_are_undone_by_name_and_moved_ones_found(music, tmp_path):
    (a, b, c), before, batch = written(music, "a.flac", "b.mp3", "c.ogg")
    missing, restored = run_json("undo", "--file", b, music / "no.mp3", status=1)
    assert (missing["path"], missing["status"]) == (str(music / "no.mp3"), "refused")
    assert "no.mp3" in missing["reason"]
    assert (restored["path"], restored["status"], restored["batch"]) == (str(b), "restored", batch)
    assert (restored["before"], restored["after"]) == (["Rock"], [])
    assert b.read_bytes() == before[1]
    away = tmp_path / "away"
    away.mkdir()
    a.rename(away / "renamed.flac")
    done = run("undo", batch)
    assert done.returncode == 1
    first, *_ = done.stderr.splitlines()
    assert "a.flac is not there any more" in first
    assert str(c) in done.stdout
    assert c.read_bytes() == before[2]
    (moved,) = run_json("undo", batch, "--search", away)
    assert (moved["path"], moved["status"]) == (str(away / "renamed.flac"), "restored")
    assert (away / "renamed.flac").read_bytes() == before[0]


def test_the_history_shows_batches_files_and_everything(music, home):
    (a, b), _, batch = written(music, "a.flac", "b.mp3", genre="Pop")
    run_json("undo", "--file", a)
    listed = run("history")
    assert listed.stdout.startswith(f"{batch}  ")
    assert "2 written, 1 undone  partly undone" in listed.stdout
    assert listed.stderr.endswith(f"on the disk, in {home / 'journal'}.\n")
    writes = run_json("history", batch)
    assert writes == [
        {
            "number": number,
            "path": str(path),
            "state": state,
            "before": [],
            "after": ["Pop"],
            "policy": "fill",
            "reason": None,
        }
        for number, path, state in ((0, a, "undone"), (1, b, "written"))
    ]
    lines = run("history", batch).stdout.splitlines()
    assert lines == [f"undone     {a}  (none) -> Pop", f"written    {b}  (none) -> Pop"]
    exported = run("history", "--export", "--patches")
    assert exported.stdout.isascii()
    records = [json.loads(line) for line in exported.stdout.splitlines()]
    assert [record["state"] for record in records] == ["undone", "written", "restored"]
    assert list(records[0]) == [
        *("batch", "at_utc", "policy", "program", "number", "undoes", "path", "target", "state"),
        *("reason", "undone", "undo_refused", "before", "after", "before_raw", "after_raw"),
        *("old_sha256", "new_sha256", "audio_digest", "identity", "damaged", "patch"),
    ]
    file = home / "journal" / f"{batch}.jsonl"
    file.write_bytes(file.read_bytes()[:-3])  # cut in its last record
    run("history")  # settles what seems interrupted now
    said = [run("history", *more).stderr.splitlines()[0] for more in ((), ("--export",))]
    assert (
        said
        == [f"{batch}: a record of its journal is damaged and lost, as the last may be in a crash."]
        * 2
    )
    assert list(records[0]["identity"]) == [
        *("device", "inode", "size_bytes", "mtime_ns", "ctime_ns")
    ]


def test_settings_are_listed_changed_and_kept(home):
    rows = {row["name"]: row for row in run_json("settings")}
    assert list(rows) == [
        *("policy", "accept_threshold", "jobs", "keep_dates", "id3v23_separator"),
        *("upgrade_id3v22", "keep_history_days", "personal_classifier"),
        *("mapping", "protected_genres", "language", "remember_session", "notify", "sort_names"),
        *("skip_hidden_folders", "effort", "genres", "theme", "text_size", "row_height"),
        *("rules", "personal_use"),
    ]
    assert all(row["value"] == row["default"] and row["meaning"] for row in rows.values())
    (changed,) = run_json("settings", "keep_dates", "no")
    assert (changed["value"], changed["default"]) == (False, True)
    assert json.loads((home / "settings.json").read_text())["keep_dates"] is False
    line = run("settings", "keep_dates").stdout
    assert line.split()[:4] == ["keep_dates", "false", "(default", "true)"]


def test_settings_that_hold_genres_are_typed_as_a_text_and_stored_as_json(home):
    (mapping,) = run_json("settings", "mapping", "Hip-Hop=Rap; disco=Disco|Funk")
    assert mapping["value"] == {"hiphop": ["Rap"], "disco": ["Disco", "Funk"]}
    assert mapping["default"] == {}
    (protected,) = run_json("settings", "protected_genres", "Audiobook; Christmas")
    assert protected["value"] == ["Audiobook", "Christmas"]
    stored = json.loads((home / "settings.json").read_text())
    assert (stored["mapping"], stored["protected_genres"]) == (
        mapping["value"],
        protected["value"],
    )
    told = run("settings", "mapping").stdout
    assert '"hiphop=Rap; disco=Disco|Funk"' in told, "as it is typed"
    assert run_json("settings", "mapping", "")[0]["value"] == {}
    refused = run("settings", "mapping", "rock=A; Rock Music=B")
    assert refused.returncode == 2
    assert "each genre once" in refused.stderr


def test_a_settings_file_with_errors_is_named_and_mended_by_setting_anew(home):
    home.mkdir()
    file = home / "settings.json"
    file.write_text('{"jobs": "all", "policy": "wipe", "keep_dates": false}')
    done = run("history")
    (said,) = done.stderr.splitlines()
    assert done.returncode == 2
    assert str(file) in said
    assert "settings jobs VALUE" in said
    done = run("settings", "--json")
    assert done.returncode == 1
    rows = {row["name"]: row["value"] for row in map(json.loads, done.stdout.splitlines())}
    assert "jobs" not in rows
    assert rows["keep_dates"] is False
    assert [str(file) in line for line in done.stderr.splitlines()] == [True] * 2
    mended = run("settings", "policy", "add")
    assert mended.returncode == 1
    assert mended.stdout.startswith("policy")
    assert "jobs cannot be 'all'" in mended.stderr
    (mended,) = run_json("settings", "jobs", "2")
    assert mended["value"] == 2
    stored = json.loads(file.read_text())
    assert (stored["jobs"], stored["policy"], stored["keep_dates"]) == (2, "add", False)
    assert run("history").returncode == 0


def test_a_settings_file_that_is_a_folder_is_one_sentence(home):
    (home / "settings.json").mkdir(parents=True)
    done = run("history")
    (sentence,) = done.stderr.splitlines()
    assert "settings.json cannot be read (Is a directory); repair it" in sentence
    assert done.returncode == 2


def test_a_setting_that_is_not_known_is_said_and_kept_for_the_program_that_knows_it(home):
    home.mkdir()
    (home / "settings.json").write_text('{"colour": 1}')
    assert run("history").returncode == 2
    done = run("settings", "policy", "add")
    assert done.returncode == 1
    assert "settings.json names an unknown setting, colour" in done.stderr
    stored = json.loads((home / "settings.json").read_text())
    assert (stored["colour"], stored["policy"]) == (1, "add")


def test_undo_speaks_of_refused_batches_only_where_there_is_one(music):
    assert run("undo").stderr == "Nothing to undo.\n"
    (path,), *_ = written(music, "a.flac")
    path.unlink()
    assert run("undo").returncode == 1
    done = run("undo")
    assert done.stderr == (
        "Nothing to undo. To try a batch again that was refused, give its name.\n"
    )


@pytest.mark.parametrize("more", [(), ("--export",)])
def test_a_journal_file_that_cannot_be_read_is_named_once(more, music, home):
    written(music, "a.flac")
    (home / "journal" / "29990101T000000Z-0000.jsonl").mkdir()
    done = run("history", *more)
    assert done.stderr.count("29990101T000000Z-0000.jsonl") == 1
    assert done.returncode == (1 if more else 2)


@pytest.mark.parametrize("content", [b"", b"\0garbage\xff\n" * 99])
def test_a_batch_of_which_nothing_can_be_read_is_named(content, music, home):
    path = encode(music / "a.flac", seconds=0.5)
    run("apply", "--plan", "-", stdin=plan({"path": str(path), "genres": ["Pop"]}))
    (file,) = (home / "journal").glob("*.jsonl")
    file.write_bytes(content)
    said = f"{file.stem}: its journal cannot be read at all; what it wrote, if anything, stays."
    for more in ((), (file.stem,)):
        done = run("history", *more)
        assert (done.returncode, done.stderr.splitlines()[0]) == (0, said)
    batch = json.loads(run("history", "--json").stdout)
    assert (batch["state"], batch["written"]) == ("damaged", 0)
    for more in ((), (file.stem,)):
        done = run("undo", *more)
        assert (done.returncode, done.stderr.splitlines()) == (
            1,
            [
                said,
                "Nothing was undone. To undo another batch, give its name; `history` lists them.",
            ],
        )
    assert said in run("undo", "--file", path).stderr.splitlines()


def test_undo_tells_of_lost_records_as_the_history_does(music, home):
    (path, *_), _, batch = written(music, "a.flac", "b.flac")
    file = home / "journal" / f"{batch}.jsonl"
    lines = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(b"".join(lines[:5])[:-2])  # the header, one write, and a part of the next
    (said,) = run("history", batch).stderr.splitlines()
    done = run("undo")
    assert (done.returncode, done.stderr.splitlines()) == (1, [said, "1 restored"])
    assert done.stdout == f"restored   {path}  Rock -> (none)\n"
    (record,) = run_json("undo", "--file", path, status=1)
    assert record["status"] == "refused"


def test_what_another_process_is_writing_is_not_called_interrupted(music, home):
    batches = []
    for name in ("a.flac", "b.flac"):
        (path,), _, batch = written(music, name)
        file = home / "journal" / f"{batch}.jsonl"
        lines = file.read_bytes().splitlines(keepends=True)
        batches.append((batch, path, file, b"".join(lines[:-1])))
    for *_, file, content in batches:  # the outcome is missing; the older could not be settled
        file.write_bytes(content)
    (older, *_), (newer, path, *_) = batches
    with lock.lock_journal(home / "journal"):
        found = {batch["batch"]: batch["state"] for batch in run_json("history")}
        assert found == {newer: "being written", older: "interrupted"}
        assert [write["state"] for write in run_json("history", newer)] == ["being written"]
        assert [write["state"] for write in run_json("history", older)] == ["interrupted"]
        done = run_process("history", newer)
        assert (done.stdout, done.stderr) == (f"being written  {path}  (none) -> Rock\n", "")
    assert [
        batch["state"] for batch in map(json.loads, run("history", "--json").stdout.splitlines())
    ] == ["written"] * 2


def test_what_became_of_an_interrupted_run_is_said_once(music, home):
    (path,), _, batch = written(music, "a.flac")
    file = home / "journal" / f"{batch}.jsonl"
    lines = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(b"".join(lines[:-1]))  # killed before the last outcome
    done = run("undo")
    assert done.stderr.splitlines() == [
        f"An earlier run was interrupted: written    {path}  (none) -> Rock",
        "1 restored",
    ]
    assert done.stdout == f"restored   {path}  Rock -> (none)\n"


def test_a_journal_that_cannot_be_used_is_one_sentence(music, home):
    path = encode(music / "a.flac", seconds=1)
    before = path.read_bytes()
    home.mkdir()
    (home / "journal").write_bytes(b"")
    line = plan({"path": str(path), "genres": ["Rock"]})
    for done in (run("apply", "--plan", "-", stdin=line), run("undo")):
        assert done.returncode == 2
        (sentence,) = done.stderr.splitlines()
        assert "journal cannot be used" in sentence
    assert path.read_bytes() == before


def test_a_cluster_without_dask_is_one_sentence(music, monkeypatch):
    encode(music / "a.flac", seconds=1)
    for name in list(sys.modules):
        if name.startswith("genretagger.pipeline.cluster"):
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "distributed", None)  # as if it were not installed
    done = run("analyse", "--scheduler", "local", music)
    assert done.returncode == 2
    assert done.stderr == (
        "Hearing on a cluster needs the package distributed; "
        "install it with pip install 'genretagger[cluster]'.\n"
    )


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--scheduler", "somewhere"], "somewhere is neither local nor like tcp://HOST:8786"),
        (["--scheduler", "tcp://host"], "tcp://host is neither local nor like tcp://HOST:8786"),
        (["--scheduler", "tcp://h:1", "--jobs", "2"], "The option --jobs counts the workers of"),
    ],
)
def test_a_scheduler_that_cannot_be_meant_is_refused(music, arguments, sentence):
    done = run("analyse", *arguments, music)
    assert done.returncode == 2
    assert sentence in done.stderr


def test_writing_stays_on_one_machine(music):
    done = run("apply", "--min-confidence", "0.9", "--scheduler", "local", music)
    assert done.returncode == 2
    assert "unrecognized arguments: --scheduler" in done.stderr
