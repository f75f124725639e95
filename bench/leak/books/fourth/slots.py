"""Slots of the fourth book: its own shapes for what ``scene.py`` makes in one shape only.

In:  a ``Scene``.
Out: ``SLOTS``; what is personal is planted under the common kinds, the rest is kept. Numbers of
     which one may hold either view (parcels, tickets, flights) stand in no truth.
"""

from __future__ import annotations

from functools import partial

from bench.leak.book import Composed, Kept, Planted, Slot
from bench.leak.books.fourth import dates, numbers
from bench.leak.scene import CLOSE, OPEN, Person, Scene, ascii_fold


def _latin(who: Person) -> tuple[str, str]:
    """First and last name in plain letters; of the address where the name has none."""
    first, last = ascii_fold(who.first), ascii_fold(who.last)
    if first.strip() and last.strip():
        return first, last
    letters = "".join(c for c in who.local if c.isalpha() or c in "._-")
    return letters[:1], letters.replace(".", "").replace("_", "").replace("-", "")


def _street(scene: Scene) -> str:
    """The line as written, and its core, which must go also where the rest of the line does."""
    rng, words = scene.rng, scene.words
    core = f"{rng.randint(2, 248)}{rng.choice(('', '', '', 'a', 'B'))} {rng.choice(words.STREETS)}"
    house = rng.choice(("Rowan Cottage", "The Old Dairy", "Plover House", "Bryn Awel"))
    form = rng.randint(0, 16)
    if form == 0:
        box = f"P.O. Box {rng.randint(1200, 98000)}"
        return scene.truth.plant("STREET", box, scene.where)
    if form == 1:
        scene.truth.plant("STREET", house, scene.where)
        return str(
            scene.truth.plant("STREET", f"{house}, {rng.choice(words.STREETS)}", scene.where)
        )
    scene.truth.plant("STREET", core, scene.where)
    whole = {
        2: f"Flat {rng.randint(1, 40)}, {core}",
        3: f"Unit {rng.randint(1, 18)}/{core}",
        4: f"Apartment {rng.randint(1, 9)}{rng.choice('ABCD')}, {core}",
        5: f"1/{rng.randint(1, 3)}, {core}",
    }.get(form, core)
    return scene.truth.plant("STREET", whole, scene.where)


def _street_abroad(scene: Scene, region: str = "") -> str:
    known = scene.words.STREETS_ABROAD
    row = known[region or scene.rng.choice(list(known))]
    value = scene.rng.choice(row).format(scene.rng.randint(3, 980))
    return scene.truth.plant("STREET", value, scene.where)


def _username(scene: Scene, key: str) -> str:
    """A handle, or what an administrator made of a name."""
    rng = scene.rng
    first, last = (part.replace(" ", "") for part in _latin(scene.cast[key]))
    last = last.replace("'", "").replace("-", "")
    number = rng.randint(10, 99)
    value = rng.choice(
        (
            f"{rng.choice(scene.words.HANDLES)}{number}",
            f"{rng.choice(scene.words.HANDLES)}_{number}",
            f"{first[0]}{last}{number}",
            f"{last[:5]}{first[0]}0{number}",
            f"{first}.{last}{number}",
            f"adm-{first[0]}{last}",
            f"u{rng.randint(100000, 999999)}",
        )
    )
    return scene.truth.plant("USERNAME", value, scene.where)


def _file(scene: Scene) -> str:
    who = scene.cast["r"]
    first, last = (part.replace("'", "").replace(" ", "-") for part in _latin(who))
    name = scene.rng.choice((last, last.capitalize(), f"{last}_{first}", f"{first}-{last}"))
    value = scene.rng.choice(scene.words.FILES).format(name)
    return scene.truth.plant("FILE_NAME", value, scene.where)


def _device(scene: Scene, key: str) -> str:
    """An inventory or serial number, or what the owner's telephone calls itself."""
    rng = scene.rng
    first, last = _latin(scene.cast[key])
    if len(first) < 3 or rng.random() < 0.6:
        value = numbers.device(rng)
    else:
        title = first.split()[0].capitalize()
        value = rng.choice(
            (f"{title}s-iPhone", f"{title}s-MacBook-Air", f"{title}s MBP", f"Galaxy-A54-{title}",
             f"{last.split()[-1].upper()}-PC", f"{title}’s iPad")
        )  # fmt: skip
    return scene.truth.plant("DEVICE", value, scene.where)


def _passenger(scene: Scene, key: str) -> str:
    """LAST/FIRST, as on a ticket."""
    first, last = (part.upper() for part in _latin(scene.cast[key]))
    value = f"{last.replace(' ', '')}/{first}"
    scene.truth.name_words(value.replace("/", " "))
    return f"{OPEN}{scene.truth.plant('PERSON', value, scene.where)}{CLOSE}"


