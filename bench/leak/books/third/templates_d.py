"""Templates of the third book: work, payroll, unions, help desks, machines that write mail."""

TEMPLATES = (
    (
        "payroll",
        "[[Your payslip is ready to view]]",
        """Employee      {r.upper}
Payroll no.   {staff_no}
NI number     {nino}
Tax code      1257L
Paid into     {sort}
Department    Catering, {town} depot

  Basic                     {price}
  Overtime ({quantity} h)   {price}
  Union subs                {price}

[[Queries go to your line manager first]] ({s.formal}, {phone}).
The file {file} opens with the first four letters of your surname and your birthday, {dob}.
""",
    ),
    (
        "payroll",
        "Starter form incomplete: {r.full} / {staff_no}",
        """Hello {s.first},

I cannot put the new caretaker on the November run. [[Several boxes on the form are blank]]:

* HMRC says {nino} belongs to somebody else, a {u.full} of {town}
* birthday reads {dob}, the passport ({passport}) has another one
* IBAN {iban} is in the name of {kin}, is that the wife?
* emergency contact "{anyone}, next door" without a number

Could you ask {r.nick} to ring me on {phone} before {when}? [[Otherwise it waits for the next run]].

Ta
{t.first} {t.last}
""",
    ),
    (
        "hr",
        "[[Outcome of your flexible working request]]",
        """Dear {r.first},

thank you for coming to see {anyone} and me on {when}. [[We are happy to agree to your request]]
for the reasons you gave: the care of your father {kin}, who has dementia, and the school run for
{child}.

From week one you work {quantity} hours over four days. Pay falls to {price} a month.
[[A trial period of three months applies]].

Personal file {staff_no}. Sick leave: your fit note ({file}) names {anyone} as GP; nothing else is
needed.

{s.full}
People Team, cc {t.full}
""",
    ),
    (
        "hr",
        "Grievance hearing - notes ({case_no})",
        """Hearing officer {s.initial} opened at {when}. Present: {r.full}, {r.first}'s rep
{anyone} (Unison),
{anyone_initial} taking notes.

{s.initials}: When did it begin?
{r.initials}: In spring, after {u.full} became supervisor. {u.first} called me "granny" before
everybody.
{anyone_initial}: [[Were there any witnesses to this]]?
{r.initials}: {anyone}, {anyone}, and one of the agency lads, I think {child} something.
{s.initials}: [[We will adjourn for ten minutes]].

Signed as a true record: {r.upper} / {s.upper}
""",
    ),
    (
        "application",
        "Application for caretaker post, {r.full}",
        """Dear Sir or Madam,

I saw your advert in the window. [[I have worked with my hands all my life]]. My name is
{r.full}, most people say {r.nick}, I was born in {town} on {dob} and live with my partner
{anyone} at
{street}, {postcode}. Clean licence ({licence}), own van.

Until last year I looked after {quantity} flats for {anyone} Property.
[[My back is fine again now]].
Referees: {u.full}, {anyone_mail}; Father {anyone} of our parish.

Best reached in the evening, {phone} or {r.obfuscated}.

{r.first} {r.last}
""",
    ),
    (
        "union",
        "[[Your ballot paper should be there by now]]",
        """Brothers and sisters of the branch,

{member_no} is your number, {r.first}; you need it to ring the hotline {phone} if no paper has
come to
{street} by {when}.

[[Vote yes to fair rotas]]. Thanks to stewards {anyone}, {anyone} and {anyone} for the long
nights, and get well soon {u.nick}!

In solidarity
{s.full}
Branch Secretary
{dashes}
{s.full} | {phone} | {s.work}
[[Print only if you really must]]
""",
    ),
    (
        "helpdesk",
        "[[Ticket updated: cannot print]]",
        """##- Please type your reply above this line -##

{anyone} (Service Desk)
Nov 3, 2026, 13:47 GMT

Hi {r.first}, I reset the account {username}. One-time password: {password}
The label under your machine should read {device}; is its wifi address still {mac}?
[[Turn it off and on once]] and tell me if the queue empties. Driver is {version}.

{r.full}
Nov 3, 2026, 11:12 GMT

nope still dead. its the one in {room} next to {anyone}s desk. my phone is {phone}, teams is faster

{r.full}
Nov 3, 2026, 10:58 GMT

[[printer says paper jam but there is none]]. also {u.first} cant print either ({username})
""",
    ),
    (
        "helpdesk",
        "Leaver: {r.full} last day {when}",
        """RITM {order}

Please disable for leaver {r.sorted} ({staff_no}):

  AD account     {username}
  Mailbox        {r.work} -> forward to {t.work} ({t.full}) for a month
  Laptop         {device}, MAC {mac}
  Phone          {device}, {phone}
  Door tag       {reference}
  Home drive     to manager {s.full}

[[Collect the kit by courier]] from {street}, {town}, {postcode}. Wipe image {version}.
Service Desk engineer: {anyone_letter}
""",
    ),
    (
        "code",
        "{otp} is your sign-in code",
        """{otp}

[[Enter it on the page you came from]]. It works once, for ten minutes. Somebody (you, we hope) is
signing in as {username} from {device}. [[Never read this code out to anyone]].
""",
    ),
    (
        "code",
        "[[Verify your new phone number]]",
        """Dear citizen {r.full},

you asked us to swap {phone} for {phone}. Confirmation code: {otp}. Recovery code, to be kept
with your
passport: {password}

[[If this was not you call us at once]]. Version {version} of the app or later is needed.
""",
    ),
    (
        "monitoring",
        "[[CRITICAL: backup job failed on payroll]]",
        """Host: fs02   Service: nightly-backup   State: CRITICAL   Attempt: {quantity}

2026-11-03T02:14:07Z agent[{quantity}]: user={domain_login} src={device} hw={mac}
2026-11-03T02:14:08Z agent: home="/home/{username}" owner="{r.lower}"
2026-11-03T02:14:09Z agent: cannot read '{file}': permission denied
2026-11-03T02:14:10Z auth: password for {username} expired, was set by {s.work}
2026-11-03T02:14:11Z agent: exit, client {version}

[[Disk space on the volume is fine]]. On call tonight: {anyone_upper}, {phone}
""",
    ),
    (
        "pension",
        "Nomination form for {r.formal}",
        """SCHEME: Local Government Pension Scheme          MEMBER: {member_no}

Dear {r.formal},

[[You have not told us who should benefit]]. Your old form names your former spouse, {u.full}
(then of {street}, {town}). Is that still what you want? If it should be {kin} or {anyone}, sign the
form in front of a witness.

Your pension from age 67 is put at {price} a year. We hold {dob} as date of birth and {nino} as NI
number. [[This is not a promise of benefits]].

{s.initial}
""",
    ),
    (
        "dbs",
        "[[Disclosure check: action needed]]",
        """The applicant {r.first} {r.last} was asked on {when} for three documents and has shown:

  [x] passport no. {passport}
  [x] driving licence {licence}
  [ ] utility bill for {street}

Other names used: {maiden}. Place of birth: {town}. Certificate reference {reference}.
[[The name on the bill does not match]]. It is in the name of {anyone}. ID checker: {s.full},
{phone}
""",
    ),
)
