"""Write the pages in docs/ that are made from the program itself.

Usage: ``python tools/document.py`` writes them, ``--check`` ends with 1 when
one of them is behind the program.
"""

import argparse
import importlib
import pkgutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import medcounter
from medcounter.errors import MedCounterError

DOCS = Path(__file__).resolve().parent.parent / "docs"
PROGRAM = "medcounter."


def subclasses(error: type[MedCounterError]) -> Iterator[type[MedCounterError]]:
    """Give an error class and every class below it."""
    yield error
    for child in error.__subclasses__():
        yield from subclasses(child)


def errors_page() -> str:
    """Return the page that lists every refusal with its sentence."""
    for module in pkgutil.walk_packages(medcounter.__path__, "medcounter."):
        importlib.import_module(module.name)
    lines = [
        "# 程序会说的提示",
        "",
        "每一种情形对应一个错误类，下面是各类的默认文字；实际提示会写出具体的值。",
        "本页由 `make documents` 根据程序生成。",
        "",
        "| 错误类 | 所在 | 文字 |",
        "| --- | --- | --- |",
    ]
    ours = {error for error in subclasses(MedCounterError) if error.__module__.startswith(PROGRAM)}
    for error in sorted(ours, key=lambda error: (error.__module__, error.__name__)):
        text = " ".join((error.__doc__ or "").split())
        lines.append(f"| `{error.__name__}` | `{error.__module__}` | {text} |")
    return "\n".join(lines) + "\n"


PAGES: dict[str, Callable[[], str]] = {"errors.md": errors_page}


def main() -> None:
    """Write the pages, or say which are behind the program."""
    parser = argparse.ArgumentParser(description="Write docs/ from the program.")
    parser.add_argument("--check", action="store_true", help="write nothing, only compare")
    check = parser.parse_args().check
    for name, page in PAGES.items():
        path = DOCS / name
        if not check:
            DOCS.mkdir(exist_ok=True)
            path.write_text(page(), encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != page():
            sys.exit(f"docs/{name} is behind the program: run make documents")


if __name__ == "__main__":
    main()
