"""A picture that somebody brought is decoded by another process, which may end as it likes."""

from __future__ import annotations

import struct
import zlib

import pytest
from PySide6.QtCore import QBuffer, QIODevice, QSize
from PySide6.QtGui import QColor, QImage

from medcounter.authoring.source_files.source_file_errors import PictureUnreadableError
from tests.support.authoring.source_file_samples import PDF, PNG, png
from ui.work.picture_process import decoded_picture

MOST = QSize(800, 600)


def photograph(form: str, width: int, height: int) -> bytes:
    """A picture, red at the left and blue at the right."""
    dots = QImage(2, 1, QImage.Format.Format_RGB32)
    dots.setPixelColor(0, 0, QColor("red"))
    dots.setPixelColor(1, 0, QColor("blue"))
    image = dots.scaled(width, height)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert image.save(buffer, form)  # type: ignore[call-overload]  # the stubs want bytes
    return bytes(buffer.data().data())


@pytest.mark.parametrize("form", ["PNG", "JPG"])
def test_a_picture_comes_back_as_its_dots(form: str) -> None:
    image = decoded_picture(photograph(form, 40, 20), MOST)
    assert (image.width(), image.height()) == (40, 20)
    assert image.pixelColor(5, 10).red() > 200
    assert image.pixelColor(35, 10).blue() > 200


def test_a_large_picture_comes_back_as_large_as_asked_for() -> None:
    image = decoded_picture(photograph("PNG", 400, 100), QSize(100, 100))
    assert (image.width(), image.height()) == (100, 25)


def test_a_photograph_is_turned_as_the_camera_was_held() -> None:
    plain = photograph("JPG", 40, 20)
    # The orientation that says: turn right to see it upright.
    exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0"
    turned = plain[:2] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + plain[2:]
    image = decoded_picture(turned, MOST)
    assert (image.width(), image.height()) == (20, 40)


@pytest.mark.parametrize(
    "data", [b"", PDF, PNG[:50], b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"GIF89a"]
)
def test_what_is_no_picture_is_told(data: bytes) -> None:
    with pytest.raises(PictureUnreadableError):
        decoded_picture(data, MOST)


def test_a_picture_that_asks_for_more_memory_than_there_is_ends_nothing_here() -> None:
    lines = zlib.compress(bytes(30_000 * 300))
    huge = png(30_000, 30_000).replace(zlib.compress(b"\0\xff\xff" * 2), lines)
    with pytest.raises(PictureUnreadableError):
        decoded_picture(huge, MOST)


def test_a_process_that_does_not_answer_in_time_is_given_up() -> None:
    with pytest.raises(PictureUnreadableError):
        decoded_picture(photograph("PNG", 40, 20), MOST, seconds=0.001)


def test_a_picture_that_the_processs_memory_does_not_hold_is_told() -> None:
    # 12 million dots: more than the process has free from before it was limited.
    with pytest.raises(PictureUnreadableError):
        decoded_picture(photograph("PNG", 4000, 3000), MOST, memory=1 << 20)
