"""Decides by name what a walk through folders leaves out: bins, previews, programs' folders.

Knows only names; the walk itself enters every folder that the user names.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

# Sources: Microsoft, "File system reserved names" and chkdsk's FOUND.nnn; Apple, hidden folders of
# volumes and AppleDouble (RFC 1740); freedesktop.org, "Trash specification" 1.0 and "Thumbnail
# managing standard"; e2fsck(8); Samba, vfs_recycle(8) and vfs_shadow_copy2(8); Netatalk,
# afp.conf(5); snapper(8); OpenZFS, zfsprops(7); NetApp ONTAP (~snapshot); FreeBSD, mksnap_ffs(8);
# digiKam (.dtrash); Synology DSM (@eaDir, #recycle, #snapshot), QNAP
# QTS (@Recycle, .@__thumb); Syncthing and Resilio Sync, "Versioning" and "Archive".
_SYSTEM_FOLDERS: Final = frozenset(
    (
        *("$recycle.bin", "system volume information", "$extend"),
        *(".trashes", ".spotlight-v100", ".fseventsd", ".documentrevisions-v100", "__macosx"),
        *(".temporaryitems", "temporary items", "network trash folder", ".mobilebackups"),
        *(".appledouble", ".appledb", ".appledesktop", "thevolumesettingsfolder"),
        *("lost+found", ".thumbnails", ".thumbs", ".recycle", ".recycle.bin"),
        *(".snapshots", ".snapshot", "~snapshot", ".snap", ".zfs", "#recycle", "#snapshot"),
        *("@eadir", "@tmp", ".dtrash"),
        *("@sharesnap", "@recycle", "@recently-snapshot", ".@__thumb", "@__thumb"),
        *(".stversions", ".stfolder", ".sync", ".syncarchive", ".synctrash", ".dropbox.cache"),
        *(".tmp.drivedownload", ".tmp.driveupload", ".owncloudsync", ".synologyworkingdirectory"),
    )
)
_SYSTEM_PATTERN: Final = re.compile(r"\.trash[^ ]*|found\.\d{3}")
# The bins of older Windows; "Recycler" and "Recycled" are albums.
_IN_CAPITALS: Final = frozenset({"RECYCLER", "RECYCLED"})
# The same bin as Linux shows it on some disks (mount(8), vfat, shortname): one folder per user.
_IN_SMALL_LETTERS: Final = "recycler"
_JUNK_FILE: Final = re.compile(r"\._.*|\.gt-[0-9a-f]{16}\.tmp", re.DOTALL)  # AppleDouble; ours
# Folders of programs' own files; those of games and browsers include sounds.
_PROGRAM_FOLDERS: Final = frozenset(
    (
        *(".cache", ".config", ".local", ".var", ".tmp", ".temp", ".git", ".hg", ".svn", ".bzr"),
        *(".venv", ".tox", ".nox", ".npm", ".nvm", ".cargo", ".rustup", ".gradle", ".m2"),
        *(".ssh", ".gnupg", ".pki", ".mozilla", ".thunderbird", ".wine", ".steam", ".idea"),
        *(".vscode", ".android", ".docker", ".dropbox", ".backup", ".hidden", ".thumb"),
    )
)
# Usual names of programs' folders, but not ".38 Special", "...And Justice for All" or ".NOM".
_PROGRAM_LIKE: Final = re.compile(r"\.[a-z][a-z0-9._+-]*")


@dataclass(frozen=True, slots=True)
class LeftOutNames:
    """The names that a walk left out, each once per occurrence.

    system : folders of deleted files, previews, snapshots and the like
    hidden : folders of programs, whose names begin with a dot
    files : companion files of another system, with the suffix of the music file beside them
    """

    system: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    files: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.system or self.hidden or self.files)


class LeavingOut:
    """Decides which names a walk leaves out, and remembers them.

    Parameters
    ----------
    hidden : bool
        Whether folders of programs, whose names begin with a dot, are left out.
    """

    def __init__(self, *, hidden: bool) -> None:
        self._leaves_hidden = hidden
        self._system: list[str] = []
        self._hidden: list[str] = []
        self._files: list[str] = []

    @property
    def left(self) -> LeftOutNames:
        """The names left out so far."""
        return LeftOutNames(tuple(self._system), tuple(self._hidden), tuple(self._files))

    def leaves_folder(self, name: str) -> bool:
        """Return whether a folder of this name is never entered."""
        folded = name.casefold()
        is_named = folded in _SYSTEM_FOLDERS or name in _IN_CAPITALS
        if is_named or _SYSTEM_PATTERN.fullmatch(folded):
            self._system.append(name)
        elif self._leaves_hidden and folded in _PROGRAM_FOLDERS:
            self.hide(name)
        else:
            return False
        return True

    def is_doubtful(self, name: str) -> bool:
        """Return whether a folder of this name is left out unless music lies directly in it.

        `.hack` could be a program's folder or a band's, `recycler` a bin or an album.
        """
        if name == _IN_SMALL_LETTERS:
            return True
        return self._leaves_hidden and _PROGRAM_LIKE.fullmatch(name) is not None

    def hide(self, name: str) -> None:
        """Remember that a doubtful folder, or one of a program, was left out."""
        (self._system if name == _IN_SMALL_LETTERS else self._hidden).append(name)

    def leaves_file(self, name: str) -> bool:
        """Return whether a file of this name is not the user's own."""
        is_junk = _JUNK_FILE.fullmatch(name) is not None
        if is_junk:
            self._files.append(name)
        return is_junk
