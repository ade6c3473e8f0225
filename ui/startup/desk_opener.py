"""Open the desk of one data folder behind the painted window.

Calls the running copy of the program that already has it open; otherwise shows
the trouble and the ways out.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from medcounter.errors import MedCounterError

from .second_copy import FrontCall, FrontWatch

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from medcounter.desk.access.sign_in import Credential
    from medcounter.desk.desk import Desk
    from medcounter.desk.recovery.startup_trouble import Trouble
    from medcounter.trust.data_key import DataKey
    from medcounter.trust.roots import Roots

    from ..access.sign_in_flow import SignInFlow
    from ..acts import Acts
    from ..main_window import MainWindow
    from .rescue_flow import RescueFlow

SHIPPED = "shipped"
_AGAIN = "以后在窗口上方“主管”里的“本厅密钥”能再看到，念给其他窗口确认。"
_NO_HALL = "登录已启用；本厅密钥没有生成，以后在窗口上方“主管”里的“本厅密钥”可以生成。"


class DeskOpener(QObject):
    """Opens desks, one at a time.

    Signals:
        entered: An open Desk.
        refused: No desk was opened; the text says why.
        left_for_another: Another copy of the program has it, and was called.
        called: Another copy was started for what is open here.
    """

    entered = Signal(object)
    refused = Signal(str)
    left_for_another = Signal()
    called = Signal()

    def __init__(
        self,
        folder: Path,
        clock: Callable[[], datetime],
        roots: Roots | None,
        acts: Acts,
        parent: QObject,
    ) -> None:
        """Remember what to open; opens nothing.

        Args:
            folder: Where ledger, rules and settings live.
            clock: Gives the present time with its zone.
            roots: Whose signatures count; those of the program when None.
            acts: Is offered the ways out of a trouble.
            parent: Its owner.
        """
        super().__init__(parent)
        self._home = folder
        self._clock = clock
        self._roots = roots
        self._acts = acts
        self._window: MainWindow | None = None
        self._rescue: RescueFlow | None = None
        self._call: FrontCall | None = None
        self._watch: FrontWatch | None = None
        self._sign_in: SignInFlow | None = None
        self._credential: Credential | None = None
        self._folder = self._credential_folder = folder
        self._on_opening: list[str] = []

    @property
    def folder(self) -> Path:
        """The data folder that is opened now."""
        return self._folder

    @folder.setter
    def folder(self, folder: Path) -> None:
        """Open another from now on; what was offered for the one before is withdrawn."""
        if folder != self._folder:
            self._end_rescue()
        self._folder = folder

    @property
    def is_emergency(self) -> bool:
        """Whether the emergency ledger is open instead of the counter's own."""
        from medcounter.desk.folder_kinds import emergency_folder  # noqa: PLC0415 - see enter

        return self.folder == emergency_folder(self._home)

    @property
    def _is_aside(self) -> bool:
        """Whether nobody needs to sign in: the core says what kind of folder it is."""
        from medcounter.desk.folder_kinds import is_practice  # noqa: PLC0415 - see enter

        return self.is_emergency or is_practice(self.folder)

    @property
    def _given(self) -> Credential | None:
        return self._credential if self._credential_folder == self.folder else None

    @property
    def _key(self) -> DataKey | None:
        return None if self._given is None else self._given.key

    def tell_on_opening(self, text: str) -> None:
        """Let whoever opens the next desk know something, after all said so far."""
        if text:
            self._on_opening.append(text.rstrip("。"))

    def take_told(self) -> str:
        """Hand over, once, what the clerk should know now that the desk is open."""
        told, self._on_opening = self._on_opening, []
        return "。".join((*told, "")) if told else ""

    def remember(self, given: Credential | None) -> None:
        """Let who sat at the desk last in again unasked; of nobody nothing changes."""
        if given is not None:
            self._credential, self._credential_folder = given, self.folder

    def forget(self) -> None:
        """Forget who signed in: the next one signs in anew."""
        self._credential = None

    def let_in_again(self, name: str, desk: Desk | None) -> None:
        """Ask who goes on at a screen that was locked.

        Args:
            name: Who left it; is offered first.
            desk: The one that was closed behind it; its key is overwritten.
        """
        from ..access.lock import forget_desk  # noqa: PLC0415 - loaded with the desk

        self.forget()
        self._make_gate().begin(left_by=name)
        forget_desk(desk, self)

    def serve(self, window: MainWindow) -> None:
        """Show what goes wrong in a window from now on."""
        self._window = window
        self._end_gate()
        self._end_rescue()
        window.retried.connect(self.enter)

    def enter(self) -> None:
        """Let somebody in and open the desk, or offer what can be done.

        Called behind the first paint: what it loads is slow to load.
        """
        self._end_call()
        if self._credential is not None and self._credential_folder == self.folder:
            self._open(self._credential)
        elif self._is_aside:
            self._enter_unasked()
        else:
            self._make_gate().begin()

    def set_up(self) -> None:
        """Ask anew how the ledger, which is closed now, is to be opened."""
        self._make_gate().offer_choice()

    def _make_gate(self) -> SignInFlow:
        # Rules, database and cryptography cost ten times what a frame may.
        from ..access.sign_in_flow import SignInFlow  # noqa: PLC0415 - see above

        assert self._window is not None  # noqa: S101 - a counter serves before it enters
        self._end_gate()
        self._sign_in = SignInFlow(self._window, self.folder, self._clock, self)
        self._sign_in.passed.connect(self._open)
        self._sign_in.failed.connect(self._refuse)
        return self._sign_in

    def _open(self, who: Credential | None) -> None:
        from medcounter.desk.desk import Desk  # noqa: PLC0415 - loaded behind the first paint

        if who is not None:
            self._credential, self._credential_folder = who, self.folder
        try:
            desk = Desk.open(self.folder, self._clock(), roots=self._roots, who=who)
        except MedCounterError as err:
            self._refuse(err)
            return
        self._make_hall(desk)
        self._end_gate()
        self._end_rescue()
        self._watch = FrontWatch(self.folder, self)
        self._watch.called.connect(self.called)
        if self.is_emergency:
            self._bring_rules(desk)
        self.entered.emit(desk)

    def _make_hall(self, desk: Desk) -> None:
        """Make the hall's own key where it was asked for when sign-in was set up."""
        text = "" if self._sign_in is None else self._sign_in.take_hall_text()
        if not text:
            return
        try:
            words = desk.hall_office.make_key(text, self._clock())
        except (MedCounterError, OSError):
            self.tell_on_opening(_NO_HALL)
        else:
            self.tell_on_opening(f"本厅密钥的六个词：{' '.join(words)}。{_AGAIN}")

    def go_home(self) -> None:
        """Try the counter's own ledger again from now on."""
        self.folder = self._home

    def offer_rescue(self, text: str) -> None:
        """Offer what can be done for a ledger that is closed again.

        Args:
            text: Why nothing could be issued in it.
        """
        from medcounter.desk.recovery.startup_trouble import trouble_of_open  # noqa: PLC0415 - rarely needed

        self.go_home()
        self._show(trouble_of_open(self.folder, text, self._key))

    def leave(self) -> None:
        """End what watches over a desk that is closed now."""
        if self._watch is not None:
            self._watch.deleteLater()
            self._watch = None

    def close(self) -> None:
        """Wait for what must not be cut off."""
        self.leave()
        self._end_call()
        if self._rescue is not None:
            self._rescue.wait()
        if self._sign_in is not None:
            self._sign_in.wait()

    def _refuse(self, err: MedCounterError) -> None:
        from medcounter.desk.recovery.startup_trouble import trouble  # noqa: PLC0415 - rarely needed

        found = trouble(self.folder, err, self._key)
        if found.kind != "in_use":
            self._show(found)
            return
        self._end_call()
        self._call = FrontCall(self.folder, self)
        self._call.answered.connect(self.left_for_another)
        self._call.unanswered.connect(partial(self._show, found))
        self._call.start()

    def _end_call(self) -> None:
        """Wait for no answer any more."""
        # A late one would end the program over an open desk.
        call, self._call = self._call, None
        if call is not None:
            call.stop()
            call.deleteLater()

    def _end_gate(self) -> None:
        """Let go of who was let in, or of a window that is built anew."""
        gate, self._sign_in = self._sign_in, None
        if gate is not None:
            gate.deleteLater()

    def _end_rescue(self) -> None:
        """Withdraw the ways out of a trouble that is over, or of another folder."""
        rescue, self._rescue = self._rescue, None
        if rescue is not None:
            self._acts.withdraw(rescue.acts)
            rescue.deleteLater()

    def _show(self, found: Trouble) -> None:
        if self._window is None:
            return
        if self._rescue is None:
            from .rescue_flow import RescueFlow  # noqa: PLC0415 - rarely needed

            self._rescue = RescueFlow(self._window, self.folder, self._clock, self)
            self._rescue.restored.connect(self._on_rescue_restored)
            self._rescue.looking_wanted.connect(self._on_rescue_looking_wanted)
            self._rescue.folder_chosen.connect(self._on_rescue_folder_chosen)
            self._rescue.emergency_chosen.connect(self._on_rescue_folder_chosen)
            self._acts.offer(self._rescue.acts)
        if self._given is not None:
            self._rescue.credentials = (self._given,)
        self._rescue.show(found)
        self.refused.emit(found.text)

    def _on_rescue_restored(self, text: str) -> None:
        self.tell_on_opening(text)
        if self._rescue is not None:  # a restore can bring another key
            from medcounter.desk.recovery.rescue_keys import fitting  # noqa: PLC0415 - rarely needed

            self._credential = fitting(self.folder, self._rescue.credentials)
            self._credential_folder = self.folder
        self.enter()

    def _on_rescue_looking_wanted(self, copy: Path) -> None:
        from medcounter.desk.desk import Desk  # noqa: PLC0415 - loaded when the opening failed

        try:
            desk = Desk.look(self.folder, self._clock(), copy, self._given)
        except MedCounterError as err:
            self._refuse(err)
            return
        self.entered.emit(desk)

    def _on_rescue_folder_chosen(self, folder: Path) -> None:
        self.folder = folder
        self.enter()

    def _enter_unasked(self) -> None:
        """Open a folder beside the counter's own: nobody chooses to sign in there.

        A folder where sign-in was chosen nevertheless is opened with it.
        """
        from medcounter.desk.access import sign_in  # noqa: PLC0415 - rarely needed
        from medcounter.desk.access.access_records import NEW  # noqa: PLC0415 - rarely needed

        try:
            if sign_in.state(self.folder).kind == NEW:
                sign_in.choose_open(self.folder, self._clock())
        except MedCounterError as err:
            self._refuse(err)
        else:
            self._make_gate().begin()

    def _bring_rules(self, desk: Desk) -> None:
        """Work by the rules of the ledger that fails, if they are newer."""
        from medcounter.desk.recovery.emergency import (  # noqa: PLC0415 - rarely needed
            bring_rules,
            left_out,
        )

        texts = [left_out(self._home)]
        if desk.rules.state.origin == SHIPPED and bring_rules(desk, self._home, self._clock()):
            texts.insert(0, "已把原来的规则带到应急台账。")
        self.tell_on_opening("".join(texts))
