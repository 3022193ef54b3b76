"""Changes that an excerpt goes through before teachers and student hear it: never the same twice.

Function matching on heavily augmented input is what makes distilling work ("patient and
consistent", Beyer et al. 2022, arXiv 2106.05237). Every choice is drawn from a seeded generator.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import soxr
from numpy.typing import NDArray

from genretagger.sample.encoding import Coding
from genretagger.training.data.audio_files import recode
from genretagger.training.model.feature_spec import FEATURE_SPEC
from genretagger.training.student.recordings import Recordings
from genretagger.training.student.teachers import EXCERPT_S, RATE_HZ

_Samples = NDArray[np.float32]

AUGMENTATION_VERSION: Final = 1  # a new number invalidates banks that were made before
N_SAMPLES: Final = EXCERPT_S * RATE_HZ
# Of a piece that is sped up, enough is taken to fill the excerpt.
_N_TAKEN: Final = round(1.2 * N_SAMPLES)

_PITCHED_SHARE: Final = 0.4
_PITCHED_PARTNER_SHARE: Final = 0.3
_SEMITONES: Final = 2.5
_MIXED_SHARE: Final = 0.33
_JOINED_SHARE: Final = 0.12
_MIXED_BELOW_DB: Final = 14.0
_COLOURED_SHARE: Final = 0.75
_CLIPPED_SHARE: Final = 0.06
_CLIP: Final = 0.25
_CODED_SHARE: Final = 0.2
_CODED_GAIN: Final = 0.5  # coders clip what is louder than full scale

_EQUALISED_SHARE: Final = 0.6
_N_BANDS: Final = 7
_LOW_PASS_SHARE: Final = 0.25
_LOW_PASS_HZ: Final = (3400, 4000, 5500, 7000, 8000, 10_000, 11_025)
_HIGH_PASS_SHARE: Final = 0.12
_NOISE_SHARE: Final = 0.2
_PINK_SHARE: Final = 0.6
_LOWEST_HZ: Final = 20.0

_CODINGS: Final = (
    *(("mp3", "libmp3lame", bits, None) for bits in (32_000, 48_000, 64_000, 96_000)),
    *(("ogg", "libopus", bits, 48_000) for bits in (16_000, 24_000, 32_000, 48_000)),
    *(("adts", "aac", bits, None) for bits in (32_000, 48_000, 64_000)),
)


def take_plain(recordings: Recordings, row: int, *, random: np.random.Generator) -> _Samples:
    """Return 30 s of a piece as they are, at the level of the application.

    Returns
    -------
    np.ndarray [float32, shape=(960_000,)]
        Mono at `RATE_HZ`; a shorter piece is repeated.
    """
    return levelled(filled(recordings.take(row, n_samples=N_SAMPLES, random=random)))


def take_augmented(recordings: Recordings, row: int, *, random: np.random.Generator) -> _Samples:
    """Return 30 s of a piece, changed as `random` decides, at the level of the application.

    Returns
    -------
    np.ndarray [float32, shape=(960_000,)]
        Mono at `RATE_HZ`, finite.
    """
    samples = _take_pitched(recordings, row, random, share=_PITCHED_SHARE)
    choice = random.random()
    if choice < _MIXED_SHARE + _JOINED_SHARE:
        partner = int(random.choice(recordings.rows_of_music))
        other = _take_pitched(recordings, partner, random, share=_PITCHED_PARTNER_SHARE)
        samples = (mixed if choice < _MIXED_SHARE else joined)(samples, other, random)
    if random.random() < _COLOURED_SHARE:
        samples = coloured(samples, random)
    samples = levelled(samples)
    if random.random() < _CLIPPED_SHARE:
        samples = np.clip(samples, -_CLIP, _CLIP)
    if random.random() < _CODED_SHARE:
        samples = coded(samples, random)
    return levelled(np.nan_to_num(samples))


def _take_pitched(
    recordings: Recordings, row: int, random: np.random.Generator, *, share: float
) -> _Samples:
    """Return 30 s of a piece at the common level, sometimes at another speed and pitch."""
    samples = recordings.take(row, n_samples=_N_TAKEN, random=random)
    if random.random() < share:
        samples = pitched(samples, semitones=random.uniform(-_SEMITONES, _SEMITONES))
    return levelled(filled(samples))


def levelled(samples: _Samples) -> _Samples:
    """Return `samples` at the level that the application brings every track to; silence stays."""
    root_mean_square = np.sqrt(np.mean(np.square(samples, dtype=np.float64)))
    gain = 10 ** (FEATURE_SPEC.level_db / 20) / (root_mean_square + 1e-9)
    return (samples * np.float32(gain)).astype(np.float32)


def filled(samples: _Samples) -> _Samples:
    """Return exactly 30 s: the beginning of `samples`, or these repeated."""
    return samples[:N_SAMPLES] if samples.size >= N_SAMPLES else np.resize(samples, N_SAMPLES)


def pitched(samples: _Samples, *, semitones: float) -> _Samples:
    """Return `samples` played faster and so higher, by resampling; slower if negative."""
    speed = 2 ** (semitones / 12)
    changed: _Samples = soxr.resample(samples, RATE_HZ * speed, RATE_HZ, quality="MQ")
    return changed


def mixed(samples: _Samples, other: _Samples, random: np.random.Generator) -> _Samples:
    """Return `samples` with `other` under it, 0 to 14 dB softer."""
    gain = 10 ** (-random.uniform(0, _MIXED_BELOW_DB) / 20)
    return samples + other * np.float32(gain)


def joined(samples: _Samples, other: _Samples, random: np.random.Generator) -> _Samples:
    """Return `samples` up to a place in its middle half, then `other`."""
    place = int(random.uniform(0.25, 0.75) * samples.size)
    return np.concatenate([samples[:place], other[place:]])


def coloured(samples: _Samples, random: np.random.Generator) -> _Samples:
    """Return `samples` through an equaliser and band limits, with noise; each of them sometimes."""
    frequencies = np.fft.rfftfreq(samples.size, 1 / RATE_HZ).astype(np.float32)
    gain_db = _draw_response(frequencies, random)
    spectrum = np.fft.rfft(samples) * 10 ** (gain_db / 20)
    changed = np.fft.irfft(spectrum, samples.size).astype(np.float32)
    if random.random() < _NOISE_SHARE:
        changed = changed + _draw_noise(changed, frequencies, random)
    return changed


def _draw_response(frequencies: _Samples, random: np.random.Generator) -> _Samples:
    """Return a gain in dB for each frequency."""
    gain_db = np.zeros(frequencies.size, np.float32)
    if random.random() < _EQUALISED_SHARE:
        octaves = np.log2(np.maximum(frequencies, _LOWEST_HZ) / _LOWEST_HZ)
        bands_db = random.normal(0, random.uniform(1, 5), _N_BANDS)
        places = np.linspace(0, octaves[-1], _N_BANDS)
        gain_db += np.interp(octaves, places, bands_db - bands_db.mean()).astype(np.float32)
    if random.random() < _LOW_PASS_SHARE:
        edge = np.float32(random.choice(_LOW_PASS_HZ))
        gain_db -= np.clip((frequencies - edge) / edge * 200, 0, 80)
    if random.random() < _HIGH_PASS_SHARE:
        edge = np.float32(random.uniform(60, 350))
        gain_db -= np.clip((edge - frequencies) / edge * 40, 0, 40)
    return gain_db


def _draw_noise(samples: _Samples, frequencies: _Samples, random: np.random.Generator) -> _Samples:
    """Return pink or white noise, 8 to 35 dB below `samples`."""
    spectrum = np.fft.rfft(random.standard_normal(samples.size, np.float32))
    if random.random() < _PINK_SHARE:
        spectrum /= np.sqrt(np.maximum(frequencies, _LOWEST_HZ))
    noise = np.fft.irfft(spectrum, samples.size).astype(np.float32)
    gain = np.std(samples) / np.std(noise) * 10 ** (-random.uniform(8, 35) / 20)
    return noise * np.float32(gain)


def coded(samples: _Samples, random: np.random.Generator) -> _Samples:
    """Return `samples` as a lossy file at a low bit rate gives them back, of the same length."""
    container, encoder, bit_rate, rate_hz = _CODINGS[random.integers(len(_CODINGS))]
    coding = Coding("", container, encoder, bit_rate=bit_rate, sample_rate_hz=rate_hz)
    decoded = recode(samples * np.float32(_CODED_GAIN), sample_rate_hz=RATE_HZ, coding=coding)
    return np.resize(decoded, samples.size) if decoded.size else samples
