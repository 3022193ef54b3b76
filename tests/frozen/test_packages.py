"""What `make package` made beside the folder: the archive, and the .deb in a clean Debian.

The clean Debian is made by mmdebstrap, which takes root and a mirror; without them these tests are
skipped.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from genretagger import __version__
from tests.helpers.waiting import LIMIT_S, wait_for
from tests.helpers.x_server import unseen_screen
from tools.packaging.linux_packages import APP_ID

pytestmark = [
    pytest.mark.frozen,
    pytest.mark.skipif(sys.platform != "linux", reason="packages of Linux"),
]


def checked(*command, **options):
    done = subprocess.run(command, capture_output=True, text=True, timeout=LIMIT_S * 3, **options)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def deb(dist):
    (found,) = dist.glob("*.deb")
    assert found.name.startswith(f"genretagger_{__version__}_")
    return found


def test_the_archive_is_the_program(dist, disk):
    (archive,) = dist.glob("*.tar.zst")
    checked("tar", "--zstd", "-xf", archive, "-C", disk)
    said = checked(disk / "genretagger" / "genretagger", "self-check", cwd="/")
    assert said.startswith(f"genretagger {__version__} works")


def test_the_bundle_holds_manual_licences_and_bill_of_materials(dist):
    inside = dist / "genretagger" / "_internal"
    for place in (
        "manual/index.html",
        "manual/es/index.html",
        "licenses/README.md",
        "sbom.cdx.json",
    ):
        assert (inside / place).is_file(), place


def test_the_deb_holds_what_a_desktop_and_a_shell_look_for(deb):
    listed = {line.split()[5] for line in checked("dpkg-deb", "--contents", deb).splitlines()}
    for place in (
        "bin/genretagger",
        f"share/applications/{APP_ID}.desktop",
        f"share/metainfo/{APP_ID}.metainfo.xml",
        f"share/icons/hicolor/256x256/apps/{APP_ID}.png",
        "share/man/man1/genretagger.1.gz",
        "share/bash-completion/completions/genretagger",
        "share/zsh/vendor-completions/_genretagger",
        "share/fish/vendor_completions.d/genretagger.fish",
        "share/doc/genretagger/copyright",
    ):
        assert f"./usr/{place}" in listed


@pytest.mark.parametrize(
    ("program", "options", "place"),
    [
        ("desktop-file-validate", (), f"usr/share/applications/{APP_ID}.desktop"),
        (
            "appstreamcli",
            ("validate", "--no-net", "--explain"),
            f"usr/share/metainfo/{APP_ID}.metainfo.xml",
        ),
    ],
)
def test_its_metadata_are_valid(deb, tmp_path, program, options, place):
    if not shutil.which(program):
        pytest.skip(f"{program} is not installed")
    checked("dpkg-deb", "--extract", deb, tmp_path)
    checked(program, *options, tmp_path / place)


@pytest.fixture(scope="module")
def clean_system(disk):
    """Return a function that runs a command in a fresh Debian 12, whose folder it has as `root`."""
    if os.geteuid() != 0:
        pytest.skip("only root makes a clean system")
    if not shutil.which("mmdebstrap"):
        pytest.skip("mmdebstrap is not installed")
    root = disk / "bookworm"
    sources = "/etc/apt/sources.list.d/debian.sources"
    made = subprocess.run(
        [
            "mmdebstrap",
            "--quiet",
            "--variant=minbase",
            "--include=ca-certificates",
            "bookworm",
            root,
        ]
        + ([sources] if Path(sources).exists() else []),
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode:
        pytest.skip(f"mmdebstrap has no mirror here: {made.stderr[-200:]}")
    checked("cp", "/etc/resolv.conf", root / "etc/resolv.conf")

    def run(*command, **variables):
        path = "/usr/sbin:/usr/bin:/sbin:/bin"
        environment = {"PATH": path, "HOME": "/root", "DEBIAN_FRONTEND": "noninteractive"}
        return checked("chroot", root, *command, env=environment | variables)

    run.root = root
    mounted = subprocess.run(["mount", "-t", "proc", "proc", root / "proc"], check=False)
    yield run
    if mounted.returncode == 0:
        checked("umount", root / "proc")


def files_of(root):
    """Return every place in a system but those of apt's and the loader's own caches."""
    own = ("var/cache", "var/lib/apt", "var/lib/dpkg", "var/log", "tmp", "proc", "etc/ld.so.cache")
    places = (path.relative_to(root).as_posix() for path in root.rglob("*"))
    return {place for place in places if not place.startswith(own)}


def test_it_installs_opens_and_leaves_nothing_but_what_is_the_users(deb, clean_system):
    root = clean_system.root
    # What it depends on stays after its removal, as always; only what is its own is looked at.
    depends = checked("dpkg-deb", "--field", deb, "Depends")
    names = [part.split("|")[0].split("(")[0].strip() for part in depends.split(",")]
    clean_system("apt-get", "update", "-qq")
    clean_system("apt-get", "install", "-qq", "--no-install-recommends", *names)
    before = files_of(root)
    shutil.copyfile(deb, root / "tmp/genretagger.deb")
    clean_system("apt-get", "install", "-qq", "--no-install-recommends", "/tmp/genretagger.deb")
    assert clean_system("genretagger", "--version") == f"genretagger {__version__}\n"
    said = clean_system("genretagger", "self-check")
    assert said.startswith(f"genretagger {__version__} works")
    _open_window(root)
    clean_system("apt-get", "purge", "-qq", "genretagger")
    left = files_of(root) - before
    of_user = {place for place in left if place.startswith(("root/.local", "root/.cache"))}
    assert "root/.local/share/genretagger/genretagger.log" in of_user
    assert left == of_user


def _open_window(root):
    """Open the window in the clean system, on a screen of this one, until it is ready."""
    log = root / "root/.local/share/genretagger/genretagger.log"
    with unseen_screen() as display:
        window = subprocess.Popen(
            ["chroot", root, "genretagger"],
            env={
                "PATH": "/usr/bin:/bin:/usr/sbin",
                "HOME": "/root",
                "DISPLAY": display,
                "LANG": "C.UTF-8",
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        try:
            wait_for(
                lambda: (
                    window.poll() is not None
                    or (log.exists() and "window ready" in log.read_text(encoding="utf-8"))
                )
            )
            assert window.poll() is None, window.communicate()
        finally:
            window.terminate()
            printed = window.communicate(timeout=LIMIT_S)
    assert printed == ("", "")
