"""Write the program's icon for packages to build/icons: the one that the window draws.

A PNG a size (`256.png`), `genretagger.ico` for Windows, `genretagger.icns` for macOS. Run by
`make package` before the bundle is built.
"""

from __future__ import annotations

import struct
import sys
from collections.abc import Mapping

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtWidgets import QApplication

from genretagger.gui.widgets.icons import application_icon
from tools.source_tree import ROOT

FOLDER = ROOT / "build" / "icons"
SIZES = (16, 24, 32, 48, 64, 128, 256, 512)
# The kinds that hold a PNG (https://en.wikipedia.org/wiki/Apple_Icon_Image_format).
_ICNS_KINDS = {32: b"icp5", 64: b"icp6", 128: b"ic07", 256: b"ic08", 512: b"ic09"}


def drawn() -> dict[int, bytes]:
    """Return the icon as a PNG, by its size in pixels; needs a QApplication."""
    images = {}
    for size in SIZES:
        data = QByteArray()  # the buffer does not keep it alive
        buffer = QBuffer(data)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        application_icon().pixmap(size, size).save(buffer, "PNG")
        images[size] = bytes(data.data())
    return images


def ico(images: Mapping[int, bytes]) -> bytes:
    """Return an icon file of Windows, of PNGs up to 256 pixels.

    https://learn.microsoft.com/previous-versions/ms997538(v=msdn.10): a head, an entry for each
    image, the images. A width of 0 says 256.
    """
    kept = [(size, image) for size, image in images.items() if size <= 256]
    head = struct.pack("<3H", 0, 1, len(kept))
    place = len(head) + 16 * len(kept)
    for size, image in kept:
        head += struct.pack("<4B2H2I", size % 256, size % 256, 0, 0, 1, 32, len(image), place)
        place += len(image)
    return head + b"".join(image for _, image in kept)


def icns(images: Mapping[int, bytes]) -> bytes:
    """Return an icon file of macOS: a kind, a length and a PNG for each size that has a kind."""
    parts = [
        kind + struct.pack(">I", 8 + len(images[size])) + images[size]
        for size, kind in _ICNS_KINDS.items()
    ]
    return b"icns" + struct.pack(">I", 8 + sum(map(len, parts))) + b"".join(parts)


def main() -> int:
    """Write all files."""
    _app = QApplication([sys.argv[0], "-platform", "offscreen"])
    images = drawn()
    FOLDER.mkdir(parents=True, exist_ok=True)
    for size, image in images.items():
        (FOLDER / f"{size}.png").write_bytes(image)
    (FOLDER / "genretagger.ico").write_bytes(ico(images))
    (FOLDER / "genretagger.icns").write_bytes(icns(images))
    return 0


if __name__ == "__main__":
    sys.exit(main())
