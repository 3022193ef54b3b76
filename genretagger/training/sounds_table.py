"""Hear the folder that `sounds` built: `python -m genretagger.training.sounds_table DIR OUT.npz`.

The table holds clip, kind, source, group and style as text; msd_logits float16 (n, 10, 50) and
msd_penultimate float16 (n, 10, 200), where a piece of fewer than ten segments repeats them;
n_segments int16 (n,), how many there really are; and, of one value each, embedding_id, level_db and
commit, by which one sees whether it is out of date. It holds no audio. The bundled table is at
`music.SOUNDS_TABLE`.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from genretagger.analysis.classifier import Model
from genretagger.analysis.manifest import default_model_folder
from genretagger.analysis.workers import HearingPool, outcome
from genretagger.core.errors import GenreTaggerError, TrackError
from genretagger.core.predictions import SegmentOutputs
from genretagger.training.data.dataset import LOGITS, PENULTIMATE
from genretagger.training.sounds.build import Piece, read_pieces

_TEXTS: Final = ("clip", "kind", "source", "group", "style")


def hear_pieces(
    folder: Path, pieces: Sequence[Piece], *, model_folder: Path, n_workers: int = 2
) -> Iterator[tuple[Piece, SegmentOutputs]]:
    """Yield each piece with what the application hears; name those that fail on standard error."""
    pool = HearingPool(model_folder, n_workers=n_workers)
    try:
        futures = [pool.submit(folder / piece.file) for piece in pieces]
        for number, (piece, future) in enumerate(zip(pieces, futures, strict=True), start=1):
            try:
                yield piece, outcome(folder / piece.file, future)
            except TrackError as error:
                print(error, file=sys.stderr)
            if number % 50 == 0 or number == len(pieces):
                print(f"{number} of {len(pieces)}", file=sys.stderr)
    finally:
        pool.stop()


def table(
    heard: Iterable[tuple[Piece, SegmentOutputs]], *, n_segments: int
) -> dict[str, NDArray[np.generic]]:
    """Return the arrays of the table, each piece repeated to `n_segments` segments.

    Raises
    ------
    ValueError
        Nothing was heard.
    """
    pieces, outputs = zip(*heard, strict=True)
    kept = [np.resize(np.arange(len(one.logits)), n_segments) for one in outputs]
    pairs = list(zip(outputs, kept, strict=True))
    arrays: dict[str, NDArray[np.generic]] = {
        name: np.array([getattr(piece, name) for piece in pieces]) for name in _TEXTS
    }
    arrays["n_segments"] = np.array([len(one.logits) for one in outputs], np.int16)
    arrays[LOGITS] = np.stack([one.logits[rows] for one, rows in pairs]).astype(np.float16)
    arrays[PENULTIMATE] = np.stack([one.penultimate[rows] for one, rows in pairs]).astype(
        np.float16
    )
    return arrays


def _commit() -> str:
    """Return the commit of the source, with "+" if it was changed since; "" outside git."""
    command = ["git", "describe", "--always", "--abbrev=12", "--dirty=+", "--exclude=*"]
    try:
        done = subprocess.run(
            command,
            cwd=Path(__file__).parent,
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.strip()


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the table; return the exit status: 1 if a piece was left out."""
    parser = argparse.ArgumentParser(
        prog="genretagger.training.sounds_table", description="Hear what `sounds` has built."
    )
    parser.add_argument("folder", type=Path, help="the folder that `sounds` built")
    parser.add_argument("out", type=Path, help="the table, .npz")
    parser.add_argument("--model", type=Path, help="model folder (default: the bundled one)")
    chosen = parser.parse_args(arguments)
    model_folder = chosen.model or default_model_folder()
    try:
        model = Model.load(model_folder)
        pieces = read_pieces(chosen.folder)
        heard = list(hear_pieces(chosen.folder, pieces, model_folder=model_folder))
        spec = model.manifest.feature_spec
        arrays = table(heard, n_segments=spec.max_segments)
        arrays["embedding_id"] = np.array(model.manifest.embedding_id)
        arrays["level_db"] = np.array(spec.level_db)
        arrays["commit"] = np.array(_commit())
        chosen.out.parent.mkdir(parents=True, exist_ok=True)
        with chosen.out.open("wb") as stream:
            np.savez_compressed(stream, **arrays)  # type: ignore[arg-type]
    except (GenreTaggerError, OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    n_failed = len(pieces) - len(heard)
    print(f"{chosen.out}: {len(heard)} pieces, {n_failed} left out", file=sys.stderr)
    return 1 if n_failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
