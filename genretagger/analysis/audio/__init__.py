"""Decoding: from a file to excerpts of mono float32. The only user of PyAV; knows no features."""

from genretagger.analysis.audio.listening import decode_excerpts, decode_from_start, decode_track
from genretagger.analysis.audio.loudness import SILENT_BELOW, Loudness, loudness
from genretagger.analysis.audio.positions import excerpt_plan
from genretagger.analysis.audio.source import opened

__all__ = [
    "SILENT_BELOW",
    "Loudness",
    "decode_excerpts",
    "decode_from_start",
    "decode_track",
    "excerpt_plan",
    "loudness",
    "opened",
]
