"""The sentences of a rule, written from its condition and answer.

Figures that change with the case are left to blanks; what remains is the rule's
own. An author may write others: a sentence is derived as long as it is this one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from medcounter.authoring.document.document_path import Json, JsonRecord, objects_in
from medcounter.authoring.form.derive.condition_saying import said_condition
from medcounter.authoring.form.field_texts import NOT_STATED, listed, shown
from medcounter.authoring.form.form_names import FormNames
from medcounter.authoring.form.form_records import FieldKind
from medcounter.rules.payment_conditions import WINDOW_LABELS
from medcounter.wording.terms import UNITS, YEARS

_ORDINARY = "普通居民"
_LONGEST_WHO = 40
ZERO = "0.00"
_WAIVED = {"fixed": "固定等待期", "variable": "变动等待期"}
START_DAY_WORDS = {
    "year-start": "{benefit_year} 年 1 月 1 日",
    "payment": "缴费当日",
    "day-after-payment": "缴费次日",
    "month-of-payment": "缴费当月 1 日",
    "month-after-payment": "缴费次月 1 日",
    "birth": "出生之日",
    "event": "发生之日",
    "day-after-event": "发生次日",
    "month-of-event": "发生当月 1 日",
    "month-after-event": "发生次月 1 日",
    "date": "写明的日子",
}


def derived_sentences(names: FormNames, rule: JsonRecord) -> dict[str, str]:
    """Write what a rule says where it applies, and where it does not.

    Args:
        names: The names of the draft.
        rule: As written; may be half written.

    Returns:
        ``applies`` and ``fails``; empty for a remark, whose sentence is its answer.
    """
    question = str(rule.get("question"))
    writer = _WRITERS.get(question)
    answer = rule.get("answer")
    if writer is None or not isinstance(answer, dict):
        return {}
    applies = writer(names, rule, answer)
    return {"applies": applies, "fails": _fails(names, rule, answer)} if applies else {}


def _fails(names: FormNames, rule: JsonRecord, answer: JsonRecord) -> str:
    if rule.get("question") == "window":
        label = answer.get("label") or WINDOW_LABELS.get(str(answer.get("kind")), "")
        return f"不是{label}的缴费日" if answer.get("kind") == "late" else f"不在{label}内"
    if periods := _periods(names, rule):
        return f"不是在{periods}缴费"
    who = who_words(names, rule)
    if span := span_of(rule):
        return f"不在{_what_began(rule)}{span}以内"
    if _is_usual_wait(rule):
        return "在集中征缴期内连续参保"
    return f"不属于{_after_words(who)}" if who else "另有规定"


def _after_words(text: str) -> str:
    """Put a blank before a figure that follows Chinese words."""
    return f" {text}" if text[:1].isascii() else text


def _periods(names: FormNames, rule: JsonRecord) -> str:
    """Name the periods that a rule is for, where it asks for nothing else."""
    when = rule.get("when")
    if not isinstance(when, dict) or when.get("test") != "window":
        return ""
    named = [WINDOW_LABELS.get(str(kind), "") for kind in codes_in(when.get("kinds"))]
    labels = {one.value: one.label for one in names.choices("windows")}
    return listed(
        [*named, *(labels.get(str(one), str(one)) for one in codes_in(when.get("rules")))]
    )


def who_words(names: FormNames, rule: JsonRecord) -> str:
    """Describe for whom a rule is; empty if it is for everybody."""
    grounds = rule.get("grounds")
    if isinstance(grounds, list) and grounds:
        return _labels(names, "grounds", grounds)
    when = rule.get("when")
    if when is None:
        return ""
    if isinstance(when, dict) and when.get("test") == "identity":
        return _labels(names, "identities", when.get("any_of"))
    if isinstance(when, dict) and when.get("test") == "age":
        return _age_words(when)
    words = said_condition(names, when)
    return f"{words}的人" if words and len(words) <= _LONGEST_WHO else "本条所列的人"


def _labels(names: FormNames, choices: str, codes: Json) -> str:
    labels = {one.value: one.label for one in names.choices(choices)}
    return listed(labels.get(str(code), str(code)) for code in codes_in(codes))


def _age_words(when: JsonRecord) -> str:
    low, high = when.get("from"), when.get("to")
    if high is None:
        return f"{low} 周岁以上的人"
    return f"{high} 周岁以下的人" if low is None else f"{low} 至 {high} 周岁的人"


def codes_in(value: Json) -> list[Json]:
    """Return the codes that stand in a list; none where it is no list."""
    return value if isinstance(value, list) else []


def span_of(rule: JsonRecord) -> str:
    """Describe the span within which payment is asked; empty for none."""
    for when in parts_of(rule.get("when")):
        if when.get("test") == "elapsed" and isinstance(when.get("within"), dict):
            return shown(FieldKind.SPAN, when["within"])
    return ""


def parts_of(when: Json) -> Iterator[JsonRecord]:
    """List a condition and what it is made of, but nothing that is denied."""
    if isinstance(when, dict):
        yield when
        inner = when.get("of") if when.get("test") in ("all", "any") else None
        for part in inner if isinstance(inner, list) else ():
            yield from parts_of(part)


def _what_began(rule: JsonRecord) -> str:
    born = any(when.get("since") == "birth" for when in parts_of(rule.get("when")))
    return "出生 " if born else "该情形发生后 "


def _window(_names: FormNames, _rule: JsonRecord, answer: JsonRecord) -> str:
    label = answer.get("label") or ""
    match answer.get("kind"):
        case "late":
            return "{payment_date} 已过集中征缴期，按集中征缴期外缴费，可以缴到 {window_to}。"
        case "closed":
            return "{payment_date} 不能缴费。"
        case "extended":
            between = "{window_from} 至 {window_to} 内"
            return f"{{payment_date}} 在{label} {between}，视同集中征缴期。"
        case _:
            return f"{{payment_date}} 在{label} {{window_from}} 至 {{window_to}} 内。"


def _standard(names: FormNames, rule: JsonRecord, answer: JsonRecord) -> str:
    who = who_words(names, rule) or _ORDINARY
    items = [one for _, one in objects_in(answer.get("items"))]
    if any(one.get("amount", ZERO) is None for one in items):
        return f"{who}的个人缴费标准没有来源给出。"
    if asks_full_price(rule):
        return "这时缴费，个人缴费和财政补助两部分都由个人负担，共 {amount} 元。"
    return f"{who}个人缴费标准 {{amount}} 元。"


def asks_full_price(rule: JsonRecord) -> bool:
    """Return whether a rule is for a period that it names, as a full price is."""
    return any(
        when.get("test") == "window" and when.get("rules") for when in parts_of(rule.get("when"))
    )


def _subsidy(_names: FormNames, _rule: JsonRecord, answer: JsonRecord) -> str:
    if answer.get("amount") == ZERO:
        return "按全额缴费，没有财政补助。"
    if answer.get("remainder_of") is None and answer.get("amount") is None:
        return "财政补助金额没有来源给出。"
    return "财政另行补助每人 {amount} 元，不用个人缴纳。"


def _concession(names: FormNames, rule: JsonRecord, answer: JsonRecord) -> str:
    who = who_words(names, rule) or "这类人"
    if answer.get("unknown") is True:
        return f"{who}的资助另有规定，金额没有来源给出。"
    if isinstance(answer.get("pays"), str):
        free = answer["pays"] == ZERO
        return (
            f"{who}由财政全额资助，个人不缴费。" if free else f"{who}资助后个人缴 {{amount}} 元。"
        )
    other = isinstance(answer.get("standard"), str)
    if "aid" in answer:
        # The blank is the aid here, never what is left to pay.
        return f"{who}{'按另一个标准缴费，并' if other else ''}享受定额资助 {{amount}} 元。"
    if other and "aid_share" in answer:
        return f"{who}按另一个标准 {{amount}} 元再享受资助。"
    return f"{who}按另一个标准缴费，个人缴 {{amount}} 元。" if other else f"{who}享受资助。"


def _first_day(answer: Json) -> str:
    """Name the day an answer counts from, and how many days it moves on."""
    if not isinstance(answer, dict):
        return ""
    named = START_DAY_WORDS.get(str(answer.get("anchor")), "")
    moved = answer.get("plus_days")
    return f"{named}后第 {moved} 天" if named and moved else named


def _exemption(_names: FormNames, rule: JsonRecord, answer: JsonRecord) -> str:
    cover = answer.get("cover")
    first = _first_day(cover)
    waived = _WAIVED.get(" ".join(map(str, codes_in(answer.get("waives")))), "等待期")
    spared = f"不设{waived}，" if waived == "等待期" else f"不设{waived}；不用再等的，"
    span = span_of(rule)
    grounds = rule.get("grounds")
    newborn = isinstance(grounds, list) and "newborn" in grounds
    if newborn:
        born = f"新生儿在出生 {span}以内缴费" if span else "新生儿"
        return f"{born}，{spared}从{first}起享受待遇：{{cover_from}}。"
    happened = f"该情形 {{event_date}} 发生，{span}以内缴费" if span else "有该情形的"
    by_event = isinstance(cover, dict) and "event" in str(cover.get("anchor"))
    if not by_event and not span:
        happened = "属于这类人的"
    return f"{happened}，{spared}从{first}起享受待遇：{{cover_from}}。"


def _fixed_wait(names: FormNames, rule: JsonRecord, answer: JsonRecord) -> str:
    who = said_condition(names, rule.get("when"))
    if answer.get("length") == 0:
        return "没有固定等待期。"
    unit = UNITS.get(str(answer.get("unit", "month")), "")
    usual = "未在集中征缴期参保或未连续参保" if _is_usual_wait(rule) else ""
    head = usual or (who if len(who) <= _LONGEST_WHO else "")
    return f"{head}{'，' if head else ''}固定等待期 {answer.get('length')} {unit}。"


def _is_usual_wait(rule: JsonRecord) -> bool:
    when = rule.get("when")
    tests = [part.get("test") for part in parts_of(when)]
    return tests == ["any", "window", "lapsed"]


def _variable_wait(_names: FormNames, _rule: JsonRecord, answer: JsonRecord) -> str:
    unit = UNITS.get(str(answer.get("unit", "month")), "")
    if not answer.get("per_year"):
        return "没有变动等待期。"
    free = answer.get("free_years") or 0
    spared = f"前 {free} {YEARS}不加，" if free else ""
    each = (
        f"此后每多断 1 年加 {answer['per_year']} {unit}"
        if free
        else f"每断 1 年加 {answer['per_year']} {unit}"
    )
    return f"连续断保 {{lapsed_years}} 年，{spared}{each}，变动等待期共 {{wait_variable}} {unit}。"


def _repair(_names: FormNames, _rule: JsonRecord, answer: JsonRecord) -> str:
    unit = UNITS.get(str(answer.get("unit", "month")), "")
    if not answer.get("per_year"):
        return "缴费修复不减少等待期。"
    floor = answer.get("floor_from_lapsed")
    least = answer.get("floor_total", 0)
    kept = f"连续断保满 {floor} 年的，合计不少于 {least} {unit}；" if floor is not None else ""
    each = f"每多缴 1 年减少 {answer['per_year']} {unit}变动等待期"
    return f"{each}；{kept}本次减少 {{wait_repaired}} {unit}。"


def _repair_price(_names: FormNames, _rule: JsonRecord, answer: JsonRecord) -> str:
    match answer.get("of"):
        case "main":
            return "修复一年按集中征缴期的个人缴费标准缴纳。"
        case "window":
            return "修复一年按缴费时段的标准缴纳。"
    stated = isinstance(answer.get("amount"), str)
    return "修复一年缴 {amount} 元。" if stated else "修复一年的价钱没有来源给出。"


def _wait_start(_names: FormNames, _rule: JsonRecord, answer: JsonRecord) -> str:
    first = _first_day(answer)
    return f"等待期从{first}起算：{{wait_from}}。"


def _cover_start(_names: FormNames, _rule: JsonRecord, answer: JsonRecord) -> str:
    first = _first_day(answer)
    return f"从{_after_words(first)}起享受待遇：{{cover_from}}。"


def _cover_floor(_names: FormNames, _rule: JsonRecord, answer: JsonRecord) -> str:
    if answer.get("anchor") == "date":
        return f"待遇最早可从{shown(FieldKind.YEAR_DAY, answer.get('date'))}开始。"
    first = _first_day(answer)
    return f"待遇不早于{_after_words(first)}开始。"


def _cover_end(_names: FormNames, _rule: JsonRecord, _answer: JsonRecord) -> str:
    return "待遇到 {cover_to} 为止。"


def _after_wait(_names: FormNames, _rule: JsonRecord, answer: JsonRecord) -> str:
    day = "次日" if answer.get("days") == 1 else f"后第 {answer.get('days')} 天"
    if answer.get("month_start") is True:
        day = "以后的第一个 1 日"
    return f"等待期最后一天是 {{wait_to}}，{day}起享受待遇：{{cover_from}}。"


def _month_end(_names: FormNames, _rule: JsonRecord, answer: JsonRecord) -> str:
    last = answer.get("becomes") == "last-day"
    what = "按该月最后一天计算" if last else "按次月 1 日计算"
    return f"到期月份没有与起算日相同的日子，{what}。"


def _carry_over(_names: FormNames, _rule: JsonRecord, answer: JsonRecord) -> str:
    end = "等待期到 {wait_to} 才结束，已超过 {benefit_year} 年 12 月 31 日，本年度没有待遇"
    kept = "续缴下一年度的接着计算" if answer.get("carries") else "下一年度不接续计算"
    return f"{end}，{kept}。"


def _lapse(_names: FormNames, _rule: JsonRecord, answer: JsonRecord) -> str:
    year = answer.get("from_year")
    return f"断保年数从 {year} 年度起算，此前的中断不计；连续断保 {{lapsed_years}} 年。"


def _incentive(_names: FormNames, _rule: JsonRecord, answer: JsonRecord) -> str:
    unstated = (
        f"{NOT_STATED}提高多少" if answer.get("continuous_step") is None else "提高大病保险限额"
    )
    return f"连续参保满 {answer.get('after_years')} 年后，每多连续一年{unstated}。"


def _other_year(_names: FormNames, _rule: JsonRecord, answer: JsonRecord) -> str:
    return f"同时缴{answer.get('label') or '其他年度的费用'}。"


_WRITERS: dict[str, Callable[[FormNames, JsonRecord, JsonRecord], str]] = {
    "window": _window,
    "standard": _standard,
    "subsidy": _subsidy,
    "concession": _concession,
    "exemption": _exemption,
    "fixed-wait": _fixed_wait,
    "variable-wait": _variable_wait,
    "repair": _repair,
    "repair-price": _repair_price,
    "wait-start": _wait_start,
    "cover-start": _cover_start,
    "cover-floor": _cover_floor,
    "cover-end": _cover_end,
    "after-wait": _after_wait,
    "month-end": _month_end,
    "carry-over": _carry_over,
    "lapse": _lapse,
    "incentive": _incentive,
    "other-year": _other_year,
}
