"""Playlists by genre: one M3U8 file each, with names that every file system accepts."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

_SUFFIX = ".m3u8"
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029]')
# Devices of Windows, whatever stands behind a dot.
_DEVICES = frozenset(
    (
        *("con", "prn", "aux", "nul", "conin$", "conout$"),
        *(f"{device}{digit}" for device in ("com", "lpt") for digit in "0123456789¹²³"),
    )
)
_MOST_BYTES = 200  # of 255, so that number, suffix and the name of a temporary file have room
_ENTRY_END = re.compile(r"[\r\n\u2028\u2029\x85]+")


@dataclass(frozen=True, slots=True)
class PlaylistEntry:
    """A track of playlists, with the genres that it belongs to."""

    path: Path
    genres: tuple[str, ...]
    title: str = ""
    artist: str = ""
    duration_s: float | None = None


def make_playlists(
    entries: Iterable[PlaylistEntry], *, folder: Path, is_relative: bool
) -> list[tuple[str, bytes]]:
    """Return name and content of a playlist for each genre, in the order of their names.

    Spellings that differ in case only are one genre, under the spelling met first. A track with
    several genres is in all of their playlists, one without a genre in none; nor is one with a line
    break in its path, which a playlist cannot hold.

    Parameters
    ----------
    folder : Path
        Where the playlists will be; with `is_relative` tracks are named as seen from there, unless
        they are on another drive.
    """
    spelled: dict[str, str] = {}
    members: dict[str, list[PlaylistEntry]] = {}
    for entry in entries:
        if _ENTRY_END.search(str(entry.path)):
            continue
        for key, genre in {_key(genre): genre for genre in entry.genres if genre.strip()}.items():
            spelled.setdefault(key, genre)
            members.setdefault(key, []).append(entry)
    keys = sorted(members)
    names = name_files(spelled[key] for key in keys)
    return [
        (name + _SUFFIX, _content(members[key], folder=folder, is_relative=is_relative))
        for name, key in zip(names, keys, strict=True)
    ]


def _content(entries: Iterable[PlaylistEntry], *, folder: Path, is_relative: bool) -> bytes:
    lines = ["#EXTM3U"]
    for entry in entries:
        seconds = -1 if entry.duration_s is None else round(entry.duration_s)
        said = " - ".join(filter(None, (entry.artist, entry.title or entry.path.stem)))
        lines.append(f"#EXTINF:{seconds},{_ENTRY_END.sub(' ', said)}")
        lines.append(_place(entry.path, folder=folder, is_relative=is_relative))
    # The bytes of a path as they are, also where they are no UTF-8: else no player finds the file.
    return ("\n".join(lines) + "\n").encode("utf-8", "surrogateescape")


def _place(path: Path, *, folder: Path, is_relative: bool) -> str:
    if not is_relative:
        return str(path)
    try:
        place = os.path.relpath(path, folder)
    except ValueError:  # another drive
        return str(path)
    # A line that begins with # is a comment.
    return os.path.join(os.curdir, place) if place.startswith("#") else place  # noqa: PTH118


def name_files(genres: Iterable[str]) -> Iterator[str]:
    """Yield a file name without suffix for each genre; no file system takes two of them for one."""
    taken: set[str] = set()
    for genre in genres:
        name = wanted = _safe(genre)
        number = 1
        while _key(name) in taken:
            number += 1
            name = f"{wanted} ({number})"
        taken.add(_key(name))
        yield name


def _safe(genre: str) -> str:
    """Return a genre as a file name that Windows, macOS and Linux accept."""
    name = _FORBIDDEN.sub("_", unicodedata.normalize("NFC", genre)).strip(" ")
    name = name.encode()[:_MOST_BYTES].decode(errors="ignore").rstrip(" .")
    is_device = name.split(".")[0].rstrip(" ").lower() in _DEVICES
    return f"_{name}" if not name or is_device or name.startswith((".", "-")) else name


def _key(text: str) -> str:
    """Return a key that is equal for names that some file system takes for one."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())
