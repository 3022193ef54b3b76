"""ASF: Windows Media; read only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from genretagger.tagging.containers.family import Fields, joined, texts

if TYPE_CHECKING:
    from mutagen.asf import ASFTags


def fields(tags: ASFTags) -> Fields:
    """Return what the track list shows of the attributes."""
    return Fields(
        joined(tags.get("Title")),
        joined(tags.get("Author")),
        joined(tags.get("WM/AlbumTitle")),
        joined(tags.get("WM/AlbumArtist")),
        texts(tags.get("WM/Genre")),
    )
