"""Templates of the part for tuning: (style, subject, body). The other part has others.

``{slot}`` is filled by ``scene.Scene``; ``[[a phrase]]`` is harmless and must still be there.
"""

TEMPLATES = (
    (
        "letter",
        "[[Your appointment letter]] for {r.formal}",
        """Dear {r.formal},

[[thank you for getting in touch with our office]]. We can offer you a visit on
{when} in room {room}.
Your NHS number is {nhs} and your date of birth is {dob}.
If this is wrong, call us on {phone}.

[[Please bring a list of your medicines]].

Yours sincerely,
{s.full}
{brand}
""",
    ),
    (
        "letter",
        "[[Council tax reminder]]",
        """Dear {r.full},

[[our records show that an instalment is overdue]].
Account reference: {ctref}
Property: {street}, {town} {postcode}
Amount due: {price} pounds

[[You can spread the cost over ten months]]. National Insurance number held: {nino}.

Regards
{s.initial}
""",
    ),
    (
        "reply",
        "Re: [[rota for next week]]",
        """Hi {r.first},

[[that works for me, see you there]].
{t.nick} can swap with {u.first} if need be.

Cheers
{s.first}

On Tue, 3 Nov 2026 at 09:12, {r.full} <{r.email}> wrote:
> Hi {s.nick},
> [[could you cover the early shift]] on {when}?
> My mobile is {phone}.
> {r.first}
>
>> From {t.full}:
>> [[the kitchen needs four people]]
""",
    ),
    (
        "forward",
        "Fwd: [[tenancy papers]]",
        """[[see below, can you deal with this]]?

-------- Forwarded Message --------
Subject: [[keys and deposit]]
Date: Mon, 2 Nov 2026 17:40:11 +0000
From: {t.full} <{t.email}>
To: {u.sorted} <{u.email}>
Cc: {s.work}

Dear {u.first},
the deposit of {price} pounds went to {sort}.
Tenancy reference {reference}, flat at {street}, {town}, {postcode}.
[[The inventory is attached]].
{t.full}
""",
    ),
    (
        "signature",
        "[[Minutes of the meeting]]",
        """Hello all,

[[please find the minutes in the shared folder]]. Next meeting: {when}.

--
{s.full} | Senior Adviser
{brand}
{street}, {town}, {postcode}
T: {phone}  M: {phone}
E: {s.email}
""",
    ),
    (
        "table",
        "[[Staff list update]]",
        """[[The following people have access to the stock room]]:

Name                      | Phone            | Car
{r.sorted} | {phone} | {plate}
{t.upsort} | {phone} | {plate}
{u.full} | {phone} | {plate}

[[Total stock on the shelves]]: {quantity} boxes, worth {price} pounds.
""",
    ),
    (
        "identifiers",
        "[[We need to verify your details]]",
        """Dear customer {r.upper},

[[to keep your account open we compared the following]]:
Passport number: {passport}
Driving licence: {licence}
UTR: {utr}
Card: {card}
IBAN: {iban}
Born: {dob}

[[Nothing else is needed from you]].
""",
    ),
    (
        "identifiers",
        "[[Referral]] {r.initials}",
        """CHI {chi} - {r.upsort}
[[seen in clinic, no change to treatment]].
Lives with {t.full} at {street}, {town}.
Vehicle for the parking permit: {plate}.
SSN for the overseas claim: {ssn}.
[[Review in six months]].
""",
    ),
    (
        "link",
        "[[Your parcel is on its way]]",
        """Hello {r.first} {r.last},

[[your parcel left the depot this morning]].
Follow it: {track}
Order {order}, {quantity} items, {price} pounds.
[[No signature is needed]].

Manage your settings: {host}
""",
    ),
    (
        "calendar",
        "[[Invitation: planning call]]",
        """[[You have been invited to a planning call]].

BEGIN:VCALENDAR
BEGIN:VEVENT
SUMMARY:Planning call with {r.first}
ORGANIZER;CN={s.full}:mailto:{s.email}
ATTENDEE;CN="{t.full}";RSVP=TRUE:mailto:{t.email}
LOCATION:{street}\\, {town}
END:VEVENT
END:VCALENDAR

[[Dial in a few minutes early]].
""",
    ),
    (
        "vcard",
        "[[Contact card]]",
        """[[Here is the card you asked for]]:

BEGIN:VCARD
VERSION:3.0
FN:{t.full}
N:{t.last};{t.first};;;
EMAIL;TYPE=home:{t.email}
TEL;TYPE=cell:{phone}
ADR:;;{street};{town};;{postcode};UK
END:VCARD
""",
    ),
    (
        "lower",
        "[[about the school run]]",
        """hi {r.lower},

[[can we share the school run this week]]? {t.lower} said yes.
my number is {phone}, we live at {street} in {town}.
[[i can do mornings]]

{s.first}
""",
    ),
    (
        "obfuscated",
        "[[Where to send the photos]]",
        """Hi {r.nick},

[[the photos are too big for one mail]].
Send them to {t.obfuscated} or to {u.obfuscated}.
You can also reach {t.first} under {phone}.

[[Have a good weekend]],
{s.nick}
""",
    ),
    (
        "secrets",
        "[[Password reset]]",
        """Hello {username},

[[a new device signed in to your account]].
Device: {device} ({mac})
Your temporary password is {password} and the one-time code is {otp}.
[[If this was you there is nothing to do]].
Attached: {file}
""",
    ),
    (
        "foreign",
        "[[New colleagues]]",
        """Dear {r.first},

[[please welcome the new members of the team]]: {foreign} and {t.full}.
{t.first} sits in room {room} from {when}.

[[The tour of the building takes an hour]].
{s.full}
""",
    ),
    (
        "harmless",
        "[[Scheduled maintenance on Sunday]]",
        """[[The service will be unavailable between two and four in the morning]].
[[We are replacing the storage behind the file server]].
Affected systems: {quantity} of 120, cost {price} euros, start {when}.
[[No action is required on your side]].

Status page: {host}
""",
    ),
)
