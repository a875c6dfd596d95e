"""Whatever a driver says becomes one of our sentences, in every language."""

import sqlite3

import psycopg
import pytest
from sqlalchemy import create_engine, make_url

from evaluation.errors import StoreError
from evaluation.language import Language, languages
from evaluation.store.faults import POSTGRESQL_RULES, SQLITE_RULES, faults_told, shown

SQLITE = create_engine("sqlite:////somewhere/stories.sqlite")
POSTGRESQL = create_engine("postgresql+psycopg://ada:open-sesame@here/stories")


def sqlite_fault(code):
    fault = sqlite3.OperationalError("p-secret")
    fault.sqlite_errorcode = code
    return fault


def postgresql_fault(state):
    return psycopg.errors.lookup(state)("p-secret") if state else psycopg.OperationalError("x")


def told(engine, fault):
    with pytest.raises(StoreError) as refusal, faults_told(engine):
        raise fault
    assert "secret" not in str(refusal.value)
    assert "sesame" not in str(refusal.value)
    return refusal.value.rule


@pytest.mark.parametrize(
    ("code", "rule"),
    [
        (sqlite3.SQLITE_BUSY, "database_locked"),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, "database_locked"),
        (sqlite3.SQLITE_READONLY_DBMOVED, "database_read_only"),
        (sqlite3.SQLITE_IOERR_WRITE, "database_unreachable"),
        (sqlite3.SQLITE_CORRUPT_INDEX, "database_damaged"),
        (sqlite3.SQLITE_FULL, "database_full"),
        (sqlite3.SQLITE_CONSTRAINT_UNIQUE, "database_refused"),
    ],
)
def test_sqlite_is_understood(code, rule):
    assert told(SQLITE, sqlite_fault(code)) == rule


@pytest.mark.parametrize(
    ("state", "rule"),
    [
        ("55P03", "database_locked"),
        ("40P01", "database_locked"),
        ("25006", "database_read_only"),
        ("42501", "database_read_only"),
        ("53100", "database_full"),
        ("53300", "database_unreachable"),
        ("28P01", "database_unreachable"),
        ("3D000", "database_unreachable"),
        ("57P03", "database_unreachable"),
        ("XX001", "database_damaged"),
        ("23505", "database_refused"),
        (None, "database_unreachable"),
    ],
)
def test_postgresql_is_understood(state, rule):
    assert told(POSTGRESQL, postgresql_fault(state)) == rule


def test_a_mistake_of_ours_is_told_by_its_kind_alone():
    with pytest.raises(StoreError) as refusal, faults_told(POSTGRESQL):
        raise psycopg.ProgrammingError("p-secret")
    assert refusal.value.values == {"code": "ProgrammingError"}


def test_what_is_not_of_the_database_passes():
    with pytest.raises(KeyError), faults_told(SQLITE):
        raise KeyError("mine")


@pytest.mark.parametrize("code", languages())
def test_every_rule_is_a_sentence_in_every_language(code):
    say = Language(code)
    rules = {*SQLITE_RULES.values(), *POSTGRESQL_RULES.values(), "database_foreign"}
    for rule in rules:
        assert "stories" in say(f"error.{rule}", database=shown(POSTGRESQL.url))
    assert "9" in say("error.database_newer", database="x", found="9")
    assert "23505" in say("error.database_refused", code="23505")
    assert "STORIES_DATABASE_URL" in say("error.database_url")
    assert "AB12" in say("error.receipt_ambiguous", receipt="AB12")
    assert "run-7" in say("error.run_unknown", run="run-7")


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://ada:open-sesame@here/stories",
        "postgresql://ada@here/stories?password=open-sesame",
    ],
)
def test_an_address_is_shown_without_its_password(address):
    seen = shown(make_url(address))
    assert "open-sesame" not in seen
    assert "here/stories" in seen
