"""Slots of the third book: its own shapes for the common ones, and people beyond the cast."""

from __future__ import annotations

from collections.abc import Callable

from bench.leak import identifiers
from bench.leak.book import Composed, Kept, Planted, Slot
from bench.leak.books.third import forms, scripts, words
from bench.leak.scene import CLOSE, OPEN, Person, Scene


def _written(scene: Scene, name: str, *, kind: str = "PERSON", whole: bool = True) -> str:
    """A name as it stands in the text, with its words in the truth."""
    scene.truth.name_words(name)
    if whole:
        scene.truth.plant(kind, name, scene.where)
    return f"{OPEN}{name}{CLOSE}"


def _anyone(scene: Scene) -> Person:
    """Somebody whose name is in Latin script and in no header."""
    while True:
        person = scene.person()
        if forms.latin(person.last):
            scene.cast["x"] = person  # whose address the next {anyone_mail} is
            return person


def _named(shape: Callable[[Scene, Person], str]) -> Composed:
    return Composed(make=lambda scene: _written(scene, shape(scene, _anyone(scene))))


def _address(scene: Scene) -> str:
    who = scene.cast.get("x") or _anyone(scene)
    return scene.truth.plant("EMAIL", who.address, scene.where)


def _author(shape: Callable[[Person], str], *, whole: bool = True) -> Composed:
    """One further person, the same one through a whole mail."""

    def write(scene: Scene) -> str:
        who = scene.cast.get("y") or scene.cast.setdefault("y", _anyone(scene))
        return _written(scene, shape(who), whole=whole)

    return Composed(make=write)


def _author_address(scene: Scene) -> str:
    who = scene.cast.get("y") or scene.cast.setdefault("y", _anyone(scene))
    return scene.truth.plant("EMAIL", who.address, scene.where)


def _first_name(scene: Scene) -> str:
    return _written(scene, scene.rng.choice(words.FIRST), whole=False)


def _family(scene: Scene) -> str:
    """A relative of the recipient: another first name, the same surname."""
    last = scene.cast["r"].last
    if not forms.latin(last):  # nobody mixes scripts within one name
        last = scene.rng.choice(words.LAST)
    return _written(scene, f"{scene.rng.choice(words.FIRST)} {last}")


def _maiden(scene: Scene) -> str:
    """The recipient with the surname that she had before."""
    before = scene.rng.choice(words.LAST)
    now = _written(scene, scene.cast["r"].full)
    return f"{now} (née {_written(scene, before, whole=False)})"


def _device(scene: Scene) -> str:
    """An asset tag, or the name that a telephone gives itself."""
    rng, first = scene.rng, scene.cast["r"].first
    if rng.random() < 0.6:
        value = forms.device_tag(rng)
    else:
        scene.truth.name_words(first)
        own = (f"{first}'s iPad", f"{first}s-MBP", f"iPhone de {first}", f"Galaxy von {first}")
        value = rng.choice(own)
    return scene.truth.plant("DEVICE", value, scene.where)


def _file(scene: Scene) -> str:
    who = scene.cast["r"]
    stem = who.local.split(".")[-1] if not who.last.isascii() else who.last.replace(" ", "-")
    name = scene.rng.choice(words.FILES).format(stem.replace("'", ""))
    return scene.truth.plant("FILE_NAME", name, scene.where)


def _street(scene: Scene) -> str:
    rng = scene.rng
    name, number, house = rng.choice(words.STREETS), rng.randint(1, 188), rng.choice(words.HOUSES)
    value = rng.choice(
        (
            f"{number} {name}",
            f"{number}{rng.choice('abcd')} {name}",
            f"Flat {rng.randint(1, 3)}/{rng.randint(1, 2)}, {number} {name}",
            f"{rng.randint(0, 3)}F{rng.randint(1, 2)}, {number} {name}",
            f"{house}, {name}",
            f"{house}, {number} {name}",
            f"Apt {rng.randint(2, 40)}, {number}-{number + 2} {name}",
            f"PO Box {rng.randint(101, 9800)}",
            f"Room {rng.randint(2, 90)}, Hostel B, {name}",
            f"Top flat, {number} {name}",
        )
    )
    return scene.truth.plant("STREET", value, scene.where)


def _abroad(country: str) -> dict[str, Slot]:
    streets, towns = words.ABROAD[country]
    return {
        f"street_{country}": Planted(
            kind="STREET", make=lambda rng: rng.choice(streets).format(rng.randint(2, 168))
        ),
        f"town_{country}": Planted(kind="TOWN", make=lambda rng: rng.choice(towns)),
    }


def _script(names: tuple[str, ...]) -> Planted:
    return Planted(kind="NON_LATIN_NAME", make=lambda rng: rng.choice(names))


def _refs(*patterns: str) -> Planted:
    return Planted(kind="REFERENCE", make=forms.one_of(*patterns))


def _moment(*patterns: str) -> Kept:
    return Kept(kind="appointment", make=forms.one_of(*patterns))


