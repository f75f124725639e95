"""Names by where they stand: salutations, sign-offs, titles, quoted header blocks, foreign scripts.

In:  readable text.
Out: spans of persons; the persons of quoted ``From:`` lines and of ``On ... wrote:``.
SECURITY: every pattern is bounded.
FAILS: never.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from rufgate.sanitize.known_names import HeaderPerson, tokens_of
from rufgate.sanitize.spans import Entity, Span
from rufgate.sanitize.words import COMMON_WORDS, NAMES_TOO, NOBODY, ROLE_WORDS

_I = re.IGNORECASE
_NAME_WORD = r"[^\W\d_](?:[^\W\d_]|['’.-](?=[^\W\d_])){0,30}\.?"
_NAME = rf"{_NAME_WORD}(?:[ ]{{1,2}}{_NAME_WORD}){{0,3}}"
_UPPER = r"(?:[A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶĹĻĽŁŃŅŇŌŐŒŔŘŚŞŠŢŤŪŮŰŲŹŻŽȘȚ])"
_PARTICLE = (
    r"(?:(?:van|von|de|der|den|del|della|di|da|dos|du|la|le|el|al|bin|ibn|ap|af|ter|mac)\s){0,3}"
)
_CAP_WORD = rf"{_UPPER}(?:[^\W\d_]|['’-](?=[^\W\d_])){{0,30}}"
_CAP_NAME = rf"(?:{_CAP_WORD}|{_UPPER}\.)(?:[ ]{{1,2}}{_PARTICLE}(?:{_CAP_WORD}|{_UPPER}\.)){{0,3}}"
_TITLE = (
    r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof(?:essor)?|Sir|Dame|Lady|Lord|Rev(?:erend)?|Cllr|Councillor"
    r"|Nurse|Sister|Father"
    r"|Judge|PC|Sgt|Capt(?:ain)?|Herrn?|Frau|Monsieur|Madame|Mme|Mlle|Señora?|Sra?|Signora?|Sig"
    r"|Dott|Mevrouw|Meneer"
    r"|Dhr|Mevr|Senhora?|Uncle|Auntie?|Aunt|Nana|Gran(?:dma|dad)?)"
)
_GREETING = (
    r"(?:dear|hi(?:ya)?(?: there)?|hello|hey|good (?:morning|afternoon|evening)|morning|greetings"
    r"|hallo|liebe[rs]?"
    r"|sehr geehrte[rs]?|guten (?:tag|morgen)|moin|bonjour|bonsoir|ch[eè]re?|hola|buenos d[ií]as"
    r"|estimad[oa]s?|querid[oa]"
    r"|ciao|gentile|car[oa]|buongiorno|salve|egregi[oa]|beste|geachte|ol[aá]|prezad[oa]|bom dia"
    r"|to|fao|attn|attention"
    r"|thanks|thank you|many thanks|cheers|ta|sorry|welcome|congratulations|happy birthday|bye)"
)
_FAREWELL = (
    r"(?:(?:(?:with )?(?:kind(?:est)?|best|warm(?:est)?|many|all good)\s(?:regards|wishes|thanks)"
    r"|kind regards|regards|best"
    r"|rgds|kr|br|yours(?:\s(?:sincerely|faithfully|truly|ever))?|sincerely(?: yours)?"
    r"|respectfully|cordially|many thanks|thanks"
    r"(?: again| in advance| so much| very much)?|thank you(?: again| in advance| so much"
    r"| very much)?|cheers|love|lots of love"
    r"|take care|all the best|see you(?: soon| then)?|speak soon|talk soon|warmly|xx+|ta"
    r"|mit freundlichen gr(?:ü|ue)(?:ß|ss)en"
    r"|(?:viele|liebe|beste|herzliche|freundliche)\s?gr(?:ü|ue)(?:ß|ss)e|mfg|lg|vg|cordialement"
    r"|bien cordialement|amicalement"
    r"|bien à vous|sincères salutations|saludos(?: cordiales)?|un saludo|atentamente|un abrazo"
    r"|cordiali saluti|distinti saluti"
    r"|saluti|un caro saluto|met vriendelijke groeten?|vriendelijke groet(?:en)?|groet(?:jes|en)?"
    r"|atenciosamente|cumprimentos"
    r"|com os melhores cumprimentos|abraços|sent from my \w{2,12})(?:\s(?:from|to you(?: all)?"
    r"|and \w{2,12}))?)"
)
_SALUTATION = re.compile(
    rf"^[> ]{{0,20}}{_GREETING},?[ ]{{1,3}}(?:{_TITLE}\.?[ ]{{1,2}}){{0,2}}"
    rf"(?P<v>{_NAME}(?:(?:[ ](?:and|und|et|y|e|en|&)[ ]|[ ]?[,/&][ ]?){_NAME})?)"
    r"(?=[ ]{0,2}(?:[,!:;.\n–—-]|$))",
    _I | re.MULTILINE,
)
_SALUTED_USER = re.compile(
    rf"^[> ]{{0,20}}{_GREETING},?[ ]"
    rf"(?P<v>(?=[\w.-]{{0,40}}[\d_])[^\W\d_][\w.-]{{2,40}}\w)(?=[ ]?[,!:])",
    _I | re.MULTILINE,
)
_SALUTATION_INSIDE = re.compile(
    rf"(?:^|[.!?>,]\s{{1,2}})(?i:{_GREETING}),?[ ](?P<v>{_CAP_NAME})(?=[ ]?[,!:;.?\n–—-]|$)",
    re.MULTILINE,
)
_SIGN_OFF = re.compile(
    rf"^[> ]{{0,20}}(?:.{{0,80}}[.!?,]\s)?{_FAREWELL}[ ]{{0,2}}[,.!–—-]{{0,3}}[ ]{{0,2}}"
    rf"(?:\n[> ]{{0,20}}){{1,3}}[–—~*/-]{{0,3}}[ ]{{0,2}}(?P<v>{_NAME})"
    r"(?=[ ]{0,2}(?:[,(|\n.–—/-]|x{1,4}\b|$))",
    _I | re.MULTILINE,
)
_SIGN_OFF_SAME = re.compile(
    rf"(?:^|[.!?,>]\s{{0,2}}){_FAREWELL}[,.!]?[ ]{{1,2}}[–—-]{{0,2}}[ ]?(?P<v>{_NAME})"
    rf"[ ]{{0,2}}(?:x{{1,4}})?[.!]?[ ]{{0,2}}$",
    _I | re.MULTILINE,
)
_DASH_SIGN = re.compile(
    rf"^[> ]{{0,20}}(?:[–—~-]{{1,2}}[ ]{{0,2}}|-- ?\n)(?P<v>{_CAP_NAME})[ ]{{0,2}}$", re.MULTILINE
)
_TITLED = re.compile(
    rf"(?<!\w){_TITLE}(?:[ ]?(?:and|&"
    rf"|und)[ ]?{_TITLE})?\.?[ ]{{1,2}}(?:{_TITLE}\.?[ ]{{1,2}})?(?P<v>{_PARTICLE}{_CAP_NAME})"
)
_TITLED_LOWER = re.compile(
    r"(?<!\w)(?:mr|mrs|ms|dr)\.?[ ](?P<v>[^\W\d_]{2,30}(?:-[^\W\d_]{2,30})?)"
)
_INTRODUCED = re.compile(
    r"(?:(?i:\b(?:my (?:full )?name(?: is|'s)|i am called|i'm called|call me|signed(?: by)?|c/o"
    r"|care of|on behalf of|spoke (?:to|with)"
    r"|speak (?:to|with)|ask for|contact|met (?:with )?|my (?:wife|husband|son|daughter|mother"
    r"|father|mum|dad|brother|sister|partner"
    r"|boss|manager|neighbour|neighbor|friend|colleague|carer|landlord|tenant|uncle|aunt|cousin"
    r"|nephew|niece|late \w{4,10}),?"
    r"|(?:account|card|policy|lease|ticket|room) holder(?:'s name)?|named|name of|regards from"
    r"|greetings from|(?:i am|i'm|this is|it's|it is)"
    r"|ich hei(?:ß|ss)e|mein name ist|je m'appelle|me llamo|mi chiamo|meu nome é|chamo-me|ik heet"
    r"|mijn naam is))[ :]{1,2}"
    r"|(?i:^[> ]{0,20}(?:\w{1,14}[ ])?(?:name|full name|first name|last name|surname|forename"
    r"|contact|patient|client|tenant|customer|employee|student"
    r"|attendees?|organi[sz]er|payee|beneficiary|cardholder|account holder|passenger|guest"
    r"|applicant|claimant|next of kin|sender|recipient"
    r"|deliver to|ship to|bill to|sold to|attn|fao|to|from|cc|bcc|von|an|de|à|para|da|a|van|aan"
    r"|naam|nombre|nom|nome|vorname|nachname)"
    rf"[ ]{{0,2}}[:|=][ ]{{0,4}}))(?P<v>{_PARTICLE}{_CAP_NAME})",
    re.MULTILINE,
)
_SAYS = re.compile(
    rf"(?P<v>{_CAP_NAME})[ ](?:has (?:asked|shared|sent|invited|commented|requested|signed|added"
    rf"|left|joined|replied|mentioned)"
    r"|invited you|shared|commented|replied|wrote|called|phoned|is inviting you|mentioned you"
    r"|will collect|says|said)\b"
)
_HEADER_LINE = re.compile(
    r"^[> *]{0,20}(?:from|to|cc|bcc|sender|reply-to|von|an|de|à|para|da|van"
    r"|aan)[ ]?\*?:\*?[ ]{1,4}(?P<v>[^\n]{2,400})$",
    _I | re.MULTILINE,
)
_WROTE = re.compile(
    r"^[> ]{0,20}(?:on|am|le|el|il|op|em)\s[^\n]{0,80}?(?:,|at \d\d?:\d\d|\d{4}"
    r"|\d\d:\d\d(?:\s?[AP]M)?|schrieb)[ ,]{1,3}(?P<v>[^\n,<>\d]{2,80}?)"
    r"[ ]{0,2}(?:<[^\n>]{0,200}>|\([^\n)]{0,200}\)|\[[^\n\]]{0,200}\])?[ \n>]{0,3}(?:wrote"
    r"|schrieb|a écrit|escribió|ha scritto|schreef|escreveu|:$)",
    _I | re.MULTILINE,
)
_BEFORE_ADDRESS = re.compile(
    rf"(?<![\w@])(?P<v>{_CAP_NAME})[ \n>]{{1,3}}[<(\[](?:mailto:)?[^\s<>()\[\]@]{{1,64}}@"
)
_SAME_AS_ADDRESS = re.compile(  # "jd1984 <jd1984@..."
    r"(?<![\w@.+-])(?P<v>[\w.+-]{3,64})[ \n>]{1,3}[<(\[](?:mailto:)?(?P=v)@"
)
_BRACKETED = re.compile(r"[<\[(][^<>\n]{0,200}[>\])]")
_FOREIGN_GAP = re.compile(r"[ .,'’·・-]{1,2}")
_FOREIGN_WORDS = 4  # more of them in a row are a sentence


def positional_spans(text: str) -> Iterator[Span]:
    """Names that their place gives away."""
    patterns = (
        ("salutation", _SALUTATION), ("salutation", _SALUTATION_INSIDE), ("sign_off", _SIGN_OFF),
        ("sign_off", _SIGN_OFF_SAME), ("sign_off", _DASH_SIGN), ("title", _TITLED),
        ("title", _TITLED_LOWER),
        ("introduction", _INTRODUCED), ("speech", _SAYS),
    )  # fmt: skip
    for match in _SALUTED_USER.finditer(text):
        start, end = match.span("v")
        yield Span(start=start, end=end, entity=Entity.USERNAME, recognizer="salutation")
    for match in _SAME_AS_ADDRESS.finditer(text):
        start, end = match.span("v")
        if match["v"].lower() not in ROLE_WORDS:
            yield Span(start=start, end=end, entity=Entity.USERNAME, recognizer="before_address")
    for name, pattern in patterns:
        for match in pattern.finditer(text):
            strict = name in ("introduction", "speech")
            for start, end in _names_in(text, *match.span("v"), strict=strict):
                if name in ("salutation", "sign_off") and _is_sentence(text[start:end]):
                    continue
                yield Span(start=start, end=end, entity=Entity.PERSON, recognizer=name)


def quoted_persons(text: str) -> list[HeaderPerson]:
    """The persons named in quoted or forwarded header blocks."""
    found = []
    for pattern in (_HEADER_LINE, _WROTE, _BEFORE_ADDRESS):
        for match in pattern.finditer(text):
            for name in re.split(r"[;,]", _BRACKETED.sub(" ", match["v"])):
                plain = " ".join(name.replace('"', " ").split())
                if _is_name(plain):
                    found.append(HeaderPerson(plain, "", ""))
    return found[:200]


def foreign_spans(text: str) -> Iterator[Span]:
    """Runs of another script inside a text that is read as Latin: no model reads them."""
    if text.isascii():
        return
    run: tuple[int, int] | None = None
    for start, end in _foreign_words(text):
        if run and _FOREIGN_GAP.fullmatch(text, run[1], start):
            run = run[0], end
            continue
        if run:
            yield _foreign_span(text, *run)
        run = start, end
    if run:
        yield _foreign_span(text, *run)


def _foreign_words(text: str) -> Iterator[tuple[int, int]]:
    """Words of two letters and more of another script; one ideograph or syllable is a word, too."""
    start = -1
    for place, char in enumerate((*text, " ")):
        if not char.isascii() and _is_foreign(char, inside=start >= 0):
            start = place if start < 0 else start
        elif start >= 0:
            if place - start > 1 or _is_syllable(text[start]):
                yield start, place
            start = -1


def _is_foreign(char: str, *, inside: bool) -> bool:
    if char.isalpha():
        return not is_latin(char)
    return inside and unicodedata.category(char).startswith("M")


def _is_syllable(char: str) -> bool:
    return unicodedata.name(char, "").startswith(("CJK", "HANGUL", "HIRAGANA", "KATAKANA"))


def _foreign_span(text: str, start: int, end: int) -> Span:
    few = len(text[start:end].split()) <= _FOREIGN_WORDS
    entity = Entity.PERSON if few else Entity.DENIED
    return Span(start=start, end=end, entity=entity, recognizer="other_script")


def is_latin(char: str) -> bool:
    """Whether a letter belongs to the Latin script."""
    return char < "\u0250" or unicodedata.name(char, "LATIN").startswith("LATIN")


def script_of(text: str) -> str:
    """The script of most letters of ``text`` (``LATIN``, ``CYRILLIC``, ``CJK``, ...), or ""."""
    if text.isascii():
        return "LATIN" if any(char.isalpha() for char in text[:20_000]) else ""
    counts: dict[str, int] = {}
    for char in text[:20_000]:
        if char.isalpha():
            name = (
                "LATIN" if char.isascii() else unicodedata.name(char, "UNKNOWN").partition(" ")[0]
            )
            counts[name] = counts.get(name, 0) + 1
    return max(sorted(counts), key=lambda name: counts[name], default="")


def _is_name(text: str) -> bool:
    words = [token.folded for token in tokens_of(text)]
    named = [word for word in words if word not in ROLE_WORDS and word not in COMMON_WORDS]
    return 1 <= len(words) <= 5 and bool(named) and not re.search(r"\d", text)


def _names_in(text: str, start: int, end: int, *, strict: bool) -> Iterator[tuple[int, int]]:
    """The range without words that nobody is called; nothing where only such are left."""
    tokens = [token for token in tokens_of(text[start:end]) if token.folded not in _JOINING]
    while tokens and _is_plain(tokens[0].folded, tokens[0].word, strict=strict):
        tokens = tokens[1:]
    while tokens and _is_plain(tokens[-1].folded, tokens[-1].word, strict=strict):
        tokens = tokens[:-1]
    if tokens:
        yield start + tokens[0].start, start + tokens[-1].end


def _is_sentence(text: str) -> bool:
    """``we missed you today``: what follows a greeting or a farewell is no name but goes on."""
    tokens = tokens_of(text)
    inner = [token for token in tokens if token.folded not in _JOINING]
    return any(_is_plain(token.folded, token.word, strict=False) for token in inner) or (
        tokens[0].word in _FUNCTION_WORDS
    )


_FUNCTION_WORDS = frozenset(
    """
    for from in with we they to at by of on so if as it is our us his her their its this that these
    aus mit für im in vom zum zur auf an der die das den dem ein eine pour avec dans les des nous
    con por para los las una voor met het een uit per dei delle nel com na no os as
    """.split()  # noqa: SIM905 - a list of words reads better as text
)
_JOINING = frozenset({"and", "und", "et"})


def _is_plain(folded: str, word: str, *, strict: bool) -> bool:
    """Whether a word in a name's place is no name; a capital turns some back into names."""
    if folded in NOBODY:
        return True
    if word[:1].isupper() and folded in NAMES_TOO:
        return False
    return folded in COMMON_WORDS or folded in ROLE_WORDS or (strict and not word[:1].isupper())
