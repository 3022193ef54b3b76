"""The folder of sounds, built from packages and by programs."""

from __future__ import annotations

import subprocess

import pytest

from genretagger.training.data.audio_files import read_audio
from genretagger.training.sounds import build, composing
from genretagger.training.sounds.build import make_package_pieces
from genretagger.training.sounds.composing import STYLES
from genretagger.training.sounds.debian_packages import PackageSource, Unpacked
from genretagger.training.sounds.noises import NOISES
from genretagger.training.sounds.package_sources import SOURCES
from genretagger.training.sounds.pieces import Piece, read_pieces
from genretagger.training.sounds.tones import SAMPLE_RATE_HZ
from tests.helpers.samples import encode


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
    made = list(make_package_pieces(source, out=tmp_path / "out", work=tmp_path))
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
    again = list(make_package_pieces(source, out=tmp_path / "again", work=tmp_path))
    assert [one for _, one in again] == [used]
    assert (tmp_path / "again" / piece.file).read_bytes() == content


def test_music_is_taken_as_it_is_but_for_jingles(unpacked, tmp_path):
    source = PackageSource("game", "music", "CC0-1.0", "music/*.ogg", "album")
    ((piece, used),) = make_package_pieces(source, out=tmp_path / "out", work=tmp_path)
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
    monkeypatch.setattr(build.speech_synthesis, "draw_voices", missing)
    pieces, n_failed = build.build_folder(tmp_path, work=tmp_path)
    assert n_failed == 2
    assert [piece.group for piece in pieces] == [f"numpy {name}" for name in (*NOISES, "solo")]
    assert read_pieces(tmp_path) == pieces
    assert "apt-get" in capsys.readouterr().err
