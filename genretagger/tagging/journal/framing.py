"""The lines of a batch's file: records told apart even where a newline was lost, ways back by turn.

Knows how a line is framed, not what its record says (`records`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

from genretagger.core.errors import JournalError, reason_of, shown
from genretagger.tagging.journal.records import Prepared, Record, decoded

_FRAME: Final = re.compile(rb"([0-9a-f]{8}) [0-9a-f]{8} ")
_PREPARED: Final = re.compile(rb'[0-9a-f]{8} [0-9a-f]{8} \{"record":"prepared","number":(\d+),')


def split_records(stream: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Yield each record's line without its newline, and where it begins; empty lines are left out.

    A damaged newline would cost the two records beside it: the length that the first one gives
    parts them again.
    """
    line_start = 0
    for line in stream:
        text = line.removesuffix(b"\n")
        at = 0
        while at < len(text):
            end = at + _length(text[at:])
            yield line_start + at, text[at:end]
            at = end + 1
        line_start += len(line)


def is_prepared(piece: bytes) -> bool:
    """Return whether a line begins as that of a prepared copy, which holds the way back."""
    return _PREPARED.match(piece) is not None


def _length(line: bytes) -> int:
    """Return the length of the first record of a line."""
    frame = _FRAME.match(line)
    if frame is None:
        return len(line)
    end = frame.end() + int(frame[1], 16)
    is_record = end < len(line) and decoded(line[:end], patches=False) is not None
    return end if is_record else len(line)


class PatchReader:
    """The patches of one batch, read one at a time: together they may not fit into memory.

    Parameters
    ----------
    path : Path
        The batch's file.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._starts: dict[int, int] | None = None

    def of(self, number: int) -> bytes | None:
        """Return the patch of the write `number`, None if there is none or it is damaged.

        Raises
        ------
        JournalError
            The file cannot be read, or a newer Genretagger wrote it.
        """
        try:
            with self._path.open("rb") as stream:
                record = self._read(stream, number)
        except OSError as error:
            reason = reason_of(error)
            raise JournalError("journal-unusable", path=shown(self._path), reason=reason) from error
        return record.patch if isinstance(record, Prepared) else None

    def _read(self, stream: BinaryIO, number: int) -> Record | None:
        if self._starts is None:
            self._starts = {
                int(begin[1]): start
                for start, piece in split_records(stream)
                if (begin := _PREPARED.match(piece))
            }
        if number not in self._starts:
            return None
        stream.seek(self._starts[number])
        _, piece = next(split_records(stream), (0, b""))
        return decoded(piece)
