"""Appending to the journal: all of it, or the file is what it was."""

import errno
import os

import pytest

from genretagger.tagging.disk import fs


@pytest.mark.parametrize("at", ["write", "fsync"])
def test_a_record_that_fails_leaves_no_part_behind(at, tmp_path, monkeypatch):
    def broken(_number):
        raise OSError(errno.EIO, "broken")

    with fs.open_append(path := tmp_path / "file", new=True) as stream:
        fs.append(stream, b"whole\n")
        if at == "fsync":
            monkeypatch.setattr(os, "fsync", broken)
        else:
            stream = HalfFull(stream)
        with pytest.raises(OSError, match="broken" if at == "fsync" else "No space"):
            fs.append(stream, b"second\n")
        assert path.read_bytes() == b"whole\n"


class HalfFull:
    """A file on a disk that has room for half of what is written."""

    def __init__(self, stream):
        self.fileno, self._write = stream.fileno, stream.write

    def write(self, data):
        return self._write(data[: len(data) // 2])
