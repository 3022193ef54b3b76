"""Decodes a file to mono float32 excerpts. Reads audio with PyAV; knows no features."""

from genretagger.analysis.audio.listening import decode_excerpts, decode_from_start, decode_track
from genretagger.analysis.audio.loudness import SILENT_BELOW, Loudness, measure_loudness
from genretagger.analysis.audio.positions import plan_excerpts
from genretagger.analysis.audio.source import decoder_version, open_source

__all__ = [
    "SILENT_BELOW",
    "Loudness",
    "decode_excerpts",
    "decode_from_start",
    "decode_track",
    "decoder_version",
    "measure_loudness",
    "open_source",
    "plan_excerpts",
]
