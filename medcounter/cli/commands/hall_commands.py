"""The commands ``hall …``: the hall's own key, its certificate and its rules.

The recovery key is read from a file or asked for, never an argument.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from medcounter.assess.replay import ReplayImpossibleError
from medcounter.authoring.document.place_document import PlaceDocument
from medcounter.bundle.hall.hall_bundle import HallBundle, is_hall_bundle
from medcounter.bundle.signed_package import read_package
from medcounter.cli.command import DONE, REFUSED
from medcounter.cli.commands.assess_commands import read_input
from medcounter.cli.named_destination import named_destination
from medcounter.cli.open_desk import now, open_desk
from medcounter.cli.output import complain, write, write_file
from medcounter.cli.signing_in import SIGNING_PROMPT, ask, first_line, secret
from medcounter.desk.access.access_records import SigningWord
from medcounter.desk.authoring.release_signing import Reviewing
from medcounter.desk.desk import Desk
from medcounter.desk.rules.hall_office import Heard
from medcounter.desk.rules.hall_rules import HallPlan
from medcounter.strict_json import StrictJsonError, read_strict
from medcounter.trust.hall.hall_words import words_of
from medcounter.wording.terms import SCHEMES

_VOCABULARY = "vocabulary"


def run_show(arguments: Namespace) -> int:
    """Describe the hall that was confirmed here, its people and its rules."""
    with open_desk(arguments) as desk:
        state = desk.hall_rules.state
        if not state.hall_key:
            write("这个窗口还没有确认过本厅的密钥，不用本厅规则。")
            return DONE
        write(f"本厅密钥的六个词：{' '.join(desk.hall_office.words)}")
        where = "在这个窗口" if desk.hall_office.has_key else "不在这个窗口"
        write(f"密钥{where}，第 {state.certificates[-1].serial} 份主管证明：")
        for one in state.people:
            known = "" if one.public in state.confirmed else "，这个窗口还没有确认"
            write(f"  {one.name}（{' '.join(words_of(one.public))}）{known}")
        in_force = desk.hall_rules.in_force
        for taken in state.taken:
            mark = "在用" if taken.bundle in in_force else "停用" if taken.retired else "留存"
            write(f"  {mark}：{_summary(taken.bundle)}，{taken.begins} 起")
        for text in desk.hall_rules.dropped:
            write(text)
    return DONE


def run_key(arguments: Namespace) -> int:
    """Make the hall's own key with the recovery key from its paper."""
    with open_desk(arguments) as desk:
        words = desk.hall_office.make_key(_recovery(arguments), now(), renew=arguments.renew)
        write(f"已生成本厅的密钥，用恢复密钥封存。六个词：{' '.join(words)}")
        write(f"主管证明上有：{desk.hall_rules.state.certificates[-1].names()}")
        write("请在其他窗口由主管听着念，用“medcounter hall confirm”各确认一次。")
    return DONE


def run_certify(arguments: Namespace) -> int:
    """Make the next certificate for the supervisors that there are now."""
    with open_desk(arguments) as desk:
        made = desk.hall_office.certify(_recovery(arguments), now())
        write(f"第 {made.serial} 份主管证明：{made.names()}")
    return DONE


def run_certificate(arguments: Namespace) -> int:
    """Write the certificates for the hall's other desks."""
    place = named_destination(arguments, arguments.out, people=False)
    with open_desk(arguments) as desk:
        data = desk.hall_office.certificate_file()
    write_file(place, data)
    write(f"已写出主管证明：{arguments.out}")
    return DONE


def run_confirm(arguments: Namespace) -> int:
    """Let the hall, or a person who came later, count at this desk."""
    data = read_package(arguments.path)
    text = "" if arguments.key_file is None else first_line(arguments.key_file)
    with open_desk(arguments) as desk:
        heard = Heard(arguments.words, arguments.person)
        desk.hall_office.confirm(data, heard, now(), text)
        write(f"已确认：{arguments.person or '本厅的密钥'}")
    return DONE


