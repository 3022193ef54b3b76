"""The packages of Debian 12 that give recorded sounds and music without labels.

Kinds, groups and patterns follow the names that the packages give their files; each licence is the
one that the package's `debian/copyright` states for the files taken.
"""

from __future__ import annotations

from typing import Final

from genretagger.training.sounds.debian_packages import (
    EFFECTS,
    MUSIC,
    RECORDED_SPEECH,
    PackageSource,
)

_EFFECTS_S: Final = 10.0
_SPEECH_S: Final = 30.0


def _asterisk(language: str, speaker: str, licence: str) -> PackageSource:
    """Return the telephone prompts of one speaker (8 kHz), without silence and short digits."""
    package = f"asterisk-core-sounds-{language}-wav"
    pattern = f"usr/share/asterisk/sounds/{speaker}/*.wav"
    return PackageSource(
        package, RECORDED_SPEECH, licence, pattern, speaker, r"beep|tone", _SPEECH_S, n_pieces=8
    )


def _speech(package: str, licence: str, pattern: str, group: str, n_pieces: int) -> PackageSource:
    return PackageSource(
        package, RECORDED_SPEECH, licence, pattern, group, piece_s=_SPEECH_S, n_pieces=n_pieces
    )


def _effects(
    package: str, licence: str, pattern: str, but_not: str, n_pieces: int
) -> PackageSource:
    group = "field" if "tuxpaint" in package else "effects"
    return PackageSource(package, EFFECTS, licence, pattern, group, but_not, _EFFECTS_S, n_pieces)


def _music(
    package: str,
    licence: str,
    pattern: str,
    group: str,
    style: str = "",
    *,
    but_not: str = r"$^",
) -> PackageSource:
    return PackageSource(package, MUSIC, licence, pattern, group, but_not, style=style)


_STAMPS: Final = "usr/share/tuxpaint/stamps"
_HOGS: Final = "usr/share/games/hedgewars/Data"
_FILLETS: Final = "usr/share/games/fillets-ng/sound"
_LETTERS: Final = (
    "ar cs da de en en_GB es fr he hu it lt ml nds nl pt_BR ru tn uk"  # klettres' languages
)
# All voices but Singer, who sings.
_HOG_VOICES: Final = (
    "British Classic Default Default_es Default_pl Default_ru Default_uk HillBilly Mobster Pirate "
    "Robot Russian Russian_pl Surfer"
)

_WIDELANDS: Final = "usr/share/games/widelands/data"
_KART: Final = "usr/share/games/supertuxkart/data"
# Short tunes among the effects.
_KART_TUNES: Final = r"fanfare|gnu_flute|gp_end|race_finish|start_race|restaurant|energy_bar"
_TUBERLING: Final = "usr/share/ktuberling/sounds"
_TUBERLING_LANGUAGES: Final = "ca da de el en fr gl lt nn ru sl uk wa"

