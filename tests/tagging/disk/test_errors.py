"""What the system says against a file becomes one of our errors, which names the file."""

import errno
import os
from pathlib import Path

import pytest

from genretagger.core.errors import JournalError, TagReadError
from genretagger.tagging.disk import errors


@pytest.mark.parametrize(
    ("error", "number"),
    [(OSError(errno.EIO, os.strerror(errno.EIO)), errno.EIO), (MemoryError(), errno.ENOMEM)],
)
def test_an_error_of_the_system_names_the_journal_and_the_reason(error, number):
    with (
        pytest.raises(JournalError) as raised,
        errors.translate_journal_errors(Path("/journal/a.jsonl")),
    ):
        raise error
    assert raised.value.key == "journal-unusable"
    assert raised.value.values["path"] == "/journal/a.jsonl"
    assert raised.value.values["reason"] == os.strerror(number)


def test_other_errors_pass_as_they_are():
    with pytest.raises(ValueError, match="ours"), errors.translate_journal_errors(Path("/a")):
        raise ValueError("ours")


def test_only_a_regular_file_is_opened_for_reading(tmp_path):
    (tmp_path / "a").write_bytes(b"content")
    with errors.open_for_reading(tmp_path / "a") as stream:
        assert stream.read() == b"content"
    for path, key in ((tmp_path, "file-not-regular"), (tmp_path / "none", "file-unreadable")):
        with pytest.raises(TagReadError) as raised, errors.open_for_reading(path):
            pytest.fail("it was opened")
        assert (raised.value.key, raised.value.path) == (key, path)
