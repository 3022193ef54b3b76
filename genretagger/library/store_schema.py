"""The tables of the store, and what is done to those of an older version."""

from __future__ import annotations

from typing import Final

from genretagger.library.database import Schema

_FILES = """
CREATE TABLE IF NOT EXISTS files (
    device INTEGER, inode INTEGER, size_bytes INTEGER, mtime_ns INTEGER, ctime_ns INTEGER,
    tags TEXT NOT NULL, audio_digest TEXT,
    PRIMARY KEY (device, inode, size_bytes, mtime_ns, ctime_ns)
) WITHOUT ROWID
"""
_OUTPUTS = """
CREATE TABLE IF NOT EXISTS outputs (
    audio_digest TEXT, embedding_id TEXT, plan_id TEXT,
    starts_s BLOB NOT NULL, logits BLOB NOT NULL, penultimate BLOB NOT NULL,
    PRIMARY KEY (audio_digest, embedding_id, plan_id)
)
"""
_PREDICTIONS = """
CREATE TABLE IF NOT EXISTS predictions (
    audio_digest TEXT, model_id TEXT, prediction TEXT NOT NULL,
    PRIMARY KEY (audio_digest, model_id)
)
"""
_DURATIONS = """
CREATE TABLE IF NOT EXISTS durations (audio_digest TEXT PRIMARY KEY, duration_s REAL NOT NULL)
"""
# `reason` is the key of the message about what the decoder did.
_QUARANTINE = """
CREATE TABLE IF NOT EXISTS quarantine (
    device INTEGER, inode INTEGER, size_bytes INTEGER, mtime_ns INTEGER, ctime_ns INTEGER,
    reason TEXT NOT NULL,
    PRIMARY KEY (device, inode, size_bytes, mtime_ns, ctime_ns)
) WITHOUT ROWID
"""
# Before version 3, silence within a track was heard as music, a wrong header could misplace the
# excerpts, and hearing keys were audio digests: those results are dropped, and tracks heard again.
_HEARD_BEFORE = (
    "DELETE FROM outputs",
    "DELETE FROM predictions",
    "DELETE FROM durations",
    "UPDATE files SET audio_digest = NULL",
)
SCHEMA: Final = Schema(
    4,
    (_FILES, _OUTPUTS, _PREDICTIONS, _DURATIONS, _QUARANTINE),
    newer="store-newer",
    unusable="store-unusable",
    steps={3: _HEARD_BEFORE},
)
