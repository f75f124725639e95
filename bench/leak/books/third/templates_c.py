"""Templates of the third book: schools, universities, exams, libraries."""

TEMPLATES = (
    (
        "school",
        "{child}'s settling-in week",
        """Hello Mum and Dad of {child}!

What a lovely first week. {child} has made friends with {child} and with little {child} from the
Bluebells. [[Naps are still a bit short]] but lunch is always finished. One thing: we have
{child_dob} as the birthday on the peg and {anyone}, who collected on {when}, said that this is
wrong?

[[Please label coats and wellies]]. Fees for the half term are {price}.

With love from {s.first}, {anyone_initial} and the whole nursery
""",
    ),
    (
        "school",
        "[[Absence not explained this morning]]",
        """Our register shows that {child} {r.last} (8F, UPN {pupil_no}) was not in school today
and that nobody rang. [[Please tell us the reason by return]]: text {phone} or use the app.

Emergency contacts that we hold
1  {r.full}   mother   {phone}
2  {kin}   father   {phone}
3  {anyone}   childminder   {phone}

Attendance this term: {score}. [[A letter goes out below ninety]].

Attendance Officer {s.formal}
""",
    ),
    (
        "school",
        "EHCP draft for {child}, please check {file}",
        """Dear {r.full} and {kin}

Attached is the draft plan ({file}). Section A is in your own words.
[[Speech therapy is written in as weekly]]. The educational psychologist, Dr {anyone}, met
{child} in room {room} and will speak to the
panel on {when}.

Pupil: {child} {r.last}, date of birth {child_dob}, lives with gran at {street}, {town}.

{child} told {t.first}: "I like maths. I don't like when {child} shouts."
[[That made all of us smile]].

{s.full}, SENCo
T {phone}
E {s.work}
""",
    ),
    (
        "exam_list",
        "[[Access arrangements for the mock exams]]",
        """Candidate;Born;Number;Extra;Room
{anyone_sorted};{child_dob};{pupil_no};25 %;{room}
{anyone_sorted};{child_dob};{pupil_no};reader;{room}
{anyone_sorted};{child_dob};{pupil_no};scribe, {anyone};{room}
{r.sorted};{child_dob};{pupil_no};laptop {device};{room}
{anyone_sorted};{child_dob};{pupil_no};rest breaks;{room}

[[Invigilators collect the papers from the safe]]. First paper: {when}. {s.initials}
""",
    ),
    (
        "university",
        "[[Your offer and what to do now]]",
        """Applicant {student_no}

Dear {r.first}

[[Congratulations - we would love to have you]] on MSc Rural Health. It hangs on {score} in
the final year and on a certified copy of your passport (we have {passport} from the form).

Your login is {username} and your first password {password}; change it at {host}. Tuition is
{price}.
[[A deposit secures your room in halls]]. International applicants: please tell us whether the name
in your documents is {foreign} or {r.full}.

Admissions selector: {anyone_middle}
Accommodation: {anyone}, {anyone_mail}
""",
    ),
    (
        "university",
        "viva arrangements - {r.lower}",
        """hi both

external is {u.full} (coming up from {town} the night before, mobile {phone}), internal is {t.first}
{t.last} as agreed. chair: {anyone_lower}. it'll be {when} in {room},
[[coffee and biscuits are on me]].

{r.first}, bring two printed copies. thesis title unchanged? the registry has you as matric
{student_no} and spells you {r.upsort}, shout if that isn't how you want it on the parchment.

also {child} can come along to the drinks after!

{s.lower}
""",
    ),
    (
        "university",
        "Academic misconduct panel: {student_no}",
        """PRIVATE AND CONFIDENTIAL

Student:        {r.full} ({student_no})
Module leader:  {anyone}
Companion:      {anyone}, Students' Association

[[The similarity report stands at a third]] (Turnitin score {score}) and large parts match an essay
handed in last year by {u.full}. {r.last} maintains that {u.last} and {r.last}'s flatmate
{anyone} had the laptop ({device}) while the essay was being written.

[[You may bring somebody for support]]. The panel meets on {when}. Papers: {file}.

{s.full}
Clerk to the panel
""",
    ),
    (
        "chat",
        "[[Missed messages in your study group]]",
        """12 new messages in "Stats resit 2"

{anyone} 09:14
who has the notes from week four

{r.first} {r.last} 09:15
me!! but my ipad ({device}) died

{anyone} 09:15
lol. {r.nick} u can have mine, come to {street} flat buzzer {t.last}

{handle} 09:20
[[is the library open late tonight]]

{s.first} 09:31
yes till late. door code this week {otp}. also {anyone}s mum can print, ring {phone}

[[Turn off these summaries in settings]]
""",
    ),
    (
        "library",
        "[[Three items are due back]]",
        """Borrower {member_no}

  The Lighthouse Keeper's Almanac     due {when}
  Knitting for Impatient People       due {when}
  Gaelic without Groans               due {when}

[[You can renew online or by phone]]. Reserved by {r.first} and waiting on the shelf under
{r.upsort}:
one item. PIN for the machine: {otp}. Fines stand at {price}.
""",
    ),
    (
        "gmail_thread",
        "Re: [[swimming lessons on a weekday]]",
        """Ah no worries {s.first}, {child} can share with {child} then.
[[Does the pool lend floats]]?

On Tue, 3 Nov 2026 at 21:40, {s.full} <{s.email}> wrote:

> Hi {r.first}, sorry, we can't do that after all. {kin} asked {anyone}, and
> {anyone}'s two are already booked. [[Shall we try after the holidays]]?
>
> On Tue, 3 Nov 2026 at 20:02, {r.full} <{r.email}> wrote:
>
>> Are you still good to drive on {when}? We are at {street}, white door,
>> the car is {plate}. {t.first} could come too, she is on {phone}.
""",
    ),
    (
        "outlook_thread",
        "FW: references for {r.initial}",
        """See below - can you do this one, {t.first}? [[I am away until next month]].

{s.initials}

________________________________
From: {author} <{author_mail}>
Sent: Tuesday, November 3, 2026 10:27 AM
To: {s.full}; {anyone}
Cc: Recruitment Mailbox
Subject: references for {r.full}
Importance: High

Dear {s.formal},

{r.full} (born {us_dob}, known to you as {maiden}) has given your name.
[[How long did you work together]] and would you employ this person again? Please use the form at
{host} with
password {password} before {when}.

Many thanks,
{author}
HR Operations | Floor {quantity} | {phone}
________________________________
From: {r.full} <{r.email}>
Sent: Monday, November 2, 2026 6:03 PM
To: Recruitment Mailbox
Subject: my referees

1) {s.full}, Head of Year, {s.work}
2) {t.full}, {street}, {town} {postcode}
""",
    ),
    (
        "newsletter",
        "[[News from the head teacher]]",
        """[[What a week of mud and medals]]!

Cross-country: gold for the juniors. [[Our library needs new beanbags]] and the fair raised {price}.

[[Menus change after the break]]. Clubs restart {when}. Forest school: please send old jumpers.

Uniform shop: order {order} is packed, trousers are {price}.
""",
    ),
    (
        "admissions",
        "[[Secondary transfer: places are out]] - {pupil_no}",
        """Parent/carer: {r.formal}
Child: {anyone_middle}
Born: {child_dob}

We could not offer your first preference. [[The distance was just outside the limit]]. A place is
held at your second choice. To appeal, write to the clerk, {u.full}, c/o {street}, {postcode} by
{when}.

[[Siblings are counted before distance]]: we have noted that {kin} is in S3 there.

{s.full} (Mrs)
""",
    ),
)
