"""Draw the program's icon in the sizes that systems ask for.

Needs no screen. Windows wants one file with several pictures, desktops on
Linux one PNG a size.
"""

import os
import struct
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QSize
from PySide6.QtGui import QGuiApplication, QIcon

SOURCE = Path(__file__).resolve().parents[2] / "resources" / "icons" / "app.svg"
SIZES = (16, 24, 32, 48, 64, 128, 256)


def png(size: int) -> bytes:
    """Draw the icon as PNG, as wide and high as asked."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QGuiApplication.instance() or QGuiApplication([])
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    QIcon(str(SOURCE)).pixmap(QSize(size, size)).save(buffer, "PNG")
    del application
    return bytes(content.data())


def ico(pictures: dict[int, bytes]) -> bytes:
    """Put PNG pictures into one Windows icon.

    Source: the ICO format: a header, an entry of 16 bytes for each picture,
    the pictures; 256 is written as 0.
    """
    entries, body, begin = [], [], 6 + 16 * len(pictures)
    for size, picture in sorted(pictures.items()):
        edge = size % 256
        entries.append(struct.pack("<BBBBHHII", edge, edge, 0, 0, 1, 32, len(picture), begin))
        body.append(picture)
        begin += len(picture)
    return struct.pack("<HHH", 0, 1, len(pictures)) + b"".join((*entries, *body))


def write_ico(folder: Path) -> Path:
    """Write the Windows icon into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "medcounter.ico"
    path.write_bytes(ico({size: png(size) for size in SIZES}))
    return path
