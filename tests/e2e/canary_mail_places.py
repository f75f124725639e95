"""Where personal data hides in the mail that a report is about (standards sections 6.3, 6.4 and 9).

In:  a mark: ASCII letters and digits.
Out: for each place a report that holds the mark there, and an address made of it where one fits.
"""

from __future__ import annotations

import binascii

from tests import reports
from tests.e2e.planting import (
    Place,
    Planted,
    coded,
    in_coded_part,
    in_header,
    in_html,
    in_part,
    in_text,
)


def _split_word(mark: str) -> str:
    half = len(mark) // 2
    return f"=?utf-8?b?{coded(mark[:half])}?= =?utf-8?b?{coded(mark[half:])}?="


def _uuencoded(mark: str) -> str:
    content = f"{mark}@canary.example".encode()
    coded = b"".join(binascii.b2a_uu(content[at : at + 45]) for at in range(0, len(content), 45))
    return f"begin 644 {mark}.txt\r\n{coded.decode()}`\r\nend\r\n"


def _vcard(mark: str) -> str:
    return f"BEGIN:VCARD\r\nFN:Robin {mark}\r\nEMAIL:{mark}@canary.example\r\nEND:VCARD\r\n"


_ICS = (
    "BEGIN:VEVENT\r\nATTENDEE;CN={m}:mailto:{m}@canary.example\r\n"
    "UID:{m}@canary.example\r\nLOCATION:{m}\r\nEND:VEVENT\r\n"
)
_TNEF = "\x78\x9f\x3e\x22{m}@canary.example"

# 6.3: header fields of the original
HEADER_VALUES: dict[str, str] = {
    "From": "{m} <{m}@example.org>",
    "Sender": '"{m}" <{m}@example.org>',
    "Reply-To": "{m} <{m}@canary.example>",
    "Resent-From": "{m} <{m}@canary.example>",
    "To": "Robin {m} <{m}@home.example>",
    "Cc": "Friends: {m} <{m}@home.example>;",
    "Bcc": "{m}@home.example",
    "Delivered-To": "{m}@home.example",
    "X-Original-To": "{m}@home.example",
    "Envelope-To": "{m}@home.example",
    "Apparently-To": "{m}@home.example",
    "X-Forwarded-For": "{m}@home.example",
    "X-Failed-Recipients": "{m}@home.example",
    "X-HmXmrOriginalRecipient": "{m}@home.example",
    "Thread-Topic": "Letter for {m}",
    "Comments": "Letter for {m}",
    "Keywords": "{m}",
    "Return-Path": "<bounces+17-{m}=home.example@mailer.example.net>",
    "X-Envelope-From": "{m}@mailer.example.net",
    "Message-ID": "<{m}@mailer.example.net>",
    "References": "<{m}@mailer.example.net> <1.{m}@mail.local>",
    "In-Reply-To": "<{m}@mailer.example.net>",
    "Content-ID": "<{m}@mailer.example.net>",
    "Received": (
        "from {m} (HELO {m}.lan) (Authenticated sender: {m}) by mx.example id {m}"
        " for <{m}@home.example>; Tue, 03 Nov 2026 09:14:58 +0000"
    ),
    "X-Originating-IP": "[{m}]",
    "X-PHP-Originating-Script": "1000:{m}.php",
    "X-Source-Args": "/home/{m}/public_html/send.php",
    "X-Authenticated-Sender": "{m}@mailer.example.net",
    "X-AuthUser": "{m}",
    "X-Get-Message-Sender-Via": "host: authenticated_id: {m}",
    "DKIM-Signature": (
        "v=1; a=rsa-sha256; d=example.org; s=s2026; i={m}@example.org; h=from;"
        " z=From:{m}@example.org|Subject:{m}; bh={m}; b={m}"
    ),
    "ARC-Authentication-Results": (
        "i=1; mx.example; spf=pass smtp.mailfrom={m}@x.example; auth=pass smtp.auth={m}"
    ),
    "ARC-Message-Signature": "i=1; a=rsa-sha256; d=example.org; s=s; bh={m}; b={m}",
    "Received-SPF": (
        "fail (mx.example: domain of {m}@example.org) client-ip=192.0.2.9;"
        " envelope-from={m}@example.org; helo={m};"
    ),
    "List-Id": '"For {m}" <news.example.org>',
    "List-Unsubscribe": "<https://u.mailer.example.net/{m}>, <mailto:leave+{m}@mailer.example.net>",
    "Feedback-ID": "{m}:campaign:esp",
    "X-Mailgun-Variables": '{{"user": "{m}"}}',
    "X-SG-EID": "{m}",
    "X-MS-Exchange-CrossTenant-Id": "{m}",
    "Thread-Index": "{m}",
    "X-Spam-Report": "* 1.0 BODY: Dear {m}",
    "Disposition-Notification-To": "{m}@example.org",
    "Errors-To": "{m}@example.org",
    "Autocrypt": "addr={m}@example.org; keydata=AAAA",
    "OpenPGP": "id={m}",
    "Organization": "House of {m}",
    "X-Mailer": "PHPMailer ({m})",
    "Content-Description": "{m}",
    "Content-Location": "https://www.example.org/{m}",
    "X-{m}-Note": "1",
    "X-Unheard-Of": "{m}",
}
HEADERS: dict[str, Place] = {
    f"header {name}": in_header(name, value) for name, value in HEADER_VALUES.items()
}
HEADERS |= {
    "header Subject, split 2047 word, with a display name": lambda mark: Planted(
        reports.report(
            reports.original(
                (
                    *reports.changed(
                        reports.ORIGINAL_HEADER,
                        Subject=f"News for {_split_word(mark)}",
                        To=f"{_split_word(mark)} <{mark}@home.example>",
                    ),
                )
            )
        )
    ),
    "header From, address as display name": in_header(
        "From", '"{m}@canary.example" <x@example.org>'
    ),
    "header From, comment": in_header("From", "x@example.org ({m})"),
    "headers only": lambda mark: Planted(
        reports.headers_only(
            reports.changed(reports.ORIGINAL_HEADER, To=f"{mark} <{mark}@home.example>")
        )
    ),
}

