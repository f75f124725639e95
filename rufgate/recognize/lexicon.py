"""How familiar a word is: the prior with which a model's guess is weighed.

In:  one word as it stands in a text.
Out: ``Familiarity``: an everyday word of English, one that is also a name, one that is known as a
     proper name only, or one that no dictionary has.
SECURITY: words are other people's. Remembered between texts are everyday words alone, which say
     nothing of anybody; all others until ``forget``, which each text begins with.
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
_FURTHER: Final = frozenset(  # modern, British, technical words, and firms that everybody writes to
    """
    acrobat admin admins adobe adviser advisers airbnb aldi amazon amet amex android antivirus
    apache api apis app apps arf arrears asap ascii asda async autumnal await backend backup
    backups barclays bert bitbucket bitcoin blockchain blog blogging blogs boolean broadband
    bungalow bursaries bursary carer carers cashback changelog chatbot checkbox childcare
    chiropodist chrome cli conda config councillor councillors covid cpu creche crypto css cv cvs
    cybersecurity cython dashboard debian debit decorator decorators deepfake deli dhl dkim dmarc
    dns docker docusign dolor dpd dropbox dropdown dvla dwp ebay ebike ebook emoji emojis
    enquiries enquiry enrol enrols enum esafety eta eu euro euros evri facebook facs faq faqs
    fedex fedora fintech firefox firmware foodbank fortnightly freephone freepost frontend ftp
    fulltime github gitlab gmail google gov gp gps gpu gui haberdashery halifax hashtag hdmi
    helpdesk helpline hermes hiya hmrc hobby homeowner homepage hotmail hr html http https ide
    idna imap inbox instagram instalment instalments integer integers intranet invigilator
    invoiced invoicing ios ip ipad iphone ips ipsum isa iterator iterators javascript jobcentre
    json keysafe kubernetes kwh lan landline laptop laptops leaflet leaseholder leaseholders
    letterbox licence licences lidl lightbox linkedin linter linux lloyds localhost locum login
    logins logon logout lookup lorem macbook macos mail malware mastercard maths metadata
    microsoft middleware midwifery mime minibus mins monzo morrisons mum mums mysql nappies nappy
    nationwide natwest ner netflix nginx nhs noreply npm numpy ofcom offboarding offline ofgem
    ofsted okay onboarding onedrive online optician opticians optout orm osteopath outlook
    overdrawn overpaid overpayment overpayments parkrun parser parsers passcode passcodes payee
    payees paypal paypoint payslip payslips pdf pdfs pensioner phishing physio physios
    physiotherapy pin pins pip plasterboard plaza plc plugin plugins podcast podcasts popup
    postcode postcodes postdoc postfix postgrad postgresql pram preorder prepaid prepay preschool
    proforma punycode pupils pytest python pytorch qty query raffle ram ransomware readme
    reception redis regex regexes reissue reissued reorder repayable repo repos reschedule
    rescheduled revolut roadmap rota rotas royal runtime safari safeguarding sainsbury santander
    scaffolding screenshot screenshots sdk secondment selfie selfies setup sharepoint shopify
    signal signup signups sitewide skip skype slack smartphone smartphones sms smtp snapchat
    solicitor solicitors spam spf spotify spreadsheet sql sqlite ssd ssh ssl startup stderr stdout
    stripe subtotal supersaver tarmac tax tcp telegram tensorflow tesco tiktok timeframe timesheet
    timesheets timeslot timestamp tls tokenizer tokenizers tollfree toolbar traceback tracebacks
    tradesperson tram tube tuple tuples twitter typescript uber ubuntu udp uk unfollow unicode
    unsubscribe unsubscribed unsubscribing untick upcoming update updates upfront upload uploads
    ups url urls usa usb username usernames utf vat visa vlog voicemail voicemails vpn waitrose
    wan webcam webinar webinars webmail webpage webpages weekday whatsapp whiteboard wifi windows
    wishlist wordpress workflow workflows workspace xml yahoo yaml yodel yoghurt yoghurts youtube
    zebra zip zoom
    """.split()  # noqa: SIM905 - a list of words reads better as text
)
_SHORT = 2
_MOST_REMEMBERED = 50_000
_LONG_ACRONYM = 4
_INNER_CAPITAL = re.compile(  # but "McDonald", "DeShawn", "MacGregor"
    r"(?!(?:Mc|Mac|Fitz|De|Di|Du|La|Le|Van|Von|Nic|Mag|St|Ap|Ab|Al|El|O|D)[A-Z])(?=\w*[^\W\d_A-Z][A-Z])\w+"
    r"|[A-Z]{2,}[a-z]\w*"
)
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
        self._everyday: set[str] = set()
        self._others: dict[str, Familiarity] = {}

    def forget(self) -> None:
        """The words of the text before."""
        self._others.clear()

    def familiarity(self, word: str) -> Familiarity:
        """Of ``word`` in any case; compounds are as familiar as their least familiar half."""
        parts = [part for part in re.split(r"[-/]", word) if part]
        if not parts:
            return Familiarity.EVERYDAY
        return max(map(self._remembered, parts), key=lambda familiarity: familiarity.value)

    def _remembered(self, word: str) -> Familiarity:
        if word in self._everyday:
            return Familiarity.EVERYDAY
        known = self._others.get(word)
        if known is None:
            known = self._of_one(word)
            if known is Familiarity.EVERYDAY and len(word) > _SHORT:
                if len(self._everyday) < _MOST_REMEMBERED:
                    self._everyday.add(word)
            elif len(self._others) < _MOST_REMEMBERED:
                self._others[word] = known
        return known

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
        self._everyday = set()
        self._others = {}
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


def is_coined(word: str) -> bool:
    """Whether ``word`` has the form of a product's name or an abbreviation: ``spaCy``, ``DKIM``."""
    word = word.removesuffix("'s").removesuffix("’s")
    return bool(_INNER_CAPITAL.fullmatch(word)) or (word.isupper() and len(word) <= _LONG_ACRONYM)


def _american(word: str) -> list[str]:
    """Spellings that ``word`` has across the Atlantic, if it is a British one."""
    changed = [pattern.sub(form, word) for pattern, form in _BRITISH]
    return [form for form in changed if form != word]
