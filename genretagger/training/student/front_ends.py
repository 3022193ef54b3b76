"""What the teachers are given: the log-mel spectrograms that they were trained on, in NumPy.

The two FCNs hear 29 s at 16 kHz as in sota-music-tagging-models (Won, Ferraro, Bogdanov and Serra
2020, arXiv 2006.00751), which takes torchaudio's defaults. mn04 hears 32 kHz as in EfficientAT
(Schmid, Koutini and Widmer 2023, arXiv 2211.04772), with the mel bands of Kaldi.
"""

from __future__ import annotations

from functools import cache
from typing import Final

import librosa
import numpy as np
from numpy.typing import NDArray

from genretagger.analysis.features import spectrogram

FCN_RATE_HZ: Final = 16_000
FCN_SAMPLES: Final = 29 * FCN_RATE_HZ
MN_RATE_HZ: Final = 32_000

_FCN_FFT: Final = 512
_FCN_MELS: Final = 96
_FCN_HOP: Final = 256
_LEAST_POWER: Final = 1e-10

_MN_FFT: Final = 1024
_MN_WINDOW: Final = 800
_MN_HOP: Final = 320
_MN_MELS: Final = 128
_MN_HIGHEST_HZ: Final = 15_000.0
_PRE_EMPHASIS: Final = 0.97
_FRAMES_AT_ONCE: Final = 256


def compute_fcn_log_mel(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the input of an FCN.

    Parameters
    ----------
    samples : np.ndarray [float32, shape=(n_samples,)]
        Mono at `FCN_RATE_HZ`, nominally in [-1, 1]; at least 257 of them.

    Returns
    -------
    np.ndarray [float32, shape=(96, n_samples // 256 + 1)]
        Mel power in dB, >= -100.
    """
    power = spectrogram(samples, n_fft=_FCN_FFT, hop_length=_FCN_HOP, pad_mode="reflect")
    mel = np.maximum(power @ _make_htk_filters(), _LEAST_POWER)
    return np.ascontiguousarray((10 * np.log10(mel)).T.astype(np.float32))


def compute_mn_log_mel(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the input of mn04.

    Parameters
    ----------
    samples : np.ndarray [float32, shape=(n_samples,)]
        Mono at `MN_RATE_HZ`, nominally in [-1, 1]; at least 514 of them.

    Returns
    -------
    np.ndarray [float32, shape=(128, (n_samples - 1) // 320 + 1)]
        (ln(mel power + 1e-5) + 4.5) / 5.
    """
    emphasised = samples[1:] - np.float32(_PRE_EMPHASIS) * samples[:-1]
    padded = np.pad(emphasised, _MN_FFT // 2, mode="reflect")
    frames = np.lib.stride_tricks.sliding_window_view(padded, _MN_FFT)[::_MN_HOP]
    mel = np.empty((len(frames), _MN_MELS), np.float32)
    for start in range(0, len(frames), _FRAMES_AT_ONCE):
        # In single precision, as the teacher was trained; half the time of double.
        spectrum = np.fft.rfft(frames[start : start + _FRAMES_AT_ONCE] * _make_mn_window())
        power = spectrum.real**2 + spectrum.imag**2
        mel[start : start + _FRAMES_AT_ONCE] = power @ _make_mn_filters()
    return np.ascontiguousarray(((np.log(mel + 1e-5) + 4.5) / 5).T.astype(np.float32))


def make_kaldi_filters(
    *, sample_rate_hz: int, n_fft: int, n_mels: int, highest_hz: float
) -> NDArray[np.float32]:
    """Return triangular filters that are linear in Kaldi's mel, 1127 ln(1 + f / 700).

    Returns
    -------
    np.ndarray [float32, shape=(n_fft // 2 + 1, n_mels)]
        In [0, 1]; bands from 0 Hz to `highest_hz` (`MelBanks` in Kaldi's feat/mel-computations.cc).
    """
    edges = np.linspace(0.0, _to_mel(np.array(highest_hz)), n_mels + 2)
    bins = _to_mel(np.arange(n_fft // 2 + 1) * sample_rate_hz / n_fft)[:, np.newaxis]
    lows, centres, highs = edges[:-2], edges[1:-1], edges[2:]
    rising, falling = (bins - lows) / (centres - lows), (highs - bins) / (highs - centres)
    return np.maximum(0, np.minimum(rising, falling)).astype(np.float32)


def _to_mel(frequencies_hz: NDArray[np.float64]) -> NDArray[np.float64]:
    mel: NDArray[np.float64] = 1127 * np.log1p(frequencies_hz / 700)
    return mel


@cache
def _make_htk_filters() -> NDArray[np.float32]:
    """Return the filters of torchaudio's `MelSpectrogram` [shape=(257, 96)]."""
    filters: NDArray[np.float32] = librosa.filters.mel(
        sr=FCN_RATE_HZ, n_fft=_FCN_FFT, n_mels=_FCN_MELS, htk=True, norm=None
    )
    return filters.T


@cache
def _make_mn_filters() -> NDArray[np.float32]:
    return make_kaldi_filters(
        sample_rate_hz=MN_RATE_HZ, n_fft=_MN_FFT, n_mels=_MN_MELS, highest_hz=_MN_HIGHEST_HZ
    )


@cache
def _make_mn_window() -> NDArray[np.float32]:
    """Return the symmetric Hann window in the middle of the transform [shape=(1024,)]."""
    edge = (_MN_FFT - _MN_WINDOW) // 2
    return np.pad(np.hanning(_MN_WINDOW), edge).astype(np.float32)
