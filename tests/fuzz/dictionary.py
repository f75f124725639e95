"""Pieces of mail that a fuzzer should not have to guess."""

from __future__ import annotations

WORDS = (
    *(b"\r\n", b"\n\n", b"\r", b"\r\n ", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"--part\r\n"),
    *(b"--part--", b"Content-Type: ", b"multipart/mixed", b"multipart/report"),
    *(b"message/rfc822", b"message/feedback-report", b"; boundary=", b"; charset=utf-7"),
    *(b"; charset=iso-2022-jp", b"; format=flowed; delsp=yes"),
    *(b"; report-type=feedback-report", b"name*0*=utf-8''", b"Content-Transfer-Encoding: "),
    *(b"base64", b"quoted-printable", b"x-uuencode"),
    *(b"Content-Disposition: attachment; filename=", b"=?utf-8?b?", b"=?utf-8?q?", b"?="),
    *(b"=3D", b"=\r\n", b"begin 644 a\n", b"\nend\n", b"-----BEGIN PGP MESSAGE-----\n"),
    *(b"Source-IP: ", b"Received: from [", b"Authentication-Results: ", b"dkim=fail "),
    *(b"header.d=", b"smtp.mailfrom=", b'reason="', b"Arrival-Date: ", b"Original-Rcpt-To: "),
    *(b"Feedback-Type: ", b"auth-failure", b"From: ", b"To: ", b"<a@b.example>", b'"a b" <'),
    *(b">, ", b"Friends: ", b";", b"(", b"\\", b"SRS0=", b"prvs=", b"+a=b@", b"https://"),
    *(b"www.", b"mailto:", b"%40", b"[.]", b"xn--", b"&#64;", b"&amp;", b"\\u0040", b"+AEA-"),
    *(b"<!--", b"-->", b"<style>", b"<a href=", b"</", b"<table><td>", b"display:none"),
    *(b"<![CDATA[", b"<svg>", b"<b><i>", b"\xe2\x80\x8b", b"\xc2\xad", b"\xef\xbc\xa0"),
    *(b"sender domain: ", b"received date: ", b"v=spf1 ", b"v=DKIM1;"),
    *(b"This is a copy of the", b"a message claiming to be from you has failed"),
    *(b"198.51.100.1", b"2001:db8::1"),
)
