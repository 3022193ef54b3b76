"""From a folder of labelled audio to model, figures and report, without touching the sources."""

from __future__ import annotations

import wave

import numpy as np
import pytest

from genretagger.analysis.classifier import Model
from genretagger.analysis.manifest import default_model_folder
from genretagger.analysis.workers import hear
from genretagger.training import run_all, sources
from genretagger.training.data.audio_folder import find_labelled_files
from genretagger.training.data.dataset import load_table
from genretagger.training.evaluation.figures import RobustnessFigures, load_figures
from genretagger.training.model.embedding import read_embedding
from genretagger.training.model.music_detector import MUSIC, Sounds

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
        paths = [path.name for path, _ in find_labelled_files(folder)]
        assert paths == ["jazz.00000.wav", "metal.00000.wav"]
        return (RobustnessFigures("softer", 2, 0, 1.0, 1.0, 0.0, 0.0),)

    record = read_embedding(default_model_folder()).record

    def few_sounds():
        shape = (60, 10, record.n_units)
        segments = np.random.default_rng(0).normal(0, 1, shape).astype(np.float32)
        kinds = np.repeat(["speech", "noise", MUSIC], 20)
        groups = np.array([f"source {row // 4}" for row in range(60)])
        return Sounds(kinds, groups, kinds, segments)

    monkeypatch.delenv(run_all.DATA_VARIABLE, raising=False)  # else its table would name artists
    monkeypatch.setattr(run_all, "measure_robustness_in_processes", changed)
    monkeypatch.setattr(run_all, "load_sounds", few_sounds)
    out, cache = tmp_path / "trial", tmp_path / "cache"
    music = tmp_path / "music"
    write_clip(music / "a band" / "song.wav", pitch_hz=330, seed=9)
    (music / "README.md").write_text("no music", encoding="utf-8")
    arguments = ["--data", str(unpacked), "--out", str(out), "--cache", str(cache), "--quick"]
    arguments += ["--music", str(music)]

    assert run_all.main(arguments) == 0

    errors = capsys.readouterr().err
    assert "jazz.00054.wav" in errors
    assert "1 files left out" in errors
    figures = load_figures(out / "model-figures.json")
    trained_on = figures.model.trained_on
    assert f"embedding: {record.embedding_id};" in trained_on
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
    embedding = read_embedding(default_model_folder())
    again = sources.load_source(unpacked, embedding=embedding, cache=cache, index=None)
    assert again.table.clips.tolist() == load_table(next(cache.iterdir()), needs=()).clips.tolist()


def test_too_little_audio_is_reported(tmp_path, capsys):
    write_clip(tmp_path / "jazz" / "a.wav", pitch_hz=200, seed=0)
    arguments = ["--data", str(tmp_path), "--out", str(tmp_path / "out")]
    assert run_all.main([*arguments, "--cache", str(tmp_path / "cache")]) == 2
    errors = capsys.readouterr().err
    assert "holds too little" in errors
    assert "List them in artists.tsv" in errors
    assert not (tmp_path / "out").exists()


def test_a_quick_run_is_never_published(tmp_path, capsys):
    with pytest.raises(SystemExit):
        run_all.main(["--data", str(tmp_path), "--quick"])
    assert "--out" in capsys.readouterr().err
