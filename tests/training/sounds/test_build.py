"""Sounds that are not music are reproducible; packages, the folder and the table of the project."""

from __future__ import annotations

import subprocess

import numpy as np
import pytest

from genretagger.analysis.classifier import Model
from genretagger.analysis.manifest import default_model_folder
from genretagger.training.data.audio_files import genre_tag, read_audio, write_audio
from genretagger.training.model.music_detector import SOUNDS_TABLE
from genretagger.training.sounds import (
    build,
    composing,
    debian_packages,
    speech_synthesis,
    synthesis,
)
from genretagger.training.sounds.build import Piece, from_package, read_pieces
from genretagger.training.sounds.composing import STYLES, composed
from genretagger.training.sounds.debian_packages import SOURCES, PackageSource, Unpacked
from genretagger.training.sounds.synthesis import NOISES, SAMPLE_RATE_HZ, TONES
from genretagger.training.sounds_table import hear_pieces, table
from tests.helpers.samples import encode

GENERATORS = sorted(TONES | NOISES)


def level_db(samples):
    return 20 * np.log10(np.sqrt(np.mean(np.square(samples, dtype=np.float64))))


@pytest.mark.parametrize("name", GENERATORS)
def test_a_sound_is_finite_as_long_as_asked_and_the_same_again(name):
    made = synthesis.sound(name, seconds=2, seed=3)
    assert made.dtype == np.float32
    assert made.shape == (2 * SAMPLE_RATE_HZ,)
    assert np.isfinite(made).all()
    assert 1e-4 < np.abs(made).max() <= 1  # never silence to the application
    np.testing.assert_array_equal(made, synthesis.sound(name, seconds=2, seed=3))
    assert not np.array_equal(made, synthesis.sound(name, seconds=2, seed=4))


@pytest.mark.parametrize("name", [name for name in GENERATORS if name not in ("dither", "crackle")])
def test_a_sound_has_the_level_asked(name):
    made = synthesis.sound(name, seconds=4, seed=1, level_db=-30)
    assert level_db(made) == pytest.approx(-30, abs=0.1)


@pytest.mark.parametrize(("name", "slope_db"), [("white", 0), ("pink", -3), ("brown", -6)])
def test_noise_loses_what_its_colour_says_per_octave(name, slope_db):
    power = np.abs(np.fft.rfft(synthesis.sound(name, seconds=20, seed=0))) ** 2
    hz = np.fft.rfftfreq(20 * SAMPLE_RATE_HZ, 1 / SAMPLE_RATE_HZ)
    octaves = [power[(hz > low) & (hz <= 2 * low)].mean() for low in (500, 1000, 2000)]
    steps_db = np.diff(10 * np.log10(octaves))
    np.testing.assert_allclose(steps_db, slope_db, atol=0.3)


@pytest.mark.parametrize("style", sorted(STYLES))
def test_a_composed_piece_is_finite_as_long_as_asked_and_the_same_again(style):
    made = composed(style, seconds=8, seed=3)
    assert made.dtype == np.float32
    assert made.shape == (8 * SAMPLE_RATE_HZ,)
    assert np.isfinite(made).all()
    assert np.abs(made).max() == pytest.approx(0.9)
    np.testing.assert_array_equal(made, composed(style, seconds=8, seed=3))
    assert not np.array_equal(made, composed(style, seconds=8, seed=4))


