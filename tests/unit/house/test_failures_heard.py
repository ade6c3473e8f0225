"""Work that goes on by itself is heard when it fails: nothing stops in silence."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
WORKERS = {"Slices", "QuietWork", "Background"}


def workers() -> list[tuple[str, str]]:
    """Each worker the window makes: its file, and the words that name it there."""
    found: list[tuple[str, str]] = []
    for path in sorted((ROOT / "ui").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Assign) and isinstance(node.value, ast.Call)):
                continue
            made = node.value.func
            if isinstance(made, ast.Name) and made.id in WORKERS:
                name = path.relative_to(ROOT).as_posix()
                found.append((name, ast.unparse(node.targets[0])))
    return found


def test_the_window_has_workers_of_each_kind() -> None:
    names = {name for name, _ in workers()}
    assert {"ui/safety/chain_watch.py", "ui/access/lock.py", "ui/papers/stack_papers.py"} <= names


@pytest.mark.parametrize(("name", "worker"), workers())
def test_whoever_makes_a_worker_hears_that_it_failed(name: str, worker: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert re.search(rf"{re.escape(worker)}\.failed(_with)?\.connect\(", text)
