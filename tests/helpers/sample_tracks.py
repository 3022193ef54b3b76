"""Single tracks of the sample music: all of it takes long to make."""

from __future__ import annotations

from genretagger.sample.catalogue import TRACKS


def write_samples(folder, *names):
    """Write those tracks of the sample music, as paths from `folder` name them; all writable."""
    for track in TRACKS:
        if track.name in names:
            path = folder / track.name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(track.content())
