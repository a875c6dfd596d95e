"""A document as one HTML file that needs nothing else: no script, no font, no request."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from evaluation.release.report.blocks import Block, Document

TEMPLATES = Path(__file__).parent / "templates"


def render(document: Document) -> bytes:
    templates = _environment()
    templates.filters["cited"] = _cited(document)
    return templates.get_template("report.html").render(document=document).encode()


def _environment() -> Environment:
    templates = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.filters["css_string"] = _css_string
    templates.filters["drawn"] = Markup  # SVG from our own charts, whose texts matplotlib escaped
    templates.globals["kind"] = _kind
    templates.globals["style"] = Markup((TEMPLATES / "report.css").read_text("utf-8"))
    return templates


def _cited(document: Document) -> Callable[[str], Markup]:
    """Text whose citations lead to their tables: "[table 7]" becomes a link."""
    tables = dict(document.citations)
    marks = re.compile(f"({'|'.join(map(re.escape, tables))})") if tables else None

    def cited(text: str) -> Markup:
        parts = marks.split(text) if marks else [text]
        link = Markup('<a class="cite" href="#{}">{}</a>')
        each = (link.format(tables[part], part) if part in tables else part for part in parts)
        return Markup("").join(each)

    return cited


def _kind(block: Block) -> str:
    """The macro of blocks.html that draws it: `KeyNumbers` is drawn by `keynumbers`."""
    return type(block).__name__.lower()


def _css_string(text: str) -> Markup:
    """Text as a CSS string: every letter by its number, so that none can end the string."""
    return Markup('"' + "".join(f"\\{ord(letter):06x}" for letter in text) + '"')
