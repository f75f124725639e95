"""Every value from the input has a name, and goes by that name."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from enum import Enum

import pytest

from rufgate.sanitize.leaves import leaves_of, without
from rufgate.sanitize.sanitized import Flag, Reason, SanitizedHeader, SanitizedReport, SanitizedText
from tests.store.full_report import sanitized

FULL = sanitized("one").report
OURS = {"policy", "engine", "key_id", "fingerprint", "owner_domain"}


def texts(value: object) -> list[str]:
    """Every text anywhere in ``value``."""
    if isinstance(value, SanitizedText):
        return [str(value)]
    if isinstance(value, tuple):
        return [text for item in value for text in texts(item)]
    if is_dataclass(value):
        return [text for field in fields(value) for text in texts(getattr(value, field.name))]
    return []


def test_the_example_states_everything():
    """Else the tests below would say nothing about a field that is empty."""
    empty = {field.name for field in fields(SanitizedReport) if not getattr(FULL, field.name)}
    assert empty <= {"reason", "not_stated", "owner_domain", "text_omitted"}


def test_every_text_of_the_input_is_a_leaf():
    names = {name for name, _ in leaves_of(FULL)}
    for field in fields(FULL):
        if field.name in OURS | {"tokens", "counts", "attachments"}:
            assert not any(name.partition("/")[0] == field.name for name in names), field.name
        elif texts(getattr(FULL, field.name)):
            assert any(name.partition("/")[0] == field.name for name in names), field.name


def test_a_leaf_holds_what_stands_in_its_field():
    leaves = dict(leaves_of(FULL))
    assert leaves["subject"] == str(FULL.subject)
    assert leaves["headers/0"] == str(FULL.headers[0].value)
    assert leaves["domains/0"] == str(FULL.domains[0].name)
    result = FULL.auth_results[0]
    for word in (result.method, result.result, *(value for _, value in result.properties)):
        assert str(word) in leaves["auth_results/0"]


@pytest.mark.parametrize("name", [name for name, _ in leaves_of(FULL)])
def test_each_leaf_goes_by_its_name_and_alone(name):
    left = without(FULL, {name})
    gone = [leaf for leaf in leaves_of(FULL) if leaf not in list(leaves_of(left))]
    assert dict(leaves_of(FULL))[name] in [text for _, text in gone]
    assert len(list(leaves_of(left))) == len(list(leaves_of(FULL))) - 1
    changed = {
        item.name for item in fields(FULL) if getattr(left, item.name) != getattr(FULL, item.name)
    }
    assert changed - {"text_omitted"} == {name.partition("/")[0]}


def test_all_leaves_can_go_together():
    bare = without(FULL, {name for name, _ in leaves_of(FULL)})
    assert list(leaves_of(bare)) == []
    assert bare.id == FULL.id


def test_of_several_in_one_list_the_right_ones_go():
    headers = tuple(
        SanitizedHeader(name=SanitizedText("X"), value=SanitizedText(str(number)))
        for number in range(12)
    )
    left = without(replace(FULL, headers=headers), {"headers/1", "headers/10"})
    assert [int(str(header.value)) for header in left.headers] == [0, 2, 3, 4, 5, 6, 7, 8, 9, 11]


def test_a_text_taken_out_says_why():
    assert without(FULL, {"text"}).text_omitted is Reason.LEAK_FOUND
    assert without(FULL, {"subject"}).text_omitted is FULL.text_omitted


def test_what_is_no_sanitized_value_is_refused():
    with pytest.raises(TypeError, match="str is not a sanitized value"):
        list(leaves_of(replace(FULL, subject="plain")))
    assert all(isinstance(flag, Enum) for flag in (*FULL.flags, Flag.SMIME))
