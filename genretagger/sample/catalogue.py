"""The contents of the sample library: its tracks, with realistic tags and typical flaws.

Artists and titles are made up.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from genretagger.sample import acoustic, electric, instruments, speech
from genretagger.sample.encoding import AAC_96, FLAC, MP3_96, OPUS_64, VORBIS, WAV, Coding, encode
from genretagger.sample.waves import SAMPLE_RATE_HZ, forget, normalised

Piece = Callable[[float, int], NDArray[np.float32]]

_COVER_SIZE: Final = 240


@dataclass(frozen=True, slots=True)
class SampleTrack:
    """One track of the library.

    name : path below the folder of the library, with `/`
    about : what the track demonstrates, for people
    cover : number of its cover, None for no cover
    share : the part of the file that is written; below 1 the file is cut off
    """

    name: str
    about: str
    piece: Piece
    seed: int
    seconds: float
    coding: Coding
    tags: Mapping[str, str] = field(default_factory=dict)
    cover: int | None = None
    share: float = 1.0
    read_only: bool = False

    def content(self) -> bytes:
        """Return the bytes of the file, the same every time."""
        samples = self.piece(self.seconds, self.seed)
        forget()
        content = encode(
            samples,
            sample_rate_hz=SAMPLE_RATE_HZ,
            coding=self.coding,
            tags=self.tags,
            cover=None if self.cover is None else _cover(self.cover),
        )
        return content[: round(self.share * len(content))]


@dataclass(frozen=True, slots=True)
class SampleText:
    """One text file of the library, which is not music."""

    name: str
    about: str
    text: str
    read_only: bool = False

    def content(self) -> bytes:
        """Return the bytes of the file."""
        return self.text.encode()


def _cover(seed: int) -> NDArray[np.uint8]:
    """Return rings of two colours [uint8, shape=(height, width, 3)]."""
    random = np.random.default_rng(seed)
    inner, outer = random.integers(30, 226, (2, 3))
    rows, columns = np.mgrid[:_COVER_SIZE, :_COVER_SIZE] - random.integers(60, 180)
    is_inner = (np.hypot(rows, columns) // 30) % 2 == 0
    return np.asarray(np.where(is_inner[:, :, None], inner, outer), np.uint8)


def _silence(seconds: float, _seed: int) -> NDArray[np.float32]:
    return np.zeros((2, round(seconds * SAMPLE_RATE_HZ)), np.float32)


def _jingle(seconds: float, _seed: int) -> NDArray[np.float32]:
    chord = np.sum([instruments.organ(pitch, seconds) for pitch in (60, 64, 67)], axis=0)
    return normalised(np.stack([chord, chord]))


# Fast rather than best encoding, because the user waits for it.
_MP3: Final = replace(MP3_96, bit_rate=128_000, encoding={"compression_level": "9"})
_M4A: Final = replace(AAC_96, encoding={"aac_coder": "fast"})
_MP3_V23: Final = replace(_MP3, muxing={"id3v2_version": "3"})
_VORBIS: Final = replace(VORBIS, bit_rate=112_000)
_FORGE: Final = {"artist": "Iron Circuit", "album": "Forge", "date": "1991"}
_SATURDAY: Final = {"artist": "Mirror Avenue", "album": "Saturday", "date": "1978"}

TRACKS: Final = (
    SampleTrack("Iron Circuit/Forge/01 Anvil.mp3", "no genre",
        electric.metal, 0, 26, _MP3, _FORGE | {"title": "Anvil", "track": "1/3"}, cover=1),
    SampleTrack("Iron Circuit/Forge/02 Furnace.mp3", "the right genre",
        electric.metal, 1, 22, _MP3,
        _FORGE | {"title": "Furnace", "track": "2/3", "genre": "Metal"}, cover=1),
    SampleTrack("Iron Circuit/Forge/03 Chrome.mp3", "the old number (17), which stands for Rock",
        electric.rock, 1, 24, _MP3_V23,
        _FORGE | {"title": "Chrome", "track": "3/3", "genre": "(17)"}, cover=1),
    SampleTrack("Mirror Avenue/Saturday/01 Four to the Floor.flac", "the right genre",
        electric.disco, 0, 24, FLAC,
        _SATURDAY | {"title": "Four to the Floor", "track": "1/2", "genre": "Disco"}, cover=2),
    SampleTrack("Mirror Avenue/Saturday/02 After Hours.flac", "a wrong genre",
        electric.disco, 1, 22, FLAC,
        _SATURDAY | {"title": "After Hours", "track": "2/2", "genre": "Metal"}, cover=2),
    SampleTrack("Downloads/MC Lattice - Night Bus.mp3", "a genre, spelled Hip Hop",
        electric.hiphop, 0, 24, _MP3,
        {"artist": "MC Lattice", "title": "Night Bus", "genre": "Hip Hop"}),
    SampleTrack("Downloads/MC Lattice - Rooftops.m4a", "the same genre, spelled hip-hop",
        electric.hiphop, 1, 24, _M4A,
        {"artist": "MC Lattice", "title": "Rooftops", "genre": "hip-hop"}),
    SampleTrack("Downloads/Nine Lanterns - Paper Boats.m4a", "no genre",
        electric.pop, 0, 24, _M4A, {"artist": "Nine Lanterns", "title": "Paper Boats"}),
    SampleTrack("Downloads/Old River Trio - Twelve Bars.wav", "two genres in one text",
        acoustic.blues, 1, 20, WAV,
        {"artist": "Old River Trio", "title": "Twelve Bars", "genre": "Blues/Rock"}),
    SampleTrack("Downloads/June Hollis - Fence Line.mp3", "no genre",
        acoustic.country, 1, 24, _MP3, {"artist": "June Hollis", "title": "Fence Line"}),
    SampleTrack("Downloads/Palmetto Sound - Slow Tide.opus", "a wrong genre",
        acoustic.reggae, 0, 26, OPUS_64,
        {"artist": "Palmetto Sound", "title": "Slow Tide", "genre": "Rock"}),
    SampleTrack("Quintet Azul/Corner Table.ogg", "a wrong genre",
        acoustic.jazz, 1, 24, _VORBIS,
        {"artist": "Quintet Azul", "title": "Corner Table", "genre": "Easy Listening"}),
    SampleTrack("Quintet Azul/Blue Door.flac", "cut off, as by a download that broke",
        acoustic.jazz, 0, 30, FLAC,
        {"artist": "Quintet Azul", "title": "Blue Door", "genre": "Jazz"}, share=0.6),
    SampleTrack("Klara Venn/Nocturne.m4a", "the right genre",
        acoustic.classical_piano, 0, 26, _M4A,
        {"artist": "Klara Venn", "title": "Nocturne", "genre": "Classical"}),
    SampleTrack("Klara Venn/Adagio.opus", "no genre, and write-protected",
        acoustic.classical_strings, 0, 30, OPUS_64,
        {"artist": "Klara Venn", "title": "Adagio"}, read_only=True),
    SampleTrack("Tapes/Interview.mp3", "speech, not music",
        speech.talk, 0, 24, _MP3, {"title": "Interview", "genre": "Podcast"}),
    SampleTrack("Tapes/Side B.flac", "silent", _silence, 0, 20, FLAC, {"title": "Side B"}),
    SampleTrack("Tapes/Jingle.wav", "too short to judge", _jingle, 0, 0.4, WAV),
)  # fmt: skip
OTHERS: Final = (
    SampleText(
        "Downloads/Track 07.mp3",
        "a web page under the name of a track",
        "<!DOCTYPE html>\n<title>404</title>\n<p>This track was not found.</p>\n",
    ),
    SampleText(
        "Read me.txt",
        "what this is",
        "All that is to be heard here was synthesised by Genretagger, for trying it; artists\n"
        "and titles are made up. Change or delete it as you like.\n",
    ),
)