def run_sign(arguments: Namespace) -> int:
    """Sign rules as their author, or what the author signed as the reviewer."""
    place = named_destination(arguments, arguments.out, people=False, reading=(arguments.path,))
    data, at = read_package(arguments.path), now()
    with open_desk(arguments) as desk:
        if is_hall_bundle(data):
            _tell_review(desk.release.review(data, at), desk)
            signed = desk.release.sign_as_reviewer(data, _word(desk, arguments), at).data
            sentence = f"已复核并签名：{arguments.out}，可以在各窗口采用。"
        else:
            document = PlaceDocument.opened(data, 0, _vocabulary(arguments.head))
            begins = arguments.begins or at.date()
            word = _word(desk, arguments)
            signed = desk.release.sign_as_author(document, arguments.reviewer, begins, word, at)
            sentence = f"已签名：{arguments.out}，请“{arguments.reviewer}”复核后签名。"
    write_file(place, signed)
    write(sentence)
    return DONE


def run_review(arguments: Namespace) -> int:
    """Show what the author signed and what it changes; sign nothing."""
    with open_desk(arguments) as desk:
        _tell_review(desk.release.review(read_package(arguments.path), now()), desk)
    return DONE


def run_take(arguments: Namespace) -> int:
    """Take in rules that two supervisors of the hall signed."""
    with open_desk(arguments) as desk:
        at = now()
        plan = desk.hall_rules.plan(read_package(arguments.path), at.date())
        _tell(plan)
        if arguments.dry_run:
            return DONE
        taken = desk.hall_rules.take(plan, at, arguments.begins)
        write(f"已采用：{_summary(taken.bundle)}，{taken.begins} 起使用。")
    return DONE


def run_replay(arguments: Namespace) -> int:
    """Return whether the same bundles give the same bytes again."""
    stored = read_strict(read_input(arguments.file))
    if not isinstance(stored, dict):
        raise ReplayImpossibleError
    with open_desk(arguments) as desk:
        again = desk.hall_rules.replay(stored)
    if again.same:
        write("重算结果与原结果逐字相同。")
        return DONE
    complain(f"重算结果与原结果不同：{'、'.join(again.differs)}。")
    return REFUSED


def _recovery(arguments: Namespace) -> str:
    file: Path | None = arguments.key_file
    return ask("恢复密钥：") if file is None else first_line(file)


def _word(desk: Desk, arguments: Namespace) -> SigningWord:
    return desk.release.check_secret(secret(arguments, SIGNING_PROMPT), now())


def _vocabulary(head: Path | None) -> Mapping[str, Any]:
    try:
        content = {} if head is None else read_strict(read_package(head))
    except StrictJsonError:
        content = {}
    found = content.get(_VOCABULARY, {}) if isinstance(content, dict) else {}
    return found if isinstance(found, dict) else {}


def _tell_review(reviewing: Reviewing, desk: Desk) -> None:
    for line in desk.release.lines_of(reviewing.release, reviewing.plan):
        write(f"{line.text}：{line.old} → {line.new}")
    _tell(reviewing.plan)


def _tell(plan: HallPlan) -> None:
    write(_summary(plan.bundle))
    for change in plan.changes:
        write(change.text(plan.bundle.release.name_of(change.region)))
    if plan.differing:
        numbers = "、".join(plan.differing)
        write(f"已经出的通知单按新规则会有出入：{numbers}；最早可从 {plan.earliest} 起使用。")


def _summary(hall: HallBundle) -> str:
    release = hall.release
    place, people = release.place, release.people
    named = release.name_of(place.region)
    return (
        f"本厅规则第 {release.revision} 版，{named} {SCHEMES[place.scheme]} "
        f"{place.first_year} 年度，编制 {people[0].name}，复核 {people[1].name}，{release.released}"
    )
