"""Templates of the part for measuring: (style, subject, body). Never fit a rule to these.

``{slot}`` is filled by ``scene.Scene``; ``[[a phrase]]`` is harmless and must still be there.
"""

TEMPLATES = (
    (
        "letter",
        "[[Change to your direct debit]]",
        """{r.formal}
{street}
{town}
{postcode}

Dear {r.formal},

[[we are writing to tell you about a change to what you pay]].
From {when} we will collect {price} pounds each month.
The money comes from {sort}, in the name of {r.upper}.

[[If you are happy with this there is nothing more to do]].
Questions? Ring {phone} and ask for {s.first} {s.last}.

With best wishes,

{s.full}
Customer Care, {brand}
""",
    ),
    (
        "letter",
        "[[Outcome of your application]] - {r.full}",
        """Good morning {r.first},

[[the panel has now looked at everything you sent]].
We hold: NI no. {nino}; d.o.b. {dob}; UTR {utr}.
Case worker: {t.full} ({t.email}, tel. {phone}).
[[A decision takes about three weeks]].

Kind regards,
{s.initial}
""",
    ),
    (
        "reply",
        "RE: [[boiler inspection]]",
        """Thanks {r.nick}, [[the engineer can get in through the side gate]].

{s.initials}

________________________________
From: {r.full} <{r.email}>
Sent: 02 November 2026 18:22
To: {s.full} <{s.email}>
Cc: {t.sorted}
Subject: [[boiler inspection]]

Hello {s.first},
[[somebody has to be in for the gas check]] - is {when} any good?
{t.nick} has the spare key. Text me: {phone}.
{r.first}
""",
    ),
    (
        "reply",
        "Re: Re: [[cake sale]]",
        """[[Count me in]]! I will bring {quantity} scones.
{s.nick} x

{t.full} schrieb am 01.11.2026 20:05:
| [[who is baking this year]]?
| {u.first} promised shortbread, call her on {phone}
| -- {t.first}
""",
    ),
    (
        "forward",
        "FW: [[complaint about noise]]",
        """[[FYI, this one is for your area]].

Begin forwarded message:

> From: "{t.sorted}" <{t.email}>
> To: {u.email}
> Subject: [[late music again]]
> Date: 31 October 2026 at 23:58:02 GMT
>
> Flat below me at {street}, {town} {postcode}.
> [[The music went on until three]]. Owner is {u.full}, car {plate}.
> Ref {reference}
""",
    ),
    (
        "signature",
        "[[Quote as promised]]",
        """Hi,

[[the price includes delivery and fitting]]: {price} pounds for {quantity} units.
[[Valid for thirty days]]. Earliest date {when}.

Best
{s.first}

*{s.upper}*
Estimator · {brand}
☎ {phone} · mob. {phone}
✉ {s.email} · {s.work}
{street} · {town} · {postcode}
""",
    ),
    (
        "table",
        "[[Results sheet]]",
        """[[Times from the weekend race in order of arrival]]

1;{r.full};{dob};{t.email}
2;{t.upper};{dob};{phone}
3;{u.sorted};{dob};{phone}

[[Prizes are handed out in the sports hall]], {when}.
""",
    ),
    (
        "identifiers",
        "[[Pre-employment checks]]",
        """{r.full} has passed the checks:

- [[right to work confirmed]] (passport {passport})
- DVLA no {licence}, drives {plate}
- NINO {nino}
- payroll to IBAN {iban}
- lives at {street}, {town}, {postcode}, since birth ({dob})

[[Induction starts with fire safety]]. HR contact {s.full}, {phone}
""",
    ),
    (
        "identifiers",
        "[[Discharge summary]]",
        """Patient: {r.upsort}   NHS No: {nhs}   CHI: {chi}
Next of kin: {t.full}, {phone}
GP: Dr {u.last}

[[Admitted with a cough and treated with fluids]].
[[Home the next day with no follow-up]].
""",
    ),
    (
        "payment",
        "[[Receipt for your order]] {order}",
        """Thanks for shopping with us, {r.first}!

[[We have taken payment for the garden furniture]]: {price} GBP
Paid with card {card}
Billing address: {r.full}, {street}, {town} {postcode}
[[Returns are free for a month]].
US customers: tax ID {ssn} is on file.
""",
    ),
    (
        "link",
        "[[We would value your opinion]]",
        """Hi {r.first},

[[how did we do]]? It takes two minutes:
{track}

[[As a thank you there is a voucher in it for you]].
Unsubscribe {track}
Help pages {host}
""",
    ),
    (
        "calendar",
        "[[Updated invitation: quarterly review]]",
        """[[This event has been changed]].
When: {when}
Where: meeting room {room}
Organiser: {s.full} - {s.email}
Who: {r.email}, {t.full} ({t.email}), {u.full}

BEGIN:VEVENT
DTSTART:20261110T100000Z
ATTENDEE;PARTSTAT=ACCEPTED;CN={u.full};X-NUM-GUESTS=0:mailto:{u.email}
DESCRIPTION:[[agenda to follow]] (dial {phone})
END:VEVENT
""",
    ),
    (
        "vcard",
        "[[New phone, new number]]",
        """[[Please update your address books]].
BEGIN:VCARD
VERSION:4.0
N:{s.last};{s.first};;;
FN:{s.full}
TEL;VALUE=uri:tel:{phone}
EMAIL:{s.email}
ADR;TYPE=home:;;{street};{town};;{postcode};
END:VCARD
""",
    ),
    (
        "lower",
        "[[lift to the match]]",
        """alright {r.first},

[[got two spare seats on saturday]]. {t.lower} and {u.lower} are coming too.
picking up from {street}, {town}, look for {plate}
[[bring a coat]]. ring {phone} if lost

cheers, {s.lower}
""",
    ),
    (
        "obfuscated",
        "[[Lost property]]",
        """To whoever found the umbrella,

[[it has a wooden handle and means a lot to me]].
Write to {t.obfuscated} - or {u.obfuscated} if that bounces.
[[There is a small reward]].
{t.full}
""",
    ),
    (
        "secrets",
        "[[Access to the booking system]]",
        """{r.first},

[[as asked I have set you up on the booking system]].
login: {username}
pw: {password}
[[change it after the first time]]. Code for the door: {otp}.
your machine {device} was added, hardware address {mac}
see also {file}

{s.full}
""",
    ),
    (
        "foreign",
        "[[Visitors on Thursday]]",
        """Hello {r.full},

[[two visitors need badges at the front desk]]: {foreign} and {t.full}.
They will be with {u.first} in room {room}.
[[Lunch is provided]].

{s.first} {s.last}
""",
    ),
    (
        "harmless",
        "[[Newsletter: saving energy this winter]]",
        """[[Turn the thermostat down by one degree]].
[[Close the curtains at dusk and open them in the sun]].
[[A draught excluder costs less than a pizza]]: {price} pounds.
Open evening on {when}. More: {host}
""",
    ),
    (
        "harmless",
        "[[Build failed on the main branch]]",
        """[[The test job stopped after a timeout in the upload step]].
Duration {quantity} minutes, exit code 137, {price} megabytes used.
[[Retry the job or read the log of the runner]].
Details: {host}
""",
    ),
)
