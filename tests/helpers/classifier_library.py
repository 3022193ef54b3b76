"""Stores full of tracks that were never there, to learn from."""

from __future__ import annotations

import numpy as np

from genretagger.analysis.manifest import default_model_folder, load_manifest
from genretagger.core.predictions import SegmentOutputs
from genretagger.core.tracks import FileStamp, TagReading
from genretagger.library.store import Store

MANIFEST = load_manifest(default_model_folder())


def outputs(rng, centre):
    """Return what three segments of a track near `centre` would give."""
    return SegmentOutputs(
        np.arange(3, dtype=np.float32),
        np.zeros((3, len(MANIFEST.tags)), np.float32),
        (centre + 0.5 * rng.normal(size=(3, MANIFEST.n_units))).astype(np.float32),
    )


def fill(home, *, genres=("Jazz", "Polka"), n_artists=10, n_tracks=3, seed=0):
    """Put tracks of each genre into the store of `home`; return their digests and genres."""
    rng = np.random.default_rng(seed)
    digests = {}
    with Store.open(home / "store.sqlite") as store:
        for genre in genres:
            centre = rng.normal(size=MANIFEST.n_units)
            for number in range(n_artists * n_tracks):
                artist = f"{genre} artist {number // n_tracks}"
                digest = f"{genre} {number}"
                put(store, digest, TagReading("flac", "T", artist, "Album", "", (genre,), 30.0))
                store.put_outputs(digest, MANIFEST, outputs(rng, centre))
                digests[digest] = genre
    return digests


def put(store, digest, tags, *, at=0):
    """Put a file with `tags` into `store`, changed at the time `at`."""
    stamp = FileStamp(1, abs(hash((digest, at))) % 2**60, 3, 4, at)
    store.put_tags(stamp, tags)
    store.put_hearing_key(stamp, digest)
