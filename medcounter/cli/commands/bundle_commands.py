"""The commands ``bundle …``: check, describe, compare and sign rules.

For the office that writes rules. Changes no hall's data.
"""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from medcounter.assess.contract import facts_json
from medcounter.assess.engine.rule_book import RuleBook
from medcounter.authoring.source_files.source_folder import bring_along, compared_beside
from medcounter.bundle.difference import difference
from medcounter.bundle.fault_places import FaultPlaces
from medcounter.bundle.rule_folder import RuleFiles, one_file, open_files
from medcounter.bundle.shipped import open_shipped, release_roots
from medcounter.bundle.shipped_hash import SHIPPED_SHA256
from medcounter.bundle.signed_package import OpenedBundle, read_package
from medcounter.cli.case_table import case_table
from medcounter.cli.checked_bundle import checked_files
from medcounter.cli.command import DONE, REFUSED
from medcounter.cli.named_destination import named_destination
from medcounter.cli.output import (
    OutputUnwritableError,
    compact,
    complain,
    pretty,
    write,
    write_file,
)
from medcounter.cli.rules_in_use import is_envelope, named_files, open_named
from medcounter.errors import MedCounterError
from medcounter.paths import data_dir
from medcounter.rules.checking.schema import bundle_schema, head_schema, part_schema
from medcounter.rules.faults import BundleUnreadableError
from medcounter.samples.answer_changes import (
    boundary_set,
    outcome,
    outcome_changes,
    year_changes,
)
from medcounter.samples.sample_residents import covered_residents
from medcounter.trust import envelope, keys
from medcounter.trust.roots import Roots, read_roots, write_roots

# Of a bundle with fewer programmes and years the proof is there at once.
_LONG = 10
_BAR = 30
ROOTS_FILE = "roots.json"


class AlreadySignedError(MedCounterError):
    """这把私钥已经在这个规则包上签过名，没有再签；请换另一位保管人签名。"""


class NothingToCompareError(MedCounterError):
    """没有写明和什么比较；请再写一个规则包，或用 --years 写两个待遇年度。"""


def run_check(arguments: Namespace) -> int:
    """Check a bundle, prove its rules, recompute its examples; name every fault."""
    try:
        files, signed = named_files(arguments.path)
        checked = checked_files(files, _bar)
        opened = OpenedBundle(files.payload, checked)
    except BundleUnreadableError as err:
        _name_faults(err, "规则包不能使用；请改正后再检查。")
        return REFUSED
    changed, lost = compared_beside(
        arguments.path, (file for source in checked.sources for file in source.files)
    )
    for text in (*changed, *lost):
        complain(text)
    if changed:
        complain(
            f"规则没有错，但有 {len(changed)} 份公告不是编制时的那一份；请换回原来的文件再检查。"
        )
        return REFUSED
    write(f"检查通过：{_summary(opened, signed=signed, places=files.places())}")
    return DONE


def _name_faults(err: BundleUnreadableError, outcome: str) -> None:
    for fault in err.faults:
        complain(f"{fault.where}：{fault.text}")
    complain(f"共 {len(err.faults)} 处，{outcome}")


def _bar(done: int, total: int) -> None:
    """Draw how much is proven, where somebody watches and it takes a while."""
    screen = sys.stderr
    if total < _LONG or screen is None or not screen.isatty():
        return
    filled = _BAR * done // total
    end = "\n" if done == total else ""
    screen.write(f"\r证明 [{'#' * filled}{'.' * (_BAR - filled)}] {done}/{total}{end}")
    screen.flush()


def run_schema(arguments: Namespace) -> int:
    """Write the JSON Schema of a head, of a place's file, or of a bundle."""
    schema = head_schema if arguments.head else part_schema if arguments.part else bundle_schema
    write(pretty(schema()))
    return DONE


def run_cases(arguments: Namespace) -> int:
    """Write a bundle's examples, sample residents and limits, with outcomes."""
    opened, signed = _named_or_shipped(arguments.path)
    book = RuleBook.open(opened.bundle, opened.sha256, signed=signed)
    if arguments.table is not None:
        place = named_destination(arguments, arguments.table, people=False)
        write_file(place, case_table(book))
        write(f"已写到 {arguments.table}：每人一行，用表格软件打开，逐条看是否符合公告。")
        return DONE
    if arguments.boundary:
        for facts in boundary_set(book):
            write(compact(facts_json(facts)))
        return DONE
    for example in opened.bundle.examples:
        write(compact(example.model_dump(mode="json", exclude_unset=True)))
    for sample in covered_residents(book):
        found = {"facts": facts_json(sample.facts), "outcome": outcome(sample.facts, book)}
        write(compact({"resident": sample.text, **found}))
    for facts in boundary_set(book):
        write(compact({"facts": facts_json(facts), "outcome": outcome(facts, book)}))
    return DONE


