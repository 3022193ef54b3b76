"""From a folder of labelled audio to model, figures and report, without touching the sources."""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np
import pytest

from genretagger.analysis.classifier import Model
from genretagger.analysis.workers import hear
from genretagger.core.predictions import SegmentOutputs
from genretagger.training import run_all, sources
from genretagger.training.baseline import load_rows
from genretagger.training.data.artists import known_of
from genretagger.training.data.audio_folder import HeardTrack, labelled_files
from genretagger.training.data.dataset import TableError, load_table
from genretagger.training.evaluation.figures import load_figures
from genretagger.training.model.music_detector import MUSIC, Sounds
from genretagger.training.robustness import RobustnessRow

N_CLIPS = 5


def write_clip(path, *, pitch_hz, seed, seconds=6.2):
    """Write a tone with its overtones in noise."""
    random = np.random.default_rng(seed)
    times = np.arange(int(22_050 * seconds)) / 22_050
    tones = sum(np.sin(2 * np.pi * pitch_hz * n * times) / n for n in range(1, 5))
    samples = (4000 * tones + random.normal(0, 400, times.size)).astype("<i2")
    path.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(path), "wb") as stream:
        stream.setparams((1, 2, 22_050, samples.size, "NONE", ""))
        stream.writeframes(samples.tobytes())


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory):
    """Return a folder as GTZAN unpacks: two genres, five clips each and a broken one."""
    folder = tmp_path_factory.mktemp("Data")
    for genre, pitch_hz in (("jazz", 220), ("metal", 990)):
        for number in range(N_CLIPS):
            path = folder / "genres_original" / genre / f"{genre}.{number:05}.wav"
            write_clip(path, pitch_hz=pitch_hz * (1 + number / 40), seed=number)
    (folder / "genres_original" / "jazz" / "jazz.00054.wav").write_bytes(b"RIFF and no more")
    lines = [f"{genre}.{n:05}\t{genre} {n}" for genre in ("jazz", "metal") for n in range(N_CLIPS)]
    (folder / "artists.tsv").write_text("\n".join(lines), encoding="utf-8")
    return folder


# Ten made-up clips are too few and too alike for scikit-learn's taste.
@pytest.mark.filterwarnings("ignore:The least populated class")
@pytest.mark.filterwarnings("ignore:lbfgs failed to converge")
def test_a_folder_becomes_model_figures_and_report(unpacked, tmp_path, monkeypatch, capsys):
    def changed(folder, *, model_folder, n_workers):
        paths = [path.name for path, _ in labelled_files(folder)]
        assert paths == ["jazz.00000.wav", "metal.00000.wav"]
        return (RobustnessRow("softer", 2, 0, 1.0, 1.0, 0.0, 0.0),)

    def few_sounds():
        segments = np.random.default_rng(0).normal(0, 1, (60, 10, 200)).astype(np.float32)
        kinds = np.repeat(["speech", "noise", MUSIC], 20)
        groups = np.array([f"source {row // 4}" for row in range(60)])
        return Sounds(kinds, groups, kinds, segments)

    monkeypatch.delenv(run_all.DATA_VARIABLE, raising=False)  # else its table would name artists
    monkeypatch.setattr(run_all, "robustness_in_processes", changed)
    monkeypatch.setattr(run_all, "load_sounds", few_sounds)
    out, cache = tmp_path / "trial", tmp_path / "cache"
    music = tmp_path / "music"
    write_clip(music / "a band" / "song.wav", pitch_hz=330, seed=9)
    (music / "README.md").write_text("no music", encoding="utf-8")
    arguments = ["--data", str(unpacked), "--out", str(out), "--cache", str(cache), "--quick"]
    arguments += ["--music", str(music)]

    assert run_all.main(arguments) == 0

    said = capsys.readouterr().err
    assert "jazz.00054.wav" in said
    assert "1 files left out" in said
    figures = load_figures(out / "model-figures.json")
    trained_on = figures.model.trained_on
    assert trained_on.endswith("what is music: 21 pieces without a genre and 40 other sounds")
    assert figures.data.clips["jazz"] == figures.data.clips["metal"] == N_CLIPS
    assert (figures.data.n_artists, figures.data.n_unnamed) == (10, 0)
    assert figures.cross_validation.n_verdicts == 3 * 2 * N_CLIPS
    assert [one.leaks for one in figures.baselines] == [True, False]
    assert figures.baselines[0].n_rows == 20  # two whole pieces of 3 s in each clip of 6 s
    assert figures.hold_out is None
    assert figures.robustness[0].name == "softer"
    called = {one.name: (one.is_music, one.n) for one in figures.open_set.called}
    assert called == {
        "the labelled clips": (True, 2 * N_CLIPS),
        "openly licensed, a band": (True, 1),
        "speech": (False, 20),
        "noise": (False, 20),
        MUSIC: (True, 20),
    }
    assert figures.speed.total_ms > 0
    assert (out / "model-report.html").is_file()
    model = Model.load(out / "model")
    clip = unpacked / "genres_original" / "metal" / "metal.00002.wav"
    assert model.classify(hear(clip, model=model)).genre == "metal"
    assert len(list(cache.iterdir())) == 1

    monkeypatch.setattr(sources, "extract", None)  # nothing is heard twice
    again = sources.source_of(unpacked, cache=cache, index=None)
    assert again.table.clips.tolist() == load_table(next(cache.iterdir()), needs=()).clips.tolist()