SLOTS: dict[str, Slot] = {
    "reference": _refs(*forms.EVERY),
    "rent_ref": _refs(*forms.RENT),
    "student_no": _refs(*forms.STUDENT),
    "staff_no": _refs(*forms.STAFF),
    "crime_ref": _refs(*forms.CRIME),
    "court_ref": _refs(*forms.COURT),
    "claim_ref": _refs(*forms.CLAIM),
    "hospital_no": _refs(*forms.HOSPITAL),
    "member_no": _refs(*forms.MEMBER),
    "case_no": _refs(*forms.CASE),
    "pupil_no": _refs(*forms.PUPIL),
    "chip": _refs("98100%########", "9%%000#########"),
    "inmate_no": _refs("A%###@@", "%#####"),
    "eircode": Planted(kind="EIRCODE", make=forms.one_of("V9% @#%@", "H9# @%#@", "T2% @@%#")),
    "password": Planted(kind="PASSWORD", make=forms.password),
    "otp": Planted(kind="ONE_TIME_CODE", make=forms.otp),
    "username": Planted(kind="USERNAME", make=forms.login),
    "domain_login": Planted(kind="USERNAME", make=lambda rng: f"SCHOOLS\\{forms.login(rng)}"),
    "handle": Planted(kind="USERNAME", make=forms.handle),
    "device": Composed(make=_device),
    "mac": Planted(
        kind="MAC",
        make=lambda rng: rng.choice(
            (
                identifiers.mac(rng),
                identifiers.mac(rng).lower(),
                ".".join(f"{rng.randint(4096, 65535):04x}" for _ in range(3)),
            )
        ),
    ),
    "file": Composed(make=_file),
    "dob": Planted(kind="BIRTH_DATE", make=forms.dob),
    "child_dob": Planted(kind="BIRTH_DATE", make=forms.child_dob),
    "us_dob": Planted(kind="BIRTH_DATE", make=forms.us_dob),
    "dob_iso": Planted(kind="BIRTH_DATE", make=forms.one_of("19%#-0%-1#", "196%-11-2#")),
    "dob_dot": Planted(
        kind="BIRTH_DATE", make=forms.one_of("1#.0%.19%#", "%. 11. 197%", "2#.%.196%")
    ),
    "phone": Planted(kind="PHONE", make=forms.phone),
    "plate": Planted(kind="UK_PLATE", make=forms.plate),
    "street": Composed(make=_street),
    "when": Kept(kind="appointment", make=forms.when),
    "stamp": _moment("2026111#T0%3000Z", "2026120%T1#1500"),
    "when_de": _moment("1#. November um 1#:30 Uhr", "Dienstag, 2#.10.2026, %:15 Uhr", "KW 4%"),
    "when_fr": _moment("jeudi 1# novembre à 1%h30", "le 2# octobre à %h15", "mardi prochain à 1%h"),
    "when_es": _moment("el jueves 1# de noviembre a las 1%:30", "2# de octubre, %:45 h"),
    "when_it": _moment("giovedì 1# novembre alle ore 1%.30", "il 2# ottobre alle %"),
    "when_pt": _moment("quinta-feira, 1# de novembro, às 1%h30", "dia 2# de outubro às %h"),
    "when_nl": _moment("donderdag 1# november om 1%.30 uur", "dinsdag 2# oktober, %.15 uur"),
    "price": Kept(kind="number", make=forms.pounds),
    "euros": Kept(kind="number", make=forms.euros),
    "meter": Kept(kind="number", make=forms.meter),
    "score": Kept(kind="number", make=forms.score),
    "version": Kept(kind="number", make=forms.version),
    "dose": Kept(kind="number", make=forms.dose),
    "room": Kept(kind="number", make=forms.room),
    "quantity": Kept(kind="number", make=forms.quantity),
    "order": Kept(kind="order_number", make=forms.one_of("%#######", "W%####-26", "PO-%#####")),
    "dashes": Composed(make=lambda _: "-- "),
    "child": Composed(make=_first_name),
    "kin": Composed(make=_family),
    "maiden": Composed(make=_maiden),
    "anyone": _named(lambda _, who: who.full),
    "anyone_sorted": _named(lambda _, who: f"{who.last}, {who.first}"),
    "anyone_upper": _named(lambda _, who: f"{who.last.upper()} {who.first}"),
    "anyone_caps": _named(lambda _, who: who.full.upper()),
    "anyone_lower": _named(lambda _, who: who.full.lower()),
    "anyone_initial": _named(lambda _, who: f"{who.first[0]} {who.last}"),
    "anyone_middle": _named(lambda s, who: f"{who.first} {s.rng.choice(words.FIRST)} {who.last}"),
    "anyone_letter": _named(lambda s, who: f"{who.first} {s.rng.choice('ABCEGJLMRT')}. {who.last}"),
    "anyone_mail": Composed(make=_address),
    "author": _author(lambda who: who.full),
    "author_first": _author(lambda who: who.first, whole=False),
    "author_mail": Composed(make=_author_address),
    "phone_de": Planted(kind="PHONE", make=forms.one_of(*forms.PHONES_DE)),
    "phone_fr": Planted(kind="PHONE", make=forms.one_of(*forms.PHONES_FR)),
    "phone_us": Planted(kind="PHONE", make=forms.one_of(*forms.PHONES_US)),
    "phone_far": Planted(kind="PHONE", make=forms.one_of(*forms.PHONES_FAR)),
    "cyrillic": _script(scripts.CYRILLIC),
    "greek": _script(scripts.GREEK),
    "arabic": _script(scripts.ARABIC),
    "hebrew": _script(scripts.HEBREW),
    "chinese": _script(scripts.CHINESE),
    "japanese": _script(scripts.JAPANESE),
    "korean": _script(scripts.KOREAN),
    "indic": _script(scripts.INDIC),
    "thai": _script(scripts.THAI),
    "caucasus": _script(scripts.CAUCASUS),
    "ethiopic": _script(scripts.ETHIOPIC),
}
for _country in words.ABROAD:
    SLOTS.update(_abroad(_country))
