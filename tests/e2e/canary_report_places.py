"""Where personal data hides in a report itself (standards sections 6.1, 6.2 and 9).

In:  a mark: ASCII letters and digits.
Out: for each place a report that holds the mark there, and an address made of it where one fits.
"""

from __future__ import annotations

from tests import reports
from tests.e2e.planting import Place, Planted, coded, fresh, in_feedback, in_outer

# 6.1: the report's envelope and outer parts
OUTER: dict[str, Place] = {
    "envelope sender": lambda mark: Planted(fresh(mark), mail_from=f"{mark}@mx.receiver.example"),
    "outer From name": in_outer("Sender", "{m} <{m}@mx.receiver.example>"),
    "outer Reply-To": in_outer("Reply-To", "{m}@mx.receiver.example"),
    "outer Cc": in_outer("Cc", "{m} <{m}@canary.example>"),
    "outer Subject": in_outer("Subject", "FW: Letter for {m}"),
    "outer Message-ID": in_outer("Message-ID", "<{m}@mx.receiver.example>"),
    "outer References": in_outer("References", "<{m}@mx.receiver.example>"),
    "outer In-Reply-To": in_outer("In-Reply-To", "<{m}@mx.receiver.example>"),
    "outer Received": in_outer("Received", "from {m}.lan by mx.example for <{m}@canary.example>"),
    "outer X-CM-SenderInfo": in_outer("X-CM-SenderInfo", "{m}"),
    "outer DKIM": in_outer("DKIM-Signature", "v=1; d=x.example; i={m}@x.example; z=From:{m}; b=AA"),
    "outer ARC": in_outer("ARC-Authentication-Results", "i=1; x; smtp.auth={m}"),
    "first part": lambda mark: Planted(
        fresh(mark, first=f"Reported for {mark} <{mark}@canary.example>\r\n")
    ),
    "preamble": lambda mark: Planted(fresh(mark, preamble=f"pasted {mark}@canary.example\r\n")),
    "epilogue": lambda mark: Planted(fresh(mark, epilogue=f"pasted {mark}@canary.example\r\n")),
    "boundary": lambda mark: Planted(fresh(mark, boundary=f"=_{mark}")),
    "charset junk": lambda mark: Planted(
        fresh(mark, third_type=f'message/rfc822; charset="{mark}"; x-note={mark}')
    ),
}

# 6.2: the feedback part
FEEDBACK: dict[str, Place] = {
    "User-Agent comment": in_feedback("User-Agent", "Filter/1.0 ({m})"),
    "User-Agent address": in_feedback("User-Agent", "{m}@mx.receiver.example"),
    "Reporting-MTA comment": in_feedback("Reporting-MTA", "dns; mx.receiver.example ({m})"),
    "Original-Mail-From": in_feedback("Original-Mail-From", "<{m}@mailer.example.net>"),
    "Original-Mail-From VERP": in_feedback(
        "Original-Mail-From", "<bounce+{m}=canary.example@mailer.example.net>"
    ),
    "Original-Mail-From VERP hyphen": in_feedback(
        "Original-Mail-From", "<bounces-12-ab-{m}=canary.example@mailer.example.net>"
    ),
    "Original-Mail-From SRS": in_feedback(
        "Original-Mail-From", "<SRS0=HHH=TT=canary.example={m}@mailer.example.net>"
    ),
    "Original-Mail-From SRS1": in_feedback(
        "Original-Mail-From", "<SRS1=HHH=fwd.example==HHH=TT=canary.example={m}@mailer.example.net>"
    ),
    "Original-Mail-From BATV": in_feedback(
        "Original-Mail-From", "<prvs=1234ABCDEF={m}@mailer.example.net>"
    ),
    "Original-Rcpt-To": in_feedback("Original-Rcpt-To", "<{m}@home.example>"),
    "recipient domain": in_feedback("Original-Rcpt-To", "<x@{m}.example>"),
    "Removal-Recipient": in_feedback("Removal-Recipient", "<{m}@home.example>"),
    "Original-Envelope-Id": in_feedback("Original-Envelope-Id", "{m}"),
    "Source-IP comment": in_feedback("Source-IP", "198.51.100.23 ({m}.dsl.canary.example)"),
    "SPF macro name": in_feedback("SPF-DNS", 'txt : {m}._spf.example.org : "v=spf1 -all"'),
    "DKIM-Selector per user": in_feedback("DKIM-Selector", "{m}abcdefabcdef0123456789"),
    "DKIM-Identity": in_feedback("DKIM-Identity", "{m}@example.org"),
    "DKIM-Canonicalized-Header": in_feedback("DKIM-Canonicalized-Header", "to:{m}@canary.example"),
    "DKIM-Canonicalized-Body": lambda mark: in_feedback(
        "DKIM-Canonicalized-Body", coded(f"Dear {mark}, {mark}@canary.example")
    )(mark),
    "DKIM-Selector-DNS note": in_feedback("DKIM-Selector-DNS", '"v=DKIM1; n={m}; g={m}; p=AA"'),
    "smtp.mailfrom": in_feedback(
        "Authentication-Results", "mx.example; spf=fail smtp.mailfrom={m}@mailer.example.net"
    ),
    "header.i": in_feedback(
        "Authentication-Results", "mx.example; dkim=fail header.i={m}@example.org"
    ),
    "smtp.auth": in_feedback("Authentication-Results", "mx.example; auth=pass smtp.auth={m}"),
    "smtp.rcptto": in_feedback(
        "Authentication-Results", "mx.example; spf=pass smtp.rcptto={m}@canary.example"
    ),
    "reason": in_feedback("Authentication-Results", 'mx.example; dkim=fail reason="for {m}"'),
    "A-R comment": in_feedback("Authentication-Results", "mx.example; spf=fail (sender {m}) x=y"),
    "Reported-URI path": in_feedback("Reported-URI", "https://www.example.org/u/{m}?e={m}#{m}"),
    "Reported-URI userinfo": in_feedback("Reported-URI", "https://{m}:pw@www.example.org/"),
    "Reported-URI mailto": in_feedback("Reported-URI", "mailto:{m}@canary.example"),
    "Reported-URI tel": in_feedback("Reported-URI", "tel:{m}"),
    "extension field": in_feedback("X-Report-Note", "{m}"),
    "extension Message-ID": in_feedback("Message-ID", "<{m}@mailer.example.net>"),
}

# Mail that is no report is the most personal of all.
OTHER: dict[str, Place] = {
    "not a report": lambda mark: Planted(
        reports.original(
            reports.changed(reports.ORIGINAL_HEADER, To=f"{mark}@home.example"), f"Dear {mark}\r\n"
        ),
        mail_from=f"{mark}@home.example",
    ),
    "abuse report": lambda mark: Planted(
        reports.report(
            reports.original(body=f"Dear {mark}, {mark}@canary.example\r\n"),
            feedback=reports.changed(reports.FEEDBACK, Feedback_Type="abuse"),
        )
    ),
    "plain-text template": lambda mark: Planted(
        reports.EXIM_TEMPLATE.replace(b"r.okafor", mark.encode()).replace(b"noemi", mark.encode())
    ),
    "broken MIME": lambda mark: Planted(
        (
            f"From: {mark}@a.example\r\nContent-Type: multipart/report; boundary=\r\n\r\n"
            f"--\r\n{mark}@b.example"
        ).encode()
    ),
    "headers of a thousand fields": lambda mark: Planted(
        reports.report(
            reports.block([(f"X-{mark}-{n}", f"{mark}@a.example") for n in range(9000)])
            + b"\r\n"
            + mark.encode()
        )
    ),
}
