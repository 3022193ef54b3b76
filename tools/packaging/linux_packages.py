"""Pack the one-folder program of Linux: an archive and a package for Debian and Ubuntu.

Run by `make package` after PyInstaller. Both are the same, byte for byte, whenever the folder is:
names are sorted, owners are root, every time is SOURCE_DATE_EPOCH
(https://reproducible-builds.org/docs/archives/).
"""

from __future__ import annotations

import gzip
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

from genretagger import __version__
from tools.packaging import elf, icons
from tools.source_tree import ROOT

APP_ID = "io.github.genretagger.Genretagger"
DIST = ROOT / "dist"
PROGRAM = DIST / "genretagger"
_SOURCES = Path(__file__).parent / "linux"
# The same machine, as Debian calls it (https://www.debian.org/ports/).
_DEBIAN_MACHINES = {"x86_64": "amd64", "aarch64": "arm64"}
# zstd's highest level needs four minutes for a tenth less.
_ZSTD_LEVEL = 12

_CONTROL = """\
Package: genretagger
Version: {version}
Architecture: {machine}
Maintainer: The Genretagger authors <genretagger@users.noreply.github.com>
Installed-Size: {kib}
Depends: libc6 (>= {glibc}), libdrm2, libegl1, libgl1, libwayland-client0, libwayland-cursor0, \
libwayland-egl1, libxcb1, xkb-data, fontconfig-config, fonts-dejavu-core | fonts-freefont-ttf
Recommends: xdg-utils, pulseaudio | pipewire-pulse
Section: sound
Priority: optional
Homepage: https://github.com/genretagger/genretagger
Description: hear the genres of a music library and tag its files
 Genretagger hears a genre for every track of a music library and says how sure
 it is. A neural network hears each track on this computer, the window shows
 what it heard, and the genres that you accept are written into the tags.
 .
 It never changes audio, never writes what you did not accept, and never sends
 anything. Each write can be undone.
"""
_COPYRIGHT = """\
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: Genretagger

Files: *
Copyright: The Genretagger authors
License: GPL-3.0-or-later
 The full text of the GNU General Public License is in
 /usr/share/common-licenses/GPL-3. The licences of the libraries that come with
 the program are in /usr/lib/genretagger/_internal/licenses.
"""


def epoch() -> int:
    """Return the time that every packed file gets: SOURCE_DATE_EPOCH, else that of the commit."""
    named = os.environ.get("SOURCE_DATE_EPOCH")
    if named:
        return int(named)
    command = ("git", "-C", ROOT, "log", "-1", "--format=%ct")
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return int(done.stdout) if done.returncode == 0 else 0


def write_archive(program: Path, target: Path) -> None:
    """Pack the folder of the program as a tar archive, compressed by zstd."""
    command = [
        *("tar", "--create", "--sort=name", f"--mtime=@{epoch()}"),
        *("--owner=0", "--group=0", "--numeric-owner", "--mode=u=rwX,go=rX"),
        *(f"--use-compress-program=zstd --quiet -{_ZSTD_LEVEL} --threads=0", "--file", target),
        *("--directory", program.parent, program.name),
    ]
    subprocess.run(command, check=True)


def write_deb(program: Path, target: Path, work: Path) -> None:
    """Pack the program with its desktop entry, icons, manual page and completions as a .deb."""
    shutil.rmtree(work, ignore_errors=True)
    shutil.copytree(program, work / "usr/lib/genretagger", symlinks=True)
    (work / "usr/bin").mkdir(parents=True)
    (work / "usr/bin/genretagger").symlink_to("../lib/genretagger/genretagger")
    for source, place in _shared_files().items():
        (work / place).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, work / place)
    _write_texts(work)
    command = ["dpkg-deb", "--root-owner-group", "-Zzstd", f"-z{_ZSTD_LEVEL}"]
    environment = os.environ | {"SOURCE_DATE_EPOCH": str(epoch())}
    subprocess.run(
        [*command, "--build", work, target], check=True, env=environment, stdout=subprocess.DEVNULL
    )


def _shared_files() -> dict[Path, str]:
    """Return where each file that belongs to the desktop and the shell is put."""
    build = ROOT / "build"
    return {
        _SOURCES / f"{APP_ID}.desktop": f"usr/share/applications/{APP_ID}.desktop",
        _SOURCES / f"{APP_ID}.metainfo.xml": f"usr/share/metainfo/{APP_ID}.metainfo.xml",
        build / "completions/genretagger.bash": "usr/share/bash-completion/completions/genretagger",
        build / "completions/_genretagger": "usr/share/zsh/vendor-completions/_genretagger",
        build / "completions/genretagger.fish": (
            "usr/share/fish/vendor_completions.d/genretagger.fish"
        ),
        **{
            icons.FOLDER / f"{size}.png": f"usr/share/icons/hicolor/{size}x{size}/apps/{APP_ID}.png"
            for size in icons.SIZES
        },
    }


def _write_texts(work: Path) -> None:
    """Write what the package says of itself."""
    documents = work / "usr/share/doc/genretagger"
    documents.mkdir(parents=True)
    (documents / "copyright").write_text(_COPYRIGHT, encoding="utf-8")
    zipped = {
        documents / "changelog.gz": ROOT / "CHANGELOG.md",
        work / "usr/share/man/man1/genretagger.1.gz": ROOT / "build/man/genretagger.1",
    }
    for target, source in zipped.items():
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(gzip.compress(source.read_bytes(), mtime=0))
    files = [path for path in work.rglob("*") if not path.is_symlink()]
    for path in files:  # whatever the umask was
        path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
    size = sum(path.stat().st_size for path in files if path.is_file())
    control = work / "DEBIAN/control"
    control.parent.mkdir()
    facts = {
        "version": __version__,
        "machine": _DEBIAN_MACHINES[platform.machine()],
        "kib": size // 1024,
        "glibc": "{}.{}".format(*max(elf.needed_glibc(path) for path in files if _is_elf(path))),
    }
    control.write_text(_CONTROL.format(**facts), encoding="utf-8")


def _is_elf(path: Path) -> bool:
    return path.is_file() and elf.is_elf(path)


def main() -> int:
    """Write both packages to dist/."""
    machine = platform.machine()
    write_archive(PROGRAM, DIST / f"genretagger-{__version__}-linux-{machine}.tar.zst")
    name = f"genretagger_{__version__}_{_DEBIAN_MACHINES[machine]}.deb"
    write_deb(PROGRAM, DIST / name, ROOT / "build/deb")
    return 0


if __name__ == "__main__":
    sys.exit(main())
