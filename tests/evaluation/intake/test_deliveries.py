import resource
import stat
import threading

import pytest
from cryptography.fernet import Fernet

from evaluation.errors import DeliveryError, SettingsError
from evaluation.intake import Vault

BATCH = "ab" * 32
SENT = "Код;01-00001-3".encode()


@pytest.fixture
def vault(tmp_path):
    return Vault(tmp_path / "deliveries", tmp_path / "keys/quarantine.key")


def everything_on_disk(vault):
    return b"".join(p.read_bytes() for p in vault.folder.rglob("*") if p.is_file())


def test_what_is_put_in_comes_out_and_cannot_be_read_on_disk(vault):
    vault.put(BATCH, SENT)
    assert vault.get(BATCH) == SENT
    assert b"00001" not in everything_on_disk(vault)
    assert vault.quarantined() == (BATCH,)


def test_the_key_is_made_once_for_its_owner_alone(vault):
    vault.put(BATCH, SENT)
    key = vault.key_file.read_bytes()
    assert stat.S_IMODE(vault.key_file.stat().st_mode) == 0o600
    vault.put("cd" * 32, SENT)
    assert vault.key_file.read_bytes() == key


def test_many_at_once_make_one_key(vault):
    batches = [f"{number:064x}" for number in range(8)]
    threads = [threading.Thread(target=vault.put, args=(batch, SENT)) for batch in batches]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {vault.get(batch) for batch in batches} == {SENT}
    assert len(vault.key_file.read_text().split()) == 1


def test_putting_again_replaces_whole(vault):
    vault.put(BATCH, b"first")
    vault.put(BATCH, b"second")
    assert vault.get(BATCH) == b"second"
    assert [p.name for p in (vault.folder / "quarantine").iterdir()] == [f"{BATCH}.locked"]


def test_a_kept_file_leaves_the_quarantine_and_is_still_locked(vault):
    vault.put(BATCH, SENT)
    vault.keep(BATCH)
    vault.keep(BATCH)  # a retried task keeps twice
    assert vault.quarantined() == ()
    assert vault.get(BATCH) == SENT
    assert b"00001" not in everything_on_disk(vault)


def test_a_deleted_file_is_gone_from_both_places(vault):
    vault.put(BATCH, SENT)
    vault.keep(BATCH)
    vault.put(BATCH, SENT)
    assert vault.delete(BATCH)
    assert not vault.delete(BATCH)
    assert everything_on_disk(vault) == b""


def test_a_file_that_is_not_there_is_said_to_be_missing(vault):
    assert vault.quarantined() == ()
    for ask in (vault.get, vault.keep):
        with pytest.raises(DeliveryError) as refused:
            ask(BATCH)
        assert refused.value.message == "error.delivery_missing"


def test_a_changed_key_opens_what_the_old_one_locked(vault):
    vault.put(BATCH, SENT)
    old = vault.key_file.read_text()
    new = Fernet.generate_key().decode()
    vault.key_file.write_text(f"{new}\n{old}")
    assert vault.get(BATCH) == SENT
    vault.put("cd" * 32, SENT)
    vault.key_file.write_text(new)  # the first line locks
    assert vault.get("cd" * 32) == SENT


def test_another_key_opens_nothing_and_says_so(vault):
    vault.put(BATCH, SENT)
    vault.key_file.write_bytes(Fernet.generate_key())
    with pytest.raises(DeliveryError) as refused:
        vault.get(BATCH)
    assert refused.value.message == "error.wrong_key"


def test_no_key_is_made_where_one_was_lost(vault):
    vault.put(BATCH, SENT)
    vault.key_file.unlink()
    with pytest.raises(SettingsError) as refused:
        vault.get(BATCH)
    assert refused.value.message == "error.key_missing"
    assert not vault.key_file.exists()


@pytest.mark.parametrize("content", [b"", b"not a key", "ключ".encode()])
def test_a_file_that_is_no_key_is_said_to_be_none(vault, content):
    vault.key_file.parent.mkdir()
    vault.key_file.write_bytes(content)
    with pytest.raises(SettingsError) as refused:
        vault.put(BATCH, SENT)
    assert refused.value.message == "error.key_unusable"


def test_of_two_that_make_the_key_at_once_the_second_leaves_it_alone(vault):
    from evaluation.intake.deliveries import _make_key

    _make_key(vault.key_file)
    first = vault.key_file.read_bytes()
    _make_key(vault.key_file)
    assert vault.key_file.read_bytes() == first


def test_a_full_disk_leaves_nothing_half_written(vault):
    vault.put(BATCH, SENT)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, limits[1]))
    try:
        with pytest.raises(OSError, match="too large"):
            vault.put("cd" * 32, SENT * 100)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert [p.name for p in (vault.folder / "quarantine").iterdir()] == [f"{BATCH}.locked"]
