"""What readers that are not ours say of an audio file: the judge of every write.

Plain mutagen, TagLib and FFmpeg read the tags; FFmpeg demuxes and decodes; a small reader of its
own (`payload`) finds the bytes that are no tags. Nothing of genretagger is imported here.
"""

from __future__ import annotations

import hashlib
import io
import struct
from collections import Counter
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

import av
import mutagen
import taglib
from mutagen.apev2 import APEv2
from mutagen.id3 import ID3

from tests.helpers import audio_payload

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

_UNREADABLE = "unreadable"
_TAIL_BYTES = 1 << 16
_COMMENT_OF_V1 = "COMM:ID3v1 Comment:eng"
# What a reader says of a file in which it finds no tag.
_TECHNICAL = frozenset({_UNREADABLE, "length", "rate", "channels", "format", "stream"})
Facts = tuple[tuple[str, str], ...]  # sorted pairs of what and its value; a value may stand twice


@dataclass(frozen=True)
class View:
    """Everything but the genre as each reader has it, and the genre as each has it.

    A reader that cannot read the file says so as the one fact "unreadable".
    """

    mutagen: Facts
    taglib: Facts
    ffmpeg: Facts
    packets: str
    pcm: str
    payload: Facts
    shadowed: bool
    genres: dict[str, tuple[str, ...]]


def view(path: Path) -> View:
    """Return what every reader says of `path`."""
    genres: dict[str, tuple[str, ...]] = {}
    return View(
        mutagen=_facts(_mutagen, path, genres),
        taglib=_facts(_taglib, path, genres),
        ffmpeg=_facts(_ffmpeg, path, genres),
        packets=_or_unreadable(_packets, path),
        pcm=_or_unreadable(_pcm, path),
        payload=_facts(lambda path, _: audio_payload.parts(path.read_bytes()), path, genres),
        shadowed=_is_shadowed(path.read_bytes()),
        genres=genres,
    )


def _is_shadowed(data: bytes) -> bool:
    """Return whether the file has INFO or APEv2, which TagLib passes over where ID3v2 exists too.

    A genre then needs ID3v2, in which mutagen and FFmpeg look; both read the other tag as before.
    """
    if data[:4] == b"RIFF":
        return b"LIST" in data and not any(
            name.upper() == b"ID3 " for name, _ in audio_payload.chunks(data)
        )
    return data[:3] != b"ID3" and b"APETAGEX" in data[-_TAIL_BYTES:]


def differences(before: View, after: View) -> list[str]:
    """Return a line for all that differs besides the genre."""
    found = []
    for field in fields(View):
        old, new = getattr(before, field.name), getattr(after, field.name)
        if field.name in ("genres", "shadowed") or old == new:
            continue
        if field.name == "taglib" and before.shadowed and not after.shadowed:
            continue
        if old == _UNREADABLE and field.name in ("packets", "pcm"):
            continue  # a page with a wrong checksum was written anew
        if isinstance(old, str):
            found.append(f"{field.name}: {old} -> {new}")
            continue
        if field.name in ("taglib", "ffmpeg") and _was_blind(old, new):
            continue
        gone, come = Counter(old) - Counter(new), Counter(new) - Counter(old)
        lines = [f"-{fact}" for fact in gone] + [f"+{fact}" for fact in come]
        found += [f"{field.name}: {line[:200]}" for line in lines or ["other order"]]
    return found


def _was_blind(old: Facts, new: Facts) -> bool:
    """Return whether a reader that could not make out a badly built tag now can, and lost nothing.

    What the tag says is held against what plain mutagen made of it before.
    """
    saw_a_tag = any(name.rpartition(" ")[2] not in _TECHNICAL for name, _ in old)
    return not saw_a_tag and (old == ((_UNREADABLE, ""),) or not Counter(old) - Counter(new))


def require_only_genre_differs(before: View, after: View) -> None:
    """Fail if any reader finds anything but the genre changed."""
    found = differences(before, after)
    assert not found, "\n".join(found)


def _or_unreadable(read: Callable[[Path], str], path: Path) -> str:
    try:
        return read(path)
    except Exception:  # noqa: BLE001 - damaged files: the judge notes that a reader fails
        return _UNREADABLE


def _facts(
    read: Callable[[Path, dict[str, tuple[str, ...]]], Iterable[tuple[str, Any]]],
    path: Path,
    genres: dict[str, tuple[str, ...]],
) -> Facts:
    try:
        return tuple(sorted((name, _short(value)) for name, value in read(path, genres)))
    except Exception:  # noqa: BLE001 - as above
        return ((_UNREADABLE, ""),)


def _short(value: Any) -> str:
    text = value.hex() if isinstance(value, bytes) else str(value)
    if len(text) <= 200:
        return text
    return f"{len(text)} {hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()}"


# Plain mutagen.


def _mutagen(path: Path, genres: dict[str, tuple[str, ...]]) -> Iterator[tuple[str, Any]]:
    file = mutagen.File(path)
    if file is None:
        raise mutagen.MutagenError
    yield "kind", type(file).__name__
    # The bit rate is what the file's size says, and so is the length of an MP3; the offset moves.
    shifting = ("bitrate", "offset", "length" if type(file).__name__ == "MP3" else "bitrate")
    for name, value in vars(file.info).items():
        if isinstance(value, (int, float, str)) and not any(word in name for word in shifting):
            yield name, value
    if isinstance(file.tags, ID3) or type(file).__name__ in ("MP3", "TrueAudio"):
        yield from _id3(path, file, genres)
        return
    for name, value in _items(file.tags):
        if name.casefold() in ("genre", "©gen", "wm/genre"):
            genres["mutagen"] = (*genres.get("mutagen", ()), *map(str, _list(value)))
        else:
            yield name, repr(value)
    for picture in getattr(file, "pictures", ()):
        yield "picture", picture.write()


