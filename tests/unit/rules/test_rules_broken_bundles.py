"""What a real author gets wrong: each broken bundle is refused, by path and words.

A file of tests/data/bundles/broken is one change to a good bundle, the path
of the fault and words of its sentence. Faults show at loading, at the proof
of no gap and no overlap, or at the bundle's own examples.
"""

import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from medcounter.assess.engine.rule_book import RuleBook
from medcounter.assess.prove.examples import run_examples
from medcounter.assess.prove.proof import prove
from medcounter.rules.faults import BundleUnreadableError, Fault
from medcounter.rules.load import read_bundle
from tests.support.rules.rule_samples import BUNDLES, Json, good, read, read_json

FILES = sorted((BUNDLES / "broken").glob("*.json"))


def refuser(file: Path) -> str:
    who: str = read_json(file).get("refused_by", "load")
    return who


UNPROVEN = [file for file in FILES if refuser(file) == "proof"]
UNREADABLE = [file for file in FILES if file not in UNPROVEN]
STEP = re.compile(r"\[(\d+)\]|([^.\[\]]+)")
HAN = re.compile(r"[\u4e00-\u9fff]")


def steps_of(path: str) -> list[str | int]:
    return [int(index) if index else name for index, name in STEP.findall(path)]


def broken_bytes(patch: Json) -> bytes:
    """The base bundle with the one change made."""
    text: str = (BUNDLES / patch["base"]).read_text(encoding="utf-8")
    if "text" in patch:
        old, new = patch["text"]
        assert old in text
        return text.replace(old, new, 1).encode()
    if "cut_after" in patch:
        return text[: text.index(patch["cut_after"]) + len(patch["cut_after"])].encode()
    steps = steps_of(patch["path"])
    if not steps:
        return json.dumps(patch["set"]).encode()
    document = json.loads(text)
    change(document, steps, patch)
    return json.dumps(document, ensure_ascii=False).encode()


def change(document: Any, steps: Sequence[str | int], patch: Json) -> None:  # noqa: ANN401 -- JSON
    here = document
    for step in steps[:-1]:
        here = here[step]
    last = steps[-1]
    if "set" in patch:
        here[last] = patch["set"]
    elif "rename" in patch:
        here[patch["rename"]] = here.pop(last)
    elif "keep" in patch:
        here[last] = [here[last][place] for place in patch["keep"]]
    elif "append" in patch:
        here.setdefault(last, []).append(patch["append"])
    else:
        assert patch["remove"]
        del here[last]


def refused_at_load(data: bytes) -> tuple[Fault, ...]:
    with pytest.raises(BundleUnreadableError) as refusal:
        read_bundle(data)
    assert refusal.value.text.startswith("规则包有错")
    return refusal.value.faults


def refused_by_proof(data: bytes) -> tuple[Fault, ...]:
    return prove(read_bundle(data))


def refused_by_examples(data: bytes) -> tuple[Fault, ...]:
    bundle = read_bundle(data)
    assert prove(bundle) == ()
    return run_examples(RuleBook.open(bundle, "", signed=False))


REFUSE: dict[str, Callable[[bytes], tuple[Fault, ...]]] = {
    "load": refused_at_load,
    "proof": refused_by_proof,
    "examples": refused_by_examples,
}


def assert_refused(file: Path) -> None:
    patch = read_json(file)
    faults = REFUSE[refuser(file)](broken_bytes(patch))
    assert [fault.path for fault in faults][:1] == [patch["error_path"]]
    assert [word for word in patch["words"] if word not in faults[0].text] == []
    assert len(faults) == patch.get("faults", 1), faults
    for fault in faults:
        assert HAN.search(fault.text)
        assert fault.text.endswith("。")


@pytest.mark.parametrize("file", UNREADABLE, ids=lambda file: file.stem)
def test_a_broken_bundle_is_refused_with_its_path_and_words(file: Path) -> None:
    assert_refused(file)


# Other tests count these lines; counted here, a whole proof would take four times as long.
@pytest.mark.no_cover
@pytest.mark.parametrize("file", UNPROVEN, ids=lambda file: file.stem)
def test_a_bundle_that_cannot_be_proven_is_refused_with_its_path_and_words(file: Path) -> None:
    assert_refused(file)


def test_the_good_bundle_has_no_fault() -> None:
    bundle = read(good())
    assert prove(bundle) == ()
    assert run_examples(RuleBook.open(bundle, "", signed=False)) == ()


def test_there_are_many_broken_bundles_and_each_says_what_its_author_did() -> None:
    reasons = [read_json(file)["why"] for file in FILES]
    assert len(reasons) == len(set(reasons)) >= 60
