"""Processor time of one track, against other programs that listen to music.

    python -m benchmarks.track [--seconds 240] [--programs origin essentia ...]

The same synthesised tracks in five codecs (44.1 kHz stereo), each program in a process of its own
and one core's worth of threads. The machine may have other work, so ours is measured before and
after each other program: the ratio of a codec is to the mean of these two, the ratio of a program
is the median over the codecs that it opens.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks import processes
from benchmarks.peers import PeersMissingError, peers_python
from benchmarks.pipelines import MAKERS
from benchmarks.rows import Row, make_parser, missing, print_rows
from genretagger.sample.encoding import FLAC, VORBIS, Coding, encode

_RATE_HZ = 44_100
_CODINGS = {
    "MP3": Coding(".mp3", "mp3", "libmp3lame", bit_rate=192_000),
    "FLAC": FLAC,
    "M4A": Coding(".m4a", "ipod", "aac", bit_rate=192_000),
    "Opus": Coding(".opus", "opus", "libopus", bit_rate=128_000, sample_rate_hz=48_000),
    "Ogg": VORBIS,
}
_TITLES = {
    "ours": "Genretagger",
    "origin": "the origin's pipeline",
    "sonara-compact": "sonara, compact",
    "sonara-playlist": "sonara, playlist",
    "sonara-full": "sonara, full",
    "essentia": "Essentia's MusicExtractor",
}
ALL_CODECS = "median"


@dataclass(frozen=True, slots=True)
class Hearing:
    """What one process took for the tracks, by codec: seconds, or why it cannot open one."""

    ready_s: float
    first_s: float
    seconds: Mapping[str, float | str]
    peak_mb: float | None


def synthesise(*, seconds: int, seed: int) -> NDArray[np.float32]:
    """Return chords over noise [float32, shape=(2, n_samples)] at 44.1 kHz."""
    random = np.random.default_rng(seed)
    times_s = np.arange(_RATE_HZ) / _RATE_HZ
    pieces = []
    for _ in range(seconds):
        tones = random.choice(220 * 2 ** (np.arange(24) / 12), 3)
        second = sum(np.sin(2 * np.pi * tone * times_s) for tone in tones)
        second = 0.15 * second * np.exp(-4 * (times_s % 0.5))
        pieces.append(second + random.normal(0, 0.02, _RATE_HZ))
    mono = np.concatenate(pieces).astype(np.float32)
    return np.stack([mono, mono])


def make_tracks(folder: Path, *, seconds: int) -> dict[str, Path]:
    """Write a track for each codec; return their paths."""
    samples = synthesise(seconds=seconds, seed=0)
    paths = {}
    for codec, coding in _CODINGS.items():
        paths[codec] = folder / f"track{coding.suffix}"
        paths[codec].write_bytes(encode(samples, sample_rate_hz=_RATE_HZ, coding=coding))
    return paths


def hear(program: str, python: Path, tracks: Mapping[str, Path], *, warm_up: Path) -> Hearing:
    """Return what `program` took, run in a new process.

    Raises
    ------
    subprocess.CalledProcessError
        It does not run here.
    """
    script = Path(__file__).with_name("pipelines.py")
    command = [python, "-P", script, program, str(time.time()), warm_up, *tracks.values()]
    done = subprocess.run(
        command,
        env=processes.environment(**processes.ONE_THREAD),
        cwd=processes.ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        check=True,
    )
    record = json.loads(done.stdout.splitlines()[-1])
    seconds = dict(zip(tracks, record["seconds"], strict=True))
    return Hearing(record["ready_s"], record["first"], seconds, record["peak_mb"])


def measure(asked: argparse.Namespace) -> Iterator[Row]:
    """Yield the rows of every program."""
    own = Path(sys.executable)
    with tempfile.TemporaryDirectory() as temporary:
        warm_up = Path(temporary, "warm-up.flac")
        samples = synthesise(seconds=10, seed=1)
        warm_up.write_bytes(encode(samples, sample_rate_hz=_RATE_HZ, coding=FLAC))
        folder = Path(temporary, "tracks")
        folder.mkdir()
        tracks = make_tracks(folder, seconds=asked.seconds)
        ours = [hear("ours", own, tracks, warm_up=warm_up)]
        peer_rows: list[Row] = []
        for program, python in pythons(asked.programs).items():
            title = _TITLES[program]
            if isinstance(python, str):
                peer_rows.append(missing("track", title, python, case=ALL_CODECS))
                continue
            try:
                peer = hear(program, python, tracks, warm_up=warm_up)
            except subprocess.CalledProcessError:
                peer_rows.append(missing("track", title, "it does not run here", case=ALL_CODECS))
                continue
            ours.append(hear("ours", own, tracks, warm_up=warm_up))
            peer_rows += compared(title, peer, before=ours[-2], after=ours[-1])
        yield from own_rows(ours, note=f"tracks of {asked.seconds} s")
        yield whole_program(folder, len(tracks), home=Path(temporary, "home"))
        yield from peer_rows


def pythons(programs: Sequence[str]) -> dict[str, Path | str]:
    """Return for each of the other programs the Python that runs it, or why there is none."""
    peers: Path | str = "no other program was asked for"
    if set(programs) - {"origin"}:
        try:
            peers = peers_python()
        except PeersMissingError as error:
            peers = str(error)
    return {program: Path(sys.executable) if program == "origin" else peers for program in programs}


def compared(title: str, peer: Hearing, *, before: Hearing, after: Hearing) -> Iterator[Row]:
    """Yield the time of another program for each codec, and the median, relative to ours."""
    seconds, ratios = [], []
    for codec, taken in peer.seconds.items():
        own = (before.seconds[codec], after.seconds[codec])
        if isinstance(taken, str) or any(isinstance(value, str) for value in own):
            yield missing("track", title, str(taken), case=codec)
            continue
        seconds.append(taken)
        ratios.append(taken / statistics.mean(own))
        yield Row("track", title, taken, "s", case=codec, ratio=ratios[-1])
    if seconds:
        median, ratio = statistics.median(seconds), statistics.median(ratios)
        yield Row("track", title, median, "s", case=ALL_CODECS, n=len(seconds), ratio=ratio)
    yield from process_rows(title, [peer])


def own_rows(hearings: Sequence[Hearing], *, note: str) -> Iterator[Row]:
    """Yield our own times, medians over all processes."""
    title = _TITLES["ours"]
    medians = []
    for codec in hearings[0].seconds:
        taken = [float(hearing.seconds[codec]) for hearing in hearings]
        medians.append(statistics.median(taken))
        yield Row("track", title, medians[-1], "s", case=codec, n=len(taken), most=max(taken))
    n = len(hearings) * len(medians)
    value = statistics.median(medians)
    yield Row("track", title, value, "s", case=ALL_CODECS, n=n, note=note)
    yield from process_rows(title, hearings)


def process_rows(title: str, hearings: Sequence[Hearing]) -> Iterator[Row]:
    """Yield what a process of the program took beside the tracks."""
    for case, unit, values in (
        ("start until ready", "s", [hearing.ready_s for hearing in hearings]),
        ("first track, of 10 s", "s", [hearing.first_s for hearing in hearings]),
        ("peak memory", "MB", [hearing.peak_mb for hearing in hearings]),
    ):
        measured = [value for value in values if value is not None]
        if measured:
            yield Row("track", title, statistics.median(measured), unit, case=case, n=len(measured))


def whole_program(folder: Path, n_tracks: int, *, home: Path) -> Row:
    """Return what `genretagger analyse` takes per track, with its start, digests and store."""
    command = (*processes.PROGRAM, "analyse", "--jobs", "1", "--no-cache", "--json", folder)
    ended = processes.run(command, env=processes.environment(home))
    title = "`genretagger analyse --jobs 1`"
    if ended.status:
        return missing("track", title, f"it ended with status {ended.status}", case=ALL_CODECS)
    note = "start, digest, worker and store included"
    value = ended.cpu_s / n_tracks
    return Row("track", title, value, "s", case=ALL_CODECS, n=n_tracks, note=note)


def main() -> None:
    """Measure and print."""
    parser = make_parser(__doc__)
    parser.add_argument("--seconds", type=int, default=240)
    others = [program for program in MAKERS if program != "ours"]
    parser.add_argument("--programs", nargs="*", choices=others, default=others)
    asked = parser.parse_args()
    print_rows(measure(asked), as_objects=asked.json)


if __name__ == "__main__":
    main()
