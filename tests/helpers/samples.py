"""Audio made on the spot: synthesised by NumPy, encoded by PyAV after the file's suffix."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any

import av
import numpy as np
import pytest
from av.stream import Disposition

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

# suffix: (container of FFmpeg, encoder of FFmpeg)
FORMATS = {
    ".mp3": ("mp3", "libmp3lame"),
    ".mp2": ("mp2", "mp2"),
    ".flac": ("flac", "flac"),
    ".ogg": ("ogg", "vorbis"),
    ".oga": ("ogg", "flac"),
    ".opus": ("opus", "libopus"),
    ".m4a": ("ipod", "aac"),
    ".m4b": ("ipod", "aac"),
    ".mp4": ("mp4", "aac"),
    ".wma": ("asf", "wmav2"),
    ".wv": ("wv", "wavpack"),
    ".tta": ("tta", "tta"),
    ".aiff": ("aiff", "pcm_s16be"),
    ".wav": ("wav", "pcm_s16le"),
    ".ac3": ("ac3", "ac3"),
    ".aac": ("adts", "aac"),
}
# Heard, and never written.
READ_ONLY = {
    ".mka": ("matroska", "flac"),
    ".webm": ("webm", "libopus"),
    ".w64": ("w64", "pcm_s16le"),
    ".caf": ("caf", "pcm_s16be"),
    ".au": ("au", "pcm_s16be"),
}
# What PyAV only decodes: the encoder of Debian's packages speex and musepack-tools, fed with WAV.
TOOLS = {".spx": ("speexenc",), ".mpc": ("mpcenc", "--overwrite")}
_LAYOUTS = {1: "mono", 2: "stereo", 3: "2.1", 4: "quad", 6: "5.1", 8: "7.1"}
_OPUS_RATES = (8000, 12000, 16000, 24000, 48000)
_FRAMES_PER_STEP = 4096
_KEPT_BYTES = 1 << 20
_made: dict[object, bytes] = {}  # by what was asked; many tests ask for the same


def synthesise(*, seconds, sample_rate_hz, channels, frequencies_hz, noise, seed) -> np.ndarray:
    """Return a sum of sines and white noise: float32 [channels, n_samples], within [-0.8, 0.8]."""
    n_samples = round(seconds * sample_rate_hz)
    times_s = np.arange(n_samples) / sample_rate_hz
    signal = np.zeros((channels, n_samples))
    for number, frequency_hz in enumerate(frequencies_hz):
        signal += np.sin(2 * np.pi * frequency_hz * times_s + np.arange(channels)[:, None] + number)
    signal += noise * np.random.default_rng(seed).standard_normal((channels, n_samples))
    peak = float(np.abs(signal).max()) if signal.size else 0.0
    return (0.8 * signal / max(peak, 1.0)).astype(np.float32)


def encode(
    path: Path,
    *,
    seconds: float = 2.0,
    sample_rate_hz: int = 44100,
    channels: int = 2,
    frequencies_hz: Sequence[float] = (220.0, 330.0),
    noise: float = 0.0,
    seed: int = 0,
    metadata: Mapping[str, str] | None = None,
    options: Mapping[str, str] | None = None,
    codec: str | None = None,
) -> Path:
    """Write an audio file of the kind that the suffix of `path` names; return `path`.

    Speex and Musepack, which are made by Debian's tools and take no `metadata` here, skip the test
    where these are missing.
    Vorbis is stereo only. Opus takes 48, 24, 16, 12 or 8 kHz only: anything else becomes 48 kHz.
    `options` go to FFmpeg's muxer (e.g. `{"movflags": "faststart"}`); `codec` is another encoder
    than the usual one of the suffix. The MP3 has neither ID3v1
    nor, without `metadata`, an ID3v2 tag. WAV, AIFF and FLAC are 16-bit.
    """
    asked = repr({**locals(), "path": path.suffix})
    if asked in _made:
        path.write_bytes(_made[asked])
        return path
    if path.suffix in TOOLS:
        return _encode_by_tool(
            path,
            seconds=seconds,
            sample_rate_hz=sample_rate_hz,
            channels=channels,
            frequencies_hz=frequencies_hz,
            noise=noise,
            seed=seed,
        )
    _, usual_codec = (FORMATS | READ_ONLY)[path.suffix.lower()]
    if (codec or usual_codec) == "libopus" and sample_rate_hz not in _OPUS_RATES:
        sample_rate_hz = 48000
    signal = synthesise(
        seconds=seconds,
        sample_rate_hz=sample_rate_hz,
        channels=channels,
        frequencies_hz=frequencies_hz,
        noise=noise,
        seed=seed,
    )
    encode_signal(
        path,
        signal,
        sample_rate_hz=sample_rate_hz,
        metadata=metadata,
        options=options,
        codec=codec,
    )
    if path.stat().st_size < _KEPT_BYTES:
        _made[asked] = path.read_bytes()
    return path


def encode_signal(
    path: Path,
    signal: np.ndarray,
    *,
    sample_rate_hz: int,
    metadata: Mapping[str, str] | None = None,
    options: Mapping[str, str] | None = None,
    codec: str | None = None,
    container: str | None = None,
) -> Path:
    """Write float32 [channels, n_samples] as `encode` does, `container` being FFmpeg's name."""
    usual_container, usual_codec = (FORMATS | READ_ONLY)[path.suffix.lower()]
    container_name, codec_name = container or usual_container, codec or usual_codec
    layout = _LAYOUTS[len(signal)]
    muxer_options = {"id3v2_version": "0"} if container_name == "mp3" and not metadata else {}
    muxer_options |= options or {}
    # str(): PyAV opens by name; a name that is not UTF-8 is made by renaming afterwards.
    with av.open(str(path), "w", format=container_name, options=muxer_options) as file:
        file.metadata.update(metadata or {})
        stream = file.add_stream(codec_name, rate=sample_rate_hz)
        stream.codec_context.layout = layout
        if codec_name == "vorbis":
            stream.codec_context.options = {"strict": "experimental"}  # FFmpeg's own: stereo only
        if codec_name == "wmav2":
            stream.codec_context.bit_rate = 128_000
        if codec_name == "flac":
            stream.codec_context.format = "s16"
        for packet in _packets(stream, signal, sample_rate_hz=sample_rate_hz):
            file.mux(packet)
    return path


