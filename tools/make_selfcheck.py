"""Synthesise resources/selfcheck.flac: three seconds of a plucked chord over a beat, our own."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np

SAMPLE_RATE_HZ = 22050
DURATION_S = 3.0
CHORD_HZ = (110.0, 164.81, 220.0, 277.18)  # A major


def synthesise() -> np.ndarray:
    """Return the sound [int16, shape=(1, n_samples)]."""
    rng = np.random.default_rng(0)
    time_s = np.arange(round(DURATION_S * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
    since_beat_s = time_s % 0.5
    chord = sum(np.sin(2 * np.pi * hz * time_s) for hz in CHORD_HZ) * np.exp(-3 * since_beat_s)
    beat = rng.normal(size=time_s.size) * np.exp(-40 * since_beat_s)
    sound = 0.15 * chord + 0.2 * beat
    return (np.clip(sound, -1, 1) * 32767).astype(np.int16)[None]


def main() -> None:
    """Write the file."""
    path = Path(__file__).resolve().parents[1] / "resources" / "selfcheck.flac"
    with av.open(path, "w") as container:
        stream = container.add_stream("flac", rate=SAMPLE_RATE_HZ, layout="mono")
        frame = av.AudioFrame.from_ndarray(synthesise(), format="s16", layout="mono")
        frame.sample_rate = SAMPLE_RATE_HZ
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


if __name__ == "__main__":
    main()
