"""What tests do: look at the tags of a file, write a genre into it, and take it back."""

import threading

from genretagger.core.settings import Settings
from genretagger.core.writes import Policy, WriteRequest
from genretagger.tagging import containers
from genretagger.tagging.disk.errors import open_for_reading
from genretagger.tagging.undo.batch_undo import open_undo
from genretagger.tagging.writing.batch_writer import open_batch
from genretagger.tagging.writing.dry_run_write import DryRun

NEVER = threading.Event()


def state_of(path):
    """Return the genre of a file as stored, and what a write must not change."""
    with open_for_reading(path) as stream:
        return containers.state_of(stream, path=path)


def dry_run(request, *, policy=Policy.REPLACE, settings=None):
    """Return what a batch of this one request would do."""
    return DryRun(policy=policy, settings=settings or Settings()).check(request)


def write_each(folder, *requests, policy=Policy.REPLACE, settings=None, n_at_once=1):
    """Write `requests` as one batch, one by one or side by side; yield the result of each."""
    with open_batch(folder, policy=policy, settings=settings or Settings()) as batch:
        yield from batch.write_all(requests, n_at_once=n_at_once, cancel=NEVER)


def write_all(folder, *requests, **options):
    """Return the results of writing `requests` as one batch."""
    return list(write_each(folder, *requests, **options))


def write_in(batch, *requests, n_at_once=1):
    """Return the results of writing `requests` in a batch that is open."""
    return [*batch.write_all(requests, n_at_once=n_at_once, cancel=NEVER)]


def write(path, *genres, folder, policy=Policy.REPLACE, settings=None):
    """Return the result of writing `genres` into one file, as a batch of its own."""
    (result,) = write_all(folder, WriteRequest(path, genres), policy=policy, settings=settings)
    return result


def write_foreseen(path, *genres, folder, policy=Policy.REPLACE, settings=None):
    """Return the result of `write`; the dry run must say the same and change nothing."""
    before, request = path.read_bytes(), WriteRequest(path, genres)
    dry = dry_run(request, policy=policy, settings=settings)
    assert path.read_bytes() == before
    result = write(path, *genres, folder=folder, policy=policy, settings=settings)
    assert (dry.status, dry.before, dry.after) == (result.status, result.before, result.after)
    return result


def undo_each(folder, batch=None, *, files=(), settings=None, cancel=NEVER, n_at_once=1):
    """Take a batch back, the last one by default; yield the result of each file."""
    settings = settings or Settings()
    with open_undo(folder, batch=batch, files=files, settings=settings) as job:
        yield from job.restore_files(cancel=cancel, n_at_once=n_at_once)


def undo(folder, batch=None, **options):
    """Return the results of taking a batch back, the last one by default."""
    return list(undo_each(folder, batch, **options))


def undo_one(folder):
    """Return the result of taking back a batch of one file."""
    (result,) = undo(folder)
    return result
