"""Makes one M3U8 playlist per genre, with file names that every file system accepts."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

_SUFFIX = ".m3u8"
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029]')
# Names of devices in Windows, with any suffix.
_DEVICES = frozenset(
    (
        *("con", "prn", "aux", "nul", "conin$", "conout$"),
        *(f"{device}{digit}" for device in ("com", "lpt") for digit in "0123456789¹²³"),
    )
)
_MOST_BYTES = 200  # of 255; a number, the suffix or the name of a temporary file needs the rest
_ENTRY_END = re.compile(r"[\r\n\u2028\u2029\x85]+")


@dataclass(frozen=True, slots=True)
class PlaylistEntry:
    """A track for playlists, with its genres."""

    path: Path
    genres: tuple[str, ...]
    title: str = ""
    artist: str = ""
    duration_s: float | None = None


def make_playlists(
    entries: Iterable[PlaylistEntry], *, folder: Path, is_relative: bool
) -> list[tuple[str, bytes]]:
    """Return the name and content of a playlist for each genre, in the order of their names.

    Spellings that differ only in case are one genre, named by the first spelling. A track appears
    in the playlist of each of its genres. Tracks without a genre are left out, and so are tracks
    with a line break in their path, because a playlist cannot hold it.

    Parameters
    ----------
    entries : iterable of PlaylistEntry
        The tracks.
    folder : Path
        The folder that the playlists will be written to.
    is_relative : bool
        Whether paths are relative to `folder`, except those on another drive.
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
        label = " - ".join(filter(None, (entry.artist, entry.title or entry.path.stem)))
        lines.append(f"#EXTINF:{seconds},{_ENTRY_END.sub(' ', label)}")
        lines.append(_location(entry.path, folder=folder, is_relative=is_relative))
    # Paths keep their bytes even if these are not UTF-8: otherwise no player finds the file.
    return ("\n".join(lines) + "\n").encode("utf-8", "surrogateescape")


def _location(path: Path, *, folder: Path, is_relative: bool) -> str:
    """Return the line of a playlist that names the file at `path`."""
    if not is_relative:
        return str(path)
    try:
        relative = os.path.relpath(path, folder)
    except ValueError:  # another drive
        return str(path)
    # A line that begins with # would be a comment, and one with a colon could be an address.
    is_misread = relative.startswith("#") or ":" in Path(relative).parts[0]
    return os.path.join(os.curdir, relative) if is_misread else relative  # noqa: PTH118


def name_files(genres: Iterable[str]) -> Iterator[str]:
    """Yield a file name without suffix for each genre; the names differ on every file system."""
    taken: set[str] = set()
    for genre in genres:
        name = safe_name = _safe(genre)
        number = 1
        while _key(name) in taken:
            number += 1
            name = f"{safe_name} ({number})"
        taken.add(_key(name))
        yield name


def _safe(genre: str) -> str:
    """Return a genre as a file name that Windows, macOS and Linux accept."""
    name = _FORBIDDEN.sub("_", unicodedata.normalize("NFC", genre)).strip(" ")
    name = name.encode()[:_MOST_BYTES].decode(errors="ignore").rstrip(" .")
    is_device = name.split(".")[0].rstrip(" ").lower() in _DEVICES
    return f"_{name}" if not name or is_device or name.startswith((".", "-")) else name


def _key(text: str) -> str:
    """Return the same key for names that some file system considers equal."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())
