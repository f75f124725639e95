"""Single sign-on: who may name somebody, and that nobody else can, however it is written."""

from __future__ import annotations

import stat
from datetime import timedelta
from ipaddress import ip_network
from itertools import product

import pytest
from starlette.types import Receive, Scope, Send
from structlog.testing import capture_logs

from rufgate.review.web import app
from rufgate.review.web.proxy import SignOn
from rufgate.review.web.sessions import LIFETIME
from tests.review.web.running import HEADER, PROXY, SECRET, STRANGER, Running, named, running
from tests.review.web.site import NOW, A, B, fill, form_token, make_site, served

WEB = {
    "listen": "127.0.0.1:0", "trusted_proxies": [PROXY], "proxy_header": HEADER,
    "proxy_secret_file": "secret",
}  # fmt: skip
API = "/api/v1/stats"
SECRET_FIELD = ("X-Rufgate-Proxy-Secret", SECRET)
SPELLINGS = ("X-Remote-User", "x-remote-user", "X-REMOTE-USER", "X_Remote_User", "x_remote-user",
             "X--Remote-User", "X.Remote.User", "XRemoteUser", "X-Remote_User-")  # fmt: skip


@pytest.fixture(scope="module")
def gate(tmp_path_factory):
    with running(tmp_path_factory.mktemp("sso"), WEB) as gate:
        fill(gate.site, each=1)
        gate.admit("alice", "analyst", A)
        gate.admit("olga@corp.example", "privacy-officer")
        yield gate


def is_nobody(gate: Running, *fields: tuple[str, str], by: str = PROXY) -> bool:
    """Neither the API nor a page takes it for anybody."""
    program, reader = gate.ask(API, *fields, by=by), gate.ask("/reports", *fields, by=by)
    page = gate.ask("/sign-in", *fields, by=by)
    assert "Your token" in page.text
    assert not reader.cookies()
    return (program.status, reader.status) == (401, 303)


def test_whom_the_proxy_names_is_known_by_our_own_table(gate):
    page = gate.ask("/", *named("alice"))
    assert page.status == 200
    assert f"analyst, {A}" in page.text
    assert "HttpOnly" in page.cookies()[0]
    assert "SameSite=strict" in page.cookies()[0]
    told = gate.ask("/api/v1/reports", *named("alice"))
    assert told.status == 200
    assert "alpha" in told.text
    assert "beta" not in told.text
    entry = gate.site.entries()[0]
    assert (entry.action, entry.actor) == ("reports_listed", "analyst")
    row = next(one for one in gate.site.tokens.list() if one.name == "ali")
    assert entry.said["token"] == row.id
    assert gate.ask(f"/reports/{gate.site.ids[B][0]}", *named("alice")).status == 404
    assert gate.ask("/audit", *named("alice")).status == 403
    assert gate.ask("/audit", *named("olga@corp.example")).status == 200
    assert gate.ask("/reports", *named("olga@corp.example")).status == 403


def test_role_and_domains_in_headers_are_read_by_nobody(gate):
    more = [("X-Remote-Role", "privacy-officer"), ("X-Remote-Groups", "*"), ("Role", "postmaster"),
            ("X-Remote-Domains", B)]  # fmt: skip
    page = gate.ask("/", *named("alice"), *more)
    assert f"analyst, {A}" in page.text
    assert gate.ask("/audit", *named("alice"), *more).status == 403


@pytest.mark.parametrize(
    ("by", "fields"),
    [
        (STRANGER, named("alice")),  # the right header and secret, from elsewhere
        (STRANGER, named("alice", None)),
        ("127.0.0.1", named("alice")),
        (PROXY, named("alice", None)),  # the right address without the secret
        (PROXY, named("alice", "")),
        (PROXY, named("alice", SECRET[:-1])),
        (PROXY, named("alice", SECRET + "0")),
        (PROXY, named("alice", SECRET.upper())),
        (PROXY, named("alice", f"{SECRET}, {SECRET}")),
        (PROXY, [*named("alice"), SECRET_FIELD]),  # twice
        (PROXY, [*named("alice", "x" * 32), SECRET_FIELD]),
        (PROXY, [(HEADER, "alice"), ("X_Rufgate_Proxy_Secret", SECRET)]),
        (PROXY, [SECRET_FIELD, (HEADER, "")]),
        (PROXY, [SECRET_FIELD]),
        (STRANGER, [*named("alice"), ("X-Forwarded-For", PROXY), ("X-Real-IP", PROXY)]),
        (STRANGER, [*named("alice"), ("Forwarded", f"for={PROXY}")]),
        (STRANGER, [("Accept", f"x\r\n {HEADER}: alice"), SECRET_FIELD]),  # a folded line
        (PROXY, [("Accept", f"x\r\n {HEADER}: alice"), SECRET_FIELD]),
        *((PROXY, [(name, "alice"), SECRET_FIELD]) for name in SPELLINGS[3:]),
    ],
)
def test_nobody_else_is_believed(gate, by, fields):
    assert is_nobody(gate, *fields, by=by)


