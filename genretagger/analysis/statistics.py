"""The handcrafted statistics of the public GTZAN tables, in NumPy, from shipped filterbanks.

The tables have 57 features. Four are left out, those of harmonic-percussive separation: they took
80-89 % of the time, and their means are noise around zero. Every constant is librosa's default
(0.11), with "reflect" padding as in the tables. Knows nothing of files, decoders and models.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from genretagger.analysis.features import hann, spectrogram

Floats = NDArray[np.floating[Any]]

SAMPLE_RATE_HZ: Final = 22_050
N_FFT: Final = 2048
HOP_LENGTH: Final = 512
N_MELS: Final = 128
N_CHROMA: Final = 12
N_MFCC: Final = 20
_TINY = np.finfo(np.float32).tiny  # the smallest divisor in librosa

# Names of the arrays that `statistics` needs.
MEL: Final = "statistics_mel"
CHROMA_POSITIONS: Final = "statistics_chroma_positions"
DCT: Final = "statistics_dct"

_VARYING = (
    "chroma_stft",
    "rms",
    "spectral_centroid",
    "spectral_bandwidth",
    "rolloff",
    "zero_crossing_rate",
)
_MFCCS = tuple(f"mfcc{number}" for number in range(1, N_MFCC + 1))


def _mean_and_variance(names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        yield f"{name}_mean"
        yield f"{name}_var"


STATISTICS_NAMES: Final = (*_mean_and_variance(_VARYING), "tempo", *_mean_and_variance(_MFCCS))


def statistics(
    samples: NDArray[np.float32], *, filterbanks: Mapping[str, Floats]
) -> NDArray[np.float32]:
    """Return the statistics of one excerpt, in the order of `STATISTICS_NAMES`.

    Parameters
    ----------
    samples : np.ndarray [float32, shape=(n_samples,)]
        Mono at `SAMPLE_RATE_HZ`, nominally in [-1, 1], finite; more than `N_FFT` of them.
    filterbanks : mapping of str to np.ndarray
        The model's arrays, with `MEL` [shape=(128, 1025)], `CHROMA_POSITIONS` [shape=(1026,)] and
        `DCT` [shape=(20, 128)].

    Returns
    -------
    np.ndarray [float32, shape=(n_names,)]
        Means and variances over frames; frequencies in Hz, tempo in beats per minute.

    Raises
    ------
    ValueError
        There are too few samples for one frame.
    """
    if samples.size <= N_FFT:
        raise ValueError(f"statistics need more than {N_FFT} samples, not {samples.size}")
    power = spectrogram(samples, n_fft=N_FFT, hop_length=HOP_LENGTH, pad_mode="reflect")
    magnitude = np.sqrt(power)
    decibels = _decibels(power @ filterbanks[MEL].T)
    centroid, bandwidth = _centroid_and_bandwidth(magnitude)
    before_tempo = (
        _chroma(power, filterbanks[CHROMA_POSITIONS]),
        _rms(samples),
        centroid,
        bandwidth,
        _rolloff(magnitude),
        _zero_crossing_rate(samples),
    )
    after_tempo = (decibels @ filterbanks[DCT].T).T
    values = (
        *_statistics_of(before_tempo),
        _tempo(_onset_strength(decibels)),
        *_statistics_of(after_tempo),
    )
    return np.array(values, np.float32)


def _statistics_of(curves: Iterable[Floats]) -> Iterator[float]:
    for curve in curves:
        yield float(curve.mean(dtype=np.float64))
        yield float(curve.var(dtype=np.float64))


def _decibels(power: Floats) -> Floats:
    """Return decibels relative to 1, at most 80 below the highest (`librosa.power_to_db`)."""
    decibels = 10 * np.log10(np.maximum(1e-10, power))
    limited: Floats = np.maximum(decibels, decibels.max() - 80)
    return limited


def _frames(samples: NDArray[np.float32], *, pad_mode: str) -> NDArray[np.float32]:
    """Return centred frames [shape=(n_frames, N_FFT)]."""
    padded = np.pad(samples, N_FFT // 2, mode=pad_mode)  # type: ignore[call-overload]
    frames: NDArray[np.float32] = sliding_window_view(padded, N_FFT)[::HOP_LENGTH]
    return frames


def _rms(samples: NDArray[np.float32]) -> Floats:
    frames = _frames(samples, pad_mode="reflect")
    power: Floats = np.mean(frames * frames, axis=1)
    return np.sqrt(power)


def _zero_crossing_rate(samples: NDArray[np.float32]) -> Floats:
    """Return the share of samples of each frame whose sign differs from the one before.

    The first sample of a frame never counts; values above -1e-10 are positive.
    """
    negative = _frames(samples, pad_mode="edge") < -1e-10
    rate: Floats = np.count_nonzero(negative[:, 1:] != negative[:, :-1], axis=1) / N_FFT
    return rate


def _frequencies_hz() -> NDArray[np.float64]:
    return np.arange(N_FFT // 2 + 1) * SAMPLE_RATE_HZ / N_FFT


def _centroid_and_bandwidth(magnitude: Floats) -> tuple[Floats, Floats]:
    """Return mean and deviation of the frequency, weighted by magnitude, of each frame in Hz."""
    total = magnitude.sum(axis=1, keepdims=True)
    weights = magnitude / np.where(total < _TINY, 1, total)
    frequencies = _frequencies_hz()
    centroid = weights @ frequencies
    deviation = frequencies - centroid[:, np.newaxis]
    return centroid, np.sqrt(np.sum(weights * deviation**2, axis=1))


def _rolloff(magnitude: Floats) -> Floats:
    """Return the frequency below which 85 % of the magnitude of each frame lies, in Hz."""
    cumulated = np.cumsum(magnitude, axis=1)
    rolloff: Floats = _frequencies_hz()[np.argmax(cumulated >= 0.85 * cumulated[:, -1:], axis=1)]
    return rolloff


def _chroma(power: Floats, positions: Floats) -> Floats:
    """Return the energy of each pitch class, 1 for the strongest of each frame.

    Returns
    -------
    np.ndarray [shape=(n_frames, N_CHROMA)]
    """
    chroma = power @ _chroma_filters(positions - _tuning(power)).T
    strongest = chroma.max(axis=1, keepdims=True)
    return chroma / np.where(strongest < _TINY, 1, strongest)


def _chroma_filters(positions: Floats) -> NDArray[np.float32]:
    """Return one filter per pitch class, from C on (Ellis 2007, as in `librosa.filters.chroma`).

    Parameters
    ----------
    positions : np.ndarray [shape=(N_FFT // 2 + 2,)]
        The pitch of each bin, in semitones above A0; the last only gives the width of its
        neighbour.

    Returns
    -------
    np.ndarray [float32, shape=(N_CHROMA, N_FFT // 2 + 1)]
        Gaussian in pitch around each class and in octaves around the fifth, two wide.
    """
    bins = positions[:-1]
    widths = np.maximum(np.diff(positions), 1)
    half = N_CHROMA // 2
    distances = np.subtract.outer(np.arange(N_CHROMA), bins)
    distances = np.remainder(half - distances, N_CHROMA) - half
    filters: Floats = np.exp(-0.5 * (2 * distances / widths) ** 2)
    filters /= np.linalg.norm(filters, axis=0)
    filters *= np.exp(-0.5 * ((bins / N_CHROMA - 5) / 2) ** 2)
    return np.roll(filters, -3, axis=0).astype(np.float32)


def _tuning(power: Floats) -> float:
    """Return the tuning of the music above 440 Hz, in semitones from -0.5 to 0.5.

    It is the mode over spectral peaks between 150 and 4000 Hz, interpolated by parabolas. A peak
    counts if it is at least a tenth as strong as the strongest of its frame, and not weaker than
    the median of all these (`librosa.estimate_tuning`, with its steps of 0.01).
    """
    loud = np.where(power > 0.1 * power.max(axis=1, keepdims=True), power, 0)
    peaks = np.zeros(power.shape, bool)
    peaks[:, 1:-1] = (loud[:, 1:-1] > loud[:, :-2]) & (loud[:, 1:-1] >= loud[:, 2:])
    frequencies = _frequencies_hz()
    peaks &= (frequencies >= 150) & (frequencies < 4000)
    frame, at = np.nonzero(peaks)
    if not len(at):
        return 0.0
    before, peak, after = (power[frame, at + step] for step in (-1, 0, 1))
    slope = (after - before) / 2
    curvature = after + before - 2 * peak
    within = np.abs(slope) < np.abs(curvature)
    shift = np.where(within, -slope / np.where(within, curvature, 1), 0)
    heights = peak + slope * shift / 2
    pitches = ((at + shift) * SAMPLE_RATE_HZ / N_FFT)[heights >= np.median(heights)]
    residuals = np.mod(12 * np.log2(pitches / (440 / 16)), 1)
    residuals[residuals >= 0.5] -= 1
    counts, edges = np.histogram(residuals, np.linspace(-0.5, 0.5, 101))
    return float(edges[np.argmax(counts)])


def _onset_strength(decibels: Floats) -> Floats:
    """Return the median rise over mel bands at each frame (as in `librosa.beat.beat_track`)."""
    rises = np.median(np.maximum(0, np.diff(decibels, axis=0)), axis=1)
    # One frame for the difference, two because frames are centred: half a window.
    return np.pad(rises, (1 + N_FFT // (2 * HOP_LENGTH), 0))[: len(decibels)]


def _tempo(onsets: Floats) -> float:
    """Return the tempo in beats per minute, preferably near 120.

    It is the strongest mean autocorrelation over 8 s, under a log-normal prior one octave wide
    around 120 and zero above 320 (`librosa.feature.tempo`; Ellis 2007, "Beat tracking by dynamic
    programming").
    """
    length = 8 * SAMPLE_RATE_HZ // HOP_LENGTH
    padded = np.pad(onsets, length // 2, mode="linear_ramp")
    frames = sliding_window_view(padded, length)[: len(onsets)] * hann(length)
    spectrum = np.fft.rfft(frames, n=2 * length)
    correlation = np.fft.irfft(spectrum.real**2 + spectrum.imag**2, n=2 * length)[:, :length]
    strongest = np.abs(correlation).max(axis=1, keepdims=True)
    mean = (correlation / np.where(strongest < _TINY, 1, strongest)).mean(axis=0)[1:]
    beats_per_minute = 60 * SAMPLE_RATE_HZ / (HOP_LENGTH * np.arange(1, length))
    prior = -0.5 * np.log2(beats_per_minute / 120) ** 2
    prior[beats_per_minute >= 320] = -np.inf
    return float(beats_per_minute[np.argmax(np.log1p(1e6 * mean) + prior)])
