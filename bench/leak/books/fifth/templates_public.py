"""Fifth book: housing, council, police."""

from bench.leak.book import Template

TEMPLATES: tuple[Template, ...] = (
    (
        "housing",
        "[[Your rent account is in arrears]] - {rent_no}",
        """{r.full}
{street}
{town}
{postcode}

Tenancy number {rent_no}

Dear {r.formal}

[[We wrote to you last month about missed payments]]. As of today you owe {amount}.
If {t.full}, who is joint tenant with you, has paid in the meantime, ignore this.

Ring the income team on {phone} before {when}, or drop in at desk {quantity} in the foyer.
[[We can help you with a payment plan]].

{s.full}
Income Officer
{brand}
""",
    ),
    (
        "housing",
        "[[Repair logged with our contractor]]: {street}",
        """Job raised for: {street}, {town}
Tenant on file: {r.upper}
Contact no: {phone}
Alt contact: {t.first} ({t.full}, daughter), {phone}
Job reference: {reference}
Slot: {when}
[[Somebody over eighteen must be in]]
[[Bathroom extractor fan not working]]

Operative will be {u.full}. He carries a badge and drives a van with the plate {plate}.
""",
    ),
    (
        "housing",
        "[[Outcome of your banding review]]",
        """Hello {r.first}

[[The panel looked at your application again]]. {t.initial} from occupational therapy
confirmed that the stairs at {street} are no longer manageable for you, and Dr {u.last}
sent a letter to the same effect.

Application {rent_ref} moves up, with effect from {when}.
[[Bidding opens every other week online]].

Kind regards,
{s.first} {s.last} | Allocations
""",
    ),
    (
        "council",
        "[[Electoral registration reminder]]",
        """[[This is the annual canvass form]]

Household: {street}, {town}, {postcode}
People we have at this address:
  1  {r.sorted}
  2  {t.sorted}
  3  {u.sorted}  (date of birth given as {dob})

[[Tell us if anybody has moved out]]. Part one of your security code is {otp}.
Electoral Services, {brand}
""",
    ),
    (
        "council",
        "FW: [[Bulky waste collection]] {street}",
        """[[Morning all, can we add one]]

-----Original Message-----
From: {r.full} [mailto:{r.email}]
Sent: {when}
To: Waste Bookings
Cc: {t.full} <{t.email}>
Subject: sofa

hi its {r.first} again from {street}, [[still waiting for the big sofa to go]].
paid {amount} ages ago. my neighbour {u.full} says hers went same day!!
mobile is {phone}
thx
{r.nick}
""",
    ),
    (
        "council",
        "{my_plate} [[penalty charge notice issued]]",
        """Notice to owner

Vehicle registration mark: {my_plate}
Registered keeper: {r.upper}
Keeper's address: {street} {town} {postcode}
[[Parked in a residents bay without a permit]]
Charge: {amount} ([[half if paid within the fortnight]])

Civil Enforcement Officer's note: [[driver came back and was shouting]], gave his name as
{t.full}, said car belongs to his sister.

Pay at {host} or by phone.
""",
    ),
    (
        "council",
        "{r.formal}: [[Blue badge application needs a photo]]",
        """Dear {r.formal},

[[We cannot finish your application yet]]. Please upload a recent photograph.

What you told us
Name at birth: {t.upper}
Born: {dob}
National insurance: {nino}
Driving licence: {licence}
Application: {reference}

[[Appointments for mobility checks are running late]]; yours is {when}.

Yours faithfully
pp {s.full}
""",
    ),
    (
        "police",
        "[[Your crime report has been allocated]] ({crime_no})",
        """Good afternoon {r.first},

Crime number: {crime_no}
Officer in case: PC {s.full}, collar number withheld
[[Theft of a pedal cycle from a shed]]

I called at {street} on {when} but only {t.full} was in. She thought she had seen a white
pickup, {plate}, driven by a lad she knows as {u.nick} {u.last}.

[[Please send me the frame number if you have it]]. You can reach me directly at {s.work}.
""",
    ),
    (
        "police",
        "[[Witness care - trial date]], R v {t.last}",
        """R -v- {t.last}

Dear {r.full}

[[You are required to attend court as a witness]]. Be there for {when}.
The defendant, {t.full} (born {dob}), has pleaded not guilty.
Our unique reference number is {crime_ref}. [[Expenses are paid after the hearing]].
If {u.full} wants to come with you for support, that is fine.

Witness Care Unit
tel {phone}
""",
    ),
    (
        "police",
        "[[Lost property enquiry]]",
        """Item: [[black leather wallet with coins]]
Found by: {t.full} at {town} bus station
Handed in: {when}
Contents: card ending in the name {r.upper}, one driving licence {licence},
  a photo signed "to {u.nick}", {amount} in notes
Owner notified by e-mail: {r.email}
Property ref: {crime_ref}
""",
    ),
)
