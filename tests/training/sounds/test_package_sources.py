"""The packages that give recorded sounds and music."""

from __future__ import annotations

from genretagger.training.sounds.debian_packages import MUSIC
from genretagger.training.sounds.package_sources import SOURCES


def test_sources_are_consistent():
    assert {source.kind for source in SOURCES} == {"recorded-speech", "effects", "music"}
    for source in SOURCES:
        assert (source.n_pieces > 0) == (source.kind != MUSIC)
    names = [(source.package, source.kind, source.group) for source in SOURCES]
    assert len(set(names)) == len(names)
