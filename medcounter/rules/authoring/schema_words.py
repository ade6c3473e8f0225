"""What each part of a rule file is, in Chinese, for an editor to show.

A definition that is not listed is a fault that a test finds.
"""

from __future__ import annotations

from medcounter.rules.questions import QUESTION

DEFINITIONS = {
    "AdviceEntry": "要告诉参保人的一件事：渠道、材料、断保影响、代缴人或参保登记。",
    "AfterWaitAnswer": "等待期最后一天之后第几天起享受待遇，1 是次日。",
    "Age": "某日或缴费日的周岁在范围内，两端都算。",
    "All": "各项都成立。",
    "Anchor": "一个日子：从哪一天起算，往后推几天。",
    "AnswerTerm": "本包自己的补充问题：代码、问法、回答的种类、默认值。",
    "Answered": "补充问题的回答等于某值，或数字在范围内。",
    "AnyOf": "至少一项成立。",
    "AskedAnswer": "本地要问的补充问题和选项。",
    "BirthYear": "待遇年度减出生年份在范围内；0 是出生当年。",
    "Born": "出生日在起止之间，两端都算。",
    "CarryOverAnswer": "等待期跨过年底后是否接着算，是否按断保一年算。",
    "Choice": "一个选项：值和中文名称。",
    "ConcessionAnswer": "某类人缴多少，几种写法选一种。",
    "Conflict": "别的页面的不同说法，只记下来，不参加计算。",
    "Counted": "每单位一个数，乘以补充问题的回答。",
    "CoverEndAnswer": "待遇的最后一天。",
    "DayOfMonth": "缴费日是每月几号到几号，两端都算。",
    "Drop": "上级的一条规则在本地不成立，以及哪里这样写。",
    "Elapsed": "缴费日距出生、某情形或所答日期在多久之内、超过多久；列几种的，有一种就成立。",
    "Example": "随规则走的算例，启用前重算，不符就拒绝整个包。",
    "ExemptionAnswer": "免去哪种等待，从哪天起享受待遇。",
    "FixedWaitAnswer": "固定等待期的长度和单位；0 是没有。",
    "Happened": "填了这种情形；可限定发生的日子。",
    "Identity": "属于其中一类人。",
    "InWindow": "缴费时段属于这些种类，或由这些规则给出。",
    "IncentiveAnswer": "大病保险封顶线怎样随连续参保、零报销提高。",
    "Insured": "往前数第几个年度是否参保。",
    "Item": "缴费标准里的一项；没有来源给出金额时写 null。",
    "LapseAnswer": "断保年数从哪个年度算起。",
    "Lapsed": "连续断保年数在范围内，两端都算。",
    "LateFee": "某日之后每过一天，按前面各项合计的一个比例。",
    "MonthEndAnswer": "到期月份没有这一天时怎么办。",
    "MonthsLeft": "从一天所在的月到另一天所在的月，两头都算，最多 12 个月。",
    "Monthly": "每月一个数，乘以月数。",
    "Not": "这一项不成立。",
    "OtherYearAnswer": "随本年度一并缴的其他年度的钱，每年一行。",
    "Paid": "缴费日在起止之间，两端都算，可只写一头。",
    "PartConcession": "只对其中几项的资助，别的项目照全额缴。",
    "Programme": "一个方案：一个地区、一个险种、一段待遇年度的规则，只写与上级不同的。",
    "RateStep": "住院报销比例随连续参保提高多少。",
    "Rated": "基数 × 费率 × 月数。",
    "RegionName": "一个地区的六位代码和名称。",
    "RemarkAnswer": "要当面说的一件事和它的级别。",
    "RepairPriceAnswer": "修复一年缴多少，几种写法选一种。",
    "RepairAnswer": "多缴一年减少多少等待期，合计不得少于多少。",
    "Repaired": "要修复的年数在范围内，两端都算。",
    "Source": "一个来源：是什么、谁发的、哪一级、何时发布、何时核对。",
    "Span": "一段时长：天、月、年只写一个。",
    "StandardAnswer": "这个时段向一个人收多少，逐项写。",
    "SubsidyAnswer": "财政补助多少；没有来源给出时写 null。",
    "Term": "一个代码、它的中文名称和给窗口的提示。",
    "Validity": "从哪个缴费日到哪个缴费日有效，两端都算。",
    "VariableWaitAnswer": "断保每多一年加多少等待期，头几年不加。",
    "Vocabulary": "本包自己加的人员类别、情形和补充问题。",
    "WaitOutcome": "等待期算完以后的结果；只在须告知事项里用。",
    "WaitStartAnswer": "等待期从哪天起算，按月的到哪一天为止。",
    "WindowAnswer": "缴费日所在的时段；起止日不写，就从条件得出。",
    "YearsAnswered": "补充问题回答的年数，减去几年。",
    "Years": "待遇年度从哪年到哪年，两端都算。",
}  # fmt: skip

