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
        stderr=subprocess.DEVNULL,
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
        home, model = Path(temporary, "home"), Path(temporary, "model")
        training = None if asked.agreement_only else training_on_train(data / TABLE_FILE, model)
        heard = hear_all(clips, Path(temporary), home=home)
        for suffix, records in heard.items():
            yield from agreement_rows(suffix, records, heard["flac"])
        if training is None:
            return
        if training.wait():
            yield missing("codecs", "accuracy", "the training failed")
            return
        honest = Model.load(model)
        for suffix, records in heard.items():
            known = {name: records[name] for name in sorted(valid & set(records))}
            yield accuracy_row(suffix, judge(honest, known, home=home))


def hear_all(clips: list[Path], folder: Path, *, home: Path) -> dict[str, Records]:
    """Return what is heard in the clips as they are, and in each other codec, by its suffix."""
    heard = {"flac": analyse(*clips, home=home)}
    for suffix in ("mp3", "ogg", "opus", "m4a"):
        target = folder / suffix
        target.mkdir()
        for clip in clips:
            encode(clip, target / f"{clip.stem}.{suffix}")
        heard[suffix] = analyse(target, home=home)
    return heard


def training_on_train(table: Path, folder: Path) -> subprocess.Popen[bytes]:
    """Start to make a model of the shipped recipe that has seen no clip of the `valid` split."""
    command = [sys.executable, "-m", "genretagger.training.train", table, folder]
    streams = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.Popen([*command, "--split", "train"], **streams)


def judge(model: Model, heard: Records, *, home: Path) -> list[bool]:
    """Return for each of the tracks heard whether `model` gives it the genre of its name."""
    right = []
    with Store.open(home / "store.sqlite") as store:
        for name, record in heard.items():
            key = store.hearing_key(FileStamp.of(Path(record["path"]).stat()))
            outputs = store.outputs(key or "", model.manifest)
            right.append(model.classify(outputs).genre == name.split(".")[0])
    return right


def agreement_rows(suffix: str, heard: Records, lossless: Records) -> Iterator[Row]:
    """Yield how many clips of a codec failed, and how many have the genre of the lossless clip."""
    n_failed = sum(record["error"] is not None for record in heard.values())
    agreement = np.mean([heard[name]["genre"] == lossless[name]["genre"] for name in lossless])
    for case, value in (("failures", n_failed), ("agreement with lossless", float(agreement))):
        yield Row("codecs", suffix, value, "", case=case, n=len(heard))


def accuracy_row(suffix: str, right: list[bool]) -> Row:
    """Return the accuracy on the clips of a codec that were judged right or not."""
    case = "accuracy on valid clips"
    if not right:
        return missing("codecs", suffix, "none of them was heard", case=case)
    low, high = wilson_interval(sum(right), n=len(right))
    note = f"95 %: {low:.2f} to {high:.2f}, n = {len(right)}"
    return Row("codecs", suffix, float(np.mean(right)), "", case=case, n=len(right), note=note)


def main() -> None:
    """Measure and print."""
    parser = make_parser(__doc__)
    parser.add_argument("--every", type=int, default=1, help="only each N-th clip")
    parser.add_argument("--agreement-only", action="store_true", help="train no model")
    asked = parser.parse_args()
    print_rows(measure(asked), as_objects=asked.json)


if __name__ == "__main__":
    main()
