"""Which versions of the program and its libraries run, on which system."""

from __future__ import annotations

import os
import platform
import sys
from importlib.metadata import PackageNotFoundError, version

from genretagger import __version__


def version_lines() -> list[str]:
    """Return lines of versions, those of the libraries included."""
    # The import loads NumPy and the decoder, which must not slow down a start.
    from genretagger.analysis.audio import decoder_version

    way = "packaged" if getattr(sys, "frozen", False) else "from Python packages"
    return [
        f"Genretagger {__version__}, {way}",
        f"Python {platform.python_version()}, {decoder_version()}",
        f"mutagen {_mutagen()}, LiteRT {_litert()}",
        f"System: {platform.platform()}, {os.cpu_count()} processors",
    ]


# PyInstaller bundles the metadata of a package that it finds named in such a call.


def _mutagen() -> str:
    try:
        return version("mutagen")
    except PackageNotFoundError:
        return "of unknown version"


def _litert() -> str:
    try:
        return version("ai-edge-litert")
    except PackageNotFoundError:
        return "of unknown version"
