"""The records of the journal and their form in JSON."""

from __future__ import annotations

import base64
from dataclasses import asdict, dataclass
from enum import Enum
from pathlib import Path
from typing import Any, Final

from genretagger.core.datatypes import FileStamp, RawGenre

SCHEMA: Final = 1


class State(Enum):
    """How a write ended. UNCLEAR: after a crash the file was neither the old nor the new one."""

    DONE = "done"
    ROLLED_BACK = "rolled back"
    FAILED = "failed"
    UNCLEAR = "unclear"


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

    path : as the user named it; target : the file itself, links followed
    temporary : name of the copy, in the folder of `target`
    undoes : number of the write of this batch that is taken back, None for a first write
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


@dataclass(frozen=True, slots=True)
class Prepared:
    """The copy is whole and verified; the next step puts it in place. `patch` leads back."""

    number: int
    new_sha256: str
    patch: bytes | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """The write has ended."""

    number: int
    state: State
    reason: str = ""


Record = Header | Intent | Prepared | Outcome
RECORDS: Final[dict[str, type[Record]]] = {
    "header": Header,
    "intent": Intent,
    "prepared": Prepared,
    "outcome": Outcome,
}


def to_json(record: Record) -> dict[str, Any]:
    """Return `record` as an object of JSON; undecodable bytes of a path stay as surrogates."""
    stored = {"record": type(record).__name__.lower(), **asdict(record)}
    for name in ("path", "target"):
        if name in stored:
            stored[name] = str(stored[name])
    if stored.get("patch") is not None:
        stored["patch"] = base64.b64encode(stored["patch"]).decode("ascii")
    if "state" in stored:
        stored["state"] = stored["state"].value
    return stored


def from_json(stored: dict[str, Any]) -> Record:
    """Return the record that `to_json` made `stored` from."""
    values = dict(stored)
    kind = RECORDS[values.pop("record")]
    for name in ("path", "target"):
        if name in values:
            values[name] = Path(values[name])
    if values.get("patch") is not None:
        values["patch"] = base64.b64decode(values["patch"])
    if "state" in values:
        values["state"] = State(values["state"])
    for name in ("before", "after"):
        if name in values:
            raw = {**values[name], "values": tuple(values[name]["values"])}
            values[name] = RawGenre(**raw)
    if "stamp" in values:
        values["stamp"] = FileStamp(**values["stamp"])
    return kind(**values)
