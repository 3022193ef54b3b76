"""What the results of hearing a file are kept under: its audio digest, in some files with more."""

from __future__ import annotations

from typing import Final

_BESIDE: Final = "+"


def hearing_key(audio_digest: str, beside: str = "") -> str:
    """Return the key of audio that is heard.

    Parameters
    ----------
    beside : str
        What decides what of this audio is heard, or how long it is, and is not in its digest; empty
        for most files.
    """
    return audio_digest + _BESIDE + beside if beside else audio_digest


def audio_digest_of(key: str) -> str:
    """Return the audio digest in a hearing key."""
    return key.partition(_BESIDE)[0]
