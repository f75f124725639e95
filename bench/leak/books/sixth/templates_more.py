"""More running text: letters without titles, tickets, American and Gaelic mail, cards."""

TEMPLATES = (
    (
        "american",
        "[[Your benefits enrollment is incomplete]]",
        """Hi {r.first},

We show {ledger} as subscriber (DOB {usdob}, SSN {ssn}) and {barrel} as spouse (born {usdob}).
Dependent {other} aged out. [[High Deductible Health Plan]] is {price} biweekly.

Mail the form to {abroad}, attn: {wordy}, or fax {phone}.
[[Elections cannot be changed afterwards]].

{s.full}
[[Senior Total Rewards and Wellness Analyst]]
""",
    ),
    (
        "condolence",
        "{u.first}",
        """{u.full}, known to us all as {u.nick}, died at home in {town} on Saturday, with {wordy}
and {particle} beside her. She was born {dob}, the youngest of the {r.last} girls of {street}.

[[Bright colours and comfortable shoes please]]. {patronymic} will play, {foreign} will sing, and
{apostrophe} has the order of service. [[Donations if wished to the hospice]].
Tea afterwards at {street}, {when}.

{s.full}, for {t.first} and {other}
""",
    ),
    (
        "wedding",
        "{u.first} + {t.first}: [[Save the date for a party]]",
        """{u.first} & {t.first}

together with {wordy} and {barrel}, {eastern} and {particle}, ask {r.full} and guest to
[[a very small ceremony with very loud music]]

{street}, {town}
{when}

Lift from the station: {nicknamed} on {spoken}. [[Gift list at the usual place]], nothing over
{price}. RSVP {s.obfuscated}
""",
    ),
    (
        "forward",
        "FW: {t.initial} expenses",
        """see below, [[looks fine to me]]

From: {t.sorted} [{t.work}]
Sent: {stamp}
To: {u.sorted}; {wordy}
Cc: {capitals}
Subject: RE: {apostrophe} expenses

{u.first}, {other} paid for all of us incl. {lowercase} - {quantity} covers, {price}.
Card was {card}, slip is {file}. [[Client Entertaining Needs Prior Approval]].

From: {u.full}
Sent: {stamp}
[[who had the lobster then]]? {initialled}?
""",
    ),
    (
        "apple",
        "Re: [[the van at the weekend]] ({plate})",
        """Fine by me. {wordy} has the logbook, {other} has the other key, reg is {plate}.

[[Unleaded not diesel whatever it says]]. Breakdown cover {policy}, ring {phone} and say it is
for {initialled}.

Sent from my phone

> On {stamp}, {r.full} <{r.email}> wrote:
>
> could {lowercase} and me borrow it, going from {town} to {town} with {u.first}
> [[only a sofa and two lamps]], about {size}
>
>> On {stamp}, {s.full} wrote:
>> [[anyone need the van]]?
""",
    ),
    (
        "carehome",
        "handover, nights, {initialled} and {wordy}",
        """{initialled}: settled, {quantity} checks. {u.first}: up twice, asked for {wordy},
who is his late sister. {apostrophe} refused tablets, {t.first} informed. {patronymic}: son
{other} rang from {town}, will ring again {when}. {capitals} - DNAR IN FOLDER.

Keysafe {otp}. Room {room} radiator stuck. CHI for the new lady {chi}, b. {dob}.

[[Fluid Charts to Be Totalled Daily]]. [[Senior Night Care Practitioner]] {s.initials}
""",
    ),
    (
        "neighbour",
        "that parking thing, {plate}",
        """The car is {plate}, the other one {plate}, and neither belongs to {u.full} whatever
{t.first} says. It belongs to a lad called {lowercase}, nephew of {particle} at {street}. I asked
{wordy}, she asked {eastern}, nobody minds. [[Residents Permit Holders Only Beyond This Point]] is
painted right there.

Council gave me {reference} and told me to wait. [[Neighbourhood and Kerbside Enforcement Team]] is
open {hours}. Fine is {price}.

{s.first}, the one with the whippets
""",
    ),
    (
        "garage",
        "{plate} - [[your car is ready for collection]]",
        """{plate} for {r.upsort}: front pads {price}, labour {price}, {quantity} litres oil.
Done by {u.first} and checked by {initialled}. Courtesy car {plate} goes back to {other}.
Old keeper was {ledger} of {town}; the V5 came to {street}.

[[Advisory Nearside Rear Tyre Close to Limit]]. [[Parts and Accessories Counter]] {hours}
Radio code {otp}.
""",
    ),
    (
        "gaelic",
        "mun chèilidh aig {u.full}",
        """Hallo a {r.first},

Bidh {u.full} a' seinn is {t.full} air an fhìdhill; thig {particle} às {town}. Fòn thugam air
{phone}. [[Bring your own chair and fiddle]] as {wordy} put it. Tickets {price}.

{s.full}
{street}, {town}, {postcode}
""",
    ),
    (
        "union",
        "casework, {ledger}",
        """Member {member} ({employee}) was suspended after a row between {wordy} and
{apostrophe} in the loading bay. Statements from {eastern}, {capitals} and {initialled};
{lowercase} saw nothing. The file is {file}.

[[Disciplinary Policy and Appeals Procedure]] says {quantity} days. Hearing {when}, room {room}.
Ring {phone}, ask for {u.nick}, not {t.nick}.

[[Branch Equalities and Learning Officer]]
{s.initial}
""",
    ),
    (
        "gaming",
        "[[weekly guild digest and loot]]",
        """{username} invited you. Online now: {username}, {handle}, {username}.

{u.first} (that is {username}) is {lowercase} irl, lives near {town}.
[[Legendary Sword of Mild Doom]] dropped for {handle}. Patch {version} nerfs
[[Elder Ember Wyrm Tier Three]].
Server pass is {wifi}, voice is {password}

[[Season Pass and Cosmetic Bundle]] {price}
""",
    ),
    (
        "vet",
        "[[Booster and worming are due]] for the cat of {t.full}",
        """Pet: Biscuit, chip {reference}, registered to {ledger}; second keeper {wordy}.

[[Indoor Long Haired Senior Cat Plan]] {price}, weight up {percent}.
[[Nurse Clinics and Nail Clips]] {hours}. {u.first} saw Biscuit last; {eastern} does {when}.

Please confirm {street}, {town} and {phone} are right, or tell {t.full}.
{brand}
""",
    ),
    (
        "exam",
        "[[Results slip and next steps]]: {student}",
        """Candidate {student}  {u.upsort}  b. {dob}
Candidate {student}  {ledger}  b. {dob}
Candidate {student}  {foreign}  b. {dob}
Candidate {student}  {capitals}  b. {dob}

[[Applied General Science Double Award]] {percent}
[[Grade Boundaries and Access Arrangements]]: {host}
Queries to {wordy} in room {room} or {s.work}. Portal: {username} / {password}
""",
    ),
    (
        "landline",
        "voicemail from {phone}",
        """[[Automatic transcript may contain mistakes]]

"hello it's {lowercase} here, {u.nick}'s mum, um, could {r.first} ring me, it's {spoken}, or
try {other} on {phone}. we're at {lowercase}'s in {town} till {when}. i was born {dob} if they
ask, and the word is {wifi}. [[no rush at all my love]]. bye, bye bye"

[[Call Recording and Voicemail Service]], {quantity} seconds
""",
    ),
)