def encode_streams(path: Path, signals: Sequence[np.ndarray], *, default: int, **how: str) -> Path:
    """Write each of `signals`, at 48 kHz, as an audio stream, one of them the default one."""
    with av.open(str(path), "w", format=how["container"]) as file:
        streams = []
        for number, signal in enumerate(signals):
            stream = file.add_stream(how["codec"], rate=48000)
            stream.codec_context.layout = _LAYOUTS[len(signal)]
            stream.disposition = Disposition.default if number == default else Disposition(0)
            streams.append(stream)
        packets = [
            _packets(*pair, sample_rate_hz=48000) for pair in zip(streams, signals, strict=True)
        ]
        for round_of_packets in zip_longest(*packets):
            for packet in filter(None, round_of_packets):
                file.mux(packet)
    return path


def _packets(stream: Any, signal: np.ndarray, *, sample_rate_hz: int) -> Iterator[Any]:
    is_packed = len(signal) > 7  # PyAV 18 takes one plane too many where there are eight
    for start in range(0, signal.shape[1], _FRAMES_PER_STEP):
        samples = signal[:, start : start + _FRAMES_PER_STEP]
        frame = av.AudioFrame.from_ndarray(
            np.ascontiguousarray(samples.T.reshape(1, -1) if is_packed else samples, np.float32),
            format="flt" if is_packed else "fltp",
            layout=_LAYOUTS[len(signal)],
        )
        frame.sample_rate = sample_rate_hz
        frame.pts = start
        yield from stream.encode(frame)
    yield from stream.encode(None)


def _encode_by_tool(path: Path, **signal: Any) -> Path:
    tool, *options = TOOLS[path.suffix]
    if shutil.which(tool) is None:
        pytest.skip(f"{tool} is not installed")
    wav = encode(path.with_name(path.name + ".wav"), **signal)
    subprocess.run([tool, *options, str(wav), str(path)], check=True, capture_output=True)
    wav.unlink()
    return path


def pcm_digest(path: Path) -> str:
    """Return the SHA-256 of everything PyAV decodes from the first audio stream of `path`."""
    digest = hashlib.sha256()
    with path.open("rb") as file, av.open(file, metadata_errors="replace") as container:
        for frame in container.decode(audio=0):
            digest.update(np.ascontiguousarray(frame.to_ndarray()).tobytes())
    return digest.hexdigest()
