"""Sheets for the wet signature, of an invented county: forms and residents written by hand."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from medcounter.authoring.document.document_path import Json
from medcounter.authoring.document.place_document import PlaceDocument
from medcounter.authoring.form.form_names import FormNames
from medcounter.authoring.form.form_records import (
    FieldGroup,
    FieldKind,
    FieldState,
    FormField,
    FormSection,
    PlaceForm,
    RuleCard,
)
from medcounter.authoring.sign_sheet.sign_form import sign_sheet
from medcounter.authoring.sign_sheet.sign_sheet import (
    SignedResident,
    SignedResidents,
    SignedState,
    SignSheet,
)
from medcounter.json_path import JsonPath

STATE = SignedState(
    draft="yunxi-1",
    what="草稿第 7 版",
    sha256="3f2a9c41d07be586" * 4,
    author="王丽",
    reviewer="李建国",
    hall="云溪县政务服务中心",
    on=date(2026, 11, 29),
)
SOURCE: dict[str, Json] = {
    "id": "yunxi-notice",
    "title": "云溪县 2027 年度城乡居民基本医疗保险参保缴费公告（虚构）",
    "publisher": "云溪县医疗保障局、国家税务总局云溪县税务局（虚构）",
    "grade": "A",
    "published": "2026-08-20",
    "checked": "2026-11-29",
    "files": [{"name": "yunxi-notice-1.jpg", "kind": "picture", "sha256": "ab" * 32}],
}
ABOVE: dict[str, Json] = {
    "id": "three-ministries-2024",
    "title": "国家关于健全基本医疗保险参保长效机制的指导意见",
    "publisher": "国务院办公厅",
    "grade": "A",
    "published": "2024-08-01",
    "checked": "2026-11-20",
}
PART: dict[str, Json] = {"sources": [SOURCE], "programmes": [{"region": "990102"}]}
NAMES = FormNames(PlaceDocument(b"", PART), {"sources": [ABOVE]})


def typed(
    path: JsonPath, label: str, text: str, kind: FieldKind = FieldKind.TEXT, **more: Json
) -> FormField:
    return FormField(path, label, kind, more.pop("value", text), text, **more)


def card(
    rule_id: str,
    title: str,
    fields: Sequence[FormField],
    base: JsonPath = ("programmes", 0, "rules", 0),
    **more: Json,
) -> RuleCard:
    """A rule's card: its own values, and its source beside them."""
    ground = more.pop("ground", ("yunxi-notice", "二", "已确认", ""))
    keys = zip(("source", "clause", "status", "doubt"), ground, strict=True)
    told = tuple(typed((*base, key), key, value) for key, value in keys if value)
    groups = (FieldGroup(base, "answer", "", tuple(fields)), FieldGroup(base, "source", "", told))
    return RuleCard(base, rule_id, title, more.pop("question", "standard"), groups, **more)


def rule_at(number: int) -> JsonPath:
    return ("programmes", 0, "rules", number)


def fee(number: int, rule_id: str, title: str, amount: str, **more: Json) -> RuleCard:
    base = rule_at(number)
    item = (*base, "answer", "items", 0)
    fields = [
        typed((*base, "id"), "代码", rule_id, FieldKind.CODE),
        typed((*item, "label"), "项目", "个人缴费"),
        typed((*item, "amount"), "金额（元）", amount, FieldKind.AMOUNT),
        typed((*base, "applies"), "告知", f"{title}每人 {{amount}} 元。", FieldKind.SENTENCE),
    ]
    return card(rule_id, title, fields, base, **more)


def period(number: int, rule_id: str, title: str, first: str, last: str, **more: Json) -> RuleCard:
    base = rule_at(number)
    fields = [
        typed((*base, "when", "from"), "第一天", first, FieldKind.YEAR_DAY),
        typed((*base, "when", "to"), "最后一天", last, FieldKind.YEAR_DAY),
        typed((*base, "answer", "label"), "名称", title),
        typed((*base, "fails"), "不成立时", "", FieldKind.SENTENCE, state=FieldState.EMPTY),
    ]
    return card(rule_id, title, fields, base, question="window", **more)


def _waits() -> FormSection:
    weak = ("yunxi-notice", "三", "未定", "公告只写“及时参保”，没有写搬来后多少天以内。")
    above = {"ground": ("three-ministries-2024", "三（七）", "已确认", "")}
    return FormSection(
        "waits",
        "待遇等待期",
        (
            card(
                "fixed-wait",
                "固定等待期",
                [
                    typed((*rule_at(6), "answer", "length"), "多长", "2", FieldKind.NUMBER),
                    typed((*rule_at(6), "answer", "unit"), "单位", "整月", FieldKind.CHOICE),
                ],
                rule_at(6),
                question="fixed-wait",
            ),
            card(
                "resettled",
                "搬迁安置人员免等待期",
                [
                    typed((*rule_at(7), "when", "within", "months"), "以内（月）", "2"),
                    typed((*rule_at(7), "answer", "cover"), "从哪天起", "搬来当日"),
                    typed(
                        (*rule_at(7), "readings", 0, "answer", "cover"),
                        "另一种读法",
                        "缴费次日",
                    ),
                ],
                rule_at(7),
                question="exemption",
                ground=weak,
            ),
            card(
                "carry-over",
                "等待期跨年",
                [typed((*rule_at(0), "answer", "carries"), "接着算", "是", FieldKind.FLAG)],
                ("programmes", 0, "rules", 0),
                question="carry-over",
                inherited_from="全国",
                **above,
            ),
        ),
    )


