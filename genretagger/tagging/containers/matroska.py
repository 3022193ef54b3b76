"""Matroska and WebM, which mutagen does not know: their tags are shown, and never written."""

from __future__ import annotations

from types import SimpleNamespace
from typing import BinaryIO

from genretagger.tagging.layout import matroska


class Matroska:
    """What mutagen's classes have: `tags` as Vorbis comments are listed, and `info`."""

    def __init__(self, fileobj: BinaryIO) -> None:
        found = matroska.parse(fileobj)
        self.tags = list(found.texts)
        self.info = SimpleNamespace(
            length=found.length_s, sample_rate=found.sample_rate_hz, channels=found.channels
        )
