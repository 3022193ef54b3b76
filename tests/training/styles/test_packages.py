"""Packages are copied track by track, without jingles."""

from __future__ import annotations

from genretagger.training.data.audio_files import write_audio
from genretagger.training.sounds.debian_packages import MUSIC, Unpacked
from genretagger.training.sounds.package_sources import SOURCES as SOUNDS
from genretagger.training.sounds.pieces import read_pieces
from genretagger.training.sounds.synthesis import make_sound
from genretagger.training.sounds.tones import SAMPLE_RATE_HZ
from genretagger.training.styles import __main__ as command
from genretagger.training.styles.package_sources import SOURCES


def test_no_package_is_heard_twice():
    packages = [source.package for source in SOURCES]
    assert len(set(packages)) == len(packages)
    assert not set(packages) & {source.package for source in SOUNDS if source.kind == MUSIC}
    assert all(source.kind == MUSIC and source.licence for source in SOURCES)


def test_an_authors_music_stays_together_and_jingles_are_left_out(tmp_path, monkeypatch):
    for package, name, seconds in (
        ("a-data", "a b", 26),
        ("a-data", "jingle", 3),
        ("b", "night/c", 30),
        ("b", "day/c", 30),
    ):
        path = tmp_path / "tree" / package / f"{name}.flac"
        path.parent.mkdir(parents=True, exist_ok=True)
        write_audio(path, make_sound("saw", seconds=seconds, seed=1), sample_rate_hz=SAMPLE_RATE_HZ)
    by_package = {source.package: source for source in SOURCES[:2]}
    sources = [
        type(source)(package, MUSIC, "GPL-3", "**/*.flac", "somebody")
        for package, source in zip(
            ("a-data", "b", "gone"), (*by_package.values(), SOURCES[2]), strict=True
        )
    ]

    def unpack(package, *, work):
        if package == "gone":
            raise OSError("no such package")
        return Unpacked("1.0", tmp_path / "tree" / package)

    monkeypatch.setattr(command, "SOURCES", sources)
    monkeypatch.setattr(command, "unpack", unpack)
    assert command.main([str(tmp_path / "out"), "--work", str(tmp_path)]) == 1
    pieces = read_pieces(tmp_path / "out")
    assert [(piece.clip, piece.group) for piece in pieces] == [
        ("a-data.a_b", "somebody"),
        ("b.day-c", "somebody"),  # two files of one name are two pieces
        ("b.night-c", "somebody"),
    ]
    assert all((tmp_path / "out" / piece.file).is_file() for piece in pieces)
