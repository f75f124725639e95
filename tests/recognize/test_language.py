"""A text in a script that no detector reads is not covered, however many part numbers it holds."""

from __future__ import annotations

import pytest

from rufgate.recognize.language import LanguageGuard


@pytest.fixture(scope="module")
def guard() -> LanguageGuard:
    return LanguageGuard()


@pytest.mark.parametrize(
    "text",
    [
        "详细报价如下 ThinkPad Presario DDR DVD TFT WIN XP 笔记本 COMBO SDRAM 显存 PIII MHZ " * 8,
        # Nineteen ideographs beside a hundred Latin letters: three letters each, and it is foreign.
        (
            "全新原装进口送货上门货到付款联系人电话"
            + " ThinkPad Presario Combo Notebook" * 3
            + " Monitor"
        )
        * 4,
        "Уважаемый клиент, ваш заказ отправлен сегодня утром " * 3,
    ],
)
def test_foreign_scripts_are_not_covered(guard: LanguageGuard, text: str) -> None:
    assert guard.judge(text) == (None, False)


@pytest.mark.parametrize(
    "text",
    [
        "Please welcome the new members of the team, 王小明 and 山田太郎, who sit here.",
        "Please find the minutes of the last meeting in the shared folder, as we have agreed.",
    ],
)
def test_english_with_a_foreign_name_is_covered(guard: LanguageGuard, text: str) -> None:
    assert guard.judge(text) == ("en", True)
