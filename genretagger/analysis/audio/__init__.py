"""Decoding: from a file to excerpts of mono float32. The only user of PyAV; knows no features."""

from genretagger.analysis.audio.listening import decode_excerpts, decode_from_start, decode_whole
from genretagger.analysis.audio.positions import excerpt_plan

__all__ = ["decode_excerpts", "decode_from_start", "decode_whole", "excerpt_plan"]
