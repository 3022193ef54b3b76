"""Makes the files of a home those of a newer version of the program, by plain Python."""

from __future__ import annotations

import io
import json
import sqlite3
import zlib
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

FAR = 99  # a version that none of these files will have for long


def snapshot(home: Path) -> dict[str, str]:
    """Return the hash of each file of a home, but of the log and the lock."""
    return {
        str(path.relative_to(home)): sha256(path.read_bytes()).hexdigest()
        for path in sorted(home.rglob("*"))
        if path.is_file() and path.name != "lock" and not path.name.startswith("genretagger.log")
    }


def raise_store(home: Path) -> None:
    _raise_user_version(home / "store.sqlite")


def raise_session(home: Path) -> None:
    _raise_user_version(home / "session.sqlite")


def _raise_user_version(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {FAR}")
        # The newer version may keep its file in another way: that is not changed either.
        connection.execute("PRAGMA journal_mode = DELETE")


def raise_journal(home: Path) -> None:
    """Give the newest batch a newer header."""
    path = max((home / "journal").glob("*.jsonl"))
    header, *lines = path.read_bytes().split(b"\n")
    body = json.dumps(json.loads(header[18:]) | {"schema": FAR}).encode()
    framed = b"%08x %08x %s" % (len(body), zlib.crc32(body), body)
    path.write_bytes(b"\n".join([framed, *lines]))


def raise_settings(home: Path) -> None:
    """Add a setting that this version does not know."""
    path = home / "settings.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"colour": "red"}))


def raise_word(home: Path) -> None:
    """Give a setting a value that this version does not know."""
    path = home / "settings.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"theme": "sepia"}))


def raise_classifier(home: Path) -> None:
    """Give the classifier another form, with an array that this version does not know."""
    path = home / "personal" / "My own.npz"
    with np.load(path) as found:
        arrays = dict(found)
    about = json.loads(bytes(arrays.pop("about"))) | {"format": FAR}
    arrays["about"] = np.frombuffer(json.dumps(about).encode(), np.uint8)
    stream = io.BytesIO()
    np.savez_compressed(stream, further=arrays["bias"], **arrays)
    path.write_bytes(stream.getvalue())


NEWER: dict[str, Callable[[Path], None]] = {
    "store": raise_store,
    "session": raise_session,
    "journal": raise_journal,
    "settings": raise_settings,
    "word": raise_word,
    "classifier": raise_classifier,
}
