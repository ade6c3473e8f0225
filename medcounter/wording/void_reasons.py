"""The usual reasons for a void, which a clerk chooses instead of typing one."""

USUAL_REASONS = (
    "姓名或证件号码填错",
    "身份或特殊情形填错",
    "缴费日期变更",
    "居民改变主意，本次不缴",
    "重复出单",
)
REASONS_OF_A_RUN = (
    "名单拿错了，或不是最后一版",
    "待遇年度或缴费日期不对",
    "参保地不对",
    "名单里的人员类别有误",
    "重复出单",
)
EVERY_USUAL_REASON = frozenset({*USUAL_REASONS, *REASONS_OF_A_RUN})
