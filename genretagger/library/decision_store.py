"""The decisions of the review, in SQLite: saved at once, and looked up by audio digest.

Knows neither the window nor the consequences of a decision. Never deletes or replaces a file that
it cannot use, because the decisions in it are the user's work.
"""

from __future__ import annotations

import json
import os
import sqlite3
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from genretagger.core.errors import StoreError, shown
from genretagger.core.writes import Action, Decision
from genretagger.library.database import Schema, connect

# Paths are bytes: a file name need not be text. `at_ns` orders decisions on copies. `written` has
# two bits: an older program takes a respelling for written while the file has that genre.
_DECISIONS = """
CREATE TABLE decisions (
    audio_digest TEXT NOT NULL, path BLOB NOT NULL, action TEXT NOT NULL, genres TEXT NOT NULL,
    written INTEGER NOT NULL, at_ns INTEGER NOT NULL,
    PRIMARY KEY (audio_digest, path)
) WITHOUT ROWID
"""
_SCHEMA = Schema(1, (_DECISIONS,), newer="session-newer", unusable="session-unusable")
_WRITTEN, _RESPELLS = 1, 2
_SAVE = """
INSERT INTO decisions VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET
    action = excluded.action, genres = excluded.genres, written = excluded.written,
    at_ns = excluded.at_ns
"""


@dataclass(frozen=True, slots=True)
class StoredDecision:
    """A decision on the file at `path`; None takes an earlier one back."""

    audio_digest: str
    path: Path
    decision: Decision | None


class DecisionStore:
    """The open session; may be used from several threads, one call at a time.

    Parameters
    ----------
    path : Path
        The SQLite file; made, with its folder, if it is missing.

    Raises
    ------
    StoreError
        The file cannot be used, or a newer version of the program made it; it is left as it is.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._connection = connect(path, schema=_SCHEMA)
        try:
            with self._errors():
                self._connection.execute("SELECT 1 FROM decisions LIMIT 1")
        except StoreError:
            self._connection.close()
            raise

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except (OSError, sqlite3.Error, ValueError) as error:
            raise StoreError("session-unusable", path=shown(self._path), reason=error) from error

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    def find(self, audio_digest: str, *, path: Path) -> Decision | None:
        """Return the decision on this recording at `path`, or None.

        A decision follows its recording if the file is renamed or moved. It does not apply to a
        copy while the original file still exists.

        Raises
        ------
        StoreError
            The file cannot be used.
        """
        with self._lock, self._errors():
            stored = self._connection.execute(
                "SELECT path, action, genres, written FROM decisions"
                " WHERE audio_digest = ? ORDER BY path = ? DESC, at_ns DESC",
                (audio_digest, os.fsencode(path)),
            ).fetchall()
        for stored_path, action, genres, written in stored:
            made_for = Path(os.fsdecode(stored_path))
            if made_for == path or not os.path.lexists(made_for):
                with self._errors():
                    names = tuple(json.loads(genres))
                    is_written, respells = bool(written & _WRITTEN), bool(written & _RESPELLS)
                    return Decision(Action(action), names, is_written, respells)
        return None

    def accepted(self) -> dict[str, tuple[str, ...]]:
        """Return the genres last accepted for each recording, by audio digest.

        Raises
        ------
        StoreError
            The file cannot be used.
        """
        with self._lock, self._errors():
            stored = self._connection.execute(
                "SELECT audio_digest, genres FROM decisions WHERE action = ? ORDER BY at_ns",
                (Action.ACCEPT.value,),
            ).fetchall()
        with self._errors():
            return {digest: tuple(json.loads(genres)) for digest, genres in stored}

    def save(self, settled: Iterable[StoredDecision]) -> None:
        """Save all decisions of `settled`, or none if that fails.

        Raises
        ------
        StoreError
            The file cannot be used.
        """
        with self._lock, self._errors(), self._transaction():
            for item in settled:
                self._put(item)

    def _put(self, item: StoredDecision) -> None:
        key = (item.audio_digest, os.fsencode(item.path))
        decision = item.decision
        if decision is None:
            self._connection.execute(
                "DELETE FROM decisions WHERE audio_digest = ? AND path = ?", key
            )
            return
        genres = json.dumps(decision.genres)
        written = _WRITTEN * decision.written + _RESPELLS * decision.respells
        values = (*key, decision.action.value, genres, written, time.time_ns())
        self._connection.execute(_SAVE, values)

    def close(self) -> None:
        """Close the file; what was saved is kept."""
        with self._lock:
            self._connection.close()
