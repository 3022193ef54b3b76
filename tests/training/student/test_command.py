"""The command: from audio to the embedding, and how it ends where something is missing."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest

from genretagger.training.model.embedding import read_embedding
from genretagger.training.student import command
from genretagger.training.student.bank import PassMaker, list_missing
from genretagger.training.student.pieces import find_pieces
from genretagger.training.student.recordings import Recordings
from genretagger.training.student.teachers import AUDIOSET_NETWORK, JAMENDO, MSD
from tests.helpers.samples import encode
from tests.helpers.training_commands import run_in_process

run_student = partial(run_in_process, "student.command")


@pytest.fixture(autouse=True)
def _alone(monkeypatch):
    """Keep the environment, and what is set for a whole process, out of the tests."""
    for name in ("GTZAN", "TEACHERS", "MUSIC", "SOUNDS"):
        monkeypatch.delenv(f"GENRETAGGER_{name}", raising=False)
    monkeypatch.setattr(command.tf.config.experimental, "enable_op_determinism", lambda: None)


@pytest.fixture
def data(tmp_path):
    """Return a data folder with two genres of three clips, one of which is kept."""
    folder = tmp_path / "data"
    names = [f"{genre}.0000{n}" for genre in ("jazz", "metal") for n in range(3)]
    for seed, name in enumerate(names):
        path = folder / "clips" / name.split(".")[0] / f"{name}.flac"
        path.parent.mkdir(parents=True, exist_ok=True)
        pitch_hz = 220.0 * (1 + seed)
        encode(path, seconds=4, frequencies_hz=(pitch_hz,), noise=0.1, seed=seed)
    np.savez(
        folder / "gtzan_dev.npz",
        clip=np.array(names),
        genre=np.array([name.split(".")[0] for name in names]),
        artist=np.array(names),
        split=np.array(["train", "train", "valid"] * 2),
    )
    return folder


@pytest.fixture
def fill(monkeypatch, made_up_teacher):
    """Have a made-up teacher fill the bank; return the numbers of the passes that it made."""
    made = []

    def fill_bank(folder, *, n_passes, recordings, teachers, seed, n_processes):
        assert n_processes >= 1
        maker = PassMaker(Recordings.open(recordings), made_up_teacher(), folder, seed)
        for number in list_missing(folder, n_passes=n_passes):
            maker.make(number)
            made.append(number)

    monkeypatch.setattr(command, "fill_bank", fill_bank)
    return made


@pytest.fixture
def teachers(tag_lists):
    """Return a folder of teachers whose networks are never opened."""
    for name in (MSD, JAMENDO, AUDIOSET_NETWORK):
        (tag_lists / name).write_bytes(name.encode())
    return tag_lists


def test_audio_becomes_an_embedding_and_each_step_is_kept(data, teachers, fill, tmp_path):
    arguments = ("--data", data, "--teachers", teachers, "--work", tmp_path / "work", "--quick")
    done = run_student(*arguments)
    assert done.returncode == 0, done.stderr
    assert fill == [0, 1]
    folder = tmp_path / "work" / "embedding"
    embedding = read_embedding(folder)
    record = embedding.record
    assert len(record.tags) == 50 + 72 + 31
    assert [(audio.kind, audio.n_pieces) for audio in record.audio] == [("clip", 4)]
    assert record.hours_heard == 0.07  # twice four excerpts of 30 s
    assert done.stdout.splitlines() == [
        str(folder),
        f"{record.embedding_id}: {record.hours_heard} h heard",
    ]
    assert "student: pass 2 of 2" in done.stderr

    again = run_student(*arguments, "--out", tmp_path / "elsewhere", "--alone")
    assert again.returncode == 0
    assert fill == [0, 1]
    assert "student: pass" not in again.stderr
    alone = read_embedding(tmp_path / "elsewhere")
    assert alone.record.tags == record.tags[50:]
    assert (folder / "embedding.tflite").read_bytes() == embedding.graph


def test_other_audio_in_the_same_work_folder_is_refused(data, teachers, fill, tmp_path, capsys):
    command.claim_bank(tmp_path / "work" / "bank", origin="other audio")
    done = run_student(
        "--data", data, "--teachers", teachers, "--work", tmp_path / "work", "--quick"
    )
    assert done.returncode == 2
    assert done.stdout == ""
    assert "remove it, or name another folder by --work" in done.stderr
    assert fill == []


def test_ctrl_c_says_how_to_go_on(data, teachers, tmp_path, monkeypatch):
    def stop(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(command, "fill_bank", stop)
    done = run_student(
        "--data", data, "--teachers", teachers, "--work", tmp_path / "work", "--quick"
    )
    assert done.returncode == 130
    assert done.stderr.endswith("stopped; the same command goes on from here\n")
    assert done.stdout == ""


def test_without_a_data_folder_it_says_what_to_set():
    done = run_student("--quick")
    assert done.returncode == 2
    assert "GENRETAGGER_GTZAN" in done.stderr


def test_missing_teachers_are_named_before_any_work(data, tmp_path):
    done = run_student("--data", data, "--work", tmp_path / "work")
    assert done.returncode == 2
    assert f"The teacher {tmp_path / 'teachers' / MSD} is missing" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "work").exists()


@pytest.mark.parametrize("option", ["--passes", "--bank"])
def test_numbers_below_one_are_refused(option, data):
    done = run_student("--data", data, option, 0)
    assert done.returncode == 2
    assert "at least 1" in done.stderr


@pytest.mark.gtzan
def test_no_clip_of_the_validation_or_of_its_artists_is_heard(gtzan):
    pieces = find_pieces(gtzan)
    with np.load(gtzan / "gtzan_dev.npz") as table:
        artists = dict(zip(table["clip"].tolist(), table["artist"].tolist(), strict=True))
        is_valid = table["split"] == "valid"
        kept = set(table["clip"][is_valid].tolist())
        kept_artists = set(table["artist"][is_valid].tolist()) - {""}
    heard = {piece.path.rsplit("/", 1)[1].rsplit(".", 1)[0] for piece in pieces}
    assert len(heard) > 300
    assert not heard & kept
    assert not {artists[clip] for clip in heard} & kept_artists
