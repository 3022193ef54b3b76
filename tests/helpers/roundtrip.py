"""One foreign file through the dry run, a write and its undo, each judged; in processes of its own.

A reader may crash or hang on a damaged file, ours or the judge's: the trial of that file says so.
"""

from __future__ import annotations

import multiprocessing
import shutil
import tempfile
from concurrent.futures import TimeoutError as OutOfTimeError
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pebble import ProcessExpired, ProcessPool

from genretagger.core.errors import TagLibraryBugError
from genretagger.core.settings import Settings
from genretagger.core.writes import Policy, WriteRequest, WriteStatus
from genretagger.tagging import containers
from tests.helpers import independent_readers, write_helpers
from tests.helpers.waiting import LIMIT_S

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from genretagger.core.writes import WriteResult

GENRE = "Blues"
_SETTINGS = Settings()
_LEFT_ALONE = (WriteStatus.UNCHANGED, WriteStatus.SKIPPED)
_REFUSED = (WriteStatus.REFUSED, WriteStatus.FAILED)


@dataclass(frozen=True)
class Trial:
    """What became of a file: `key` is that of the reason, `problems` is empty if all is well."""

    path: Path
    status: str
    key: str = ""
    reason: str = ""
    problems: tuple[str, ...] = ()


def run(path: Path, policy: Policy, genre: str, settings: Settings) -> Trial:
    """Try a copy of `path`; whatever goes wrong is in the result."""
    with tempfile.TemporaryDirectory(prefix="genretagger-trial-") as folder:
        library, home = Path(folder, "library"), Path(folder, "home")
        library.mkdir()
        copy = Path(shutil.copyfile(path, library / path.name))
        try:
            return _run(path, copy, home=home, policy=policy, genre=genre, settings=settings)
        except Exception as error:  # noqa: BLE001 - whatever comes out of the program is a finding
            return Trial(path, "crashed", type(error).__name__, problems=(repr(error),))


def _run(
    path: Path, copy: Path, *, home: Path, policy: Policy, genre: str, settings: Settings
) -> Trial:
    before, old = independent_readers.view(copy), copy.read_bytes()
    request = WriteRequest(copy, (genre,))
    foreseen = write_helpers.dry_run(request, policy=policy, settings=settings)
    problems = [] if copy.read_bytes() == old else ["the dry run changed the file"]
    (result,) = write_helpers.write_all(home, request, policy=policy, settings=settings)
    if (foreseen.status, _key(foreseen)) != (result.status, _key(result)):
        problems.append(f"the dry run said {foreseen.status.value} {_key(foreseen)}")
    if [other for other in copy.parent.iterdir() if other != copy]:
        problems.append("another file was left behind")
    if result.status is WriteStatus.WRITTEN:
        problems += independent_readers.differences(before, independent_readers.view(copy))
        problems += _genre_problems(copy, result, policy=policy, genre=genre)
        problems += _undo_problems(copy, home=home, settings=settings, old=old)
    else:
        problems += _refusal_problems(copy, result, old=old)
    reason = str(result.reason or "")
    return Trial(path, result.status.value, _key(result), reason, tuple(problems))


def _key(result: WriteResult) -> str:
    return result.reason.key if result.reason else ""


def _genre_problems(
    copy: Path, result: WriteResult, *, policy: Policy, genre: str
) -> Iterator[str]:
    if containers.read(copy).genres != result.after:
        yield f"said to be {result.after}, read as {containers.read(copy).genres}"
    found = independent_readers.view(copy).genres
    if not any(genre in text for genres in found.values() for text in genres):
        yield f"no reader finds the genre: {found}"
    if policy in (Policy.CORRECT, Policy.REPLACE):
        others = {name: genres for name, genres in found.items() if set(genres) - {genre}}
        yield from (f"{name} reads {genres}" for name, genres in others.items())


def _undo_problems(copy: Path, *, home: Path, settings: Settings, old: bytes) -> Iterator[str]:
    results = write_helpers.undo(home, settings=settings)
    if [result.status for result in results] != [WriteStatus.RESTORED]:
        yield f"undo: {[(result.status.value, str(result.reason)) for result in results]}"
    elif copy.read_bytes() != old:
        yield "undo: not the bytes that were there"


def _refusal_problems(copy: Path, result: WriteResult, *, old: bytes) -> Iterator[str]:
    if copy.read_bytes() != old:
        yield "changed though not written"
    if result.status in _LEFT_ALONE:
        return
    reason = str(result.reason or "")
    if result.status not in _REFUSED:
        yield f"status {result.status.value}"
    if copy.name not in reason or "\n" in reason or not reason.endswith("."):
        yield f"no sentence that names the file: {reason}"
    if isinstance(result.reason, TagLibraryBugError):
        yield f"tag-library-bug: {reason}"


def run_all(
    paths: Sequence[Path],
    policy: Policy,
    *,
    genre: str = GENRE,
    settings: Settings = _SETTINGS,
    seconds: float = LIMIT_S,
    workers: int = 2,
) -> Iterator[Trial]:
    """Yield the trial of each file; one that takes longer than `seconds` hung."""
    context = multiprocessing.get_context("spawn")
    with ProcessPool(max_workers=workers, context=context) as pool:
        trials = [
            pool.schedule(run, args=(path, policy, genre, settings), timeout=seconds)
            for path in paths
        ]
        for path, trial in zip(paths, trials, strict=True):
            try:
                yield trial.result()
            except OutOfTimeError:
                yield Trial(path, "hung", problems=(f"took longer than {seconds} s",))
            except ProcessExpired as error:
                yield Trial(path, "died", problems=(f"the process died ({error.exitcode})",))
