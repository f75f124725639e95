"""Words that we write ourselves into rebuilt fields, whatever the input held.

In:  nothing.
Out: folded words that the leak check does not search alone outside of free text: else a sender
     who calls itself "Fail Pass Message" would take every result out of its own report.
SECURITY: only words of the grammars that are re-emitted from closed lists; whole addresses are
     searched in any case, and subject and text are searched for these words too.
"""

from __future__ import annotations

from typing import Final


def _words(listing: str) -> frozenset[str]:
    return frozenset(listing.split())


OWN_WORDS: Final = _words(
    # Received, dates, groups
    "from with esmtp esmtpa esmtps esmtpsa smtp lmtp lmtpa lmtps lmtpsa http https local bsmtp"
    " utf8smtp utf8smtpa utf8smtps utf8smtpsa utf8lmtp private unknown recipient recipients"
    " more label domain selector"
    # authentication results (RFC 8601, 7208, 8617)
    " auth bimi compauth dara dkim adsp atps dmarc dnswl domainkeys iprev rrvs sender smime"
    " pass fail softfail hardfail bestguesspass declined discard invalid neutral none nxdomain"
    " permerror policy skipped temperror timeout error quarantine reject default strict relaxed"
    " simple nofws sha256 sha1 ed25519 envelope header"
    # feedback fields (RFC 5965, 6591, 9991)
    " abuse failure fraud miscategorized spam virus xarf other delivered signature bodyhash"
    " revoked dkim1 spf1 include exists redirect"
    # media types, links
    " text plain html calendar multipart mixed alternative related signed encrypted report"
    " application pkcs7 octet stream tnef hxxp hxxps mailto"
    # names in the h= of a signature
    " results message seal authentication auto submitted content description disposition"
    " language type transfer encoding date errors feedback importance reply list archive help"
    " owner post subscribe unsubscribe mime version organization precedence priority received"
    " references resent return path subject thread index topic user agent mailer"
)
