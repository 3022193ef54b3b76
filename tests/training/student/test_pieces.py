"""Which files the student hears: never what is kept for validation."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from genretagger.training.sounds.pieces import make_piece, write_pieces
from genretagger.training.student.pieces import find_pieces, pick_few

# clip, artist, split
CLIPS = (
    ("jazz.00001", "bird", "train"),
    ("jazz.00002", "miles", "train"),
    ("jazz.00003", "bird", "valid"),
    ("jazz.00004", "", "train"),
    ("jazz.00005", "", "valid"),
    ("metal.00034", "", "train"),  # the same recording as the next one, which is validated
    ("metal.00094", "", "valid"),
    ("metal.00001", "dio", "train"),
)
CUTS = (("jazz.00006", "miles", "train"), ("jazz.00007", "bird", "train"))


def touch(path):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"")


@pytest.fixture
def data(tmp_path):
    """Return a data folder whose files are empty."""
    folder = tmp_path / "data"
    for number, (clip, _, _) in enumerate(CLIPS):
        touch(folder / ("clips", "clips_opus")[number % 2] / clip.split(".")[0] / f"{clip}.flac")
    for clip, _, _ in CUTS:
        touch(folder / "cuts" / "jazz" / f"{clip}.flac")
    touch(folder / "clips" / "jazz" / "unheard-of.flac")
    rows = (*CLIPS, *CUTS)
    np.savez(
        folder / "gtzan_dev.npz",
        clip=np.array([clip for clip, _, _ in rows]),
        genre=np.array([clip.split(".")[0] for clip, _, _ in rows]),
        artist=np.array([artist for _, artist, _ in rows]),
        split=np.array([split for _, _, split in rows]),
    )
    return folder


def test_clips_of_the_validation_and_of_its_artists_are_not_heard(data, capsys):
    pieces = find_pieces(data)
    assert {(Path(piece.path).stem, piece.kind, piece.genre, piece.group) for piece in pieces} == {
        ("jazz.00002", "clip", "jazz", "artist miles"),
        ("jazz.00004", "clip", "jazz", "clip jazz.00004"),
        ("metal.00001", "clip", "metal", "artist dio"),
        ("jazz.00006", "cut", "jazz", "artist miles"),
    }
    said = capsys.readouterr().err
    assert "6 clips are kept for validation, or are by its artists; 1 are not in gtzan_dev" in said
    assert "no folder of music without labels" in said
    assert "no folder of sounds" in said


def test_music_and_sounds_have_no_genre_and_their_own_weights(data, tmp_path, capsys):
    touch(tmp_path / "music" / "game" / "techno" / "a.opus")
    touch(tmp_path / "music" / "game" / ".hidden")
    touch(tmp_path / "music" / "README.md")
    (tmp_path / "sounds").mkdir()
    sounds = [
        make_piece("song", kind="music", source="game", group="x"),
        make_piece("word", kind="speech", source="espeak", group="en"),
        make_piece("thing", kind="of another kind", source="x", group="y"),
    ]
    for piece in sounds:
        touch(tmp_path / "sounds" / piece.file)
    lost = make_piece("lost", kind="speech", source="espeak", group="en")
    write_pieces(tmp_path / "sounds", [*sounds, lost])
    pieces = find_pieces(data, music=tmp_path / "music", sounds=tmp_path / "sounds")
    others = [(piece.kind, piece.genre, piece.weight, piece.longest_s) for piece in pieces[4:]]
    assert others == [
        ("music", "", 1.0, 60.0),
        ("soundtrack", "", 0.6, 90.0),
        ("speech", "", 0.12, 30.0),
    ]
    assert "goes without" not in capsys.readouterr().err


def test_a_few_are_some_of_each_genre_and_kind(data):
    few = pick_few(find_pieces(data), per_kind=1)
    assert [(piece.kind, piece.genre) for piece in few] == [
        ("clip", "jazz"),
        ("clip", "metal"),
        ("cut", "jazz"),
    ]
