"""The table of containers: one row each. A new container is a new row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from mutagen.aac import AAC
from mutagen.ac3 import AC3
from mutagen.aiff import AIFF
from mutagen.asf import ASF
from mutagen.dsdiff import DSDIFF
from mutagen.dsf import DSF
from mutagen.flac import FLAC
from mutagen.mp3 import MP3
from mutagen.mp4 import MP4
from mutagen.oggflac import OggFLAC
from mutagen.oggopus import OggOpus
from mutagen.oggspeex import OggSpeex
from mutagen.oggvorbis import OggVorbis
from mutagen.trueaudio import TrueAudio
from mutagen.wave import WAVE

from genretagger.tagging.containers import apev2, asf, id3, mp4, vorbis
from genretagger.tagging.containers.kinds import (
    TAK,
    MonkeysAudio,
    Musepack,
    OptimFROG,
    WavPack,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from genretagger.tagging.containers.family import Fields, Writer


@dataclass(frozen=True, slots=True)
class Container:
    """A container: its id, mutagen's class for it, suffixes, reader of its tags, its writer.

    writer : None if it cannot carry tags
    translates : mutagen's class would rewrite ID3 genres on reading unless told not to
    """

    name: str
    kind: type[Any]
    suffixes: tuple[str, ...]
    fields: Callable[[Any], Fields]
    writer: Writer | None = None
    translates: bool = False


CONTAINERS: Final = (
    Container("mp3", MP3, (".mp3", ".mp2"), id3.fields, id3, translates=True),
    Container("flac", FLAC, (".flac",), vorbis.fields, vorbis),
    Container("ogg", OggVorbis, (".ogg", ".oga"), vorbis.fields, vorbis),
    Container("oga", OggFLAC, (".oga", ".ogg"), vorbis.fields, vorbis),
    Container("opus", OggOpus, (".opus",), vorbis.fields, vorbis),
    Container("spx", OggSpeex, (".spx",), vorbis.fields, vorbis),
    Container("m4a", MP4, (".m4a", ".m4b", ".mp4", ".m4r"), mp4.fields, mp4),
    Container("wma", ASF, (".wma", ".asf"), asf.fields, asf),
    Container("ape", MonkeysAudio, (".ape",), apev2.fields, apev2),
    Container("wv", WavPack, (".wv",), apev2.fields, apev2),
    Container("mpc", Musepack, (".mpc", ".mp+"), apev2.fields, apev2),
    Container("ofr", OptimFROG, (".ofr", ".ofs"), apev2.fields, apev2),
    Container("tak", TAK, (".tak",), apev2.fields, apev2),
    Container("tta", TrueAudio, (".tta",), id3.fields, id3, translates=True),
    Container("aiff", AIFF, (".aiff", ".aif", ".aifc"), id3.fields, id3, translates=True),
    Container("wav", WAVE, (".wav", ".wave"), id3.fields, id3, translates=True),
    Container("dsf", DSF, (".dsf",), id3.fields, id3, translates=True),
    Container("dff", DSDIFF, (".dff",), id3.fields, id3, translates=True),
    Container("aac", AAC, (".aac", ".adts"), id3.fields),
    Container("ac3", AC3, (".ac3", ".eac3"), id3.fields),
)
