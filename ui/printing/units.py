"""The unit in which a sheet is laid out: 600 to the inch, on any device.

Screen, PDF and printer break the same lines at the same places, since text is
measured in this unit and only scaled by the device.
"""

from __future__ import annotations

from functools import cache

from PySide6.QtGui import QImage

PER_INCH = 600
MM_PER_INCH = 25.4
_MM_PER_METRE = 1000
PER_MM = PER_INCH / MM_PER_INCH


@cache
def ruler() -> QImage:
    """Return the device that text is measured for."""
    image = QImage(1, 1, QImage.Format.Format_Mono)
    image.setDotsPerMeterX(round(PER_MM * _MM_PER_METRE))
    image.setDotsPerMeterY(round(PER_MM * _MM_PER_METRE))
    return image
