"""How familiar a word is: the prior with which a model's guess is weighed.

In:  one word as it stands in a text.
Out: ``Familiarity``: an everyday word of English, one that is also a name, one that is known as a
     proper name only, or one that no dictionary has.
SECURITY: nothing is remembered between calls: the words are other people's.
FAILS: ``RecognizerUnavailable`` at construction, if the dictionary is not installed.

A name that nobody listed is a word that no dictionary has. The dictionary is that of Hunspell for
American English (SCOWL), which tells ``london`` from ``London``; British spellings are looked up
in their American form.
"""

from __future__ import annotations

import gzip
import importlib.util
import json
import re
import warnings
from enum import Enum
from pathlib import Path
from typing import Final

import numpy as np
from spylls.hunspell import Dictionary

from rufgate.recognize.load import RecognizerUnavailable
from rufgate.recognize.namesakes import NAMESAKES

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
    blogging blogs broadband bungalow bursaries bursary carer carers cashback changelog chatbot
    checkbox childcare chiropodist config councillor councillors covid creche cv cvs cybersecurity
    dashboard debit deli dropdown ebike ebook emoji emojis enquiries enquiry enrol enrols esafety
    eta euro euros facs faq faqs fintech firmware foodbank fortnightly freephone freepost frontend
    fulltime gp gps haberdashery hashtag hdmi helpdesk helpline hiya hobby homeowner homepage hr
    inbox instalment instalments intranet invigilator invoiced invoicing isa jobcentre keysafe kwh
    landline laptop laptops leaflet leaseholder leaseholders letterbox licence licences lightbox
    locum login logins logon logout lookup maths metadata midwifery minibus mins mum mums nappies
    nappy nationwide nhs noreply offboarding offline okay onboarding online optician opticians
    optout osteopath overdrawn overpaid overpayment overpayments parkrun passcode passcodes payee
    payees paypoint payslip payslips pdf pdfs pensioner phishing physio physios physiotherapy pin
    pins plasterboard plaza plc podcast podcasts popup postcode postcodes postdoc postgrad pram
    preorder prepaid prepay preschool proforma pupils qty query raffle ransomware reception
    reissue reissued reorder repayable reschedule rescheduled roadmap rota rotas safeguarding
    scaffolding screenshot screenshots secondment selfie selfies setup signup signups sitewide
    skip smartphone smartphones sms solicitor solicitors spam spreadsheet startup subtotal
    supersaver tarmac tax timeframe timesheet timesheets timeslot timestamp tollfree toolbar
    tradesperson tram tube unfollow unsubscribe unsubscribed unsubscribing untick upcoming update
    updates upfront upload uploads url urls usb username usernames vat vlog voicemail voicemails
    webcam webinar webinars webmail webpage webpages weekday whatsapp whiteboard wifi wishlist
    workflow workflows workspace yoghurt yoghurts zebra zip
    """.split()  # noqa: SIM905 - a list of words reads better as text
)
_SHORT = 2
_ABBREVIATIONS: Final = frozenset(  # of units, months and days, as they are written
    """
    KB MB GB TB PB KiB MiB GiB TiB Kbps Mbps Gbps Hz KHz MHz GHz kWh MWh IU Pts Qty Ltd Inc
    Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun
    """.split()  # noqa: SIM905 - a list of words reads better as text
)


class Familiarity(Enum):
    """Least familiar last."""

    EVERYDAY = 0
    NAMESAKE = 1  # an everyday word that people are called, too
    PROPER = 2
    UNKNOWN = 3

    @property
    def is_word(self) -> bool:
        """Whether the dictionary has it in lower case."""
        return self.value <= Familiarity.NAMESAKE.value


class Lexicon:
    """The English dictionary; loading takes a third of a second."""

    def __init__(self) -> None:
        folder = _package("spylls") / "hunspell" / "data" / "en"
        with warnings.catch_warnings():  # spylls leaves its files to the garbage collector
            warnings.simplefilter("ignore", ResourceWarning)
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
        if word in _ABBREVIATIONS:
            return Familiarity.EVERYDAY
        if lower in NAMESAKES:
            return Familiarity.NAMESAKE
        if self._has(lower) or lower in _FURTHER:
            return Familiarity.EVERYDAY
        if any(self._has(form) for form in _american(lower)):
            return Familiarity.EVERYDAY
        return Familiarity.PROPER if self._has(lower.capitalize()) else Familiarity.UNKNOWN

    def _has(self, word: str) -> bool:
        return len(word) < 2 or bool(self._dictionary.lookup(word))


class OtherLexicon(Lexicon):
    """Word list of another covered language, beside the English dictionary for proper names.

    The lists are those of pyspellchecker. 400,000 words take 3 MB as sorted hashes.
    """

    def __init__(self, english: Lexicon, language: str) -> None:
        self._english: Final = english
        path = _package("spellchecker") / "resources" / f"{language}.json.gz"
        words = json.loads(gzip.decompress(path.read_bytes()))
        self._hashes: Final = np.sort(np.fromiter(map(hash, words), dtype=np.int64))

    def _of_one(self, word: str) -> Familiarity:
        lower = word.lower().replace("’", "'").rpartition("'")[2]
        if len(lower) <= _SHORT or self._has_hash(hash(lower)):
            return Familiarity.EVERYDAY
        return max(self._english.familiarity(word), Familiarity.PROPER, key=lambda one: one.value)

    def _has_hash(self, value: int) -> bool:
        place = int(np.searchsorted(self._hashes, value))
        return place < len(self._hashes) and int(self._hashes[place]) == value


def _package(name: str) -> Path:
    """The folder of an installed package, which is not imported."""
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise RecognizerUnavailable(f"the word lists of {name} are missing; install {name}")
    return Path(spec.origin).parent


def _american(word: str) -> list[str]:
    """Spellings that ``word`` has across the Atlantic, if it is a British one."""
    changed = [pattern.sub(form, word) for pattern, form in _BRITISH]
    return [form for form in changed if form != word]
