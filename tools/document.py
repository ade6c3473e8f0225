"""Write the pages in docs/ that are made from the program itself.

Usage: ``python tools/document.py``. tests/unit/test_documents.py fails when a
page is behind the program.
"""

import contextlib
import importlib
import io
import os
import pkgutil
from collections.abc import Callable, Iterator
from pathlib import Path

import medcounter
from medcounter.cli import main as command_line
from medcounter.cli.table import COMMANDS
from medcounter.errors import MedCounterError

DOCS = Path(__file__).resolve().parent.parent / "docs"
PROGRAM = "medcounter."
COLUMNS = "80"


def subclasses(error: type[MedCounterError]) -> Iterator[type[MedCounterError]]:
    """Give an error class and every class below it."""
    yield error
    for child in error.__subclasses__():
        yield from subclasses(child)


def errors_page() -> str:
    """Return the page that lists every refusal with its sentence."""
    for module in pkgutil.walk_packages(medcounter.__path__, PROGRAM):
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


def help_of(words: list[str]) -> str:
    """Return what the program answers to a command's ``--help``."""
    os.environ["COLUMNS"] = COLUMNS
    said = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    with contextlib.redirect_stdout(said):
        command_line([*words, "--help"])
    said.seek(0)
    return said.read().strip()


def commands_page() -> str:
    """Return the page that shows every command with its arguments."""
    parts = ["# 命令", "本页由 `make documents` 根据程序生成。", f"```text\n{help_of([])}\n```"]
    for command in COMMANDS:
        words = command.name.split()
        parts += [f"## medcounter {command.name}", f"```text\n{help_of(words)}\n```"]
    return "\n\n".join(parts) + "\n"


PAGES: dict[str, Callable[[], str]] = {
    "errors.md": errors_page,
    "commands.md": commands_page,
}


def main() -> None:
    """Write every page."""
    DOCS.mkdir(exist_ok=True)
    for name, page in PAGES.items():
        (DOCS / name).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
