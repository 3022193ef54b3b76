"""What no sentence for users may hold: the inner words of Python, FFmpeg and mutagen."""

from __future__ import annotations

import builtins
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_PYTHON = {
    name
    for name, value in vars(builtins).items()
    if isinstance(value, type) and issubclass(value, BaseException)
}
_OTHERS = {
    # FFmpeg (libavutil/error.c, and what its demuxers log)
    "Invalid data found",
    "Invalid argument",
    "moov atom",
    "Error number",
    "End of file",
    "Operation not permitted",
    "not yet implemented in FFmpeg",
    "Decoder not found",
    "Generic error in an external library",
    "avcodec",
    "avformat",
    # mutagen
    "can't sync",
    "MPEG frame",
    "is not a valid FLAC file",
    "not a valid",
    "Invalid chunk",
    "Root chunk",
    "file said",
    "invalid flags",
    "mutagen",
    "HeaderNotFound",
    "unpack requires",
    # Python
    "Traceback",
    "object at 0x",
    "NoneType",
    "out of range",
    "division by zero",
    "codec can't",
    "\n",
}
_INNER = re.compile("|".join(re.escape(word) for word in sorted(_PYTHON | _OTHERS)))


def require_plain(sentence: str, path: Path) -> None:
    """Check that a sentence names the file, ends, and holds no inner words beside its name."""
    assert path.name in sentence
    rest = sentence.replace(str(path), "")
    assert not _INNER.search(rest), sentence
    assert rest.endswith("."), sentence