def test_speech_is_spoken_by_different_voices_and_repeated_to_its_length(tmp_path):
    if not speech_synthesis.available():
        pytest.skip("espeak-ng is not installed")
    first, second = speech_synthesis.voices(per_language=2, seed=0)[:2]
    assert first != second
    made = speech_synthesis.spoken(first, seconds=12, folder=tmp_path)
    assert made.shape == (12 * SAMPLE_RATE_HZ,)
    assert level_db(made) > -40
    assert not np.array_equal(made, speech_synthesis.spoken(second, seconds=12, folder=tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_voices_are_the_same_for_a_seed_and_none_is_twice():
    found = speech_synthesis.voices(per_language=8, seed=0)
    assert found == speech_synthesis.voices(per_language=8, seed=0)
    assert len({(voice.language, voice.variant) for voice in found}) == len(found) == 8 * 13


@pytest.fixture
def unpacked(tmp_path, monkeypatch):
    """Stand in for a package: twelve effects of a second, a jingle, two tracks of music."""
    root = tmp_path / "root"
    (root / "effects").mkdir(parents=True)
    (root / "music").mkdir()
    for number in range(12):
        encode(root / "effects" / f"{number}.ogg", seconds=1, noise=1, seed=number)
    (root / "effects" / "broken.ogg").write_bytes(b"OggS and no more")
    encode(root / "music" / "jingle.ogg", seconds=5)
    encode(root / "music" / "long.ogg", seconds=22, metadata={"genre": "Polka"})
    monkeypatch.setattr(build, "unpack", lambda package, *, work: Unpacked("1.0-1", root))
    return root


def test_effects_are_joined_to_pieces_and_every_file_is_named(unpacked, tmp_path, capsys):
    source = PackageSource(
        "game", "effects", "CC0-1.0", "effects/*", "x", r"3\.ogg$", 10.0, n_pieces=2
    )
    made = list(from_package(source, out=tmp_path / "out", work=tmp_path))
    assert [piece.clip for piece, _ in made] == ["game.x-00"]  # eleven seconds make one piece
    ((piece, used),) = made
    assert piece.group == "game x"
    samples = read_audio(tmp_path / "out" / piece.file, sample_rate_hz=SAMPLE_RATE_HZ)
    assert samples.size == 10 * SAMPLE_RATE_HZ
    files = {one.file for one in used}
    assert "effects/3.ogg" not in files
    assert len(files) == len(used) >= 7
    assert {(one.version, one.licence, one.clip) for one in used} == {
        ("1.0-1", "CC0-1.0", piece.clip)
    }
    assert "broken.ogg" in capsys.readouterr().err

    content = (tmp_path / "out" / piece.file).read_bytes()
    again = list(from_package(source, out=tmp_path / "again", work=tmp_path))
    assert [one for _, one in again] == [used]
    assert (tmp_path / "again" / piece.file).read_bytes() == content


def test_music_is_taken_as_it_is_but_for_jingles(unpacked, tmp_path):
    source = PackageSource("game", "music", "CC0-1.0", "music/*.ogg", "album")
    ((piece, used),) = from_package(source, out=tmp_path / "out", work=tmp_path)
    assert piece == Piece(
        "game.long", "music", "game", "game album", "Polka", "music/game.long.ogg"
    )
    assert (tmp_path / "out" / piece.file).read_bytes() == (
        unpacked / "music" / "long.ogg"
    ).read_bytes()
    assert [one.file for one in used] == ["music/long.ogg"]


def test_a_folder_is_built_as_far_as_its_sources_can_be_had(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(build, "_PER_NOISE", 1)
    monkeypatch.setattr(build, "_PER_TONE", 0)
    monkeypatch.setattr(build, "_PER_STYLE", 1)
    monkeypatch.setattr(composing, "STYLES", {"solo": STYLES["solo"]})
    monkeypatch.setattr(build, "SOURCES", SOURCES[:1])

    def missing(*_, **__):
        raise subprocess.CalledProcessError(100, "apt-get")

    monkeypatch.setattr(build, "unpack", missing)
    monkeypatch.setattr(build.speech_synthesis, "voices", missing)
    pieces, n_failed = build.build(tmp_path, work=tmp_path)
    assert n_failed == 2
    assert [piece.group for piece in pieces] == [f"numpy {name}" for name in (*NOISES, "solo")]
    assert read_pieces(tmp_path) == pieces
    assert "apt-get" in capsys.readouterr().err


def test_sources_are_consistent():
    assert {source.kind for source in SOURCES} == {"recorded-speech", "effects", "music"}
    for source in SOURCES:
        assert (source.n_pieces > 0) == (source.kind != debian_packages.MUSIC)
    names = [(source.package, source.kind, source.group) for source in SOURCES]
    assert len(set(names)) == len(names)


def test_what_was_built_is_heard_by_the_application(tmp_path):
    model = Model.load(default_model_folder())
    pieces = []
    for name in ("hum", "gone"):
        piece = Piece(f"numpy.{name}", "noise", "numpy", "numpy", "", f"{name}.flac")
        pieces.append(piece)
    samples = synthesis.sound("hum", seconds=7, seed=0)
    write_audio(tmp_path / "hum.flac", samples, sample_rate_hz=SAMPLE_RATE_HZ)
    heard = hear_pieces(tmp_path, pieces, model_folder=default_model_folder(), n_workers=1)
    arrays = table(heard, n_segments=model.manifest.feature_spec.max_segments)
    assert arrays["clip"].tolist() == ["numpy.hum"]
    assert arrays["n_segments"].tolist() == [2]
    assert arrays["msd_logits"].shape == (1, 10, 50)
    penultimate = arrays["msd_penultimate"]
    assert (penultimate.shape, penultimate.dtype) == ((1, 10, 200), np.float16)
    np.testing.assert_array_equal(penultimate[0, 0], penultimate[0, 2])


def test_the_table_of_the_project_fits_the_embedding_and_every_source_has_a_licence():
    manifest = Model.load(default_model_folder()).manifest
    with np.load(SOUNDS_TABLE, allow_pickle=False) as stored:
        assert str(stored["embedding_id"]) == manifest.embedding_id
        assert float(stored["level_db"]) == manifest.feature_spec.level_db
        clips, kinds = stored["clip"].tolist(), stored["kind"].tolist()
        assert len(set(clips)) == len(clips) == len(stored["msd_penultimate"])
        assert np.isfinite(stored["msd_penultimate"]).all()
        recorded = {
            clip
            for clip, source in zip(clips, stored["source"].tolist(), strict=True)
            if source not in ("numpy", "espeak-ng")
        }
    assert set(kinds) == {"speech", "recorded-speech", "noise", "tones", "effects", "music"}
    lines = SOUNDS_TABLE.with_name("sounds-sources.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines[1:]]
    assert {row[4] for row in rows} == recorded
    assert all(package and version and licence for package, version, _, licence, _, _ in rows)
    assert SOUNDS_TABLE.stat().st_size < 3_000_000


def test_reading_says_what_it_cannot_read(tmp_path):
    (tmp_path / "broken.ogg").write_bytes(b"OggS and no more")
    for read in (genre_tag, lambda path: read_audio(path, sample_rate_hz=8000)):
        with pytest.raises(ValueError, match=r"broken\.ogg"):
            read(tmp_path / "broken.ogg")
    assert genre_tag(encode(tmp_path / "plain.ogg", seconds=1)) == ""
