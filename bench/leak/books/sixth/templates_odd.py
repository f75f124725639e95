"""The oddest cases: lists, quotes, subjects of three names, codes and names in strange places."""

TEMPLATES = (
    (
        "list",
        "{wordy} / {other} / {eastern}",
        """- {wordy} (chair), {other} (vice), {eastern} (minutes)
- {apostrophe} & {particle}: [[Bunting and Trestle Tables Working Group]]
- {foreign}: tea urn
- {initialled}, {initialled} and {initialled}: [[Gazebo Erection and Dismantling Crew]]
- nobody yet: [[Litter Picking After the Fireworks]]

Float {price}. Hall from {hours}. Key under the loose brick, alarm {otp}.
Ring {u.first} on {spoken}, not {t.first}.
""",
    ),
    (
        "courier",
        "[[sorry we missed you today]]",
        """We left it with {other} at {street}. Signed: {capitals}. Picture: {file}.

[[Safe Place Chosen Behind the Bins]]. Parcel {size}. Driver {u.first} was on round {room}.
Rebook {when} or ring {phone}. Collect with photo ID in the name {r.upsort} and PIN {otp}.
[[Depot Counter and Oversize Items Hatch]] {hours}
{track}
""",
    ),
    (
        "hotel",
        "{booking} [[your stay with us]]",
        """Lead guest {u.upsort}, sharing with {wordy} and {eastern}.
Twin, room {room}, {quantity} nights.
Car {plate}; passport {passport}; allergies on file for {other}.

[[Full Cooked Breakfast and Evening Turndown]] {price}. Gym code {otp}, wifi {wifi}.
[[Late Checkout Subject to Availability]], {price}. {when}

[[Guest Relations and Concierge Desk]]
{s.first}
""",
    ),
    (
        "agent",
        "offer on {street}",
        """{particle} has offered {price} thousand for {street}, {town}; {barrel} is {price} behind.
Vendor is {ledger}, acting by her attorney {wordy}. Solicitors: {t.full} for the one,
{apostrophe} for the other, ref {reference}.

[[Chain Free With Vacant Possession]]. Lounge {size}. [[South Facing Patio and Carport]].
Viewings {when}, ring {u.first} {phone}.
[[Senior Sales Negotiator Lettings and Land]]
""",
    ),
    (
        "jobs",
        "[[Application received for the role]] {r.upsort}",
        """Applicant   {r.sorted}
Known as    {u.nick}
Born        {dob}
Lives       {street}, {town}
Right to work share code {visa}
CV          {file}
Referees    1. {initialled}  2. {wordy}, {phone}  3. {patronymic}, {u.work}

[[Assistant Pastry Cook Nights and Weekends]], {price} an hour
[[Shortlisting Panel and Blind Scoring Sheet]] {percent}
Interview {when}, room {room}
""",
    ),
    (
        "bank",
        "[[A payee was set up for you]]",
        """Payee {wordy}, {sort}, reference "{other} wedding". IBAN {iban} for {patronymic}.
Card {card} in the name {r.upper} stays active. Memorable word {password}.

[[Easy Access Saver Issue Two]] pays {percent}. [[Arranged Overdraft Representative Example]]
{percent}, {price} a day.

Telephone banking {phone}, quote {otp} within ten minutes. [[We never ask for your passcode]].
""",
    ),
    (
        "lower",
        "re re re {u.first}",
        """morning, its {lowercase}. {lowercase} says {lowercase} never got the forms, cud u resend
to {t.email} and cc {u.obfuscated}. hes at {street} in {town} now not with {lowercase}

dob {dob} ni {nino} ref {tenancy}

[[ta very much for sorting it]]. [[housing options drop in]] is {hours} yeah?
""",
    ),
    (
        "press",
        "[[Press notice for immediate use]]",
        """{u.full}, {quantity}, of {town}, has beaten {eastern} and {patronymic} to the title. "I
could not have done it without {wordy}," said {u.last}, whose coach {nicknamed} looked on.
{particle},
a florist from {town}, came third; {apostrophe} did not finish.

[[Giant Leek and Turnip Growing Contest]]: {meter} grams. [[Best in Show Rosette Sponsor]] gave
{price}.

Notes: {t.full}, {phone}. [[Communications and Public Affairs Directorate]]
""",
    ),
    (
        "domain",
        "[[Certificate for a host expires soon]]",
        """host={device} owner={username} mac={mac} contact="{t.sorted}" pager={phone}
cert: CN={device}, serial {meter}, tool {version}
last login: {username} from {device} as {wordy}
vault token pasted in channel by {handle}: {password}

[[Renewal job skipped by the scheduler]]. [[Network Core and Edge Services]]
rack {room}, load {percent}
""",
    ),
    (
        "charity",
        "[[Thank you from the lifeboat shop]]",
        """Because of you, {other} slept warm. {foreign}, who came to us from a camp with her son,
now has her own door in {town}. {wordy} volunteers on the till; {lowercase} (he likes it small)
paints.

[[Gift Aid and Legacy Giving Office]] claimed {price} under {member} in the name {r.formal}.
[[Knitted Penguin Egg Cosy Pattern]] {price}. [[Charity Shop Donation Hours]] {hours}.

{s.full}
[[Trusts Foundations and Major Gifts Lead]]
""",
    ),
    (
        "quote",
        "Re: Re: [[roast lunch head count]]",
        """| From: {t.upsort}
| Date: {stamp}
|
| {u.first}, {nicknamed}, {eastern}, me. {particle} if his train comes. No {wordy}.
| [[nut roast for the fussy ones]]
Count me in, and {other}. Park at {street}; the gate wants {otp}. {apostrophe} still owes {price}.
=== {s.initials} === {s.work} ===
""",
    ),
    (
        "harmless",
        "[[Fire Drill and Lift Maintenance Notice]]",
        """[[Muster Point Beside the Bicycle Shed]]. Floors {room} to {room}, {when}.
Lift two is {percent} over its rated load. Replacement part {size}, {price}.

[[Facilities Helpdesk and Post Room]] {hours}
[[Mind the Wet Floor Signs Please]]
[[Building Management System Upgrade Phase Two]] moves to {version} {when}.
""",
    ),
)
