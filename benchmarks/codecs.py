"""Hear the lossless clips as they are and re-encoded, and compare the verdicts.

    python -m benchmarks.codecs        (GENRETAGGER_GTZAN names the data folder)

Failures, agreement of the first genre with the lossless clips, and accuracy on the clips of the
`valid` split with its 95 % interval. The shipped model was trained on those too, so the accuracy is
that of a model trained here on the `train` split only; it re-scores what the embedding said, from
the store. The clips are re-encoded into a temporary folder.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import av
import numpy as np
import soundfile

from benchmarks.rows import Row, make_parser, missing, print_rows
from genretagger.analysis.classifier import Model
from genretagger.core.tracks import FileStamp
from genretagger.library.store import Store
from genretagger.training.data.dataset import TABLE_FILE
from genretagger.training.data.metrics import wilson_interval

Records = dict[str, dict[str, Any]]

_DATA = "GENRETAGGER_GTZAN"
CODECS = {
    "mp3": ("libmp3lame", 128_000, 22050),
    "opus": ("libopus", 96_000, 48000),
    "m4a": ("aac", 128_000, 22050),
}


def encode(source: Path, target: Path) -> None:
    """Re-encode `source` after the suffix of `target`."""
    samples, rate_hz = soundfile.read(source, dtype="float32")
    if target.suffix == ".ogg":
        # In pieces: libsndfile crashes on long Vorbis written at once.
        with soundfile.SoundFile(target, "w", rate_hz, 1, format="OGG", subtype="VORBIS") as file:
            for start in range(0, len(samples), 4096):
                file.write(samples[start : start + 4096])
        return
    codec, bit_rate, coded_rate_hz = CODECS[target.suffix[1:]]
    with av.open(target, "w") as container:
        stream = container.add_stream(codec, rate=coded_rate_hz, layout="mono")
        stream.bit_rate = bit_rate
        frame = av.AudioFrame.from_ndarray(samples[None], format="fltp", layout="mono")
        frame.sample_rate = rate_hz
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def analyse(*paths: Path, home: Path) -> Records:
    """Return what `genretagger analyse --json` says of each clip at or below `paths`, by name."""
    done = subprocess.run(
        [sys.executable, "-m", "genretagger", "analyse", "--json", *paths],
        stdout=subprocess.PIPE,
        env=os.environ | {"GENRETAGGER_HOME": str(home)},
        check=False,
    )
    records = [json.loads(line) for line in done.stdout.splitlines()]
    return {Path(record["path"]).stem: record for record in records}


def measure(asked: argparse.Namespace) -> Iterator[Row]:
    """Yield the figures of each codec."""
    folder = os.environ.get(_DATA)
    if not folder or not Path(folder, "clips").is_dir():
        yield missing("codecs", "all codecs", f"{_DATA} names no folder with the clips")
        return
    data = Path(folder).resolve()
    clips = sorted((data / "clips").rglob("*.flac"))[:: asked.every]
    table = np.load(data / "gtzan_dev.npz", allow_pickle=False)
    valid = set(table["clip"][table["split"] == "valid"].tolist())
    with tempfile.TemporaryDirectory() as temporary:
        home = Path(temporary, "home")
        honest = train_on_train(data / TABLE_FILE, Path(temporary, "model"))
        lossless = analyse(*clips, home=home)
        for suffix in ("flac", "mp3", "ogg", "opus", "m4a"):
            heard = lossless
            if suffix != "flac":
                target = Path(temporary, suffix)
                target.mkdir()
                for clip in clips:
                    encode(clip, target / f"{clip.stem}.{suffix}")
                heard = analyse(target, home=home)
            right = judge(honest, {n: heard[n] for n in sorted(valid & set(heard))}, home=home)
            yield from codec_rows(suffix, heard, lossless, right)


def train_on_train(table: Path, folder: Path) -> Model:
    """Return a model of the shipped recipe that has seen no clip of the `valid` split."""
    command = [sys.executable, "-m", "genretagger.training.train", table, folder]
    subprocess.run([*command, "--split", "train"], stdout=subprocess.DEVNULL, check=True)
    return Model.load(folder)


def judge(model: Model, heard: Records, *, home: Path) -> list[bool]:
    """Return for each of the tracks heard whether `model` gives it the genre of its name."""
    right = []
    with Store.open(home / "store.sqlite") as store:
        for name, record in heard.items():
            key = store.hearing_key(FileStamp.of(Path(record["path"]).stat()))
            outputs = store.outputs(key or "", model.manifest)
            right.append(model.classify(outputs).genre == name.split(".")[0])
    return right


def codec_rows(suffix: str, heard: Records, lossless: Records, right: list[bool]) -> Iterator[Row]:
    """Yield the figures of one codec."""
    n_failed = sum(record["error"] is not None for record in heard.values())
    agreement = np.mean([heard[name]["genre"] == lossless[name]["genre"] for name in lossless])
    for case, value, n in (
        ("failures", n_failed, len(heard)),
        ("agreement with lossless", float(agreement), len(heard)),
    ):
        yield Row("codecs", suffix, value, "", case=case, n=n)
    if right:
        low, high = wilson_interval(sum(right), n=len(right))
        note = f"95 %: {low:.2f} to {high:.2f}"
        accuracy = float(np.mean(right))
        case = "accuracy on valid clips"
        yield Row("codecs", suffix, accuracy, "", case=case, n=len(right), note=note)


def main() -> None:
    """Measure and print."""
    parser = make_parser(__doc__)
    parser.add_argument("--every", type=int, default=1, help="only each N-th clip")
    asked = parser.parse_args()
    print_rows(measure(asked), as_objects=asked.json)


if __name__ == "__main__":
    main()
