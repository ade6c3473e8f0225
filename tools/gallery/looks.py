"""How a window may look: its theme, the screen it fills, the size of writing."""

from __future__ import annotations

from dataclasses import dataclass

# A screen of 1366 x 768 in the pixels a program sees at 100, 125 and 150 %.
SCREENS = {"100": (1366, 768), "125": (1093, 614), "150": (911, 512)}
SCALES = (90, 125, 150, 200)
# Larger screens, and the size of writing that somebody sets there.
LARGER = {"screen-1080": ((1920, 1080), 100), "screen-1440-writing-200": ((2560, 1440), 200)}
THEMES = ("light", "dark", "contrast")


@dataclass(frozen=True, slots=True)
class Look:
    """One way to see every scene.

    Attributes:
        name: Folder of its pictures.
        theme: A key of the palettes.
        size: Width and height of the window in logical pixels.
        scale: Size of the writing in percent.
    """

    name: str
    theme: str = "light"
    size: tuple[int, int] = SCREENS["100"]
    scale: int = 100


LOOKS: tuple[Look, ...] = (
    Look("light"),
    *(Look(theme, theme) for theme in THEMES if theme != "light"),
    *(Look(f"screen-{name}", size=size) for name, size in SCREENS.items() if name != "100"),
    *(Look(f"writing-{scale}", scale=scale) for scale in SCALES),
    *(Look(name, size=size, scale=scale) for name, (size, scale) in LARGER.items()),
)

# Small enough for a page, large enough to read.
MANUAL_LOOK = Look("manual", size=SCREENS["125"])
