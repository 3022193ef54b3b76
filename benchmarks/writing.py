"""Measures writing, undoing and the history: files per second, fsyncs, processor time.

The files are synthesised and lie on the disk of `--folder`, not in memory.
"""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import mutagen

from genretagger import pipeline
from genretagger.core.resources import UserFolders
from genretagger.core.settings import Settings
from genretagger.core.writes import Policy, WriteRequest, WriteResult
from genretagger.pipeline import Context
from tests.helpers.samples import encode

N_SOUNDS, N_MP3 = 10, 7
PER_FOLDER = 12


def make_files(folder: Path, n_files: int) -> list[Path]:
    """Make small files of 6.5 s with tags, seven of ten MP3, the others FLAC."""
    sounds = [
        encode(
            folder / f"sound{k}{'.mp3' if k < N_MP3 else '.flac'}",
            seconds=6.5,
            noise=0.02,
            frequencies_hz=(200.0 + 13 * k, 330.0 + 7 * k),
            seed=k,
        )
        for k in range(N_SOUNDS)
    ]
    paths = []
    for number in range(n_files):
        sound = sounds[number % N_SOUNDS]
        path = folder / f"{number // PER_FOLDER:04}" / f"{number:05}{sound.suffix}"
        path.parent.mkdir(exist_ok=True)
        shutil.copy(sound, path)
        tags = mutagen.File(path, easy=True)
        tags["title"] = f"Title {number}"
        tags["artist"] = "Artist"
        tags.save()
        paths.append(path)
    return paths


def measure(name: str, events: Callable[[], Iterable[object]]) -> None:
    """Print what a job takes."""
    n_fsyncs, fsync = 0, os.fsync

    def counted(descriptor: int) -> None:
        nonlocal n_fsyncs
        n_fsyncs += 1
        fsync(descriptor)

    os.fsync = counted
    started, cpu_s = time.perf_counter(), time.process_time()
    n_files = sum(isinstance(event, WriteResult) for event in events())
    wall_s, cpu_s = time.perf_counter() - started, time.process_time() - cpu_s
    os.fsync = fsync
    print(
        f"{name}: {n_files / wall_s:.0f} files/s, {1000 * cpu_s / n_files:.1f} ms of processor "
        f"time and {n_fsyncs / n_files:.2f} fsyncs per file"
    )


def measure_history(context: Context, track: Path, n_batches: int) -> None:
    """Print what the history takes beside more and more batches of one file."""
    cancel, batch_ms = threading.Event(), []
    for number in range(1, n_batches + 1):
        request = WriteRequest(track, ("Rock" if number % 2 else "Jazz",))
        started = time.process_time()
        list(pipeline.apply([request], context=context, policy=Policy.REPLACE, cancel=cancel))
        batch_ms.append(1000 * (time.process_time() - started))
        if number in (1, n_batches // 4, n_batches):
            pipeline.history(context=context)
            started = time.process_time()
            pipeline.history(context=context)
            history_ms = 1000 * (time.process_time() - started)
            last = sorted(batch_ms[-20:])
            print(
                f"{number} more batches: history {history_ms:.1f} ms, "
                f"a batch {last[len(last) // 2]:.1f} ms of processor time"
            )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--batches", type=int, default=400)
    parser.add_argument("--folder", type=Path, default=None, help="on the disk to measure")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as name:
        folder, cancel = Path(name), threading.Event()
        context = Context(folders=UserFolders(folder / "home"), settings=Settings())
        paths = make_files(folder, options.files)
        os.sync()
        requests = [WriteRequest(path, ("Jazz",)) for path in paths]
        given = {"context": context, "cancel": cancel}
        measure("apply", lambda: pipeline.apply(requests, policy=Policy.REPLACE, **given))
        measure("undo", lambda: pipeline.undo(None, **given))
        measure_history(context, paths[0], options.batches)


if __name__ == "__main__":
    main()
