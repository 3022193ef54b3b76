"""Walk through the check list of a release (RELEASING.md) and stop at what is amiss.

`python -m tools.release` checks, tests, builds twice, and tags; it pushes nothing. `--dry-run` only
looks. `--tag v1.2.3` is what the release workflow asks: does this tag name the version of these
files, and do they agree on it?
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
METAINFO = "tools/packaging/linux/io.github.genretagger.Genretagger.metainfo.xml"
ARTEFACTS = ("*.tar.zst", "*.deb")  # which must be the same whenever they are built
_BY_HAND = """
What is left is for a person (RELEASING.md, "By hand"):
  1. git push origin main {tag}
  2. wait for the workflow "Release": it makes a draft with the files of three systems
  3. sign and notarise the image of macOS; try the installers of Windows and macOS on real machines
  4. publish the draft; upload the wheel and the source archive to PyPI; update the Flatpak
  5. begin the next [Unreleased] in CHANGELOG.md
"""


@dataclass(frozen=True)
class Project:
    """A checkout that is to be released.

    Attributes
    ----------
    root
        Its folder.
    """

    root: Path = ROOT

    @property
    def version(self) -> str:
        """What the program says of itself."""
        text = (self.root / "genretagger" / "__init__.py").read_text("utf-8")
        found = re.search(r'^__version__ = "(.*)"$', text, re.MULTILINE)
        return found.group(1) if found else ""

    def git(self, *arguments: str) -> str:
        """Return what git prints."""
        command = ["git", *arguments]
        done = subprocess.run(command, cwd=self.root, check=True, capture_output=True, text=True)
        return done.stdout.rstrip()  # the state of a file may begin with a space

    def make(self, *targets: str) -> None:
        """Run targets of make, with the time of the commit as that of everything built."""
        epoch = self.git("log", "-1", "--format=%ct")
        environment = os.environ | {"SOURCE_DATE_EPOCH": epoch}
        subprocess.run(["make", *targets], cwd=self.root, check=True, env=environment)


def unclean(project: Project) -> Iterator[str]:
    """Yield what is not committed, and another branch than main."""
    if changed := project.git("status", "--porcelain"):
        yield f"Not committed: {', '.join(line[3:] for line in changed.splitlines()[:5])}"
    if (branch := project.git("branch", "--show-current")) != "main":
        yield f"A release is made of the branch main, not of {branch or 'no branch'}"


def wrong_version(project: Project) -> Iterator[str]:
    """Yield each place that does not tell of the version that is to be released."""
    version = project.version
    if not re.fullmatch(r"\d+\.\d+\.\d+", version):
        yield f"genretagger/__init__.py: {version or 'no version'} is no version like 1.2.3"
    changelog = (project.root / "CHANGELOG.md").read_text("utf-8")
    sections = dict(re.findall(r"^## \[(.+?)\](.*(?:\n(?!## \[).*)*)", changelog, re.MULTILINE))
    dated = re.match(r" - (\d{4}-\d\d-\d\d)\n", sections.get(version, ""))
    if not dated:
        yield f'CHANGELOG.md: there is no heading "## [{version}] - YEAR-MONTH-DAY"'
    if sections.get("Unreleased", "").strip():
        yield f"CHANGELOG.md: [Unreleased] is not empty, its lines belong below [{version}]"
    path = project.root / METAINFO
    root = ET.parse(path).getroot() if path.is_file() else ET.Element("component")
    newest = root.find("releases/release")
    told = (newest.get("version"), newest.get("date")) if newest is not None else ("none", None)
    if told[0] != version:
        yield f"{METAINFO}: the newest release is {told[0]}, not {version}"
    elif dated and told[1] != dated.group(1):
        yield f"{METAINFO}: {version} is of {told[1]}, in CHANGELOG.md of {dated.group(1)}"


def tagged(project: Project) -> Iterator[str]:
    """Yield that the tag of the version exists already."""
    tag = f"v{project.version}"
    if project.git("tag", "--list", tag):
        yield f"There is a tag {tag} already: a version is released once; raise it"


def artefact_sums(project: Project) -> dict[str, str]:
    """Return the checksum of each file that a release consists of here."""
    folder = project.root / "dist"
    paths = sorted(path for pattern in ARTEFACTS for path in folder.glob(pattern))
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def differs_when_built_again(project: Project) -> Iterator[str]:
    """Build twice; yield what is not the same."""
    project.make("package")
    first = artefact_sums(project)
    project.make("package")
    second = artefact_sums(project)
    if not first:
        yield f"make package left none of {', '.join(ARTEFACTS)} in dist/"
    for name in sorted(first.keys() | second.keys()):
        if first.get(name) != second.get(name):
            yield f"dist/{name} differs when it is built again (see docs/packaging.md)"


LOOKED_AT: dict[str, Callable[[Project], Iterator[str]]] = {
    "Everything is committed, on main": unclean,
    "Version, changelog and AppStream agree": wrong_version,
    "The version is not tagged yet": tagged,
}


def built(target: str) -> Callable[[Project], Iterator[str]]:
    """Return the step that runs a target of make."""

    def step(project: Project) -> Iterator[str]:
        project.make(target)
        yield from ()

    return step


BUILT: dict[str, Callable[[Project], Iterator[str]]] = {
    "All tests pass": built("test"),
    "The same commit gives the same files": differs_when_built_again,
    "The packages work": built("test-package"),
    "Pins, advisories and licences": built("audit"),
}


def walk(project: Project, *, dry_run: bool) -> list[str]:
    """Go through the list, saying each step; return what is amiss.

    Looking is quick, so all of it is done; what is built stops at the first fault.
    """
    faults = []
    for name, step in LOOKED_AT.items():
        found = list(step(project))
        print(f"[{'!!' if found else 'ok'}] {name}", *found, sep="\n     ")
        faults += found
    for name, step in BUILT.items():
        if dry_run or faults:
            print(f"[--] {name}: not tried")
            continue
        print(f"[..] {name}", flush=True)
        try:
            faults += step(project)
        except subprocess.CalledProcessError as error:
            faults.append(f"{' '.join(error.cmd)} failed, as is said above")
        print(f"[{'!!' if faults else 'ok'}] {name}", *faults, sep="\n     ")
    return faults


def main() -> int:
    """Walk through the list; return 1 if something is amiss."""
    parser = argparse.ArgumentParser(description="Walk through the check list of a release.")
    parser.add_argument("--dry-run", action="store_true", help="look, but build and tag nothing")
    parser.add_argument("--tag", help="only say whether this tag names the version of these files")
    options = parser.parse_args()
    project = Project()
    tag = f"v{project.version}"
    if options.tag:
        faults = list(wrong_version(project))
        if options.tag != tag:
            faults.append(f"The tag {options.tag} does not name the version, {project.version}")
        print(*faults, sep="\n", file=sys.stderr)
        return 1 if faults else 0
    if walk(project, dry_run=options.dry_run):
        print("Not released.")
        return 1
    if options.dry_run:
        print(f"[--] Tag {tag}: not made")
    else:
        project.git("tag", "--annotate", tag, "--message", f"Genretagger {project.version}")
        print(f"[ok] Tag {tag}")
    print(_BY_HAND.format(tag=tag))
    return 0


if __name__ == "__main__":
    sys.exit(main())