def test_too_little_audio_is_said(tmp_path, capsys):
    write_clip(tmp_path / "jazz" / "a.wav", pitch_hz=200, seed=0)
    arguments = ["--data", str(tmp_path), "--out", str(tmp_path / "out")]
    assert run_all.main([*arguments, "--cache", str(tmp_path / "cache")]) == 2
    said = capsys.readouterr().err
    assert "holds too little" in said
    assert "List them in artists.tsv" in said
    assert not (tmp_path / "out").exists()


def test_a_quick_run_is_never_published(tmp_path, capsys):
    with pytest.raises(SystemExit):
        run_all.main(["--data", str(tmp_path), "--quick"])
    assert "--out" in capsys.readouterr().err


def heard(path, number=0):
    """Return a track of which the embedding heard something of its own."""
    logits = np.full((1, 50), float(number), np.float32)
    outputs = SegmentOutputs(np.zeros(1, np.float32), logits, np.zeros((1, 200), np.float32))
    return HeardTrack(path, "jazz", outputs)


def test_artists_come_from_the_list_then_the_index_then_the_names(tmp_path):
    np.savez(
        tmp_path / "gtzan_dev.npz",
        clip=np.array(["jazz.00001", "jazz.00002"]),
        genre=np.array(["jazz", "jazz"]),
        artist=np.array(["Indexed", ""]),
        split=np.array(["valid", "train"]),
    )
    (tmp_path / "artists.tsv").write_text("listed.mp3\tListed\n", encoding="utf-8")
    names = ("listed.mp3", "jazz.00001.wav", "jazz.00002.wav", "03 Named - Song.mp3", "song.mp3")
    tracks = [heard(tmp_path / "jazz" / name, number) for number, name in enumerate(names)]
    found = known_of(tracks, root=tmp_path, index=tmp_path)
    assert found.artists == ("Listed", "Indexed", "", "named", "")
    assert found.splits == ("", "valid", "train", "", "")
    assert found.sources == {
        "artists.tsv": 1,
        "index of GTZAN": 1,
        "nowhere": 2,
        "file names": 1,
    }


def test_clips_that_sound_the_same_stay_together(tmp_path):
    tracks = [heard(Path(tmp_path, name), n) for name, n in (("a", 1), ("b", 2), ("c", 1))]
    found = known_of(tracks, root=tmp_path, index=None)
    assert found.artists == ("same as a", "", "same as a")


def test_a_list_of_artists_that_is_none_is_refused(tmp_path):
    (tmp_path / "artists.tsv").write_text("no tabulator\n", encoding="utf-8")
    with pytest.raises(TableError, match=r"artists\.tsv cannot be read"):
        known_of([], root=tmp_path, index=None)


def test_the_pieces_of_shorter_clips_are_fewer(tmp_path):
    pieces = np.full((2, 10, 53), np.nan, np.float32)
    pieces[0], pieces[1, :3] = 1, 2
    np.savez(
        tmp_path / "table.npz",
        clip=np.array(["a", "b"]),
        genre=np.array(["jazz", "metal"]),
        artist=np.array(["X", "Y"]),
        handcrafted=np.zeros((2, 53)),
        segments_handcrafted=pieces,
    )
    rows = load_rows(tmp_path / "table.npz")
    assert rows.clips.tolist() == ["a"] * 10 + ["b"] * 3
    assert rows.arrays["handcrafted"].shape == (13, 53)
