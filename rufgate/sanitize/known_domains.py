"""Names that tell nothing about a person: large mailbox providers, public bodies, role accounts.

Out: constants. A domain that millions share, or that belongs to a public body, identifies nobody.
"""

from __future__ import annotations

from typing import Final


def _names(listing: str) -> frozenset[str]:
    return frozenset(listing.split())


MAILBOX_PROVIDERS: Final = _names(
    """
    126.com 163.com aim.com alice.it aliceadsl.fr aol.com arcor.de att.net bell.net bellsouth.net
    bigpond.com blueyonder.co.uk bluewin.ch bt.com btinternet.com btopenworld.com charter.net
    comcast.net cox.net daum.net earthlink.net fastmail.com fastmail.fm free.fr freemail.hu
    freenet.de gmail.com gmx.at gmx.ch gmx.com gmx.de gmx.net google.com googlemail.com
    hanmail.net hey.com
    hotmail.be hotmail.ca hotmail.co.uk hotmail.com hotmail.de hotmail.es hotmail.fr hotmail.it
    hotmail.nl hushmail.com icloud.com inbox.lv inbox.ru interia.pl juno.com kpnmail.nl laposte.net
    libero.it list.ru live.ca live.co.uk live.com live.com.au live.de live.fr live.it live.nl
    mac.com mail.com mail.de mail.ru me.com microsoft.com msn.com naver.com neuf.fr
    ntlworld.com o2.co.uk o2.pl
    optonline.net optusnet.com.au orange.fr outlook.com outlook.de outlook.es outlook.fr
    outlook.it outlook.jp pm.me posteo.de posteo.net proton.me protonmail.ch protonmail.com qq.com
    rambler.ru rediffmail.com rocketmail.com rogers.com sbcglobal.net seznam.cz sfr.fr shaw.ca
    sina.com sky.com sympatico.ca t-online.de talktalk.net telenet.be telia.com telus.net
    tin.it tiscali.co.uk tiscali.it tuta.com tutanota.com uol.com.br verizon.net videotron.ca
    virgilio.it virgin.net virginmedia.com wanadoo.fr web.de wp.pl xs4all.nl yahoo.ca yahoo.co.in
    yahoo.co.jp yahoo.co.uk yahoo.com yahoo.com.au yahoo.com.br yahoo.de yahoo.es yahoo.fr
    yahoo.it yandex.com yandex.ru yeah.net ymail.com zoho.com ziggo.nl
    """
)
"""Matched whole: a name left of one of them could be a person's."""

PUBLIC_BODY_SUFFIXES: Final = _names(
    "ac.at ac.jp ac.nz ac.uk ac.za admin.ch bund.de edu edu.au europa.eu gc.ca gob.es gob.mx"
    " gouv.fr gov gov.au gov.br gov.ie gov.in gov.it gov.nz gov.pl gov.pt gov.scot gov.sg gov.uk"
    " gov.wales gov.za govt.nz gv.at go.jp health.nz int judiciary.uk llyw.cymru mil mod.uk nhs.net"
    " nhs.scot nhs.uk nhs.wales overheid.nl parliament.uk police.uk sch.uk"
)
"""Whatever is under one of these is a public body's, not a person's."""

INTERNAL_SUFFIXES: Final = _names(
    "arpa corp domain home host intern internal intranet invalid lan local localdomain localhost"
    " localnet onion private workgroup"
)
"""Never in the public DNS: RFC 6761, RFC 6762 appendix G, RFC 8375 (home.arpa) and habit.

``arpa`` is among them because a reverse name is an IP address (RFC 1035 section 3.5).
"""

DOCUMENTATION_TLDS: Final = frozenset({"example", "test"})
"""Nobody's, so anybody may read them (RFC 2606 section 2); the public suffix list has them not."""

ROLE_LOCAL_PARTS: Final = frozenset(
    _names(
        """
    abuse accounts admin administrator alerts billing bounce bounces contact customercare
    customerservice daemon dmarc dmarc-noreply do-not-reply donotreply enquiries feedback hello help
    helpdesk hostmaster hr info invoices jobs legal list mail mailer mailer-daemon marketing news
    newsletter no-reply no_reply noc noreply notification notifications office orders payroll
    postmaster press privacy reply returns root sales security service spam support sysadmin
    team undisclosed undisclosed-recipients unsubscribe webmaster
    """
    )
)
"""Words of mail that name a function (RFC 2142 and habit): the leak check lets them stand alone."""
