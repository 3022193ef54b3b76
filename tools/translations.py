"""Bring the translations up to date: `make translations` (docs/translations.md).

Qt's lupdate extracts every sentence of the window from the source into
`resources/translations/*.ts` and keeps what is translated there; lrelease compiles that into the
*.qm that are shipped. Both stay the same, byte for byte, as long as no sentence changes.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

from genretagger.core.messages import MESSAGES
from genretagger.core.resources import resource

ROOT = Path(__file__).resolve().parents[1]
FOLDER = resource("translations")
ERRORS = "errors"  # the context in which the window shows MESSAGES
_WINDOW = ROOT / "genretagger" / "gui"
_EXTRACTION = (
    "-tr-function-alias", "translate+=_translate",
    "-locations", "none", "-sort-messages", "-no-obsolete",
    # A sentence that is only alike is translated anew: lupdate would mark its guess, but keep it.
    "-disable-heuristic", "sametext", "-disable-heuristic", "similartext",
)  # fmt: skip


def languages() -> list[Path]:
    """Return the translation files, one per language; a new one is made by an empty file."""
    return sorted(FOLDER.glob("genretagger_*.ts"))


def update(translations: Path) -> None:
    """Add every new sentence of the source to `translations`, remove those that are gone."""
    with tempfile.TemporaryDirectory() as folder:
        errors = Path(folder) / "errors.py"
        errors.write_text(_errors_as_source(), encoding="utf-8")
        sources = [str(path) for path in sorted(_WINDOW.rglob("*.py"))]
        _run("lupdate", *_EXTRACTION, *sources, str(errors), "-ts", str(translations))


def release(translations: Path, compiled: Path) -> None:
    """Compile `translations`; untranslated sentences are left out and shown in English."""
    _run("lrelease", "-silent", str(translations), "-qm", str(compiled))


def entries(translations: Path) -> Iterator[tuple[str, str, ET.Element]]:
    """Yield context, source and translation element of each entry."""
    for context in ET.parse(translations).getroot().iter("context"):
        name = context.findtext("name") or ""
        for message in context.iter("message"):
            translation = message.find("translation")
            if translation is not None:
                yield name, message.findtext("source") or "", translation


def _errors_as_source() -> str:
    """Return the sentences of errors as calls for lupdate, which finds none in their module."""
    calls = [f"_translate({ERRORS!r}, {sentence!r})" for sentence in MESSAGES.values()]
    return "\n".join(["from PySide6.QtCore import QCoreApplication", *calls, ""])


def _run(tool: str, *arguments: str) -> None:
    """Run one of Qt's tools that come with PySide6."""
    program = Path(sys.executable).with_name(f"pyside6-{tool}")
    subprocess.run([program, *arguments], check=True, stdout=subprocess.DEVNULL)


def main() -> None:
    """Update and compile every language; say what is left to translate."""
    for translations in languages():
        update(translations)
        release(translations, translations.with_suffix(".qm"))
        left = [
            f"{context}: {source}"
            for context, source, translation in entries(translations)
            if translation.get("type") == "unfinished" or not translation.text
        ]
        print(f"{translations.name}: {len(left)} sentences are left to translate")
        print(*left, sep="\n", end="\n" if left else "")


if __name__ == "__main__":
    main()
