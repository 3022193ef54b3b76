"""Why a file is not written, in one sentence that names it as the user does."""

import errno
import os

import pytest

from genretagger.core.errors import TagWriteError, TrackRefusedError
from genretagger.tagging.writing import preconditions


@pytest.mark.parametrize(
    ("code", "key"),
    [
        (errno.ENOSPC, "disk-filled"),
        (errno.EROFS, "file-system-read-only"),
        (errno.ENAMETOOLONG, "path-too-long"),
        (errno.EIO, "write-failed"),
        (errno.ENOENT, "file-gone"),
    ],
)
def test_each_error_of_the_system_has_its_sentence(code, key, tmp_path):
    path = tmp_path / "a.mp3"
    with pytest.raises(TagWriteError) as raised, preconditions.translate_errors(path):
        raise OSError(code, os.strerror(code))
    assert (raised.value.key, raised.value.path) == (key, path)
    assert raised.value.values["reason"] == os.strerror(code)


def test_a_file_that_is_there_is_not_called_gone(tmp_path):
    path = tmp_path / "a.mp3"
    path.touch()
    error = FileNotFoundError(errno.ENOENT, "of a copy")
    assert preconditions.write_error(path, error).key == "write-failed"


def test_the_caller_may_name_another_sentence(tmp_path):
    copy = "/music/.gt-0.tmp"
    with (
        pytest.raises(TagWriteError) as raised,
        preconditions.translate_errors(tmp_path, key="recovery-copy-stays", copy=copy),
    ):
        raise OSError(errno.EACCES, "denied")
    assert raised.value.key == "recovery-copy-stays"
    assert raised.value.values["copy"] == copy


def test_a_link_leads_to_its_file_and_a_folder_is_refused(tmp_path):
    target = tmp_path / "a.mp3"
    target.touch()
    link = tmp_path / "link.mp3"
    link.symlink_to(target)
    assert preconditions.resolve_target(link) == target
    with pytest.raises(TrackRefusedError) as raised:
        preconditions.resolve_target(tmp_path)
    assert raised.value.key == "file-not-regular"


def test_names_of_copies_are_hidden_and_never_the_same():
    names = {preconditions.make_copy_name() for _ in range(100)}
    assert len(names) == 100
    assert all(name.startswith(".") for name in names)
