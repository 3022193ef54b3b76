"""Make ID3v2.3 of ID3v2.2: every frame with its new name and the same content, or none.

Not as ID3v2.4: the frames of 2.2 for dates, people and equalisation (TYE, TDA, TOR, IPL, RVA, EQU)
have heirs of the same content in 2.3 only. Sources: id3.org, "id3v2-00" (4) and "id3v2.3.0" (4).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from mutagen.id3 import APIC, Frames_2_2
from mutagen.id3 import Frame as MutagenFrame

from genretagger.tagging.containers.id3 import id3_tag
from genretagger.tagging.containers.id3.id3_frames import RawFrame
from genretagger.tagging.layout import LayoutError

if TYPE_CHECKING:
    from genretagger.tagging.containers.id3.id3_tag import Id3Tag

FROM: Final = 2
# Not decoded by mutagen, but the same in both versions but for the name.
_SAME_CONTENT: Final = {"EQU": "EQUA"}
_MIME: Final = {b"PNG": b"image/png", b"JPG": b"image/jpeg", b"-->": b"-->"}  # 2.3.0, 4.15
_IMAGE_FORMAT_AT: Final = 1  # behind the text encoding


def upgrade(tag: Id3Tag) -> Id3Tag:
    """Return the tag as ID3v2.3; a tag of 2.3 or 2.4 stays.

    Raises
    ------
    LayoutError
        A frame has no heir in ID3v2.3 or would mean something else there.
    """
    if tag.major != FROM:
        return tag
    frames = tuple(_upgraded(frame) for frame in tag.frames)
    flags = tag.flags & id3_tag.UNSYNCHRONISED
    return replace(tag, major=3, revision=0, flags=flags, frames=frames)


def _upgraded(frame: RawFrame) -> RawFrame:
    """Return the heir of `frame`, proved to be the same by mutagen's readings of both."""
    kind = Frames_2_2.get(frame.name)
    name = kind.__base__.__name__ if kind and kind.__base__ else ""
    name = _SAME_CONTENT.get(frame.name, name)
    if len(name) != 4 or not name.isupper():  # CRM; what programs made up
        raise LayoutError(f"ID3v2.2 {frame.name!a}")
    data = _picture(frame.data) if frame.name == "PIC" else frame.data
    new = RawFrame(name, b"\0\0", data, 3)
    if _values(frame.decoded()) != _values(new.decoded()):
        raise LayoutError(f"ID3v2.2 {frame.name!a}")
    return new


def _picture(data: bytes) -> bytes:
    """Return the content of APIC for that of PIC: a MIME type stands for three letters."""
    encoding, letters = data[:_IMAGE_FORMAT_AT], data[_IMAGE_FORMAT_AT : _IMAGE_FORMAT_AT + 3]
    mime = _MIME.get(letters, b"image/" + letters.lower())
    return encoding + mime + b"\0" + data[_IMAGE_FORMAT_AT + 3 :]


def _values(frame: MutagenFrame | None) -> str | None:
    """Return all that a frame says, the picture's format left out."""
    if frame is None:
        return None
    hidden = {"mime"} if isinstance(frame, APIC) else set()
    return repr(sorted((name, repr(v)) for name, v in vars(frame).items() if name not in hidden))
