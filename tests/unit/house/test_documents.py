"""What is written for people agrees with what the program does."""

import re
import tomllib
from pathlib import Path

import pytest

from tools.bootstrap import ENVIRONMENTS
from tools.document import PAGES

ROOT = Path(__file__).resolve().parents[3]
READMES = ("README.md", "README.zh-CN.md")
# Pages that lead into the code; a folder may be named from inside its package.
GUIDES = ("docs/architecture.md", "CONTRIBUTING.md", "SECURITY.md")
MADE = ("build", "dist", ".venv")
MIN_PATHS = {"docs/architecture.md": 25, "CONTRIBUTING.md": 60, "SECURITY.md": -1}


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def commands(name: str) -> list[str]:
    """Every line of every fenced block of a document, without remarks."""
    blocks = re.findall(r"^```\w*\n(.*?)^```", read(name), flags=re.MULTILINE | re.DOTALL)
    lines = [line.split("  #")[0].rstrip() for block in blocks for line in block.splitlines()]
    return [line for line in lines if line]


def requirements(*names: str) -> set[str]:
    """The lines of requirement files that name a package."""
    lines = [line for name in names for line in read(f"requirements/{name}.in").splitlines()]
    return {line for line in lines if line and not line.startswith(("#", "-r "))}


@pytest.mark.parametrize("document", [*READMES, "CONTRIBUTING.md"])
def test_every_make_command_in_a_document_is_a_target(document: str) -> None:
    targets = set(re.findall(r"^([a-z0-9-]+):", read("Makefile"), flags=re.MULTILINE))
    named = set(re.findall(r"(?:`|^)make ([a-z0-9-]+)", read(document), flags=re.MULTILINE))
    assert named
    assert named - targets == set()


@pytest.mark.parametrize("guide", GUIDES)
def test_every_path_that_a_guide_names_is_there(guide: str) -> None:
    """Folders and files, in code or as links; what the checks make is there only after them."""
    text = re.sub(r"^```.*?^```", "", read(guide), flags=re.MULTILINE | re.DOTALL)
    named = set(re.findall(r"`([\w.-]+/[\w./-]+|\w+\.(?:py|toml|qss))`", text))
    named = {path.rstrip("/") for path in named if not path.startswith(MADE)}
    rooms = [room for room in ROOT.iterdir() if room.is_dir() and not room.name.startswith(".v")]
    known = {f"/{path.relative_to(ROOT).as_posix()}" for path in ROOT.iterdir()}
    known |= {
        f"/{path.relative_to(ROOT).as_posix()}"
        for room in rooms
        if room.name not in {*MADE, ".git"}
        for path in room.rglob("*")
    }
    assert len(named) > MIN_PATHS[guide]
    lost = [path for path in sorted(named) if not any(one.endswith(f"/{path}") for one in known)]
    assert lost == []


@pytest.mark.parametrize("guide", [*GUIDES, "docs/decisions/README.md", *READMES])
def test_every_link_of_a_guide_leads_somewhere(guide: str) -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[\w-]+)?\)", read(guide))
    folder = (ROOT / guide).parent
    assert links
    assert [link for link in links if not (folder / link).exists()] == []


def test_every_decision_is_in_the_list_of_decisions() -> None:
    listed = set(re.findall(r"\]\(([\w.-]+\.md)\)", read("docs/decisions/README.md")))
    there = {path.name for path in (ROOT / "docs/decisions").glob("[0-9]*.md")}
    assert len(there) > 10
    assert listed == there


def test_what_a_walk_calls_exists() -> None:
    """``Session.edit`` in a walk is a method of a class of that name."""
    called = set(re.findall(r"`([A-Z]\w+)\.(\w+)`", read("docs/architecture.md")))
    sources = [
        path.read_text("utf-8")
        for room in ("medcounter", "ui")
        for path in (ROOT / room).rglob("*.py")
    ]
    assert len(called) > 4
    missing = [
        f"{owner}.{name}"
        for owner, name in sorted(called)
        if not any(f"class {owner}" in text and f"def {name}(" in text for text in sources)
    ]
    assert missing == []


def test_both_readmes_give_the_same_commands() -> None:
    english, chinese = map(commands, READMES)
    assert "make run" in english
    assert "make test" in english
    assert english == chinese


def test_the_readme_s_test_command_is_what_ci_runs() -> None:
    assert read(".ci/run").rstrip().endswith("make test")


def test_every_dependency_has_its_reason() -> None:
    text = read("CONTRIBUTING.md").partition("## Dependencies")[2].partition("\n## ")[0]
    explained = set(re.findall(r"`([\w-]+)`", text))
    needed = {
        re.split(r"[ =<>;\[]", line)[0]
        for line in requirements("core", "runtime", "core-tests", "dev", "build")
    }
    assert needed - explained == set()


def test_an_installed_program_asks_for_what_the_lock_of_the_program_is_made_from() -> None:
    project = tomllib.loads(read("pyproject.toml"))["project"]
    assert requirements("core", "runtime") == set(project["dependencies"])


@pytest.mark.parametrize(
    "lock", ["runtime", "core-tests", "dev", "oldest", "build", "spark", "audit"]
)
def test_every_locked_package_has_an_exact_version_and_hashes(lock: str) -> None:
    entries = re.split(r"\n(?=\S)", read(f"requirements/{lock}.txt"))
    packages = [entry for entry in entries if not entry.startswith("#")]
    assert len(packages) > 20
    assert [entry for entry in packages if not re.match(r"[\w.-]+==\S+", entry)] == []
    assert [entry for entry in packages if "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize("name", PAGES)
def test_a_page_made_from_the_program_is_not_behind_it(name: str) -> None:
    assert PAGES[name]() == read(f"docs/{name}"), "run make documents"


SET_UP_BY_HAND = re.compile(r"\bpip install\b|--require-hashes|-m venv\b")


@pytest.mark.parametrize("document", [*READMES, "CONTRIBUTING.md", "docs/installation.md"])
def test_every_set_up_in_a_document_goes_through_the_one_that_is_tested(document: str) -> None:
    assert [line for line in commands(document) if SET_UP_BY_HAND.search(line)] == []
    named = re.findall(r"tools[\\/]bootstrap\.py (\S+)", read(document))
    assert set(named) <= set(ENVIRONMENTS)


def locked(name: str) -> set[str]:
    """The packages of a lock with version and marker."""
    return set(re.findall(r"^([\w.-]+==[^\\\n]+)", read(f"requirements/{name}.txt"), re.MULTILINE))


@pytest.mark.parametrize("smaller", ["runtime", "core-tests"])
def test_what_the_checks_need_holds_what_the_program_needs(smaller: str) -> None:
    assert len(locked(smaller)) > 20
    assert locked(smaller) - locked("dev") == set()


def test_the_window_is_checked_with_the_very_qt_that_arm64_is_given() -> None:
    pinned = {line for line in requirements("runtime") if "==" in line}
    for_arm64 = {line for line in pinned if line.endswith('== "aarch64"')}
    assert {line.partition(" ;")[0] for line in for_arm64} <= requirements("oldest")
    assert for_arm64


def test_where_the_program_was_never_tried_each_document_says_so() -> None:
    assert "not tried there yet" in read("README.md").partition("## On Windows")[2]
    assert "还没有在 Windows 上试过" in read("README.zh-CN.md")
    assert "还没有在 Windows 上试过" in read("docs/installation.md")
