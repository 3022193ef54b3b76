"""What tests do: look at the tags of a file, write a genre into it, and take it back."""

import threading

from genretagger.core.settings import Settings
from genretagger.core.writes import Policy, WriteRequest
from genretagger.tagging import containers
from genretagger.tagging.disk.reading import open_for_reading
from genretagger.tagging.undo import batch_undo
from genretagger.tagging.writing import batch_writer, dry_run_write

NEVER = threading.Event()


def state_of(path):
    """Return the genre of a file as stored, and what a write must not change."""
    with open_for_reading(path) as stream:
        return containers.state_of(stream, path=path)


def write(path, *genres, folder, policy=Policy.REPLACE, settings=None):
    """Return the result of writing `genres` into one file, as a batch of its own."""
    with batch_writer.begin_batch(folder, policy=policy, settings=settings or Settings()) as batch:
        return batch.write(WriteRequest(path, genres))


def write_foreseen(path, *genres, folder, policy=Policy.REPLACE, settings=None):
    """Return the result of `write`; the dry run must say the same and change nothing."""
    before, request = path.read_bytes(), WriteRequest(path, genres)
    dry = dry_run_write.check(request, policy=policy, settings=settings or Settings())
    assert path.read_bytes() == before
    result = write(path, *genres, folder=folder, policy=policy, settings=settings)
    assert (dry.status, dry.before, dry.after) == (result.status, result.before, result.after)
    return result


def undo(folder, batch=None, *, files=(), settings=None):
    """Return the results of taking a batch back, the last one by default."""
    settings = settings or Settings()
    return list(batch_undo.undo(folder, batch=batch, files=files, settings=settings, cancel=NEVER))


def undo_one(folder):
    """Return the result of taking back a batch of one file."""
    (result,) = undo(folder)
    return result
