"""A glance at a batch's file: how its writes ended, without decoding what was written.

Most records are recognised by their bytes, which is ten times as fast as decoding them; any other
is decoded.
"""

from __future__ import annotations

import logging
import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from genretagger.core.errors import shown
from genretagger.tagging.disk import fs
from genretagger.tagging.disk.errors import translate_journal_errors
from genretagger.tagging.journal.batch_log import BatchEnds, WriteEnd
from genretagger.tagging.journal.framing import split_records
from genretagger.tagging.journal.records import (
    Header,
    Intent,
    OutcomeState,
    Prepared,
    Record,
    WriteOutcome,
    body_of,
    decode_record,
)

# `encode_record` writes the fields in this order. In a text every quotation mark has a backslash
# before it, so that none of these is found inside one.
_INTENT: Final = re.compile(rb'\{"record":"intent","number":(\d+),"path":"')
_INTENT_END: Final = re.compile(
    rb'"undoes":(null|\d+),"side_copy":(?:null|"[^"\\]*"),"mtime_ns":(?:null|-?\d+)\}'
)
_MOST_END_BYTES: Final = 160
_OUTCOME: Final = re.compile(
    rb'\{"record":"outcome","number":(\d+),"state":"([a-z ]+)","reason":"(?:[^"\\]|\\.)*"\}'
)
_PREPARED: Final = b'{"record":"prepared","number":'
_STATES: Final = {state.value.encode(): state for state in OutcomeState}

_LOG = logging.getLogger(__name__)


@dataclass(slots=True)
class Glance:
    """What a batch's file says at a glance.

    status : of the file, taken before it was read
    n_damaged : how many records were lost
    """

    status: os.stat_result
    header: Header | None = None
    n_damaged: int = 0
    _writes: dict[int, WriteEnd] = field(default_factory=dict)

    @property
    def ends(self) -> BatchEnds:
        """How the writes ended."""
        return BatchEnds.of(self._writes.values())

    @property
    def is_readable(self) -> bool:
        """Whether a header or a write was read."""
        return self.header is not None or bool(self._writes)

    def add(self, line: bytes) -> None:
        """Take in a line of the file.

        Raises
        ------
        JournalError
            A newer Genretagger wrote it.
        """
        body = body_of(line)
        if body is None:
            self.n_damaged += 1
        elif body.startswith(_PREPARED):
            return
        elif (begin := _INTENT.match(body)) and (end := _find_intent_end(body)):
            undoes = None if end[1] == b"null" else int(end[1])
            self._begin(int(begin[1]), undoes)
        elif (outcome := _OUTCOME.fullmatch(body)) and outcome[2] in _STATES:
            self._end(int(outcome[1]), _STATES[outcome[2]])
        else:
            self._add_decoded(decode_record(line, patches=False))

    def _add_decoded(self, record: Record | None) -> None:
        match record:
            case Header():
                self.header = self.header or record
            case Intent():
                self._begin(record.number, record.undoes)
            case WriteOutcome():
                self._end(record.number, record.state)
            case Prepared() | None:
                pass

    def _begin(self, number: int, undoes: int | None) -> None:
        self._writes[number] = WriteEnd(number, undoes, None)

    def _end(self, number: int, state: OutcomeState) -> None:
        write = self._writes.get(number)
        if write is not None and state is not OutcomeState.LEFT_ALONE:
            self._writes[number] = WriteEnd(number, write.undoes, state)


def _find_intent_end(body: bytes) -> re.Match[bytes] | None:
    at = body.rfind(b'"undoes":', max(len(body) - _MOST_END_BYTES, 0))
    return _INTENT_END.fullmatch(body, at) if at >= 0 else None


def glance(path: Path) -> Glance:
    """Return what the file of a batch says; lost records are logged.

    Raises
    ------
    JournalError
        The file cannot be read, or a newer Genretagger wrote it.
    """
    with translate_journal_errors(path), fs.open_read(path) as stream:
        glance = Glance(os.fstat(stream.fileno()))
        for _, line in split_records(stream):
            glance.add(line)
    if glance.header is None:
        glance.n_damaged = max(glance.n_damaged, 1)
    if glance.n_damaged:
        _LOG.warning("%s: %d record(s) of the journal lost", shown(path), glance.n_damaged)
    return glance
