"""Personal tokens: good ones are known, all others look alike, and no file holds one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import update

from rufgate.store.access_tables import access_tokens
from rufgate.store.access_tokens import AccessTokens, NameTaken
from rufgate.store.audit import Audit
from rufgate.store.audit_stored import newest
from rufgate.store.engine import open_store, writing
from rufgate.store.scrub import compact
from tests.store.behind import held_in
from tests.store.full_report import RECEIVED

DAY = timedelta(days=1)


@pytest.fixture
def engine(store_url):
    engine = open_store(store_url)
    yield engine
    engine.dispose()


@pytest.fixture
def tokens(engine):
    return AccessTokens(engine, Audit(engine, bytes(32), lambda: RECEIVED))


def test_a_token_stands_for_who_it_was_made_for(tokens):
    row, text = tokens.create("desk-1", "analyst", ["example.org"], RECEIVED)
    found = tokens.authenticate(text, RECEIVED + 89 * DAY)
    assert (found.id, found.name, found.role, found.domains) == (
        row.id, "desk-1", "analyst", ("example.org",),
    )  # fmt: skip
    (listed,) = tokens.list()
    assert listed.last_used_on == (RECEIVED + 89 * DAY).date()


@pytest.mark.quick_on_both
def test_it_ends_by_itself_and_by_being_taken_back(tokens):
    row, text = tokens.create("desk-1", "analyst", ["*"], RECEIVED, days=90)
    assert tokens.authenticate(text, RECEIVED + 90 * DAY) is None
    assert tokens.authenticate(text, RECEIVED + 90 * DAY - timedelta(seconds=1))
    assert tokens.revoke(row.id, RECEIVED)
    assert tokens.authenticate(text, RECEIVED) is None
    assert not tokens.revoke(row.id, RECEIVED)
    assert not tokens.revoke("aaaaaaaaaa", RECEIVED)


def test_what_is_no_token_is_refused(tokens):
    _, text = tokens.create("desk-1", "analyst", ["*"], RECEIVED)
    _, other = tokens.create("desk-2", "analyst", ["*"], RECEIVED)
    head, _, secret = text.rpartition("_")
    swapped = f"{head}_{other.rpartition('_')[2]}"
    for wrong in ("", "rg1_", head, secret, text[:-1], text + "x", text.upper(), swapped,
                  f"rg1_aaaaaaaaaa_{secret}", "\0", "é" * 60):  # fmt: skip
        assert tokens.authenticate(wrong, RECEIVED) is None, wrong
    assert tokens.authenticate(f" {text}\n", RECEIVED) is not None


def test_no_file_holds_a_token(tokens, engine):
    _, text = tokens.create("desk-1", "analyst", ["*"], RECEIVED)
    tokens.authenticate(text, RECEIVED)
    compact(engine)
    held = held_in(engine)
    assert text.rpartition("_")[2].encode() not in held
    assert text.split("_")[1].encode() in held  # its id may be known


def test_making_and_taking_back_are_entered(tokens, engine):
    row, _ = tokens.create("desk-1", "postmaster", ["*"], RECEIVED)
    tokens.revoke(row.id, RECEIVED)
    revoked, created = (entry.as_json() for entry in newest(engine, 2))
    assert created["action"] == "token_created"
    assert created["details"] == {"token": row.id, "role": "postmaster"}
    assert (revoked["action"], revoked["details"]) == ("token_revoked", {"token": row.id})


def test_a_digest_that_was_put_there_is_no_password(tokens, engine):
    """Whoever reads the table cannot use what it holds."""
    row, text = tokens.create("desk-1", "analyst", ["*"], RECEIVED)
    with writing(engine) as connection:
        digest = connection.execute(access_tokens.select()).mappings().one()["digest"]
        connection.execute(update(access_tokens).values(name="x"))
    assert tokens.authenticate(f"rg1_{row.id}_{digest[:43]}", RECEIVED) is None
    assert tokens.authenticate(text, RECEIVED).name == "x"


def test_whom_a_proxy_names_has_a_row_and_no_token(tokens):
    row = tokens.admit("d" * 64, "desk-1", "analyst", ["example.org"], RECEIVED, days=1)
    found = tokens.signing_in("d" * 64, RECEIVED)
    assert (found.id, found.role, found.domains) == (row.id, "analyst", ("example.org",))
    assert tokens.signing_in("e" * 64, RECEIVED) is None
    assert tokens.signing_in("d" * 64, RECEIVED + DAY) is None
    for secret in ("0" * 43, "d" * 43):
        assert tokens.authenticate(f"rg1_{row.id}_{secret}", RECEIVED) is None
    assert tokens.still_good(row.id, RECEIVED) is None  # no session of a token's form
    assert tokens.list()[0].as_json(RECEIVED)["sign_in"] == "proxy"
    assert "d" * 64 not in str(tokens.list()[0].as_json(RECEIVED))


def test_a_login_is_one_persons_until_it_is_taken_back_or_over(tokens, engine):
    row = tokens.admit("d" * 64, "desk-1", "analyst", ["*"], RECEIVED, days=1)
    with pytest.raises(NameTaken, match=row.id):
        tokens.admit("d" * 64, "desk-2", "postmaster", ["*"], RECEIVED)
    tokens.admit("d" * 64, "desk-2", "postmaster", ["*"], RECEIVED + DAY)
    assert tokens.signing_in("d" * 64, RECEIVED + DAY).name == "desk-2"
    with writing(engine) as connection:  # by hand, beside all rules
        connection.execute(update(access_tokens).values(expires_at=RECEIVED + 9 * DAY))
    assert tokens.signing_in("d" * 64, RECEIVED + DAY) is None
