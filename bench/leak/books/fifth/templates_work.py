"""Fifth book: HR, payroll, recruitment, IT helpdesk, monitoring, accounts."""

from bench.leak.book import Template

TEMPLATES: tuple[Template, ...] = (
    (
        "hr",
        "[[Invitation to a disciplinary meeting]]",
        """PRIVATE AND CONFIDENTIAL

{r.full}, staff number {staff_ref}
by hand and by e-mail ({r.work})

Dear {r.first}

[[You are asked to come to a formal meeting]] on {when}, room {room}. It is alleged that you
sent {t.full}'s payslip to {u.full} from the machine {device}. {s.full} will chair,
and [[a note taker will be in the room]].

You can bring a colleague or rep. If you are unwell call {phone}.
""",
    ),
    (
        "hr",
        "[[Return to work form received]] ({r.upsort}, {staff_ref})",
        """Employee: {r.upsort}
Payroll no: {staff_ref}
First day absent: {when}
Reason: [[sprained ankle while gardening]]
Doctor's note attached: yes, {file}
Line manager: {t.initial}
NI no. {nino}
[[No further action for the manager]]
""",
    ),
    (
        "hr",
        "[[Changes in our team this quarter]]",
        """All,

After eleven years {t.full} is leaving us to run a bakery. {t.nick} built the returns desk from
nothing. [[There will be cake in the kitchen]] {when}. From then on {u.full}, whom most of you
know from the night shift, looks after {s.first}'s old accounts together with {r.full}.

[[Please keep your calendars up to date]].

Best
{s.first}
""",
    ),
    (
        "payroll",
        "[[Payslip for this month]]",
        """                    {brand}
Emp no   {staff_ref}      Name  {r.upper}
Tax code 1257L            NI    {nino}
[[Basic pay and shift allowance]]     {amount}
[[Pension contribution of the employee]] {amount}
Paid into {sort}

[[Queries to the payroll office by Friday]]
""",
    ),
    (
        "payroll",
        "[[new starter details wanted]] {t.lower} {nino}",
        """hi both

can u set up the new joiner pls, {t.full}, starts {when}
dob {dob}
ni {nino}
bank {sort}
lives {street} {town} {postcode}
next of kin {u.full} (partner) {phone}

[[rate is the same as the others]], hes in the warehouse with {r.first}
ta, {s.nick}
""",
    ),
    (
        "application",
        "[[Application for the post of site supervisor]] / {s.full}",
        """{s.full}
{street}, {town} {postcode}
{phone} - {s.email}

Dear {r.formal},

[[I saw your advertisement and was delighted]]. For six years I ran the yard for {t.full} at
a builder's merchant. I hold a full licence ({licence}) and was born on {dob}.

References: {t.full}, {t.email}; {u.full}, {phone}.
My CV is attached as {file}. [[I could start after my notice period]].

{s.first} {s.last}
""",
    ),
    (
        "reference",
        "[[We have been asked for a reference]] - {t.full}",
        """Dear {r.full},

{t.full} ({dob}) has named you as a referee. [[Please tick what applies]]:

[x] I supervised {t.first} directly
[ ] I only know the {t.last} family socially
[x] [[honest and reliable with cash]]

Comments: "{t.first} never once was late. Ask {u.full}, who shared an office with her."

Return to {s.email}, quoting {reference}.
""",
    ),
    (
        "helpdesk",
        "{username}: [[your password was reset by the service desk]]",
        """Ticket opened by {t.full} on behalf of {r.full}

Login       {username}
Temporary password    {password}
Asset       {device}
Wireless MAC {mac}

[[You will be asked to choose a new one]]. Agent: {s.first} ({s.initials})
Knowledge article: {host}
""",
    ),
    (
        "helpdesk",
        "[[Laptop swap on the third floor]]",
        """{s.first}: whats the asset tag on the dead one
{r.first}: {device}
{s.first}: and who is logged on, you or {t.first}?
{r.first}: me, {username}. pw is {password} if you need to get in, i'll change it after
{s.first}: [[never send that in a chat please]]
{r.first}: oops. anyway {t.full} needs hers ({device}) by {when}
{s.first}: [[on my way up with a trolley]]
""",
    ),
    (
        "helpdesk",
        "{code} - [[someone signed in from a new device]]",
        """Account: {r.work}
Device: {device}
Hardware address: {mac}
Client: {version}
[[If this was you there is nothing to do]].
Otherwise enter {code} at {track} within ten minutes.
""",
    ),
    (
        "helpdesk",
        "[[Checklist for people who leave]] {t.full}",
        """| step | owner | done |
|------|-------|------|
| disable login {username} | {s.initial} | yes |
| collect {device} and badge {staff_ref} | {u.full} | no |
| forward {t.work} to {r.work} | {s.initial} | yes |
| [[wipe the phone and return the charger]] | {u.first} | no |

[[Licences left in the pool]]: {count}
""",
    ),
    (
        "monitoring",
        "[[Disk usage above threshold on the file server]]",
        """[ALERT] volume home at {percent}
Top folders:
  /home/{login}          {size}
  /home/{login}/Desktop/{file}
Last login: {r.lower} from {device} ({mac})
On call: {t.full} {phone}
[[Silence this alert in the console]] -> {host}
""",
    ),
    (
        "monitoring",
        "[{device}] [[The backup of last night had gaps]]",
        """[[Job completed after a retry]], agent {version}
[[Skipped since the file was in use]]: {file}
Owner of the locked session: {username} on {device}
Escalated to {s.full}; {u.first} is off until {when}.
""",
    ),
    (
        "ticket",
        "[[Your request has been updated]] #{order}",
        """##- Please type your reply above this line -##

{t.full} added a comment:
  Spoke with {r.first}'s assistant {u.full}. She still cannot open the share. Same on {device}.

{r.full} ({r.work}) wrote:
  [[the green button does nothing at all]]. My user is {username}.

Status: waiting | Priority: P3 | Assignee: {s.full}
[[Do not forward this message outside the company]]
""",
    ),
    (
        "invoice",
        "[[Invoice for work carried out]] {order}",
        """Bill to: {r.full}, {street}, {town}, {postcode}
From: {s.full} t/a {s.last} Plastering

[[Skim coat to hall and landing]]     {amount}
[[Making good around the window frames]] {amount}
[[Materials as agreed on site]]       {amount}

Pay {s.upper}, {sort}, or IBAN {iban}.
[[Thirty days from the invoice date]]. UTR {utr}.
""",
    ),
    (
        "minutes",
        "[[Notes from the works council]]",
        """Anwesend / present: {r.last}, {s.last}, {t.full}, {u.full} (minutes)

TOP 1 [[canteen prices and opening hours]]
{t.last} wonders why a coffee costs {amount}. {s.last} will ask the caterer.
TOP 2 [[night shift rota for the winter]]
{u.first} objects: {r.first} already did four weeks in a row.
TOP 3 any other business
{t.first}'s jubilee {when}. [[Collection box is with the porter]].
""",
    ),
)
