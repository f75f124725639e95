"""User names, devices and files are found where they stand; common words are left."""

from __future__ import annotations

import pytest

from rufgate.recognize.recognizers.accounts import ACCOUNT_RULES
from rufgate.recognize.recognizers.devices import DEVICE_RULES


def found(text: str) -> list[tuple[str, str]]:
    rules = (*ACCOUNT_RULES, *DEVICE_RULES)
    return [(rule.name, text[start:end]) for rule in rules for start, end in rule.find(text)]


@pytest.mark.parametrize(
    ("text", "rule", "value"),
    [
        ("username bsmith77", "user_name", "bsmith77"),
        ("Account quietotter was locked", "account_state", "quietotter"),
        ("see /u/quietotter there", "account_path", "quietotter"),
        ("Please log in as quietotter.", "signed_in_as", "quietotter"),
        ("she goes by quietotter there", "goes_by", "quietotter"),
        ("Login .......... quietotter", "user_cell", "quietotter"),
        ("my Steam name is quietotter.", "network_named", "quietotter"),
        ("quietotter started following you", "network_notice", "quietotter"),
        ("Login       captain.crumpet_78", "user_name", "captain.crumpet_78"),
        ("user gnome logged on from", "user_acts", "gnome"),
        ("on reddit u/moss-boots", "handle_tagged", "u/moss-boots"),
        ("I am zed#1234", "handle_tagged", "zed#1234"),
        ("JSMITH-LT2", "device_name", "JSMITH-LT2"),
        ("Benutzername: hmueller", "user_name", "hmueller"),
        ("insta moss_boots", "network", "moss_boots"),
        ("insta: mossy", "network", "mossy"),
        ("I'm mossyboots on insta", "on_network", "mossyboots"),
        ("find me as mossy on there", "find_me", "mossy"),
        ("ask @mossy_boots", "handle", "@mossy_boots"),
        ("xX_gnome_Xx", "handle_style", "xX_gnome_Xx"),
        ("bob_99 invited you", "handle_does", "bob_99"),
        ("moss_boots, someone liked your profile", "handle_does", "moss_boots"),
        ("report about moss_77", "handle_named", "moss_77"),
        ("Online now: gnome_2, bob_smith, x", "handle_named", "gnome_2, bob_smith"),
        ("opened by gnome_2", "handle_by", "gnome_2"),
        ("Accepted publickey for gnome on x", "log_user", "gnome"),
        ("Failed password for invalid user gnome from", "log_user", "gnome"),
        ("sudo:    gnome : TTY=pts/0", "log_user", "gnome"),
        ("radius: Login OK: [gnome] (from client", "log_user", "gnome"),
        ("sasl_username=gnome", "log_user", "gnome"),
        ("2 commits into main from gnome/fix", "branch_of", "gnome"),
        ("/srv/homes/gnome/x", "home_folder", "gnome"),
        ("CORP\\bsmith logged in", "domain_user", "bsmith"),
        ("bob@build-03:~$ ls", "user_at_host", "bob@build-03"),
        ("Portal: gnome / secret", "user_of_pair", "gnome"),
        ("at 00-1A-2B-3C-4D-5E", "mac", "00-1A-2B-3C-4D-5E"),
        ("at 001A.2B3C.4D5E", "mac", "001A.2B3C.4D5E"),
        ("at 001a2b-3c4d5e", "mac", "001a2b-3c4d5e"),
        ("ether 00 1a 2b 3c 4d 5e", "mac_bare", "00 1a 2b 3c 4d 5e"),
        ("IMEI: 35-209900-176148-1", "imei", "35-209900-176148-1"),
        ("352099001761481", "imei_bare", "352099001761481"),
        ("S/N C02XK1ABJGH5", "serial", "C02XK1ABJGH5"),
        ("on OPS-LAP-9282", "device_name", "OPS-LAP-9282"),
        ("android-cae7c63596a6", "device_name", "android-cae7c63596a6"),
        ("Galaxy-A66-of-gnome", "device_of", "Galaxy-A66-of-gnome"),
        ("iPhone von Petra", "device_of", "iPhone von Petra"),
        ("bobs-macbook-pro", "device_named_after", "bobs-macbook-pro"),
        ("client ZX15498 [", "device_context", "ZX15498"),
        ("rent.pages", "file", "rent.pages"),
        ('"rent letter.pdf"', "file_spaced", "rent letter.pdf"),
        ("see Medical Report Smith.pdf for", "file_capitals", "Medical Report Smith.pdf"),
    ],
)
def test_accounts_and_devices_are_found(text: str, rule: str, value: str) -> None:
    assert (rule, value) in found(text)
    assert all(found_value for _, found_value in found(text))


@pytest.mark.parametrize(
    "text",
    [
        "serial 66371, tool 6",
        "Client: 26.09.1",
        "352099001761482",
        "the max_size grows; base64 added",
        "please find the attached report and list",
        "the user is happy with the user guide and the login page",
        "the users.example and user stories of 2026",
        "Find me at reception, or see you on Facebook",
        "the host is up, the device is off",
        "client meeting 12 June",
        "version 2.3.4 was released",
        "deadbeef is hex",
        "10-12-26 at 10:30, 0900-1700",
        "C:\\Program Files",
    ],
)
def test_common_words_stay(text: str) -> None:
    assert found(text) == []
