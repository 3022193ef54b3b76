"""What a file is that is no audio we know: the key of a sentence for each kind of thing."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, Final

from genretagger.tagging.layout import blocks, peek, size_of
from genretagger.tagging.layout.content import audio_end

if TYPE_CHECKING:
    from collections.abc import Iterator

    from genretagger.tagging.layout.content import Content

_START_BYTES: Final = 512
_IMAGES: Final = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"II*\0", b"MM\0*")
_VIDEOS: Final = (b"\0\0\1\xba", b"\0\0\1\xb3", b"FLV\x01", b".RMF")
_ARCHIVES: Final = (b"PK\x03\x04", b"PK\x05\x06", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"%PDF")
_PLAYLISTS: Final = (b"#extm3u", b"#extinf", b"[playlist]", b"<?wpl", b"<asx")
_WEB_PAGES: Final = (b"<!doctype html", b"<html", b"<head", b"<body")
_TEXT_BYTES: Final = 4096
_CONTROLS: Final = frozenset(range(32)) - frozenset(b"\t\n\r\f\x1b")
_TS_PACKET_BYTES: Final = 188  # each begins with 0x47 (ISO/IEC 13818-1, 2.4.3.2)


def sentence_key(stream: BinaryIO, content: Content) -> str:
    """Return the key of the sentence that says what a file is that holds no audio we know."""
    size = size_of(stream)
    if size == 0:
        return "file-empty"
    if content.start >= audio_end(stream):
        return "file-only-tags"
    head = peek(stream, content.start, size=_TEXT_BYTES)
    if head.startswith((b"ID3", b"APETAGEX")):  # a tag that says to be longer than the file
        return "file-only-tags"
    if not head.strip(b"\0") and not any(b.strip(b"\0") for b in _rest(stream, content.start)):
        return "file-zeros"
    return _key_of_head(head)


def _rest(stream: BinaryIO, start: int) -> Iterator[bytes]:
    return blocks(stream, start=start, end=size_of(stream))


def _key_of_head(head: bytes) -> str:
    is_bitmap = (head[:2], head[6:10]) == (b"BM", bytes(4))
    if head.startswith(_IMAGES) or is_bitmap or (head[:4], head[8:12]) == (b"RIFF", b"WEBP"):
        return "file-image"
    is_stream = head[:1] == b"G" == head[_TS_PACKET_BYTES : _TS_PACKET_BYTES + 1]
    if head.startswith(_VIDEOS) or (head[:4], head[8:12]) == (b"RIFF", b"AVI ") or is_stream:
        return "file-video"
    if head.startswith(b"OggS"):
        return "video-silent" if b"theora" in head[:_START_BYTES] else "coding-unknown"
    if head.startswith(_ARCHIVES):
        return "file-archive"
    return _key_of_text(head) if _is_text(head) else "format-unknown"


def _is_text(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):  # UTF-16
        return not any(head[2::2]) or not any(head[3::2])
    return not _CONTROLS.intersection(head)


def _key_of_text(head: bytes) -> str:
    text = head.replace(b"\0", b"").lstrip(b"\xff\xfe\xef\xbb\xbf \t\r\n").lower()
    if text.startswith(_PLAYLISTS) or b"<playlist" in text[:_START_BYTES]:
        return "file-playlist"
    # Comments, scripts and a declaration of XML may stand in front.
    return "file-web-page" if any(mark in text for mark in _WEB_PAGES) else "file-text"
