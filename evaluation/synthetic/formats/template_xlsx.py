"""Answers typed into our own upload template."""

from __future__ import annotations

from pathlib import Path

from evaluation.forms import TEMPLATE_VERSION, fill_template
from evaluation.synthetic.sending import Form, Sending


def write(path: Path, sending: Sending, form: Form, *, language: str) -> None:
    content = fill_template(
        form.instrument,
        form.study,
        language,
        card=sending.card(form.instrument, TEMPLATE_VERSION),
        rows=sending.rows.each(),
    )
    path.write_bytes(content)
