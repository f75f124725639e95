"""Signing out holds wherever the cookie is shown, and leaves nothing behind for long."""

from __future__ import annotations

from rufgate.review.access import Role
from rufgate.review.web.sessions import LIFETIME, Sessions
from rufgate.store.ended_sessions import EndedSessions
from rufgate.store.engine import reading
from rufgate.store.session_tables import ended_sessions
from tests.review.web.site import KEY, NOW, form_token, make_site, served


def test_signing_out_holds_at_other_gates_of_the_store_and_after_a_restart(tmp_path):
    first, second = make_site(tmp_path), make_site(tmp_path)
    first.add("one", Role.ANALYST, "*")
    with served(first), served(second), first.signed_in("one") as client:
        value = client.cookies["rufgate"]
        with second.client(cookies={"rufgate": value}) as elsewhere:
            page = elsewhere.get("/")
            assert page.status_code == 200
            assert client.post("/sign-out", data={"form": form_token(page.text)}).status_code == 303
            assert elsewhere.get("/").status_code == 303
    with served(make_site(tmp_path)) as third, third.client(cookies={"rufgate": value}) as kept:
        assert kept.get("/").status_code == 303


def test_what_was_signed_out_is_forgotten_once_the_cookie_is_too_old(tmp_path):
    now = [NOW]
    site = make_site(tmp_path, clock=lambda: now[0])
    ended = EndedSessions(site.engine)
    sessions = Sessions(KEY, lambda: now[0], ended)
    one = sessions.read(sessions.begin("aaaaaaaaaa"))
    sessions.end(one)
    sessions.end(one)
    with reading(site.engine) as connection:
        (row,) = connection.execute(ended_sessions.select()).mappings()
    assert row["over_at"] == NOW + LIFETIME
    assert one.nonce not in str(row)
    now[0] = NOW + LIFETIME
    two = sessions.read(sessions.begin("aaaaaaaaaa"))
    sessions.end(two)
    with reading(site.engine) as connection:
        assert len(connection.execute(ended_sessions.select()).all()) == 1
    assert not ended.holds(row["session"])
