"""A file of rules is laid out in one way, which a person reads and a tool writes again."""

import json

from hypothesis import given
from hypothesis import strategies as st

from medcounter.authoring.document.canonical_layout import WIDTH, laid_out
from medcounter.strict_json import read_strict
from tools.build_bundle import ROOT, written_by_hand

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
DOCUMENTS = st.recursive(
    st.none() | st.booleans() | st.integers(-999, 999) | TEXTS,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(TEXTS, inner, max_size=5),
)


def test_what_fits_stands_on_one_line_and_what_does_not_on_a_line_each() -> None:
    long = "长" * 60
    document = {"sources": [{"id": "a", "grade": "A"}], "rules": [{"x": long, "y": long, "z": []}]}
    assert laid_out(document).decode() == (
        '{\n  "sources": [{"id": "a", "grade": "A"}],\n'
        '  "rules": [\n    {\n'
        f'      "x": "{long}",\n      "y": "{long}",\n      "z": []\n'
        "    }\n  ]\n}\n"
    )


def test_a_line_is_filled_to_its_last_character_and_the_comma_counts() -> None:
    inner = [1, "x" * (WIDTH - len('  "a": [1, ""],'))]
    assert laid_out({"a": inner, "b": "长" * WIDTH}).decode().split("\n")[1] == (
        f'  "a": [1, "{inner[1]}"],'
    )
    longer = [1, f"{inner[1]}x"]
    assert laid_out({"a": longer, "b": "长" * WIDTH}).decode().split("\n")[1] == '  "a": ['


@given(DOCUMENTS)
def test_every_document_is_read_back_as_it_was(document: object) -> None:
    assert json.loads(laid_out(document)) == document


def test_every_file_written_by_hand_is_in_this_layout() -> None:
    files = written_by_hand()
    assert len(files) > 130
    other = [
        path.relative_to(ROOT).as_posix()
        for path in files
        if laid_out(read_strict(path.read_bytes())) != path.read_bytes()
    ]
    assert other == [], "python tools/build_bundle.py lays them out"
