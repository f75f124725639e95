"""Words and sentences of letters in generated reports: plain business mail, all of it made up.

``{person}``, ``{phone}``, ``{address}``, ``{iban}`` and ``{link}`` are data of somebody; the other
slots are words that are nobody's.
"""

from __future__ import annotations

from typing import Final

FIRST: Final = (
    "Alice", "Arthur", "Beatrice", "Carl", "Charlotte", "Daniel", "Diana", "Edward", "Eleanor",
    "Frances", "George", "Grace", "Harold", "Helen", "Isabel", "Jacob", "Julia", "Laura", "Leonard",
    "Lucy", "Martin", "Matilda", "Nathan", "Nora", "Oliver", "Pamela", "Peter", "Rachel", "Robert",
    "Samuel", "Sarah", "Simon", "Sophie", "Stephen", "Teresa", "Victor", "Walter", "William",
)  # fmt: skip
LAST: Final = (
    "Abbott", "Barnes", "Bennett", "Carter", "Chapman", "Coleman", "Dixon", "Edwards", "Ferguson",
    "Fisher", "Gibson", "Grant", "Harper", "Hayes", "Hudson", "Jenkins", "Kennedy", "Lawson",
    "Marshall", "Mason", "Mitchell", "Morgan", "Murray", "Newton", "Palmer", "Parker", "Phillips",
    "Porter", "Reynolds", "Richards", "Sanders", "Simpson", "Spencer", "Stevens", "Turner",
    "Watson",
)  # fmt: skip
TOWN: Final = (
    "Amsterdam", "Antwerp", "Atlanta", "Birmingham", "Bristol", "Brussels", "Copenhagen", "Dallas",
    "Geneva", "Glasgow", "Hamburg", "Houston", "Leeds", "Manchester", "Melbourne", "Portland",
)  # fmt: skip
STREET: Final = (
    "Abbey", "Bridge", "Castle", "Chestnut", "Garden", "Harbour", "Market", "Meadow", "Queen",
    "School", "Spring", "Victoria", "Water", "Willow",
)  # fmt: skip
THING: Final = (
    "agreement", "application", "appointment", "booking", "certificate", "claim", "delivery",
    "document", "estimate", "insurance", "invoice", "licence", "membership", "mortgage", "order",
    "payment", "permit", "receipt", "report", "request", "timetable", "voucher",
)  # fmt: skip
KIND: Final = (
    "amended", "current", "digital", "first", "former", "late", "missing", "next", "open",
    "pending", "personal", "printed", "recent", "second", "signed", "yearly",
)  # fmt: skip
DO: Final = (
    "accept", "amend", "attach", "change", "collect", "correct", "extend", "finish", "open", "pay",
    "print", "read", "reject", "renew", "send", "submit",
)  # fmt: skip
DAY: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
MONTH: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
SENTENCE: Final = (
    "We have received the {kind} {thing} and will {do} it by {day}.",
    "It would help us if you could {do} the {thing} before the end of {month}.",
    "The office in {town} is closed on {day}, so the {thing} may take a little longer.",
    "{person} has asked us to {do} your {kind} {thing} without delay.",
    "Should anything be unclear, {person} is at {phone} during office hours.",
    "Replies about the {thing} go to {address}, not to this mailbox.",
    "The {kind} copy goes to {number} {street} Road, {town}, for the attention of {person}.",
    "Nothing more has to be done if the {thing} was sent within the last {number} days.",
    "Open {link} to {do} the {kind} {thing} and keep the number {code} at hand.",
    "According to our records the {thing} does not agree with the {kind} {thing}.",
    "An amount of {number},{hundreds} euros is due on {day} and goes to account {iban}.",
    "There were {number} entries in the {thing}, of which two could not be read.",
    "In {month} we shall {do} every {thing} that is older than {number} months.",
    "At the meeting in {town}, {person} explained why the {thing} was changed.",
)
