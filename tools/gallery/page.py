"""The page that shows all pictures, scene by scene."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tools.gallery.looks import Look
    from tools.gallery.steps import Scene

_HEAD = """<!doctype html>
<html lang="zh-CN"><meta charset="utf-8"><title>医保缴费测算台：画面</title>
<style>
body { font-family: "Noto Sans SC", sans-serif; margin: 2em; background: #edf1f6; }
figure { display: inline-block; margin: .5em; vertical-align: top; }
img { width: 420px; border: 1px solid #7f8da0; }
figcaption { font-size: .8em; color: #526071; }
</style>
"""


def index_page(scenes: tuple[Scene, ...], looks: tuple[Look, ...]) -> str:
    """Give a page with a row of pictures for each scene."""
    parts = [_HEAD, f"<h1>{len(scenes)} 个画面，{len(looks)} 种样子</h1>\n"]
    for scene in scenes:
        parts.append(f"<h2>{escape(scene.title)} <small>{scene.name}</small></h2>\n")
        parts += [_figure(scene, look) for look in looks]
    return "".join(parts)


def _figure(scene: Scene, look: Look) -> str:
    file = f"{look.name}/{scene.name}.png"
    width, height = look.size
    caption = f"{look.theme} · {width}×{height} · {look.scale} %"
    return (
        f'<figure><a href="{file}"><img loading="lazy" src="{file}" alt="{escape(scene.title)}">'
        f"</a><figcaption>{caption}</figcaption></figure>\n"
    )