PROPERTIES = {
    "at_least": "不少于多少元", "cap": "最多提高到多少", "first": "从后几年起，不写就是下一年度",
    "lapse_penalty_cap": "扣减合计最多多少元",
    "lapse_penalty_per": "return 扣一次，year 断保每年扣",
    "less": "减去几年", "parts": "只资助其中几项", "remainder_of": "筹资总额，减去个人缴费就是补助",
    "round_to": "fen 到分，yuan 到元", "step": "每多一年提高多少",
    "about": "说的是哪条规则或结果的哪个项目", "advice": "要告诉参保人的事",
    "after": "从这一天之后起算", "after_years": "连续参保满几年之后", "aid": "减免这么多元",
    "aid_share": "减免标准的这个比例", "amount": "金额（元，带引号、两位小数）、算式，或 null",
    "anchor": "从哪一天起算", "answer": "答案", "answers": "自己的补充问题",
    "any_of": "其中之一", "applies": "成立时给人看的一句话", "asks": "本地要问的补充问题",
    "base": "基数（元）", "basis": "stated 来源自己的例子，derived 按条文推出",
    "becomes": "改为哪一天", "benefit_years": "待遇年度", "by": "按哪个补充问题的回答计数",
    "cap_amount": "最多提高多少元", "cap_share": "最多提高原限额的几成",
    "carries": "跨年后是否接着算", "ceiling": "原封顶线（元）", "checked": "最后一次核对的日子",
    "choices": "选项", "clause": "第几条", "code": "代码", "concerns": "疑点涉及结果的哪些项目",
    "conflicts": "别的页面的不同说法", "continuous_step": "每多连续参保一年提高多少元",
    "counted_from": "从哪个年度起算", "counts_as_lapsed": "是否按断保一年算",
    "cover": "从哪天起享受待遇", "date": "写明的一天",
    "day_one": "当天算第 0 天还是第 1 天；来源没有写就不写", "days": "天数",
    "default": "没有回答时当作什么；不写就在结果取决于它时才问", "doubt": "疑点，一句话",
    "doubts": "必须列为存疑的项目", "drops": "上级哪些规则在本地不成立",
    "event": "哪一种情形的日子", "events": "自己的特殊情形", "examples": "算例",
    "exception_to": "本条成立时让开的规则", "expect": "结果的项目和应得的值",
    "facts": "参保人的情况，与 assess 的写法相同", "fails": "不成立时的理由",
    "floor_from_lapsed": "断保满几年起有下限", "floor_total": "合计不得少于多少",
    "format": "规则包的格式", "free_years": "头几年不加", "from": "起，含当日",
    "from_year": "断保年数从哪个年度算起", "grade": "A 主管部门原文，B 有出处的报道，C 聚合网页",
    "grounds": "对谁：人员类别、情形或 newborn", "hint": "给窗口的提示", "id": "名字，不重复",
    "identities": "自己的人员类别", "in_benefit_year": "限定在待遇年度内", "is": "等于这个值",
    "issued": "发布日", "items": "各项", "kind": "种类", "kinds": "哪几种时段",
    "label": "中文名称", "lapse_keeps_bonus": "断保后是否保留已提高的部分",
    "lapse_penalty": "断保一年减少多少元", "length": "长度", "level": "info 提示，warning 警示",
    "also_insured": "往前数第几个年度视同参保",
    "month_start": "是否从那天起的第一个 1 日开始",
    "months_end": "按月的等待期到同一日的前一天，还是含同一日",
    "optional": "可以不答，不答就等于没有",
    "months": "月数", "more_than": "超过这么久", "name": "名称",
    "national": "由程序带入哪些险种的全国规则", "of": "各部分", "on": "哪一天的周岁",
    "payment_days": "来源说得到的缴费日", "pays": "个人只缴这么多元", "per_year": "每年多少",
    "plus_days": "往后推几天", "programmes": "方案", "published": "发布日，不知道写 null",
    "publisher": "谁发布的", "question": "回答哪个问题", "rate": "费率或比例（带引号）",
    "readings": "别的读法", "reason": "为什么", "region": "六位地区代码",
    "regions": "地区名称", "replaces": "占上级哪一条的位置", "review_by": "过期提醒日",
    "revision": "修订号，每次发布加 1", "round": "何时四舍五入到分", "rule": "上级的哪条规则",
    "rules": "规则", "says": "它怎么说", "scheme": "resident 居民，flexible 灵活就业",
    "settled": "不许存疑的项目", "since": "从出生（birth）或哪种情形起", "source": "来源",
    "sources": "来源", "standard": "换成另一个标准（元）", "stands": "false：本条可能根本不成立",
    "status": "confirmed 写明了，assumed 推定，unsettled 未定", "test": "哪一种条件",
    "text": "一句话说明", "title": "标题", "to": "止，含当日", "unit": "单位",
    "unknown": "true：来源只说另有规定", "used": "本程序采用什么，为什么",
    "valid": "对哪些缴费日有效", "value": "选项的值", "vocabulary": "本包自己的代码",
    "waives": "免去 fixed 固定、variable 变动等待期", "when": "条件；不写就总是成立",
    "where_missing": "没有当地的时段和标准时用的规则，只供答复，不能出单",
    "within": "在这么久之内", "years": "年数", "years_back": "往前数第几个年度",
    "zero_claim_step": "每个零报销年度提高多少元",
}  # fmt: skip


def definition_words(name: str) -> str | None:
    """Say what a definition of the schema is; None where nobody has said it."""
    if name.startswith("Reading_"):
        return "来源的另一种读法：另一种答案、另一种条件，或不成立。"
    rule = next((one for one in QUESTION.values() if name == _rule_name(one.code)), None)
    if rule is not None:
        return f"回答“{rule.label}”（{rule.code}）的一条规则。"
    return DEFINITIONS.get(name)


def _rule_name(code: str) -> str:
    return "".join(word.capitalize() for word in code.split("-")) + "Rule"
