"""Who acts: as the command line or the settings say. A role is enough, and better than a name."""

from __future__ import annotations

from evaluation.errors import SettingsError
from evaluation.settings import Settings

LONGEST = 60


def actor_of(said: str | None, settings: Settings) -> str:
    """SettingsError: nobody is named, or it is no short line."""
    actor = " ".join((said or settings.actor).split())
    if not actor:
        raise SettingsError("nobody_named")
    if len(actor) > LONGEST:
        raise SettingsError("actor_too_long", longest=LONGEST)
    return actor
