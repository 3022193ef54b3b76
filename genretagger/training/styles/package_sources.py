"""The packages of Debian 12 that give music outside the ten genres, and some of a known style.

They stand beside the soundtracks of `training.sounds`, none of which is repeated here. Each licence
is the one that the package's `debian/copyright` states for the files taken.
"""

from __future__ import annotations

from typing import Final

from genretagger.training.sounds.debian_packages import MUSIC, PackageSource

_SHARE: Final = "usr/share"
# Ten games of one author, whose music is his own: one group.
_KENTA_CHO: Final = (
    ("a7xpg", "sounds"),
    ("gunroar", "sounds/musics"),
    ("mu-cade", "sounds/musics"),
    ("noiz2sa", "sounds"),
    ("parsec47", "sounds"),
    ("rrootage", "sounds"),
    ("titanion", "sounds/musics"),
    ("torus-trooper", "sounds/musics"),
    ("tumiki-fighters", "sounds"),
    ("val-and-rick", "sounds/musics"),
)


def _music(
    package: str, licence: str, pattern: str, group: str = "", but_not: str = r"$^"
) -> PackageSource:
    group = group or package.removesuffix("-data")
    return PackageSource(package, MUSIC, licence, f"{_SHARE}/{pattern}", group, but_not)


SOURCES: Final = (
    *(
        _music(f"{game}-data", "BSD-2-clause", f"games/{game}/{folder}/*.ogg", "Kenta Cho")
        for game, folder in _KENTA_CHO
    ),
    _music("amoebax-data", "Free-Art-License-1.2", "games/amoebax/music/*.ogg"),
    _music("ardentryst", "CC-BY-SA-3.0", "games/ardentryst/Music/*.ogg", but_not=r"_raw|2\.ogg$"),
    _music("asc-music", "GPL-2+", "games/asc/music/*.mp3"),
    _music("bumprace-data", "GPL-2+", "games/bumprace/sound/Flying_me_softly.ogg"),
    _music("caveexpress-data", "CC-BY-SA-4.0", "games/caveexpress/sounds/music-*.ogg"),
    _music("enigma-data", "GPL-2+", "games/enigma/music/*/*.ogg"),
    _music("extremetuxracer-data", "GPL-2+", "games/etr/music/*.ogg"),
    _music("fillets-ng-data", "GPL-2+", "games/fillets-ng/music/*.ogg"),
    _music("flare-game", "CC-BY-SA-3.0+", "games/flare/mods/fantasycore/music/*.ogg"),
    _music("freedink-data", "GPL-3+ and CC-BY-3.0", "games/dink/dink/Sound/*.ogg"),
    _music("freedroidrpg-data", "GPL-2+", "freedroidrpg/data/sound/music/*.ogg"),
    _music("freeorion-data", "CC-BY-SA-3.0", "games/freeorion/default/data/sound/artificial*.ogg"),
    _music("frozen-bubble-data", "GPL-2", "games/frozen-bubble/snd/*zik*.ogg"),
    _music("glob2-data", "GPL-3+", "games/glob2/data/zik/*.ogg"),
    _music("hex-a-hop-data", "CC-BY-SA-3.0", "games/hex-a-hop/hex-a-hop/music*.ogg"),
    _music("krank", "GPL-3", "games/krank/sounds/*/atmo.ogg", "Legoluft"),
    _music("lugaru-data", "CC-BY-SA-3.0", "games/lugaru/Sounds/Music*.ogg"),
    _music(
        "megaglest-data", "CC-BY-SA-3.0", "games/megaglest/techs/megapack/factions/*/music/*.ogg"
    ),
    _music(
        "naev-data",
        "GPL-2+, GPL-3, CC-BY-3.0, CC-BY-SA-3.0 and public domain",
        "naev/dat/snd/music/*.ogg",
    ),
    _music("openclonk-data", "CC-BY-3.0", "games/openclonk/Music.ocg/*.ogg"),
    _music("pathological", "GPL-2+", "games/pathological/music/*.ogg"),
    _music("powermanga-data", "GPL-3+", "games/powermanga/sound/handheld_console/music*.ogg"),
    _music("pushover-data", "GPL-3+", "pushover/themes/*.ogg"),
    _music(
        "redeclipse-data",
        "CC-BY-SA-3.0 and CC-BY-3.0",
        "games/redeclipse/data/sounds/music/*.ogg",
    ),
    _music("scorched3d-data", "GPL-2+", "games/scorched3d/data/globalmods/none/data/music/*.ogg"),
    _music(
        "starfighter-data",
        "CC-BY-3.0, CC-BY-SA-3.0, GPL-3+ and public domain",
        "starfighter/music/*.ogg",
    ),
    _music("tuxmath-data", "public domain", "tuxmath/sounds/*.ogg"),
    _music("unknown-horizons", "CC-BY-SA-3.0", "unknown-horizons/content/audio/music/**/*.ogg"),
    _music("warmux-data", "GPL-2+", "games/warmux/music/*/*.ogg"),
    _music("wizznic-data", "GPL-3+", "games/wizznic/**/*.ogg", "Sean Hawk", but_not=r"/snd/"),
    _music("zaz-data", "CC-BY-SA-3.0", "games/zaz/mus*.ogg", "paniq"),
)
