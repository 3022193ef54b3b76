"""Replacing a stretch of a file, against Python's own slices."""

import io
import random

import pytest

from genretagger.tagging import layout
from genretagger.tagging.containers import splice


@pytest.mark.parametrize("block_bytes", [1, 7, 64, 1 << 20])
def test_what_stands_around_is_kept_whatever_the_lengths(block_bytes, monkeypatch):
    monkeypatch.setattr(splice, "BLOCK_BYTES", block_bytes)
    chance = random.Random(3)
    for _ in range(200):
        data = chance.randbytes(chance.randrange(100))
        start = chance.randrange(len(data) + 1)
        end = chance.randrange(start, len(data) + 1)
        new = chance.randbytes(chance.randrange(40))
        stream = io.BytesIO(data)
        splice.splice(stream, new, start=start, end=end)
        assert stream.getvalue() == data[:start] + new + data[end:]


def test_blocks_are_no_longer_than_layout_reads():
    assert splice.BLOCK_BYTES == layout.BLOCK_BYTES
