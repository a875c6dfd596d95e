from pathlib import Path

import pytest

from evaluation.errors import SettingsError
from evaluation.settings import CHECKOUT, Settings


def test_an_empty_environment_gives_the_defaults():
    settings = Settings.from_env({"HOME": "/srv/somebody"})
    assert settings.data == Path("var").absolute()
    assert settings.database_url == f"sqlite:///{settings.data}/stories.sqlite"
    assert settings.study == CHECKOUT / "evaluation/study"
    assert settings.expectations == CHECKOUT / "expectations"
    assert settings.key_file == Path("/srv/somebody/.config/stories/quarantine.key")
    assert settings.deliveries.parent == settings.reports.parent == settings.prefect_home.parent
    assert settings.language == "en"


def test_everything_can_be_said(tmp_path):
    settings = Settings.from_env(
        {
            "STORIES_DATA": str(tmp_path / "data"),
            "STORIES_DATABASE_URL": "postgresql://host/db",
            "STORIES_STUDY": str(tmp_path / "study"),
            "STORIES_EXPECTATIONS": str(tmp_path / "rules"),
            "STORIES_KEY_FILE": str(tmp_path / "key"),
            "STORIES_LANGUAGE": "kk",
        }
    )
    assert settings == Settings(
        data=tmp_path / "data",
        database_url="postgresql://host/db",
        study=tmp_path / "study",
        expectations=tmp_path / "rules",
        key_file=tmp_path / "key",
        language="kk",
    )


@pytest.mark.parametrize(
    ("environ", "language"),
    [
        ({"LANG": "ru_RU.UTF-8"}, "ru"),
        ({"LC_ALL": "kk_KZ.UTF-8", "LANG": "ru_RU.UTF-8"}, "kk"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"STORIES_LANGUAGE": "kk", "LANG": "ru_RU"}, "kk"),
    ],
)
def test_messages_are_in_the_language_of_the_system_where_we_have_it(environ, language):
    assert Settings.from_env(environ | {"HOME": "/h"}).language == language


def test_the_key_may_not_lie_beside_what_it_locks(tmp_path):
    with pytest.raises(SettingsError, match="key_inside_data"):
        Settings.from_env({"STORIES_DATA": str(tmp_path), "STORIES_KEY_FILE": str(tmp_path / "k")})


def test_a_configuration_folder_of_ones_own_is_used():
    settings = Settings.from_env({"XDG_CONFIG_HOME": "/etc/here"})
    assert settings.key_file == Path("/etc/here/stories/quarantine.key")
