"""Hear tracks by the program's own processes and by the workers of a cluster on this machine.

    python -m benchmarks.cluster        (needs the extra cluster; not a part of `make bench`)

Tracks of 60 s, for which ten segments are heard as for any longer one. Each case runs in a process
of its own; the rounds take turns. Tracks per second are counted from the first verdict to the last;
processor time is that of all processes, which have the usual priority. Then the program alone,
where workers answer at once with made-up results: its processor time for a track limits how many
cores one program can feed.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from pathlib import Path
from unittest.mock import patch

import numpy as np

from benchmarks.made_up_files import make_files
from benchmarks.rows import ROOT, Row, make_parser, print_rows
from genretagger import pipeline
from genretagger.core.events import TrackAnalysed
from genretagger.core.predictions import SegmentOutputs
from genretagger.core.resources import UserFolders
from genretagger.core.settings import Effort, Settings
from genretagger.core.tracks import TagReading
from genretagger.pipeline.track_workers import HeardFile, HearingTask, ReadTags
from genretagger.sample.encoding import Coding, encode

_NAME = "cluster"
_CASES = ("own 1", "own 2", "local 1", "local 2")
_N_TRACKS, _ROUNDS, _N_MADE_UP = 64, 3, 4000
_FLAC = Coding(".flac", "flac", "flac")
_RATE_HZ, _SECONDS = 22_050, 60


def canned(task: HearingTask) -> HeardFile:
    """Return a made-up result of ten segments for a track, at once."""
    random = np.random.default_rng(0)
    outputs = SegmentOutputs(
        starts_s=np.arange(10, dtype=np.float32),
        logits=random.normal(size=(10, 50)).astype(np.float32),
        penultimate=random.normal(size=(10, 200)).astype(np.float32),
        duration_s=3.5,
    )
    return HeardFile(f"{task.path.name}", None, outputs)


def canned_hearing(
    _needs: object, tasks: Sequence[HearingTask], **_named: object
) -> list[HeardFile]:
    """Hear nothing on a worker: `hear_chunk` without the audio."""
    return [canned(task) for task in tasks]


def canned_reading(_needs: object, paths: Sequence[Path], **_named: object) -> list[list[ReadTags]]:
    """Read nothing on a worker: `read_chunk` without the files."""
    return [[TagReading("mp3") for _ in paths]]


class AtOnceWorkers:
    """Workers that answer at once with made-up results."""

    most_readings = 4

    def n_to_hear(self, n_waiting: int, *, is_reading: bool) -> int:  # noqa: ARG002 - as `AnalysisWorkers`
        """Return all that wait, but not too many at once."""
        return min(n_waiting, 16)

    def read_tags(self, paths: Sequence[Path]) -> Future[list[ReadTags]]:
        """Return made-up tags."""
        return _done([TagReading("mp3") for _ in paths])

    def hear(self, tasks: Sequence[HearingTask]) -> list[Future[HeardFile]]:
        """Return made-up results."""
        return [_done(canned(task)) for task in tasks]

    def stop(self) -> None:
        """End nothing."""


def _done(value):  # type: ignore[no-untyped-def]
    future = Future()
    future.set_result(value)
    return future


def _run(music: Path, *, n_jobs: int, scheduler: str | None) -> dict[str, float]:
    """Analyse `music` with a fresh store; return what it took."""
    with tempfile.TemporaryDirectory() as home:
        context = pipeline.Context(
            UserFolders(Path(home)), Settings(jobs=n_jobs, effort=Effort.ALL)
        )
        begun, seen_s = time.process_time(), []
        job = pipeline.analyse(
            [music], context=context, cancel=threading.Event(), scheduler=scheduler
        )
        for event in job:
            if isinstance(event, TrackAnalysed):
                seen_s.append(time.monotonic())
        own_s = time.process_time() - begun
    ended = os.times()
    return {
        "tracks": len(seen_s),
        "per_s": (len(seen_s) - 1) / (seen_s[-1] - seen_s[0]),
        "own_s": own_s,
        "cpu_s": own_s + ended.children_user + ended.children_system,
    }


def _case(name: str, music: Path) -> dict[str, float]:
    """Run one case in this process."""
    match name.split():
        case ["own", n_jobs]:
            return _run(music, n_jobs=int(n_jobs), scheduler=None)
        case ["local", n_jobs]:
            return _run(music, n_jobs=int(n_jobs), scheduler="local")
        case ["program"]:
            with patch(
                "genretagger.pipeline.analysing.TrackWorkers", lambda *_, **__: AtOnceWorkers()
            ):
                return _run(music, n_jobs=2, scheduler=None)
        case ["program", "scheduler"]:
            from benchmarks import cluster as importable  # by the workers, as __main__ is not

            room = "genretagger.pipeline.cluster.cluster_workers"
            with (
                patch(f"{room}.hear_chunk", importable.canned_hearing),
                patch(f"{room}.read_chunk", importable.canned_reading),
            ):
                return _run(music, n_jobs=2, scheduler="local")
    raise ValueError(name)


def _in_process(name: str, music: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.cluster", "--case", name, "--music", str(music)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout))


def make_music(folder: Path, *, n_tracks: int) -> None:
    """Write tracks of noise, all different."""
    times_s = np.arange(_SECONDS * _RATE_HZ) / _RATE_HZ
    for number in range(n_tracks):
        noise = np.random.default_rng(number).normal(0, 0.1, len(times_s))
        samples = (0.3 * np.sin(2 * np.pi * (220 + number) * times_s) + noise).astype(np.float32)
        content = encode(samples, sample_rate_hz=_RATE_HZ, coding=_FLAC, tags={})
        (folder / f"{number:04}.flac").write_bytes(content)


def rows() -> Iterator[Row]:
    """Yield the rows of all cases."""
    with tempfile.TemporaryDirectory() as folder:
        music, files = Path(folder, "music"), Path(folder, "files")
        music.mkdir()
        make_music(music, n_tracks=_N_TRACKS)
        rounds = [{case: _in_process(case, music) for case in _CASES} for _ in range(_ROUNDS)]
        for case in _CASES:
            for key, name, unit in (
                ("per_s", "tracks per second", "tracks/s"),
                ("cpu_s", "processor time for a track, start included", "s"),
            ):
                per = _N_TRACKS if key == "cpu_s" else 1
                values = [round_[case][key] / per for round_ in rounds]
                ratios = [round_[case][key] / round_["own 2"][key] for round_ in rounds]
                yield Row(
                    *(_NAME, name, statistics.median(values), unit, case, _ROUNDS),
                    most=max(values),
                    ratio=statistics.median(ratios),
                )
        make_files(files, n_files=_N_MADE_UP)
        for case, name in (
            ("program", "program alone, made-up results"),
            ("program scheduler", "program and scheduler, made-up results"),
        ):
            values = [1000 * _in_process(case, files)["own_s"] / _N_MADE_UP for _ in range(_ROUNDS)]
            yield Row(_NAME, name, statistics.median(values), "ms", "a track", _ROUNDS, max(values))


def main() -> None:
    """Print the rows, or with `--case` what one case took."""
    parser = make_parser(__doc__)
    parser.add_argument("--case", help="run one case in this process")
    parser.add_argument("--music", type=Path, help="for --case: a folder")
    options = parser.parse_args()
    if options.case:
        print(json.dumps(_case(options.case, options.music)))
    else:
        print_rows(rows(), as_objects=options.json)


if __name__ == "__main__":
    main()
