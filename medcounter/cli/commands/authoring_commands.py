"""The commands ``bundle new`` and ``bundle guide``: what an author starts from.

Changes no hall's data.
"""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from medcounter.bundle.new_place import NewPlace, inherited_by, new_place_files
from medcounter.bundle.superior_parts import superiors
from medcounter.cli.command import DONE
from medcounter.cli.named_destination import named_destination
from medcounter.cli.open_desk import now
from medcounter.cli.output import OutputUnwritableError, pretty, write, write_file
from medcounter.paths import document
from medcounter.rules.checking.schema import head_schema, part_schema

GUIDE = "rules.md"
# A place written out, and an announcement as an exercise with its answer.
EXAMPLES = ("yunxi", "shiqiao")


def run_new(arguments: Namespace) -> int:
    """Write the folder of a new place, with blanks for what only it announces."""
    place = NewPlace(
        arguments.region, arguments.year, arguments.scheme, arguments.name, now().date()
    )
    _write_all(arguments, arguments.folder, new_place_files(place))
    write(
        f"已生成 {arguments.folder}：全国部分由程序带入，不用复制。{_above(place)}"
        f"请填写〔〕里的内容，再运行 medcounter bundle check {arguments.folder}，"
        "没有填的会逐处指出。公告还写了资助、新生儿、等待期的，照写法另加规则；没有加的沿用上级规则，"
        f"填好以后用 medcounter rules {arguments.region} --bundle {arguments.folder} 看。"
        "写法见 medcounter bundle guide。"
    )
    return DONE


def _above(place: NewPlace) -> str:
    """Say which rules of places above are taken, and which there are not."""
    inherited = inherited_by(place)
    missing = [one for one in superiors(place.code, place.scheme) if place.year not in one.answers]
    said = ""
    if inherited:
        names = "、".join(one.named for one in inherited)
        said = f"程序带有{names}{place.year} 年度的规则，已写在 inherits 里沿用，只写与它不同的。"
    for one in missing:
        years = "、".join(map(str, sorted(one.answers)))
        said += (
            f"程序只带有{one.named}{years} 年度的规则，没有 {place.year} 年度的，没有沿用，"
            "上级的规定也要写在这里。"
        )
    return said


def run_guide(arguments: Namespace) -> int:
    """Write the author's guide; into a folder also its examples and the schemas."""
    guide = document(GUIDE).read_bytes()
    if arguments.folder is None:
        write(guide.decode().rstrip("\n"))
        return DONE
    files = {
        GUIDE: guide,
        "bundle-head.schema.json": pretty(head_schema()).encode(),
        "bundle-part.schema.json": pretty(part_schema()).encode(),
    }
    _write_all(arguments, arguments.folder, files)
    for name in EXAMPLES:
        example = document("examples", name)
        parts = {path.name: path.read_bytes() for path in sorted(example.iterdir())}
        _write_all(arguments, arguments.folder / name, parts)
    write(
        f"已写到 {arguments.folder}：编写说明、例子 {EXAMPLES[0]}、两份 JSON Schema，"
        f"练习 {EXAMPLES[1]}（公告 notice.txt 和答案）。"
    )
    return DONE


def _write_all(arguments: Namespace, folder: Path, files: dict[str, bytes]) -> None:
    """Write files into a folder, none where one of them may not be written.

    Raises:
        DestinationRefusedError: One may not be written; one subclass per cause.
        OutputUnwritableError: The folder cannot be made, or the disk is full.
    """
    destinations = {
        name: named_destination(arguments, folder / name, people=False) for name in files
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as err:
        raise OutputUnwritableError(
            f"文件夹“{folder}”建不了，没有生成；请检查磁盘空间和文件夹权限后重试。"
        ) from err
    for name, place in destinations.items():
        write_file(place, files[name])