@pytest.mark.parametrize(
    "said",
    [
        [(HEADER, "alice"), (HEADER, "olga@corp.example")],
        [(HEADER, "mallory"), (HEADER, "alice")],
        [(HEADER, "alice"), (HEADER, "alice")],
        [(HEADER, "alice"), (HEADER, "")],
        [(HEADER, "alice,olga@corp.example")],
        [(HEADER, "alice, alice")],
        [(HEADER, "alice;x")],
        [(HEADER, "alice olga")],
        [(HEADER, "ALICE")],
        [(HEADER, "alic\xe9")],
        [(HEADER, "alice'--")],
        [(HEADER, "x" * 129)],
        [(HEADER, "mallory")],
    ],
)
def test_a_name_that_is_unknown_or_unclear_is_refused_and_entered_without_it(gate, said):
    fields = [SECRET_FIELD, *said, ("X-Forwarded-For", f"2001:db8::{len(str(said)):x}")]
    page = gate.ask("/", *fields)
    assert (page.status, page.cookies()) == (403, [])
    assert "nobody of that login may look here" in page.text
    entry = gate.site.entries()[0]
    assert (entry.action, entry.actor, entry.said) == ("sign_in_refused", "service", {})
    assert gate.ask(API, *fields).status == 403
    held = b"".join(file.read_bytes() for file in gate.keys.parents[1].glob("rufgate.db*"))
    for _, name in said:
        assert not name or name.encode("latin-1") not in held


def test_a_stranger_who_asks_again_and_again_fills_no_log_and_keeps_nobody_out(tmp_path):
    with running(tmp_path, WEB) as gate:
        gate.admit("alice", "analyst")
        codes = [gate.ask("/", *named("mallory")).status for _ in range(12)]
        assert (codes[0], codes[-1]) == (403, 429)
        assert len([one for one in gate.site.entries() if one.action == "sign_in_refused"]) == 10
        assert gate.ask("/", *named("alice")).status == 200


def test_a_wrong_header_beside_the_right_one_changes_nothing(gate):
    for name in SPELLINGS[3:]:
        page = gate.ask("/", (name, "olga@corp.example"), *named("alice"))
        assert f"analyst, {A}" in page.text, name


def test_no_handler_sees_them_in_any_spelling(tmp_path, monkeypatch):
    seen: list[tuple[bytes, bytes]] = []

    async def handler(scope: Scope, _receive: Receive, send: Send) -> None:
        seen[:] = scope["headers"]
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    monkeypatch.setattr(app, "routes", lambda _parts: handler)
    secrets = ["X-Rufgate-Proxy-Secret", "x_rufgate_proxy_secret", "X.RUFGATE-PROXY.SECRET"]
    for sign_on, proxies in product(
        (SignOn(header=HEADER, secret=SECRET.encode()), None), ((), (ip_network("127.0.0.0/8"),))
    ):
        site = make_site(tmp_path, sign_on=sign_on, proxies=proxies)
        with served(site), site.client() as client:
            fields = [(one, SECRET) for one in secrets]
            fields += [(one, "alice") for one in SPELLINGS] if sign_on else []
            client.get("/", headers=fields)
            left = b" ".join(name + value for name, value in seen).lower()
            assert b"secret" not in left
            assert SECRET.encode() not in left
            assert b"alice" not in left
            assert b"accept" in left


def test_the_word_of_a_socket_that_is_closed_to_others(tmp_path):
    path = tmp_path / "web.sock"
    web = {"listen": f"unix:{path}", "proxy_header": HEADER}
    with running(tmp_path, web) as gate:
        assert stat.S_IMODE(path.lstat().st_mode) == 0o660
        gate.admit("alice", "analyst", A)
        assert gate.ask(API, *named("alice", None)).status == 200
        assert gate.ask(API, *named("mallory", None)).status == 403
        secure = gate.ask("/", *named("alice", None), ("X-Forwarded-Proto", "https"))
        assert secure.cookie().startswith("__Host-rufgate=")
        assert "Secure" in secure.cookies()[0]
        assert gate.ask("/metrics", *named("alice", None)).status == 401
    assert not path.exists()


def test_a_secret_that_is_set_is_asked_for_on_a_socket_too(tmp_path):
    path = tmp_path / "web.sock"
    web = {"listen": f"unix:{path}", "proxy_header": HEADER, "proxy_secret_file": "secret"}
    with running(tmp_path, web) as gate:
        gate.admit("alice", "analyst")
        assert is_nobody(gate, *named("alice", None))
        assert gate.ask(API, *named("alice")).status == 200


def test_without_the_setting_nobody_can_name_anybody(tmp_path):
    with running(tmp_path, {"listen": "127.0.0.1:0", "trusted_proxies": [PROXY]}) as gate:
        gate.admit("alice", "analyst")
        assert is_nobody(gate, *named("alice"))


