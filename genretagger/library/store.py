"""The cache of all tags and results of hearing, in SQLite; users can delete it at any time.

Five tables: file stamp -> hearing key and tags; hearing key + embedding + excerpt plan -> outputs
of the embedding per segment; hearing key -> true length; hearing key + model -> prediction; file
stamp -> how the decoder failed, in quarantine. A new classifier or threshold needs only the second
table, so nothing is decoded again. A new embedding finds nothing there, and the track is heard
again; then the outputs of the earlier one go, so that the file does not grow. The columns named
`audio_digest` hold hearing keys (`core.tracks.hearing_key`).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from genretagger.core.errors import StoreError, shown
from genretagger.core.predictions import (
    ModelManifest,
    Prediction,
    SegmentOutputs,
)
from genretagger.core.tracks import FileStamp, TagReading
from genretagger.library.database import connect
from genretagger.library.store_schema import SCHEMA
from genretagger.library.stored_values import (
    decode_prediction,
    decode_tags,
    decode_verdict,
    decode_whole_tags,
    encode_prediction,
    encode_tags,
)

_Known = TypeVar("_Known")

# SQLite's integers are signed 64 bit; device and inode numbers are unsigned on some systems.
_WRAP = 1 << 64


class StoredFile(NamedTuple):
    """What the store knows of a file; None for what it does not.

    prediction : that of one model, without its segments
    duration_s : the true length of the audio
    """

    tags: TagReading | None = None
    hearing_key: str | None = None
    prediction: Prediction | None = None
    duration_s: float | None = None


class Store:
    """The open store. Use from one thread; several processes may have it open at once."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path
        self._is_grouped = False

    @classmethod
    @contextmanager
    def open(cls, path: Path) -> Iterator[Store]:
        """Open the store at `path`, making it if it is missing.

        Raises
        ------
        StoreError
            The file cannot be used, or a newer version of the program made it.
        """
        with closing(connect(path, schema=SCHEMA)) as connection:
            store = cls(connection, path)
            # A cache may lose its last rows in a power cut; a sync per track would be too slow.
            store._run("PRAGMA synchronous = NORMAL", ())
            yield store

    @contextmanager
    def grouped(self) -> Iterator[None]:
        """Commit all that is put inside as one transaction, which is faster than one for each.

        Raises
        ------
        StoreError
            The store cannot be written.
        """
        self._is_grouped = True
        try:
            yield
        finally:
            self._is_grouped = False
            if self._connection.in_transaction:
                self._run("COMMIT", ())

    def _run(self, statement: str, values: tuple[object, ...]) -> list[Any]:
        try:
            return self._connection.execute(statement, values).fetchall()
        except sqlite3.Error as error:
            raise StoreError("store-unusable", path=shown(self._path), reason=error) from error

    def _put(self, statement: str, values: tuple[object, ...]) -> None:
        if self._is_grouped and not self._connection.in_transaction:
            # At the first write: a transaction that began with reading could not wait for others.
            self._run("BEGIN IMMEDIATE", ())
        self._run(statement, values)

    def tags(self, stamp: FileStamp) -> TagReading | None:
        """Return the tags of the file with `stamp`, None if they were never read.

        Returns None for tags stored by an older version with fewer fields, so that they are read
        again.
        """
        rows = self._run(f"SELECT tags FROM files WHERE {_STAMP_IS}", _key(stamp))
        return _known(rows, decode_whole_tags)

    def file(self, stamp: FileStamp, *, model_id: str) -> StoredFile:
        """Return all that is known of the file with `stamp`, in one query."""
        rows = self._run(_FILE, (*_key(stamp), model_id))
        if not rows:
            return StoredFile()
        ((tags, hearing_key, prediction, duration_s),) = rows
        return StoredFile(
            _known([(tags,)], decode_whole_tags),
            hearing_key,
            _known([(prediction,)], decode_verdict) if prediction is not None else None,
            duration_s,
        )

    def put_tags(self, stamp: FileStamp, tags: TagReading) -> None:
        """Remember the tags of the file with `stamp`."""
        self._put(
            "INSERT INTO files VALUES (?, ?, ?, ?, ?, ?, NULL)"
            " ON CONFLICT DO UPDATE SET tags = excluded.tags",
            (*_key(stamp), encode_tags(tags)),
        )

    def hearing_key(self, stamp: FileStamp) -> str | None:
        """Return the hearing key of the file with `stamp`, None if it was never computed."""
        rows = self._run(f"SELECT audio_digest FROM files WHERE {_STAMP_IS}", _key(stamp))
        return rows[0][0] if rows else None

    def put_hearing_key(self, stamp: FileStamp, key: str) -> None:
        """Remember the hearing key of a file whose tags are stored."""
        self._put(f"UPDATE files SET audio_digest = ? WHERE {_STAMP_IS}", (key, *_key(stamp)))

    def all_tags(self) -> Iterator[tuple[str, TagReading]]:
        """Yield the hearing key and tags of every file, the last changed first."""
        rows = self._run(
            "SELECT audio_digest, tags FROM files WHERE audio_digest IS NOT NULL"
            " ORDER BY ctime_ns DESC",
            (),
        )
        for key, text in rows:
            tags = _known([(text,)], decode_tags)
            if tags is not None:
                yield key, tags

    def quarantine(self, stamp: FileStamp, reason: str | None) -> None:
        """Remember that the decoder crashed or hung on a file; with None, that it does no more."""
        if reason is None:
            self._put(f"DELETE FROM quarantine WHERE {_STAMP_IS}", _key(stamp))
        else:
            values = (*_key(stamp), reason)
            self._put("INSERT OR REPLACE INTO quarantine VALUES (?, ?, ?, ?, ?, ?)", values)

    def quarantined(self, stamp: FileStamp) -> str | None:
        """Return what the decoder did to the file with `stamp`, None if nothing bad is known."""
        rows = self._run(f"SELECT reason FROM quarantine WHERE {_STAMP_IS}", _key(stamp))
        return rows[0][0] if rows else None

    def outputs(self, key: str, manifest: ModelManifest) -> SegmentOutputs | None:
        """Return the stored outputs of this manifest's embedding and excerpt plan, or None."""
        rows = self._run(
            "SELECT starts_s, logits, penultimate FROM outputs"
            " WHERE audio_digest = ? AND embedding_id = ? AND plan_id = ?",
            (key, manifest.embedding_id, manifest.feature_spec.plan_id),
        )
        if not rows:
            return None
        import numpy as np  # undo, which looks up tags only, does not wait for it

        starts, logits, penultimate = rows[0]
        return SegmentOutputs(
            np.frombuffer(starts, "float32"),
            np.frombuffer(logits, "float16").reshape(-1, len(manifest.tags)).astype("float32"),
            np.frombuffer(penultimate, "float16").reshape(-1, manifest.n_units).astype("float32"),
        )

    def has_outputs(self, key: str, manifest: ModelManifest) -> bool:
        """Return whether `outputs` would return any."""
        rows = self._run(
            "SELECT 1 FROM outputs WHERE audio_digest = ? AND embedding_id = ? AND plan_id = ?",
            (key, manifest.embedding_id, manifest.feature_spec.plan_id),
        )
        return bool(rows)

    def has_other_outputs(self, key: str, manifest: ModelManifest) -> bool:
        """Return whether only other embeddings or excerpt plans heard this audio."""
        rows = self._run(
            "SELECT embedding_id = ? AND plan_id = ? FROM outputs WHERE audio_digest = ?",
            (manifest.embedding_id, manifest.feature_spec.plan_id, key),
        )
        return bool(rows) and not any(is_ours for (is_ours,) in rows)

    def heard_keys(self, manifest: ModelManifest) -> dict[str, bool]:
        """Return all keys with outputs, and whether this embedding and excerpt plan has some."""
        rows = self._run(
            "SELECT audio_digest, MAX(embedding_id = ? AND plan_id = ?) FROM outputs"
            " GROUP BY audio_digest",
            (manifest.embedding_id, manifest.feature_spec.plan_id),
        )
        return {key: bool(is_ours) for key, is_ours in rows}

    def put_outputs(self, key: str, manifest: ModelManifest, outputs: SegmentOutputs) -> None:
        """Remember outputs in half precision, as in the training table; this halves the space.

        Those of other embeddings and excerpt plans go: a program that has these hears again.
        """
        self._put(
            "INSERT OR REPLACE INTO outputs VALUES (?, ?, ?, ?, ?, ?)",
            (
                key,
                manifest.embedding_id,
                manifest.feature_spec.plan_id,
                outputs.starts_s.astype("float32").tobytes(),
                outputs.logits.astype("float16").tobytes(),
                outputs.penultimate.astype("float16").tobytes(),
            ),
        )
        self._put(
            "DELETE FROM outputs WHERE audio_digest = ? AND NOT (embedding_id = ? AND plan_id = ?)",
            (key, manifest.embedding_id, manifest.feature_spec.plan_id),
        )
        if outputs.duration_s is not None:
            self._put("INSERT OR REPLACE INTO durations VALUES (?, ?)", (key, outputs.duration_s))

    def prediction(self, key: str, model_id: str) -> Prediction | None:
        """Return the stored prediction of this model, or None."""
        rows = self._run(
            "SELECT prediction FROM predictions WHERE audio_digest = ? AND model_id = ?",
            (key, model_id),
        )
        return _known(rows, decode_prediction)

    def put_prediction(self, key: str, prediction: Prediction) -> None:
        """Remember a prediction; those of other models on the same audio go."""
        values = key, prediction.model_id, encode_prediction(prediction)
        self._put("INSERT OR REPLACE INTO predictions VALUES (?, ?, ?)", values)
        self._put(
            "DELETE FROM predictions WHERE audio_digest = ? AND model_id <> ?",
            (key, prediction.model_id),
        )


_FILE = """
SELECT tags, files.audio_digest, prediction, duration_s FROM files
LEFT JOIN predictions ON predictions.audio_digest = files.audio_digest AND model_id = ?6
LEFT JOIN durations ON durations.audio_digest = files.audio_digest
WHERE device = ?1 AND inode = ?2 AND size_bytes = ?3 AND mtime_ns = ?4 AND ctime_ns = ?5
"""
_STAMP_IS = "device = ? AND inode = ? AND size_bytes = ? AND mtime_ns = ? AND ctime_ns = ?"


def _key(stamp: FileStamp) -> tuple[int, ...]:
    device, inode = _signed(stamp.device), _signed(stamp.inode)
    return device, inode, stamp.size_bytes, stamp.mtime_ns, stamp.ctime_ns


def _signed(number: int) -> int:
    return number - _WRAP if number >= _WRAP // 2 else number


def _known(rows: list[Any], read: Callable[[str], _Known]) -> _Known | None:
    """Return the value in the first row; None without a row or for another version's value."""
    try:
        return read(rows[0][0]) if rows else None
    except (KeyError, TypeError, ValueError):
        return None
