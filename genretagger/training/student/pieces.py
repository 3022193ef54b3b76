"""Which audio the student hears, and how often. Knows neither teachers nor networks.

The student never hears a clip of the validation partition, nor any clip of an artist who occurs in
it: so figures on that partition say what the student does with music that is new to it.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from genretagger.training.data.dataset import Table, load_table
from genretagger.training.sounds.pieces import PIECES_FILE, read_pieces

INDEX_FILE: Final = "gtzan_dev.npz"  # genre, artist and split of every clip
CLIP: Final = "clip"
CUT: Final = "cut"
MUSIC: Final = "music"
SOUNDTRACK: Final = "soundtrack"

_FOLDERS: Final = {"clips": CLIP, "clips_opus": CLIP, "cuts": CUT}
# How probably a pass over the audio takes a piece of a kind. Cuts are ten times the same 3 s, and
# of sounds there are more than of music.
WEIGHTS: Final = {
    CLIP: 1.0,
    CUT: 0.5,
    MUSIC: 1.0,
    SOUNDTRACK: 0.6,
    "speech": 0.12,
    "recorded-speech": 0.12,
    "noise": 0.12,
    "tones": 0.12,
    "effects": 0.15,
}
# Seconds from the beginning of a piece.
_LONGEST_S: Final = {CLIP: 60.0, CUT: 60.0, MUSIC: 60.0, SOUNDTRACK: 90.0}
_LONGEST_SOUND_S: Final = 30.0
# What may be mixed under another piece.
KINDS_OF_MUSIC: Final = (CLIP, MUSIC, SOUNDTRACK)


@dataclass(frozen=True, slots=True)
class StudyPiece:
    """A file that the student hears.

    kind : one of `WEIGHTS`
    genre, group : of a labelled clip, as in its table (group: artist, or the clip), else ""
    """

    path: str
    kind: str
    genre: str = ""
    group: str = ""

    @property
    def weight(self) -> float:
        """How probably a pass over the audio takes the piece."""
        return WEIGHTS[self.kind]

    @property
    def longest_s(self) -> float:
        """How much of the file is heard at most, in seconds."""
        return _LONGEST_S.get(self.kind, _LONGEST_SOUND_S)


def find_pieces(
    data: Path, *, music: Path | None = None, sounds: Path | None = None
) -> tuple[StudyPiece, ...]:
    """Return the pieces of a data folder, of music without labels and of a folder of sounds.

    What is missing or left out is said on standard error.

    Parameters
    ----------
    data : Path
        A data folder, with a table of its clips.
    music : Path or None
        A folder of music without labels, one folder per source.
    sounds : Path or None
        A folder as `genretagger.training.sounds` builds it.

    Raises
    ------
    TableError
        The table cannot be read.
    """
    table = load_table(data / INDEX_FILE, needs=())
    pieces = list(_find_clips(data, table))
    for folder, what, find in (
        (music, "music without labels", _find_music),
        (sounds, "sounds", _find_sounds),
    ):
        found = list(find(folder)) if folder is not None and folder.is_dir() else []
        if not found:
            print(f"no folder of {what}: the student goes without", file=sys.stderr)
        pieces += found
    return tuple(pieces)


def pick_few(pieces: Iterable[StudyPiece], *, per_kind: int) -> tuple[StudyPiece, ...]:
    """Return the first `per_kind` pieces of each genre, or of each kind where it has none."""
    counts: Counter[tuple[str, str]] = Counter()
    picked = []
    for piece in pieces:
        key = (piece.kind, piece.genre)
        counts[key] += 1
        if counts[key] <= per_kind:
            picked.append(piece)
    return tuple(picked)


def _find_clips(data: Path, table: Table) -> Iterator[StudyPiece]:
    """Yield the clips and cuts that `table` names, without those that are kept for validation."""
    groups = dict(zip(table.clips.tolist(), table.groups.tolist(), strict=True))
    genres = dict(zip(table.clips.tolist(), table.genres.tolist(), strict=True))
    reserved = set(table.clips[table.reserved].tolist())
    n_unknown = n_kept = 0
    for folder, kind in _FOLDERS.items():
        for path in _files(data / folder):
            if path.stem not in groups:
                n_unknown += 1
            elif path.stem in reserved:
                n_kept += 1
            else:
                yield StudyPiece(str(path), kind, genres[path.stem], groups[path.stem])
    print(
        f"{n_kept} clips are kept for validation, or are by its artists; {n_unknown} are not in"
        f" {INDEX_FILE}: the student hears neither",
        file=sys.stderr,
    )


def _find_music(folder: Path) -> Iterator[StudyPiece]:
    for source in sorted(path for path in folder.iterdir() if path.is_dir()):
        for path in _files(source):
            yield StudyPiece(str(path), MUSIC)


def _find_sounds(folder: Path) -> Iterator[StudyPiece]:
    if not (folder / PIECES_FILE).is_file():
        return
    for piece in read_pieces(folder):
        kind = SOUNDTRACK if piece.kind == MUSIC else piece.kind
        path = folder / piece.file
        if kind in WEIGHTS and path.is_file():
            yield StudyPiece(str(path), kind)


def _files(folder: Path) -> list[Path]:
    """Return all files below `folder`; none if it is not there."""
    return sorted(
        path for path in folder.rglob("*") if path.is_file() and not path.name.startswith(".")
    )
