"""Say what the bundle weighs, part by part, and what grew since the last release.

`make package` ends with it. It fails above the ceilings. `--record` keeps the sizes of a release in
docs/package-sizes.json.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from genretagger import __version__
from tools.packaging.linux_packages import DIST, PROGRAM
from tools.source_tree import ROOT

RECORD = ROOT / "docs" / "package-sizes.json"
_MB = 1_000_000
MOST_UNPACKED = 400 * _MB
MOST_PACKED = 160 * _MB
_SHOWN = 15
_GROWTH_SHOWN = _MB // 2


def sizes_of(program: Path) -> Counter[str]:
    """Return the bytes of each part of a bundle: a folder, or a file beside the folders."""
    sizes: Counter[str] = Counter()
    for path in program.rglob("*"):
        if path.is_file() and not path.is_symlink():
            inside = path.relative_to(program).parts
            named = inside[1:2] if inside[0] == "_internal" else inside[:1]
            sizes[named[0]] += path.stat().st_size
    return sizes


def packed_sizes(dist: Path) -> dict[str, int]:
    """Return the bytes of each package for downloading."""
    patterns = ("*.tar.zst", "*.deb", "*.exe", "*.dmg")
    paths = sorted(path for pattern in patterns for path in dist.glob(pattern))
    return {path.name: path.stat().st_size for path in paths}


def report(sizes: Mapping[str, int], packed: Mapping[str, int]) -> Iterator[str]:
    """Yield a line for the whole, for each package, and for the largest parts."""
    yield f"unpacked {_text(sum(sizes.values()))} (at most {_text(MOST_UNPACKED)})"
    for name, size in packed.items():
        yield f"{name} {_text(size)} (at most {_text(MOST_PACKED)})"
    for name, size in Counter(sizes).most_common(_SHOWN):
        yield f"  {name} {_text(size)}"


def growth(sizes: Mapping[str, int], earlier: Mapping[str, int]) -> Iterator[str]:
    """Yield a line for each part that changed by half a megabyte or more since `earlier`."""
    for name in sorted(sizes.keys() | earlier.keys()):
        more = sizes.get(name, 0) - earlier.get(name, 0)
        if abs(more) >= _GROWTH_SHOWN:
            yield f"  {name} {more / _MB:+.1f} MB"


def faults(sizes: Mapping[str, int], packed: Mapping[str, int]) -> Iterator[str]:
    """Yield a sentence for each ceiling that is broken."""
    if (total := sum(sizes.values())) > MOST_UNPACKED:
        yield f"The program takes {_text(total)} on the disk, more than {_text(MOST_UNPACKED)}."
    for name, size in packed.items():
        if size > MOST_PACKED:
            yield f"{name} takes {_text(size)} to download, more than {_text(MOST_PACKED)}."


def _text(size: int) -> str:
    return f"{size / _MB:.1f} MB"


def main() -> int:
    """Print the report; return 1 above a ceiling."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--record", action="store_true", help=f"keep the sizes in {RECORD.name}")
    recording = parser.parse_args().record
    sizes, packed = sizes_of(PROGRAM), packed_sizes(DIST)
    print("\n".join(report(sizes, packed)))
    if RECORD.is_file():
        earlier = json.loads(RECORD.read_text(encoding="utf-8"))
        changed = list(growth(sizes, earlier["parts"]))
        print(f"Since {earlier['version']}:", *(changed or ["  nothing of half a MB"]), sep="\n")
    if recording:
        kept = {"version": __version__, "parts": dict(sorted(sizes.items())), "packages": packed}
        RECORD.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    broken = list(faults(sizes, packed))
    print(*broken, sep="\n", end="\n" if broken else "", file=sys.stderr)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
