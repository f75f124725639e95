"""Fifth book: health, schools, courts, social care, benefits, charity, union."""

from bench.leak.book import Template

TEMPLATES: tuple[Template, ...] = (
    (
        "health",
        "[[Outpatient clinic letter]] {hospital_no}",
        """Dept of Rheumatology
Hospital number: {hospital_no}    NHS: {nhs}    DoB: {dob}

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
        "[[Vaccination invite for your little one]] {t.first}",
        """To the parent or guardian of {t.full}, born {newborn}

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
        "{t.full} - [[absence on the register today]]",
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
D.O.B. {newborn}      Medical: [[mild asthma with blue inhaler]]
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
        "[[Module results released]] {student_no}",
        """Candidate: {r.upsort}
Student ID: {student_no}
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
        "[[Notice of hearing]] {case_no}",
        """IN THE COUNTY COURT AT {town}          Claim No. {case_no}

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
        "[[Minutes of the core group]] re {r.sorted}",
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
        "{r.first}, [[your gift declaration is missing]]",
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
