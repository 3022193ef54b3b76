"""What a bundle says of its parts: licences/ and a bill of materials (https://cyclonedx.org).

Both are the same for the same parts, whenever they are written.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import Property
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from packageurl import PackageURL

from genretagger import __version__
from tools.audit import libraries
from tools.audit.parts import ROOT, BundledPart, common_texts, locked_packages, models, python

LICENCES = "licenses"
BILL = "genretagger.cdx.json"
_COMMON = ["Apache-2.0", "GPL-2", "GPL-3", "LGPL-2", "LGPL-2.1", "LGPL-3", "MPL-2.0"]
_README = """# Licences

Genretagger is free software under the GNU General Public License, version 3 or later (`LICENSE`).
It contains the work of others, whose licences are these. Where a text of Debian speaks of
/usr/share/common-licenses, see `common/`. The texts of libraries inside of packages are those of
Debian 12, whose versions may differ. Names and versions tell where the sources are; SUPPORT.md
tells whom to ask for them.

| part | version | licence | texts |
| --- | --- | --- | --- |
"""


def write_papers(names: Iterable[str], target: Path = ROOT / "build") -> list[str]:
    """Write the licences and the bill of materials of a bundle.

    Parameters
    ----------
    names
        The shared libraries in the bundle, as they lie in it; other files among them do not matter.
    target
        The folder that gets `licenses/` and `genretagger.cdx.json`.

    Returns
    -------
    list
        A sentence for each fault: no text, a licence that is not compatible or not known.
    """
    packages = locked_packages()
    owner_of = libraries.owners(part.name for part in packages)
    places = (name.replace("\\", "/") for name in names)
    found, faults = libraries.parts_of(filter(libraries.is_library, places), owner_of)
    parts = [*packages, *found, *models()]
    if not any(part.name == "Python" for part in found):
        parts.append(python())
    parts.sort(key=lambda part: part.name.lower())
    _write_licences(parts, target / LICENCES)
    (target / BILL).write_text(_bill(parts), "utf-8")
    return faults + [fault for part in parts for fault in part.faults()]


def _write_licences(parts: Sequence[BundledPart], folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    rows = []
    for name, source in common_texts(_COMMON).items():
        _copy(source, folder / "common" / name)
    for part in parts:
        place = part.name.replace(" ", "-")
        for name, source in part.texts.items():
            _copy(source, folder / place / name)
        rows.append(f"| {part.name} | {part.version} | {part.licence} | {place}/ |\n")
    (folder / "README.md").write_text(_README + "".join(rows), "utf-8")


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(source.read_bytes())


def _bill(parts: Sequence[BundledPart]) -> str:
    program = Component(
        name="genretagger",
        version=__version__,
        type=ComponentType.APPLICATION,
        licenses=[LicenseFactory().make_with_expression("GPL-3.0-or-later")],
        bom_ref="genretagger",
    )
    bom = Bom(components=map(_component, parts))
    bom.metadata.component = program
    bom.register_dependency(program, bom.components)
    text = make_outputter(bom, OutputFormat.JSON, SchemaVersion.V1_6).output_as_string()
    plain = json.loads(text)
    del plain["serialNumber"], plain["metadata"]["timestamp"]  # they would differ each time
    return json.dumps(plain, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def _component(part: BundledPart) -> Component:
    return Component(
        name=part.name,
        version=part.version or None,
        bom_ref=part.purl or part.name,
        licenses=[LicenseFactory().make_from_string(part.licence)] if part.licence else (),
        purl=PackageURL.from_string(part.purl) if part.purl else None,
        properties=[Property(name="genretagger:file", value=name) for name in part.files],
    )
