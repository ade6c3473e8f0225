"""Commands for the keys that sign rules, and for signing with them."""

import json
from pathlib import Path

import pytest

from medcounter.cli import main
from medcounter.paths import resource
from medcounter.rules.load import join_parts
from medcounter.trust import envelope
from tests.support.rules.rule_samples import SHIPPED as SHIPPED_PARTS
from tests.support.store.store_samples import KEYS, demo_keys, package
from tests.support.system.streams import Streams, said

SHIPPED = str(resource("bundle.json"))
ROOTS = str(KEYS / "demo-roots.json")


def test_keys_are_made_and_sign_and_are_recognised(tmp_path: Path, capfdbinary: Streams) -> None:
    folder, out = tmp_path / "keys", tmp_path / "signed.json"
    assert main(["bundle", "keys", str(folder), "one", "two"]) == 0
    keys = [word for name in ("one", "two") for word in ("--key", str(folder / f"{name}.pem"))]
    assert main(["bundle", "sign", SHIPPED, *keys, "--out", str(out)]) == 0
    said(capfdbinary)
    assert main(["bundle", "inspect", str(out), "--roots", str(folder / "roots.json")]) == 0
    told = said(capfdbinary)[0]
    assert "有效签名 2 个，需要 2 个" in told
    assert main(["bundle", "inspect", str(out), "--roots", ROOTS]) == 2
    assert "不认识的密钥" in said(capfdbinary)[0]


def test_keys_that_exist_are_not_overwritten(tmp_path: Path, capfdbinary: Streams) -> None:
    assert main(["bundle", "keys", str(tmp_path), "one", "two"]) == 0
    before = (tmp_path / "one.pem").read_bytes()
    assert main(["bundle", "keys", str(tmp_path), "one"]) == 4
    assert (tmp_path / "one.pem").read_bytes() == before
    assert "没有覆盖" in said(capfdbinary)[1]


def test_keys_that_cannot_be_written_are_said(tmp_path: Path, capfdbinary: Streams) -> None:
    (tmp_path / "file").write_text("in the way")
    assert main(["bundle", "keys", str(tmp_path / "file"), "one"]) == 1
    assert "写不出去" in said(capfdbinary)[1]


def test_a_bundle_is_not_signed_twice_with_one_key(tmp_path: Path, capfdbinary: Streams) -> None:
    signed = tmp_path / "signed.json"
    signed.write_bytes(package(resource("bundle.json").read_bytes()))
    key = str(KEYS / "demo-root-1.pem")
    assert main(["bundle", "sign", str(signed), "--key", key, "--out", "x"]) == 2
    assert "换另一位保管人" in said(capfdbinary)[1]


@pytest.mark.parametrize("signed_before", [False, True])
def test_rules_that_fail_their_check_are_not_signed(
    *, signed_before: bool, tmp_path: Path, capfdbinary: Streams
) -> None:
    names = ("bundle.json", "national.json", "jiangxi-2025.json", "jiangxi-2026.json")
    parts = {name: (SHIPPED_PARTS / name).read_bytes() for name in names}
    rules = json.loads(join_parts(parts))
    first, *others = rules["examples"]
    wrong = {**first, "expect": {**first["expect"], "lapsed_years": 99}}
    path = tmp_path / "changed.json"
    path.write_text(json.dumps({**rules, "examples": [wrong, *others]}), "utf-8")
    out = tmp_path / "signed.json"
    if signed_before:
        path.write_bytes(envelope.sign(path.read_bytes(), demo_keys()[:1]))
    key = str(KEYS / "demo-root-2.pem")
    assert main(["bundle", "sign", str(path), "--key", key, "--out", str(out)]) == 2
    *faults, last = said(capfdbinary)[1].splitlines()
    assert last == "共 1 处，规则包没有签名；请改正后再签。"
    assert "lapsed_years" in "".join(faults)
    assert not out.exists()


def test_holders_sign_a_bundle_in_turn(tmp_path: Path, capfdbinary: Streams) -> None:
    signed = SHIPPED
    for number in (1, 2):
        before, signed = signed, str(tmp_path / f"signed-{number}.json")
        key = str(KEYS / f"demo-root-{number}.pem")
        assert main(["bundle", "sign", before, "--key", key, "--out", signed]) == 0
        assert main(["bundle", "inspect", signed, "--roots", ROOTS]) == (2, 0)[number - 1]
    assert "现有 2 个签名" in said(capfdbinary)[0]
