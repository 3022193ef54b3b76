"""A home that an earlier version left, put into a folder of the test.

Its files hold absolute paths. These are replaced here by plain Python, without the program's own
readers and writers, so that the rest stays as the earlier version wrote it.
"""

from __future__ import annotations

import json
import os
import sqlite3
import sys
import tarfile
import zlib
from contextlib import closing
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from tests.helpers.unpacking import EXTRACTION

OLD_PLACE = Path("/tmp/genretagger-old-home")
EXPECTED = "expected.json"
_DATA = Path(__file__).resolve().parents[1] / "data"


def archive_of(version: str) -> Path:
    """Return the path of the archive of the home of that version."""
    return _DATA / f"home-{version}" / "home.tar.xz"


@dataclass(frozen=True)
class OldHome:
    """An unpacked home with its music, and what is to be found in it.

    expected : what the earlier version itself said of it, and hash and time of each file before
        anything was written (`originals`), and now (`files`)
    """

    home: Path
    music: Path
    expected: dict[str, Any]


def unpack(version: str, place: Path) -> OldHome:
    """Unpack the home of a version below `place`, as if it had been made there."""
    if sys.platform == "win32":
        pytest.skip("the paths in the home are those of Linux")
    archive = archive_of(version)
    with tarfile.open(archive) as tar:
        tar.extractall(place, **EXTRACTION)
    home, music = place / "home", place / "music"
    for batch in (home / "journal").glob("*.jsonl"):
        lines = batch.read_bytes().splitlines()
        batch.write_bytes(b"".join(_moved_line(line, place) for line in lines))
    for name, form in (("settings.json", str), ("window.json", lambda path: quote(str(path)))):
        text = (home / name).read_text(encoding="utf-8")
        (home / name).write_text(text.replace(form(OLD_PLACE), form(place)), encoding="utf-8")
    _move_decisions(home / "session.sqlite", place)
    _move_stamps(home / "store.sqlite", music)
    text = archive.with_name(EXPECTED).read_text(encoding="utf-8")
    expected = json.loads(text.replace(str(OLD_PLACE), str(place)))
    for batch in expected["batches"]:  # the paths in it have another length
        batch["size_bytes"] = (home / "journal" / f"{batch['batch']}.jsonl").stat().st_size
    return OldHome(home, music, expected)


def _moved_line(line: bytes, place: Path) -> bytes:
    """Return a line of the journal, with other paths in it: its length and CRC-32 stand first."""
    if not line:  # stands before what a later run appended
        return b"\n"
    old, new = (json.dumps(str(path)).encode()[1:-1] for path in (OLD_PLACE, place))
    body = line[18:].replace(old, new)
    return b"%08x %08x %s\n" % (len(body), zlib.crc32(body), body)


def hashes(music: Path) -> dict[str, list[object]]:
    """Return hash and time of each file."""
    return {
        path.name: [sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns]
        for path in sorted(music.iterdir())
    }


def decisions(session: Path) -> list[list[object]]:
    """Return the rows of the decisions, each with the name of its file."""
    with closing(sqlite3.connect(session)) as connection:
        rows = connection.execute(
            "SELECT path, action, genres, written FROM decisions ORDER BY path"
        ).fetchall()
    return [[Path(os.fsdecode(path)).name, *rest] for path, *rest in rows]


def _move_decisions(session: Path, place: Path) -> None:
    with closing(sqlite3.connect(session)) as connection, connection:
        for (path,) in connection.execute("SELECT path FROM decisions").fetchall():
            moved = path.replace(os.fsencode(OLD_PLACE), os.fsencode(place))
            connection.execute("UPDATE decisions SET path = ? WHERE path = ?", (moved, path))


def _move_stamps(store: Path, music: Path) -> None:
    """Give the store the stamps that the files have here, that it knows them."""
    with closing(sqlite3.connect(store)) as connection, connection:
        for path in music.iterdir():
            found = path.stat()
            connection.execute(
                "UPDATE OR REPLACE files SET device = ?, inode = ?, ctime_ns = ?"
                " WHERE mtime_ns = ? AND size_bytes = ?",
                (found.st_dev, found.st_ino, found.st_ctime_ns, found.st_mtime_ns, found.st_size),
            )
