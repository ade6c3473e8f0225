"""Evaluate a draft: from typed text to an outcome.

Pure: the same draft, rule book and day give the same outcome. Never raises
for any typed text; never touches a disk, a clock or a log.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from medcounter.assess import Option, options
from medcounter.assess.assessment import Assessment
from medcounter.assess.check_facts import check_facts
from medcounter.assess.facts import Facts, Problem, UncheckedFacts
from medcounter.assess.mechanism import assess_or_mechanism, by_mechanism
from medcounter.assess.options import PAY_NOW, pay_now
from medcounter.desk.draft.carried_fields import carried_echoes, confirm_problems
from medcounter.desk.draft.clerk_words import words_problems
from medcounter.desk.draft.draft import FIELDS, Draft
from medcounter.desk.draft.season import season
from medcounter.desk.draft.typed_facts import TypedFacts, typed_facts
from medcounter.desk.draft.typed_person import Echo, ReadPerson, TypedPerson, read_person
from medcounter.desk.evaluate.banner import banner, season_sentence, short_date
from medcounter.desk.evaluate.household import is_blank
from medcounter.desk.evaluate.outcome import Outcome
from medcounter.identity.names import read_name

if TYPE_CHECKING:
    from medcounter.assess.engine.rule_book import RuleBook

# Children are numbered when they are entered in a household register; the rules for the
# newborn reach to the third year.
_NUMBERLESS_BELOW_AGE = 3
# A wrong number or name stops the paper, not the answer.
_PAPER_FIELDS = frozenset({"id_number", "name", "agent", "agent_relation", "clerk_words"})
NOBODY = "还没有填是谁：请输入证件号码，或姓名、拼音首字母、单号、后四位。"
_ORDER = {field.name: place for place, field in enumerate(FIELDS)}


def evaluate(draft: Draft, rule_book: RuleBook, on: date) -> Outcome:
    """Compute what a draft comes to on a day.

    Args:
        draft: What was typed.
        rule_book: The rules in use.
        on: The day.
    """
    who = read_person(draft, on)
    typed = typed_facts(draft, who.person.birth_date, on, rule_book)
    on_paper = (*_agent_problems(draft), *words_problems(draft.clerk_words))
    unread = (*who.problems, *typed.problems, *on_paper)
    facts, found = _facts(typed, unread, rule_book)
    reading = _DraftReading(who, unread, typed.echoes, facts, found)
    outcome = _outcome(draft, reading, rule_book, on)
    banner = _banner(typed.unchecked, outcome.options, rule_book, on)
    whose = _hall_rules(draft, rule_book) + _whose_rules(draft, rule_book)
    banner = _correcting(draft) + (whose if banner else "") + banner
    if not draft.region:
        return replace(outcome, banner=banner)
    collected = season(draft.region, draft.scheme, rule_book, on)
    sentence = season_sentence(collected, rule_book.name(draft.region) or "", on)
    if not banner:
        general = _in_general(typed.unchecked, rule_book) if is_blank(draft) else None
        return replace(outcome, banner=sentence, in_general=general)
    same_day = typed.unchecked.payment_date == on and collected.year == draft.benefit_year
    return replace(outcome, banner=banner, season="" if same_day else sentence)


def evaluate_listed(
    draft: Draft, facts: Facts, rule_book: RuleBook, on: date, *, only_now: bool = False
) -> Outcome:
    """Compute what somebody of a list comes to, whose facts are read and checked.

    Args:
        draft: Who it is, and what would have been typed.
        facts: Of the person; no text of the draft is read for them again.
        rule_book: The rules that checked the facts.
        on: The day.
        only_now: Whether no other choice than paying now is shown or printed.
    """
    who = read_person(draft, on)
    known = None if _stops(who.problems) else facts
    reading = _DraftReading(who, who.problems, (), known, ())
    return _outcome(draft, reading, rule_book, on, only_now=only_now)


class _DraftReading(NamedTuple):
    """What was read of a draft before the rules are asked."""

    who: ReadPerson
    unread: tuple[Problem, ...]
    echoes: tuple[Echo, ...]
    facts: Facts | None
    found: tuple[Problem, ...]


def _outcome(
    draft: Draft, reading: _DraftReading, rule_book: RuleBook, on: date, *, only_now: bool = False
) -> Outcome:
    """Ask the rules, and say whether a notice may be issued; the banner stays empty."""
    who, unread, echoes, facts, found = reading
    assessment: Assessment | None = None
    mechanism: Assessment | None = None
    offered: tuple[Option, ...] = ()
    # A blank form has no answer: one would look like the answer for the last resident.
    if facts is not None and not is_blank(draft):
        answered = (
            pay_now(facts, rule_book, on)
            if only_now
            else options(facts, rule_book, draft.option, on)
        )
        offered = tuple(item for item in answered if isinstance(item, Option))
        found = tuple(item for item in answered if isinstance(item, Problem))
        mechanism, found = _mechanism(facts, found, rule_book)
        assessment = offered[0].assessment if offered else None
    problems = _in_form_order((*unread, *found, *confirm_problems(draft)))
    chosen = next((o for o in offered if o.code == draft.option), offered[0] if offered else None)
    shown = chosen.assessment if chosen else assessment
    blocked_by = _blocked_by(who.person, problems, shown or mechanism, draft, on)
    return Outcome(
        draft=draft,
        on=on,
        person=who.person,
        echoes=(*who.echoes, *echoes, *carried_echoes(draft)),
        problems=problems,
        facts=facts,
        assessment=assessment,
        options=offered,
        chosen=chosen,
        banner="",
        can_issue=not blocked_by,
        blocked_by=blocked_by,
        mechanism=mechanism,
    )


def _mechanism(
    facts: Facts, found: tuple[Problem, ...], book: RuleBook
) -> tuple[Assessment | None, tuple[Problem, ...]]:
    """Answer from the nation's mechanism where rules are missing."""
    answer = by_mechanism(facts, found, book)
    if isinstance(answer, Assessment):
        return answer, ()
    return None, found if answer is None else answer


