"""Recognise files that cannot be analysed by their first bytes: the key of a message for each."""

from __future__ import annotations

from typing import Final

HEAD_BYTES: Final = 600  # three packets of a transport stream
# Sources of the less common ones: SMPTE 314M (DV) and 377M (MXF); the FFmpeg wiki, "NUT"; RFC 2361
# and "Creative Voice (VOC) file format" (Creative 1993); "Standard MIDI Files 1.0" (MMA 1996);
# "DTS Coherent Acoustics" (ETSI TS 102 114, 5.3).
_MARKS: Final = {
    "file-image": (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"II*\0", b"MM\0*"),
    "file-video": (
        *(b"\0\0\1\xba", b"\0\0\1\xb3", b"FLV\x01", b".RMF", b"nut/multimedia container"),
        *(b"\x1f\x07\0", b"\x06\x0e\x2b\x34\x02\x05\x01\x01\x0d\x01\x02"),
    ),
    "file-archive": (b"PK\x03\x04", b"PK\x05\x06", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"%PDF"),
    "kind-unheard": (b"Creative Voice File\x1a", b"MThd", b".ra\xfd", b"\x7f\xfe\x80\x01"),
}
_FORMS: Final = {
    (b"RIFF", b"WEBP"): "file-image",
    (b"RIFF", b"AVI "): "file-video",
    (b"RIFF", b"RMID"): "kind-unheard",
    (b"FORM", b"8SVX"): "kind-unheard",
}
# A picture in an atom `ftyp` (ISO/IEC 23008-12, annex B; AV1 Image File Format, 6).
_STILLS: Final = frozenset(
    (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis")
)
# Each packet of a transport stream begins with this; on Blu-ray discs behind a time of four bytes
# (ISO/IEC 13818-1, 2.4.3.2).
_TS_MARKS: Final = b"GGG"
_TS_PACKET_BYTES, _TIMED_PACKET_BYTES = 188, 192


def find_key(head: bytes) -> str | None:
    """Return the message key for a file that begins with `head`, None for any other."""
    for key, marks in _MARKS.items():
        if head.startswith(marks):
            return key
    is_bitmap = (head[:2], head[6:10]) == (b"BM", bytes(4))
    if is_bitmap or (head[4:8] == b"ftyp" and head[8:12] in _STILLS):
        return "file-image"
    is_bare = head[: 3 * _TS_PACKET_BYTES : _TS_PACKET_BYTES] == _TS_MARKS
    if is_bare or head[4 : 3 * _TIMED_PACKET_BYTES : _TIMED_PACKET_BYTES] == _TS_MARKS:
        return "file-video"
    return _FORMS.get((head[:4], head[8:12]))
