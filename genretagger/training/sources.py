"""Load the data of a training: a data folder with tables, or any folder of labelled audio."""

from __future__ import annotations

import hashlib
import re
import sys
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

import numpy as np

from genretagger.analysis.classifier import Model
from genretagger.core.errors import shown
from genretagger.core.predictions import ModelManifest
from genretagger.training.baseline import load_rows
from genretagger.training.data.artists import ARTISTS_FILE
from genretagger.training.data.audio_folder import find_genre_folders, find_labelled_files
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
from genretagger.training.model.embedding import Embedding
from genretagger.training.model.listener import open_listener
from genretagger.training.model.music_detector import CODED, Sounds, as_music, pooled
from genretagger.training.reextract import find_audio, hear_again, hear_coded, hear_cuts, hear_music
from genretagger.training.styles.tracks import (
    StyleTracks,
    load_packaged_music,
    pool_tracks,
)

CLIPS: Final = "the labelled clips"
_PIECES_FILE: Final = "gtzan_dev_10s.npz"
_CLIPS_FOLDER: Final = "clips"
_FORMAT: Final = "1"  # of the tables in the cache; a new number invalidates the old ones
_GTZAN_NAME: Final = re.compile(r"[a-z]+\.\d{5}")


@dataclass(frozen=True, slots=True)
class TrainingSource:
    """Everything a training needs.

    table : Table   logits and penultimate layer of each clip and cut, as the application hears it
    pieces : Table or None   rows for the origin's network
    audio : Path or None   folder of labelled audio, for measurements that hear it again
    name : str   name of the data, for people
    styled : StyleTracks   music of known styles, and of none of the ten genres
    music : Sounds   the music that the detector learns from and is tested on: the clips of `table`,
        the same at low bit rates if their audio is at hand, and music without labels, if any
    """

    table: Table
    pieces: Table | None
    audio: Path | None
    name: str
    music: Sounds
    styled: StyleTracks = field(default_factory=load_packaged_music)


def load_source(
    folder: Path,
    *,
    embedding: Embedding,
    cache: Path,
    index: Path | None,
    music: Path | None = None,
) -> TrainingSource:
    """Return the data in `folder`: the tables of a data folder, else its audio, heard and cached.

    Parameters
    ----------
    folder : Path
        A data folder, or a folder of labelled audio.
    embedding : Embedding
        What hears the audio.
    cache : Path
        Folder for tables of audio that was heard.
    index : Path or None
        A data folder that names the artists of GTZAN's clips.
    music : Path or None
        A folder of music without labels, one folder per source.

    Raises
    ------
    TableError
        The folder holds neither tables nor genre folders, or too little, or a file is unusable.
    ModelError
        The embedding cannot be run.
    """
    with open_listener(embedding) as listener:
        if (folder / TABLE_FILE).is_file():
            source = _load_tables(folder, listener)
        else:
            source = _load_audio(folder, listener, cache=cache, index=index)
        source = _with_music(source, music, listener)
    if source.table.arrays[PENULTIMATE].shape[-1] != embedding.record.n_units:
        raise TableError("table-other-embedding", path=shown(folder))
    counts = np.bincount(source.table.labels)
    n_groups = len(np.unique(source.table.groups))
    if np.count_nonzero(counts) < 2 or min(counts.max(), n_groups) < N_FOLDS:
        raise TableError("table-too-small", path=shown(folder), n=N_FOLDS)
    return source


def _with_music(source: TrainingSource, folder: Path | None, listener: Path) -> TrainingSource:
    """Return `source` with the music in `folder`, if there is one."""
    if folder is None or not folder.is_dir():
        print("no folder of music without labels: trained without it", file=sys.stderr)
        return source
    n_segments = source.table.arrays[PENULTIMATE].shape[1]
    heard, styled = hear_music(folder, model_folder=listener, n_segments=n_segments)
    print(f"{len(heard.kinds)} pieces of music without labels", file=sys.stderr)
    return replace(
        source, music=pooled(source.music, heard), styled=pool_tracks(source.styled, styled)
    )


def _load_tables(folder: Path, listener: Path) -> TrainingSource:
    table = with_cuts = load_table(folder / TABLE_FILE, needs=(LOGITS, PENULTIMATE))
    coded = []
    if find_audio(table, folder):
        table = hear_again(table, folder, model_folder=listener)
        for transform in LOW_BIT_RATES:
            print(f"the clips again as {transform.name}", file=sys.stderr)
            changed = hear_coded(table, folder, transform, model_folder=listener)
            coded.append(as_music(changed, name=f"{CLIPS}, {transform.name}", kind=CODED))
        with_cuts = hear_cuts(table, folder, model_folder=listener)
    pieces, clips = folder / _PIECES_FILE, folder / _CLIPS_FOLDER
    return TrainingSource(
        with_cuts,
        load_rows(pieces) if pieces.is_file() else None,
        clips if clips.is_dir() else None,
        "GTZAN, fault-filtered training and validation partitions",
        pooled(as_music(table, name=CLIPS), *coded),
    )


def _load_audio(folder: Path, listener: Path, *, cache: Path, index: Path | None) -> TrainingSource:
    model = Model.load(listener)
    path = cache / f"{folder.resolve().name}-{_compute_digest(folder, index, model.manifest)}.npz"
    if path.is_file():
        print(f"already heard: {path}", file=sys.stderr)
    else:
        _extract_table(folder, path, model=model, index=index)
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
    return TrainingSource(table, load_rows(path), folder, name, as_music(table, name=CLIPS))


def _extract_table(folder: Path, path: Path, *, model: Model, index: Path | None) -> None:
    """Hear `folder`, write the table `path`, and report on standard error."""
    extracted = extract(folder, model=model, index=index)
    path.parent.mkdir(parents=True, exist_ok=True)
    save_table(extracted, path)
    print(f"{extracted.n_failed} files left out; table: {path}", file=sys.stderr)
    counts = ", ".join(f"{name}: {n}" for name, n in extracted.artist_sources.items())
    print(f"artists known from: {counts}", file=sys.stderr)


def _compute_digest(folder: Path, index: Path | None, manifest: ModelManifest) -> str:
    """Return a digest of everything that the table of `folder` depends on."""
    root = find_genre_folders(folder)
    files = [path for path, _ in find_labelled_files(folder)]
    lists = (root / ARTISTS_FILE, root.parent / ARTISTS_FILE)
    digest = hashlib.sha256(f"{_FORMAT}\0{index and index.resolve()}".encode())
    digest.update(f"{manifest.feature_spec}{manifest.embedding_id}".encode())
    for path in (*files, *(path for path in lists if path.is_file())):
        stat = path.stat()
        name = path.relative_to(root.parent)
        digest.update(f"{name}\0{stat.st_size}\0{stat.st_mtime_ns}".encode())
    return digest.hexdigest()[:12]
