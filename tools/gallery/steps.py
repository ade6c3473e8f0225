"""What a scene is, and the steps that lead to it.

A step is anything that takes a stage; this is the common stock of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tools.gallery.halls import HALL, NOW

if TYPE_CHECKING:
    from datetime import datetime

    from medcounter.desk.safety.alerts import Observations
    from tools.gallery.stage import Stage

Step = Callable[["Stage"], None]


@dataclass(frozen=True, slots=True)
class Scene:
    """Something to be seen.

    Attributes:
        name: Its file's name, without ending.
        title: What it shows, in Chinese.
        steps: What the typist does, from an opened window.
        hall: The data folder it begins with.
        opened: False for what is seen before the desk opens.
        at: The time on the counter's clock.
    """

    name: str
    title: str
    steps: tuple[Step, ...] = ()
    hall: str = HALL
    opened: bool = True
    at: datetime = NOW


def keys(*names: str) -> Step:
    """Press keys."""
    return lambda stage: stage.press(*names)


def typed(text: str) -> Step:
    """Type into what has the focus."""
    return lambda stage: stage.type(text)


def into(name: str, text: str) -> Step:
    """Walk to a field and type over what stands there."""

    def fill(stage: Stage) -> None:
        stage.tab_to(name)
        stage.press("Ctrl+A")
        stage.type(text)

    return fill


def pressed(name: str) -> Step:
    """Walk to a button by Tab and press it."""

    def press(stage: Stage) -> None:
        stage.tab_to(name)
        stage.press("Space")

    return press


def chosen(name: str, text: str) -> Step:
    """Choose an entry of a list, known by its beginning."""
    return lambda stage: stage.choose(name, text)


def seen(name: str) -> Step:
    """Wait until something is seen."""
    return lambda stage: stage.await_seen(name)


def settled(stage: Stage) -> None:
    """Wait until what goes on slice by slice has come to its end."""
    stage.settle()


def standing(found: Observations) -> Step:
    """Show what stands at a counter where this was found out."""
    return lambda stage: stage.show_found(found)
