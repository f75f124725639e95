"""Mail from five continents, in English: (style, subject, body) of the fourth book."""

TEMPLATES = (
    (
        "world",
        "[[Your benefits enrollment window]] closes {when_us}",
        """Hi {r.first},

Open enrollment closes {when_us}. [[If you do nothing, coverage rolls over]].

Employee: {r.sorted}
SSN: {ssn}
DOB: {dob_us}
Dependents: {t.first} (spouse, DOB {dob_us}, SSN {ssn}), {u.first} (child, DOB {dob_us})
Home: {abroad_us}, {town}
Premium per paycheck: {usd}

[[Fax machines are no longer supported]]. Upload your W-4 as {file}.

{s.full}, HR Generalist
{phone_us}
""",
    ),
    (
        "world",
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
        "world",
        "HOA: [[trash cans at the curb]]",
        """Dear Homeowner {r.full},

Lot {quantity}, {abroad_us}

[[Cans may not sit out overnight]]. {u.full} across the street sent us photos dated {when_us}. A
fine of {usd} applies the next time. Vehicle with plate {plate_us} also blocks the hydrant.

Appeals: {s.full}, secretary, {s.email}, {phone_us}. ITIN holders add {us_itin} on the form, others
their SSN.

[[We appreciate your cooperation in this]].
""",
    ),
    (
        "world",
        "[[KYC documents pending for your account]]",
        """Dear {r.full} ji,

[[Kindly do the needful at the earliest]]. KYC of your demat account {reference} is pending.

Name as per PAN: {r.upper}
PAN: {in_pan}
Aadhaar: {in_aadhaar}
Father's name: {u.full}
Nominee: {t.full}, DOB {dob}
Address: {abroad_in}, {town}
Regd. mobile: {phone_in}

Your OTP for e-sign is {otp}. Folio value {inr}.

[[Revert back in case of queries]].

Warm regards,
{s.full}
Relationship Manager
""",
    ),
    (
        "world",
        "wedding of {foreign} weds {u.full}",
        """With the blessings of the elders

Smt. and Shri {s.last}
[[cordially invite you and your family]]
to the wedding of their daughter

{u.full}
with
{foreign}
(son of {t.full})

Muhurtham: {moment}
Venue: Hall {room}, {abroad_in}, {town}

[[No boxed gifts or bouquets]]. RSVP {s.first} {phone_in}, {r.first} uncle {phone_in}.
""",
    ),
    (
        "world",
        "[[Your rego is due]]",
        """G'day {r.nick},

Registration for {plate_au} runs out {when}. [[A pink slip is needed first]].

Operator: {r.full}
Address: {abroad_au}, {town}
Licence: held
Amount: {money}

For the rebate give us the TFN {au_tfn}, or the Medicare card {au_medicare} with {u.first} listed
as number three, born {dob_child}.

[[See you down the track]],
{s.first} at {brand}
""",
    ),
    (
        "world",
        "[[School fees for second term]]",
        """Dear Parent/Guardian of {u.full} (Adm. No. {reference}),

greetings. [[The bursar has not yet seen]] your payment of {money} for second term. Pay by mobile
money to the paybill with {reference} as the account, or to {t.full} at the office.

Pupil born: {dob_child}. Father on record: {r.full}, {phone_af}. Mother: {foreign}, {phone_af}.

[[Uniform is on sale after assembly]]. Visiting hours are {window}.

Yours in service,
{s.formal}, Deputy Head
P. O. Box on letterhead, {town}
""",
    ),
    (
        "world",
        "RE: generator, {r.last} compound",
        """Good day sir,

Alhaji {u.last} has approved. [[The mechanic will bring the alternator]] on {when} and Engr.
{t.full} will sign for it at {abroad_af}. Balance na {money}, you can transfer to my sister
{foreign}.

My new line is {phone_af}. [[The old one got lost]] with the handset ({device}).

Regards
{s.full}

> Which day are you coming? My security man is {u.first}, call him on {phone_af} from the gate.
> {r.initial}
""",
    ),
    (
        "world",
        "[[Membership renewal and point balance]]",
        """{r.last} sama

[[thank you always for your patronage]].

Member name: {r.full} ({foreign})
Birthday: {dob_asia}
Points: {quantity}
Card on file: {card}

Please renew by {when}. Store manager {s.last} (Mr) awaits your visit at {abroad_as}, {town}.
[[We close early in winter]]. Inquiries {phone_as}
""",
    ),
    (
        "world",
        "meeting w/ {foreign} & {u.full}",
        """Hi {r.first} san, {t.first},

minutes of today's call:

- {foreign} (HQ) worries about the tooling cost, {money}. [[Quality comes before the schedule]].
- {u.full} will fly in {when}, needs an invitation letter: passport {passport}, DOB {dob_asia}.
- {t.last} to check with the plant in {town}; line 3 yield is {percent}.
- Next: {when}, room {room}

[[Please correct me where needed]].

{s.full} / {s.last} {s.first}
{phone_as}
""",
    ),
    (
        "world",
        "[[Your exchange student arrives soon]]",
        """Querida {r.first},

we are so happy! {u.full}, whom everybody calls {u.nick}, lands {moment}. Her parents are {t.full}
and
{foreign}; they live at {abroad_la}, {town}, WhatsApp {phone_la}.

She was born on {dob}, is allergic to cashews, and [[sings louder than the radio]]. Her papers:
passport {passport}. Insurance no. {reference}. Pocket money {money} a month.

[[A big hug from all of us]],
{s.full}
""",
    ),
    (
        "world",
        "Tenancy contract {reference}: {r.upper}",
        """Dear Mr. {r.first},

[[the cheques have been cleared]]. Your contract for Villa 14, {town}, is registered.

Tenant: {r.full}
Landlord: {foreign}
Sponsor: {u.full}
Emirates ID holder born: {dob_compact}
Car for parking: {plate_me}
Annual rent: {money}
PRO: {t.first}, {phone_me}

[[Chiller charges are on the tenant]]. Handover of keys {when}; gate code {otp}.

Best Regards,
{s.full}
""",
    ),
    (
        "world",
        "{foreign} [[will be at the brit]]",
        """Shalom {r.first},

mazal tov again! {foreign} flies in with {u.full} and the kids, they land {moment}.
[[We still need two more cots]].

Can {t.first} pick them up? Her plate is {plate_me}, the gate lets her in. Code {otp}. Otherwise
ring {s.nick}
on {phone_me}.

[[Kiss the little one from us]]
{s.full}, {abroad_me}, {town}
""",
    ),
    (
        "world",
        "[[Your last papers from us]]",
        """{r.full}
SIN {ca_sin}

Hi {r.first}, your ROE went in electronically on {when_us}. [[Keep this mail for your files]].

Final pay: {usd}
Vacation payout: {usd}
Reason: shortage of work

Forwarding address: {abroad_us}, {town}. Correct? My colleague {u.full} ({phone_us}) handles the T4.

[[Best of luck out there]], eh!
{s.first}
""",
    ),
)
