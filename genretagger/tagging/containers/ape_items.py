"""Replace the genre in an APEv2 tag of any file; every other byte of the tag stays.

Mutagen would sort the items anew, drop their read-only flags and cut off an ID3v1 tag behind.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO, Final

from genretagger.core.tracks import SecondGenre
from genretagger.tagging.containers.splice import splice
from genretagger.tagging.layout import apev2, mpeg, peek, read_at

PLACE: Final = "APEv2"
_KEY: Final = b"Genre"  # wiki.hydrogenaud.io, "APE key"; any case is read ("APE Tag Item")


def find(stream: BinaryIO) -> apev2.ApeTag | None:
    """Return the tag at the end of the file, which ID3v1 and Lyrics3 may follow, or at its start.

    Raises
    ------
    LayoutError
        The tag is damaged or longer than the file.
    """
    bounds = mpeg.find_ape_tag(stream)
    return apev2.parse(stream, start=bounds[0], end=bounds[1]) if bounds else None


def is_genre(item: apev2.Item) -> bool:
    """Return whether the key of `item` is Genre in any case."""
    return item.key.lower() == _KEY.lower()


def find_refusal(stream: BinaryIO) -> str | None:
    """Return the key of the message why the genre in an APEv2 tag cannot be written, else None.

    Raises
    ------
    LayoutError
        The tag is damaged or longer than the file.
    """
    tag = find(stream)
    if tag is None:
        return None
    genres = [item for item in tag.items if is_genre(item)]
    # APEv1 ignores all flags ("Ape Tags Flags").
    flags = [tag.flags, *(item.flags for item in genres)]
    if tag.version != apev2.VERSION_1 and any(one & apev2.READ_ONLY for one in flags):
        return "apev2-read-only"
    if any(item.kind != apev2.TEXT for item in genres):
        return "genre-not-text"
    # A genre behind the items that are counted: some programs show it, others do not.
    return "apev2-damaged" if _KEY.lower() + b"\0" in _rest(stream, tag).lower() else None


def read_second_genre(stream: BinaryIO) -> SecondGenre | None:
    """Return the genre of the APEv2 tag as a secondary one, None if it holds none.

    Raises
    ------
    LayoutError
        The tag is damaged or longer than the file.
    """
    tag = find(stream)
    values, entries = read_genre(stream, tag) if tag else ((), ())
    return SecondGenre(PLACE, values, entries) if entries else None


def read_genre(stream: BinaryIO, tag: apev2.ApeTag) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the values of the item Genre, and the bytes of each such item in hexadecimal."""
    items = [item for item in tag.items if is_genre(item)]
    texts = [_bytes(stream, item)[item.value_at - item.start :] for item in items]
    values = [value for text in texts for value in text.decode("utf-8", "replace").split("\0")]
    return tuple(values), tuple(_bytes(stream, item).hex() for item in items)


def _bytes(stream: BinaryIO, item: apev2.Item) -> bytes:
    return read_at(stream, item.start, size=item.end - item.start, part="APEv2")


def store(stream: BinaryIO, *, values: tuple[str, ...] | None, entries: Iterable[str] = ()) -> None:
    """Replace the item Genre of a file open for reading and writing; mends sizes and counts.

    The new item takes the place of the first old one, else the last place. A file without tag gets
    one, in front of ID3v1 and Lyrics3.

    Parameters
    ----------
    values : tuple[str, ...] or None
        None for no genre.
    entries : Iterable[str]
        Earlier items, as `read_genre` returned them, to be put back instead of `values`.

    Raises
    ------
    LayoutError
        The tag is damaged or longer than the file.
    OSError
        The disk failed; the file may be spoilt.
    """
    tag = find(stream)
    new = [bytes.fromhex(entry) for entry in entries]
    if not new and values is not None:
        key = next((item.key for item in tag.items if is_genre(item)), _KEY) if tag else _KEY
        new = [apev2.build_item(key, "\0".join(values).encode())]
    if tag is None:
        _, end = mpeg.find_audio(stream)
        if new:
            splice(stream, apev2.build_tag(b"".join(new), count=len(new)), start=end, end=end)
    else:
        _replace(stream, tag, new)


def _replace(stream: BinaryIO, tag: apev2.ApeTag, new: list[bytes]) -> None:
    old = [item for item in tag.items if is_genre(item)]
    data = b"".join(new)
    more_bytes = len(data) - sum(item.end - item.start for item in old)
    at, counts = apev2.build_counts(tag, more_bytes=more_bytes, more_items=len(new) - len(old))
    for end in tag.ends:
        splice(stream, counts, start=end + at, end=end + at + len(counts))
    for item in reversed(old[1:]):  # from behind, so that the places in front stay true
        splice(stream, b"", start=item.start, end=item.end)
    start = old[0].start if old else tag.rest[0]
    splice(stream, data, start=start, end=old[0].end if old else start)


def remove_empty(stream: BinaryIO) -> None:
    """Remove the tag of an open file if it has no items.

    Raises
    ------
    LayoutError
        The tag is damaged or longer than the file.
    OSError
        The disk failed; the file may be spoilt.
    """
    tag = find(stream)
    if tag and not tag.items and not tag.count:
        splice(stream, b"", start=tag.start, end=tag.end)


def read_others(stream: BinaryIO, tag: apev2.ApeTag) -> list[tuple[str, bytes]]:
    """Return what a change of the genre must keep: all other items and the bytes outside items."""
    kept = [item for item in tag.items if not is_genre(item)]
    frames = [(f"APEv2 {item.name}", _bytes(stream, item)) for item in kept]
    rest = _rest(stream, tag)
    uncounted = tag.count - len(tag.items)
    if rest or uncounted or not tag.is_usual:  # a tag that a file did not have yet is as usual
        form = f"{tag.version} {uncounted} ".encode() + b"".join(tag.tails)
        frames.append(("APEv2 form", form + rest))
    return frames


def read_without(stream: BinaryIO, tag: apev2.ApeTag | None, *, start: int, end: int) -> bytes:
    """Return the bytes from `start` to `end`, less those of a tag that begins there."""
    cut = (tag.start, tag.end) if tag and start <= tag.start < end else (end, end)
    return peek(stream, start, size=cut[0] - start) + peek(stream, cut[1], size=end - cut[1])


def _rest(stream: BinaryIO, tag: apev2.ApeTag) -> bytes:
    return peek(stream, tag.rest[0], size=tag.rest[1] - tag.rest[0])