def _spoken(scene: Scene, key: str) -> str:
    """An address as people write it who do not want it harvested."""
    rng, who = scene.rng, scene.cast[key]
    at = rng.choice((" AT ", " -at- ", " {at} ", "[at]", " _at_ ", " (a) ", " <at> "))
    dot = rng.choice((" DOT ", " -dot- ", " {dot} ", "[dot]", " (.) ", " punkt "))
    value = who.local.replace(".", dot) + at + who.domain.replace(".", dot)
    return scene.truth.plant("EMAIL_OBFUSCATED", value, scene.where)


_REGIONS = tuple(region for region in numbers.REGIONS if region != "uk")
_WORDS_ABROAD = ("de", "fr", "es", "pt", "it", "nl")
SLOTS: dict[str, Slot] = {
    "phone": Planted(kind="PHONE", make=numbers.phone),
    "plate": Planted(kind="UK_PLATE", make=numbers.plate),
    "reference": Planted(kind="REFERENCE", make=numbers.reference),
    "booking": Planted(kind="REFERENCE", make=numbers.booking),
    "mac": Planted(kind="MAC", make=numbers.mac),
    "password": Planted(kind="PASSWORD", make=numbers.password),
    "otp": Planted(kind="ONE_TIME_CODE", make=numbers.otp),
    "dob": Planted(kind="BIRTH_DATE", make=dates.birth),
    "dob_child": Planted(kind="BIRTH_DATE", make=partial(dates.birth, since=2010)),
    "dob_us": Planted(kind="BIRTH_DATE", make=dates.birth_american),
    "dob_compact": Planted(kind="BIRTH_DATE", make=dates.birth_compact),
    "dob_asia": Planted(kind="BIRTH_DATE", make=dates.birth_asian),
    "street": Composed(make=_street),
    "abroad": Composed(make=_street_abroad),
    "username": Composed(make=partial(_username, key="r")),
    "user_t": Composed(make=partial(_username, key="t")),
    "user_u": Composed(make=partial(_username, key="u")),
    "file": Composed(make=_file),
    "device": Composed(make=partial(_device, key="r")),
    "device_u": Composed(make=partial(_device, key="u")),
    "passenger": Composed(make=partial(_passenger, key="r")),
    "passenger_u": Composed(make=partial(_passenger, key="u")),
    "spoken_s": Composed(make=partial(_spoken, key="s")),
    "spoken_u": Composed(make=partial(_spoken, key="u")),
    "order": Kept(kind="order_number", make=numbers.order),
    "price": Kept(kind="number", make=numbers.price),
    "euro": Kept(kind="number", make=numbers.euro),
    "usd": Kept(kind="number", make=numbers.dollars),
    "inr": Kept(kind="number", make=numbers.rupees),
    "money": Kept(kind="number", make=numbers.other_money),
    "room": Kept(kind="number", make=numbers.room),
    "quantity": Kept(kind="number", make=numbers.quantity),
    "version": Kept(kind="number", make=numbers.version),
    "percent": Kept(kind="number", make=numbers.percent),
    "weight": Kept(kind="number", make=numbers.weight),
    "when": Kept(kind="appointment", make=dates.when),
    "window": Kept(kind="appointment", make=dates.window),
    "moment": Kept(kind="appointment", make=dates.moment),
    "sent": Kept(kind="appointment", make=dates.sent),
    "when_us": Kept(kind="appointment", make=dates.when_american),
    "stamp": Kept(kind="appointment", make=dates.stamp),
    **{
        f"phone_{region}": Planted(kind="PHONE", make=partial(numbers.phone, region=region))
        for region in (*_REGIONS, "uk")
    },
    **{
        f"plate_{region}": Planted(kind="UK_PLATE", make=partial(numbers.plate, region=region))
        for region in (*_REGIONS, "uk")
    },
    **{
        f"abroad_{region}": Composed(make=partial(_street_abroad, region=region))
        for region in _REGIONS
    },
    **{
        f"dob_{code}": Planted(kind="BIRTH_DATE", make=partial(dates.birth_in, language=code))
        for code in _WORDS_ABROAD
    },
    **{
        f"when_{code}": Kept(kind="appointment", make=partial(dates.when_in, language=code))
        for code in _WORDS_ABROAD
    },
    **{
        f"sent_{code}": Kept(kind="appointment", make=partial(dates.sent_in, language=code))
        for code in _WORDS_ABROAD
    },
}
