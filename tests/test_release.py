"""The check list of a release, walked through in a project that is made for it."""

from __future__ import annotations

import subprocess

import pytest

from tools import release
from tools.release import METAINFO, Project, walk

METADATA = """<component><releases>
<release version="{0}" date="2026-12-24"/><release version="1.1.0" date="2026-01-01"/>
</releases></component>
"""
CHANGELOG = """# Changelog

## [Unreleased]

## [1.2.0] - 2026-12-24

### Added
- A thing.

## [1.1.0] - 2026-01-01
- Another.
"""
MAKEFILE = """test package test-package audit:
\t@echo $@ >>build/log
\t@[ ! -e broken-$@ ]
package: files
files:
\t@mkdir -p dist && echo "$$SOURCE_DATE_EPOCH" >dist/a.deb
\t@[ ! -e clock ] || date +%N >>dist/a.deb
"""


@pytest.fixture
def project(tmp_path):
    """Return a committed project whose make only notes its targets in build/log."""
    for path, text in {
        "genretagger/__init__.py": '"""A program."""\n\n__version__ = "1.2.0"\n',
        METAINFO: METADATA.format("1.2.0"),
        "CHANGELOG.md": CHANGELOG,
        "Makefile": MAKEFILE,
        ".gitignore": "/build/\n/dist/\n/clock\n/broken-*\n",
        "build/log": "",
    }.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")
    project = Project(tmp_path)
    project.git("init", "--quiet", "--initial-branch", "main")
    project.git("config", "user.name", "A")
    project.git("config", "user.email", "a@example.org")
    commit(project)
    return project


def commit(project):
    project.git("add", "--all")
    project.git("commit", "--quiet", "--message", "All")


def made(project):
    """Return the targets that were made."""
    return (project.root / "build" / "log").read_text().split()


def test_all_steps_are_walked_in_order(project):
    assert walk(project, dry_run=False) == []
    assert made(project) == ["test", "package", "package", "test-package", "audit"]
    time = (project.root / "dist" / "a.deb").read_text().strip()
    assert time == project.git("log", "-1", "--format=%ct"), "what is built has the commit's time"


def test_a_dry_run_looks_and_builds_nothing(project, capsys):
    assert walk(project, dry_run=True) == []
    assert made(project) == []
    assert "[ok] Version, changelog and AppStream agree" in capsys.readouterr().out


FAULTS = {
    "not in the changelog": (
        lambda root: (root / "CHANGELOG.md").write_text(CHANGELOG.replace("1.2.0", "1.3.0")),
        'CHANGELOG.md: there is no heading "## [1.2.0] - YEAR-MONTH-DAY"',
    ),
    "left over": (
        lambda root: (root / "CHANGELOG.md").write_text(
            CHANGELOG.replace("ased]\n", "ased]\n\n- New\n")
        ),
        "CHANGELOG.md: [Unreleased] is not empty, its lines belong below [1.2.0]",
    ),
    "another day": (
        lambda root: (root / "CHANGELOG.md").write_text(CHANGELOG.replace("-12-24", "-12-25")),
        f"{METAINFO}: 1.2.0 is of 2026-12-24, in CHANGELOG.md of 2026-12-25",
    ),
    "no AppStream": (
        lambda root: (root / METAINFO).unlink(),
        f"{METAINFO}: the newest release is none, not 1.2.0",
    ),
    "forgotten in AppStream": (
        lambda root: (root / METAINFO).write_text(METADATA.format("1.1.1")),
        f"{METAINFO}: the newest release is 1.1.1, not 1.2.0",
    ),
}


@pytest.mark.parametrize(("spoil", "fault"), FAULTS.values(), ids=FAULTS)
def test_places_that_disagree_on_the_version_are_named_and_nothing_is_built(project, spoil, fault):
    spoil(project.root)
    commit(project)
    assert walk(project, dry_run=False) == [fault]
    assert made(project) == []


def test_a_version_in_the_making_is_not_released(project):
    path = project.root / "genretagger" / "__init__.py"
    path.write_text('__version__ = "1.2.0rc1"\n')
    commit(project)
    assert "genretagger/__init__.py: 1.2.0rc1 is no version like 1.2.3" in walk(
        project, dry_run=True
    )


def test_a_changed_file_is_named_in_full(project):
    (project.root / "Makefile").write_text(f"{MAKEFILE}\n# changed\n")
    assert walk(project, dry_run=True) == ["Not committed: Makefile"]


def test_changes_and_other_branches_are_named(project):
    project.git("switch", "--quiet", "--create", "mine")
    (project.root / "new.txt").touch()
    assert walk(project, dry_run=True) == [
        "Not committed: new.txt",
        "A release is made of the branch main, not of mine",
    ]


def test_a_version_is_released_once(project):
    project.git("tag", "v1.2.0")
    (fault,) = walk(project, dry_run=True)
    assert fault.startswith("There is a tag v1.2.0 already")


@pytest.mark.parametrize(("target", "n_made"), [("test", 1), ("test-package", 4)])
def test_it_ends_with_the_first_target_that_fails(project, target, n_made):
    (project.root / f"broken-{target}").touch()
    assert walk(project, dry_run=False) == [f"make {target} failed, as is said above"]
    assert len(made(project)) == n_made


def test_a_package_that_fails_to_build_is_said_in_a_sentence(project):
    (project.root / "broken-package").touch()
    assert walk(project, dry_run=False) == ["make package failed, as is said above"]


def test_files_that_differ_when_built_again_are_named(project):
    (project.root / "clock").touch()
    (fault,) = walk(project, dry_run=False)
    assert fault == "dist/a.deb differs when it is built again (see docs/packaging.md)"


@pytest.mark.parametrize(("tag", "status"), [("v1.2.0", 0), ("v1.3.0", 1), ("1.2.0", 1)])
def test_the_workflow_refuses_a_tag_of_another_version(project, monkeypatch, tag, status):
    monkeypatch.setattr(release, "Project", lambda: project)
    monkeypatch.setattr("sys.argv", ["release", "--tag", tag])
    assert release.main() == status


def test_the_tag_is_made_and_the_rest_left_to_a_person(project, monkeypatch, capsys):
    monkeypatch.setattr(release, "Project", lambda: project)
    monkeypatch.setattr("sys.argv", ["release"])
    assert release.main() == 0
    assert project.git("tag", "--list") == "v1.2.0"
    assert "git push origin main v1.2.0" in capsys.readouterr().out
    with pytest.raises(subprocess.CalledProcessError):
        project.git("remote", "get-url", "origin")
