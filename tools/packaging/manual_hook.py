"""Put the manual into wheel and source archive where `make manual` built it.

It is not in the repository, and an installation from a source tree must not need Sphinx. A hook of
hatchling (https://hatch.pypa.io/latest/plugins/build-hook/custom/).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_PLACES = {"wheel": "genretagger/_manual", "sdist": "build/manual"}  # a wheel is made of the latter


class ManualHook(BuildHookInterface):
    """Adds build/manual to what is packed."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Name the folder and its place; nothing in an editable installation, which finds it."""
        manual = Path(self.root, "build", "manual")
        if version != "editable" and manual.is_dir():
            build_data["force_include"][str(manual)] = _PLACES[self.target_name]
