"""Calendars, lists, logs and forms that are full of figures: (style, subject, body)."""

TEMPLATES = (
    (
        "calendar",
        "[[Invitation to a quarterly stocktake]]",
        """BEGIN:VEVENT
SUMMARY:[[Quarterly Stocktake in the Cold Store]]
LOCATION:{place}
DESCRIPTION:{range}\\, bring {model} and {count}. [[Hard hats are not negotiable]].
ORGANIZER;CN={s.full}:mailto:{s.email}
ATTENDEE;CN={r.full};ROLE=REQ-PARTICIPANT:mailto:{r.email}
END:VEVENT
""",
    ),
    (
        "card",
        "[[my new details for your files]]",
        """BEGIN:VCARD
FN:{s.full}
TITLE:[[Deputy Registrar of Weights and Measures]]
TEL;TYPE=WORK:{phone}
ADR:;;{street};{town}
NOTE:[[desk is by the window]]\\, {place}\\, {hours}
END:VCARD

[[the old extension dies at]] {clock} {on}.
""",
    ),
    (
        "chart",
        "[[Observation Sheet for Handover]] {r.upsort}",
        """Patient: {r.upsort}   Born: {dob}   {place}
[[Early Warning Score on Admission]]: {rating}
Temp {temp}; weight {weight}; {dose} at {clock}; {chem} given
[[Fluids encouraged and bowels open]]: {dose} over {span}
[[Next Ward Round With Consultant]]: {when}. Next of kin {t.full}, {phone}.
Written by {s.full}, {page}
""",
    ),
    (
        "chat",
        "[[Group chat digest]]",
        """{s.nick}: [[who moved the good ladder]]
{t.first}: {place}, behind the {model}
{u.first}: [[not it was there on]] {day}
{s.nick}: ok {clock} then. its {size} and {weight}, [[mind your backs everyone]]
{t.first}: {gbp} says {u.nick} is late again, {rating} so far lol
""",
    ),
    (
        "caps",
        "[[VESSEL DEPARTURE REVISED]]",
        """ATTN {r.upper}

[[CARGO RELEASED SUBJECT TO SURVEY]]. {count}, {weight}, {chart}.
[[LAYTIME TO COUNT FROM NOTICE OF READINESS]], {clock}, {digits}.
DEMURRAGE {abroad} PRO RATA. [[BUNKERS SUPPLIED BY BARGE ALONGSIDE]] {norm}.
MASTER {s.upper}, {phone}
""",
    ),
    (
        "log",
        "[[Weekly job summary]]",
        """{digits} job=[[rebuild search index from scratch]] user={username} t={span} status={code}
{digits} job=[[rotate certificates on the proxy]] port={port} version={version} status={code}
{digits} job=[[prune old thumbnails and previews]] freed={disk} rate={speed} status={code}
contact={r.work} owner="{r.full}" pager={phone}
""",
    ),
    (
        "table",
        "[[Warehouse pick list]]",
        """Picker\tBin\tItem\tQty\tDue
{r.full}\t{place}\t[[Heavy Duty Cable Ties]]\t{count}\t{day}
{t.full}\t{place}\t[[Clear Acrylic Sheet]]\t{size}\t{on}
{u.full}\t{place}\t[[Food Grade Silicone Grease]]\t{weight}\t{digits}

[[Lift with your knees please]]: nothing above {weight} alone. {norm}. Handset {device}.
""",
    ),
    (
        "report",
        "[[Mid Year Appraisal Summary]]: {r.full}, {rating}",
        """Employee: {r.sorted} ({reference})
Reviewer: {s.full}
[[Delivers Work on Time]]: {rating}
[[Keeps Accurate Stock Records]]: {rating}
[[Speaks Up When Things Go Wrong]]: {rating}
Absence {span}; pay up {share} to {gbp} from {digits}; bonus {eur}
[[Agreed Objectives for Next Half]]: {clause} by {week}; see {page}.
""",
    ),
    (
        "forward",
        "Fwd: [[roof quote as discussed]]",
        """see below, [[cheaper than the other lot]] by {gbp}. {r.nick}

---------- Forwarded message ---------
From: {t.full} <{t.email}>
Subject: [[roof quote as discussed]]

{size} of [[Breathable Underlay and Treated Battens]] {gbp}
{count} [[Reclaimed Slates Best Grade]] {gbp}
Scaffold {span}, {gbp}. Start {week}, weather {temp} permitting. {norm}.
{street}, {town}. Ring {phone}.
""",
    ),
    (
        "outlook",
        "RE: [[Overdue Budget Forecast]]",
        """{r.first},

[[Figures attached with the usual caveats]]: {gbp} against {gbp}, {share} over; {clause}.
Can we say {when}, {place}?

From: {r.full}
Subject: [[Overdue Budget Forecast]]

[[I cannot reconcile the third tab]], {page}. {t.full} gets {eur}, I get {eur}.
{u.first} [[thinks it is the exchange rate]]. Free {on} {clock} or {range}.

{s.full}
[[Finance Business Partner for Estates]] | {phone}
""",
    ),
    (
        "theatre",
        "[[Pantomime Tickets Now Booking]]",
        """[[The Cobbler and the Seven Soup Spoons]]
{day} {clock}; {day} {clock}; {range}
Stalls {place} {gbp}, Circle {place} {gbp}, [[Relaxed Performance With Signing]] {on}
Running time {span}. Ages: {share} of our audience are under ten. Reviews {rating}.
[[Groups may pay in instalments]]. Held for {r.full}, {phone}, code {reference}.
""",
    ),
    (
        "parish",
        "[[Harvest Lunch and Flower Rota]]",
        """[[Arranging the Pedestals This Month]]: {t.full}, {day}; {u.full}, {on}
[[Sidesmen and Readers Wanted]] from {week}
[[Tower Appeal Reaches Halfway]]: {gbp}, {share}
[[Teas in the Lower Hall]]: {hours}, {gbp}, {place}
Items for the sheet to {s.full}, {street}, {phone}, or {foreign}, by {clock} {on}.
""",
    ),
    (
        "school",
        "[[Progress Check and Predicted Grades]]",
        """Pupil {r.full}, born {dob}, {place}
[[Double Award Combined Science]]  {rating}   {share}
[[Design and Food Technology]]     {rating}   {share}
[[Effort Grades in Brackets]]
Attendance {share}; house {points}; reading {page}; homework {clause}, due {on}
{term}: [[Reports are sent home by pupil post]]. Parents' evening {when}, tutor {s.formal}.
""",
    ),
    (
        "insurance",
        "[[Renewal Schedule and Key Facts]]",
        """Policyholder {r.full}, {street}, {town}
Vehicle {plate}, {miles} a year, [[Social Domestic and Pleasure Only]]
[[Compulsory Excess Per Incident]] {gbp}; [[Accidental Damage to Windscreens]] {gbp}
Protected discount {share} for {span}; {clause}; {page}
Cover from noon {digits}; pay {gbp} by {day}. [[Keep this certificate somewhere safe]].
Named driver {t.full}, {dob}
""",
    ),
    (
        "weather",
        "[[Yellow Warning for Wind]]",
        """Hi {r.first}, [[site closes if gusts get stronger]] than the gauge at {chart} says.
[[Amber Warnings Mean Crane Down]] {day} {clock} to {clock}; {temp} {on}.
Tide {size} at {clock}; {line} shut at {place}.
[[Night watchman has the gate key]]: {s.full}, {phone}. Crew of {people} told {digits}.
""",
    ),
    (
        "utility",
        "[[Smart meter upgrade]] {phone}",
        """{r.full}, {street}, {town}

[[An engineer is booked to visit]] {when}, for {span}. [[Someone over eighteen must be present]].
Old unit {model}, {meter}; new unit {model}, {meter}; firmware {version}; hub on {port}, {speed}.
Password on the day: {password}. [[We will switch off briefly]] at {clock}.
Change it {hours}, {phone}, with {reference}.
""",
    ),
)
