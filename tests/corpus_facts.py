"""What the shared corpus's reports state, as read in the files by a person.

``ANY`` of several values where the file can be read in more than one way; ``None`` where it does
not state the fact at all, so that the row must name it in ``not_stated``.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Facts:
    """One report. Several allowed values of one fact are separated by ``|``."""

    kind: str = "arf_other"
    source_ip: str | None = None
    reporter: str = ""
    reported: str | None = None  # Reported-Domain, or a template's ``Sender Domain``
    from_domain: str | None = None  # of the third part's From, if ``reported`` may fall back to it
    failure: str | None = None
    arrival: str | None = None  # UTC
    auth: tuple[str, ...] = ()  # ``method=result`` of the reporter's own statement


def _spamexperts(ip: str, arrival: str) -> Facts:
    return Facts(
        source_ip=ip,
        reporter="server1.test17.example.com",
        from_domain="example.com",
        arrival=f"2015-08-04T{arrival}",
        auth=("auth=pass",),
    )


def _aol(ip: str, reported: str, arrival: str) -> Facts:
    return Facts(source_ip=ip, reporter="aol.net", reported=reported, arrival=arrival)


def _loop(third: Facts) -> Facts:
    """An abuse report about a bounce, which is itself a multipart/report."""
    return Facts(**{**vars(third), "kind": "loop"})


_YAHOO = "arf.mail.yahoo.com"
_SISIMAI_01 = Facts(
    source_ip="192.0.2.89",
    reporter="example.co.jp",
    reported="example.ed.jp",
    arrival="2009-04-29T00:00:00",
)
_HOTMAIL = Facts(
    kind="complaint",
    source_ip="203.0.113.245|192.0.2.222",  # the reporter's Received, and its subject
    reporter="hotmail.com",
    from_domain="example.com",
    arrival="2016-04-29T23:34:45",  # of that Received line
)

FACTS: dict[str, Facts] = {
    "abuseio/AOL_example_2.eml": _aol("10.17.18.2", "server.domain4.tld", "2016-01-20T00:04:10"),
    "abuseio/Bluetie_example_2.eml": Facts(
        source_ip="10.17.18.4",
        reporter="feedback.bluetie.com",
        reported="excite.com",
        arrival="2016-01-17T19:50:35",
    ),
    "abuseio/Cox_example_1.eml": Facts(
        source_ip="10.17.18.7",
        reporter="fbl.cox.net",
        reported="cox.net",
        arrival="2015-12-21T22:52:30",
    ),
    "abuseio/Cox_example_2.eml": Facts(
        source_ip="10.17.18.8",
        reporter="fbl.cox.net",
        reported="cox.net",
        arrival="2016-01-17T20:53:33",
    ),
    "abuseio/OpenSRS_example_2.eml": Facts(
        source_ip="10.17.18.13",
        reporter="fbl.hostedemail.com",
        reported="buckeye-express.com",
        arrival="2016-01-12T23:12:05",
    ),
    "abuseio/RoadRunner_example_1.eml": Facts(
        source_ip="10.17.18.16",
        reporter="feedback.postmaster.rr.com",
        from_domain="domain3.tld",
        arrival="2016-01-13T16:41:53",
    ),
    "abuseio/Yahoo_example_1.eml": Facts(
        source_ip="10.17.18.25",
        reporter=_YAHOO,
        from_domain="domain3.tld",
        arrival="2016-01-18T23:57:24",
    ),
    "abuseio/Yahoo_example_2.eml": Facts(
        source_ip="10.17.18.26",
        reporter=_YAHOO,
        from_domain="domain3.tld",
        arrival="2016-01-19T15:16:34",
    ),
    "abuseio/Zoho_example_1.eml": Facts(
        source_ip="10.17.18.28",
        reporter="fbl.zoho.com",
        from_domain="domain4.tld",
        arrival="2015-09-07T15:58:04",
    ),
    "abuseio/Zoho_example_2.eml": Facts(
        source_ip="10.17.18.29",
        reporter="fbl.zoho.com",
        from_domain="domain5.tld",
        arrival="2015-09-14T17:24:01",
    ),
    "abuseio/spamexperts_1.eml": _spamexperts("172.16.10.13", "08:51:18"),
    "abuseio/spamexperts_10.eml": _spamexperts("10.0.2.35", "11:01:12"),
    "abuseio/spamexperts_11.eml": _spamexperts("fdf1:cb9d:f59e:19b0::122", "11:01:12"),
    "abuseio/spamexperts_2.eml": _spamexperts("192.168.1.12", "08:51:17"),
    "abuseio/spamexperts_3.eml": _spamexperts("10.0.2.35", "11:01:11"),
    "abuseio/spamexperts_4.eml": _spamexperts("10.0.2.35", "11:01:14"),
    "abuseio/spamexperts_5.eml": _spamexperts("10.0.2.35", "11:01:10"),
    "abuseio/spamexperts_6.eml": _spamexperts("10.0.2.35", "11:01:12"),
    "abuseio/spamexperts_7.eml": _spamexperts("10.0.2.35", "11:01:13"),
    "abuseio/spamexperts_8.eml": _spamexperts("10.0.2.35", "11:01:15"),
    "abuseio/spamexperts_9.eml": _spamexperts("10.0.2.35", "11:01:14"),
    "flanker/aol.eml": _aol("173.193.210.34", "mars-34.example.com", "2010-11-17T17:41:30"),
    "flanker/yahoo.eml": Facts(
        source_ip="207.200.36.196|184.173.105.149",  # Received, and X-Originating-IP
        reporter=_YAHOO,
        reported="example.com",
        arrival="2012-07-11T01:50:18",
        auth=("domainkeys=pass", "dkim=pass"),
    ),
    "ietf-rfc9991-draft/example-1.eml": Facts(
        kind="auth_failure",
        source_ip="192.0.2.2",
        reporter="gen.example",
        reported="consumer.example",
        failure="dmarc",
        arrival="2022-07-19T05:57:48",  # in the first part, as in the next ones
        auth=("dmarc=fail",),
    ),
    "mailio/rfc822.eml": _aol(
        "74.63.231.149", "o7463231149.static.reverse.sendgrid.net", "2010-09-02T19:12:11"
    ),
    "mantamta/AolAbuse.eml": _aol(
        "83.222.233.165", "mta1-165.smtp1.snt0.net", "2013-10-21T09:05:40"
    ),
    "mantamta/FastMail.eml": Facts(
        source_ip="83.222.233.166",
        reporter="fbl.fastmail.fm",
        reported="snt1.net",
        arrival="2013-09-27T16:08:16",
    ),
    "mantamta/YahooAbuse.eml": Facts(
        source_ip="5.79.26.23",
        reporter=_YAHOO,
        reported="colony101.co.uk",
        arrival="2013-02-24T21:44:08",
        auth=("domainkeys=neutral", "dkim=pass"),
    ),
    "parsedmarc/DMARC_Failure_Report_for_domain.de_mail-from_sharepoint_domain.de"
    "_ip_10.10.10.10_.eml": Facts(
        kind="auth_failure",
        source_ip="10.10.10.10",
        reporter="domain.de",
        reported="domain.de",
        failure="dmarc",
        arrival="2018-10-01T09:20:27",
        auth=("dmarc=fail",),
    ),
    "parsedmarc/Netease_DMARC_Failure_Report_Rent_Reminder.eml": Facts(
        kind="auth_failure",
        source_ip="167.89.69.24",
        reporter="163.com",
        reported="cardinal.com",
        arrival="2018-09-28T08:48:42",
        auth=("dkim=pass", "spf=pass"),
    ),
    "parsedmarc/exim_plain_text_only_no_arf_part.eml": Facts(
        kind="auth_failure",
        source_ip="203.0.113.68",
        reporter="node01.mailgate.example.net",
        reported="example.com",
        failure="dmarc",
        arrival="2025-04-07T21:16:09",
        auth=("spf=softfail",),
    ),
    "parsedmarc/test_init_testFailureTextReportParses.eml": Facts(
        kind="auth_failure",
        source_ip="192.0.2.1",
        reporter="example.com",
        from_domain="example.com",
        failure="dmarc",
        arrival="2024-01-01T00:00:00",
    ),
    "parsedmarc/test_init_testParseReportFileInvalidFailureReason.eml": Facts(
        kind="auth_failure", reporter="example.com", from_domain="victim.example"
    ),
    "pecl-mailparse/gh21-linkedin.eml": Facts(
        kind="auth_failure",
        reporter="linkedin.com",
        from_domain="example.com",
        arrival="2022-06-29T19:14:02",
    ),
    "perl-email-arf-aol/SampleARFReport1.eml": _aol(
        "203.190.229.246", "tky-ijd.sendingdomain.net", "2008-07-17T05:26:44"
    ),
    "perl-email-arf-aol/SampleARFReport6.eml": _loop(
        _aol("203.190.228.30", "tky-caa.sendingdomain.net", "2008-07-22T21:13:02")
    ),
    "perl-email-arf-aol/SampleARFReport7.eml": _aol(
        "203.190.228.195", "tky-sh3.sendingdomain.net", "2007-03-20T09:33:32"
    ),
    "perl-email-arf-aol/SampleARFReport8.eml": _aol(
        "203.190.228.30", "tky-caa.sendingdomain.net", "2008-07-25T08:09:34"
    ),
    "perl-email-arf-aol/SampleARFReport9.eml": _loop(
        _aol("203.190.228.30", "tky-caa.sendingdomain.net", "2008-07-27T16:45:59")
    ),
    "perl-email-arf-aol/SampleNonARFReport1.eml": Facts(
        kind="unparsed", reporter="sendingdomain.com"
    ),
    "php-bounce-handler/arf4.txt.eml": Facts(
        source_ip="72.55.174.173",
        reporter=_YAHOO,
        reported="mail.ganeshaspeaks.com",
        arrival="2010-02-18T11:21:50",
    ),
    "php-bounce-handler/arf5.txt.eml": _aol(
        "72.55.174.206", "promomail.ganeshaspeaks.com", "2010-02-19T00:40:47"
    ),
    "php-bounce-handler/arf6.txt.eml": Facts(
        kind="complaint",
        source_ip="72.55.174.206",  # the Received line of Hotmail's own host
        reporter="hotmail.com|promomail.ganeshaspeaks.com",
        from_domain="promomail.ganeshaspeaks.com",
        arrival="2010-02-20T03:58:37",
    ),
    "php-bounce-handler/fbl-aol.txt.eml": _aol("24.64.1.1", "ourdomain.com", "2010-12-30T14:23:16"),
    "php-bounce-handler/fbl-comcast.txt.eml": Facts(
        source_ip="24.64.1.1",
        reporter="comcastfbl.senderscore.net",
        reported="ourdomain.com",
        arrival="2010-12-24T02:07:37",
    ),
    "php-bounce-handler/fbl-yahoo.txt.eml": Facts(
        source_ip="24.64.1.1",
        reporter=_YAHOO,
        reported="ourdomain.com",
        arrival="2010-12-28T19:57:56",
    ),
    "rspamd/lua_parse_arf_enriches_a_sparse_Microsoft_JMRP_report_from_origi.eml": Facts(
        source_ip="203.0.113.9", reporter="hotmail.com", from_domain="sender.example"
    ),
    "rspamd/lua_parse_arf_source-ip_fallback_prefers_a_public_IP_in_the_Rece.eml": Facts(
        source_ip="198.51.100.7", reporter="hotmail.com", from_domain="sender.example"
    ),
    "sisimai/arf-01.eml": _SISIMAI_01,
    "sisimai/arf-11.eml": Facts(
        source_ip="192.0.2.2",
        reporter="example.com",
        from_domain="example.net",
        arrival="2006-04-09T14:34:45",
    ),
    "sisimai/arf-12.eml": Facts(
        source_ip="192.0.2.89",
        reporter="example.com",
        from_domain="example.net",
        arrival="2006-04-09T14:34:45",
    ),
    "sisimai/arf-14.eml": Facts(
        source_ip="192.0.2.2|192.0.2.1",  # Received, and X-Originating-IP
        reporter="email-abuse.amazonses.com",
        reported="amazonses.com",
        arrival="2017-04-29T23:34:45",
        auth=("domainkeys=neutral", "dkim=pass"),
    ),
    "sisimai/arf-15.eml": Facts(
        source_ip="192.0.2.222",
        reporter="feedback.example.org",
        from_domain="example.net",
        arrival="2015-04-29T23:34:45",
    ),
    "sisimai/arf-19.eml": Facts(
        kind="auth_failure",
        source_ip="203.0.113.2",
        reporter="126.example.com",
        reported="example.net",
        arrival="2015-04-29T14:34:45",
        auth=("dkim=fail", "dkim=permerror"),
    ),
    "sisimai/arf-22.eml": _HOTMAIL,
    "sisimai/arf-23.eml": _HOTMAIL,
    "sisimai/arf-24.eml": _HOTMAIL,
    "sisimai/dos_arf-01.eml": _SISIMAI_01,
    "sisimai/mac_arf-01.eml": _SISIMAI_01,
    "stalwart-mail-auth/003.eml": Facts(
        kind="auth_failure",
        source_ip="192.0.2.1",
        reporter="example.com",
        reported="example.net",
        failure="bodyhash",
        arrival="2010-04-14T19:15:31",
        auth=("dkim=fail",),
    ),
    "stalwart-mail-auth/004.eml": Facts(
        kind="auth_failure",
        source_ip="148.163.85.135",
        reporter="box.mydomain.name",
        reported="interpublication.org",
        failure="dmarc",
        arrival="2021-10-05T04:37:02",
        auth=("dmarc=fail",),
    ),
    "stalwart-mail-auth/005.eml": Facts(
        kind="auth_failure",
        source_ip="192.0.2.1",
        reporter="mail.receiver.example",
        reported="a.sender.example",
        failure="bodyhash",
        arrival="2011-10-08T20:15:58",
        auth=("dkim=fail",),
    ),
}
