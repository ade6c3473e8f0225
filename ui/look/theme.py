"""The one place for colours and sizes, and their palette and style sheet.

Knows no widget.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from string import Template
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QColor, QFont, QPalette

from medcounter.paths import resource

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

FAMILY = "Noto Sans SC"
_BASE_PX = 13
_TARGET_PX = 22
_STEPS = {
    "tiny": 0.85,
    "small": 0.92,
    "normal": 1.0,
    "title": 1.15,
    "large": 1.5,
    "larger": 1.9,
    "huge": 2.45,
    "poster": 4.0,
}


@dataclass(frozen=True, slots=True)
class Palette:
    """Every colour of the window by purpose, as ``#RRGGBB``.

    A name with ``_soft`` is a background for text in the colour without it;
    one with ``_fill`` is the body of a bar; ``on_…`` is text upon a colour.
    """

    window: str
    card: str
    line: str
    control: str
    text: str
    muted: str
    accent: str
    accent_strong: str
    accent_soft: str
    on_accent: str
    bar: str
    bar_raised: str
    on_bar: str
    wait: str
    wait_soft: str
    wait_fill: str
    cover: str
    cover_soft: str
    cover_fill: str
    danger: str
    danger_soft: str
    doubt: str
    doubt_soft: str
    quiet_fill: str
    focus: str


_MIDDLE_LIGHTNESS = 128
_PALETTE_PROPERTY = "palette_name"
_SCALE_PROPERTY = "medcounter_scale"

LIGHT = Palette(
    window="#EDF1F6",
    card="#FFFFFF",
    line="#D9E0E9",
    control="#7F8DA0",
    text="#17212E",
    muted="#526071",
    accent="#1A56B0",
    accent_strong="#14458F",
    accent_soft="#E7EFFB",
    on_accent="#FFFFFF",
    bar="#12356B",
    bar_raised="#27549B",
    on_bar="#FFFFFF",
    wait="#9A4600",
    wait_soft="#FFF1DE",
    wait_fill="#F7C987",
    cover="#136B39",
    cover_soft="#E4F4EA",
    cover_fill="#1B7A43",
    danger="#B3261E",
    danger_soft="#FDECEA",
    doubt="#63399A",
    doubt_soft="#F1EBFA",
    quiet_fill="#E3E8EF",
    focus="#1A56B0",
)

DARK = Palette(
    window="#10161F",
    card="#19212C",
    line="#33404F",
    control="#7C8CA0",
    text="#EAF0F7",
    muted="#A9B6C6",
    accent="#8AB8FF",
    accent_strong="#A9CBFF",
    accent_soft="#22344F",
    on_accent="#0B1420",
    bar="#0B2145",
    bar_raised="#27549B",
    on_bar="#FFFFFF",
    wait="#FFC27A",
    wait_soft="#3A2A14",
    wait_fill="#6B4310",
    cover="#7FD8A2",
    cover_soft="#16331F",
    cover_fill="#7FD8A2",
    danger="#FF9C93",
    danger_soft="#43201D",
    doubt="#CDB2F5",
    doubt_soft="#33264A",
    quiet_fill="#2A3543",
    focus="#8AB8FF",
)

CONTRAST = Palette(
    window="#FFFFFF",
    card="#FFFFFF",
    line="#000000",
    control="#000000",
    text="#000000",
    muted="#1A1A1A",
    accent="#00308F",
    accent_strong="#001F5C",
    accent_soft="#E0EAFF",
    on_accent="#FFFFFF",
    bar="#000000",
    bar_raised="#3A3A3A",
    on_bar="#FFFFFF",
    wait="#5C2A00",
    wait_soft="#FFF4E0",
    wait_fill="#FFE0B0",
    cover="#00401C",
    cover_soft="#E6FFEF",
    cover_fill="#00501F",
    danger="#7A0000",
    danger_soft="#FFF0F0",
    doubt="#3B0078",
    doubt_soft="#F6EEFF",
    quiet_fill="#EDEDED",
    focus="#00308F",
)

PALETTES = {"light": LIGHT, "dark": DARK, "contrast": CONTRAST}

# Each pair of text and ground that the style sheet or a painter puts together.
TEXT_ON_GROUND: tuple[tuple[str, str], ...] = (
    ("text", "card"),
    ("text", "window"),
    ("text", "accent_soft"),
    ("text", "quiet_fill"),
    ("text", "wait_fill"),
    ("muted", "card"),
    ("muted", "window"),
    ("muted", "accent_soft"),
    ("muted", "quiet_fill"),
    ("accent", "card"),
    ("accent", "accent_soft"),
    ("accent_strong", "accent_soft"),
    ("on_accent", "accent"),
    ("on_accent", "accent_strong"),
    ("on_bar", "bar"),
    ("on_bar", "bar_raised"),
    ("on_accent", "cover_fill"),
    ("wait", "card"),
    ("wait", "wait_soft"),
    ("cover", "card"),
    ("cover", "cover_soft"),
    ("danger", "card"),
    ("danger", "window"),
    ("danger", "danger_soft"),
    ("doubt", "card"),
    ("doubt", "doubt_soft"),
)


def font_px(step: str, scale_percent: int = 100) -> int:
    """Return the height of a type size in logical pixels, rounded.

    Args:
        step: ``tiny``, ``small``, ``normal``, ``title``, ``large``,
            ``larger``, ``huge``, ``poster``.
        scale_percent: The clerk's font scale, 90 to 200.
    """
    return round(_BASE_PX * _STEPS[step] * scale_percent / 100)


def style_sheet(palette: Palette, scale_percent: int = 100) -> str:
    """Fill colours, sizes and image paths into ``resources/app.qss``."""
    names = {field.name: getattr(palette, field.name) for field in fields(palette)}
    names |= {f"px_{step}": f"{font_px(step, scale_percent)}px" for step in _STEPS}
    names |= {
        "px_arrow": f"{font_px('normal', scale_percent)}px",
        "px_target": f"{round(_TARGET_PX * scale_percent / 100)}px",
    }
    names["icons"] = resource("icons").as_posix()
    return Template(resource("app.qss").read_text(encoding="utf-8")).substitute(names)


def qt_palette(palette: Palette) -> QPalette:
    """Give Fusion the same colours for what no style sheet reaches."""
    roles = QPalette.ColorRole
    qt = QPalette()
    for role, color in (
        (roles.Window, palette.window),
        (roles.WindowText, palette.text),
        (roles.Base, palette.card),
        (roles.AlternateBase, palette.window),
        (roles.Text, palette.text),
        (roles.Button, palette.card),
        (roles.ButtonText, palette.text),
        (roles.PlaceholderText, palette.muted),
        (roles.Highlight, palette.accent),
        (roles.HighlightedText, palette.on_accent),
        (roles.Link, palette.accent),
        (roles.ToolTipBase, palette.card),
        (roles.ToolTipText, palette.text),
    ):
        qt.setColor(role, QColor(color))
    return qt


def apply_theme(application: QApplication, name: str, scale_percent: int = 100) -> None:
    """Dress the application; a second call changes only what differs.

    Args:
        application: What is dressed.
        name: A key of :data:`PALETTES`; ``system`` follows the desktop.
        scale_percent: The clerk's font scale, 90 to 200.
    """
    if name == "system":
        ground = application.style().standardPalette().window().color()
        name = "dark" if ground.lightness() < _MIDDLE_LIGHTNESS else "light"
    palette = PALETTES[name]
    application.setProperty(_PALETTE_PROPERTY, name)
    application.setProperty(_SCALE_PROPERTY, scale_percent)
    font = QFont(FAMILY)
    font.setPixelSize(font_px("normal", scale_percent))
    if application.font() != font:
        application.setFont(font)
    application.setPalette(qt_palette(palette))
    sheet = style_sheet(palette, scale_percent)
    # Qt reads a sheet anew and polishes every widget even when it is the one in force.
    if application.styleSheet() != sheet:
        application.setStyleSheet(sheet)


def scale_in_use() -> int:
    """Return the font scale the application is dressed in, in percent."""
    application = QCoreApplication.instance()
    scale = application.property(_SCALE_PROPERTY) if application else None
    return scale if isinstance(scale, int) else 100


def palette_in_use() -> Palette:
    """Return the palette the application is dressed in, for what is painted."""
    application = QCoreApplication.instance()
    name = application.property(_PALETTE_PROPERTY) if application else None
    return PALETTES.get(str(name), LIGHT)
