"""Slots of the seventh book: harmless numbers and appointments, and a few personal forms."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

from bench.leak.book import Kept, Planted, Slot
from bench.leak.books.seventh import words
from bench.leak.books.seventh.shapes import shape

_NUMBERS = {
    "gbp": ("£~,##~.##", "£~##.##", "£~.##", "£~#", "£~#k", "GBP ~,###.##", "£~.~m", "##p"),
    "eur": ("~#,## €", "€ ~.###,##", "€~#.##", "~## EUR", "EUR ~.###,~#", "~ ###,## €", "€~#/m²"),
    "abroad": (
        "A$~#", "Rs ~,~#,~00", "₹~#,~##", "kr ~#9", "~ ~##,## zł", "CHF ~'~##.–", "¥~#,~00",
        "R$ ~#,#0", "US$~,###", "$~#.99", "~##:- kr", "R~ ~##.00", "HK$~##", "~## Kč", "₦~#,~00",
        "NZ$~#.~0", "~ ~00 Ft", "~#.~#0 TL", "C$~##.##",
    ),
    "count": ("~ x ~#", "~#× 500 ml", "~# pcs", "qty ~#", "~# off", "pack of ~#", "~,##~ units"),
    "size": ("~# × ~# cm", "~##mm", "~' ~\"", "~#.# m²", "EU ~~", "~/~ in", "A~ 210 x 297 mm"),
    "weight": ("~.~ kg", "~#0g", "~ st ~ lb", "~.##t", "~,~ kg", "~## grams", "~ oz"),
    "dose": ("~00 mg", "~.5 ml twice daily", "~0 µg", "~0mg/~ml", "~ x ~00mg", "~00 IU"),
    "temp": ("-~#°C", "~#.~ °C", "~#°", "~#F", "+~ degrees", "~#–~# °C", "gas mark ~"),
    "share": ("~#%", "~.~ %", "~#.~# per cent", "+~.~pp", "~ in ~0", "0,~ %", "2#%–4#%"),
    "rating": ("4.~/5", "~/10", "~# out of 30", "~★ (1,~##)", "~-~", "~#:~#", "4,~ von 5"),
    "page": ("page ~ of ~#", "Page ~/~#", "p. ~#~", "pp. ~#-~~", "~ of ~#", "slide ~#", "S. ~#~"),
    "meter": ("0~~##", "~####.# kWh", "~,### kWh", "~## m³", "~#~~ (actual)", "~.~ bar"),
    "miles": (
        "~#,### miles", "~#.### km", "~ ### km", "~#,~## mi", "~.~ miles", "~#k on the clock",
    ),
    "points": ("~,##0 points", "~##0 pts", "~# stamps", "~,### air miles", "~~ UCAS points"),
    "people": (
        "~~,### inhabitants", "~.~ million", "~#,### votes", "~## to ~#", "~#.### Einwohner",
    ),
    "span": ("~#m", "~h ~#m", "00:4#:1#", "~.5 hours", "~# min", "3-~ working days", "~0 seconds"),
    "speed": ("~## Mbps", "~.~ Gbit/s", "~#/~# Mb", "~#.# MB/s", "~# ms", "~.~# GHz"),
    "disk": ("~## GB", "~.~ TiB", "~#% of 2TB", "~,###,### bytes", "~#.~ MB", "~##K"),
    "port": (":8~#~", "port 5~##", "tcp/~~~", "10#~~/udp", "eth0/~", "Gi1/0/~#"),
    "code": ("0x8007~###", "exit ~~", "HTTP 50~", "404", "ORA-0~###", "E~~-~", "errno ~~", "5.7.~"),
    "version": (
        "v~.~#.~", "~.~.~-rc~", "~~.0.~###.~#", "build ~####", "r~###", "~.~#~.~+git~", "22H~",
        "1.~#.~-alpine", "KB50~####", "release ~#.~",
    ),
    "model": (
        "XR-~00", "KX~~T", "M~ Mk II", "PN ~##-~##", "Type ~~B", "T~#0s", "WH-~000XM~", "#~L4^",
    ),
    "place": (
        "Room ~.##", "room B~~", "Floor ~", "Gate ^~~", "Platform ~a", "Table ~#", "Seat ~~F",
        "Bay ~#", "Ward ~B", "Class ~^", "Hall ~", "Stand ^~#", "Locker ~~#", "Pitch ~#", "Lane ~#",
    ),
    "place_de": ("Zimmer ~.##", "Raum B~~", "Gleis ~", "Saal ~", "Stockwerk ~", "Haus ^, ~. OG"),
    "place_fr": ("salle B~~", "quai ~", "bât. ^, ~e étage", "amphi ~", "porte ~#"),
    "place_es": ("sala ~", "planta ~", "puerta ^~~", "aula ~.~", "andén ~"),
    "place_it": ("carrozza ~, posto ~~A", "sala ~", "scala ^, piano ~", "binario ~", "aula ~~"),
    "place_pt": ("sala ~##", "bloco ^, ~.º andar", "auditório ~", "portão ~~"),
    "line": ("bus X~~", "IC ~##", "RE~~", "A~#~", "M~~ J~#", "B~###", "^~ line", "LX~##", "N~~"),
    "clause": (
        "Chapter ~", "section ~.~.~", "§ ~#~ Abs. ~", "clause ~(b)", "Art. ~#", "para ~#(~)",
        "Schedule ~, Part ~", "reg. ~~A", "Annex ^.~", "Figure ~-~", "Table ~.~",
    ),
    "chart": (
        "5~°~#' N", "grid TQ ~##", "~#.~ nm", "±0.0~", "1:~5 000", "~~ m a.s.l.", "heading ~~0",
    ),
    "chem": ("H2SO4", "CO2", "pH ~.~", "omega-3", "NaHCO3", "Vitamin B12", "PM2.5", "E~~~"),
    "norm": (
        "ISO 9001:2015", "EN ~~~-~", "BS ~###", "RFC ~###", "DIN A4", "IEC 60~##", "IP~~",
        "ASTM D~##",
    ),
}  # fmt: skip

_APPOINTMENTS = {
    "day": ("<W> <D> <M>", "<Wd> <th> <Mon>", "the <th> of <M>", "<M> <th>", "<Mon> <D>"),
    "on": ("on the <th>", "next <W>", "<W> week", "this coming <W>", "the first <W> in <M>"),
    "digits": (
        "<DD>/<MM>/2026", "<D>.<m>.26", "<DD>-<MM>-26", "2026-<MM>-<DD> <hh>:<q>", "<D>/<m>",
    ),
    "clock": (
        "<h>.<q>", "<hh>:<q>", "<hp>pm", "<hp>.<q> p.m.", "half past <hp>", "<h>h<q>", "noon",
    ),
    "range": (
        "<D> to 30 <M>", "10-<hp>pm", "<hh>:<q>–19:00", "<W> to <W>", "<D>–29 <M> 2026",
        "between 11 and <hp> on <W>",
    ),
    "week": (
        "w/c <D> <M>", "the week beginning <D> <M>", "2026-W3~", "week 3~",
        "week commencing <th> <Mon>",
        "KW 4~",
    ),
    "term": ("Autumn Term 2026", "Spring term ~", "half-term from <D> <M>", "Michaelmas 2026"),
    "hours": ("Mon-Fri 9-5", "<W> 08:30-12:00", "Mo–Fr 8–18 Uhr", "9am-5.30pm", "24/7", "Sat 10-4"),
    "when": (
        "<W> <D> <M> at <hp>pm", "<M> <D>, 2026", "<W>, <D> <M>, <h>.<q>", "<D> <Mon> <hh><q>",
        "<W> at noon", "<hp>.<q> on <W> the <th>", "late <M>",
    ),
    "wann": ("am <W_de>, dem <D>. <M_de>", "<DD>.<MM>.2026 um <h>:<q> Uhr", "ab <D>. <M_de>"),
    "quand": ("le <W_fr> <D> <M_fr> à <h>h<q>", "du <D> au 30 <M_fr>", "<W_fr> prochain à <h>h"),
    "cuando": ("el <W_es> <D> de <M_es>", "<D> de <M_es> de 2026", "el <W_es> a las <h>:<q>"),
    "quando": ("<W_it> <D> <M_it> alle <h>.<q>", "il <D> <M_it> 2026", "dal <D> al 30 <M_it>"),
    "dia": ("<W_pt>, <D> de <M_pt>", "dia <D> de <M_pt> às <h>h<q>", "<DD>/<MM>/2026 às <h>h"),
    "wanneer": ("<W_nl> <D> <M_nl> om <h>.<q> uur", "<D> <M_nl> 2026", "op <W_nl> <D> <M_nl>"),
}  # fmt: skip

_PERSONAL = {
    "reference": (
        "REFERENCE",
        ("TN/~####/^", "SC-~###-~###", "^^~#####", "MEM ~### ###", "HR~~####", "CR/0~####/26",
        "~##-~####-^"),
    ),
    "device": ("DEVICE", ("NB-^^~###", "PC~####-^", "IPAD-^~##^", "TAB0~##^")),
    "otp": ("ONE_TIME_CODE", ("~#####", "~### ####", "^~^-~##", "G-~#####")),
    "password": ("PASSWORD", ("Plum#~^kettle!", "tin~#-Rook-##", "^x~#vQ_~#e?")),
    "phone": (
        "PHONE",
        (
            "07700 900~##", "020 7946 0~##", "(01632) 960 ~##", "+44 7700 900 ~##",
            "+1 202-555-01~#",
            "01 99 00 ~# ~#", "+61 491 570 ~##", "+49 30 23125 ~##", "0117 496 0~##",
        ),
    ),
    "dob": (
        "BIRTH_DATE",
        ("<D> <M> <born>", "<th> <M> <born>", "<DD>/<MM>/<born>", "<D>.<m>.<born>",
        "<M> <D>, <born>"),
    ),
}  # fmt: skip


def _street(rng: Random) -> str:
    number = f"{rng.randint(1, 188)}{rng.choice(('', '', '', 'B', 'a'))}"
    flat = rng.choice(("", "", "Flat 3, ", "Unit 12, "))
    return f"{flat}{number} {rng.choice(words.STREETS)}"


SLOTS: Mapping[str, Slot] = {
    **{name: Kept(kind="number", make=shape(*forms)) for name, forms in _NUMBERS.items()},
    **{name: Kept(kind="appointment", make=shape(*forms)) for name, forms in _APPOINTMENTS.items()},
    **{name: Planted(kind=kind, make=shape(*forms)) for name, (kind, forms) in _PERSONAL.items()},
    "street": Planted(kind="STREET", make=_street),
}
