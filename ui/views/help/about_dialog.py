"""The about box: who made the program, its rules, and its components."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...dialogs.plain_dialog import PlainDialog
from ..rules.sync_dialog import rules_text
from .licences_dialog import LicencesDialog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from medcounter.desk.desk_records import BundleState


@dataclass(frozen=True, slots=True)
class ProgramFacts:
    """The facts the about box shows about this copy of the program.

    Attributes:
        version: Its own version.
        qt: Version of the window toolkit.
        data_folder: Where ledger, rules and settings lie.
        rules: The rules in use.
        notice: The parts that ship with it and their licences; empty where
            nothing ships, as in a checkout.
    """

    version: str
    qt: str
    data_folder: str
    rules: BundleState
    notice: str = ""


class AboutDialog(PlainDialog):
    """Facts about this copy of the program."""

    def __init__(self, facts: ProgramFacts, parent: QWidget | None = None) -> None:
        super().__init__("about_dialog", "关于", parent)
        self.add_text("about_title", f"医保缴费测算台 {facts.version}", role="title")
        self.add_text(
            "about_purpose",
            "离线测算城乡居民医保应缴金额、待遇等待期和享受待遇的起止日期，并出具编号的通知单。"
            "通知单是测算和告知，不是缴费凭证；以税务、医保部门的系统为准。",
        )
        self.add_text("about_rules", f"规则：{rules_text(facts.rules)}")
        self.add_text("about_hash", f"规则包校验值：{facts.rules.sha256}", role="hint")
        self.add_text("about_data", f"数据文件夹：{facts.data_folder}")
        self.add_text(
            "about_licence",
            f"本程序按 Apache 许可证 2.0 提供。界面用 Qt {facts.qt}（LGPL 3），"
            "字体为 Noto Sans SC（SIL OFL 1.1，本程序对字符表作了清理）。",
            role="hint",
        )
        self._notice = facts.notice
        if facts.notice:
            licences = self.add_button("about_licences", "部件和许可证(&L)")
            licences.clicked.connect(self._open_licences)
        close = self.add_button("about_close", "关闭  Esc", main=True)
        close.clicked.connect(self.accept)
        self.fit(38)

    def _open_licences(self) -> None:
        LicencesDialog(self._notice, self).open()
