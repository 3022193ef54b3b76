"""Say what a file without known audio is: the key of a message for each kind."""

from __future__ import annotations

import codecs
from typing import BinaryIO, Final

from genretagger.tagging.layout import blocks, foreign, peek, size_of
from genretagger.tagging.layout.content import Content, find_audio_end

UNKNOWN: Final = "format-unknown"
_START_BYTES: Final = 512
_PLAYLISTS: Final = (b"#extm3u", b"#extinf", b"[playlist]", b"<?wpl", b"<asx")
_WEB_PAGES: Final = (b"<!doctype html", b"<html", b"<head", b"<body")
_TEXT_BYTES: Final = 4096
_MOST_SPACE_BYTES: Final = 1 << 16  # in front of a text, as scripts leave them before a page
_SPACE: Final = b" \t\r\n\f"
# A text in an encoding where every byte may be a letter (Latin-1) holds at least so much space.
_LEAST_SPACE: Final = 0.01
_CONTROLS: Final = frozenset(range(32)) - frozenset(b"\t\n\r\f\x1b")


def find_sentence_key(stream: BinaryIO, content: Content) -> str:
    """Return the key of the message that says what a file without known audio is."""
    if size_of(stream) == 0:
        return "file-empty"
    start, end = content.start, find_audio_end(stream)
    if start >= end:
        return "file-only-tags"
    head = peek(stream, start, size=min(_MOST_SPACE_BYTES + _TEXT_BYTES, end - start))
    if head.startswith((b"ID3", b"APETAGEX")):  # a tag that says to be longer than the file
        return "file-only-tags"
    if not any(block.strip(b"\0") for block in blocks(stream, start=start, end=end)):
        return "file-zeros"
    if head.startswith(b"OggS"):
        return "video-silent" if b"theora" in head[:_START_BYTES] else "coding-unknown"
    return foreign.find_key(head) or _key_of_text(head.lstrip(_SPACE)[:_TEXT_BYTES])


def _key_of_text(head: bytes) -> str:
    if not _is_text(head):
        return UNKNOWN
    text = head.replace(b"\0", b"").lstrip(b"\xff\xfe\xef\xbb\xbf" + _SPACE).lower()
    if text.startswith(_PLAYLISTS) or b"<playlist" in text[:_START_BYTES]:
        return "file-playlist"
    # Comments, scripts and a declaration of XML may stand in front.
    return "file-web-page" if any(mark in text for mark in _WEB_PAGES) else "file-text"


def _is_text(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):  # UTF-16
        return not any(head[2::2]) or not any(head[3::2])
    if _CONTROLS.intersection(head):
        return False
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)  # whose last letter may be cut
    except UnicodeDecodeError:
        return sum(map(head.count, _SPACE)) >= _LEAST_SPACE * len(head)
    return True
