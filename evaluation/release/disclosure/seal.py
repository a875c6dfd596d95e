"""The seal that makes a released value: it never leaves this folder.

Every `Released…` type asks for the seal when it is made. mypy sees a missing argument, the
runtime sees a wrong one, and `dataclasses.replace` stops because the seal is not kept. None can be
subclassed or pickled: either would make one without asking.
A test reads the imports of the whole tree: nothing outside this folder may import this file.
"""

from __future__ import annotations

from typing import Final, NoReturn, Self

from evaluation.errors import DisclosureError


class Seal:
    __slots__ = ()


SEAL: Final = Seal()


def guard(seal: Seal) -> None:
    """Raise DisclosureError unless it is the one seal of this process."""
    if seal is not SEAL:
        raise DisclosureError("sealed")


class Sealed:
    """What every released type is: made once, by the gate, and never made over."""

    __slots__ = ()

    def __init_subclass__(cls) -> None:
        if cls.__bases__ != (Sealed,):
            raise DisclosureError("sealed")

    def __copy__(self) -> Self:
        """Nothing in it can change, so a copy is the thing itself."""
        return self

    def __deepcopy__(self, memo: object) -> Self:
        return self

    def __reduce__(self) -> NoReturn:
        raise DisclosureError("sealed")
