"""Who does each act of the window: one registry for keys, buttons and alerts.

``shortcuts`` says which key an act has and what must be in front for it; whoever
can do one offers it here, and whoever is asked for one passes it on to here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

Doer = Callable[[], object]


class Acts:
    """The acts that can be done now, by the names of the table of shortcuts."""

    def __init__(self, rest: Callable[[], object]) -> None:
        """Begin without any.

        Args:
            rest: Makes what does the acts that nobody offers yet, if it can;
                asked when one of them is wanted.
        """
        self._doers: dict[str, Doer] = {}
        self._rest = rest

    @property
    def offered(self) -> frozenset[str]:
        """The acts that somebody does now."""
        return frozenset(self._doers)

    def offer(self, doers: Mapping[str, Doer]) -> None:
        """Do these from now on, in place of whoever did one of them before."""
        self._doers.update(doers)

    def withdraw(self, names: Iterable[str]) -> None:
        """Withdraw these: what they work on is closed."""
        for name in names:
            self._doers.pop(name, None)

    def do(self, name: str) -> None:
        """Do an act; nothing happens while nobody can."""
        if name not in self._doers:
            self._rest()
        doer = self._doers.get(name)
        if doer is not None:
            doer()
