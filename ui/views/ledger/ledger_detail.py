"""One stored notice beside the ledger: its content and its history.

Shows a record and has the buttons of the ledger's actions; computes nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from medcounter.desk.counter.issue_reasons import LABELS
from medcounter.money import show_money
from medcounter.wording import terms
from medcounter.wording.terms import UNCONFIRMED

from ...look.icons import dress_button
from ...look.tones import cover_tone, state_tone, wait_tone
from ...shortcuts import key_of
from ...widgets.act_menu import MenuRow
from ...widgets.field_edit import show_density, show_state, show_text
from ...widgets.labels import selectable_label
from ...widgets.tall_scroll import TallScroll
from .ledger_rows import NO_COVERAGE, state_text
from .ledger_span_bar import LedgerSpanBar
from .ledger_state import (
    CAME_OUT,
    CORRECT,
    ENTERED,
    HISTORY,
    NOT_OUT,
    REPRINT,
    REVEAL,
    SAVE,
    SHOW,
    VOID,
    VOID_RUN,
)

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from medcounter.desk.desk_records import IssuedNotice
    from medcounter.notice.content.notice import BenefitSpan, Notice

# Heights of a line that two days in large type need beside their name.
_ROOM_FOR_DAYS = 20
_NONE_CHOSEN = "选中一份通知单，这里显示它的内容"
_ACTS = (
    (SHOW, "查看"),
    (REPRINT, "补打"),
    (SAVE, "存为 PDF"),
    (VOID, "作废"),
    (CORRECT, "更正"),
    (HISTORY, "历次"),
    (ENTERED, terms.ENTERED_WORD),
    (REVEAL, "完整号码"),
    (CAME_OUT, "已出纸"),
    (NOT_OUT, "没有出纸"),
    (VOID_RUN, "整批作废"),
)
_WHEN_UNCONFIRMED = (CAME_OUT, NOT_OUT)
_KEYS = {HISTORY: "history"}
_FACTS = (
    ("place", "参保地"),
    ("identity", "身份"),
    ("agent", "代办人"),
    ("pay_by", "缴费截止"),
    ("issued", "出单"),
    ("prints", "打印"),
    ("entered", "正式系统"),
    ("check_code", "校验码"),
    ("rules", "规则包"),
)


def span_text(span: BenefitSpan | None, none: str) -> str:
    """Say a span's first and last day; both are included."""
    return f"{span.start} 至 {span.end}" if span else none


def facts_of(issued: IssuedNotice) -> dict[str, str]:
    """Return the short facts of a notice by the names of their labels."""
    notice = issued.notice
    person = notice.person
    relation = f"（{person.relation}）" if person.relation else ""
    unconfirmed = "，最近一次未确认出纸" if issued.standing.unconfirmed else ""
    return {
        "place": f"{notice.place} · {notice.benefit_year} 年度",
        "identity": notice.identity,
        "agent": f"{person.agent}{relation}" if person.agent else "本人办理",
        "pay_by": f"{notice.pay_by}",
        "issued": f"{notice.issued_at:%Y-%m-%d %H:%M} · {notice.office.clerk}",
        "prints": f"{issued.prints} 次{unconfirmed}",
        "entered": entry_text(issued),
        "check_code": notice.check_code or "无",
        "rules": notice.made_by or f"{notice.stamp.bundle} 第 {notice.stamp.revision} 版",
    }


def entry_text(issued: IssuedNotice) -> str:
    """Return whether it was entered in the official system."""
    if issued.standing.entered:
        return terms.ENTERED_WORD
    return "不用录入" if issued.state == terms.VOID else terms.TO_ENTER_WORD


def link_text(issued: IssuedNotice) -> str:
    """Return which notice corrects this one, and which one this corrects."""
    links = []
    if issued.standing.replaces:
        links.append(f"更正自 {issued.standing.replaces}")
    if issued.standing.replaced_by:
        links.append(f"已更正为 {issued.standing.replaced_by}")
    if issued.standing.hall_rules:
        links.append(f"按本厅规则第 {issued.standing.hall_rules} 版")
    if issued.standing.acknowledged:
        seen = "、".join(LABELS.get(code, code) for code in issued.standing.acknowledged)
        links.append(f"出单前看清过：{seen}")
    return "；".join(links)


