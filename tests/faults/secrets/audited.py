"""What is known of the packages the program is made from, on the day it was asked."""

from tests.faults.rows import Figures, note
from tools.audit import ask, every_lock, look

BAD = ("not the locked one", "known vulnerabilities", "packages without an answer")


def hold_to_the_lock() -> Figures:
    """Hold every package that is installed here to its lock."""
    held = look()
    for fault in held.faults:
        note(fault)
    unnamed = sum("see its licence" in line for line in held.licences)
    return {
        "installed packages": len(held.licences),
        "not the locked one": len(held.faults),
        "without a named licence": unnamed,
    }


def ask_for_the_known() -> Figures:
    """Ask OSV for every package of every lock."""
    answer = ask(every_lock())
    for found in answer.known:
        note(found)
    if answer.unanswered:
        note(
            "osv.dev is not reached from where this was run, so it is not known whether a package "
            "has a known vulnerability; that each is asked for and every answer told is row 35, "
            "by a service on this machine"
        )
    return {
        "packages asked for": answer.asked,
        "known vulnerabilities": len(answer.known),
        "packages without an answer": answer.unanswered,
    }