def places(*, amount: str = "420.00", more: tuple[FormSection, ...] = ()) -> PlaceForm:
    """The form of the county, with its amount."""
    source_fields = [
        typed(("sources", 0, "title"), "标题", SOURCE["title"]),
        typed(("sources", 0, "publisher"), "发布单位", SOURCE["publisher"]),
    ]
    source = RuleCard(
        ("sources", 0),
        "yunxi-notice",
        SOURCE["title"],
        "",
        (FieldGroup(("sources", 0), "record", "", tuple(source_fields)),),
    )
    sections = (
        FormSection("sources", "来源", (source,)),
        FormSection(
            "periods",
            "缴费时段",
            (
                period(0, "main", "集中征缴期", "2026-09-01", "2026-12-25"),
                period(1, "extended", "补缴期（视同期内）", "2027-01-01", "2027 年二月最后一天"),
                period(2, "late", "中途参保", "2027-03-01", "2027-12-31"),
            ),
        ),
        FormSection(
            "fees",
            "缴费标准",
            (
                fee(3, "standard", "一般居民", amount),
                fee(4, "elderly", "60 周岁以上（1 月 1 日的周岁）", "350.00"),
                fee(5, "late-price", "中途参保的全额", "1120.00"),
            ),
        ),
        _waits(),
        *more,
        FormSection("examples", "算例", (fee(0, "one-example", "一个算例", "420.00"),)),
    )
    return PlaceForm("990102", "云溪县（虚构）", "resident", 2027, 2027, sections)


IN_WINDOW = ("集中征缴期 2026-09-01 至 2026-12-25", "¥420.00", "不等", "2027-01-01 至 2027-12-31")
LATE = (
    "中途参保 2027-03-01 至 2027-12-31",
    "¥1,120.00",
    "2 个整月，2027-03-01 至 2027-04-30",
    "2027-05-01 至 2027-12-31",
)
CLOSED = ("", "—", "—", "—")


def residents(count: int = 4) -> SignedResidents:
    said = [
        ("普通居民，1990 年出生", "2026-10-28", *IN_WINDOW),
        ("搬迁安置人员，2027-03-01 搬来", "2027-03-05", *LATE, "待遇开始"),
        ("普通居民，1960 年出生，断保 2 年", "2027-03-05", *LATE),
        ("新生儿，2027-02-10 出生", "2026-12-28", *CLOSED, "", "“缴费时段”没有规则成立。"),
    ]
    said += [(f"普通居民，{1930 + n} 年出生", "2027-03-05", *LATE) for n in range(5, count + 1)]
    rows = (SignedResident(f"row-{n:012d}", *one) for n, one in enumerate(said[:count], 1))
    return SignedResidents(tuple(rows))


def sheet(
    form: PlaceForm | None = None,
    people: SignedResidents | None = None,
    state: SignedState = STATE,
) -> SignSheet:
    return sign_sheet(state, form or places(), NAMES, people or residents())


def long_form() -> PlaceForm:
    """A form with a rule of more values than stand on a page, and more rules than on three."""
    base = rule_at(30)
    amounts = [
        typed((*base, "answer", "items", number, "amount"), f"第 {number} 档", f"{number}00.00")
        for number in range(1, 41)
    ]
    ground = ("yunxi-notice", "四", "推定", "公告没有写各档从哪天起收，按 9 月 1 日起算。")
    tiers = card("tiers", "四十档缴费标准", amounts, base, ground=ground)
    fees = [fee(40 + n, f"village-{n}", f"第 {n} 个乡镇的居民", "420.00") for n in range(1, 41)]
    more = (FormSection("tiers", "分档标准", (tiers,)), FormSection("towns", "各乡镇", tuple(fees)))
    return places(more=more)


def signed_samples() -> dict[str, SignSheet]:
    """Sheets as they are drawn on paper, by the names of their pictures."""
    practice = replace(STATE, practice=True, author="", reviewer="")
    part = SignedResidents(residents(70).rows, is_whole=False)
    return {
        "sign": sheet(),
        "sign-practice": sheet(people=residents(0), state=practice),
        "sign-pages": sheet(long_form(), part),
    }
