"""Unpacking archives as every Python can, those before 3.11.4 without a filter."""

from __future__ import annotations

import tarfile
from typing import Any

# https://docs.python.org/3/library/tarfile.html; Debian 12's Python is older. What is unpacked is
# of this repository, or known by its checksum.
EXTRACTION: dict[str, Any] = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}
