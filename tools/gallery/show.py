"""The round through all scenes in all looks."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QImageWriter
from PySide6.QtWidgets import QApplication

from medcounter.errors import MedCounterError
from tools.gallery.halls import hall_for, make_halls
from tools.gallery.looks import LOOKS, MANUAL_LOOK
from tools.gallery.page import index_page
from tools.gallery.scenes import MANUAL, SCENES
from tools.gallery.stage import staged

if TYPE_CHECKING:
    from pathlib import Path

    from tools.gallery.looks import Look
    from tools.gallery.steps import Scene


def take_all(
    out: Path, work: Path, scenes: tuple[str, ...] = (), looks: tuple[str, ...] = ()
) -> list[str]:
    """Take a picture of each scene in each look, and write the index.

    Args:
        out: Takes a folder for each look, and ``index.html``.
        work: An empty folder for data.
        scenes: Names of the scenes wanted; empty for all.
        looks: Names of the looks wanted; empty for all.

    Returns:
        A line for each picture that was not taken.
    """
    QApplication.setStyle("Fusion")
    application = QApplication.instance() or QApplication(["medcounter"])
    make_halls(work / "halls")
    wanted = tuple(scene for scene in SCENES if not scenes or scene.name in scenes)
    missed = []
    for look in LOOKS:
        if looks and look.name not in looks:
            continue
        (out / look.name).mkdir(parents=True, exist_ok=True)
        for scene in wanted:
            try:
                take(scene, look, work, out / look.name / f"{scene.name}.png")
            except MedCounterError as err:
                missed.append(f"{look.name}/{scene.name}: {err.text}")
    if not scenes and not looks:
        (out / "index.html").write_text(index_page(SCENES, LOOKS), encoding="utf-8")
    application.processEvents()
    return missed


def take_manual(out: Path, work: Path) -> list[str]:
    """Take the manual's pictures, in few colours, the same at every run.

    Returns:
        A line for each picture that was not taken.
    """
    QApplication.setStyle("Fusion")
    application = QApplication.instance() or QApplication(["medcounter"])
    make_halls(work / "halls")
    out.mkdir(parents=True, exist_ok=True)
    missed = []
    for scene in (scene for scene in SCENES if scene.name in MANUAL):
        path = out / f"{scene.name}.png"
        try:
            take(scene, MANUAL_LOOK, work, path)
        except MedCounterError as err:
            missed.append(f"{scene.name}: {err.text}")
            continue
        few = in_few_colors(QImage(str(path)))
        writer = QImageWriter(str(path))
        writer.setQuality(0)
        writer.write(few)
    application.processEvents()
    return missed


def in_few_colors(picture: QImage) -> QImage:
    """Keep the 256 commonest colours, so that a picture is a fifth as large."""
    plain = picture.convertToFormat(QImage.Format.Format_RGB32)
    counted = Counter(memoryview(plain.constBits()).cast("B").cast("I"))
    table = [color for color, _ in counted.most_common(256)]
    flags = Qt.ImageConversionFlag.ThresholdDither
    return plain.convertToFormat(QImage.Format.Format_Indexed8, table, flags)


def take(scene: Scene, look: Look, work: Path, path: Path) -> None:
    """Play one scene in one look and save its picture."""
    copy = work / "scenes" / look.name / scene.name
    folder = hall_for(work / "halls", scene.hall, look, copy)
    with staged(folder, look, scene.at) as stage:
        if scene.opened:
            stage.open()
        for step in scene.steps:
            step(stage)
        stage.picture(path)
