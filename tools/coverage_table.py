"""Print how much of each package the tests go through, as a table in Markdown: `make cov`.

Lines and branches count together, as coverage itself counts a file.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path


def table(files: dict[str, dict[str, dict[str, int]]]) -> str:
    """Return the table; `files` is that of coverage's JSON report."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for path, report in files.items():
        _, package, *_ = (*Path(path).parts, "")
        name = "(entry point)" if package.endswith(".py") else package
        counts[name].update(report["summary"])
    rows = ["| package | lines | branches | covered |", "| --- | ---: | ---: | ---: |"]
    for name, count in sorted(counts.items()):
        n_parts = count["num_statements"] + count["num_branches"]
        share = (count["covered_lines"] + count["covered_branches"]) / max(1, n_parts)
        rows.append(
            f"| {name} | {count['num_statements']} | {count['num_branches']} | {share:.1%} |"
        )
    return "\n".join(rows)


def main() -> int:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "coverage.json")
        command = [sys.executable, "-m", "coverage", "json", "--quiet", "-o", str(report)]
        subprocess.run(command, check=True)
        print(table(json.loads(report.read_text(encoding="utf-8"))["files"]))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
