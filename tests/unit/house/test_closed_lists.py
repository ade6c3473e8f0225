"""Every list, number and tab of the window is of the kind a wheel cannot change."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
OWN = ROOT / "ui" / "widgets" / "choice.py"
TURNED = frozenset(
    {"QComboBox", "QFontComboBox", "QTabBar", "QTabWidget", "QSpinBox", "QDoubleSpinBox"}
    | {"QDateEdit", "QTimeEdit", "QDateTimeEdit", "QSlider", "QDial"}
)


def names(node: ast.AST) -> set[str]:
    """What a call makes, or what a class is built on."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        return {node.func.id}
    if isinstance(node, ast.ClassDef):
        return {base.id for base in node.bases if isinstance(base, ast.Name)}
    return set()


def test_nothing_that_a_wheel_turns_is_made_but_by_the_one_module() -> None:
    made = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in sorted((ROOT / "ui").rglob("*.py"))
        if path != OWN
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for name in names(node) & TURNED
    ]
    assert made == []
