"""Hear the folder that `sounds` built: `python -m genretagger.training.sounds_table DIR OUT.npz`.

The table holds no audio, but these arrays: clip, kind, source, group and style as text; msd_logits
float16 (n, 10, 50) and msd_penultimate float16 (n, 10, 200), with segments repeated if a piece has
fewer than ten; n_segments int16 (n,), the real number of segments; and the single values
embedding_id, level_db and commit, which show whether the table is out of date. The bundled table is
`music_detector.SOUNDS_TABLE`.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from genretagger.analysis.manifest import default_model_folder
from genretagger.core.errors import GenreTaggerError, shown
from genretagger.core.predictions import SegmentOutputs
from genretagger.training.data.dataset import LOGITS, PENULTIMATE, TableError, repeat_segments
from genretagger.training.hearing import hear_in_order
from genretagger.training.model.embedding import Embedding, read_embedding
from genretagger.training.model.listener import open_listener
from genretagger.training.sounds.pieces import Piece, read_pieces

_TEXTS: Final = ("clip", "kind", "source", "group", "style")


def hear_pieces(
    folder: Path, pieces: Sequence[Piece], *, model_folder: Path, n_workers: int = 2
) -> Iterator[tuple[Piece, SegmentOutputs]]:
    """Yield each piece with the embedding's outputs; report failures on standard error."""
    paths = [folder / piece.file for piece in pieces]
    with closing(hear_in_order(paths, model_folder=model_folder, n_workers=n_workers)) as heard:
        for n_done, (piece, outputs) in enumerate(zip(pieces, heard, strict=True), start=1):
            if outputs is not None:
                yield piece, outputs
            if n_done % 50 == 0 or n_done == len(pieces):
                print(f"{n_done} of {len(pieces)}", file=sys.stderr)


def make_table(
    heard: Iterable[tuple[Piece, SegmentOutputs]], *, n_segments: int
) -> dict[str, NDArray[np.generic]]:
    """Return the arrays of the table, each piece repeated to `n_segments` segments.

    Raises
    ------
    ValueError
        `heard` is empty.
    """
    pieces, outputs = zip(*heard, strict=True)
    repeated = [repeat_segments(heard_piece, n_segments) for heard_piece in outputs]
    arrays: dict[str, NDArray[np.generic]] = {
        name: np.array([getattr(piece, name) for piece in pieces]) for name in _TEXTS
    }
    arrays["n_segments"] = np.array([len(piece.logits) for piece in outputs], np.int16)
    arrays[LOGITS] = np.stack([logits for logits, _ in repeated]).astype(np.float16)
    arrays[PENULTIMATE] = np.stack([units for _, units in repeated]).astype(np.float16)
    return arrays


def require_heard_by(embedding: Embedding, *tables: Path) -> None:
    """Check that tables that this command wrote are of `embedding`.

    Raises
    ------
    TableError
        Another embedding has heard the pieces of one.
    """
    for path in tables:
        with path.open("rb") as stream, np.load(stream, allow_pickle=False) as stored:
            if str(stored["embedding_id"]) != embedding.record.embedding_id:
                raise TableError("table-stale", path=shown(path))


def _find_commit() -> str:
    """Return the commit of the source, with "+" if files differ from it; "" outside git."""
    command = ["git", "describe", "--always", "--abbrev=12", "--dirty=+", "--exclude=*"]
    try:
        completed = subprocess.run(
            command,
            cwd=Path(__file__).parent,
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return completed.stdout.strip()


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the table; return the exit status: 1 if a piece was left out."""
    parser = argparse.ArgumentParser(
        prog="genretagger.training.sounds_table", description="Hear what `sounds` has built."
    )
    parser.add_argument("folder", type=Path, help="the folder that `sounds` built")
    parser.add_argument("out", type=Path, help="the table, .npz")
    parser.add_argument("--embedding", type=Path, help="what hears (default: that of the model)")
    chosen = parser.parse_args(arguments)
    try:
        embedding = read_embedding(chosen.embedding or default_model_folder())
        pieces = read_pieces(chosen.folder)
        with open_listener(embedding) as listener:
            heard = list(hear_pieces(chosen.folder, pieces, model_folder=listener))
        spec = embedding.record.feature_spec
        arrays = make_table(heard, n_segments=spec.max_segments)
        arrays["embedding_id"] = np.array(embedding.record.embedding_id)
        arrays["level_db"] = np.array(spec.level_db)
        arrays["commit"] = np.array(_find_commit())
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
