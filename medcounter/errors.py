"""The base of all errors, one class per cause; the docstring is the default text.

Clerks read these texts, so docstrings of the concrete classes are in Chinese:
what is wrong, what it blocks, what to do now. Imports nothing.
"""

from __future__ import annotations


class MedCounterError(Exception):
    """程序遇到无法继续的情况，刚才的操作没有完成；请重试或联系技术支持。"""

    def __init__(self, text: str | None = None) -> None:
        """Keep the sentence for the clerk.

        Args:
            text: The sentence; the class docstring when None.
        """
        self.text = text if text is not None else (type(self).__doc__ or "").strip()
        super().__init__(self.text)
