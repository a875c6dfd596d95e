"""The gate in: `check` says what becomes of a delivered file. Loads nothing before its use."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evaluation.intake.deliveries import Vault
    from evaluation.intake.delivery_list import Delivery, read_deliveries
    from evaluation.intake.feedback import receipt_text
    from evaluation.intake.gate import check, identify
    from evaluation.intake.opened import Sender
    from evaluation.intake.outcomes import Identified, Intake

_HOMES = {
    "Delivery": "delivery_list",
    "Identified": "outcomes",
    "Intake": "outcomes",
    "Sender": "opened",
    "Vault": "deliveries",
    "check": "gate",
    "identify": "gate",
    "read_deliveries": "delivery_list",
    "receipt_text": "feedback",
}

__all__ = [
    "Delivery",
    "Identified",
    "Intake",
    "Sender",
    "Vault",
    "check",
    "identify",
    "read_deliveries",
    "receipt_text",
]


def __getattr__(name: str) -> object:
    # Not imported at the top: the child process that opens workbooks passes through here.
    from importlib import import_module

    if name not in _HOMES:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
