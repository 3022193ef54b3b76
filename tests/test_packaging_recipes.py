"""What Windows, macOS, Flatpak and AppImage are told of the program, as far as it is seen here."""

from __future__ import annotations

import plistlib
import re
import shutil
import subprocess
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml

from genretagger import __version__
from genretagger.core.settings import LANGUAGES
from tools.packaging.version_resource import version_numbers, write_version_resource

ROOT = Path(__file__).resolve().parents[1]
PACKAGING = ROOT / "tools" / "packaging"
ID = "io.github.genretagger.Genretagger"


@pytest.mark.parametrize(
    ("version", "numbers"),
    [
        ("1.0.0", (1, 0, 0, 0)),
        ("1.2.13", (1, 2, 13, 0)),
        ("2.1", (2, 1, 0, 0)),
        ("1.0.0rc1", (1, 0, 0, 0)),
        ("1.0.0+local.7", (1, 0, 0, 0)),
    ],
)
def test_windows_compares_the_numbers_of_a_version(version, numbers):
    assert version_numbers(version) == numbers


def test_windows_is_told_name_and_version(tmp_path):
    class Recorder(dict):
        """Stands for the classes of PyInstaller, which need Windows to load."""

        def __missing__(self, name):
            return lambda *args, **named: SimpleNamespace(kind=name, args=args, **named)

    path = write_version_resource(tmp_path / "a" / "version.txt", "genretagger.exe", "1.2.3")
    resource = eval(path.read_text("utf-8"), Recorder())  # as PyInstaller reads it
    assert resource.ffi.filevers == resource.ffi.prodvers == (1, 2, 3, 0)
    strings, languages = resource.kids
    (table,) = strings.args[0]
    told = dict(entry.args for entry in table.args[1])
    assert told["FileVersion"] == told["ProductVersion"] == "1.2.3"
    assert told["OriginalFilename"] == "genretagger.exe"
    language, encoding = languages.args[0][0].args[1]
    assert table.args[0] == f"{language:04X}{encoding:04X}"


def test_macos_is_told_the_languages_of_the_window_and_allows_no_network():
    info = plistlib.loads((PACKAGING / "macos" / "Info.plist").read_bytes())
    assert set(info["CFBundleLocalizations"]) == set(LANGUAGES) - {""}
    assert not {"CFBundleVersion", "CFBundleShortVersionString"} & info.keys(), "from __version__"
    allowed = plistlib.loads((PACKAGING / "macos" / "entitlements.plist").read_bytes())
    assert allowed
    assert all(name.startswith("com.apple.security.cs.") for name in allowed)


def test_a_flatpak_has_no_network_and_installs_each_of_its_sources():
    text = (PACKAGING / "flatpak" / f"{ID}.yml").read_text("utf-8")
    manifest = yaml.safe_load(text)
    assert manifest["id"] == ID
    assert not [each for each in manifest["finish-args"] if "network" in each]
    (module,) = manifest["modules"]
    commands = "\n".join(module["build-commands"]).replace("${FLATPAK_ID}", ID)
    for source in module["sources"]:
        name = source.get("dest") or Path(source["path"]).name
        assert re.search(rf"\b{re.escape(name)}\b", commands)


def test_the_installer_names_what_it_uses_once_and_leaves_what_is_the_users():
    lines = (PACKAGING / "windows" / "genretagger.iss").read_text("utf-8").splitlines()
    sections = [line for line in lines if line.startswith("[")]
    assert "[UninstallDelete]" not in sections
    assert len(sections) == len(set(sections))
    script = "\n".join(line for line in lines if not line.startswith(";"))
    defined = set(re.findall(r"#define (\w+)", script)) | {"Version"}
    assert set(re.findall(r"\{#(\w+)\}", script)) == defined
    messages = set(re.findall(r"^en\.(\w+)=", script, re.MULTILINE))
    assert messages == set(re.findall(r"^es\.(\w+)=", script, re.MULTILINE))
    tasks = set(re.findall(r'^Name: "(\w+)"; Description', script, re.MULTILINE))
    assert set(re.findall(r"Tasks: (\w+)", script)) == tasks


@pytest.fixture
def project(tmp_path):
    """Return a folder like the repository after `make package`, with a program that only talks."""
    folder = tmp_path / "a project"
    shutil.copytree(PACKAGING / "appimage", folder / "tools" / "packaging" / "appimage")
    for path, text in {
        f"tools/packaging/linux/{ID}.desktop": "[Desktop Entry]\n",
        f"tools/packaging/linux/{ID}.metainfo.xml": "<component/>\n",
        "build/icons/256.png": "a picture",
        "dist/genretagger/genretagger": '#!/bin/sh\nprintf "%s|" "$@"\n',
        "genretagger/__init__.py": f'__version__ = "{__version__}"\n',
        "tool": '#!/bin/sh\necho "$ARCH $VERSION $*" >asked\n',
    }.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    for program in ("dist/genretagger/genretagger", "tool"):
        (folder / program).chmod(0o755)
    return folder


def build_image(project, tool):
    return subprocess.run(
        ["sh", project / "tools/packaging/appimage/build.sh"],
        env={"PATH": "/usr/bin:/bin", "APPIMAGETOOL": str(tool)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_an_appimage_starts_the_program_from_wherever_it_is_mounted(project, tmp_path):
    done = build_image(project, project / "tool")
    assert (done.returncode, done.stderr) == (0, "")
    machine, version, source, target = (project / "asked").read_text().split()
    assert version == __version__
    assert (source, target) == ("build/AppDir", f"dist/genretagger-{version}-{machine}.AppImage")
    mounted = (project / source).rename(tmp_path / "mounted here")
    assert (mounted / f"{ID}.desktop").is_file()
    assert (mounted / ".DirIcon").read_text() == "a picture"
    (tmp_path / "link").symlink_to(mounted / "AppRun")
    said = subprocess.check_output([tmp_path / "link", "analyse", "a folder"], cwd="/", text=True)
    assert said == "analyse|a folder|"


@pytest.mark.parametrize("missing", ["the program", "the tool"])
def test_an_appimage_says_what_it_misses(project, missing):
    if missing == "the program":
        shutil.rmtree(project / "dist")
    tool = project / ("tool" if missing == "the program" else "nothing")
    done = build_image(project, tool)
    assert done.returncode == 2
    assert done.stderr.startswith("There is no ")
    assert len(done.stderr.splitlines()) == 1
