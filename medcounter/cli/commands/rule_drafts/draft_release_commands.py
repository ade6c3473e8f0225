"""The commands ``authoring …`` by which two people release a draft."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager

from medcounter.authoring.source_files.source_folder import SourceFolder
from medcounter.cli.command import DONE
from medcounter.cli.named_destination import named_destination
from medcounter.cli.open_desk import now, open_desk
from medcounter.cli.output import write, write_file
from medcounter.cli.signing_in import SIGNING_PROMPT, secret
from medcounter.desk.authoring.draft_release import DraftRelease, OfficeHead
from medcounter.desk.authoring.open_draft import OpenDraft


def run_hand_over(arguments: Namespace) -> int:
    """Sign as the author; from here on the draft waits for its reviewer."""
    with open_desk(arguments) as desk:
        draft = desk.authoring.open(arguments.draft, now())
        release = DraftRelease(draft, desk.release)
        begins = arguments.begins or now().date()
        try:
            word = release.check_secret(secret(arguments, SIGNING_PROMPT), now())
            release.hand_over(arguments.reviewer, begins, word, now())
        finally:
            draft.close(now())
        write(
            f"已签名，交“{arguments.reviewer}”复核，{begins} 起用。草稿在复核前不能改；"
            f"要改的用 medcounter authoring take-back {arguments.draft} 收回。"
        )
    return DONE


def run_review(arguments: Namespace) -> int:
    """Show the reviewer what the author signed and what it changes."""
    with _looking(arguments) as (_, release):
        reviewing = release.review(now())
        for line in release.lines(reviewing):
            write(f"{line.text}：{line.old} → {line.new}")
        for change in reviewing.plan.changes:
            write(change.text(reviewing.release.name_of(change.region)))
        if numbers := reviewing.plan.differing:
            write(f"已出的通知单有 {len(numbers)} 张结果会不同：{'、'.join(numbers[:5])}。")
        write(f"最早从 {reviewing.plan.earliest} 起用。")
    return DONE


def run_sign(arguments: Namespace) -> int:
    """Sign as the reviewer, and write the file for this desk and the others."""
    place = named_destination(arguments, arguments.out, people=False)
    with _looking(arguments) as (draft, release):
        word = release.check_secret(secret(arguments, SIGNING_PROMPT), now())
        whole = release.sign(word, now())
        write_file(place, whole.data)
        draft.write_source_files(SourceFolder.beside(arguments.out))
        write(
            f"两人已签名：{arguments.out}，SHA-256 {whole.sha256}。"
            f"在本厅的每个窗口用 medcounter hall take {arguments.out} 启用。"
        )
    return DONE


def run_file(arguments: Namespace) -> int:
    """Write the file that both have signed again."""
    place = named_destination(arguments, arguments.out, people=False)
    with _looking(arguments) as (draft, release):
        write_file(place, release.data)
        draft.write_source_files(SourceFolder.beside(arguments.out))
        write(f"已写出 {arguments.out}。")
    return DONE


def run_office(arguments: Namespace) -> int:
    """Lay the draft over the rules in use, and sign it with the keys of an office."""
    place = named_destination(arguments, arguments.out, people=False, reading=arguments.key)
    with _looking(arguments) as (draft, release):
        usual = release.office_head()
        head = OfficeHead(
            arguments.revision or usual.revision, arguments.review_by or usual.review_by
        )
        write_file(place, release.office_work(head, tuple(arguments.key), now())())
        draft.write_source_files(SourceFolder.beside(arguments.out))
        count = len(arguments.key)
        write(
            f"已写出 {arguments.out}，第 {head.revision} 号修订，现有 {count} 个签名。"
            f"要两位保管人签名的，再用 medcounter bundle sign {arguments.out} 加签。"
        )
    return DONE


def run_take_back(arguments: Namespace) -> int:
    """Return the draft to its author; the author's signature is void."""
    with _looking(arguments) as (draft, release):
        release.take_back(arguments.reason, now())
        write(draft.history()[0].words)
    return DONE


@contextmanager
def _looking(arguments: Namespace) -> Iterator[tuple[OpenDraft, DraftRelease]]:
    """Open a draft as its reviewer; nobody holds it then."""
    with open_desk(arguments) as desk:
        draft = desk.authoring.look(arguments.draft)
        yield draft, DraftRelease(draft, desk.release)
