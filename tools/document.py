"""Write the pages in docs/ that are made from the program itself.

Usage: ``python -m tools.document``. tests/unit/test_documents.py fails when a
page is behind the program. Needs no Qt: what the window adds is read, not
imported.
"""

import ast
import contextlib
import io
import os
from collections.abc import Callable
from functools import cache
from pathlib import Path

from medcounter.cli.program import main as run_command
from medcounter.cli.table import COMMANDS
from tools.covered_places import coverage_page
from ui.command_table import with_screen

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
ROOT_OF_ERRORS = "MedCounterError"
COLUMNS = "80"


@cache
def classes() -> tuple[tuple[str, ast.ClassDef], ...]:
    """Return every class of the program with the name of its module."""
    found: list[tuple[str, ast.ClassDef]] = []
    for path in sorted((*ROOT.glob("medcounter/**/*.py"), *ROOT.glob("ui/**/*.py"))):
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        tree = ast.parse(path.read_text(encoding="utf-8"))
        found += [(module, node) for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    return tuple(found)


def errors() -> list[tuple[str, ast.ClassDef]]:
    """Return every error class of ours, by module and name."""
    found = {ROOT_OF_ERRORS}
    known = -1
    while known != len(found):
        known = len(found)
        found |= {
            node.name
            for _, node in classes()
            if any(isinstance(base, ast.Name) and base.id in found for base in node.bases)
        }
    ours = [(module, node) for module, node in classes() if node.name in found]
    return sorted(ours, key=lambda pair: (pair[0], pair[1].name))


def errors_page() -> str:
    """Return the page that lists every refusal with its sentence."""
    lines = [
        "# 程序会说的提示",
        "",
        "每一种情形对应一个错误类，下面是各类的默认文字；实际提示会写出具体的值。",
        "本页由 `make documents` 根据程序生成。",
        "",
        "| 错误类 | 所在 | 文字 |",
        "| --- | --- | --- |",
    ]
    for module, node in errors():
        text = " ".join((ast.get_docstring(node) or "").split())
        lines.append(f"| `{node.name}` | `{module}` | {text} |")
    return "\n".join(lines) + "\n"


def help_of(words: list[str]) -> str:
    """Return what the program answers to a command's ``--help``."""
    os.environ["COLUMNS"] = COLUMNS
    said = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    with contextlib.redirect_stdout(said):
        run_command([*words, "--help"], with_screen(COMMANDS))
    said.seek(0)
    return said.read().strip()


def commands_page() -> str:
    """Return the page that shows every command with its arguments."""
    parts = ["# 命令", "本页由 `make documents` 根据程序生成。", f"```text\n{help_of([])}\n```"]
    for command in with_screen(COMMANDS):
        words = command.name.split()
        parts += [f"## medcounter {command.name}", f"```text\n{help_of(words)}\n```"]
    return "\n\n".join(parts) + "\n"


PAGES: dict[str, Callable[[], str]] = {
    "errors.md": errors_page,
    "commands.md": commands_page,
    "coverage.md": coverage_page,
}


def main() -> None:
    """Write every page."""
    DOCS.mkdir(exist_ok=True)
    for name, page in PAGES.items():
        (DOCS / name).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
