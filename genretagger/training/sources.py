"""What a training starts from: a data folder with tables, or any folder of labelled audio."""

from __future__ import annotations

import hashlib
import re
import sys
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np

from genretagger.analysis.classifier import Model
from genretagger.analysis.manifest import EMBEDDING_FILE, default_model_folder
from genretagger.core.errors import shown
from genretagger.training.baseline import load_rows
from genretagger.training.data.artists import ARTISTS_FILE
from genretagger.training.data.audio_folder import labelled_files, labelled_root
from genretagger.training.data.dataset import (
    LOGITS,
    N_FOLDS,
    PENULTIMATE,
    TABLE_FILE,
    Table,
    TableError,
    load_table,
)
from genretagger.training.evaluation.transforms import LOW_BIT_RATES
from genretagger.training.extract import extract, save_table
from genretagger.training.model.gaussian import Recipe
from genretagger.training.model.music_detector import CODED, Sounds, labelled, pooled
from genretagger.training.reextract import audio_beside, hear_again, hear_coded, hear_music
from genretagger.training.train import save_listener

CLIPS: Final = "the labelled clips"
_PIECES_FILE: Final = "gtzan_dev_10s.npz"
_CLIPS_FOLDER: Final = "clips"
_FORMAT: Final = "1"  # of the tables in the cache: a new number makes old ones unused
_GTZAN_NAME: Final = re.compile(r"[a-z]+\.\d{5}")


@dataclass(frozen=True, slots=True)
class TrainingSource:
    """Everything a training needs.

    table : Table   logits and penultimate layer of each clip, as the application hears it
    pieces : Table or None   rows of the origin's network
    audio : Path or None   folder of labelled audio for what must be heard again
    name : str   what the data is, for people
    music : Sounds   the clips of `table`, again at low bit rates where their audio is at hand, and
        music without labels if there is any: it teaches and tests what music is
    """

    table: Table
    pieces: Table | None
    audio: Path | None
    name: str
    music: Sounds


def source_of(
    folder: Path, *, cache: Path, index: Path | None, music: Path | None = None
) -> TrainingSource:
    """Return what `folder` holds: the tables of a data folder, else its audio, heard and cached.

    `music` is a folder of music without labels, by source.

    Raises
    ------
    TableError
        It holds neither tables nor folders of genres, too little, or something of no use.
    ModelError
        The embedding cannot be run.
    """
    if (folder / TABLE_FILE).is_file():
        found = _of_tables(folder)
    else:
        found = _of_audio(folder, cache=cache, index=index)
    found = replace(found, music=_with_unlabelled(found, music))
    counts = np.bincount(found.table.labels)
    n_groups = len(np.unique(found.table.groups))
    if np.count_nonzero(counts) < 2 or min(counts.max(), n_groups) < N_FOLDS:
        raise TableError("table-too-small", path=shown(folder), n=N_FOLDS)
    return found


def _with_unlabelled(found: TrainingSource, music: Path | None) -> Sounds:
    """Return the music of `found` with what is heard in the folder `music`, if there is one."""
    if music is None or not music.is_dir():
        print("no folder of music without labels: trained without it", file=sys.stderr)
        return found.music
    n_segments = found.table.arrays[PENULTIMATE].shape[1]
    with tempfile.TemporaryDirectory() as listener:
        save_listener(Path(listener), found.table, recipe=Recipe())
        heard = hear_music(music, model_folder=Path(listener), n_segments=n_segments)
    print(f"{len(heard.kinds)} pieces of music without labels", file=sys.stderr)
    return pooled(found.music, heard)


def _of_tables(folder: Path) -> TrainingSource:
    table = load_table(folder / TABLE_FILE, needs=(LOGITS, PENULTIMATE))
    coded = []
    if audio_beside(table, folder):
        with tempfile.TemporaryDirectory() as listener:
            save_listener(Path(listener), table, recipe=Recipe())
            table = hear_again(table, folder, model_folder=Path(listener))
            for change in LOW_BIT_RATES:
                print(f"the clips again as {change.name}", file=sys.stderr)
                changed = hear_coded(table, folder, change, model_folder=Path(listener))
                coded.append(labelled(changed, name=f"{CLIPS}, {change.name}", kind=CODED))
    pieces, clips = folder / _PIECES_FILE, folder / _CLIPS_FOLDER
    return TrainingSource(
        table,
        load_rows(pieces) if pieces.is_file() else None,
        clips if clips.is_dir() else None,
        "GTZAN, fault-filtered training and validation partitions",
        pooled(labelled(table, name=CLIPS), *coded),
    )


def _of_audio(folder: Path, *, cache: Path, index: Path | None) -> TrainingSource:
    path = cache / f"{folder.resolve().name}-{_state_of(folder, index)}.npz"
    if path.is_file():
        print(f"already heard: {path}", file=sys.stderr)
    else:
        model = Model.load(default_model_folder())
        extracted = extract(folder, model=model, index=index)
        cache.mkdir(parents=True, exist_ok=True)
        save_table(extracted, path)
        print(f"{extracted.n_failed} files left out; table: {path}", file=sys.stderr)
        told = ", ".join(f"{name}: {n}" for name, n in extracted.sources.items())
        print(f"artists known from: {told}", file=sys.stderr)
    table = load_table(path, needs=(LOGITS, PENULTIMATE))
    n_unnamed = int((table.artists == "").sum())
    if n_unnamed:
        print(
            f"The artists of {n_unnamed} of {len(table.clips)} clips are not known. Folds keep only"
            f" these clips apart, and figures are too good. List them in {ARTISTS_FILE}"
            " (clip<TAB>artist).",
            file=sys.stderr,
        )
    is_gtzan = all(_GTZAN_NAME.fullmatch(clip) for clip in table.clips.tolist())
    name = (
        f"GTZAN ({len(table.clips)} clips)" if is_gtzan else f"the folder {folder.resolve().name}"
    )
    return TrainingSource(table, load_rows(path), folder, name, labelled(table, name=CLIPS))


def _state_of(folder: Path, index: Path | None) -> str:
    """Return a digest of everything that the table of `folder` depends on."""
    root = labelled_root(folder)
    files = [path for path, _ in labelled_files(folder)]
    lists = (root / ARTISTS_FILE, root.parent / ARTISTS_FILE)
    digest = hashlib.sha256(f"{_FORMAT}\0{index and index.resolve()}".encode())
    manifest = Model.load(default_model_folder()).manifest
    digest.update(f"{manifest.feature_spec}{dict(manifest.sha256)[EMBEDDING_FILE]}".encode())
    for path in (*files, *(one for one in lists if one.is_file())):
        state = path.stat()
        digest.update(
            f"{path.relative_to(root.parent)}\0{state.st_size}\0{state.st_mtime_ns}".encode()
        )
    return digest.hexdigest()[:12]
