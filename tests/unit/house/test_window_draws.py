"""What the window could do without Qt belongs to the core, where every front end has it."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
# Keys and signs of the window itself, and words that name its keys.
KNOWN = {
    "ui.acts": "who does each act of the window",
    "ui.cli.screen_command_list": "the window's commands, to be searched",
    "ui.messages": "the window's strip: a sentence with its sign",
    "ui.mouse_ways": "what is clicked, by the names of the window's own widgets",
    "ui.papers.print_words": "the strip's sentences on a print, with their signs",
    "ui.readers.burst": "when keys come too fast for a hand, for readers that type",
    "ui.shortcuts": "the window's keys",
    "ui.surroundings": "what a window takes from its machine: clock, roots, printer",
    "ui.views.ledger.ledger_state": "what the ledger view shows",
    "ui.views.roster.roster_state": "what the list view shows",
    "ui.views.roster.roster_words": "sentences that name keys",
    "ui.views.studio.live.who_lines": "where a name breaks at the width of a column",
    "ui.work.ends": "what parts of the window are asked and told before a desk is left",
}


def imported(path: Path, name: str) -> set[str]:
    """Every module that one imports, and every name from it."""
    room = name.split(".")[:-1]
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {one.name for one in node.names}
        elif isinstance(node, ast.ImportFrom):
            above = room[: len(room) - node.level + 1] if node.level else []
            source = ".".join([*above, *([node.module] if node.module else [])])
            found |= {source, *(f"{source}.{one.name}" for one in node.names)}
    return found


def test_a_module_of_the_window_needs_qt_or_is_named_with_a_reason() -> None:
    names = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts): path
        for path in (ROOT / "ui").rglob("*.py")
        if path.name != "__init__.py"
    }
    imports = {name: imported(path, name) for name, path in names.items()}
    drawing = {name for name, found in imports.items() if any("PySide6" in one for one in found)}
    grown = 0
    while grown != len(drawing):
        grown = len(drawing)
        drawing |= {name for name, found in imports.items() if found & drawing}
    assert drawing
    assert set(names) - drawing == set(KNOWN)
