"""Delivered files on disk, encrypted: the quarantine before the gate, the originals behind it.

Files are named by batch id and never by what they were called. The key lies outside the data
folder, so that a copied data folder opens nothing. A key file of several lines is a key being
changed: the first line encrypts, every line decrypts.
"""

from __future__ import annotations

import hmac
import os
import threading
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from evaluation.errors import DeliveryError, SettingsError

QUARANTINE, ORIGINALS = "quarantine", "originals"


@dataclass(frozen=True, slots=True)
class Vault:
    """`folder` holds quarantine/ and originals/. The key file is made when first needed."""

    folder: Path
    key_file: Path

    def put(self, batch: str, content: bytes) -> None:
        """Into the quarantine; putting the same batch again replaces it whole."""
        _write(self._path(QUARANTINE, batch), self._keys(create=True).encrypt(content))

    def get(self, batch: str) -> bytes:
        """The file as it was sent, from wherever it is. Raises `DeliveryError` where it is not."""
        for place in (QUARANTINE, ORIGINALS):
            path = self._path(place, batch)
            if path.exists():
                return self._opened(path)
        raise DeliveryError("delivery_missing", batch=batch[:8])

    def keep(self, batch: str) -> None:
        """Out of the quarantine, into the originals. Doing it twice does it once."""
        source, target = self._path(QUARANTINE, batch), self._path(ORIGINALS, batch)
        if source.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            source.replace(target)
            _sync(target.parent)
            _sync(source.parent)
        elif not target.exists():
            raise DeliveryError("delivery_missing", batch=batch[:8])

    def delete(self, batch: str) -> bool:
        """From both places. Whether there was anything to delete."""
        found = [p for place in (QUARANTINE, ORIGINALS) if (p := self._path(place, batch)).exists()]
        for path in found:
            path.unlink()
            _sync(path.parent)
        return bool(found)

    def seals(self, text: str) -> tuple[str, ...]:
        """A digest of the text that only this key makes, the newest key's first: short texts
        could be guessed from any other digest. One for each key of a key that is being changed."""
        self._keys(create=True)
        keys = self.key_file.read_bytes().split()
        return tuple(hmac.digest(key, text.encode(), "sha256").hex() for key in keys)

    def quarantined(self) -> tuple[str, ...]:
        """The ids of the batches that wait."""
        folder = self.folder / QUARANTINE
        return tuple(sorted(p.stem for p in folder.glob("*.locked"))) if folder.exists() else ()

    def locked_at(self, batch: str) -> datetime:
        """When a batch that waits was locked away, in UTC."""
        return _changed(self._path(QUARANTINE, batch))

    def delete_leftovers(self, before: datetime) -> int:
        """What a process that died was writing, in the vault and beside the key; how many."""
        written = [*self.folder.glob("*/*.new"), *self.key_file.parent.glob(_half(self.key_file))]
        old = [path for path in written if _changed(path) < before]
        for path in old:
            path.unlink(missing_ok=True)
        return len(old)

    def _path(self, place: str, batch: str) -> Path:
        assert batch.isalnum(), "a batch id is hexadecimal"
        return self.folder / place / f"{batch}.locked"

    def _opened(self, path: Path) -> bytes:
        try:
            return self._keys(create=False).decrypt(path.read_bytes())
        except InvalidToken:
            raise DeliveryError("wrong_key", key_file=self.key_file) from None

    def _keys(self, *, create: bool) -> MultiFernet:
        if create and not self.key_file.exists():
            _make_key(self.key_file)
        try:
            lines = self.key_file.read_text("ascii").split()
            return MultiFernet([Fernet(line) for line in lines])
        except FileNotFoundError:
            raise SettingsError("key_missing", key_file=self.key_file) from None
        except (OSError, ValueError):  # not to be read, not ASCII, no line, or no key in it
            raise SettingsError("key_unusable", key_file=self.key_file) from None


def _half(path: Path, writer: str = "*-*") -> str:
    """The name of a file that is being written, before it gets its own."""
    return f"{path.stem}.{writer}.new"


def _changed(path: Path) -> datetime:
    """A file that somebody has taken away meanwhile is as new as can be."""
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except FileNotFoundError:
        return datetime.max.replace(tzinfo=UTC)


def _make_key(path: Path) -> None:
    """Of two that make the key at once, one does and both use it: a link is there or is not."""
    new = _written(path, Fernet.generate_key() + b"\n")
    try:
        os.link(new, path)
    except FileExistsError:
        return
    finally:
        new.unlink()
    _sync(path.parent)


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all, also when the current fails."""
    _written(path, content).replace(path)
    _sync(path.parent)


def _written(path: Path, content: bytes) -> Path:
    """A file of its own beside `path`, for its owner alone: two may write the same at once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(_half(path, f"{os.getpid()}-{threading.get_ident()}"))
    opened = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(opened, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        new.unlink()
        raise
    return new


def _sync(folder: Path) -> None:
    """A rename is kept only once its folder is."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