def _items(tags: Any) -> Iterable[tuple[str, Any]]:
    if tags is None:
        return ()
    return tags.items() if not isinstance(tags, list) else list(tags)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _id3(path: Path, file: Any, genres: dict[str, tuple[str, ...]]) -> Iterator[tuple[str, Any]]:
    """Yield the frames untranslated, those of an ID3v1 tag among them; the file is read again."""
    tags = type(file)(path, translate=False).tags
    for frame in tags.values() if tags is not None else ():
        if frame.FrameID == "TCON":
            genres["mutagen"] = tuple(frame.text if _has_id3v2(tags) else frame.genres)
        elif frame.HashKey == _COMMENT_OF_V1:
            # Mutagen names it; a new ID3v2 tag gives it no name, as players look for it.
            if "COMM::eng" not in tags:
                yield "COMM::eng", _frame_facts(frame, but=("encoding", "desc"))
        else:
            but = ("encoding", "desc") if frame.HashKey == "COMM::eng" else ("encoding",)
            yield frame.HashKey, _frame_facts(frame, but=but)
    for data in tags.unknown_frames if tags is not None else ():
        if not data.startswith((b"TCON", b"TCO")):
            yield f"unknown {data[:4]!r}", data
    if type(file).__name__ in ("MP3", "TrueAudio"):
        yield from _ape_beside(path, genres)


def _frame_facts(frame: Any, *, but: tuple[str, ...]) -> str:
    return repr(
        sorted((name, repr(value)) for name, value in vars(frame).items() if name not in but)
    )


def _has_id3v2(tags: ID3) -> bool:
    return tags.version >= (2,)  # an ID3v1 tag has a number for a genre


def _ape_beside(path: Path, genres: dict[str, tuple[str, ...]]) -> Iterator[tuple[str, Any]]:
    try:
        tags = APEv2(path)
    except mutagen.MutagenError as error:
        yield "APEv2", type(error).__name__
        return
    for name, value in tags.items():
        if name.casefold() == "genre":
            genres["mutagen APEv2"] = tuple(value)
        else:
            yield f"APEv2 {name}", repr(value)


# TagLib.


def _taglib(path: Path, genres: dict[str, tuple[str, ...]]) -> Iterator[tuple[str, Any]]:
    with taglib.File(path) as file:
        genres["taglib"] = tuple(file.tags.get("GENRE", ()))
        yield "length", file.length
        yield "rate", file.sampleRate
        yield "channels", file.channels
        for key, values in file.tags.items():
            stripped = tuple(value.strip() for value in values)  # ID3v1 is filled up with spaces
            if key != "GENRE" and any(stripped):
                yield key, stripped
        yield from (("unsupported", name) for name in file.unsupported if name != "TCON")
        for key in file.complex_property_keys:
            for value in file.complex_properties(key):
                yield f"complex {key}", sorted((k, _short(v)) for k, v in value.items())


# FFmpeg.


def _opened(path: Path) -> Any:
    return av.open(str(path), metadata_errors="replace")


def _ffmpeg(path: Path, genres: dict[str, tuple[str, ...]]) -> Iterator[tuple[str, Any]]:
    with _opened(path) as container:
        yield "format", container.format.name
        for owner in (container, *container.streams):
            for key, value in owner.metadata.items():
                if key.casefold() in ("genre", "ignr", "wm/genre"):
                    genres["ffmpeg"] = (*genres.get("ffmpeg", ()), value)
                elif value.strip():
                    yield f"{type(owner).__name__} {key}", value.strip()
        for stream in container.streams:
            yield "stream", (stream.type, stream.codec_context and stream.codec_context.name)
        for chapter in container.chapters():
            yield "chapter", sorted((k, str(v)) for k, v in chapter.items())


def _packets(path: Path) -> str:
    """Return a hash of every packet of audio with its times."""
    digest = hashlib.sha256()
    with av.open(_without_end_tags(path), metadata_errors="replace") as container:
        for packet in container.demux(audio=0):
            times = (packet.pts, packet.dts, packet.duration)
            digest.update(struct.pack("<qqq", *(time or 0 for time in times)) + bytes(packet))
    return digest.hexdigest()


def _pcm(path: Path) -> str:
    """Return a hash of all decoded samples; `to_ndarray` of PyAV 18 crashes at eight channels."""
    digest = hashlib.sha256()
    with av.open(_without_end_tags(path), metadata_errors="replace") as container:
        for frame in container.decode(audio=0):
            channels, sample = frame.layout.nb_channels, frame.format.bytes
            n_planes = channels if frame.format.is_planar else 1
            n_bytes = frame.samples * sample * channels // n_planes
            for plane in frame.planes[:n_planes]:
                digest.update(bytes(plane)[:n_bytes])
    return digest.hexdigest()


class _Named(io.BytesIO):
    name = ""  # FFmpeg guesses the container by it too


def _without_end_tags(path: Path) -> io.BytesIO:
    """Return the file less ID3v1 and APEv2, which FFmpeg takes for the end of a cut-off frame."""
    data = path.read_bytes()
    source = _Named(data[: audio_payload.tags_start(data)])
    source.name = str(path)
    return source
