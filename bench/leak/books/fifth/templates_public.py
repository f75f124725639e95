"""Fifth book: housing, council, police, health, schools, courts, social care."""

from bench.leak.book import Template

TEMPLATES: tuple[Template, ...] = (
    (
        "housing",
        "[[Your rent account is in arrears]] - {rent_ref}",
        """{r.full}
{street}
{town}
{postcode}

Tenancy number {rent_ref}

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
        "[[Repair logged with our contractor]]",
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
        "[[Penalty charge notice issued]]",
        """Notice to owner

Vehicle registration mark: {plate}
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
        "[[Blue badge application needs a photo]]",
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
        "[[Your crime report has been allocated]] ({crime_ref})",
        """Good afternoon {r.first},

Crime number: {crime_ref}
Officer in case: PC {s.full}, collar number withheld
[[Theft of a pedal cycle from a shed]]

I called at {street} on {when} but only {t.full} was in. She thought she had seen a white
pickup, {plate}, driven by a lad she knows as {u.nick} {u.last}.

[[Please send me the frame number if you have it]]. You can reach me directly at {s.work}.
""",
    ),
    (
        "police",
        "[[Witness care - trial date]]",
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
    (
        "health",
        "[[Outpatient clinic letter]] {hospital_ref}",
        """Dept of Rheumatology
Hospital number: {hospital_ref}    NHS: {nhs}    DoB: {dob}

Re: {r.sorted}, {street}, {town} {postcode}

Dear Dr {t.last},

[[Many thanks for referring this pleasant lady]]. {r.first} has had swollen wrists since
spring. [[Bloods showed a raised inflammatory marker]] ({score}). Her partner {u.full} is
managing the shopping. I will see her again {when}.

Dictated but not signed
{s.full}, Consultant
cc patient
""",
    ),
    (
        "health",
        "[[Repeat prescription ready to collect]]",
        """{r.upper}
[[Your medicines are waiting at the counter]].
Order {order}, {count}. [[We close for lunch]].
Bring ID if {t.full} is collecting for you.
Reply to {s.email} to stop these.
""",
    ),
    (
        "health",
        "[[Dental check-up overdue]]",
        """Hi {r.nick}!

[[It has been a while since your last scale and polish]]. {s.formal} has gaps {when}.
Book through {host} with surname {r.last} and date of birth {dob}, or phone {phone}.
[[A new patient exam costs]] {amount}.

The team at the practice
""",
    ),
    (
        "health",
        "[[Handover sheet for the night team]]",
        """Bed;Patient;Number;Plan
{room};{r.sorted};{hospital_ref};[[fluids overnight and review bloods]]
{room};{t.sorted};{hospital_ref};[[home with a care package]]
{room};{u.sorted};{chi};[[nil by mouth from midnight]]

{s.initials} bleep two-two, [[ring switchboard out of hours]]
{t.last}'s daughter rang twice, {phone}. [[Family meeting to be arranged]] {when}.
""",
    ),
    (
        "health",
        "[[Vaccination invite for your little one]]",
        """To the parent or guardian of {t.full}, born {dob}

[[Your baby is due the next set of jabs]].
Clinic: {when}, room {room}
CHI: {chi}
Health visitor: {s.full}

Ma tha Gàidhlig agaibh, cuiribh fios gu {u.full}.
[[Bring the red book with you please]].
""",
    ),
    (
        "school",
        "[[Absence on the register today]]",
        """Dear parent/carer of {t.full} (tutor group of {u.formal})

[[Your child was marked absent this morning]] and we have had no message from you.
Pupil no. {student_ref}. Emergency contacts on our system:
 - {r.full}, {phone}
 - {r.last} senior ("Nana"), {phone}

[[Ring the absence line or use the app]].

{s.full}
Attendance & Welfare, {brand}
""",
    ),
    (
        "school",
        "[[Trip letter and consent slip]]",
        """[[We are taking the whole year group to the coast]] on {when}. Cost {amount}.

---------------- return this slip ----------------
Child: {t.full}            Form: {u.last}
D.O.B. {dob}      Medical: [[mild asthma with blue inhaler]]
Signed {r.initial}   (parent)   tel. {phone}
--------------------------------------------------
""",
    ),
    (
        "school",
        "Re: [[concerns about bullying]] - {t.first}",
        """Dear {s.first},

[[Thanks for ringing back so quickly]]. To put it in writing: on the bus home {u.first}
{u.last} took {t.first}'s glasses and passed them about. The driver had to stop. {t.first} won't
go in tomorrow. I have also told {u.first}'s mum.

[[We want to know what the school will do]].

{r.full} & {r.last} family, {street}

> On {when}, {s.full} <{s.work}> wrote:
>
> Dear {r.formal},
> [[I was sorry to hear what happened]]. Would {t.full} be willing to write it down?
> {s.initials}
""",
    ),
    (
        "university",
        "[[Module results released]] {student_ref}",
        """Candidate: {r.upsort}
Student ID: {student_ref}
Username: {username}

[[Introduction to soil mechanics]] | {score}
[[Structural analysis and design]] | {score}

[[Marks are provisional until the board meets]] ({when}).
Your personal tutor, {t.formal}, can see you in room {room}. If you want to appeal write to
{u.full} at {u.work}.
""",
    ),
    (
        "court",
        "[[Notice of hearing]] {reference}",
        """IN THE COUNTY COURT AT {town}          Claim No. {reference}

BETWEEN
                    {r.upper}                       Claimant
                    - and -
                    {t.upper}                       Defendant

TAKE NOTICE that the hearing will be on {when}.
[[A copy of every document must be filed beforehand]].
Before District Judge {u.last}
Claimant's solicitor: {s.full}, {s.work}, DX withheld
""",
    ),
    (
        "social care",
        "[[Minutes of the core group]]",
        """Present: {s.full} (chair), {t.full} (health visitor), {u.initial} (school), mum
Apologies: {r.formal}

1. [[Matters arising from the last meeting]]. None.
2. {r.first} said that the flat at {street} is warmer now. {t.first} weighed the baby, fine.
3. Mum's brother {u.first} is staying at weekends. Police check on {u.full}, d.o.b. {dob}: clear.
4. [[Next steps and who does what]]
   {t.initials} to phone the nursery; {s.initials} to chase case {reference}.

Next meeting {when}.
""",
    ),
    (
        "social care",
        "[[Carer's assessment visit]]",
        """hello {r.first}, [[its only me from adult services]]

i spoke to your mum {t.full} yesterday and {t.nick} says you do all of her washing and meals.
would {when} suit for a chat? ive got you down at {street} still, is that right?
the ref on everything is {reference} and my new number is {phone}

[[there is no charge for the assessment]]

{s.lower}
""",
    ),
    (
        "benefits",
        "[[We have changed your payment]]",
        """{r.full}
NI number: {nino}
[[Your award has gone down because your earnings went up]].

From {when} you get {amount}. It goes to the account held by {r.upper}, {sort}.
Your landlord {t.full} is paid {amount} direct.
[[You have one month to ask us to look again]].
""",
    ),
    (
        "tax",
        "[[Your statement is ready to view]]",
        """Dear customer

Unique taxpayer reference {utr}
Agent acting: {t.full} ({t.work})
[[A late filing penalty has been charged]]: {amount}

[[Sign in to see how this was worked out]]: {track}
""",
    ),
    (
        "charity",
        "[[Gift declaration missing]]",
        """Dear {r.formal}

[[What a wonderful coffee morning that was]]! {t.full} tells me that you, {u.first} and
the {u.last} twins baked everything. We raised {amount}.

[[Without a signed form we cannot reclaim the tax]]. Could you confirm that you still live at
{street}, {town}, {postcode}? Supporter number {member_ref}.

With gratitude
{s.full}
Treasurer
""",
    ),
    (
        "union",
        "[[Ballot papers are in the post]]",
        """Comrades

[[The executive recommends a yes vote]].
Members who have moved since the last ballot: {r.full} ({member_ref}), {t.full}
({member_ref}), and {u.sorted}. Send changes to {s.email}.
[[Closing date for returned papers]]: {when}.
[[Turnout last time was]] {score}.
""",
    ),
)
