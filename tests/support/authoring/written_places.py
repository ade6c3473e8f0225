"""Two places as their announcements have them, written offer by offer by whoever can write."""

from typing import Protocol


class Writer(Protocol):
    """Takes what a form offers, and types into what is left empty."""

    def make(self, maker: str, *texts: str, at: str = "") -> None:
        """Take an offer and type what it leaves empty, in the order shown."""

    def item(self, rule: str, label: str, amount: str) -> None:
        """Add one part of a fee."""

    def change(self, rule: str, label: str, text: str) -> None:
        """Type into a field that is already filled."""


def write_guangxi(author: Writer) -> None:
    """Write Guangxi 2025 from its announcement."""
    author.make("source", "广西2025年度居民医保致居民的一封信", "广西医疗保障局", "20241222")
    author.make("main-period", "0901", "1231", "二")
    author.make("late-period", "0630")
    author.make("standard", "400", "三")
    author.make("subsidy", "670")
    author.make("full-price-period", "1231")
    author.make("newborn", "3个月", "四")
    author.make("newborn-later", "缴费次月1日")
    author.make("except-newborns", at="standard-full-cost")
    author.make("wait-start", "缴费当日", "五")
    author.make("aid-not-stated", "六")


def write_wuxi(author: Writer) -> None:
    """Write Wuxi 2026 from its announcement."""
    author.make("source", "无锡市2026年度居民医保缴费通知", "无锡市医疗保障局", "？")
    author.make("main-period", "0901", "1231", "一")
    author.make("late-period", "1231")
    author.make("standard", "780", "二")
    author.item("standard", "长期护理保险", "30")
    author.make("standard-from-age", "当年1月1日", "60", "540")
    author.item("standard-elderly", "长期护理保险", "30")
    author.make("standard-to-age", "当年1月1日", "17", "380")
    author.make("standard-of-identity", "大学生", "290")
    author.make("subsidy", "？")
    author.make("fixed-wait", "2", "三")
    author.change("fixed-wait-local", "单位", "整月")
    author.make("wait-start", "缴费当日")
    author.make("newborn", "90天", "四")
    events = "职工医保中断、户口迁入、服刑期满释放、退出现役、大学生毕业返乡"
    author.make("exempt-events", events, "90天", "情形发生当日", "四")
    author.make(
        "drop-inherited", "四", "通知写明了不设等待期的情形。", at="fixed-wait-special-groups"
    )
    author.make("cover-main", "1月1日", "五")
    author.make("aid-not-stated", "六")
