"""The audit: what is inside, under which licence, pinned how, and with which known faults."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from tools.audit import advisories, libraries, papers
from tools.audit.__main__ import unpinned
from tools.audit.parts import BundledPart, locked_packages

ROOT = Path(__file__).resolve().parents[1]
TEXT = {"LICENSE": Path(__file__)}


@pytest.fixture(scope="module")
def names():
    """Return the libraries in the wheels of what is locked."""
    return list(libraries.owners(part.name for part in locked_packages()))


def test_everything_that_is_locked_has_a_text_and_a_licence_that_goes_with_ours(names, tmp_path):
    assert any("libavcodec" in name or "avcodec-" in name for name in names)
    assert papers.write_papers(names, tmp_path) == []


def test_the_papers_are_the_same_each_time_and_name_no_package_of_tests(names, tmp_path):
    for folder in ("a", "b"):
        papers.write_papers(names, tmp_path / folder)
    files = [path.relative_to(tmp_path / "a") for path in (tmp_path / "a").rglob("*")]
    assert files
    for file in files:
        if (tmp_path / "a" / file).is_file():
            assert (tmp_path / "a" / file).read_bytes() == (tmp_path / "b" / file).read_bytes()
    text = (tmp_path / "a" / papers.BILL).read_text("utf-8")
    listed = {part["name"]: part for part in json.loads(text)["components"]}
    assert listed["numpy"]["purl"].startswith("pkg:pypi/numpy@")
    assert listed["FFmpeg of PyAV"]["properties"], "the files that it is"
    assert "Python" in listed
    assert "pytest" not in listed
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    table = (tmp_path / "a" / papers.LICENCES / "README.md").read_text("utf-8")
    for name in listed:
        assert f"| {name} |" in table
        assert list((tmp_path / "a" / papers.LICENCES / name.replace(" ", "-")).rglob("*"))


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("av.libs/libavcodec-5e6b81c2.so.62.28.102", "avcodec"),
        ("av.libs/avcodec-62-9af72dc8dfb40f0c.dll", "avcodec"),
        ("av/.dylibs/libavcodec.62.28.102.dylib", "avcodec"),
        ("PySide6/Qt/lib/libQt6Core.so.6", "Qt6Core"),
        ("libpython3.11.so.1.0", "python3"),
        ("libglib-2.0.so.0", "glib"),
        ("PySide6/msvcp140_1.dll", "msvcp140_1"),
    ],
)
def test_a_library_is_known_by_its_name_on_every_system(name, word):
    assert libraries.is_library(name)
    assert libraries.stem(name) == word


@pytest.mark.parametrize(
    "name",
    ["a/b.cpython-311-x86_64-linux-gnu.so", "PySide6/QtCore.abi3.so", "a.pyd", "models/a.json"],
)
def test_modules_of_python_and_data_are_no_libraries(name):
    assert not libraries.is_library(name)


def test_a_library_that_a_new_wheel_brings_is_not_passed_on_unseen():
    name = "av.libs/libnew-12345678.so.1"
    parts, faults = libraries.parts_of([name], {name: "av"})
    assert parts == []
    assert faults == [f"av brings {name}: its licence must go into tools/audit/table.toml"]


def test_a_link_to_a_library_in_a_folder_is_no_library_of_the_system():
    name = "PySide6/Qt/lib/libQt6Core.so.6"
    parts, faults = libraries.parts_of([name, "libQt6Core.so.6"], {name: "pyside6-essentials"})
    assert [(part.name, part.files) for part in parts] == [("Qt", (name,))]
    assert faults == []


@pytest.mark.skipif(
    not shutil.which("dpkg-query"), reason="no Debian, which tells of its libraries"
)
def test_a_library_of_the_system_has_the_text_of_its_package():
    (part,), faults = libraries.parts_of(["libz.so.1", "libnowhere.so.7"], {})
    assert part.name.startswith("zlib1g")
    assert part.purl.startswith(f"pkg:deb/debian/{part.name}@")
    assert (part.licence, part.faults()) == ("Zlib", [])
    assert faults == ["No Debian package has libnowhere.so.7, which is in the bundle"]


@pytest.mark.parametrize(
    ("licence", "goes"),
    [
        ("MIT", True),
        ("MIT AND Zlib", True),
        ("GPL-2.0-only OR LGPL-3.0-only", True),
        ("GPL-3.0-or-later WITH GCC-exception-3.1", True),
        ("GPL-2.0-only", False),
        ("MIT AND CC-BY-NC-4.0", False),
        ("Some words (of a lawyer", False),
        ("", False),
    ],
)
def test_a_licence_goes_with_ours_or_is_a_fault(licence, goes):
    faults = BundledPart("a", "1", licence, TEXT).faults()
    assert (faults == []) == goes


def test_a_part_without_a_text_is_a_fault():
    (fault,) = BundledPart("a", "1", "MIT", {}).faults()
    assert fault.startswith("a has no licence text")


def test_a_pin_without_version_or_hash_is_a_fault():
    good = f"a==1 ; python_version < '3' \\\n    --hash=sha256:{'0' * 64}\n"
    assert unpinned(good) == []
    assert unpinned(good + "b==1\n" + good.replace("a==1", "c>=1")) == [
        "b==1 is not pinned by version and hash",
        "c>=1 is not pinned by version and hash",
    ]


def test_what_is_amiss_in_a_bundle_is_said_and_fails(tmp_path):
    bundle = tmp_path / "genretagger"
    library = bundle / "_internal" / "av.libs" / "libx264-d6533a8d.so.165"
    library.parent.mkdir(parents=True)
    library.touch()
    command = [sys.executable, "-m", "tools.audit", "--offline", "--bundle", bundle]
    run = {"cwd": ROOT, "capture_output": True, "text": True, "check": False}
    done = subprocess.run([*command, "--out", tmp_path / "a"], **run)
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "Nothing amiss.")
    text = (tmp_path / "a" / papers.BILL).read_text("utf-8")
    assert "av.libs/libx264-d6533a8d.so.165" in text
    assert "dav1d" not in text, "not in this bundle"
    (bundle / "_internal" / "libnowhere.so.7").touch()
    done = subprocess.run([*command, "--out", tmp_path / "b"], **run)
    assert done.returncode == 1
    assert "libnowhere.so.7" in done.stdout.splitlines()[-1]


def asked(tmp_path, output, *, error=""):
    """Return what is said of the answer of an index."""
    fake = tmp_path / "fake.py"
    fake.write_text(f"import sys; sys.stdout.write({output!r}); sys.exit({error!r} or 1)\n")
    return advisories.ask(tmp_path / "lock.txt", (sys.executable, str(fake)))


def test_a_known_advisory_is_a_fault(tmp_path):
    found = {"id": "CVE-1", "fix_versions": ["2"]}
    packages = [
        {"name": "a", "version": "1", "vulns": [found]},
        {"name": "b", "version": "1", "vulns": []},
        {"name": "c", "skip_reason": "not there"},
    ]
    said, faults = asked(tmp_path, json.dumps({"dependencies": packages}))
    assert said == "Advisories: looked at for 2 packages, NOT for c"
    assert faults == ["a 1 has CVE-1, mended in 2"]


@pytest.mark.parametrize(
    ("output", "error", "reason"),
    [
        ("", "no route to host", "pip-audit says: no route to host"),
        (
            json.dumps({"dependencies": [{"name": "a", "skip_reason": "no such page"}]}),
            "",
            "the index tells none (no such page)",
        ),
    ],
    ids=["offline", "an index without advisories"],
)
def test_without_an_answer_it_is_said_that_advisories_were_not_looked_at(
    tmp_path, output, error, reason
):
    said, faults = asked(tmp_path, output, error=error)
    assert said == f"Advisories: NOT looked at, {reason}"
    assert faults == []
