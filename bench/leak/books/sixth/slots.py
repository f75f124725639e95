"""Slots of the sixth book: people who stand in no header, and the shapes of everything else."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from bench.leak.book import Composed, Kept, Planted, Slot
from bench.leak.books.sixth import dates, numbers, places, words
from bench.leak.scene import CLOSE, OPEN, Scene, ascii_fold

_PARTICLES = tuple(last for last in words.SPECIAL_LAST if " " in last)
_BARRELS = tuple(last for last in words.SPECIAL_LAST if "-" in last)
_APOSTROPHES = tuple(last for last in words.SPECIAL_LAST if "'" in last or "’" in last)


def _named(make: Callable[[Random], str], kind: str = "PERSON") -> Composed:
    """A person whose name only the text holds."""

    def compose(scene: Scene) -> str:
        written = make(scene.rng)
        scene.truth.name_words(written)
        scene.truth.plant(kind, written, scene.where)
        return f"{OPEN}{written}{CLOSE}"

    return Composed(make=compose)


def _wordy(rng: Random) -> str:
    return f"{rng.choice(words.WORDY_FIRST)} {rng.choice(words.WORDY_LAST)}"


def _ordinary(rng: Random) -> str:
    return f"{rng.choice(words.FIRST)} {rng.choice(words.LAST)}"


def _barrel(rng: Random) -> str:
    made = f"{rng.choice(words.LAST)}-{rng.choice(words.WORDY_LAST)}"
    return f"{rng.choice(words.FIRST)} {rng.choice((*_BARRELS, made))}"


def _particle(rng: Random) -> str:
    return f"{rng.choice(words.FIRST)} {rng.choice(_PARTICLES)}"


def _apostrophe(rng: Random) -> str:
    return f"{rng.choice(words.FIRST)} {rng.choice(_APOSTROPHES)}"


def _patronymic(rng: Random) -> str:
    return rng.choice(
        (
            "Fyodor Lukyanovich Zaitsev",
            "Raisa Gennadyevna Bulatova",
            "Hrafnhildur Ketilsdóttir",
            "Ásgeir Hallgrímsson",
            "Elnur Rahim oglu Guliyev",
            "Sevda Nizami qizi Mammadli",
            "Zulkifli bin Othman",
            "Rohana binti Ismail",
            "Kalaiselvan s/o Muthu",
            "Salem ibn Hamad al-Kuwari",
            "Gebre Wolde Mikael",
            "Tserendorj Batbayar",
        )
    )


def _eastern(rng: Random) -> str:
    return rng.choice(
        (
            "Kwon Tae-hyun",
            "Moon Ga-eun",
            "Nguyen Thi Bich Ngoc",
            "Dang Quoc Viet",
            "OKADA Shigeru",
            "Mizuno Akane",
            "Xie Wenjun",
            "Szeto Kar-wai",
            "Lam Siu Ling, Cherie",
            "HUANG Zi-Xuan",
            "Bagus Wicaksono",
            "Chhay Sopheap",
        )
    )


def _initialled(rng: Random) -> str:
    one, two = rng.choice("ABCDEFGHJKLMPRSTW"), rng.choice("ABCDEFGHJKLMNPRTW")
    last = rng.choice(words.LAST)
    return rng.choice((f"{one}. {two}. {last}", f"{one}.{two}. {last}", f"{last} {one}{two}"))


def _lowercase(rng: Random) -> str:
    return _ordinary(rng).lower()


def _capitals(rng: Random) -> str:
    return rng.choice((_ordinary, _wordy, _particle, _barrel))(rng).upper()


def _quoted_nick(rng: Random) -> str:
    nick = rng.choice(("Dinger", "Spud", "Tich", "Bunny", "Lofty", "Smudge", "Nobby"))
    mark = rng.choice(('"{}"', "'{}'", "({})", "“{}”"))
    return f"{rng.choice(words.FIRST)} {mark.format(nick)} {rng.choice(words.LAST)}"


def _ledger(rng: Random) -> str:
    """As registers have it: surname first."""
    first, last = rng.choice(words.FIRST), rng.choice(words.LAST)
    return rng.choice((f"{last.upper()}, {first}", f"{last}, {first} {rng.choice('ABCDEJM')}."))


def _file(scene: Scene) -> str:
    who = scene.cast[scene.rng.choice("rstu")]
    first = ascii_fold(who.first).strip() or who.local
    last = ascii_fold(who.last).replace(" ", "").replace("'", "") or who.local
    name = scene.rng.choice(
        (
            f"{last}_{first}_CV_2026.pdf",
            f"signed tenancy - {first} {last}.pdf",
            f"{first}{last.capitalize()}-Appraisal-v2.docx",
            f"{last.upper()}.P60.25-26.pdf",
            f"letter_to_{first}.odt",
            f"{first[0]}{last} xray 3.dcm",
            f"2026-10-{last}-grievance.msg",
            f"passport scan {first} (1).jpeg",
            f"medical report {last} FINAL final.doc",
            f"Lebenslauf_{last.capitalize()}.pdf",
            f"{last}.{first}.pst",
            f"wages_{last}_wk40.xlsx",
        )
    )
    return scene.truth.plant("FILE_NAME", name, scene.where)


def _stamp(forms: tuple[str, ...]) -> Callable[[Scene], str]:
    """When a quoted mail was sent: neither personal nor looked for."""

    def compose(scene: Scene) -> str:
        rng = scene.rng
        clock = f"{rng.randint(7, 21)}:{rng.randint(10, 59)}"
        return rng.choice(forms).format(day=rng.randint(3, 27), clock=clock)

    return compose


def _planted(kind: str, make: Callable[[Random], str]) -> Planted:
    return Planted(kind=kind, make=make)


def _kept(kind: str, make: Callable[[Random], str]) -> Kept:
    return Kept(kind=kind, make=make)


SLOTS: dict[str, Slot] = {
    "wordy": _named(_wordy),
    "other": _named(_ordinary),
    "barrel": _named(_barrel),
    "particle": _named(_particle),
    "apostrophe": _named(_apostrophe),
    "patronymic": _named(_patronymic),
    "eastern": _named(_eastern),
    "initialled": _named(_initialled),
    "lowercase": _named(_lowercase),
    "capitals": _named(_capitals),
    "nicknamed": _named(_quoted_nick),
    "ledger": _named(_ledger),
    "file": Composed(make=_file),
    "street": _planted("STREET", places.street),
    "abroad": Composed(make=places.abroad),
    "phone": _planted("PHONE", numbers.phone),
    "spoken": _planted("PHONE", numbers.spoken),
    "dob": _planted("BIRTH_DATE", dates.birth),
    "usdob": _planted("BIRTH_DATE", dates.birth_american),
    "plate": _planted("UK_PLATE", numbers.plate),
    "password": _planted("PASSWORD", numbers.password),
    "wifi": _planted("PASSWORD", numbers.wifi),
    "otp": _planted("ONE_TIME_CODE", numbers.otp),
    "username": _planted("USERNAME", numbers.username),
    "handle": _planted("USERNAME", lambda rng: f"@{numbers.username(rng)}"),
    "device": _planted("DEVICE", numbers.device),
    "mac": _planted("MAC", numbers.mac),
    "reference": _planted("REFERENCE", numbers.reference),
    **{name: _planted("REFERENCE", make) for name, make in numbers.REFERENCES.items()},
    **{name: Composed(make=_stamp(forms)) for name, forms in dates.STAMPS.items()},
    "when": _kept("appointment", dates.when),
    "version": _kept("number", numbers.version),
    "score": _kept("number", numbers.score),
    "hours": _kept("number", numbers.hours),
    "meter": _kept("number", numbers.meter),
    "size": _kept("number", numbers.size),
    "percent": _kept("number", numbers.percent),
}
