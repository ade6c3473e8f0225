"""The picture process: decode one picture that somebody brought, and end.

Whatever a hostile picture makes the decoder do ends this process and nothing
else. Takes the file on standard input, gives its dots on standard output.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader

from medcounter.process_limits import limit_process

# Read by the other side: width and height, four bytes each, then four bytes a dot.
HEAD = 8
_SIDE = 4
_FORMATS = (b"png", b"jpeg")
_MEGABYTES = 1024
_FAILED = 1


def main(words: list[str]) -> int:
    """Decode what stands on standard input, made to fit.

    Args:
        words: Largest width and height in dots, and bytes of memory.

    Returns:
        0 where dots were written; anything else where there are none.
    """
    width, height, memory = map(int, words)
    limit_process(memory)
    image = _decoded(sys.stdin.buffer.read(), QSize(width, height))
    if image.isNull():
        return _FAILED
    side = (image.width().to_bytes(_SIDE), image.height().to_bytes(_SIDE))
    sys.stdout.buffer.write(b"".join(side) + bytes(image.constBits()))
    sys.stdout.buffer.flush()
    return 0


def _decoded(data: bytes, most: QSize) -> QImage:
    """Decode a picture, turned as its camera was held, no larger than asked for."""
    QImageReader.setAllocationLimit(_MEGABYTES)
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setDecideFormatFromContent(True)
    if bytes(reader.format().data()) not in _FORMATS:
        return QImage()
    reader.setAutoTransform(True)
    size = reader.size()
    # A large photograph is decoded small at once; it may still be turned.
    longest = max(most.width(), most.height())
    if size.isValid() and max(size.width(), size.height()) > longest:
        ratio = Qt.AspectRatioMode.KeepAspectRatio
        reader.setScaledSize(size.scaled(longest, longest, ratio))
    image = reader.read()
    if image.isNull():
        return image
    if image.width() > most.width() or image.height() > most.height():
        image = image.scaled(
            most,
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
    return image.convertToFormat(QImage.Format.Format_RGB32)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
