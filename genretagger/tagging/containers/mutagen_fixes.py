"""Mutagen's classes for files with APEv2 tags, mended: tags may stand in front."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import Any, BinaryIO

from mutagen import monkeysaudio, musepack, optimfrog, tak, wavpack

from genretagger.core.leading_tags import leading_bytes


class _BehindID3:
    def __init__(self, stream: BinaryIO) -> None:
        stream.seek(leading_bytes(stream))
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


class _Forward:
    """A view of an open file that moves back from where it is only once.

    Mutagen goes round for ever in a Musepack file with a packet that says to be shorter than its
    own head; it has one other step back, at the start of older files.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._went_back = False

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Move as any file does.

        Raises
        ------
        MusepackHeaderError
            This is the second step back.
        """
        if whence == os.SEEK_CUR and offset < 0:
            if self._went_back:
                raise musepack.MusepackHeaderError("a packet is too short")
            self._went_back = True
        return self._stream.seek(offset, whence)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


class _MusepackInfo(musepack.MusepackInfo):
    def __init__(self, stream: BinaryIO) -> None:
        super().__init__(_Forward(stream))


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


class Musepack(musepack.Musepack):
    """Musepack."""

    _Info = _MusepackInfo
