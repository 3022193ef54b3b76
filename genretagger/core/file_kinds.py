"""Kinds of audio files: their names, their suffixes, and the condition that a file is in."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import Final, NamedTuple

from genretagger.core.percent import floor_percent
from genretagger.core.tracks import TagReading


class FileKind(NamedTuple):
    """A kind of file: its name for people, and its usual suffixes.

    further : suffixes that are valid too, but usually belong to another kind
    """

    name: str
    suffixes: tuple[str, ...]
    further: tuple[str, ...] = ()


# By the id of the container. RFC 5334, 10.3, advises against `.ogg` for Opus and Speex, but allows
# it.
KINDS: Final = {
    "mp3": FileKind("MP3", (".mp3", ".mp2")),
    "flac": FileKind("FLAC", (".flac",)),
    "ogg": FileKind("Ogg Vorbis", (".ogg", ".oga", ".ogv")),
    "oga": FileKind("Ogg FLAC", (".oga", ".ogg"), (".ogv",)),
    "opus": FileKind("Opus", (".opus",), (".ogg", ".oga", ".ogv")),
    "spx": FileKind("Speex", (".spx",), (".ogg", ".oga", ".ogv")),
    "m4a": FileKind(
        "MP4", (".m4a", ".m4b", ".mp4", ".m4r", ".m4v", ".mov", ".3gp", ".3g2"), (".qt",)
    ),
    "wma": FileKind("WMA", (".wma", ".asf", ".wmv")),
    "ape": FileKind("Monkey's Audio", (".ape",)),
    "wv": FileKind("WavPack", (".wv",)),
    "mpc": FileKind("Musepack", (".mpc", ".mp+")),
    "ofr": FileKind("OptimFROG", (".ofr", ".ofs")),
    "tak": FileKind("TAK", (".tak",)),
    "tta": FileKind("True Audio", (".tta",)),
    "aiff": FileKind("AIFF", (".aiff", ".aif", ".aifc")),
    "wav": FileKind("WAV", (".wav", ".wave")),
    "dsf": FileKind("DSF", (".dsf",)),
    "dff": FileKind("DSDIFF", (".dff",)),
    "aac": FileKind("AAC", (".aac", ".adts")),
    "ac3": FileKind("AC-3", (".ac3", ".eac3")),
    "mka": FileKind("Matroska", (".mka", ".webm", ".weba", ".mkv")),
    "w64": FileKind("Wave64", (".w64",)),
    "caf": FileKind("Core Audio", (".caf",)),
    "au": FileKind("AU", (".au",), (".snd",)),
    "amr": FileKind("AMR", (".amr",), (".awb",)),
}
AUDIO_SUFFIXES: Final = frozenset(suffix for kind in KINDS.values() for suffix in kind.suffixes)


def kind_name(container: str) -> str:
    """Return the name that people know a container by."""
    return KINDS[container].name if container in KINDS else container.upper()


def odd_suffix(container: str, path: Path) -> str:
    """Return the suffix of `path` if it belongs to another kind of file, else an empty text."""
    kind = KINDS.get(container)
    suffix = path.suffix
    own = (*kind.suffixes, *kind.further) if kind else (suffix.lower(),)
    return "" if suffix.lower() in own else suffix


def kind_text(container: str, path: Path) -> str:
    """Return the kind of a file, in English: `MP3`, or `MP3, named .flac`."""
    suffix = odd_suffix(container, path)
    name = kind_name(container)
    return f"{name}, named {suffix}" if suffix else name


class Condition(Enum):
    """The condition of a file that can be heard."""

    WHOLE = "whole"
    CUT = "cut off"
    DAMAGED = "damaged"


_CUT_OFF: Final = "cut-off"
_DAMAGED: Final = frozenset(
    {"layout-broken", "sizes-do-not-fit", "tags-unreadable", "tag-library-bug"}
)


def condition(tags: TagReading) -> Condition:
    """Return the condition of a file, derived from the reason why it is not written."""
    if tags.read_only == _CUT_OFF:
        return Condition.CUT
    return Condition.DAMAGED if tags.read_only in _DAMAGED else Condition.WHOLE


def condition_text(tags: TagReading) -> str:
    """Return in English what is wrong with a file that can be heard; "" if nothing is."""
    state = condition(tags)
    if state is Condition.WHOLE:
        return ""
    there = "" if tags.share is None else f": {floor_percent(tags.share)} % is there"
    return f"{state.value}{there}"