def _stops(unread: tuple[Problem, ...]) -> bool:
    return any(problem.field not in _PAPER_FIELDS for problem in unread)


def _facts(
    typed: TypedFacts, unread: tuple[Problem, ...], book: RuleBook
) -> tuple[Facts | None, tuple[Problem, ...]]:
    read = check_facts(typed.unchecked, book)
    if not isinstance(read, Facts):
        named = {problem.field for problem in unread}
        placed = (Problem(typed.draft_field(p.field), p.code, p.text) for p in read)
        return None, tuple(problem for problem in placed if problem.field not in named)
    return (None if _stops(unread) else read), ()


def _agent_problems(draft: Draft) -> tuple[Problem, ...]:
    fault = read_name(draft.agent).fault
    text = f"代办人：{fault}没有人代办时不填。"
    return (Problem("agent", "not-a-name", text),) if fault else ()


def _in_form_order(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=lambda p: _ORDER.get(p.field.partition(".")[0], len(_ORDER))))


def _correcting(draft: Draft) -> str:
    """Return which notice the draft corrects, as long as it stands there."""
    return f"更正 {draft.replaces}（原单已作废）。" if draft.replaces else ""


def _whose_rules(draft: Draft, book: RuleBook) -> str:
    """Say whose rules a place uses that has none of its own; else empty."""
    compiled = book.programme(draft.region, draft.scheme, draft.benefit_year)
    place = draft.region if compiled is None else compiled.resolved.place
    return "" if place == draft.region else f"用{book.name(place) or place}的规则。"


def _hall_rules(draft: Draft, book: RuleBook) -> str:
    """Say whose rules they are where the hall made them; else empty."""
    made = book.local_for(draft.region, draft.scheme, draft.benefit_year)
    return made[0].sentence if made else ""


def _in_general(unchecked: UncheckedFacts, book: RuleBook) -> Assessment | None:
    """Answer for somebody ordinary where the rules of a place are missing."""
    read = _ordinary(unchecked, book)
    answer = None if read is None else assess_or_mechanism(read, book)
    return answer if isinstance(answer, Assessment) and answer.payable is None else None


def _ordinary(unchecked: UncheckedFacts, book: RuleBook) -> Facts | None:
    """Return the facts of somebody ordinary at the same place on the same day."""
    plain = UncheckedFacts(
        unchecked.region, unchecked.benefit_year, unchecked.payment_date, unchecked.scheme
    )
    read = check_facts(plain, book)
    return read if isinstance(read, Facts) else None


def _banner(
    unchecked: UncheckedFacts, offered: tuple[Option, ...], book: RuleBook, on: date
) -> str:
    """Speak of this person where possible, else of an ordinary one."""
    if not offered:
        read = _ordinary(unchecked, book)
        answered = () if read is None else options(read, book, PAY_NOW)
        offered = tuple(item for item in answered if isinstance(item, Option))
    return banner(offered, on) if offered else ""


def _blocked_by(
    person: TypedPerson,
    problems: tuple[Problem, ...],
    shown: Assessment | None,
    draft: Draft,
    on: date,
) -> str:
    if is_blank(draft) and not problems:
        return NOBODY
    if problems:
        count = f"还有 {len(problems)} 处要改正，暂不能出单。" if len(problems) > 1 else ""
        return count + problems[0].text
    if shown is None or not shown.payable:
        return _not_payable(shown, on)
    if shown.fee is None or shown.fee.total is None:
        return "应缴金额没有可依据的来源，不能出单；请向经办机构核实。"
    return _missing_on_paper(person, draft)


def _not_payable(shown: Assessment | None, on: date) -> str:
    if shown is not None and shown.payable is None:
        return (
            f"没有收录 {shown.benefit_year} 年度的规则，不能出单；"
            "请先更新规则，或请主管编写当地规则。"
        )
    if shown is None or shown.next_window is None:
        return "所选缴费日期不在缴费期内，不能出单；请改选日期或待遇年度。"
    day = short_date(shown.next_window, on)
    return f"所选缴费日期不在缴费期内，不能出单；最早 {day} 可以缴费。"


def _missing_on_paper(person: TypedPerson, draft: Draft) -> str:
    if not person.name:
        return "请填写姓名后再出单。"
    if not person.id_number:
        if person.birth_date is None:
            return "请填写证件号码后再出单；未上户口的新生儿填出生日期即可。"
        if person.age is None or person.age >= _NUMBERLESS_BELOW_AGE:
            return (
                f"满 {_NUMBERLESS_BELOW_AGE} 周岁的居民请填写证件号码后再出单；"
                "没有身份证的，填护照、通行证、出生证等的号码。"
            )
    agent, relation = (read_name(text).text for text in (draft.agent, draft.agent_relation))
    if agent and not relation:
        return "请填写代办人与本人的关系后再出单。"
    if relation and not agent:
        return "请填写代办人姓名后再出单，或清空“与本人关系”。"
    return ""
