"""The seal that makes a released value: it never leaves this folder.

Every `Released…` type asks for the seal when it is made. mypy sees a missing argument, the
runtime sees a wrong one, and `dataclasses.replace` stops because the seal is not kept.
A test reads the imports of the whole tree: nothing outside this folder may import this file.
"""

from __future__ import annotations

from typing import Final

from evaluation.errors import DisclosureError


class Seal:
    __slots__ = ()


SEAL: Final = Seal()


def guard(seal: Seal) -> None:
    """Raise DisclosureError unless it is the one seal of this process."""
    if seal is not SEAL:
        raise DisclosureError("sealed")
