"""The table of containers: a new container is a new row here and in `core.file_kinds`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, BinaryIO, Final

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

from genretagger.tagging.containers import apev2, asf, mp4
from genretagger.tagging.containers.id3 import id3_writer
from genretagger.tagging.containers.mutagen_internals import (
    TAK,
    MonkeysAudio,
    Musepack,
    OptimFROG,
    WavPack,
)
from genretagger.tagging.containers.vorbis import vorbis_writer
from genretagger.tagging.containers.writer import Fields, Writer
from genretagger.tagging.layout import matroska


class UnparsedFile:
    """Stands for mutagen's view of a file that can be heard but that mutagen cannot read."""

    tags = None
    info = None

    def __init__(self, fileobj: BinaryIO) -> None:
        """Look at nothing."""


class Matroska:
    """Stands for mutagen's view of Matroska and WebM, which it does not know.

    `tags` are listed as Vorbis comments are; they are shown and never written.
    """

    def __init__(self, fileobj: BinaryIO) -> None:
        parsed = matroska.parse(fileobj)
        self.tags = list(parsed.texts)
        self.info = SimpleNamespace(
            length=parsed.length_s, sample_rate=parsed.sample_rate_hz, channels=parsed.channels
        )


@dataclass(frozen=True, slots=True)
class Container:
    """A container: its id, mutagen's class for it, reader of its tags, its writer.

    family : how its tags are written, None if they are not
    refusal : the key of the message that says why
    translates : mutagen's class would rewrite ID3 genres on reading unless told not to
    """

    name: str
    kind: type[Any]
    fields: Callable[[Any], Fields]
    family: type[Writer] | None = None
    translates: bool = False
    refusal: str = "container-without-tags"

    @property
    def writer(self) -> Writer | None:
        """What reads and stores its genre, None if its tags are not written."""
        return self.family(self.name) if self.family else None


CONTAINERS: Final = (
    Container("mp3", MP3, id3_writer.fields, id3_writer.Id3Writer, translates=True),
    Container("flac", FLAC, vorbis_writer.fields, vorbis_writer.FlacWriter),
    Container("ogg", OggVorbis, vorbis_writer.fields, vorbis_writer.OggWriter),
    Container("oga", OggFLAC, vorbis_writer.fields, vorbis_writer.OggWriter),
    Container("opus", OggOpus, vorbis_writer.fields, vorbis_writer.OggWriter),
    Container("spx", OggSpeex, vorbis_writer.fields, vorbis_writer.OggWriter),
    Container("m4a", MP4, mp4.fields, mp4.Mp4Writer),
    Container("wma", ASF, asf.fields, asf.AsfWriter),
    Container("ape", MonkeysAudio, apev2.fields, apev2.ApeWriter),
    Container("wv", WavPack, apev2.fields, apev2.ApeWriter),
    Container("mpc", Musepack, apev2.fields, apev2.ApeWriter),
    Container("ofr", OptimFROG, apev2.fields, apev2.ApeWriter),
    Container("tak", TAK, apev2.fields, apev2.ApeWriter),
    Container("tta", TrueAudio, id3_writer.fields, id3_writer.Id3Writer, translates=True),
    Container("aiff", AIFF, id3_writer.fields, id3_writer.Id3Writer, translates=True),
    Container("wav", WAVE, id3_writer.fields, id3_writer.Id3Writer, translates=True),
    Container("dsf", DSF, id3_writer.fields, id3_writer.Id3Writer, translates=True),
    Container("dff", DSDIFF, id3_writer.fields, id3_writer.Id3Writer, translates=True),
    Container("aac", AAC, id3_writer.fields),
    Container("ac3", AC3, id3_writer.fields),
    Container("mka", Matroska, vorbis_writer.fields, refusal="matroska-read-only"),
    Container("w64", UnparsedFile, id3_writer.fields, refusal="kind-read-only"),
    Container("caf", UnparsedFile, id3_writer.fields, refusal="kind-read-only"),
    Container("au", UnparsedFile, id3_writer.fields, refusal="kind-read-only"),
    Container("amr", UnparsedFile, id3_writer.fields, refusal="kind-read-only"),
)
