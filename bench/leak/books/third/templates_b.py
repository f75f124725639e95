"""Templates of the third book: councils and their letters, replies, minutes, forms."""

TEMPLATES = (
    (
        "benefits",
        "[[Your award is changing]]",
        """National Insurance number {nino}
Claim reference {claim_ref}

Dear {r.full}

We have looked again at your claim. [[From the next payment day you will get more]]: {price} every
four weeks, paid to the account {sort} in the name of {kin} as appointee.

We used what you told us on the phone:
 - you were born on {dob}
 - you share your home with {anyone}, who gets Carer's Allowance
 - your landlord is {anyone}
[[You may ask us to look again]] within one month. Write to {street}, {town}, or ring
{phone} (Relay UK: put 18001 first).

{s.full}
Decision Maker
""",
    ),
    (
        "electoral",
        "[[Annual canvass - who lives at your address]]",
        """Security code part 1: {otp}
Security code part 2: {password}

Property: {street}, {town} {postcode}

  Name                         Nationality      Over 76   Postal vote
  {r.upsort}                   British          no        yes
  {anyone_upper}               Irish            no        no
  {anyone_upper}               Polish           no        no
  {foreign}                    -                yes       no

[[If nothing has changed you need do nothing]]. To add {kin} or take out somebody who left, go to
{host} by {when}.

Electoral Registration Officer
""",
    ),
    (
        "bilingual",
        "Eich apwyntiad / [[Your appointment with the optician]]",
        """Annwyl {r.first} / Dear {r.first}

Diolch am gysylltu â ni. Bydd {s.full} yn eich ffonio ar {phone} i drefnu apwyntiad.

Thank you for getting in touch. {s.first} will ring you on {phone} to find a time, most likely
{when}. [[We welcome correspondence in Welsh or English]].

Rhif y GIG / NHS number: {nhs}
Dyddiad geni / Date of birth: {dob}
Cyfeiriad / Address: {street}, {town}

Cofion / Regards
{s.full}
Swyddog Gofal / Care Officer
""",
    ),
    (
        "bilingual",
        "Litir bho Chomhairle nan Eilean - {reference}",
        """A {r.first}, a charaid

Tapadh leibh airson na litreach agaibh. Thuirt {t.full} gu bheil sibh a' fuireach aig {street}
ann an {town} bho chionn bliadhna. 'S e {phone} an àireamh againn.

English summary: [[your application for a croft grant was received]]. {anyone}, your neighbour,
supports it, and the visit by {u.full} is set for {when}.

Is mise le meas
{s.full}
""",
    ),
    (
        "reply",
        "Re: Meals on wheels for Mum",
        """Perfect, thank you {s.first}. [[She does not eat fish]] by the way.

{r.first}
Sent from my Galaxy

-------- Original message --------
From: {s.full} <{s.email}>
Date: 03/11/2026 16:12 (GMT+00:00)
To: {r.email}
Cc: {anyone} <{anyone_mail}>
Subject: Re: Meals on wheels for Mum

Dear {r.first},

{anyone} from the kitchen can start on {when}. Does your mother, Mrs {u.last}, still live at
{street}? [[A hot lunch costs less than you think]]: {price} a week. Her door has a key safe I
believe? Also we need her date of birth and somebody to ring when she does not open.

-------- Original message --------
From: {r.first} <{r.email}>
Subject: Meals on wheels for Mum

Hello, her name is {u.full}, {dob}, key safe {otp}. Ring my sister {kin} first ({phone}), then me.
""",
    ),
    (
        "dentist",
        "[[Time for your check-up]]",
        """{r.first}, it's been a while!

[[Your teeth will thank you]]. {s.formal} has space {when} or {when}.

Book by text to {phone} with your full name and birthday (we have {r.full}, {dob}).
Whitening from {price}. Children under ten free: {child} and {child} are due as well.

Reception: {anyone}, {anyone} and, on Fridays, {anyone}
""",
    ),
    (
        "notice",
        "[[Water will be off on your street]]",
        """[[The water is off while we mend it]] on {when}.

[[Fill a kettle and a pan beforehand]]. Bottles can be had from the van outside the library. About
{quantity} homes are affected. Reference for callers: {order}.

[[Sorry for the bother and thanks for your patience]].
""",
    ),
    (
        "minutes",
        "[[Minutes of the tenants' forum]]",
        """Present: {anyone} (chair), {anyone}, {anyone_initial}, {t.full}, {anyone_middle}
Apologies: {r.initial}, {u.full}
In attendance: {s.full}, Fairlead Homes; PCSO {anyone}

1. [[Minutes of the last meeting were agreed]]. Proposed {anyone_initial}, seconded {t.initial}.
2. Bins. {u.last} reported again that the store on {street} is overflowing. Action: {s.initials}
3. {anyone} asked about the lift. [[The part is on order from the maker]] and will cost {price}.
4. AOB. {r.last} has had a fall and is in Ward {room}; {t.first} will send a card from us all.

Next meeting: {when}, common room
""",
    ),
    (
        "form",
        "[[Blue Badge application received]]",
        """applicant_title=Mrs
applicant_name={r.full}
previous_names={anyone}
dob={dob_iso}
sex=F
nino={nino}
birth_town={town}
addr1={street}
pcode={postcode}
tel_day={phone}
contact_email={r.email}
vehicle1={plate}
vehicle2={plate}
driver={kin}
gp_name={anyone}
photo={file}
fee_paid={price}
[[declaration=I understand that false statements are an offence]]
""",
    ),
    (
        "complaint",
        "Complaint about {s.formal}, ref {case_no}",
        """To whom it may concern

I WISH TO COMPLAIN ABOUT THE WAY {s.upper} SPOKE TO MY MOTHER {anyone_caps} ON THE PHONE.
[[SHE IS EIGHTY AND WAS IN TEARS]]. I RANG {phone} AND WAS TOLD BY A {u.first}
THAT NOBODY CALLED {s.last}
WORKS THERE.

[[MY MOTHER HAS PAID HER RENT FOR DECADES]]. SHE LIVES AT {street} AND HER TENANCY IS {rent_ref}.
I EXPECT AN ANSWER BY {when}.

{r.upper}
""",
    ),
)