class LedgerDetail(QFrame):
    """The chosen notice.

    Signals:
        acted: The act whose button was pressed.
    """

    acted = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("ledger_detail")
        self.setProperty("role", "card")
        self._em = self.fontMetrics().height()
        self._number = self._label("detail_number", "heading")
        self._state = self._label("detail_state", "badge")
        self._void = self._label("detail_void", "alert")
        self._link = self._label("detail_link", "alert")
        self._name = self._label("detail_name", "heading")
        self._id = self._label("detail_id")
        self._total = self._label("detail_total", "figure")
        self._words = self._label("detail_words", "detail")
        self._wait = self._label("detail_wait", "heading")
        self._cover = self._label("detail_cover", "heading")
        show_state(self._void, "problem")
        self._year = LedgerSpanBar(self)
        self._facts = {name: self._label(f"detail_{name}") for name, _ in _FACTS}
        self._none = self._label("detail_none", "muted")
        self._none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._buttons = {act: self._button(act, text) for act, text in _ACTS}
        self._whole = self._lay_out()

    def show_issued(self, issued: IssuedNotice | None, problem: str = "") -> None:
        """Show a stored notice, or why there is none to show."""
        show_text(self._none, problem or _NONE_CHOSEN)
        self._whole.setVisible(issued is not None)
        self._none.setVisible(issued is None)
        for button in self._buttons.values():
            button.setEnabled(issued is not None)
        if issued is None:
            return
        void = issued.state == terms.VOID
        self._buttons[REPRINT].setEnabled(not void)
        self._buttons[VOID].setEnabled(not void)
        self._buttons[ENTERED].setEnabled(not void)
        self._buttons[CORRECT].setEnabled(not issued.standing.replaced_by)
        for act in _WHEN_UNCONFIRMED:
            self._buttons[act].setVisible(issued.mark == UNCONFIRMED)
        show_text(self._state, state_text(issued.mark))
        show_state(self._state, state_tone(issued.mark))
        show_text(self._void, f"作废原因：{issued.void_reason}" if void else "")
        self._void.setVisible(void)
        link = link_text(issued)
        show_text(self._link, link)
        self._link.setVisible(bool(link))
        self._show_notice(issued.notice)
        for name, text in facts_of(issued).items():
            show_text(self._facts[name], text)

    def show_listed(self, *, listed: bool) -> None:
        """Offer to void all of a list, where the notice was issued for one."""
        self._buttons[VOID_RUN].setVisible(listed)

    def menu_rows(self) -> tuple[MenuRow, ...]:
        """Return the same acts as rows of a menu, as far as they are offered now."""
        return tuple(
            MenuRow(act, text, can=button.isEnabled(), key=_KEYS.get(act, f"ledger_{act}"))
            for act, text in _ACTS
            if not (button := self._buttons[act]).isHidden()
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Override QFrame.resizeEvent: a narrow card writes its days smaller."""
        super().resizeEvent(event)
        density = "tight" if self.width() < self._em * _ROOM_FOR_DAYS else ""
        for label in (self._wait, self._cover):
            show_density(label, density)

    def _show_notice(self, notice: Notice) -> None:
        show_text(self._number, notice.number or "")
        show_text(self._name, notice.person.name)
        show_text(self._id, notice.person.id_shown)
        show_text(self._total, show_money(notice.total))
        show_text(self._words, f"人民币{notice.words}" if notice.words else "")
        wait, cover = notice.benefits.wait, notice.benefits.cover
        show_text(self._wait, span_text(wait, "无等待期"))
        show_state(self._wait, wait_tone(waits=wait is not None))
        show_text(self._cover, span_text(cover, NO_COVERAGE))
        show_state(self._cover, cover_tone(covered=cover is not None))
        self._year.show_spans(notice.benefits.year)

    def _label(self, name: str, role: str = "") -> QLabel:
        wraps = role in {"", "alert", "detail", "muted"}
        return selectable_label(name, self, role, wraps=wraps)

    def _button(self, act: str, text: str) -> QPushButton:
        key = key_of(_KEYS.get(act, f"ledger_{act}"))
        button = QPushButton(f"{text}  {key}", self)
        button.setObjectName(f"ledger_{act}_button")
        button.setAccessibleName(text)
        button.setAutoDefault(False)
        button.setProperty("act", act)
        dress_button(button, f"ledger_{act}")
        button.clicked.connect(self._on_button_clicked)
        return button

    def _caption(self, text: str) -> QLabel:
        caption = QLabel(text, self)
        caption.setProperty("role", "caption")
        return caption

    def _lay_out(self) -> QWidget:
        whole = QWidget(self)
        whole.setObjectName("detail_whole")
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._em // 4)
        head = QHBoxLayout()
        head.addWidget(self._number, 1)
        head.addWidget(self._state)
        person = QHBoxLayout()
        person.setSpacing(self._em // 2)
        person.addWidget(self._name)
        person.addWidget(self._id, 1, Qt.AlignmentFlag.AlignBottom)
        column.addLayout(head)
        column.addWidget(self._void)
        column.addWidget(self._link)
        column.addLayout(person)
        column.addLayout(self._lay_out_figures())
        column.addWidget(self._year)
        column.addLayout(self._lay_out_facts())
        column.addStretch()
        return self._frame(whole)

    def _lay_out_figures(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(self._em)
        grid.setVerticalSpacing(self._em // 8)
        grid.setColumnStretch(1, 1)
        lines = (
            ("应缴合计", self._total),
            ("", self._words),
            ("等待期", self._wait),
            ("享受待遇", self._cover),
        )
        for row, (caption, label) in enumerate(lines):
            if caption:
                grid.addWidget(self._caption(caption), row, 0)
            grid.addWidget(label, row, 1)
        return grid

    def _lay_out_facts(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(self._em)
        grid.setVerticalSpacing(self._em // 4)
        grid.setColumnStretch(1, 1)
        for row, (name, caption) in enumerate(_FACTS):
            grid.addWidget(self._caption(caption), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(self._facts[name], row, 1)
        return grid

    def _frame(self, whole: QWidget) -> QWidget:
        scroll = TallScroll("detail_scroll", whole, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(*([self._em * 3 // 4] * 4))
        column.setSpacing(self._em // 2)
        column.addWidget(scroll, 1)
        column.addWidget(self._none, 1)
        buttons = QGridLayout()
        buttons.setHorizontalSpacing(self._em // 2)
        buttons.setVerticalSpacing(self._em // 4)
        for place, button in enumerate(self._buttons.values()):
            buttons.addWidget(button, place // 2, place % 2)
        column.addLayout(buttons)
        return scroll

    def _on_button_clicked(self) -> None:
        self.acted.emit(self.sender().property("act"))