SOURCES: Final = (
    _asterisk("en", "en_US_f_Allison", "CC-BY-SA-3.0"),
    _asterisk("es", "es_MX_f_Allison", "CC-BY-SA-3.0"),
    _asterisk("fr", "fr_CA_f_June", "CC-BY-SA-3.0"),
    _asterisk("it", "it_IT_m_Carlo", "CC-BY-3.0"),
    _asterisk("ru", "ru_RU_f_IvrvoiceRU", "CC-BY-3.0"),
    # Dialogues of two fishes, -m- the small and -v- the big one; other files are noises.
    *(
        _speech(
            f"fillets-ng-data-{language}",
            "GPL-2",
            f"{_FILLETS}/*/{language}/*-{fish}-*.ogg",
            f"{language}-{fish}",
            6,
        )
        for language in ("cs", "nl")
        for fish in ("m", "v")
    ),
    *(
        _speech("klettres-data", "GPL-2+", f"usr/share/klettres/{name}/*/*.ogg", name, 1)
        for name in _LETTERS.split()
    ),
    # Spoken names of the stamps.
    *(
        _speech("tuxpaint-stamps-default", "GPL-2", f"{_STAMPS}/**/*_desc_{name}.ogg", name, 3)
        for name in ("be", "bg", "ca", "da", "el", "es", "fr", "ro", "ru")
    ),
    *(
        _speech("hedgewars-data", "GFDL-1.3", f"{_HOGS}/Sounds/voices/{name}/*.ogg", name, 1)
        for name in _HOG_VOICES.split()
    ),
    *(
        _speech("ktuberling-data", "GPL-2+", f"{_TUBERLING}/{name}/*.*", name, 2)
        for name in _TUBERLING_LANGUAGES.split()
    ),
    _effects(  # animals, tools and vehicles, without spoken names, music and letters
        "tuxpaint-stamps-default",
        "GPL-2",
        f"{_STAMPS}/**/*.ogg",
        r"_desc|_[a-z]{2}(_[A-Z]{2})?\.ogg$|/music/|/symbols/|/hanukkah/|/flags/|/roadsigns/",
        40,
    ),
    _effects("colobot-common-sounds", "GPL-3+", "usr/share/games/colobot/sounds/*.wav", r"$^", 12),
    _effects(
        "hedgewars-data",
        "GFDL-1.3 and CC-BY-SA-3.0",
        f"{_HOGS}/Sounds/*.ogg",
        r"valkyries|chant|Yoohoo|custom",
        12,
    ),
    _effects(
        "hyperrogue-music",
        "CC-BY-SA-4.0, CC-BY-3.0 and CC0-1.0",
        "usr/share/hyperrogue/sounds/*.ogg",
        r"speak-|dzia-|prince|tada|levelup",
        14,
    ),
    _effects(
        "supertux-data",
        "GPL-3+",
        "usr/share/games/supertux2/sounds/*.*",
        r"invincible|tada|welldone|\.sh$",
        14,
    ),
    _effects(  # blows, animals and machines; a forest, a fire and a ship
        "wesnoth-1.16-data",
        "GPL-2+",
        "usr/share/games/wesnoth/1.16/data/core/sounds/**/*.*",
        r"horn-|wardrums|fanfare|heal|holy",
        30,
    ),
    _effects(
        "sound-theme-freedesktop",
        "GPL-2+, CC-BY-SA-3.0 and CC-BY-3.0",
        "usr/share/sounds/freedesktop/stereo/*.oga",
        r"audio-channel|audio-test",  # spoken
        4,
    ),
    _effects(  # a city: works, traffic, crowds, water, fire, machines
        "lincity-ng-data", "GPL-2+", "usr/share/games/lincity-ng/sounds/*.wav", r"$^", 30
    ),
    _effects(  # animals, trades, taverns
        "widelands-data", "GPL-2+", f"{_WIDELANDS}/sound/**/*.ogg", r"lobby|message_|military", 20
    ),
    _effects("supertuxkart-data", "GPL-3+", f"{_KART}/sfx/*.ogg", _KART_TUNES, 20),
    _effects(
        "minetest-data",
        "CC-BY-SA-3.0, CC-BY-3.0 and CC0-1.0",
        "usr/share/games/minetest/games/minetest_game/mods/*/sounds/*.ogg",
        r"$^",
        12,
    ),
    _effects(  # engines
        "torcs-data", "GPL-2+", "usr/share/games/torcs/data/sound/*.wav", r"$^", 12
    ),
    _music("asterisk-moh-opsound-wav", "CC-BY-SA-3.0", "usr/share/asterisk/moh/*.wav", "moh"),
    _music("colobot-common-sounds", "GPL-3+", "usr/share/games/colobot/music/*.ogg", "colobot"),
    # Its debian/copyright names Muldjord a Danish metal band.
    _music(
        "fretsonfire-songs-muldjord",
        "CC-BY-SA-3.0",
        "usr/share/games/fretsonfire/data/songs/*/*/song.ogg",
        "muldjord",
        "metal",
    ),
    _music(
        "fretsonfire-songs-sectoid",
        "Expat",
        "usr/share/games/fretsonfire/data/songs/*/*/song.ogg",
        "sectoid",
    ),
    _music("hedgewars-data", "GPL-2", f"{_HOGS}/Music/*.ogg", "hedgewars"),
    _music("hyperrogue-music", "CC-BY-SA-3.0", "usr/share/hyperrogue/music/*.ogg", "hyperrogue"),
    _music(
        "singularity-music",
        "CC-BY-SA-3.0",
        "usr/share/games/singularity/music/**/*.ogg",
        "singularity",
    ),
    _music("supertux-data", "GPL-2+", "usr/share/games/supertux2/music/**/*.ogg", "supertux"),
    _music(
        "lincity-ng-data", "GPL-2+", "usr/share/games/lincity-ng/music/default/*.ogg", "lincity"
    ),
    _music("planetblupi-music-ogg", "GPL-3+", "usr/share/planetblupi/music/*.ogg", "planetblupi"),
    _music("xmoto-data", "GPL-2+", "usr/share/games/xmoto/Textures/Musics/*.ogg", "xmoto"),
    _music(  # without the faster versions of the same tunes
        "supertuxkart-data",
        "GPL-3+",
        f"{_KART}/music/*.ogg",
        "supertuxkart",
        but_not=r"_f(ast)?\.ogg$",
    ),
    _music(
        "warzone2100-music",
        "GPL-2+",
        "usr/share/games/warzone2100/music/**/*.opus",
        "warzone2100",
    ),
    _music(
        "wesnoth-1.16-music",
        "GPL-2+",
        "usr/share/games/wesnoth/1.16/data/core/music/*.ogg",
        "wesnoth",
    ),
    _music(
        "widelands-data",
        "GPL-2+ and CC-BY-SA-3.0",
        f"{_WIDELANDS}/music/*.ogg",
        "widelands",
    ),
)
