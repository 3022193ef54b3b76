"""The records of the journal and their form: one line each.

A line is the length and CRC-32 of the rest in hexadecimal, then a JSON object in ASCII.
"""

from __future__ import annotations

import base64
import json
import os
import sys
import zlib
from dataclasses import dataclass, fields
from enum import Enum
from pathlib import Path
from typing import Any, Final

from genretagger.core.errors import JournalError
from genretagger.core.tracks import FileStamp, RawGenre, SecondGenre, TagVersion

SCHEMA: Final = 2  # 2 added writing in place, and files that are gone
_PREFIX_CHARACTERS: Final = 18  # length, space, CRC-32, space


class OutcomeState(Enum):
    """How a write ended.

    UNCLEAR : after a crash the file was neither the old nor the new one
    GONE : after a crash there was no file; when it is back, another outcome follows
    LEFT_ALONE : undo refused to take the write back, so it stands
    """

    DONE = "done"
    ROLLED_BACK = "rolled back"
    FAILED = "failed"
    UNCLEAR = "unclear"
    GONE = "gone"
    LEFT_ALONE = "left alone"


@dataclass(frozen=True, slots=True)
class Header:
    """Who began the batch, when and under which policy."""

    schema: int
    program: str
    policy: str
    at_utc: str


@dataclass(frozen=True, slots=True)
class Intent:
    """A write is about to begin; the file is untouched.

    number : of the write, in its batch
    path : as the user named the file; target : the file itself, links followed
    temporary : name of the changed copy, in the folder of `target`
    undoes : number of the write that this one takes back, None for a first write
    side_copy : name of the copy of the old file, which exists only during a write in place
    mtime_ns : date of the result, None for now
    policy : that of the write if it is not that of the batch
    """

    number: int
    path: Path
    target: Path
    temporary: str
    stamp: FileStamp
    old_sha256: str
    audio_digest: str
    before: RawGenre
    after: RawGenre
    undoes: int | None = None
    side_copy: str | None = None
    mtime_ns: int | None = None
    policy: str | None = None

    @property
    def copies(self) -> tuple[Path, ...]:
        """Paths of the changed copy and the side copy, whether they exist or not."""
        names = (self.temporary, self.side_copy)
        return tuple(self.target.with_name(name) for name in names if name is not None)


@dataclass(frozen=True, slots=True)
class Prepared:
    """The copy is whole and verified; the next step puts it in place.

    patch : makes the old file from the new one, None if it would be too large
    in_place : whether the file itself is written over, while the side copy keeps the old one
    """

    number: int
    new_sha256: str
    patch: bytes | None
    in_place: bool = False


@dataclass(frozen=True, slots=True)
class WriteOutcome:
    """The write has ended."""

    number: int
    state: OutcomeState
    reason: str = ""


Record = Header | Intent | Prepared | WriteOutcome
_RECORDS: Final[dict[str, type[Record]]] = {
    "header": Header,
    "intent": Intent,
    "prepared": Prepared,
    "outcome": WriteOutcome,
}
_NAMES: Final = {record: name for name, record in _RECORDS.items()}  # in the file; never changed


def encode_record(record: Record) -> bytes:
    """Return the line of `record`."""
    text = json.dumps(_to_json(record), separators=(",", ":"), default=_fields)
    body = text.encode("ascii")
    return frame_line(body)


def decode_record(line: bytes, *, patches: bool = True) -> Record | None:
    """Return the record of a line without its newline, None if the line is damaged.

    Parameters
    ----------
    patches : bool
        False leaves out the patch, by far the largest part.

    Raises
    ------
    JournalError
        A newer Genretagger wrote it: the line is whole but unknown.
    """
    if body_of(line) is None:
        return None
    try:
        stored = json.loads(line[_PREFIX_CHARACTERS:].decode("ascii"))  # a patch is held only once
        if not patches and "patch" in stored:
            stored["patch"] = None
        is_newer = stored.get("schema", SCHEMA) > SCHEMA
        record = None if is_newer else _from_json(stored)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise JournalError("journal-newer") from error
    if record is None:
        raise JournalError("journal-newer")
    return record


def frame_line(body: bytes) -> bytes:
    """Return the line that holds `body`."""
    return b"%08x %08x %s\n" % (len(body), zlib.crc32(body), body)


def body_of(line: bytes) -> bytes | None:
    """Return what a line, without its newline, holds; None if the line is damaged."""
    body = line[_PREFIX_CHARACTERS:]
    is_whole = line[:_PREFIX_CHARACTERS] == b"%08x %08x " % (len(body), zlib.crc32(body))
    return body if is_whole else None


def _to_json(record: Record) -> dict[str, Any]:
    """Return `record` as a JSON object; undecodable bytes of a path become surrogates."""
    stored = {"record": _NAMES[type(record)], **_fields(record)}
    if stored.get("policy") is None:
        stored.pop("policy", None)  # as before 1.0, which knew no policy of a single write
    for name in ("path", "target"):
        if name in stored:
            stored[name] = _path_text(stored[name])
    if stored.get("patch") is not None:
        stored["patch"] = base64.b64encode(stored["patch"]).decode("ascii")
    if "state" in stored:
        stored["state"] = stored["state"].value
    return stored


def _path_text(path: Path) -> str:
    """Return a path as text that means the same bytes in every locale: as UTF-8."""
    return os.fsencode(path).decode("utf-8", sys.getfilesystemencodeerrors())


def _path_of(text: str) -> Path:
    return Path(os.fsdecode(text.encode("utf-8", sys.getfilesystemencodeerrors())))


def _fields(value: Any) -> dict[str, Any]:
    """Return the fields of a dataclass; unlike `asdict` without a copy of all that is in them."""
    return {field.name: getattr(value, field.name) for field in fields(value)}


def _from_json(stored: dict[str, Any]) -> Record:
    """Return the record that `_to_json` made `stored` from."""
    values = dict(stored)
    record_class = _RECORDS[values.pop("record")]
    if "path" in values:
        path, target = values["path"], values["target"]
        values["path"] = _path_of(path)
        values["target"] = values["path"] if target == path else _path_of(target)  # paths are slow
    if values.get("patch") is not None:
        values["patch"] = base64.b64decode(values["patch"])
    if "state" in values:
        values["state"] = OutcomeState(values["state"])
    for name in ("before", "after"):
        if name in values:
            values[name] = _raw_genre(values[name])
    if "stamp" in values:
        values["stamp"] = FileStamp(**values["stamp"])
    return record_class(**values)


def _raw_genre(stored: dict[str, Any]) -> RawGenre:
    seconds = tuple(SecondGenre(**_with_tuples(second)) for second in stored.get("beside", ()))
    version = TagVersion(stored["version"])
    return RawGenre(**{**_with_tuples(stored), "version": version, "beside": seconds})


def _with_tuples(stored: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(v) if isinstance(v, list) else v for key, v in stored.items()}
