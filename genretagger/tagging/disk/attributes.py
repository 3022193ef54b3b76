"""Owner, mode, extended attributes and flags of a file, as far as they matter to a write.

Only reads them; `fs` sets them.
"""

from __future__ import annotations

import errno
import os
import stat
import struct
import sys
from typing import Final

if sys.platform == "linux":
    import fcntl

from pathlib import Path

# On Linux the usual ACL is an extended attribute; others under system. and security. are made by
# the kernel or a policy, and a copy need not have them. xattr(7)
_ACL: Final = "system.posix_acl_access"
_OURS: Final = "user."
# FS_IOC_GETFLAGS is _IOR('f', 1, long), FS_IMMUTABLE_FL and FS_APPEND_FL are bits of its answer.
# ioctl_iflags(2). Other machines have another number: there the call fails and no flag is known.
_LONG: Final = struct.Struct("l")
_GET_FLAGS: Final = 0x8000_6601 | _LONG.size << 16
_IMMUTABLE_OR_APPEND: Final = 0x10 | 0x20
_UNKNOWN: Final = frozenset({errno.ENOTSUP, errno.ENODATA, errno.EPERM, errno.EACCES})


def are_kept(source: Path, copy: Path) -> bool:
    """Return whether `copy` has the owner, mode, ACL and user's attributes of `source`.

    On a file system without them both look the same.
    """
    return _owner_and_mode(source) == _owner_and_mode(copy) and (
        _user_attributes(source) == _user_attributes(copy)
    )


def _owner_and_mode(path: Path) -> tuple[int, int, int]:
    status = path.stat()
    return status.st_uid, status.st_gid, stat.S_IMODE(status.st_mode)


def is_marked(path: Path) -> bool:
    """Return whether a file or folder is marked as immutable or append-only."""
    status = path.stat()
    flags = getattr(status, "st_flags", 0)  # the BSDs and macOS
    if flags:
        marks = stat.UF_IMMUTABLE | stat.UF_APPEND | stat.SF_IMMUTABLE | stat.SF_APPEND
        return bool(flags & marks)
    return _has_mark(path)


def is_mounted_read_only(path: Path) -> bool:
    """Return whether nothing on the file system of `path` can be written."""
    if sys.platform == "win32":
        return False
    return bool(os.statvfs(path).f_flag & os.ST_RDONLY)


if sys.platform == "linux":

    def _user_attributes(path: Path) -> dict[str, bytes]:
        """Return the extended attributes that a user gave the file."""
        try:
            names = [n for n in os.listxattr(path) if n == _ACL or n.startswith(_OURS)]
            return {name: os.getxattr(path, name) for name in names}
        except OSError as error:
            if error.errno in _UNKNOWN:
                return {}
            raise

    def _has_mark(path: Path) -> bool:
        try:
            descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
        except OSError:
            return False
        try:
            answer = fcntl.ioctl(descriptor, _GET_FLAGS, bytes(_LONG.size))
            return bool(_LONG.unpack(answer)[0] & _IMMUTABLE_OR_APPEND)
        except OSError:
            return False
        finally:
            os.close(descriptor)
else:

    def _user_attributes(path: Path) -> dict[str, bytes]:
        """Return nothing: Python reads no extended attributes here."""
        del path
        return {}

    def _has_mark(path: Path) -> bool:
        del path
        return False
