"""A list that a server hands out page by page, each with the address of the next."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from evaluation.errors import ServerError
from evaluation.servers.submissions import member
from evaluation.servers.web import Web


def pages(web: Web, path: str, following: str, **asked: str) -> Iterator[Any]:
    """Answer after answer; `following` is where each says the next one's address.

    Of that address only what is asked counts: a server behind another often gets its own name
    wrong, and the token goes to nobody who is merely named in an answer.
    """
    seen: set[str] = set()
    while True:
        said = web.get(path, **asked)
        yield said
        target = member(said, following)
        if not target:
            return
        if not isinstance(target, str) or target in seen:
            raise ServerError("server_not_understood")
        seen.add(target)
        asked = dict(parse_qsl(urlsplit(target).query))
