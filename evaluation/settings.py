"""What differs between one installation and another: the only reader of the environment.

SETTINGS is the one table of names, defaults and meanings; the docs and `stories doctor` are
checked against it.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from evaluation.errors import SettingsError

CHECKOUT = Path(__file__).parent.parent

SETTINGS: dict[str, str] = {
    "STORIES_DATA": "The one folder for everything the programme keeps (default: var)",
    "STORIES_DATABASE_URL": "Another database than the SQLite file in the data folder",
    "STORIES_STUDY": "The folder of the study's files (default: evaluation/study)",
    "STORIES_EXPECTATIONS": "The folder of the validation suites (default: expectations)",
    "STORIES_KEY_FILE": "The key that locks the quarantine, outside the data folder",
    "STORIES_ACTOR": "Who acts, as a role: asked for where a plan is frozen or a report released",
    "STORIES_SOURCES": "The list of forms on servers that `stories pull` and its flow fetch",
    "STORIES_KOBO_TOKEN": "Opens KoboToolbox for pull and push: the token of an account",
    "STORIES_ODK_TOKEN": "Opens ODK Central for pull and push: a token of a session",
    "STORIES_ODK_EMAIL": "Opens ODK Central instead of a token, together with the password",
    "STORIES_ODK_PASSWORD": "Belongs to the address above",
    "STORIES_LANGUAGE": "The language of messages: en, ru or kk (default: the system's, else en)",
}


@dataclass(frozen=True, slots=True)
class Settings:
    data: Path
    database_url: str
    study: Path
    expectations: Path
    key_file: Path
    language: str
    actor: str = ""
    sources: Path | None = None
    # Not shown: whoever prints settings prints no secret.
    kobo_token: str = field(default="", repr=False)
    odk_token: str = field(default="", repr=False)
    odk_email: str = field(default="", repr=False)
    odk_password: str = field(default="", repr=False)

    @property
    def deliveries(self) -> Path:
        return self.data / "deliveries"

    @property
    def reports(self) -> Path:
        return self.data / "reports"

    @property
    def prefect_home(self) -> Path:
        return self.data / "prefect"

    @classmethod
    def from_env(cls, environ: Mapping[str, str] = os.environ) -> Settings:
        data = data_folder(environ)
        key_file = Path(environ.get("STORIES_KEY_FILE") or _default_key_file(environ)).absolute()
        if data in key_file.parents:
            # A copied or stolen data folder must not open itself.
            raise SettingsError("key_inside_data", folder=data)
        return cls(
            data=data,
            database_url=environ.get("STORIES_DATABASE_URL") or f"sqlite:///{data}/stories.sqlite",
            study=Path(environ.get("STORIES_STUDY") or CHECKOUT / "evaluation/study").absolute(),
            expectations=Path(
                environ.get("STORIES_EXPECTATIONS") or CHECKOUT / "expectations"
            ).absolute(),
            key_file=key_file,
            language=_language(environ),
            actor=environ.get("STORIES_ACTOR", ""),
            sources=_path(environ.get("STORIES_SOURCES")),
            kobo_token=environ.get("STORIES_KOBO_TOKEN", "").strip(),
            odk_token=environ.get("STORIES_ODK_TOKEN", "").strip(),
            odk_email=environ.get("STORIES_ODK_EMAIL", "").strip(),
            odk_password=environ.get("STORIES_ODK_PASSWORD", ""),
        )


def _path(said: str | None) -> Path | None:
    return Path(said).absolute() if said else None


def data_folder(environ: Mapping[str, str]) -> Path:
    return Path(environ.get("STORIES_DATA") or "var").absolute()


def _default_key_file(environ: Mapping[str, str]) -> Path:
    config = environ.get("XDG_CONFIG_HOME") or Path(environ.get("HOME") or "/root") / ".config"
    return Path(config) / "stories" / "quarantine.key"


def _language(environ: Mapping[str, str]) -> str:
    if chosen := environ.get("STORIES_LANGUAGE"):
        return chosen
    system = (environ.get("LC_ALL") or environ.get("LC_MESSAGES") or environ.get("LANG") or "")[:2]
    return system if system in ("ru", "kk") else "en"
