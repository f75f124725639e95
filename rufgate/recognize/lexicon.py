"""How familiar a word is: the prior with which a model's guess is weighed.

In:  one word as it stands in a text.
Out: ``Familiarity``: an everyday word of English, known as a proper name only, or in no dictionary.
SECURITY: nothing is remembered between calls: the words are other people's.
FAILS: ``RecognizerUnavailable`` at construction, if the dictionary is not installed.

A name that nobody listed is a word that no dictionary has. The dictionary is that of Hunspell for
American English (SCOWL), which tells ``london`` from ``London``; British spellings are looked up
in their American form.
"""

from __future__ import annotations

import importlib.util
import re
from enum import Enum
from pathlib import Path
from typing import Final

from spylls.hunspell import Dictionary

from rufgate.recognize.load import RecognizerUnavailable

_BRITISH: Final = tuple(
    (re.compile(pattern), american)
    for pattern, american in (
        (r"is(e[ds]?|er?s?|ing|ation|ations|able)$", r"iz\1"),
        (r"ys(e[ds]?|ing)$", r"yz\1"),
        (r"our", "or"),
        (r"ll(ed|ing|er|ers|or|ors)$", r"l\1"),
        (r"l(ment|ments|ful|fully)$", r"ll\1"),
        (r"l(s?)$", r"ll\1"),
        (r"en[cs]e(d?s?)$", r"ense\1"),
        (r"enc(ing|es?)$", r"ens\1"),
        (r"tre(d|s?)$", r"ter\1"),
        (r"ogramme(s?)$", r"ogram\1"),
        (r"ogue(s?)$", r"og\1"),
        (r"heque", "heck"),
        (r"[ao]e", "e"),
        (r"aught", "aft"),
        (r"ough", "ow"),
        (r"gram", "gramm"),
        (r"yre(s?)$", r"ire\1"),
        (r"erb(s?)$", r"urb\1"),
        (r"ll", "l"),
    )
)
_FURTHER: Final = frozenset(  # modern and British words that the dictionary does not have
    """
    admin admins adviser advisers app apps arrears asap async autumnal backend backup backups blog
    blogs blogging broadband bungalow bursary bursaries carer carers cashback changelog chatbot
    checkbox childcare chiropodist config councillor councillors covid creche cv cvs cybersecurity
    dashboard debit deli dropdown ebike ebook emoji emojis enquiries enquiry enrol enrols esafety
    eta euro euros facs faq faqs fintech firmware foodbank fortnightly freephone freepost frontend
    fulltime gp gps haberdashery hashtag hdmi helpdesk helpline hiya hobby homeowner homepage hr
    inbox instalment instalments intranet invigilator invoiced invoicing isa jobcentre keysafe kwh
    landline laptop laptops leaflet leaseholder leaseholders letterbox licence licences lightbox
    locum login logins logon logout lookup maths metadata midwifery mins minibus mum mums
    nappy nappies nationwide nhs noreply offboarding offline okay onboarding online optician
    opticians optout osteopath overdrawn overpaid overpayment overpayments parkrun passcode passcodes
    payee payees paypoint payslip payslips pdf pdfs pensioner phishing physio physios physiotherapy
    pin pins plasterboard plaza plc podcast podcasts popup postcode postcodes postdoc postgrad pram
    preorder prepaid prepay preschool proforma pupils qty query raffle ransomware reception reissue
    reissued reorder repayable reschedule rescheduled rota rotas roadmap safeguarding scaffolding
    screenshot screenshots secondment selfie selfies setup signup signups sitewide skip sms
    smartphone smartphones solicitor solicitors spam spreadsheet startup subtotal supersaver tarmac
    tax timesheet timesheets timeframe timeslot timestamp tollfree toolbar tradesperson tram tube
    unfollow unsubscribe unsubscribed unsubscribing untick upcoming update updates upfront upload
    uploads url urls usb username usernames vat vlog voicemail voicemails webcam webinar webinars
    webmail webpage webpages weekday whatsapp whiteboard wifi wishlist workflow workflows workspace
    yoghurt yoghurts zebra zip
    """.split()  # noqa: SIM905 - a list of words reads better as text
)
_SHORT = 2


class Familiarity(Enum):
    """Least familiar last."""

    EVERYDAY = 0
    PROPER = 1
    UNKNOWN = 2


class Lexicon:
    """The dictionary; loading takes a third of a second."""

    def __init__(self) -> None:
        spec = importlib.util.find_spec("spylls")
        if spec is None or spec.origin is None:
            raise RecognizerUnavailable("the English dictionary is missing; install spylls")
        folder = Path(spec.origin).parent / "hunspell" / "data" / "en"
        self._dictionary: Final = Dictionary.from_files(str(folder / "en_US"))

    def familiarity(self, word: str) -> Familiarity:
        """Of ``word`` in any case; compounds are as familiar as their least familiar half."""
        parts = [part for part in re.split(r"[-/]", word) if part]
        if not parts:
            return Familiarity.EVERYDAY
        return max(map(self._of_one, parts), key=lambda familiarity: familiarity.value)

    def _of_one(self, word: str) -> Familiarity:
        lower = re.sub(r"['’]s?$", "", word.lower()).replace("’", "'")
        if len(lower) <= _SHORT and word.islower():
            return Familiarity.EVERYDAY  # units and abbreviations
        if self._has(lower) or lower in _FURTHER:
            return Familiarity.EVERYDAY
        if any(self._has(form) for form in _american(lower)):
            return Familiarity.EVERYDAY
        return Familiarity.PROPER if self._has(lower.capitalize()) else Familiarity.UNKNOWN

    def _has(self, word: str) -> bool:
        return len(word) < 2 or bool(self._dictionary.lookup(word))


def _american(word: str) -> list[str]:
    """Spellings that ``word`` has across the Atlantic, if it is a British one."""
    changed = [pattern.sub(form, word) for pattern, form in _BRITISH]
    return [form for form in changed if form != word]
