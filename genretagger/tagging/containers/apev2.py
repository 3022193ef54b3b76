"""APEv2: Monkey's Audio, WavPack, Musepack, OptimFROG and TAK; read only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from genretagger.tagging.containers.family import Fields, joined, texts

if TYPE_CHECKING:
    from mutagen.apev2 import APEv2


def fields(tags: APEv2) -> Fields:
    """Return what the track list shows of an APEv2 tag; keys have any case."""

    def of(*names: str) -> list[str]:
        found = next((tags[name] for name in names if name in tags), None)
        return str(found).split("\0") if found is not None else []

    return Fields(
        joined(of("Title")),
        joined(of("Artist")),
        joined(of("Album")),
        joined(of("Album Artist", "AlbumArtist")),
        texts(of("Genre")),
    )
