"""Opens the SQLite files of the library; several processes may do so at once."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from tempfile import TemporaryFile

from genretagger.core.errors import StoreError, shown, translate_os_errors

_BUSY_TIMEOUT_S = 30.0
_RETRY_AFTER_S = 0.02


@dataclass(frozen=True, slots=True)
class Schema:
    """The tables of a file, and the keys of the messages for a file that cannot be used.

    statements : make the tables that are missing, in a file of any older version
    steps : what else is done, in this order, to a file older than the version of each step
    """

    version: int
    statements: tuple[str, ...]
    newer: str
    unusable: str
    steps: Mapping[int, tuple[str, ...]] = field(default_factory=dict)


def connect(path: Path, *, schema: Schema) -> sqlite3.Connection:
    """Return an open connection in autocommit mode; the file and its tables are made if missing.

    Raises
    ------
    StoreError
        The file cannot be used, or a newer version of the program made it; it is left as it is.
    """
    connection: sqlite3.Connection | None = None
    with translate_os_errors(StoreError, "home-unwritable", path.parent):
        path.parent.mkdir(parents=True, exist_ok=True)
    try:
        connection = sqlite3.connect(
            path, timeout=_BUSY_TIMEOUT_S, isolation_level=None, check_same_thread=False
        )
        _version(connection, path, schema)  # first: not even the mode of a newer file is changed
        _write_ahead(connection)
        _make_tables(connection, path, schema)
    except (sqlite3.Error, StoreError) as error:
        if connection is not None:
            connection.close()
        if isinstance(error, StoreError):
            raise
        if error.sqlite_errorcode == sqlite3.SQLITE_CANTOPEN:
            _require_writable(path.parent)
        raise StoreError(schema.unusable, path=shown(path), reason=error) from error
    return connection


def _require_writable(folder: Path) -> None:
    """Raise StoreError if no file can be made in `folder`: SQLite does not say why."""
    with translate_os_errors(StoreError, "home-unwritable", folder), TemporaryFile(dir=folder):
        pass


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Switch to a write-ahead log; wait for other processes, because SQLite does not here."""
    give_up_at_s = time.monotonic() + _BUSY_TIMEOUT_S
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > give_up_at_s:
                raise
            time.sleep(_RETRY_AFTER_S)
        else:
            return


def _make_tables(connection: sqlite3.Connection, path: Path, schema: Schema) -> None:
    """Make the missing tables, unless another process has just done so."""
    if _version(connection, path, schema) == schema.version:
        return
    connection.execute("BEGIN IMMEDIATE")
    before = _version(connection, path, schema)
    if before < schema.version:
        steps = (schema.steps[version] for version in schema.steps if before < version)
        for statement in chain(schema.statements, *steps):
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {schema.version:d}")
    connection.execute("COMMIT")


def _version(connection: sqlite3.Connection, path: Path, schema: Schema) -> int:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > schema.version:
        raise StoreError(schema.newer, path=shown(path))
    return int(version)
