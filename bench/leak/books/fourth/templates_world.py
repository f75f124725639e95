"""Mail from five continents, in English: (style, subject, body) of the fourth book."""

TEMPLATES = (
    (
        "us",
        "[[Your benefits enrollment window]] closes {when_us}",
        """Hi {r.first},

Open enrollment closes {when_us}. [[If you do nothing, coverage rolls over]].

Employee: {r.sorted}
SSN: {ssn}
DOB: {dob_us}
Dependents: {t.first} (spouse, DOB {dob_us}, SSN {ssn}), {u.first} (child, DOB {dob_us})
Home: {abroad}, {town}
Premium per paycheck: {usd}

[[Fax machines are no longer supported]]. Upload your W-4 as {file}.

{s.full}, HR Generalist
{phone}
""",
    ),
    (
        "us",
        "{u.first}'s dental visit",
        """Hello {r.formal},

this is to confirm {u.full} (born {dob_us}) with Dr. {t.last} on {when_us}.
[[No food two hours before please]].

Member ID {reference}. Subscriber: {r.full}, last four on file, full social {ssn}. Copay {usd}.
Balance due {usd} may be paid with {card}.

[[New patients fill out forms online]]: {host}

Front desk, {s.first}
""",
    ),
    (
        "us",
        "HOA: [[trash cans at the curb]]",
        """Dear Homeowner {r.full},

Lot {quantity}, {abroad}

[[Cans may not sit out overnight]]. {u.full} across the street sent us photos dated {when_us}. A
fine of {usd} applies the next time. Vehicle with plate {plate} also blocks the hydrant.

Appeals: {s.full}, secretary, {s.email}, {phone}. ITIN holders add {us_itin} on the form, others
their SSN.

[[We appreciate your cooperation in this]].
""",
    ),
    (
        "india",
        "[[KYC documents pending for your account]]",
        """Dear {r.full} ji,

[[Kindly do the needful at the earliest]]. KYC of your demat account {reference} is pending.

Name as per PAN: {r.upper}
PAN: {in_pan}
Aadhaar: {in_aadhaar}
Father's name: {u.full}
Nominee: {t.full}, DOB {dob}
Address: {abroad}, {town}
Regd. mobile: {phone}

Your OTP for e-sign is {otp}. Folio value {inr}.

[[Revert back in case of queries]].

Warm regards,
{s.full}
Relationship Manager
""",
    ),
    (
        "india",
        "wedding of {foreign} weds {u.full}",
        """With the blessings of the elders

Smt. and Shri {s.last}
[[cordially invite you and your family]]
to the wedding of their daughter

{u.full}
with
{foreign}
(son of {t.full})

Muhurtham: {when}
Venue: Hall {room}, {abroad}, {town}

[[No boxed gifts or bouquets]]. RSVP {s.first} {phone}, {r.first} uncle {phone}.
""",
    ),
    (
        "australia",
        "[[Your rego is due]]",
        """G'day {r.nick},

Registration for {plate} runs out {when}. [[A pink slip is needed first]].

Operator: {r.full}
Address: {abroad}, {town}
Licence: held
Amount: {money}

For the rebate give us the TFN {au_tfn}, or the Medicare card {au_medicare} with {u.first} listed
as number three, born {dob}.

[[See you down the track]],
{s.first} at {brand}
""",
    ),
    (
        "africa",
        "[[School fees for second term]]",
        """Dear Parent/Guardian of {u.full} (Adm. No. {reference}),

greetings. [[The bursar has not yet seen]] your payment of {money} for second term. Pay by mobile
money to the paybill with {reference} as the account, or to {t.full} at the office.

Pupil born: {dob}. Father on record: {r.full}, {phone}. Mother: {foreign}, {phone}.

[[Uniform is on sale after assembly]]. Visiting day is {when}.

Yours in service,
{s.formal}, Deputy Head
P. O. Box on letterhead, {town}
""",
    ),
    (
        "africa",
        "RE: generator, {r.last} compound",
        """Good day sir,

Alhaji {u.last} has approved. [[The mechanic will bring the alternator]] on {when} and Engr.
{t.full} will sign for it at {abroad}. Balance na {money}, you can transfer to my sister {foreign}.

My new line is {phone}. [[The old one got lost]] with the handset ({device}).

Regards
{s.full}

> Which day are you coming? My security man is {u.first}, call him on {phone} from the gate.
> {r.initial}
""",
    ),
    (
        "asia",
        "[[Membership renewal and point balance]]",
        """{r.last} sama

[[thank you always for your patronage]].

Member name: {r.full} ({foreign})
Birthday: {dob_asia}
Points: {quantity}
Card on file: {card}

Please renew by {when}. Store manager {s.last} (Mr) awaits your visit at {abroad}, {town}.
[[We close early in winter]]. Inquiries {phone}
""",
    ),
    (
        "asia",
        "meeting w/ {foreign} & {u.full}",
        """Hi {r.first} san, {t.first},

minutes of today's call:

- {foreign} (HQ) worries about the tooling cost, {money}. [[Quality comes before the schedule]].
- {u.full} will fly in {when}, needs an invitation letter: passport {passport}, DOB {dob_asia}.
- {t.last} to check with the plant in {town}; line 3 yield is {percent}.
- Next: {when}, room {room}

[[Please correct me where needed]].

{s.full} / {s.last} {s.first}
{phone}
""",
    ),
    (
        "latam",
        "[[Your exchange student arrives soon]]",
        """Querida {r.first},

we are so happy! {u.full}, whom everybody calls {u.nick}, lands {when}. Her parents are {t.full} and
{foreign}; they live at {abroad}, {town}, WhatsApp {phone}.

She was born on {dob}, is allergic to cashews, and [[sings louder than the radio]]. Her papers:
passport {passport}. Insurance no. {reference}. Pocket money {money} a month.

[[A big hug from all of us]],
{s.full}
""",
    ),
    (
        "gulf",
        "Tenancy contract {reference}: {r.upper}",
        """Dear Mr. {r.first},

[[the cheques have been cleared]]. Your contract for Villa 14, {town}, is registered.

Tenant: {r.full}
Landlord: {foreign}
Sponsor: {u.full}
Emirates ID holder born: {dob_compact}
Car for parking: {plate}
Annual rent: {money}
PRO: {t.first}, {phone}

[[Chiller charges are on the tenant]]. Handover of keys {when}; gate code {otp}.

Best Regards,
{s.full}
""",
    ),
    (
        "israel",
        "{foreign} [[will be at the brit]]",
        """Shalom {r.first},

mazal tov again! {foreign} flies in with {u.full} and the kids, they land {when}.
[[We still need two more cots]].

Can {t.first} pick them up? Her plate is {plate}, the gate lets her in. Code {otp}. Otherwise ring
{s.nick}
on {phone}.

[[Kiss the little one from us]]
{s.full}, {abroad}, {town}
""",
    ),
    (
        "canada",
        "[[Your last papers from us]]",
        """{r.full}
SIN {ca_sin}

Hi {r.first}, your ROE went in electronically on {when_us}. [[Keep this mail for your files]].

Final pay: {usd}
Vacation payout: {usd}
Reason: shortage of work

Forwarding address: {abroad}, {town}. Correct? My colleague {u.full} ({phone}) handles the T4.

[[Best of luck out there]], eh!
{s.first}
""",
    ),
)
