"""Hear the lossless clips as they are and re-encoded, and compare the verdicts.

Usage: python benchmarks/codecs.py        (GENRETAGGER_GTZAN names the data folder)

Prints a Markdown table: failures, agreement of the first genre with the lossless clips, and
accuracy on the clips of the `valid` split with its 95 % interval. The clips are re-encoded into a
temporary folder, which is deleted.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import av
import numpy as np
import soundfile

from genretagger.training.metrics import wilson_interval

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


def analyse(folder: Path, *, home: Path) -> dict[str, dict[str, object]]:
    """Return what `genretagger analyse --json` says of each clip below `folder`, by its name."""
    done = subprocess.run(
        [sys.executable, "-m", "genretagger", "analyse", "--json", folder],
        stdout=subprocess.PIPE,
        env=os.environ | {"GENRETAGGER_HOME": str(home)},
        check=False,
    )
    records = [json.loads(line) for line in done.stdout.splitlines()]
    return {Path(record["path"]).stem: record for record in records}


def main() -> None:
    """Run and print."""
    data = Path(os.environ["GENRETAGGER_GTZAN"]).resolve()
    clips = sorted((data / "clips").rglob("*.flac"))
    table = np.load(data / "gtzan_dev.npz", allow_pickle=False)
    valid = {Path(clip).stem for clip in table["clip"][table["split"] == "valid"]}
    print("| codec | failures | agreement with lossless | accuracy on `valid` (95 %) |")
    print("| --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as temporary:
        home = Path(temporary, "home")
        lossless = analyse(data / "clips", home=home)
        for suffix in ("flac", "mp3", "ogg", "opus", "m4a"):
            heard = lossless
            if suffix != "flac":
                folder = Path(temporary, suffix)
                folder.mkdir()
                for clip in clips:
                    encode(clip, folder / f"{clip.stem}.{suffix}")
                heard = analyse(folder, home=home)
            print_row(suffix, heard, lossless, valid)


def print_row(
    suffix: str,
    heard: dict[str, dict[str, object]],
    lossless: dict[str, dict[str, object]],
    valid: set[str],
) -> None:
    """Print one line of the table."""
    failures = sum(record["error"] is not None for record in heard.values())
    agreement = np.mean([heard[name]["genre"] == lossless[name]["genre"] for name in lossless])
    right = [
        record["genre"] == name.split(".")[0] for name, record in heard.items() if name in valid
    ]
    low, high = wilson_interval(sum(right), n=len(right))
    print(
        f"| {suffix} | {failures} of {len(heard)} | {agreement:.2f} "
        f"| {np.mean(right):.2f} ({low:.2f}-{high:.2f}), n = {len(right)} |"
    )


if __name__ == "__main__":
    main()
