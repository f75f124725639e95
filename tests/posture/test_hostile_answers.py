"""DNS answers are other people's: whatever they say, there are findings and no fault."""

from __future__ import annotations

import json
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from rufgate.posture.check import check, questions
from rufgate.posture.plan import Dkim, Own, Plan
from rufgate.posture.seen import Level, Place, Seen
from rufgate.sanitize.domains import organizational

PLAN = Plan(
    recipients=("dmarc-ruf@ruf.example.org",),
    own=(Own(name="example.org"), Own(name="brand.example", ends=date(2027, 1, 1))),
    hostname="gate.example.org",
    today=date(2027, 3, 1),
    sender_domain="ruf.example.org",
    dkim=Dkim(selector="s", record="v=DKIM1; k=rsa; p=TUlJ"),
    certificate={(0, 1): "aa", (1, 1): "bb"},
)
PLACES = {name: Place(policy=name, organization=name) for name in ("example.org", "brand.example")}
PIECES = st.sampled_from(
    ["v=DMARC1", "v=spf1", "v=STSv1", "v=TLSRPTv1", "v=DKIM1", "ruf=", "rua=", "mailto:", "fo=0:1",
     "dmarc-ruf@ruf.example.org", "x@y.example", "!10m", "!", "%", "%zz", ",", ";", ":", "=", "p=",
     "id=", "3 1 1 bb", "3", "-1", "\x1b[2J", "\x00", ".", " "]
)  # fmt: skip
VALUES = st.lists(
    st.lists(st.one_of(PIECES, st.text(max_size=12)), max_size=8).map("".join), max_size=3
).map(tuple)


@given(st.data())
def test_no_answer_is_too_odd(data):
    answers = {}
    for _ in range(4):
        asked = questions(PLAN, Seen(answers, PLACES), organizational)
        new = [one for one in asked if one not in answers]
        if not new:
            break
        answers |= {one: data.draw(st.none() | VALUES) for one in new}
    found = check(PLAN, Seen(answers, PLACES), organizational)
    levels = [list(Level).index(one.level) for one in found]
    assert levels == sorted(levels)
    assert len(set(found)) == len(found)
    said = json.dumps([one.as_json() for one in found])
    assert all(len(one.as_json()["found"] or "") <= 200 for one in found)
    assert "\x1b" not in said
    unanswered = {name for (name, _), values in answers.items() if values is None}
    assert unanswered == {one.name for one in found if one.level is Level.UNKNOWN}
