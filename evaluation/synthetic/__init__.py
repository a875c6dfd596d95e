"""Synthetic children whose truth is known: example deliveries, and frames for tests and power.

Everything in it is invented. `synthesize` writes files, `responses_of` makes the frame directly.
Names are looked up when they are first used, so that importing the room costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evaluation.synthetic.deliveries import Formats, Synthesis, synthesize
    from evaluation.synthetic.responses import responses_of
    from evaluation.synthetic.truth import Truth, load_truth

_HOME = {
    "Formats": "deliveries",
    "Synthesis": "deliveries",
    "Truth": "truth",
    "load_truth": "truth",
    "responses_of": "responses",
    "synthesize": "deliveries",
}

__all__ = ["Formats", "Synthesis", "Truth", "load_truth", "responses_of", "synthesize"]


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"{__name__} has no {name}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
