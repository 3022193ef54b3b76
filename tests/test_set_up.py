"""What stands before the program: the choice of a Python, .venv and the system's packages.

The scripts of `tools/` run in a project of their own, with nothing on PATH but the tools they use
and fakes: Pythons that pretend a version, pip, apt and the cache of the dynamic linker.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools import lock

ROOT = Path(__file__).resolve().parents[1]
TOOLS = ("cat", "cp", "flock", "grep", "ls", "mkdir", "rm", "sed", "sh", "sort")
# Runs code as this Python with another version; makes environments that are copies of itself.
PYTHON = """#!/bin/sh
case "$1 ${{2:-}}" in
"--version "*) echo "Python {version}.0" ;;
"-m venv") mkdir -p "$3/bin"; cp "$0" "$3/bin/python"
    echo "command = $0 -m venv $PWD/$3" >"$3/pyvenv.cfg" ;;
"-m pip") echo "WARNING: a source is ignored" >&2; echo "$*" >>pip.log; [ ! -e broken ] ;;
"-c "*) code=$2; shift 2; exec "{real}" -I -S -c "import sys
sys.version_info = ({major}, {minor}, 0)
sys.version = sys.base_prefix = '{version}'
sys.modules.update(dict.fromkeys('{without}'.split()), pip=sys)
$code" "$@" ;;
esac
"""
SHIM = """#!/bin/sh
echo "pyenv: $0: command not found" >&2
exit 127
"""
# Print the libraries and find the packages that a file lists; write down what apt-get is to do.
LDCONFIG = '#!/bin/sh\nwhile read -r name; do echo "\t$name (libc6) => /lib/$name"; done <"{0}"\n'
APT_CACHE = '#!/bin/sh\nexec grep -qx -e "$2" "{0}"\n'
APT_GET = '#!/bin/sh\necho "$*" >>"{0}"\necho "Reading package lists..."\n'
PARTS = (ROOT / "tools" / "system-packages.sh").read_text("utf-8").split('"')
# What tools/system-packages.sh looks for on PATH.
PROGRAMS = (
    *("speexenc", "mpcenc", "espeak-ng", "man", "mandoc", "zsh", "fish", "strace"),
    *("objdump", "icupkg", "zstd", "Xvfb", "xdotool"),
)
LIBRARIES = next(part for part in PARTS if "libEGL.so.1 " in part).split()[::5]  # its first column


class Machine:
    """A project, and a machine of fakes to set it up on."""

    def __init__(self, folder, project="project"):
        self.folder, self.project, self.fakes = folder, folder / project, folder / "fakes"
        shutil.copytree(ROOT / "tools", self.project / "tools")
        (self.project / ".ci").mkdir()
        (self.project / ".ci" / "lock-build.txt").write_text("hatchling==1\n")
        (self.project / ".ci" / "lock-run.txt").write_text("numpy==1\n")
        (self.project / ".ci" / "lock-test.txt").write_text("numpy==1\npytest==1\n")
        self.fakes.mkdir()
        for tool in TOOLS:
            (self.fakes / tool).symlink_to(shutil.which(tool))
        self.fake("id", "#!/bin/sh\necho 1000\n")
        self.libraries, self.known = folder / "libraries", folder / "known"
        self.asked_of_apt = folder / "apt.log"
        self.libraries.write_text("\n".join(LIBRARIES) + "\n")
        self.known.touch()
        for name, text, file in [
            ("ldconfig", LDCONFIG, self.libraries),
            ("apt-cache", APT_CACHE, self.known),
            ("apt-get", APT_GET, self.asked_of_apt),
        ]:
            self.fake(name, text.format(file))
        (folder / "fonts").mkdir()
        (folder / "fonts" / "a.ttf").touch()
        self.system("debian")

    def fake(self, name, text, folder=None):
        path = (folder or self.fakes) / name
        path.parent.mkdir(exist_ok=True)
        path.unlink(missing_ok=True)
        path.write_text(text)
        path.chmod(0o755)

    def python(self, version, name=None, without="", folder=None):
        major, minor = version.split(".")
        text = PYTHON.format(
            version=version, major=major, minor=minor, without=without, real=sys.executable
        )
        self.fake(name or f"python{version}", text, folder)

    def system(self, name, like=""):
        (self.folder / "os-release").write_text(f'ID={name}\nID_LIKE="{like}"\n')

    def run(self, script, *arguments, path=()):
        environment = {
            "PATH": os.pathsep.join(str(folder) for folder in (*path, self.fakes)),
            "HOME": str(self.folder),
            "OS_RELEASE": str(self.folder / "os-release"),
            "FONTS": str(self.folder / "fonts"),
        }
        return subprocess.run(
            ["sh", f"tools/{script}.sh", *arguments],
            cwd=self.project,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def set_up(self, *arguments):
        """Set up for running; return what was said and how often pip ran."""
        log = self.project / "pip.log"
        log.unlink(missing_ok=True)
        done = self.run("set-up", *(arguments or ("run",)))
        assert (done.returncode, done.stdout) == (0, "")
        return done.stderr, len(log.read_text().splitlines()) if log.exists() else 0


@pytest.fixture
def machine(tmp_path):
    return Machine(tmp_path)


def chosen(machine, *arguments, path=()):
    done = machine.run("python", *arguments, path=path)
    assert (done.returncode, done.stderr) == (0, "")
    return Path(done.stdout.strip()).name if done.stdout else None


def test_the_newest_python_is_taken_that_runs(machine):
    assert chosen(machine) is None
    machine.python("3.10")
    machine.python("3.14")
    assert chosen(machine) is None
    machine.python("3.11")
    assert chosen(machine) == "python3.11"
    machine.python("3.12")
    machine.fake("python3.13", SHIM)
    assert chosen(machine) == "python3.12"
    machine.python("3.13")
    assert chosen(machine) == "python3.13"


def test_a_shim_does_not_hide_the_python_behind_it(machine, tmp_path):
    machine.fake("python3.13", SHIM, tmp_path / "shims")
    machine.python("3.13")
    assert chosen(machine, path=[tmp_path / "shims"]) == "python3.13"


@pytest.mark.parametrize("fault", ["another version", "no database", "no venv"])
def test_a_python_that_is_not_what_its_name_says_is_passed_over(machine, fault):
    machine.python("3.11")
    machine.python(
        *("3.10" if fault == "another version" else "3.13", "python3.13"),
        without={"no database": "sqlite3", "no venv": "venv"}.get(fault, ""),
    )
    assert chosen(machine) == "python3.11"


def test_a_python_that_cannot_make_environments_comes_second(machine):
    machine.python("3.13", without="ensurepip")
    assert chosen(machine) == "python3.13"
    machine.python("3.11")
    assert chosen(machine) == "python3.11"


def test_the_python_that_is_named_is_taken(machine, tmp_path):
    machine.python("3.13")
    machine.python("3.11", folder=tmp_path / "my tools")
    assert chosen(machine, str(tmp_path / "my tools" / "python3.11")) == "python3.11"


@pytest.mark.parametrize("name", ["python3.9", "python3.14", "nowhere/python"])
def test_a_named_python_that_will_not_do_is_refused_by_name(machine, name):
    machine.fake("python3.9", SHIM)
    machine.python("3.14")
    machine.python("3.13")
    done = machine.run("set-up", "run", name)
    assert done.returncode == 2
    assert done.stderr.startswith(f"PYTHON={name} is not a Python 3.11, 3.12 or 3.13 that runs")
    assert not (machine.project / ".venv").exists()


@pytest.mark.parametrize("project", ["project", "my projects' folder"])
def test_the_second_time_nothing_is_done_and_nothing_said(tmp_path, project):
    machine = Machine(tmp_path, project)
    machine.python("3.12")
    said = "Setting up .venv with Python 3.12.0 (about 1 GB, a minute or two) ...\n"
    assert machine.set_up() == (said, 2)
    assert machine.set_up() == ("", 0)


def test_what_the_tests_need_comes_on_top(machine):
    machine.python("3.12")
    for program in PROGRAMS:
        machine.fake(program, SHIM)
    machine.set_up()
    made = (machine.project / ".venv" / "pyvenv.cfg").stat().st_mtime_ns
    said, calls = machine.set_up("test")
    assert "3 GB" in said
    assert calls == 2
    assert machine.set_up("test") == machine.set_up("run") == ("", 0)
    assert (machine.project / ".venv" / "pyvenv.cfg").stat().st_mtime_ns == made


@pytest.mark.parametrize("changed", ["lock-run.txt", "lock-build.txt"])
def test_a_changed_lock_is_installed(machine, changed):
    machine.python("3.12")
    machine.set_up()
    (machine.project / ".ci" / changed).write_text("numpy==2\n")
    machine.python("3.12", "python", "ensurepip", machine.project / ".venv" / "bin")  # now removed
    assert machine.set_up()[1] == 2
    assert machine.set_up() == ("", 0)


def test_a_newer_python_changes_nothing(machine):
    machine.python("3.11")
    machine.set_up()
    machine.python("3.13")
    assert machine.set_up() == ("", 0)
    assert "Python 3.13.0" in machine.set_up("run", "python3.13")[0]
    assert machine.set_up("run", "python3.13") == machine.set_up() == ("", 0)


def test_an_environment_is_made_anew_when_its_python_is_gone(machine):
    machine.python("3.11")
    machine.set_up()
    machine.fake("python", SHIM, machine.project / ".venv" / "bin")
    assert machine.set_up()[1] == 2
    assert machine.set_up() == ("", 0)


def test_an_environment_is_made_anew_when_its_folder_moved(machine, tmp_path):
    machine.python("3.11")
    machine.set_up()
    machine.project = machine.project.rename(tmp_path / "elsewhere")
    assert machine.set_up()[1] == 2


def test_what_pip_says_is_shown_when_it_fails_and_the_next_time_begins_anew(machine):
    machine.python("3.13")
    (machine.project / "broken").touch()
    done = machine.run("set-up", "run")
    assert done.returncode == 2
    assert "WARNING: a source is ignored\nSetting up .venv failed" in done.stderr
    left = machine.project / ".venv" / "left.txt"
    left.touch()
    (machine.project / "broken").unlink()
    assert machine.set_up()[1] == 2
    assert not left.exists()


@pytest.mark.parametrize("without", ["any Python", "ensurepip"])
def test_without_a_python_to_go_on_with_it_ends_with_a_sentence(machine, without):
    if without == "ensurepip":
        machine.python("3.12", without="ensurepip")
    machine.known.write_text("python3\npython3.12-venv\npython3.11-venv\n")
    done = machine.run("set-up", "run")
    assert done.returncode == 2
    line, sentence = done.stderr.splitlines()[-2:]
    assert line == "  sudo apt-get install python3.12-venv"
    assert sentence.startswith("Genretagger needs Python 3.11, 3.12 or 3.13 (with venv)")


LINES = {
    ("debian", ""): "apt-get install libegl1 libglib2.0-0t64 libxcb-randr0",
    ("ubuntu", "debian"): "apt-get install libegl1 libglib2.0-0t64 libxcb-randr0",
    ("linuxmint", "ubuntu debian"): "apt-get install libegl1 libglib2.0-0t64 libxcb-randr0",
    ("fedora", ""): "dnf install glib2 libglvnd-egl libxcb",
    ("rocky", "rhel centos fedora"): "dnf install glib2 libglvnd-egl libxcb",
    ("arch", ""): "pacman -S --needed glib2 libglvnd libxcb",
    ("opensuse-leap", "suse opensuse"): "zypper install libglib-2_0-0 libglvnd libxcb-randr0",
}


@pytest.mark.parametrize(("system", "line"), LINES.items())
def test_what_is_missing_is_named_as_the_system_names_it(machine, system, line):
    machine.system(*system)
    assert machine.run("system-packages", "run").stderr == ""
    gone = ("libEGL.so.1", "libglib-2.0.so.0", "libxcb-randr.so.0", "libxcb-shape.so.0")
    if "apt" in line or "zypper" in line:
        gone = gone[:3]
    machine.libraries.write_text("".join(f"{name}\n" for name in LIBRARIES if name not in gone))
    machine.known.write_text("libglib2.0-0t64\n")
    done = machine.run("system-packages", "run")
    assert done.returncode == 0
    assert done.stderr.splitlines()[1:] == [f"  sudo {line}"]


def test_debian_before_2024_is_asked_for_the_old_names(machine):
    machine.libraries.write_text("".join(f"{name}\n" for name in LIBRARIES if "glib" not in name))
    machine.known.write_text("libglib2.0-0\n")
    assert machine.run("system-packages", "run").stderr.endswith("install libglib2.0-0\n")


def test_a_system_of_another_kind_is_told_what_is_missing(machine):
    machine.system("gentoo")
    machine.libraries.write_text("".join(f"{name}\n" for name in LIBRARIES[1:]))
    said = machine.run("system-packages", "run").stderr
    assert said == "The window may miss: libEGL.so.1; install what brings it.\n"


def test_a_font_and_the_programs_of_tests_are_asked_for(machine, tmp_path):
    (tmp_path / "fonts" / "a.ttf").unlink()
    for program in ("mpcenc", "icupkg"):  # Debian has the latter in /usr/sbin
        machine.fake(program, SHIM)
    line = machine.run("system-packages", "test").stderr.splitlines()[-1]
    missing = "speex espeak-ng man-db mandoc zsh fish strace binutils zstd xvfb xdotool"
    assert line == f"  sudo apt-get install fonts-dejavu-core {missing}"


def test_root_installs_what_is_missing_on_debian(machine):
    machine.fake("id", "#!/bin/sh\necho 0\n")
    machine.libraries.write_text("".join(f"{name}\n" for name in LIBRARIES[1:]))
    done = machine.run("system-packages", "run", "3.13")
    assert done.stderr.splitlines() == [
        "Installing Python: python3.13-venv",
        "Installing what the window needs: libegl1",
    ]
    update, *installs = machine.asked_of_apt.read_text().splitlines()
    assert update.endswith("update")
    assert [install.split()[-1] for install in installs] == ["python3.13-venv", "libegl1"]


@pytest.mark.parametrize(
    ("system", "command"),
    [
        ("fedora", "dnf install python3.13"),
        ("arch", "pacman -S --needed uv"),
        ("suse", "zypper install python313"),
    ],
)
def test_elsewhere_root_is_told_how_to_get_a_python(machine, system, command):
    machine.fake("id", "#!/bin/sh\necho 0\n")
    machine.system(system)
    assert machine.run("system-packages", "run", "any").stderr.splitlines()[1] == f"  {command}"
    assert not machine.asked_of_apt.exists()


def test_nothing_is_installed_whose_hash_is_not_in_a_lock(machine):
    machine.python("3.12")
    machine.set_up()
    packages, itself = (machine.project / "pip.log").read_text().splitlines()
    assert "--require-hashes" in packages
    assert "--no-build-isolation" in itself, "what builds it would come without hashes"


def test_a_lock_is_resolved_from_the_index_of_pip_alone():
    listed = """:env:.cert='/env.crt'
global.cert='/global.crt'
global.extra-index-url='file:///some/of/the/files'
global.index-url='https://example.org/simple'
install.find-links='/more/of/them'
"""
    settings = {"UV_DEFAULT_INDEX": "https://example.org/simple", "SSL_CERT_FILE": "/env.crt"}
    assert lock.index_settings(listed) == settings


@pytest.mark.parametrize("path", [lock.RUN, lock.TEST, lock.BUILD], ids=lambda path: path.name)
def test_the_locks_pin_every_package_with_hashes_and_name_no_host(path):
    text = path.read_text("utf-8")
    entries = lock.entries(text)
    assert "".join(f"{entry}\n" for entry in entries) == text
    assert "://" not in text
    for entry in entries:
        pin, *hashes = entry.split(" \\\n    --hash=sha256:")
        assert len(pin.partition(" ; ")[0].split("==")) == 2
        assert hashes
        assert all(len(each) == 64 for each in hashes)


def test_what_runs_and_builds_the_program_is_tested_in_the_same_versions():
    run, tests, build = (
        set(lock.entries(path.read_text("utf-8"))) for path in (lock.RUN, lock.TEST, lock.BUILD)
    )
    assert run <= tests
    assert build <= tests