def run_diff(arguments: Namespace) -> int:
    """Write what a bundle or a year says differently, and which answers change."""
    old, old_signed = open_named(arguments.old)
    before = RuleBook.open(old.bundle, old.sha256, signed=old_signed)
    new, after = old, before
    if arguments.new is not None:
        new, new_signed = open_named(arguments.new)
        after = RuleBook.open(new.bundle, new.sha256, signed=new_signed)
    elif arguments.years is None:
        raise NothingToCompareError
    if arguments.years is not None:
        first, second = sorted(arguments.years)
        changes = year_changes(before, (first, second), arguments.region, after)
        write(f"{first} 年度 → {second} 年度，同样的人各推后 {second - first} 年")
    else:
        lines = difference(old, new)
        write(f"第 {old.bundle.revision} 版 → 第 {new.bundle.revision} 版，{len(lines)} 处不同")
        for line in lines:
            write(line.text)
        changes = outcome_changes(before, after)
        if arguments.region is not None:
            changes = tuple(one for one in changes if one.region == arguments.region)
    write(f"参保人样本、算例和界限情形的结果：{len(changes)} 项改变")
    for change in changes:
        place = after.name(change.region) or before.name(change.region) or change.region
        write(change.text(place))
        if arguments.facts:
            write(compact(facts_json(change.first)))
    return DONE


def run_sign(arguments: Namespace) -> int:
    """Check a bundle and sign it with private keys; others may have signed before."""
    reading = (arguments.path, *arguments.key)
    place = named_destination(arguments, arguments.out, people=False, reading=reading)
    signing = tuple(keys.read_signing_key(path) for path in arguments.key)
    package = None if arguments.path.is_dir() else read_package(arguments.path)
    if package is not None and is_envelope(package):
        before = envelope.take_apart(package)
        if {key_id for key_id, _ in before.signatures} & {key.root.id for key in signing}:
            raise AlreadySignedError
        files = one_file(before.payload)
    else:
        files, _ = named_files(arguments.path)
    try:
        opened = _to_sign(files)
    except BundleUnreadableError as err:
        _name_faults(err, "规则包没有签名；请改正后再签。")
        return REFUSED
    if package is not None and is_envelope(package):
        data = envelope.countersign(package, signing)
    else:
        data = envelope.sign(opened.payload, signing)
    write_file(place, data)
    named = (file for source in opened.bundle.sources for file in source.files)
    folder = data_dir(arguments.data_dir)
    for text in bring_along(arguments.path, named, arguments.out, data_folder=folder):
        complain(text)
    count = len(envelope.take_apart(data).signatures)
    write(f"已签名：{arguments.out}，现有 {count} 个签名。{_summary(opened, signed=None)}")
    return DONE


def _to_sign(files: RuleFiles) -> OpenedBundle:
    """Open files that pass the check; what ships was proven when it was built.

    Raises:
        BundleUnreadableError: With every fault, each with its place.
    """
    opened = open_files(files)
    if opened.sha256 != SHIPPED_SHA256:
        checked_files(files, _bar)
    return opened


def run_keys(arguments: Namespace) -> int:
    """Make private keys and the file of their public halves."""
    place = named_destination(arguments, arguments.folder / ROOTS_FILE, people=False)
    try:
        roots = keys.write_signing_keys(arguments.folder, tuple(arguments.name))
    except OSError as err:
        raise OutputUnwritableError from err
    write_file(place, write_roots(Roots(roots)))
    write(
        f"已生成 {len(roots)} 把私钥和公钥文件 {ROOTS_FILE}；私钥请离线保管，不要放到窗口电脑上。"
    )
    return DONE


def run_inspect(arguments: Namespace) -> int:
    """Describe what a signed file is and whose signatures it carries."""
    signed = envelope.take_apart(read_package(arguments.path))
    roots = _roots(arguments.roots)
    states = envelope.signature_states(signed, roots)
    for state in states:
        holder = state.name or "不认识的密钥"
        verdict = "有效" if state.valid else "不能确认"
        write(f"签名 {state.key_id[:16]}：{holder}，{verdict}")
    valid = sum(state.valid for state in states)
    write(f"有效签名 {valid} 个，需要 {roots.threshold} 个")
    return DONE if valid >= roots.threshold else REFUSED


def _roots(path: Path | None) -> Roots:
    return release_roots() if path is None else read_roots(read_package(path))


def _named_or_shipped(path: Path | None) -> tuple[OpenedBundle, bool]:
    return (open_shipped(), True) if path is None else open_named(path)


def _summary(
    opened: OpenedBundle, *, signed: bool | None, places: FaultPlaces | None = None
) -> str:
    """Count what a bundle holds; what the program brought is counted apart."""
    bundle = opened.bundle
    programmes, sources = bundle.programmes, bundle.sources
    if places is not None:
        programmes = tuple(programmes[at] for at in places.written("programmes"))
        sources = tuple(sources[at] for at in places.written("sources"))
    rules, every = (sum(len(one.rules) for one in some) for some in (programmes, bundle.programmes))
    brought = len(bundle.programmes) - len(programmes)
    beside = f"另有程序带入的上级方案 {brought} 个、规则 {every - rules} 条。" if brought else ""
    signature = {True: "，签名有效", False: "，没有签名", None: ""}[signed]
    return (
        f"规则包 {bundle.id} 第 {bundle.revision} 版{signature}："
        f"{len(programmes)} 个方案，{rules} 条规则，{len(sources)} 个来源，"
        f"{len(bundle.examples)} 个算例。{beside}"
    )
