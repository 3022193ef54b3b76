"""Turns samples into the network's input: log-mel segments, in NumPy, from shipped filterbanks.

Knows nothing of files, decoders and models. The log-mel spectrogram is that of musicnn (Pons and
Serra 2019): `librosa.feature.melspectrogram` with its defaults, then log10(10000 x + 1).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from genretagger.core.predictions import Excerpt, FeatureSpec

# With arrays for a whole excerpt it takes three times as long, because the C library returns their
# memory to the system after each use.
_FRAMES_AT_ONCE: Final = 128


def spectrogram(
    samples: NDArray[np.float32], *, n_fft: int, hop_length: int, pad_mode: str
) -> NDArray[np.float32]:
    """Return the power spectrogram of centred, Hann-weighted frames.

    Parameters
    ----------
    samples : np.ndarray [float32, shape=(n_samples,)]
        At least `n_fft // 2 + 1` of them if `pad_mode` is "reflect".
    n_fft, hop_length : int
        Length of the window and distance between frames, in samples.
    pad_mode : {"constant", "reflect"}
        How to fill up the ends of the signal (`numpy.pad`).

    Returns
    -------
    np.ndarray [float32, shape=(n_samples // hop_length + 1, n_fft // 2 + 1)]
        |STFT|^2, >= 0.
    """
    padded = np.pad(samples, n_fft // 2, mode=pad_mode)  # type: ignore[call-overload]
    frames = np.lib.stride_tricks.sliding_window_view(padded, n_fft)[::hop_length]
    window = hann(n_fft)
    power = np.empty((len(frames), n_fft // 2 + 1), np.float32)
    for start in range(0, len(frames), _FRAMES_AT_ONCE):
        # In double precision, like librosa: a pure tone leaves tiny numbers beside its peak.
        some = frames[start : start + _FRAMES_AT_ONCE] * window
        spectrum = np.fft.rfft(some).astype(np.complex64)
        power[start : start + _FRAMES_AT_ONCE] = spectrum.real**2 + spectrum.imag**2
    return power


def hann(length: int) -> NDArray[np.float64]:
    """Return the periodic Hann window.

    Returns
    -------
    np.ndarray [float64, shape=(length,)]
        In [0, 1].
    """
    angles = 2 * np.pi * np.arange(length) / length
    window: NDArray[np.float64] = 0.5 - 0.5 * np.cos(angles)
    return window


def log_mel(
    samples: NDArray[np.float32], *, spec: FeatureSpec, filterbank: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Return the log-mel spectrogram that the embedding network was trained on.

    The signal is padded with zeros, as in librosa since 0.10.

    Parameters
    ----------
    samples : np.ndarray [float32, shape=(n_samples,)]
        Mono at `spec.sample_rate_hz`, nominally in [-1, 1], finite.
    spec : FeatureSpec
        The numbers of the model.
    filterbank : np.ndarray [float32, shape=(n_mels, n_fft // 2 + 1)]
        The model's mel filters.

    Returns
    -------
    np.ndarray [float32, shape=(n_samples // hop_length + 1, n_mels)]
        log10(`spec.log_multiplier` x + 1) of the mel power x, >= 0.
    """
    power = spectrogram(samples, n_fft=spec.n_fft, hop_length=spec.hop_length, pad_mode="constant")
    mel = power @ filterbank.T
    logarithm: NDArray[np.float32] = np.log10(spec.log_multiplier * mel + 1)
    return logarithm.astype(np.float32)


def levelled(excerpts: Sequence[Excerpt], *, level_db: float) -> tuple[Excerpt, ...]:
    """Return the excerpts of one track, amplified by one gain to the common level `level_db`.

    The level of a recording then does not affect the network; loud and soft parts of a track keep
    their ratio.

    Parameters
    ----------
    excerpts : sequence of Excerpt
        The excerpts of one track, not all of them silent.
    level_db : float
        Root mean square of all samples, in dB relative to full scale.
    """
    energy = sum(float(np.square(e.samples, dtype=np.float64).sum()) for e in excerpts)
    n_samples = sum(excerpt.samples.size for excerpt in excerpts)
    gain = np.float32(10 ** (level_db / 20) / np.sqrt(energy / n_samples))
    return tuple(replace(excerpt, samples=excerpt.samples * gain) for excerpt in excerpts)


def cut_segments(
    samples: NDArray[np.float32], *, spec: FeatureSpec, filterbank: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Return the consecutive segments of one excerpt; a rest at its end is dropped.

    An excerpt shorter than a segment is repeated until it fills one ("repeat-pad" in musicnn's
    configuration).

    Parameters
    ----------
    samples : np.ndarray [float32, shape=(n_samples,)]
        Mono at `spec.sample_rate_hz`, nominally in [-1, 1], finite; at least one.
    spec : FeatureSpec
        The numbers of the model.
    filterbank : np.ndarray [float32, shape=(n_mels, n_fft // 2 + 1)]
        The model's mel filters.

    Returns
    -------
    np.ndarray [float32, shape=(n_segments, n_frames, n_mels)]
        Log-mel, >= 0; at least one segment.

    Raises
    ------
    ValueError
        There are no samples.
    """
    if samples.size == 0:
        raise ValueError("an excerpt without samples has no segments")
    if samples.size // spec.hop_length + 1 < spec.n_frames:
        samples = np.resize(samples, spec.n_frames * spec.hop_length)
    frames = log_mel(samples, spec=spec, filterbank=filterbank)
    n_segments = len(frames) // spec.n_frames
    return frames[: n_segments * spec.n_frames].reshape(n_segments, spec.n_frames, spec.n_mels)
