"""The lines of a batch's file: splits records even where a newline was lost, reads single patches.

Knows how a line is framed, not what its record means (`records`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

from genretagger.tagging.disk.errors import translate_journal_errors
from genretagger.tagging.journal.records import Prepared, Record, decode_record

_FRAME: Final = re.compile(rb"([0-9a-f]{8}) [0-9a-f]{8} ")
_PREPARED: Final = re.compile(rb'[0-9a-f]{8} [0-9a-f]{8} \{"record":"prepared","number":(\d+),')


def split_records(stream: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Yield where each record begins, and its line without the newline; skips empty lines.

    A damaged newline would cost the two records beside it: they are split by the length that the
    first one states.
    """
    line_start = 0
    for line in stream:
        text = line.removesuffix(b"\n")
        start = 0
        while start < len(text):
            end = start + _first_length(text[start:])
            yield line_start + start, text[start:end]
            start = end + 1
        line_start += len(line)


def _first_length(line: bytes) -> int:
    """Return the length of the first record of a line."""
    frame = _FRAME.match(line)
    if frame is None:
        return len(line)
    end = frame.end() + int(frame[1], 16)
    is_record = end < len(line) and decode_record(line[:end], patches=False) is not None
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

    def read(self, number: int) -> bytes | None:
        """Return the patch of the write `number`, None if there is none or it is damaged.

        Raises
        ------
        JournalError
            The file cannot be read, or a newer Genretagger wrote it.
        """
        with translate_journal_errors(self._path), self._path.open("rb") as stream:
            record = self._read_record(stream, number)
        return record.patch if isinstance(record, Prepared) else None

    def _read_record(self, stream: BinaryIO, number: int) -> Record | None:
        if self._starts is None:
            self._starts = {
                int(match[1]): start
                for start, line in split_records(stream)
                if (match := _PREPARED.match(line))
            }
        if number not in self._starts:
            return None
        stream.seek(self._starts[number])
        _, line = next(split_records(stream), (0, b""))
        return decode_record(line)
