"""E-mail addresses, and the names people have in messengers."""

from __future__ import annotations

import re
from collections.abc import Iterator

# One letter before the sign is enough, and keeps a cell of 32,000 letters from taking seconds.
ADDRESS = re.compile(r"[\w+-]@[\w-]+\.\w{2,}")
HANDLE = re.compile(r"(?<![\w@])@[A-Za-z]\w{3,}|\b(?:t\.me|wa\.me|instagram\.com|vk\.com)/", re.I)


def find(text: str) -> Iterator[int]:
    for pattern in (ADDRESS, HANDLE):
        for found in pattern.finditer(text):
            yield found.start()
