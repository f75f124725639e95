from rufgate.sanitize.parsed import Feedback, RawAuthResult
from rufgate.sanitize.raw import RawText
from rufgate.sanitize.sender_side import known_words, person_values, sender_side_domains
from tests.sanitize.redaction_examples import header

HEADERS = [
    header("From", "Jane Doering <jane@a.example>"),
    header("DKIM-Signature", "d=B.example; s=x"),
    header("Return-Path", "<b+u=recipient.example@c.example>"),
    header("To", "Billing <zoe.marten@recipient.example>"),
    header("Message-ID", "<x@janes-pc.local>"),
]
FEEDBACK = Feedback(
    reported_domains=[RawText("d.example")],
    dkim_domain=RawText("e.example; f.example"),
    original_mail_from=RawText("<x@g.example>"),
    original_rcpt_to=[RawText("y@recipient.example")],
    spf_dns=[RawText('txt : h.example : "v=spf1 -all"')],
    auth_results=[
        RawAuthResult(
            authserv=None,
            method=RawText("spf"),
            result=RawText("fail"),
            properties=[
                ("smtp.mailfrom", RawText("x@i.example")),
                ("smtp.rcptto", RawText("z@j.example")),
            ],
        )
    ],
)


def test_the_senders_side_is_every_place_but_the_recipients():
    found = sender_side_domains(FEEDBACK, HEADERS, ["mx.reporter.example", "janes-pc.local"])
    assert found == {
        *(f"{letter}.example" for letter in "abcdefghi"),
        "mx.reporter.example",
        "reporter.example",
    }


def test_known_words_are_those_of_persons():
    words = known_words(person_values(FEEDBACK, HEADERS))
    assert {"jane", "doering", "marten"} <= words
    assert "billing" not in words
    assert "recipient" not in words