def test_a_session_goes_on_while_the_proxy_vouches_for_it_and_not_without(gate):
    page = gate.ask("/", *named("alice"))
    cookie = ("Cookie", page.cookie())
    before = gate.site.entries()[0].sequence
    again = gate.ask("/", *named("alice"), cookie)
    assert (again.status, again.cookies()) == (200, [])
    assert form_token(again.text) == form_token(page.text)
    new = [one.action for one in gate.site.entries() if one.sequence > before]
    assert "signed_in" not in new
    for by, fields in ((STRANGER, named("alice")), (PROXY, named("alice", None)), (PROXY, [])):
        assert gate.ask("/", *fields, cookie, by=by).status == 303
    other = gate.ask("/", *named("olga@corp.example"), cookie)
    assert "privacy officer" in other.text
    assert other.cookie() != page.cookie()


def test_forms_need_the_session_they_came_from(tmp_path):
    with running(tmp_path, WEB) as gate:
        gate.admit("paul", "postmaster")
        gate.admit("pia", "postmaster")
        page = gate.ask("/", *named("paul"))
        cookie, form = ("Cookie", page.cookie()), f"form={form_token(page.text)}"
        foreign = f"form={form_token(gate.ask('/', *named('pia')).text)}"
        target = "/deliveries/retry"

        def post(body, *fields):
            return gate.ask(target, *named("paul"), *fields, method="POST", body=body).status

        assert post(form) == 403  # a proxy's word alone
        assert post("x=1", cookie) == 403
        assert post(foreign, cookie) == 403
        assert post(form, cookie, ("Sec-Fetch-Site", "cross-site")) == 403
        assert post(form, cookie) == 303
        as_pia = gate.ask(target, *named("pia"), cookie, method="POST", body=form)
        assert as_pia.status == 403


def test_a_browser_does_nothing_for_another_site(gate):
    for said, status in (("cross-site", 403), ("same-site", 403), ("same-origin", 200),
                         ("none", 200)):  # fmt: skip
        answer = gate.ask("/api/v1/reports", *named("alice"), ("Sec-Fetch-Site", said))
        assert answer.status == status, said


def test_a_session_ends_by_itself_by_signing_out_and_by_revoking(tmp_path):
    with running(tmp_path, WEB) as gate:
        row = gate.admit("alice", "analyst", days=1)
        page = gate.ask("/", *named("alice"))
        cookie = ("Cookie", page.cookie())
        form = f"form={form_token(page.text)}"
        out = gate.ask("/sign-out", *named("alice"), cookie, method="POST", body=form)
        assert (out.status, dict(out.fields)["location"]) == (303, "/sign-in")
        told = gate.ask("/sign-in", *named("alice"), cookie)
        assert "end your single sign-on" in told.text
        assert gate.ask("/", *named("alice"), cookie).cookie() != page.cookie()
        retry = gate.ask("/deliveries/retry", *named("alice"), cookie, method="POST", body=form)
        assert retry.status == 403
        assert gate.site.tokens.revoke(row.id, NOW)
        for target in ("/", API):
            assert gate.ask(target, *named("alice"), cookie).status == 403


def test_a_row_lasts_as_long_as_was_said_and_a_session_eight_hours(tmp_path):
    now = [NOW]
    with running(tmp_path, WEB, clock=lambda: now[0]) as gate:
        gate.admit("alice", "analyst", days=1)
        cookie = ("Cookie", gate.ask("/", *named("alice")).cookie())
        now[0] = NOW + LIFETIME - timedelta(seconds=1)
        assert not gate.ask("/", *named("alice"), cookie).cookies()
        now[0] = NOW + LIFETIME
        assert gate.ask("/", *named("alice"), cookie).cookies()
        now[0] = NOW + timedelta(days=1)
        assert gate.ask("/", *named("alice"), cookie).status == 403


def test_a_token_is_for_programs_and_is_not_overruled(gate):
    bearer = ("Authorization", f"Bearer {gate.site.known['postmaster'][1]}")
    answer = gate.ask("/api/v1/reports", *named("alice"), bearer)
    assert answer.status == 403  # as the postmaster
    assert gate.ask(API, *named("alice"), ("Authorization", "Bearer x")).status == 401
    token = f"token={gate.site.known['analyst'][1]}"
    assert gate.ask("/sign-in", *named("alice"), method="POST", body=token).status == 403
    assert gate.ask("/sign-in", method="POST", body=token).status == 303


def test_a_doubt_is_said_once_a_minute_and_without_the_name(tmp_path):
    with capture_logs() as lines, running(tmp_path, WEB) as gate:
        for _ in range(3):
            gate.ask(API, *named("alice", "x" * 32))
    said = [one for one in lines if one["event"] == "web_proxy_not_believed"]
    assert [one["reason"] for one in said] == ["wrong_secret"]
    assert "alice" not in str(lines)
