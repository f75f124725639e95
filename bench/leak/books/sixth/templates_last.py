"""Exports of chats, notices of networks, offices of every kind, and more that is harmless."""

TEMPLATES = (
    (
        "export",
        "chat export {u.nick}",
        """[03/10/2026, 21:14] {u.nick}: has anyone told {wordy}
[03/10/2026, 21:15] {lowercase}: told {other}, {other} told the whole pub
[03/10/2026, 21:15] {phone}: who is this
[03/10/2026, 21:16] {u.nick}: thats {particle}, new sim
[03/10/2026, 21:20] {foreign}: [[sorry wrong group please ignore]]
[03/10/2026, 21:31] {lowercase}: parcel for {initialled} at {street}, code {otp}
[03/10/2026, 21:40] {u.nick}: [[image omitted from this export]]
""",
    ),
    (
        "network",
        "{wordy} wants to be in [[your professional circle]]",
        """{wordy}, [[Fractional Chief Growth and Brand Storyteller]] in {town}
{eastern}, [[Part Qualified Management Accountant Stock Control]]
{particle}, [[Ambient Grocery Category Buyer]]
and {quantity} others who know {t.full} and {apostrophe}

[[People also looked at these courses]]: [[Spreadsheet Formulas for Nervous Beginners]], {price}
[[Unsubscribe or change how often]] {track}
""",
    ),
    (
        "repo",
        "[[Pull request waiting for your review]]",
        """{handle} wants to merge {quantity} commits into main from {username}/fix-flaky-test

Signed-off-by: {t.full} <{t.email}>
Co-authored-by: {eastern} <{u.work}>
Reported-by: {patronymic}

[[Coverage went down by a hair]]: {percent}. Tag {version}. cc {handle}
[[All required checks have passed]]
""",
    ),
    (
        "solicitor",
        "Estate of {u.upper}, deceased",
        """We act for {ledger} and {wordy}, the executors. The late {u.last}, of {street}, {town},
born
{dob}, left {price} to {particle}, the clock to {initialled}, and nothing to {apostrophe}, who
has lodged a caveat ({court}).

Our reference {reference}. NI number of the deceased {nino}.
[[Residuary Estate and Specific Legacies]].
[[This letter is not for onward disclosure]]. Fees {price} plus {percent}.

{s.initial}
[[Trainee Legal Executive Wills and Probate]]
""",
    ),
    (
        "invoice",
        "[[Invoice attached for October works]]",
        """Charge    {barrel}, {street}, {town} {postcode}
Site      c/o {wordy}, {abroad}
Labour    {u.first}, {t.first}, {quantity} h    {price}
Materials [[Two Coat Exterior Masonry Paint]]    {price}
VAT {percent}    Total {price}

Pay {other}, {sort}, or IBAN {iban}. [[Late Payment of Commercial Debts Applies]].
Attached: {file}. Questions {phone}.
""",
    ),
    (
        "social",
        "strategy meeting, child {u.initials}",
        """Present: {initialled} ([[Independent Reviewing and Safeguarding Chair]]), {t.sorted},
{eastern} (health),
{wordy} (foster carer). Father {capitals} did not attend; mother {barrel} joined by phone,
{phone}. School says {u.first} told {other} about "uncle {lowercase}".

Child b. {dob}, NHS {nhs}, case {reference}; sibling b. {dob} is in {town} with {particle}.
[[Threshold met for a further assessment]]. [[Review the plan at the next core group]] {when}.
""",
    ),
    (
        "dentist",
        "[[Time for your hygiene visit]]",
        """{r.first}, {wordy} can see you {when}; {initialled} is away. Family on your plan:
{other}, {u.first},
{eastern}. Patient {patient}.

[[White Filling or Silver Amalgam]] {price}. [[Nervous Patients and Sedation Clinic]] {hours}
[[Missed appointments cost everyone money]], here {price}. Text {phone}.
""",
    ),
    (
        "club",
        "committee whatsapp summary, {other} and {wordy}",
        """{wordy} beat {u.first} {score}, {nicknamed} lost to {eastern} {score}, {lowercase}
walked over.
Subs owed: {apostrophe} {price}, {particle} {price}, {initialled} {price} ({member}).

[[Fixtures Secretary and Bar Rota]] is {t.full}, {t.obfuscated}. Clubhouse wifi is {wifi}, gate
code {otp}. [[Mixed Doubles Ladder Closes Soon]] {when}.
""",
    ),
    (
        "insurance",
        "{claim} [[your claim has moved on]]",
        """Policyholder {r.upsort}, policy {policy}, vehicle {plate}. Third party {ledger},
vehicle {plate},
insurer unknown. Witnesses {wordy} and {patronymic} of {street}, {town}; passenger {other} (born
{dob}) has a sore neck.

[[Without Prejudice and Subject to Liability]]. Excess {price}; repair {price};
[[No Claims Discount Protected]].
Engineer {initialled} calls {when}, on {phone}.
""",
    ),
    (
        "immigration",
        "{visa} [[biometric enrolment reminder]]",
        """Applicant  {foreign} ({eastern})
Also known as  {patronymic}
Passport  {passport}
Born  {dob}, {town}
Sponsor  {barrel}, {abroad}
Dependants  {foreign}, {foreign}

[[Bring this sheet and one photograph]]. [[Fast Track Counter Upper Ground Floor]], {hours}
Fee {price}. {when}.
""",
    ),
    (
        "harmless",
        "[[Course handbook contents page]]",
        """[[Getting Started With Double Entry Bookkeeping]] .... {room}
[[Working Safely at Height and Alone]] .... {room}
[[Common Mistakes in Cash Flow Tables]] .... {room}
[[Managing Difficult Conversations at Work]] .... {room}

[[Programme Leader and External Examiner]]; [[Student Finance and Bursary Window]] {hours}
Pass rate {percent}. Resits {when}, fee {price}.
""",
    ),
    (
        "harmless",
        "[[Basket reminder and price drop]]",
        """[[You left these behind last time]]

[[Heavy Duty Picnic Blanket Waterproof Backing]] {size}  {price}
[[Cordless Drill Twin Pack With Case]]  {price}
[[Barista Style Oat Milk Carton]] x {quantity}  {price}
[[Stainless Steel Pasta Pot Glass Lid]] {percent} off

[[Spend a little more for free delivery]]. [[Chat to us on any weekday]] {hours}
Order before {when}. {host}
""",
    ),
    (
        "monitor",
        "[[Nightly backup completed with warnings]]",
        """job=mail-archive ver={version} files={meter} skipped={quantity} ratio={percent}
skipped: /home/{username}/Documents/{file}
skipped: /srv/homes/{username}/{file}
client {device} [{mac}] last seen by {handle}

[[Tape changer door was left open]]. [[Retention lock prevents early deletion]].
On call: {t.sorted} then {wordy}, {phone}; escalation {other}.
""",
    ),
    (
        "polish",
        "Odp: [[faktura za naprawę roweru]]",
        """Dzień dobry,

rower odbierze {u.full} albo {patronymic}, PESEL {pl_pesel}, ur. {dob}. Adres: {abroad}, tel.
{phone}. [[Cena obejmuje wymianę obu dętek]]: {price} zł.

Pozdrawiam
{s.full}
""",
    ),
    (
        "swedish",
        "SV: [[nyckeln till tvättstugan]]",
        """Hej {r.first}!

Nyckeln ligger hos {particle}, annars ring {u.first} på {phone}. Personnummer för kontraktet
{se_pnr}, flyttar från {abroad}. [[Boka tiden på tavlan]], porten har kod {otp}.

Hälsningar {s.first}
""",
    ),
    (
        "sms",
        "text forwarded by [[your phone system]]",
        """From {phone}: Hi its {wordy} from the agency, {other} cant do tonite, can u take
{street} instead?
client is {initialled}, DOB {dob}, key safe {otp}. Pay is {price}. Ask for {u.nick}
From {phone}: [[reply yes or no please]]
From {phone}: yes. but {lowercase} has my car ({plate})
""",
    ),
)
