"""Keyed tokens: the same person is recognised, and only under the same key."""

from __future__ import annotations

import re

import pytest

from rufgate.sanitize.pseudonym import Keyring, Pseudonymizer, a_label, canonical_address
from rufgate.sanitize.sanitized import TokenLabel
from tests.sanitize.sanitizing import KEY, KEYRING

STORE = KEYRING.pseudonymizer()


def test_the_token_of_the_published_vector():
    assert STORE.address("bob", "example.com") == "p1-xkidzxba7xx23b3eyhu4ylbl"
    assert STORE.digest(TokenLabel.ADDRESS, "bob@example.com") == "xkidzxba7xx23b3eyhu4ylbl"


@pytest.mark.parametrize(
    ("local", "domain"),
    [
        ("Bob", "EXAMPLE.com"),
        ("BOB", "example.com."),
        ('"bob"', "example.com"),
        (" bob ", " example.com "),
        ("bob+news", "example.com"),
        ("bob+a+b", "example.com"),
    ],
)
def test_notations_of_one_address_are_one_person(local, domain):
    assert STORE.address(local, domain) == STORE.address("bob", "example.com")


@pytest.mark.parametrize(
    ("local", "domain"), [("rob", "example.com"), ("bob", "example.net"), ("+bob", "example.com")]
)
def test_other_addresses_are_other_people(local, domain):
    assert STORE.address(local, domain) != STORE.address("bob", "example.com")


def test_composed_and_decomposed_letters_are_one():
    assert STORE.address("rene\u0301", "example.com") == STORE.address("ren\u00e9", "example.com")


def test_a_domain_is_one_in_both_its_forms():
    token = STORE.address("bob", "b\u00fccher.example")
    assert token == STORE.address("bob", "xn--bcher-kva.example")


@pytest.mark.parametrize(
    "domain", ["a" * 70 + ".example", "..", "\ud800.example", "x\u2024\u2024y"]
)
def test_a_domain_that_idna_refuses_still_gives_a_token(domain):
    assert re.fullmatch(r"p1-[a-z2-7]{24}", STORE.address("bob\udc80", domain))
    assert a_label(domain) == a_label(domain.upper())


def test_a_tag_alone_is_no_tag():
    assert canonical_address("+tag", "example.com") == "+tag@example.com"
    assert canonical_address("bob+", "example.com") == "bob@example.com"


def test_equal_values_under_other_labels_do_not_link():
    digests = {STORE.digest(label, "bob@example.com") for label in TokenLabel}
    assert len(digests) == len(TokenLabel)


def test_analysts_tokens_join_with_nobodys():
    makers = [STORE, KEYRING.pseudonymizer("blue"), KEYRING.pseudonymizer("red")]
    assert len({maker.address("bob", "example.com") for maker in makers}) == 3
    again = KEYRING.pseudonymizer("blue")
    assert again.address("bob", "example.com") == makers[1].address("bob", "example.com")


def test_another_key_and_another_epoch_give_other_tokens():
    other = Keyring(2, b"o" * 32, b"f" * 32, b"l" * 32).pseudonymizer()
    assert other.address("bob", "example.com").startswith("p2-")
    assert other.digest(TokenLabel.ADDRESS, "bob@example.com") != "xkidzxba7xx23b3eyhu4ylbl"


def test_keys_do_not_show():
    shown = repr(KEYRING) + repr(STORE)
    for secret in (KEY, b"f" * 32, b"l" * 32):
        assert secret.decode() not in shown
    assert repr(KEYRING) == "<Keyring epoch 1>"


def test_a_loop_mark_is_known_by_its_key_alone():
    mark = KEYRING.loop_mark("11111111")
    assert KEYRING.is_own_mark(mark)
    assert KEYRING.is_own_mark(f" {mark}\t")
    other = Keyring(1, KEY, b"f" * 32, b"x" * 32)
    assert not other.is_own_mark(mark)


@pytest.mark.parametrize(
    "mark", ["", ".", "11111111", "11111111.", "x.0000", "\u00e9.\u00e9", "\udc80"]
)
def test_a_forged_loop_mark_is_not_ours(mark):
    assert not KEYRING.is_own_mark(mark)


def test_a_fingerprint_is_keyed_and_stable():
    assert re.fullmatch(r"[0-9a-f]{64}", KEYRING.fingerprint(b"x"))
    assert KEYRING.fingerprint(b"x") == KEYRING.fingerprint(b"x")
    assert KEYRING.fingerprint(b"x") != KEYRING.fingerprint(b"y")
    assert Keyring(1, KEY, b"g" * 32, b"l" * 32).fingerprint(b"x") != KEYRING.fingerprint(b"x")


def test_pseudonymizers_under_one_key_agree():
    assert Pseudonymizer("p1", KEY).address("a", "example.com") == STORE.address("a", "example.com")
