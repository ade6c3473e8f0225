"""The commands ``bundle roots …``: rotate the keys that sign rules.

For the office that signs rules, and for a hall that accepts an update. The
steps of a rotation are in docs/keys.md.
"""

from __future__ import annotations

from argparse import Namespace
from datetime import date
from pathlib import Path

from medcounter.bundle.shipped import release_roots
from medcounter.bundle.signed_package import read_package
from medcounter.cli.command import DONE, REFUSED
from medcounter.cli.named_destination import named_destination
from medcounter.cli.open_desk import now, open_desk
from medcounter.cli.output import write, write_file
from medcounter.trust import envelope, rotation
from medcounter.trust.keys import read_signing_key
from medcounter.trust.roots import Roots, read_roots, write_roots


def run_propose(arguments: Namespace) -> int:
    """Write the roots that shall follow the present ones, not yet signed."""
    reading = (arguments.new, arguments.old)
    place = named_destination(arguments, arguments.out, people=False, reading=reading)
    old = _old(arguments.old)
    new = read_roots(read_package(arguments.new))
    proposed = rotation.propose(old, new.keys, arguments.expires)
    write_file(place, write_roots(proposed))
    write(f"已写出 {arguments.out}：{_summary(proposed)}")
    write(
        f"请旧公钥的 {old.threshold} 位和新公钥的 {proposed.threshold} 位保管人"
        "依次用“medcounter bundle roots sign”签名。"
    )
    return DONE


def run_sign(arguments: Namespace) -> int:
    """Add signatures to proposed roots; others may have signed before."""
    reading = (arguments.path, *arguments.key)
    place = named_destination(arguments, arguments.out, people=False, reading=reading)
    keys = tuple(read_signing_key(path) for path in arguments.key)
    data = read_package(arguments.path)
    if rotation.is_update(data):
        signed = envelope.countersign(data, keys)
    else:
        signed = rotation.sign(read_roots(data), keys)
    write_file(place, signed)
    count = len(envelope.take_apart(signed).signatures)
    write(f"已签名：{arguments.out}，现有 {count} 个签名。")
    return DONE


def run_inspect(arguments: Namespace) -> int:
    """Describe what an update of the roots names and who signed it."""
    data = read_package(arguments.path)
    new = rotation.read_update(data)
    old = release_roots() if arguments.old is None else _old(arguments.old)
    write(_summary(new))
    for whose, roots in (("旧公钥", old), ("新公钥", new)):
        for state in envelope.signature_states(envelope.take_apart(data), roots):
            if state.name is not None:
                verdict = "有效" if state.valid else "不能确认"
                write(f"签名 {state.key_id[:16]}：{whose} {state.name}，{verdict}")
    counts = rotation.signers(data, old), rotation.signers(data, new)
    write(
        f"旧公钥的有效签名 {counts[0]} 个，需要 {old.threshold} 个；"
        f"新公钥的 {counts[1]} 个，需要 {new.threshold} 个"
    )
    return DONE if counts[0] >= old.threshold and counts[1] >= new.threshold else REFUSED


def run_accept(arguments: Namespace) -> int:
    """Let the roots of an update count at this counter from now on."""
    with open_desk(arguments) as desk:
        desk.access.require_clerk()
        accepted = desk.roots.accept(arguments.path, now(), desk.settings.clerk)
    write(f"已采用：{_summary(accepted)}")
    return DONE


def _old(path: Path) -> Roots:
    """Read the present roots: a file of keys, or the update they came by."""
    data = read_package(path)
    return rotation.read_update(data) if rotation.is_update(data) else read_roots(data)


def _summary(roots: Roots) -> str:
    last = "没有写有效期" if roots.expires is None else f"有效期到 {_day(roots.expires)}"
    names = "、".join(key.name for key in roots.keys)
    return (
        f"第 {roots.version} 版公钥，{names}，需要 {roots.threshold} 个签名，"
        f"{last}，停用 {len(roots.revoked)} 把旧公钥。"
    )


def _day(day: date) -> str:
    return f"{day:%Y-%m-%d}"
