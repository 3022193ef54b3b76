"""Mutagen's classes for files with APEv2 tags, mended: an ID3v2 tag may stand in front."""

from __future__ import annotations

from contextlib import suppress
from typing import Any, BinaryIO, Final

from mutagen import monkeysaudio, musepack, optimfrog, tak, wavpack

from genretagger.tagging.layout import mpeg


class _BehindID3:
    def __init__(self, stream: BinaryIO) -> None:
        stream.seek(mpeg.id3v2_bytes(stream, 0))
        super().__init__(stream)  # type: ignore[call-arg] # of mutagen's class


class _MonkeysAudioInfo(_BehindID3, monkeysaudio.MonkeysAudioInfo):
    pass


class _WavPackInfo(_BehindID3, wavpack.WavPackInfo):
    """Of a file whose sample rate is none of the usual ones, the length is not known.

    Such a rate stands in a sub-block of its own, and mutagen's table has no place for it (WavPack 5
    file format, "Block Header": flags, bits 23 to 26).
    """

    length = 0.0
    sample_rate = 0

    def __init__(self, stream: BinaryIO) -> None:
        with suppress(IndexError):
            super().__init__(stream)


class _OptimFROGInfo(_BehindID3, optimfrog.OptimFROGInfo):
    pass


class _TAKInfo(_BehindID3, tak.TAKInfo):
    pass


class MonkeysAudio(monkeysaudio.MonkeysAudio):
    """Monkey's Audio."""

    _Info = _MonkeysAudioInfo


class WavPack(wavpack.WavPack):
    """WavPack."""

    _Info = _WavPackInfo


class OptimFROG(optimfrog.OptimFROG):
    """OptimFROG."""

    _Info = _OptimFROGInfo


class TAK(tak.TAK):
    """TAK."""

    _Info = _TAKInfo


# The first four bytes behind ID3v2, which mutagen's scores would take for MP3.
BEHIND_ID3: Final[dict[bytes, type[Any]]] = {
    b"MAC ": MonkeysAudio,
    b"wvpk": WavPack,
    b"OFR ": OptimFROG,
    b"tBaK": TAK,
    b"MPCK": musepack.Musepack,  # which looks behind ID3v2 itself
    b"MP+\x07": musepack.Musepack,  # stream versions 7.0 and 7.1
    b"MP+\x17": musepack.Musepack,
}
