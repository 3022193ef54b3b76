"""Make ICU's table of languages smaller: of 31 MB the program uses 3.

Qt takes from it the order of file names in its own dialogs, names of time zones and some of its
alphabets. Texts of other languages than ours come from nowhere in it. An item that is missing has
ICU fall back to the root of all languages (https://unicode-org.github.io/icu/userguide/icu_data/).
"""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

from tools.packaging import elf

_LANGUAGES = "root|en|es|pool|res_index"
_KEPT = re.compile(
    rf"((coll|zone)/)?({_LANGUAGES})\.res"
    r"|coll/ucadata\.icu"
    r"|(supplementalData|zoneinfo64|timezoneTypes|metaZones|windowsZones|keyTypeData"
    r"|numberingSystems|likelySubtags|icuver|icustd)\.res"
    r"|\w+\.(icu|nrm|spp)"  # properties of characters, normalization
)
_ASSEMBLY = """\
.section .note.GNU-stack,"",%progbits
.section .rodata
.balign 16
.globl {name}
.type {name}, %object
{name}: .incbin "{data}"
.size {name}, . - {name}
"""


def smaller_data(library: Path, folder: Path) -> Path:
    """Return a smaller library to take the place of `library`, made in `folder`.

    That is `library` itself where ICU's tool for it, `icupkg`, is not installed.
    """
    icupkg = shutil.which("icupkg") or shutil.which("icupkg", path="/usr/sbin:/sbin")  # Debian
    if icupkg is None:
        return library
    (name,) = (found.name for found in elf.symbols(library) if found.name.endswith("_dat"))
    work = folder / "icu"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    whole, small = work / f"{name[:-4]}l.dat", work / "small.dat"
    _run("objcopy", "-O", "binary", "--only-section=.rodata", library, whole)
    items = subprocess.run([icupkg, "-l", whole], capture_output=True, text=True, check=True)
    kept = work / "kept.txt"
    kept.write_text("\n".join(filter(_KEPT.fullmatch, items.stdout.split())), encoding="utf-8")
    _run(icupkg, "-x", kept, "-d", work, whole)
    _run(icupkg, "-s", work, "-a", kept, "new", small)
    source, target = work / "data.s", folder / library.name
    source.write_text(_ASSEMBLY.format(name=name, data=small), encoding="utf-8")
    _run("as", "-o", work / "data.o", source)
    _run("ld", "-shared", "-soname", library.name, "-o", target, work / "data.o")
    return target


def _run(*command: str | Path) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
