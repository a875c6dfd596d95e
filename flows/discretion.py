"""An exception of a library may quote what a child answered; Prefect would keep it for ever.

Every task is `discreet`: what this package raises on purpose passes as it is, for it carries no
values. Anything else becomes `OurFaultError`, which says what kind of error it was and where in our
code, and nothing that the error said.
"""

from __future__ import annotations

import errno
import functools
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import ParamSpec, TypeVar

from evaluation.errors import EvaluationError, StoreError

P = ParamSpec("P")
R = TypeVar("R")
ROOT = Path(__file__).parent.parent


class OurFaultError(EvaluationError):
    """A bug of ours: the file, line and kind of the error, and never its text."""

    exit_code = 1


def discreet(function: Callable[P, R]) -> Callable[P, R]:
    @functools.wraps(function)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return function(*args, **kwargs)
        except EvaluationError:
            raise
        except Exception as error:  # noqa: BLE001 - the one place that must see every kind
            fault = our_fault(error)
        # Raised outside the handler, so that not even __context__ holds the original.
        raise fault

    return wrapped


def our_fault(error: BaseException) -> EvaluationError:
    """A full disk is nobody's bug, wherever it was noticed."""
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return StoreError("disk_full")
    return OurFaultError("our_fault", kind=type(error).__name__, place=place_of(error))


def place_of(error: BaseException) -> str:
    """The innermost line of our own code that the error passed."""
    ours = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if Path(frame.filename).is_relative_to(ROOT) and "site-packages" not in frame.filename
    ]
    if not ours:
        return "-"
    return f"{Path(ours[-1].filename).relative_to(ROOT).as_posix()}:{ours[-1].lineno}"
