"""Numbers under which an organisation keeps a person: case, rent, student, staff, member, policy.

Order, invoice, parcel and ticket numbers stay: they name a thing, and analysts follow them.

In:  text.
Out: rules.
SECURITY: every repeat is bounded.
FAILS: never.
"""

from __future__ import annotations

import re

from rufgate.recognize.recognizers.columns import COLUMN_RULES
from rufgate.recognize.recognizers.rules import Rule
from rufgate.sanitize.spans import Entity

_I = re.IGNORECASE
_VERSION = (
    r"(?!v?\d{1,2}(?:\.\d{1,2}){1,3}(?![\w.])|(?:19|20)\d\d(?![\w/-])"
    r"|\d{1,2}[./]\d{1,2}[./]\d{2,4}\b)"
)
_CODE = (
    rf"{_VERSION}(?P<v>(?=[A-Za-z0-9/._-]{{0,24}}\d{{2}})[A-Za-z0-9]{{1,14}}"
    r"(?:[/._-][A-Za-z0-9]{1,14}){0,5}(?:\s\d{2,8}){0,3})(?![\w/])"
)
_LONG_CODE = (  # long enough to stand for somebody without a word for "number"
    rf"{_VERSION}(?!\d{{1,2}}[–/-]\d{{1,2}}(?![\w/-])|\d{{1,6}}[.,]\d{{2}}(?!\w|\.\w))"
    rf"(?P<v>(?=(?:[A-Za-z/._-]{{0,8}}\d){{4}}|[A-Z]{{0,9}}\d[A-Z0-9]{{0,9}}[A-Z](?<=[A-Z0-9]{{6}})"
    rf"|[A-Z]{{5,9}}\d)[A-Z0-9]{{1,14}}(?:[/._-"
    rf"][A-Z0-9]{{1,14}}){{0,5}})"
    r"(?![\w/-]|[.,]\d|\s?(?:[%£$€]|people|members|patients|customers|students|days|times))"
)
_KEEPER = (
    r"(?:tenan(?:cy|t)|rent|council[ -]tax|case|student|pupil|employee|staff|payroll|personnel"
    r"|works|learner|apprentice|volunteer|supporter|resident|household|occupancy|lease|landlord"
    r"|patient|hospital|medical|clinic|ward|prescription|referral|episode|nhs|customer|client|guest"
    r"|passenger|traveller|frequent flyer|booking|reservation|pnr|borrower|reader|member(?:ship)?"
    r"|policy|claim|claimant"
    r"|policyholder|applicant|application|enrol?ment|matriculation|matricule|matric|candidate|crime"
    r"|incident|occurrence|custody|cad|court|docket|probate|hearing|visa|permit|licen[cs]e|warrant"
    r"|benefits?|housing|loan|mortgage|pension|insurance|account|subscriber|subscription|library"
    r"|loyalty|nectar|clubcard|donor|gift aid|driver|badge|pass|appeal|penalty|fine|pcn|voter"
    r"|electoral|UCAS|URN|MRN|UPN|ULN|CRN|HESA|GMC|NMC|PIN|DBS|SIA|universal credit|inmate|prisoner"
    r"|prison|probation|asylum|home office|refugee|child|foster|adoption|guardianship|personal"
    r"|kunden|mitglieds?|versicherungs|akten|matrikel|personal|versicherten|vertrags?|mieter"
    r"|patienten|schüler|client|dossier|adh[ée]rent|allocataire|assur[ée]|locataire|salari[ée]"
    r"|étudiant|cliente|socio|expediente|p[óo]liza|paciente|empleado|alumno|pratica|tessera|polizza"
    r"|matricola|paziente|processo|utente|ap[óo]lice|aluno|s[óo]cio|klant|lid(?:maatschaps)?|polis"
    r"|dossier|pati[ëe]nt|personeels|zaak)"
)
_WORD = (
    r"(?:number|num|no|nr|nummer|n°|n[ºo]|ref(?:erence)?|id(?:entifier)?|code|card|account|zeichen"
    r"|n[úu]mero|num[ée]ro|record|file|roll)"
)
_IS = r"[^\w\[\]\n]{0,4}(?:\b(?:is|was|ist|est|es|è|é|lautet)\b[^\w\[\]]{0,3})?"

REFERENCE_RULES = (
    Rule(
        "keeper",
        Entity.REFERENCE,
        re.compile(
            rf"\b{_KEEPER}[s'’]{{0,2}}[ _-]?{_WORD}(?![^\W\d_])(?:[ .]{{0,2}}\b{_WORD}\b"
            rf")?[^\w\[\]]{{0,4}}"
            rf"(?:\b(?:is|was)\b[^\w\[\]]{{0,3}})?{_CODE}",
            _I,
        ),
    ),
    Rule(
        "keeper_turned",
        Entity.REFERENCE,
        re.compile(
            rf"\b(?:n[úu]mero|num[ée]ro|n[°ºo.]|nr\.?|numer) (?:de |d['’]|di |do |da |del |van )?"
            rf"{_KEEPER}{_IS}{_CODE}",
            _I,
        ),
    ),
    Rule("keeper_sign", Entity.REFERENCE, re.compile(rf"\b{_KEEPER}\s?[:#]\s{{0,2}}#?{_CODE}", _I)),
    Rule(
        "keeper_direct",
        Entity.REFERENCE,
        re.compile(rf"(?<![^\W_])(?i:{_KEEPER})(?i:\s(?:is|was))?\s{{1,3}}[#(]?{_LONG_CODE}"),
    ),
    Rule(
        "reference",
        Entity.REFERENCE,
        re.compile(
            r"\b(?:(?:our|your|my|quote|quoting)\s)?(?:ref(?:erence|\.?\s?nr)?|aktenzeichen|dossier"
            r"|az|gesch\.-?z|expediente|réf(?:érence)?|referencia|referência|riferimento|rif"
            r"|kenmerk|sygn)\b"
            rf"\.?(?:\s(?:number|num|no|nr|code))?\.?[^\w\[\]]{{0,4}}"
            rf"(?:\b(?:is|was)\b[^\w\[\]]{{0,3}})?{_CODE}",
            _I,
        ),
    ),
    Rule(
        "uuid",
        Entity.REFERENCE,
        re.compile(r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b", _I),
    ),
    Rule(
        "slashed",
        Entity.REFERENCE,
        re.compile(r"\b[A-Z]{2,5}/(?:[A-Z0-9]{1,8}/){0,2}\d{4,10}(?:/[A-Z0-9]{1,6})?\b"),
    ),
    *COLUMN_RULES,
)
