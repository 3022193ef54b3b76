"""Whether advisories are known of what is pinned, by pip-audit (https://pypi.org/project/pip-audit)."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

_MINUTES = 5
_ERROR = re.compile(r"^\w*(?:Error|ERROR)\S*\s*(.*)", re.MULTILINE)


def ask(
    locked: Path, command: Sequence[str] = (sys.executable, "-m", "pip_audit")
) -> tuple[str, list[str]]:
    """Ask the index for advisories of each version of a lock.

    Parameters
    ----------
    locked
        A lock with hashes.
    command
        What starts pip-audit.

    Returns
    -------
    said
        What was looked at; or that it was not, and why.
    faults
        A sentence for each advisory.
    """
    options = ("--disable-pip", "--require-hashes", "--progress-spinner", "off", "--format", "json")
    try:
        done = subprocess.run(
            [*command, *options, "--requirement", locked],
            capture_output=True,
            text=True,
            check=False,
            timeout=60 * _MINUTES,
        )
    except subprocess.TimeoutExpired:
        return f"Advisories: NOT looked at, no answer in {_MINUTES} minutes", []
    try:
        packages = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        reason = (done.stderr.strip().splitlines() or ["no output"])[-1]
        return f"Advisories: NOT looked at, pip-audit says: {reason}", []
    return _summary(packages), [
        _fault(each, found) for each in packages for found in each.get("vulns", ())
    ]


def _summary(packages: list[dict]) -> str:
    skipped = [each["name"] for each in packages if "skip_reason" in each]
    if len(skipped) == len(packages):
        reason = packages[0]["skip_reason"] if packages else "nothing is locked"
        return f"Advisories: NOT looked at, the index tells none ({reason})"
    text = f"Advisories: looked at for {len(packages) - len(skipped)} packages"
    return text + (f", NOT for {', '.join(skipped)}" if skipped else "")


def _fault(package: dict, found: dict) -> str:
    mended = ", ".join(found["fix_versions"]) or "no version yet"
    return f"{package['name']} {package['version']} has {found['id']}, mended in {mended}"
