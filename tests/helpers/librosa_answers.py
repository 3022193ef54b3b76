"""What librosa says of made-up signals: stored with its version, as it takes half a minute to say.

`pytest --torture` asks it anew; `python -m tests.helpers.librosa_answers` stores it anew.
"""

from __future__ import annotations

import warnings
from importlib.metadata import version
from pathlib import Path

import numpy as np

STORED = Path(__file__).resolve().parents[1] / "data" / "librosa.npz"
EVERY = 8  # of the frames of log_mel, which are computed alike; all would be a megabyte


def signals(sample_rate_hz):
    """Return five seconds of each signal: float32, by name."""
    times_s = np.arange(sample_rate_hz * 5) / sample_rate_hz
    made = {
        "noise": np.random.default_rng(0).normal(0, 0.1, times_s.size),
        "sine": 0.5 * np.sin(2 * np.pi * 440 * times_s),
        "sine that is out of tune": 0.5 * np.sin(2 * np.pi * 449 * times_s),
        "chirp": 0.5 * np.sin(2 * np.pi * (50 * times_s + 700 * times_s**2)),
        "clicks": (np.arange(times_s.size) % (sample_rate_hz // 2) < 20) * 0.9,
        "silence": np.zeros(times_s.size),
    }
    return {name: samples.astype(np.float32) for name, samples in made.items()}


def stored():
    """Return the stored answers by name; they must be those of the librosa that is locked."""
    with np.load(STORED) as archive:
        answers = {name: archive[name] for name in archive.files}
    assert answers["version"] == version("librosa"), f"store them anew: python -m {__name__}"
    return answers


def asked():
    """Return librosa's answers by name."""
    import librosa

    answers = {
        "version": np.array(librosa.__version__),
        "filterbank": librosa.filters.mel(sr=16_000, n_fft=512, n_mels=96),
        "window": librosa.filters.get_window("hann", 512),
    }
    for name, samples in signals(16_000).items():
        power = librosa.feature.melspectrogram(
            y=samples, sr=16_000, n_fft=512, hop_length=256, n_mels=96
        )
        frames = np.log10(10_000 * power.astype(np.float64) + 1).T
        answers[f"log_mel {name}"] = frames[::EVERY].astype(np.float32)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Trying to estimate tuning from empty frequency set")
        for name, samples in signals(22_050).items():
            answers[f"statistics {name}"] = np.array(_statistics(samples, librosa, sr=22_050))
    return answers


def _statistics(samples, librosa, *, sr):
    """Return the origin's features, each as librosa computes it."""
    feature = librosa.feature
    common = {"y": samples, "sr": sr, "pad_mode": "reflect"}
    curves = [
        feature.chroma_stft(**common),
        feature.rms(y=samples, pad_mode="reflect"),
        feature.spectral_centroid(**common),
        feature.spectral_bandwidth(**common),
        feature.spectral_rolloff(**common),
        feature.zero_crossing_rate(samples),
    ]
    onsets = librosa.onset.onset_strength(aggregate=np.median, **common)
    tempo = feature.tempo(onset_envelope=onsets, sr=sr)[0]
    values = [value for curve in curves for value in (curve.mean(), curve.var())]
    return [
        *values,
        tempo,
        *(value for curve in feature.mfcc(**common) for value in (curve.mean(), curve.var())),
    ]


if __name__ == "__main__":
    np.savez_compressed(STORED, **asked())
