"""Write the pages in docs/ that are made from the program itself.

Usage: ``python -m tools.document``. tests/unit/house/test_documents.py fails when a
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

from medcounter.cli.command_list import COMMANDS
from medcounter.cli.program import main as run_command
from tools.covered_places import coverage_page
from ui.cli.screen_command_list import with_screen

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


WRITING = (
    "## 写文件",
    (
        "凡是写到所给文件名的命令，都先看能不能写，再做别的事：不写进台账的数据文件夹（这台的、"
        "另一台的都不写），不写在正在读的文件上，已经有的文件不加 `--force` 就不覆盖；"
        "不能写时以 4 退出，什么也没有动。备份（.db）和密钥文件加了 `--force` 也不覆盖。"
        "写要么完整，要么没有：先写在旁边，落盘后才换成所给的名字。"
    ),
    (
        "有居民姓名、号码的文件只有自己能读（权限 0600）。U 盘常用的 FAT、exFAT 没有权限，Windows "
        "上沿用所在文件夹的权限：那里谁能打开文件夹，谁就能读，请放在只有自己能打开的地方。"
    ),
    (
        "只看台账的命令不新建数据文件夹：`--data-dir` 写错了就以 2 退出并说明。"
        "`assess`、`options`、`rules` 不需要数据文件夹。"
    ),
)


def commands_page() -> str:
    """Return the page that shows every command with its arguments."""
    parts = [
        "# 命令",
        "本页由 `make documents` 根据程序生成。",
        f"```text\n{help_of([])}\n```",
        *WRITING,
    ]
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
