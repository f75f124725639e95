"""Fifth book: everyday mail that fits no office: transcripts, digests, recipes, lost property."""

from bench.leak.book import Template

TEMPLATES: tuple[Template, ...] = (
    (
        "transcript",
        "[[New voicemail in your inbox]] {phone}",
        """From {phone}, [[length of the message]] {minutes}

"hi {r.first} its {t.first} {t.last} from the surgery um i wanted to say that {u.first}'s
results are back and {s.last} would like a word [[nothing to worry about]] so if you could ring
{phone} and say its about {hospital_ref} thanks bye"
""",
    ),
    (
        "digest",
        "[[Recap of your meeting]] with {t.first}, {u.first} +1",
        """Attendees: {r.full}, {t.full}, {u.full}

Action items
- {t.first} to send {r.first} the costings ({amount})
- {u.last} checks whether {s.full} can present {when}
- [[somebody books the big projector]]

Talk time: {t.first} {percent}, {u.first} {percent}
""",
    ),
    (
        "digest",
        "[[Merge request was approved]]",
        """{t.full} (@{handle}) approved the change by {u.full} (@{handle})

Author: {u.full} <{u.work}>
Reviewed-by: {t.full} <{t.work}>
Co-authored-by: {s.lower} <{s.email}>

[[fix the race when two workers start]]
Pipeline took {minutes}, coverage {percent}, {version}
""",
    ),
    (
        "recipe",
        "[[that plum cake you asked for]]",
        """[[Rub the butter into the flour]], stir in the sugar, then {t.first}'s trick: a spoon of
vinegar. [[Bake until a skewer comes out clean]], about {baking}.
{u.full} says to halve the sugar, but {r.nick} and I know better.
{s.first} x
""",
    ),
    (
        "recipe",
        "[[Soup of the week for everybody]]",
        """[[Roast the squash with cumin and oil]]
[[Blend while hot and thin with stock]]
[[Serve with toasted seeds and cream]]
Ready in {baking}, costs about {amount}. [[Print this page]]: {host}
""",
    ),
    (
        "library",
        "[[Items due back soon]]",
        """Borrower {r.sorted}, ticket {member_ref}
[[A field guide to mosses]]           {when}
[[Bridges and how they stand]]        {when}
Reserved for {t.full}: [[the same title in large print]]
Fines {amount}. PIN for the kiosk: {otp}
""",
    ),
    (
        "gym",
        "[[Freeze on your membership]]",
        """Hiya {r.nick}, no worries! frozen till {when}. Ur locker buddy {t.nick} {t.last} has the
combination {otp}. Direct debit {sort} restarts after. Membership {member_ref}.
[[hope the knee gets better]]! {s.nick} @ front desk {phone}
""",
    ),
    (
        "nursery",
        "{t.first}'s [[day at a glance]]",
        """Room leader {s.first} wrote about {t.full} (born {newborn}):
[[Slept well and ate most of lunch]]. Bumped heads with {u.first} {u.last}'s boy at noon.
[[More nappies and a sun hat please]]
Who collects? Mum {r.full} / password at the gate: {password}
""",
    ),
    (
        "fax",
        "[[Fax received with several pages]]",
        """TO      : {r.upper}         FAX : {phone}
FROM    : {s.upper}         TEL : {phone}
RE      : {t.upsort} / {reference}
[[CONFIDENTIAL FOR THE ADDRESSEE ONLY]]

PLEASE FIND THE RADIOGRAPHS OF {t.upper}, DATE OF BIRTH {dob}, {street}, {town}.
ALSO HER MOTHER {u.upper}.
""",
    ),
    (
        "complaint",
        "[[Absolutely disgusted with your service]]",
        """To whom it may concern

I, {s.full}, of {street}, {town} {postcode}, bought a washing machine (order {order}) from your
Mr {t.last}. The fitter, a chap called {u.first}, left my hall under water. My wife {r.first}
rang {phone} no fewer than {quantity} times. [[Your hold music is an insult]].

I want {amount} by {when}. [[Otherwise I shall go to the ombudsman]].

{s.initial}
c/o {t.full}, {street}
""",
    ),
    (
        "order",
        "[[Status change for your order]] {order}",
        """Order {order}: [[dispatched from our warehouse]]
[[cordless kettle in matt black]] {amount}
[[spare filter for the jug]] {amount}
Parcel weighs {size_kg}. Expected {when}. [[No signature is required]].
""",
    ),
    (
        "survey",
        "[[How did we do today]]",
        """[[Rate the visit from one to five]]: {host}
[[Average score in your region is]] {percent}
[[It takes no longer than]] {baking}
Prize draw: vouchers for {amount}. Last winner: {t.first} {t.last} from {town}.
""",
    ),
    (
        "probation",
        "[[Licence conditions and reporting]] {t.upsort}",
        """Offender manager: {s.full}
Subject: {t.upsort}, DoB {dob}, NFA, staying c/o {u.full}, {street}, {town}
CRN {reference}

To report {when}. [[Not to contact the complainant]], {r.full}, nor go to {street}.
Drives {plate}. Tag kit {device}.
[[Breach will mean recall to custody]].
""",
    ),
    (
        "auction",
        "[[You have been outbid]]",
        """{handle}, [[another bidder has gone higher]].
Lot: [[brass ship's clock with key]], now {amount}
Seller {handle} ({t.full}, {town}) answers questions: "posting to {u.first} was fine last time"
Watchlist of {r.email}: {track}
""",
    ),
    (
        "parking",
        "[[Session started by text]]",
        """{plate} parked till {when}, zone {room}, {amount}.
Phone on account {phone}, user {r.first} {r.last}. [[Text STOP to end early]].
Not yours? PIN {otp} removes the vehicle.
""",
    ),
    (
        "wifi",
        "[[Guest network for the conference]]",
        """Network: visitors
Password: {password}
Registered for {r.full} on {device}, adapter {mac}
Speaker slots: {t.full} {when}, {u.formal} {when}
[[Slides go to the desk beforehand]], as {file}
""",
    ),
    (
        "pharmacy",
        "[[Query on a prescription]] {t.initial}",
        """Hello, {s.first} at the chemist's. The script for {t.full} ({nhs}) says twice daily, her
husband {u.first} swears it is once. Could {r.formal} confirm? [[We have it bagged and waiting]].
{phone}, or {s.obfuscated}
""",
    ),
)
