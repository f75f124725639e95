"""Letting agents, solicitors, recruiters, colleagues: (style, subject, body) of the fourth book."""

TEMPLATES = (
    (
        "home",
        "Viewing at {street}",
        """Hi {r.first},

thanks for your interest in the one bed. [[The current tenant is still packing]], so mind the boxes.

Viewing: {window}, meet {s.nick} outside. Also coming: {u.full} and partner.

For referencing we'll need
- your employer and a contact there (you said {t.full}, {t.work})
- last address: still {street}, {town} {postcode}?
- date of birth {dob}, is that correct
- share code or passport {passport}

Rent {price} a month, [[council tax is not included]].

{s.full}
{brand} Lettings
{phone_uk}
""",
    ),
    (
        "home",
        "[[Inspection of your flat]]",
        """Dear {r.first} and {u.first},

Tenancy {reference}. [[We come round twice a year]] to see that all is well. {t.full} will knock on
{when} and use the spare key if you're out; alarm code on file {otp}, let us know if it changed.

Rent account of {r.sorted}: {price} in credit.
Guarantor: {foreign}

[[Please clear the space around the boiler]].

Property team
{s.work} | {phone_uk}
""",
    ),
    (
        "legal",
        "{u.last} v {t.last}: [[a letter without prejudice]]",
        """Our client: {u.full}
Your client: {t.full}
Our ref: {reference}

Dear {r.full},

we act for {u.formal}, who bought the horse from your client on {when} for {price}.
[[The vet found an old injury]]. Mr {t.last} told our client, in front of {foreign}, that the mare
was sound.

[[We invite your client to make an offer]] within fourteen days. Service is accepted at {street},
{town}, {postcode}, and by mail to {s.work}.

Yours faithfully

{s.initial}
For and on behalf of {brand}
""",
    ),
    (
        "legal",
        "Estate of the late {u.full}",
        """Dear {r.first}

[[I was sorry to hear of your loss]]. Your aunt {u.first} made her will with us, when she still
lived at {street}. She leaves you the piano and {price}, and the rest to {t.full} of {abroad},
{town}.

To get probate I need: her date of birth (I believe {dob}), NI number {nino} (please check), her
bank {sort}, and a copy of your passport; mine shows {passport} for you.

[[There is no hurry with any of it]]. Shall we say {when} at my office? {phone} gets you straight to
{s.nick}, my secretary.

With kind regards
{s.full}
""",
    ),
    (
        "job",
        "{r.first} - [[quick chat about a role]]?",
        """Hi {r.first},

came across your profile and [[it ticked every single box]]. My client builds ferries and is after a
stress engineer. {usd}k plus car. You'd report to {u.full}, ex navy, great fun.

If you're up for it, send me {file} (or whatever your latest is called), and two names I may ring.
{t.nick} {t.last} put in a good word already.

Best number still {phone_uk}?

Cheers,
{s.first}

{s.full} | Senior Consultant | {brand}
m: {phone_uk} e: {spoken_s}
""",
    ),
    (
        "job",
        "Interview {window}: {u.full}",
        """Panel: {r.full} (chair), {t.initial}, {s.first}
Candidate: {u.sorted}
Mail: {u.email}
Mobile: {phone}
CV: {file}
Room {room}

Order of the day
  - [[warm welcome and a coffee]]
  - case study, 30 minutes
  - questions from {t.first}

Notes from the phone screen: {u.last} left her last job after a row with a {foreign}. Needs a visa,
passport {passport}. [[Ask about the gap year kindly]].
""",
    ),
    (
        "job",
        "[[Application for the kitchen job]]",
        """Dear hiring team,

my name is {s.full} and I would love to join your kitchen. I'm {s.nick} to everyone, born in {town}
on {dob}, and have cooked since I could reach the hob. [[My last post ended with the season]].

Referees:
1) {u.full}, head chef, {u.email}, {phone_uk}
2) Rev. {t.full}, {street}, {town}

[[I can start whenever it suits]]; {when} would be grand. NI number {nino}.

Many thanks
{s.full}
{s.email}
{phone_uk}
""",
    ),
    (
        "job",
        "Reference for {u.full} ({dob})",
        """To whom it may concern,

{u.full} rented a room from me for three years. [[The rent was always on time]], the garden never
looked better, and when my husband {t.first} fell ill it was {u.first} who did the shopping.

I would let to {u.formal} again at any time. [[Call me if anything is unclear]]: {phone}, mornings.

{s.full}
{street}
{town}
""",
    ),
    (
        "work",
        "[[sickness absence - return meeting]]",
        """Confidential

Present: {r.full} (employee {reference}), {s.full} (manager), {u.initial} (union)

{r.first} has been off since {when} with a slipped disc. GP is Dr {t.last}, next scan {when}.
[[A phased return was agreed by all]]: mornings only, room {room}, no lifting.

{u.last} asked that sick pay be looked at again. NI {nino}, bank unchanged {sort}.

[[Signed copies go to both sides]]
{s.upper}            {r.upper}
""",
    ),
    (
        "work",
        "fw: [[lunch and the budget]]",
        """fyi

---------- Forwarded message ---------
From: {u.full} <{u.work}>
Date: {sent}
Subject: lunch and the budget
To: {s.full} <{s.work}>
Cc: {t.full} <{t.work}>

{s.nick}, I spoke to {t.first}. [[We are over on travel again]], by {euro} EUR. Could {r.full} go by
train instead? {foreign} did last time and got there before us.

[[Lunch is on me this week]]. The usual place, noon?
{u.initials}
""",
    ),
    (
        "work",
        "[[Samples are on their way]]",
        """Good afternoon {r.formal},

[[the swatches left our mill yesterday]], {quantity} in all. Please return what you can't use.

Sincerely,

*{s.full}*
Export Manager | {brand}
{abroad} | {town}
Office {phone_uk} | Direct {phone_uk} | WhatsApp {phone}
{s.work} | book a call: {host}

[[Think before you print this mail]].
This message is meant for {r.email} alone.
""",
    ),
    (
        "work",
        "case {reference}: [[notes for the hearing]]",
        """{r.nick},

notes as i typed them. {u.last} (line manager) says {t.full} clocked in for somebody else on {when}.
{t.first} denies. [[The camera was switched off]]. Witness: {foreign}, night shift, mob {phone_uk}.

employee no is {reference}, started 2019, clean record

[[bring a copy of the handbook]] and meet me in room {room} beforehand

{s.lower}
""",
    ),
    (
        "home",
        "[[An offer has come in]]",
        """Hello {r.first} & {t.first},

we have an offer of {price} on {street} from {u.full}, chain free, mortgage in principle seen.
[[They loved the walled garden]]. Their solicitor is {foreign} of {town}.

Before we can take the house off the market we need ID for both owners. We hold {passport} for
{r.full}; {t.full}'s expired.

Call {s.nick} on {phone_uk} by {when}. [[Other buyers are still looking]].
""",
    ),
)