# 6.4: the body of the original
BODY: dict[str, Place] = {
    "text address": in_text("Write to {m}@canary.example soon.\r\n"),
    "text address, its domain": in_text("Write to x@{m}.example soon.\r\n"),
    "text address, obfuscated": in_text("Write to {m} (at) canary dot example soon.\r\n"),
    "text name in angle brackets": in_text(
        "From: {m} <{m}@canary.example>\r\n> said {m}@a.example\r\n"
    ),
    "URL path": in_text("Open https://www.canary.example/u/{m} now.\r\n"),
    "URL query": in_text("Open https://www.canary.example/u?e={m}%40canary.example now.\r\n"),
    "URL userinfo": in_text("Open https://{m}@www.canary.example/ now.\r\n"),
    "URL base64": lambda mark: in_text(
        f"Open https://www.canary.example/c/{coded(mark + '@canary.example').rstrip('=')} now.\r\n"
    )(mark),
    "URL hex": lambda mark: in_text(
        f"Open https://www.canary.example/c/{mark.encode().hex()} now.\r\n"
    )(mark),
    "mailto": in_text("Or mailto:{m}@canary.example?subject={m} now.\r\n"),
    "zero width": lambda mark: in_text(
        f"Write to {mark[:4]}\u200b{mark[4:]}@canary.example soon.\r\n"
    )(mark),
    "fullwidth at": in_text("Write to {m}\uff20canary.example soon.\r\n"),
    "HTML text": in_html("<p>Write to <b>{m}</b>@canary.example</p>"),
    "HTML href": in_html('<p><a href="mailto:{m}@canary.example">here</a></p>'),
    "HTML alt": in_html('<p>x<img src="cid:1" alt="{m}@canary.example"></p>'),
    "HTML title": in_html('<p title="{m}@canary.example">x</p>'),
    "HTML comment": in_html("<!-- {m}@canary.example --><p>x</p>"),
    "HTML hidden": in_html('<div style="display:none">{m}@canary.example</div><p>x</p>'),
    "HTML meta": in_html('<meta name="to" content="{m}@canary.example"><p>x</p>'),
    "HTML script": in_html('<script type="application/ld+json">{"a":"{m}"}</script><p>x</p>'),
    "HTML style": in_html("<style>a{background:url(https://x.example/{m})}</style><p>x</p>"),
    "HTML pixel": in_html('<img src="https://o.example/{m}.gif" width="1" height="1"><p>x</p>'),
    "HTML form": in_html(
        '<form action="https://x.example/{m}"><input value="{m}@a.example"></form>'
    ),
    "HTML data URI": lambda mark: in_html(
        f'<img src="data:text/plain;base64,{coded(mark + "@canary.example")}"><p>x</p>'
    )(mark),
    "AMP": in_part("Content-Type: text/x-amp-html", "<p>{m}@canary.example</p>"),
    "calendar": in_part('Content-Type: text/calendar; name="{m}.ics"', _ICS),
    "vCard": in_part("Content-Type: text/vcard", _vcard),
    "vCard directory": in_part("Content-Type: text/directory", _vcard),
    "nested message": in_part(
        "Content-Type: message/rfc822", "From: {m}@canary.example\r\nSubject: {m}\r\n\r\nDear {m}"
    ),
    "digest": in_part(
        'Content-Type: multipart/digest; boundary="d"',
        "--d\r\n\r\nFrom: {m}@a.example\r\n\r\nx\r\n--d--",
    ),
    "partial": in_part('Content-Type: message/partial; id="{m}"; number=1', "{m}@canary.example"),
    "external body": in_part(
        'Content-Type: message/external-body; access-type=URL; URL="https://x.example/{m}"', "x"
    ),
    "delivery status": in_part(
        "Content-Type: message/delivery-status",
        "Reporting-MTA: dns; x.example\r\n\r\nFinal-Recipient: rfc822; {m}@canary.example\r\n",
    ),
    "TNEF": in_coded_part('Content-Type: application/ms-tnef; name="winmail.dat"', _TNEF),
    "S/MIME": in_coded_part(
        "Content-Type: application/pkcs7-mime; name=smime.p7m", "0\x82{m}@a.example"
    ),
    "PGP key": in_coded_part("Content-Type: application/pgp-keys", "{m} <{m}@canary.example>"),
    "PGP inline": in_part(
        "Content-Type: text/plain",
        "-----BEGIN PGP MESSAGE-----\r\nComment: {m}@a.example\r\n\r\nAAAA\r\n"
        "-----END PGP MESSAGE-----",
    ),
    "uuencode": in_part("Content-Type: text/plain", _uuencoded),
    "long base64 in text": lambda mark: in_text(
        f"{coded('some text before ' + mark + '@canary.example and after it')}\r\n"
    )(mark),
    "image": in_coded_part("Content-Type: image/jpeg; name={m}.jpg", "\x7fJFIF {m} GPS"),
    "PDF": in_coded_part("Content-Type: application/pdf; name={m}.pdf", "%PDF-1.4 /Author({m})"),
    "filename 2231": lambda mark: in_part(
        "Content-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n"
        "Content-Disposition: attachment;"
        f" filename*0*=utf-8''{mark[:6]}; filename*1*={mark[6:]}.pdf",
        "JVBERi0=",
    )(mark),
    "Content-Description": in_part("Content-Type: image/png\r\nContent-Description: {m}", "x"),
    "Content-ID": in_part("Content-Type: image/png\r\nContent-ID: <{m}@x.example>", "x"),
    "Content-Location": in_part(
        "Content-Type: image/png\r\nContent-Location: https://x.example/{m}", "x"
    ),
    "inner preamble": lambda mark: Planted(
        reports.report(
            reports.original(
                body=(
                    'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="in"\r\n\r\n'
                    f"{mark}@a.example\r\n--in\r\n\r\nhello\r\n--in--\r\n{mark}@b.example\r\n"
                ).encode()
            )
        )
    ),
    "inner boundary": lambda mark: Planted(
        reports.report(
            reports.original(
                body=(
                    f'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="{mark}"\r\n\r\n'
                    f"--{mark}\r\n\r\nhello\r\n--{mark}--\r\n"
                ).encode()
            )
        )
    ),
}
