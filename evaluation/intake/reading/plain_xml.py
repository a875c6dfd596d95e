"""One XML file of a workbook → its elements. Document types are refused, so that no entity is ever
expanded, in whatever encoding it is hidden.
"""

from __future__ import annotations

from dataclasses import dataclass
from xml.parsers import expat

from evaluation.errors import DeliveryError

LONGEST_TEXT = 32_767
"""As much as a cell holds; what is longer is searched so far."""


@dataclass(slots=True)
class Element:
    """An element that has ended: its name without its namespace, attributes, own text."""

    name: str
    attributes: dict[str, str]
    text: str = ""
    parents: tuple[str, ...] = ()


def elements(content: bytes) -> list[Element]:
    """In the order in which they end. Raises `DeliveryError` for what is no plain XML."""
    open_ones: list[Element] = []
    ended: list[Element] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        local = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        parents = tuple(each.name for each in open_ones[-3:])
        open_ones.append(Element(name.rpartition(":")[2], local, parents=parents))

    def data(text: str) -> None:
        if len(open_ones[-1].text) < LONGEST_TEXT:
            open_ones[-1].text += text

    def end(name: str) -> None:
        ended.append(open_ones.pop())

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = data
    parser.StartDoctypeDeclHandler = _refuse
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, LookupError, ValueError):
        raise DeliveryError("damaged_file") from None
    return ended


def _refuse(*declaration: object) -> None:
    raise DeliveryError("xml_entities")
