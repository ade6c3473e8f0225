"""The scenes of a release: handed over, reviewed, signed, taken in."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QPushButton, QTableView

from medcounter.desk.access.access_records import SUPERVISOR
from tests.support.desk.hall_samples import AT, NAMES, secret_of
from tools.gallery.authoring_halls import BROUGHT, HANDED, OTHER, WRITTEN
from tools.gallery.care_scenes import signed_in
from tools.gallery.halls import Signing
from tools.gallery.season_scenes import SEASON
from tools.gallery.steps import Scene, Step, keys, seen, typed
from tools.gallery.studio_scenes import begun, checked
from ui.views.studio.studio_session import StudioSession

if TYPE_CHECKING:
    from tools.gallery.stage import Stage

_WANG, _LI, _ZHAO = (Signing(name, SUPERVISOR, secret_of(name)) for name in NAMES)


def opened_by(who: Signing) -> tuple[Step, ...]:
    """Sign in, and open the hall's draft until it is checked."""
    return (*signed_in(who), keys("Ctrl+7", "Return"), checked)


def offers_last_years_examples(stage: Stage) -> None:
    """Take the offer to look at last year's examples."""
    stage.part(StudioSession, "studio_session").open_section("examples")
    buttons: list[QPushButton] = list(stage.shell.findChildren(QPushButton))
    next(one for one in buttons if one.accessibleName().startswith("上一年度的算例")).click()


def rules_changed_below(stage: Stage) -> None:
    """Let the draft be written over rules of which only the number is known here."""
    session = stage.part(StudioSession, "studio_session")
    draft = session.draft
    assert draft is not None  # noqa: S101 - the scene opened one
    used = draft.contents.base
    older = replace(used, revision=used.revision - 1, sha256="0" * 64)
    draft.keep(replace(draft.contents, base=older), "写在旧规则上", AT)
    session.take(draft)


def warned(stage: Stage) -> None:
    """Go to the first warning that can be answered."""
    table = stage.part(QTableView, "studio_warnings")
    rows = range(table.model().rowCount())
    row = next(one for one in rows if str(table.model().index(one, 0).data()).startswith("⚠"))
    table.setFocus()
    table.setCurrentIndex(table.model().index(row, 0))


def chosen_file(stage: Stage) -> None:
    """Offer the file that two signed at another desk, and wait for what it changes."""
    stage.part(QLineEdit, "sync_path").setText(str(stage.folder / BROUGHT))
    stage.press("Return")
    stage.wait_until(stage.part(QPushButton, "sync_take").isEnabled)


def released(stage: Stage) -> None:
    """Sign as the reviewer and wait until the rules are in use."""
    stage.part(QLineEdit, "studio_review_secret").setText(secret_of(_LI.name))
    stage.press("Alt+Q")
    session = stage.part(StudioSession, "studio_session")
    stage.wait_until(lambda: session.draft is not None and session.draft.stored.state == "released")
    stage.rest()


_ROLLED = (
    *begun("jx", "2027"),
    keys("Return"),
    *(
        step
        for answer in ("10.8 1.31", "12.31", "430", "724", "=", "=", "=", "=")
        for step in (typed(answer), keys("Return"))
    ),
    checked,
)
_REVIEW = (*opened_by(_LI), keys("F9"), seen("studio_review"))

RELEASE_SCENES: tuple[Scene, ...] = (
    Scene("studio-checked", "编制：云溪县，核对完了", opened_by(_WANG), WRITTEN, at=AT),
    Scene("studio-hand-over", "编制：交复核", (*opened_by(_WANG), keys("F9")), WRITTEN, at=AT),
    Scene(
        "studio-office",
        "编制：用签发单位的私钥签名",
        (*opened_by(_WANG), keys("F9", "Alt+K"), seen("studio_office")),
        WRITTEN,
        at=AT,
    ),
    Scene("studio-waiting", "登录后：有草稿等着复核签名", signed_in(_LI), HANDED, at=AT),
    Scene("studio-review", "编制：复核", _REVIEW, HANDED, at=AT),
    Scene(
        "studio-give-back",
        "编制：退回，写明原因",
        (*_REVIEW, keys("Alt+T"), seen("studio_reason_dialog")),
        HANDED,
        at=AT,
    ),
    Scene("studio-released", "编制：两人签了名", (*_REVIEW, released), HANDED, at=AT),
    Scene(
        "studio-base",
        "编制：草稿下面的规则换过",
        (
            *opened_by(_WANG),
            rules_changed_below,
            checked,
            keys("Alt+B"),
            seen("studio_base_dialog"),
        ),
        WRITTEN,
        at=AT,
    ),
    Scene(
        "studio-answer",
        "编制：答复一条提醒",
        (*begun("gx", "2025"), checked, warned, keys("Space")),
    ),
    Scene(
        "studio-confirm",
        "编制：照新通知核对",
        (*_ROLLED, keys("Ctrl+Shift+K", "Ctrl+Shift+K"), seen("studio_confirm_dialog")),
        at=SEASON,
    ),
    Scene(
        "studio-proposals",
        "编制：上一年度的算例",
        (*_ROLLED, offers_last_years_examples),
        at=SEASON,
    ),
    Scene(
        "sync-hall",
        "更新规则：本厅其他窗口带来的文件",
        (*signed_in(_ZHAO), keys("Ctrl+4", "Ctrl+U"), chosen_file),
        OTHER,
        at=AT,
    ),
)
