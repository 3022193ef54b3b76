"""From the channels of decoded frames to mono samples at the asked rate."""

from __future__ import annotations

from typing import TYPE_CHECKING

import av
import numpy as np

if TYPE_CHECKING:
    from av.audio.frame import AudioFrame
    from numpy.typing import NDArray

# A steeper filter than FFmpeg's default, as steep as the one the embedding was trained behind:
# the default lets more through just below 8 kHz, which moves its outputs (docs/model.md).
_RESAMPLING = {"filter_size": "64", "cutoff": "0.95"}


class Resampler:
    """FFmpeg's resampler to mono float32, made anew where the stream changes its parameters."""

    def __init__(self, sample_rate_hz: int) -> None:
        self._sample_rate_hz = sample_rate_hz
        self._resampler: av.AudioResampler | None = None
        self._shape: tuple[object, ...] = ()

    def feed(self, frame: AudioFrame) -> NDArray[np.float32]:
        """Return what is ready after `frame`."""
        shape = (frame.format.name, frame.layout.name, frame.sample_rate)
        done = np.empty(0, np.float32)
        if shape != self._shape:
            done = self.flush()
            self._shape = shape
            self._resampler = av.AudioResampler(
                "fltp", "mono", self._sample_rate_hz, options=_RESAMPLING
            )
        return np.concatenate([done, self._run(frame)])

    def flush(self) -> NDArray[np.float32]:
        """Return what is still inside."""
        return self._run(None)

    def _run(self, frame: AudioFrame | None) -> NDArray[np.float32]:
        if self._resampler is None:
            return np.empty(0, np.float32)
        pieces = [out.to_ndarray()[0] for out in self._resampler.resample(frame)]
        return np.concatenate([np.empty(0, np.float32), *pieces])
