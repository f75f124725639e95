"""Who may do what: a table written by hand, compared verb by verb."""

from __future__ import annotations

import pytest

from rufgate.review.access import Principal, Role, Verb
from rufgate.store.filters import Scope

# analyst, postmaster, privacy officer
ALLOWED = {
    "health": "yes yes yes",
    "read_reports": "yes no no",
    "export_reports": "yes no no",
    "read_stats": "yes yes yes",
    "share_stats": "yes no yes",
    "read_deliveries": "yes yes no",
    "retry_deliveries": "no yes no",
    "drop_deliveries": "no yes no",
    "acknowledge_canary": "no yes no",
    "read_retention": "no no yes",
    "apply_retention": "no no yes",
    "apply_policy": "no yes yes",
    "read_holds": "no no yes",
    "change_holds": "no no yes",
    "search_subjects": "no no yes",
    "erase_subjects": "no no yes",
    "read_keys": "no yes yes",
    "rotate_keys": "no yes no",
    "destroy_keys": "no no yes",
    "read_audit": "no no yes",
    "read_records": "no no yes",
    "grant_approvals": "no no yes",
    "manage_tokens": "no yes no",
}
ROLES = (Role.ANALYST, Role.POSTMASTER, Role.PRIVACY_OFFICER)


@pytest.mark.parametrize("verb", Verb)
def test_each_role_may_what_the_table_says(verb):
    said = dict(zip(ROLES, ALLOWED[verb.value].split(), strict=True))
    for role in ROLES:
        principal = Principal(token="abcdefghij", role=role, scope=Scope(("*",)))
        assert principal.may(verb) is (said[role] == "yes"), role


def test_the_table_names_every_verb_and_role():
    assert set(ALLOWED) == {verb.value for verb in Verb}
    assert set(ROLES) == set(Role)
