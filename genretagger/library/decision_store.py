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
from functools import lru_cache
from pathlib import Path
from typing import Any

from genretagger.core.errors import StoreError, shown
from genretagger.core.writes import Action, Decision
from genretagger.library.database import Schema, connect

# Paths are bytes: a file name need not be text. `at_ns` orders decisions on copies. `written` has
# bits: an older program takes any bit for written while the file has that genre.
_DECISIONS = """
CREATE TABLE decisions (
    audio_digest TEXT NOT NULL, path BLOB NOT NULL, action TEXT NOT NULL, genres TEXT NOT NULL,
    written INTEGER NOT NULL, at_ns INTEGER NOT NULL,
    PRIMARY KEY (audio_digest, path)
) WITHOUT ROWID
"""
_SCHEMA = Schema(1, (_DECISIONS,), newer="session-newer", unusable="session-unusable")
_WRITTEN, _RESPELLS, _CHOSEN = 1, 2, 4
_SAVE = """
INSERT INTO decisions VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET
    action = excluded.action, genres = excluded.genres, written = excluded.written,
    at_ns = excluded.at_ns
"""
_TAKE_BACK = "DELETE FROM decisions WHERE audio_digest = ? AND path = ?"
_Text = tuple[str, str, int]  # action, genres and bits of a decision


@dataclass(frozen=True, slots=True)
class StoredDecision:
    """A decision on the file at `path`; None takes an earlier one back."""

    audio_digest: str
    path: Path
    decision: Decision | None


@contextmanager
def _errors(place: Path) -> Iterator[None]:
    """Name the file at `place` in what goes wrong with it."""
    try:
        yield
    except (OSError, sqlite3.Error, ValueError) as error:
        raise StoreError("session-unusable", path=shown(place), reason=error) from error


class EarlierDecisions:
    """The decisions on all recordings as they were at one moment, looked up without the disk.

    Parameters
    ----------
    stored : Iterable of tuple
        Audio digest, path, action, genres and bits of each decision, the newest first.
    place : Path
        The file that they are from, for errors.
    """

    def __init__(self, stored: Iterable[tuple[str, bytes, str, str, int]], *, place: Path) -> None:
        self._place = place
        self._stored: dict[str, list[tuple[bytes, _Text]]] = {}
        texts: dict[_Text, _Text] = {}  # one object for the many decisions that are alike
        for audio_digest, path, action, genres, bits in stored:
            text = action, genres, bits
            self._stored.setdefault(audio_digest, []).append((path, texts.setdefault(text, text)))

    def find(self, audio_digest: str, *, path: Path) -> Decision | None:
        """Return the decision on this recording at `path`, or None.

        A decision follows its recording if the file is renamed or moved. It does not apply to a
        copy while the original file still exists.

        Raises
        ------
        StoreError
            The decision makes no sense.
        """
        stored = self._stored.get(audio_digest)
        if stored is None:
            return None
        here = os.fsencode(path)
        for made_for, text in sorted(stored, key=lambda decision: decision[0] != here):
            if made_for == here or not os.path.lexists(made_for):
                with _errors(self._place):
                    return _decision_from(*text)
        return None


def _decision_from(action: str, genres: str, bits: int) -> Decision:
    return Decision(
        Action(action),
        tuple(json.loads(genres)),
        written=bool(bits & _WRITTEN),
        respells=bool(bits & _RESPELLS),
        chosen=bool(bits & _CHOSEN),
    )


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
            self._select("SELECT 1 FROM decisions LIMIT 1")
        except StoreError:
            self._connection.close()
            raise

    def _select(self, statement: str, *values: str) -> list[Any]:
        with self._lock, _errors(self._path):
            return self._connection.execute(statement, values).fetchall()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    def find_all(self) -> EarlierDecisions:
        """Return all decisions as they are now: one query, however many tracks ask for theirs.

        Raises
        ------
        StoreError
            The file cannot be used.
        """
        stored = self._select(
            "SELECT audio_digest, path, action, genres, written FROM decisions ORDER BY at_ns DESC"
        )
        return EarlierDecisions(stored, place=self._path)

    def accepted(self) -> dict[str, tuple[str, ...]]:
        """Return the genres last accepted for each recording, by audio digest.

        Raises
        ------
        StoreError
            The file cannot be used.
        """
        stored = self._select(
            "SELECT audio_digest, genres FROM decisions WHERE action = ? ORDER BY at_ns",
            Action.ACCEPT.value,
        )
        with _errors(self._path):
            return {digest: tuple(json.loads(genres)) for digest, genres in stored}

    def save(self, settled: Iterable[StoredDecision]) -> None:
        """Save all decisions of `settled`, or none if that fails.

        Raises
        ------
        StoreError
            The file cannot be used.
        """
        now_ns = time.time_ns()
        last = {(item.audio_digest, os.fsencode(item.path)): item.decision for item in settled}
        saved = [
            (*key, *_text_of(decision), now_ns + n)  # of copies decided on at once, the last counts
            for n, (key, decision) in enumerate(last.items())
            if decision is not None
        ]
        taken_back = [key for key, decision in last.items() if decision is None]
        # Lists, not a statement each: the window needs Python's lock meanwhile.
        with self._lock, _errors(self._path), self._transaction():
            self._connection.executemany(_SAVE, saved)
            self._connection.executemany(_TAKE_BACK, taken_back)

    def close(self) -> None:
        """Close the file; what was saved is kept."""
        with self._lock:
            self._connection.close()


@lru_cache(maxsize=4096)
def _text_of(decision: Decision) -> _Text:
    """Return a decision as it is stored; many decisions of a save are alike."""
    bits = _WRITTEN * decision.written + _RESPELLS * decision.respells + _CHOSEN * decision.chosen
    return decision.action.value, json.dumps(decision.genres), bits
