"""Templates of the third book: care, prison, lawyers, lets, registers, more threads."""

TEMPLATES = (
    (
        "care_home",
        "Handover night to day, {when}",
        """Rm    Resident              Notes
{room}   {anyone_upper}     slept well, {dose} given
{room}   {anyone}     fell at the commode, son {anyone} told on {phone}
{room}   {r.full}     DNACPR in file, {chi}
{room}   {anyone_initial}     [[refused breakfast but drank tea]], b. {dob}
{room}   "{u.nick}" {u.last}     birthday tea, niece {anyone} brings cake

[[Laundry is short of flannels]]. Agency: {anyone} till noon. Key cupboard {otp}.
{s.first}
""",
    ),
    (
        "prison",
        "Visit booked for {inmate_no}",
        """Prisoner          {anyone_sorted}, {inmate_no}
Lead visitor      {r.full}, born {dob}
Other adult       {kin}, born {dob}
Child             {child}, born {child_dob}
Visit             {when}

[[Bring photo identification for each adult]]. A passport ({passport}) or licence ({licence})
will do.
[[No food may be handed over]]. Lockers take a pound. Chaplain {s.formal} is on {phone}.
""",
    ),
    (
        "fostering",
        "the girls",
        """dear {s.first}

[[placement is going better than we hoped]]. {child} has stopped hiding bread. she calls me aunty
{r.nick} and {kin} "mister". little {child} still screams when the health visitor, {anyone}, comes.

contact with birth mum {u.full} at the centre on {when}: she brought a man called {anyone}, is he
on your list? he took a picture of my number plate ({plate}), i did not like that.

can you ask {t.first} whether the savings account ({sort}) is in {child}'s name?
[[we need new car seats]], the receipt is {price}.

{r.first}
""",
    ),
    (
        "solicitor",
        "Estate of the late {u.full}: our ref {reference}",
        """{anyone_initial} & Partners, Solicitors and Notaries
{street}, {town}

Dear {r.formal}

[[We act in the winding up of the estate]]. {u.full}, formerly {anyone}, who lived at {street}, left
his house in equal shares to {r.full}, {kin} and his carer {anyone}; your brother {kin} is not
named.

We have a date of birth of {dob} for you and need to see a passport and a bill. Please give
the bank details over the phone only: {phone}. [[Beware of e-mails with changed details]].

Fees to date are {price}. {s.last} and I would like to meet on {when}.

Yours faithfully
{anyone}
p.p. {s.full}
""",
    ),
    (
        "letting",
        "Viewing {street}, {when}",
        """Hiya {r.first}! {s.first} here from the lettings desk.

[[The flat is bright and has a bath]]. {price} a month, bills of about {price}. Current tenant,
{u.first}, will
let you in, text {phone} when you are at the door. Landlord {anyone} lives downstairs.

For the right to rent check: passport of each adult ({r.full} and {t.full}), share code {otp}.
[[No fee is payable before you sign]].
""",
    ),
    (
        "landlord",
        "deposit",
        """{s.nick},

you still owe us {price} of the deposit. [[we left that place spotless]], {anyone} from the
agency took pictures and {u.first} {u.last}, who lives above, watched us scrub. the scheme has it
under {reference}.

send it to {sort}, {r.full}, or i ask {anyone} at the law centre. our new address is {street},
{town}, {postcode}, do not give it to {child}'s father.

{r.first}, also for {kin}
""",
    ),
    (
        "registrar",
        "[[Registering a birth - your appointment]]",
        """Registration district of {town}

The parents {r.full} and {anyone} are expected on {when} at window {room}.

Child        {anyone_middle}
Born         {child_dob}, at home
Mother       {maiden}, occupation: roofer
Father       {anyone}, born in {town} on the {dob}
Informant    {u.full}, grandmother, {phone}

[[Certificates cost more if ordered later]]: {price} each. Registrar: {s.full}
""",
    ),
    (
        "thunderbird_thread",
        "Re: [[data protection request]] {case_no}",
        """Hello,

[[please find my answers between the lines]].

On 02/11/2026 15:09, {s.full} wrote:
> Dear {r.first} {r.last},
>
> which name were you known by when you were in care?

{maiden}, and on some papers {anyone} because of my step-dad.

> Your date of birth and addresses since then?

{dob}. {street} in {town}, then {street}, then with {anyone} (I forget where).

> [[Do you wish to hear by post]]?

no! e-mail, but the other one: {r.obfuscated}

> Kind regards, {anyone}, for {s.first}
""",
    ),
    (
        "yahoo_thread",
        "Fw: [[respite week by the sea]] for {anyone}",
        """{t.first}, what do you think? {r.first}

----- Forwarded Message -----
From: "{s.full}" <{s.work}>
To: "{r.first} {r.last}" <{r.email}>; "{anyone}" <{anyone_mail}>
Sent: Monday, 2 November 2026 at 14:16:03 GMT
Subject: respite week

Dear carers,

[[a bed has come free by the sea]]. Dad's file number is {case_no}. He needs {dose} of insulin at
breakfast. Night sitter would be {anyone} whom {u.first} knows from {town}. From {when}.

[[Tell me quickly as others are waiting]].

{s.first} {s.last}, {phone}
""",
    ),
    (
        "us_school",
        "[[Snow day and pick-up changes]]",
        """{town_us} Unified School District

Hi {r.first},

[[School closes early because of the storm]]. {child} (student ID {student_no}, DOB {us_dob})
is cleared to ride bus {quantity} to {street_us}. Authorized for pick-up: {anyone_letter}, {kin}.

SSN on the free lunch form reads {ssn}; is that yours or your husband's? Call Coach {u.last}
at {phone_us}. [[Stay warm and drive safely]].

{s.full}
Front Office
""",
    ),
    (
        "pharmacy",
        "[[Your prescription is ready to collect]]",
        """{r.upsort}  {nhs}

2 items ready at {town}, counter {room}:
- Amlodipine {dose}
- Eye drops, {dose}

{anyone} collected the last lot for you on {when}. [[Is that still all right with you]]? The item
for {kin} ({dob}) is owed, order {order}. Locker: scan or type {otp}.
""",
    ),
    (
        "volunteers",
        "[[Polling station staff]] - rota",
        """Station;Presiding officer;Clerk;Mobile;Fee
Kirk hall;{anyone};{anyone};{phone};{price}
Library;{anyone_sorted};{r.sorted};{phone};{price}
Scout hut;{anyone_upper};{anyone_lower};{phone};{price}
Gym;{anyone};{foreign};{phone};{price}

[[Bring your own lunch and a pen]]. Boxes go to {t.full}, {street}. Training {when}.
Spare: {anyone}, who lives in {town}; {u.nick} if all else fails.
""",
    ),
)
