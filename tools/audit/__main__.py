"""`make audit`: pins and hashes, known advisories, licences and the bill of materials.

The shared libraries are those of the bundle in dist/ where there is one, else those of the wheels.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tools import lock
from tools.audit import advisories, libraries, papers
from tools.audit.parts import ROOT, locked_packages


def unpinned(text: str) -> list[str]:
    """Return a sentence for each entry of a lock that has no exact version or no hash."""
    return [
        f"{entry.partition(' ')[0]} is not pinned by version and hash"
        for entry in lock.entries(text)
        if "==" not in entry.partition(";")[0] or "--hash=sha256:" not in entry
    ]


def library_names(bundle: Path) -> list[str]:
    """Return the files of a bundle as they lie in it; without one, the libraries of the wheels."""
    inside = bundle / "_internal"
    if inside.is_dir():
        return [path.relative_to(inside).as_posix() for path in inside.rglob("*") if path.is_file()]
    print(f"Libraries: those of the wheels, as {bundle} is not built; the system's are not known")
    return list(libraries.owners(part.name for part in locked_packages()))


def main() -> int:
    """Audit; return 1 if there is a fault."""
    parser = argparse.ArgumentParser(description="See what is inside the program.")
    parser.add_argument("--bundle", type=Path, default=ROOT / "dist" / "genretagger")
    parser.add_argument("--out", type=Path, default=ROOT / "build")
    parser.add_argument("--offline", action="store_true", help="ask no index for advisories")
    options = parser.parse_args()
    faults = []
    for path in (lock.RUN, lock.TEST, lock.BUILD):
        text = path.read_text("utf-8")
        print(f"{path.name}: {len(lock.entries(text))} packages")
        faults += [f"{path.name}: {fault}" for fault in unpinned(text)]
    faults += papers.write_papers(library_names(options.bundle), options.out)
    print(f"Licences and bill: {options.out / papers.LICENCES}, {options.out / papers.BILL}")
    said, known = (
        advisories.ask(lock.TEST) if not options.offline else ("Advisories: NOT asked", [])
    )
    print(said)
    print("\n".join(faults + known) or "Nothing amiss.")
    return 1 if faults + known else 0


if __name__ == "__main__":
    sys.exit(main())
