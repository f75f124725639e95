"""Templates of the third book: housing, health, social care, courts, police."""

TEMPLATES = (
    (
        "housing",
        "Rent statement {rent_ref}",
        """{r.formal}
{street}
{town}
{postcode}

Our ref: {rent_ref}        Tel: {phone}

Dear {r.formal}

[[Rent arrears - please do not ignore this letter]]

Since our last visit you have fallen {price} behind. I called on {when} and spoke with {child} at
the door, who told me that you were at work. [[We would much rather help than go to court]], so
please ring {s.first} in the income team or drop in to the hub.

If you pay by standing order the details are {sort}, quoting {rent_ref} so that it lands on
your account and not on that of {kin}.

Yours sincerely

{s.full}
Income Officer, on behalf of {brand}
""",
    ),
    (
        "housing",
        "[[Repair booked - someone over sixteen must be in]]",
        """Hello {r.first},

Thanks for reporting the damp in the back bedroom. Job {order} is with the joiners.

  When:   {when}
  Who:    {anyone} (van {plate})
  Where:  {street}, {postcode}
  Access: key safe, code {otp}

[[Please move furniture away from the wall]] and keep the dog in another room. If nobody answers we
try {phone} once and then go.

Fairlead Homes repairs desk
""",
    ),
    (
        "gp",
        "[[We have some news about your test]]",
        """Dear {r.first}

{t.formal} has looked at the bloods taken on {when}. [[Nothing here needs urgent treatment]] but the
doctor would like you to go up to {dose} at night and have them again in six weeks.

To see the result log in with your e-mail {r.email} and the linkage key {password}. We hold you as:

NHS number      {nhs}
Born            {dob}
Home            {street}, {town}
Next of kin     {kin}, {phone}

[[You cannot reply to this message]].

Practice team, {brand}
""",
    ),
    (
        "hospital",
        "Clinic letter: {r.upsort}, {hospital_no}",
        """DICTATED BUT NOT SIGNED

Consultant: {s.formal}            Secretary: {anyone}
Patient:    {r.upsort}
Hosp no:    {hospital_no}         CHI {chi}
DOB:        {dob}
Address:    {street}, {town} {postcode}

Dear Colleague,

[[Diagnosis: osteoarthritis of the left knee]]

I was pleased to review this retired joiner today along with {r.first}'s daughter {kin}.
[[The range of movement has got better]] since the injection. Mobility is limited to about
{quantity} metres. Paracetamol {dose} four times a day continues. {r.last} is keen to avoid an
operation and I have discharged him to the care of your nurse, {anyone_initial}.

Kind regards

{s.initial}
cc {t.full}, Physiotherapy
""",
    ),
    (
        "social_care",
        "Fwd: strategy discussion {child} ({case_no}) - OFFICIAL-SENSITIVE",
        """From: {s.full} <{s.work}>
Sent: 03 November 2026 17:20
To: {r.sorted} <{r.work}>; {anyone_sorted}
Cc: {t.sorted}
Subject: strategy discussion {case_no}

Hi {r.nick},

As agreed, [[minutes will follow under separate cover]]. Health visitor {u.full} saw Mum
({anyone}, born {dob}) and both children at {street}. The elder, {kin}, d.o.b. {child_dob}, is on
roll with UPN {pupil_no}; the baby was born on {child_dob}. Father is thought to stay with a
cousin in {town}; his mobile is {phone} and he drives a grey van, {plate}.

[[There are no immediate concerns about the home]].

{s.first}
Duty social worker | 07-18 rota | {phone}
""",
    ),
    (
        "police",
        "Your crime number is {crime_ref}",
        """Dear {r.full},

I am the officer dealing with the theft of your bicycle. [[I am sorry that this happened to you]].

Crime number: {crime_ref}
Officer: PC {staff_no} {s.last}
Station: {town}

We have looked at the cameras from the Co-op. A man known to us as {u.full}, {dob}, was seen with
a bike like yours next to a silver estate, registration {plate}. [[No arrest has been made so far]].
Your neighbour {anyone} has given a statement; please do not discuss it with her.

Should you remember anything else ring 101 and ask for {s.last}, or text me on {phone}.

{s.formal}
""",
    ),
    (
        "court",
        "[[Notice of a small claims hearing]] - {court_ref}",
        """IN THE COUNTY COURT AT {town}                          CLAIM NO. {court_ref}

BETWEEN

                     {anyone_caps}                        Claimant
                          - and -
                     {r.upper}                        Defendant

TAKE NOTICE that the small claim will be heard at {when} in Court {room}.
[[You should arrive half an hour early]]. The claimant asks for {price} and costs.
You were served at {street}, {postcode} by first class post.

If you want a lay representative to speak for you, tell us who; we were told of {kin} and of
{t.full}. [[Interpreters must be asked for in good time]].

By order
{s.initial}, for the court manager
""",
    ),
    (
        "jury",
        "[[Jury summons - reply within seven days]]",
        """Juror no. {reference}

{r.upper}
{street}
{town}

You have been chosen at random from the electoral register. You must attend from {when}.

Sign in to answer with your juror number, your surname ({r.last}) and your date of birth, which we
hold as {dob}. [[Loss of earnings can be claimed back]] up to {price} a day; have your
employer's stamp and your National Insurance number {nino} at hand.

[[It is an offence not to reply]].
""",
    ),
    (
        "council",
        "[[Your garden waste permit has arrived]]",
        """Hiya

Permit for: {r.lower}
Household: {street}
Council tax account {ctref}

[[Stick the label on the front of the bin]] so that crews can see it. Brown bins go out {when}.
You paid {price} with your usual card. Not moved in yet? Ask {s.nick} at
the front desk, {phone}, or fill in {host}

Waste and Streets
""",
    ),
    (
        "council",
        "Planning objection from {anyone} and {u.full}",
        """Dear Ms {s.last},

my husband {kin} and I live at {street}, right behind the plot.
[[We object to the sheer height of it]]. Together with {anyone}, {anyone} (next door) and old Mr
{u.last}, who is ninety and cannot write, we collected {quantity} signatures.

[[Parking is already a nightmare on match days]]. The applicant, whose agent {anyone_letter} was
so rude at the drop-in on {when}, has never knocked on a single door.

Yours
{r.full}
{phone}, {r.obfuscated}
""",
    ),
)
