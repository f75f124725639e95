"""User names in labels, sentences and records of several languages; what is said of users stays."""

from __future__ import annotations

import pytest

from rufgate.recognize.recognizers.accounts import ACCOUNT_RULES


def found(text: str) -> list[tuple[str, str]]:
    return [
        (rule.name, text[start:end]) for rule in ACCOUNT_RULES for start, end in rule.find(text)
    ]


@pytest.mark.parametrize(
    ("text", "rule", "value"),
    [
        ("Your username is marrow.", "user_labelled", "marrow"),
        ("Ihr Benutzername lautet mkettle.", "user_labelled", "mkettle"),
        ("Identifiant de connexion : mkettle", "user_labelled", "mkettle"),
        ("Nazwa użytkownika: mkettle", "user_labelled", "mkettle"),
        ("Logon ID mkettle", "user_labelled", "mkettle"),
        ("Your new user name\ntealsparrow\nhas been set.", "user_below", "tealsparrow"),
        ("User mkettle could not be authenticated.", "user_state", "mkettle"),
        ("user mkettle not found in directory", "user_state", "mkettle"),
        ("sign in with the account mkettle4 from Monday", "user_figured", "mkettle4"),
        ("Your staff account (mkettle) has been made.", "user_bracketed", "mkettle"),
        ("My handle is tealsparrow everywhere", "handle_mine", "tealsparrow"),
        ("My gamertag is Teal Sparrow", "gamer_tag", "Teal Sparrow"),
        ("Dear teal_sparrow,", "user_greeted", "teal_sparrow"),
        ("Hi tealsparrow88, you have 3 new messages", "user_greeted", "tealsparrow88"),
        ("Seller: tealsparrow (482)", "user_of_work", "tealsparrow"),
        ("Assigned to: mkettle", "user_of_work", "mkettle"),
        ("commit 4821abf by mkettle", "user_of_work", "mkettle"),
        ("Login mkettle / password plover8", "user_of_slash", "mkettle"),
        ("ssh mkettle@gateway", "user_of_ssh", "mkettle"),
        ("cn=mkettle,ou=people,dc=example", "user_of_directory", "mkettle"),
        ("mkettle  pts/3  09:12 still logged in", "user_of_terminal", "mkettle"),
        ("corp\\mkettle logged on", "domain_user_lower", "mkettle"),
        ("see @tealsparrow@social.example", "handle_of_host", "@tealsparrow@social.example"),
        ("add tealsparrow on Snap", "user_on_network", "tealsparrow"),
        ("on Snap I'm tealsparrow", "user_says_so", "tealsparrow"),
        ("tealsparrow (Discord)", "user_before_network", "tealsparrow"),
        ("Password reset for mkettle", "user_of_event", "mkettle"),
        ("user - mkettle", "user_dashed", "mkettle"),
        ("Log in using mkettle and your card", "user_logs_in", "mkettle"),
        ("un: mkettle", "user_labelled", "mkettle"),
        ("Skype: live:mkettle_4", "network", "mkettle_4"),
        ("Telegram: t.me/tealsparrow", "network", "tealsparrow"),
        ("insta teal.sparrow / snap tealsp4", "network_named", "teal.sparrow"),
    ],
)
def test_user_names_are_found(text: str, rule: str, value: str) -> None:
    assert (rule, value) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "c'est un chat. A pseudo code.",
        "Password reset for all users; failed sign-in for security reasons",
        "message us on Facebook, add salt on top",
        "Your username is your email address.",
        "The username is case sensitive.",
        "The user is asked for a password and the login fails.",
        "User authentication failed; the user session was not found.",
        "user = None",
        "Login: required",
        "Account type: business",
        "My handle is broken, the door handle needs oil.",
        "Assigned to: support",
        "Seller: Ships within two days",
        "Dear customer, hello world, hi there!",
        "The discord server is open for all players.",
        "the user (optional) and the account (savings)",
        "A User ID uses the letters you chose. The mailbox candidates.",
        "Follow us on Instagram and see a\\b in the path",
    ],
)
def test_what_is_said_of_users_stays(text: str) -> None:
    assert found(text) == []
