"""A made-up form to try the widgets of the studio with, and who types into it."""

from __future__ import annotations

from medcounter.authoring.form.form_records import (
    CardOffer,
    FieldChoice,
    FieldGroup,
    FieldKind,
    FieldState,
    FormField,
    FormSection,
    RuleCard,
)

KINDS = tuple(
    FieldChoice(code, label)
    for code, label in (
        ("main", "集中征缴期"),
        ("extended", "延长征缴期"),
        ("late", "集中征缴期外"),
        ("closed", "不能缴费的日子"),
    )
)
PEOPLE = tuple(
    FieldChoice(code, label)
    for code, label in (("destitute", "特困人员"), ("orphan", "孤儿"), ("low-income", "低保对象"))
)
ADD = CardOffer("add-period", "加一个时段")
ADD_FULL = CardOffer("add-full", "加全额缴费的时段")


def field(
    path: tuple[str | int, ...], kind: FieldKind, text: str = "", **more: object
) -> FormField:
    """A field of a path; without a text it is empty."""
    state = FieldState.ENTERED if text else FieldState.EMPTY
    told = {"label": str(path[-1]), "state": state, "value": text or None, **more}
    return FormField(path=path, kind=kind, text=text, **told)  # type: ignore[arg-type]  # any field


def period(number: int, first: str, last: str) -> RuleCard:
    """The card of a period: from, to, its kind, whom it is for, and its sentence."""
    base = ("programmes", 0, "rules", number)
    when = FieldGroup(
        (*base, "when"),
        "when",
        "什么时候成立",
        (
            field((*base, "when", "from"), FieldKind.DATE, first, label="从"),
            field((*base, "when", "to"), FieldKind.DATE, last, label="到"),
        ),
    )
    answer = FieldGroup(
        (*base, "answer"),
        "answer",
        "缴费时段",
        (
            field(
                (*base, "answer", "kind"),
                FieldKind.CHOICE,
                "集中征缴期",
                label="种类",
                choices=KINDS,
            ),
            field((*base, "any_of"), FieldKind.CHOICES, label="谁", choices=PEOPLE, optional=True),
        ),
    )
    sentences = FieldGroup(
        base,
        "sentences",
        "给人看的话",
        (field((*base, "applies"), FieldKind.SENTENCE, "在集中征缴期内。", label="成立时"),),
    )
    remove = CardOffer("remove", "删去", base)
    return RuleCard(
        base, f"period-{number}", f"时段 {number}", "window", (when, answer, sentences),
        offers=(remove,),
    )  # fmt: skip


def inherited() -> RuleCard:
    """A card of the nation, which the place may change or not."""
    path = ("programmes", 7, "rules", 0)
    group = FieldGroup(
        path,
        "answer",
        "",
        (field((*path, "kind"), FieldKind.CHOICE, "不能缴费的日子", state=FieldState.INHERITED),),
    )
    offers = (CardOffer("change", "在本地改", path), CardOffer("drop", "本地不适用", path))
    return RuleCard(
        path, "closed", "其余日子不能缴费", "window", (group,), inherited_from="全国", offers=offers
    )


def section(*cards: RuleCard) -> FormSection:
    """The section of the periods."""
    return FormSection("periods", "缴费时段", cards, (ADD, ADD_FULL), "没有写到的日子不能缴费。")
