"""What Windows shows of a program in its properties: the resource of its version.

PyInstaller takes it as `EXE(version=...)`, a file with what `VSVersionInfo` of
`PyInstaller.utils.win32.versioninfo` is made of.
"""

from __future__ import annotations

import re
from pathlib import Path

from genretagger import __version__

_LANGUAGE, _UNICODE = 0x0409, 0x04B0  # English (United States), UTF-16
_TEMPLATE = """VSVersionInfo(
  ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}, mask=0x3f, flags=0x0, OS=0x40004,
    fileType=0x1, subtype=0x0, date=(0, 0)),
  kids=[
    StringFileInfo([StringTable({table!r}, [{strings}])]),
    VarFileInfo([VarStruct('Translation', [{language}, {unicode}])])
  ]
)
"""


def version_numbers(version: str) -> tuple[int, int, int, int]:
    """Return the four numbers that Windows compares; of "1.0.0rc1", (1, 0, 0, 0)."""
    parts = [int(part) for part in re.findall(r"\d+", re.split(r"[a-z+-]", version)[0])]
    first, second, third = [*parts, 0, 0, 0][:3]
    return first, second, third, 0


def write_version_resource(path: Path, program: str, version: str = __version__) -> Path:
    """Write the resource of `program` (`genretagger.exe`) to `path`, and return `path`."""
    told = {
        "CompanyName": "The Genretagger authors",
        "FileDescription": "Genretagger",
        "FileVersion": version,
        "InternalName": Path(program).stem,
        "LegalCopyright": "The Genretagger authors, GPL-3.0-or-later",
        "OriginalFilename": program,
        "ProductName": "Genretagger",
        "ProductVersion": version,
    }
    text = _TEMPLATE.format(
        numbers=version_numbers(version),
        table=f"{_LANGUAGE:04X}{_UNICODE:04X}",
        strings=", ".join(f"StringStruct({name!r}, {value!r})" for name, value in told.items()),
        language=_LANGUAGE,
        unicode=_UNICODE,
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path
