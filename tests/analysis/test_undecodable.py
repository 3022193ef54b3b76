"""The sentence for a file that cannot be decoded says what is known of it."""

from __future__ import annotations

import errno
from pathlib import Path

import av
import pytest

from genretagger.analysis.undecodable import decode_error_for

PATH = Path("/music/a.mp3")


@pytest.mark.parametrize(
    "error",
    [MemoryError(), av.error.MemoryError(errno.ENOMEM, "no memory"), OSError(errno.ENOMEM, "none")],
)
def test_a_file_for_which_memory_does_not_suffice_says_so(error):
    assert str(decode_error_for(PATH, error)) == (
        "/music/a.mp3 needs more than 1024 MB of memory to be heard; the file may be damaged."
    )


def test_any_other_failure_of_the_decoder_is_damage():
    assert decode_error_for(PATH, ValueError()).key == "decode-failed"
