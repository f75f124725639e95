"""Mailing lists, newsletters, threads of many clients: (style, subject, body), fourth book."""

TEMPLATES = (
    (
        "list",
        "[beekeepers] [[swarm in the school yard]]",
        """On {sent}, {u.full} via beekeepers wrote:
> a swarm hangs off the bike shed, anyone near {town} with a box?
>
> {u.nick}, {phone}

{t.full} has one, and so do I, but [[mine is full of honey]]. {u.first}, ring {t.nick} on {phone}.

By the way, the treasurer ({foreign}) still waits for {price} from some of us.

{s.full}
{spoken_u} is dead, use my new one please: {s.email}
_______________________________________________
beekeepers mailing list
[[To leave follow the link below]]
{host}
""",
    ),
    (
        "list",
        "Re: [[compile error with old headers]]",
        """{r.full} writes:

> {t.full} writes:
>> [[The build stops at the linker]]. Version {version}, patch by {u.full} applied.
> Same here.

Reverting {u.last}'s change helps. Tested-by: {t.full} <{t.email}>

Reported-by: {foreign}
[[I will push a fix later]], not before {when}.

{s.first}
--\x20
{s.full}, {spoken_s}
""",
    ),
    (
        "newsletter",
        "[[News from the village hall]]",
        """VILLAGE VOICE

* New caretaker. {u.full} takes over from {t.full}, who kept the boiler alive for decades.
[[We owe him a pint]]. Keys now at {street}, tel. {phone}.

* Flower show, {when}. First in sweet peas: {foreign}. Best marrow ({weight}): {r.full}. Judges were
strict this year, {s.last} above all.

* Lost: ginger tom, answers to anything. {u.first} at {street} is in tears. {phone}

* [[Yoga moves to the chapel]]. {t.first} asks for {price} a head.

Sent to {r.email}. [[Tell a friend about us]]. Stop: {track}
""",
    ),
    (
        "newsletter",
        "[[Product updates for the new season]]",
        """What's new in {version}

- [[Search is twice as fast]]
- dark mode for tables
- fewer clicks to export
- {percent} less memory

[[Thank you for your bug reports]], especially {foreign}, {u.full} and user {user_t}.

Webinar with {s.full}: {window}, seats {quantity}
Register: {track}
""",
    ),
    (
        "thread",
        "RE: RE: [[quote for the awning]]",
        """Hi both,

go ahead please. {u.first} has my card ({card}), and [[the stripes should match the door]].

{r.first}

________________________________
From: {u.full} <{u.work}>
Sent: {sent}
To: {s.full} <{s.email}>; {r.full} <{r.email}>
Cc: {t.sorted}
Subject: RE: quote for the awning

Dear {s.first},
[[we can do it for less]], {euro} EUR fitted, at {street}. {t.last} measures up, mobile {phone}.
Regards, {u.initial}
________________________________
From: {s.full}
Sent: {sent}
Subject: quote for the awning

Hello, {r.full} and I share the terrace. What would three metres be? {s.nick}
""",
    ),
    (
        "thread",
        "Re: Sunday lunch at {u.first}'s",
        """Count us in, and {t.first} brings her famous trifle. [[Shall we bring folding chairs]]?

{s.nick}

> On {sent}, {r.full} <{r.email}> wrote:
>
> Dear all,
>
> lunch is at {u.full}'s, {street}, {town}. Gate sticks, give it a kick. Her number: {phone}
>
> > On {sent}, {t.full} <{t.email}> wrote:
> >
> > [[Who is doing the potatoes]]? {foreign} did them last year.
>
> Begin forwarded message:
>
> From: {u.full} <{u.email}>
> Reply-To: {u.nick} <{u.work}>
> [[happy to have the lot of you]], {u.initials}
""",
    ),
    (
        "notice",
        "[[Delivery to one address has failed]]",
        """This is the mail system at host mx.carrier.

I'm sorry to have to inform you that [[your message could not be delivered]].

<{u.work}>: host mail said: 550 5.1.1 <{u.work}>: Recipient {u.full} rejected: user unknown

Original message follows:
From: {r.full} <{r.email}>
To: "{u.sorted}" <{u.work}>
Subject: birthday of {t.first}

{u.first}, [[which cake should I order]]? {t.full} turns forty ({dob}). Money to {sort}, {price}
each.
{r.initials}
""",
    ),
    (
        "notice",
        "Out of office: {s.first} {s.last}",
        """Thanks for your mail. [[I am away from my desk]] until {when}.

Invoices: {u.full}, {u.work}
Anything with the van ({plate}): {t.first}, {phone}
In an emergency at home: my husband {foreign}, {phone}

[[Mails are not being forwarded]].

{s.full} ({s.initials})
""",
    ),
    (
        "list",
        "[[Your weekly neighbourhood digest]]",
        """{u.full}, {street}
"Does anybody know a plumber who picks up the phone?"
  -> {t.full}: "{foreign}, brilliant, {phone}. Tell him {t.nick} sent you."

{username}
"Found: one child's welly, blue. [[It is on the wall]] outside number nine."

{s.full}
"Car {plate} has had its lights on since {when}. [[Owner please come forward]]."

[[See more posts from neighbours]]: {track}
""",
    ),
    (
        "prose",
        "[[How to descale a kettle]]",
        """[[Fill it halfway with vinegar and water]]. Bring it to the boil, let it sit, rinse
twice.

A reader, {u.full} from {town}, swears by lemon. [[Citric acid works just as well]], says chemist
{foreign}, and costs {price} a bag. {t.last} in last week's issue had it wrong.

[[Never mix it with bleach]]. {quantity} of you wrote in; {r.first}, you won the tea towel.
Claim it at {spoken_u} by {when}.
""",
    ),
    (
        "prose",
        "[[Release notes for the firmware]]",
        """[[The watchdog now resets the radio]] when the queue stalls. Requires bootloader
{version}.

[[Fixed a race in the scheduler]]. Boot time down by {percent}.
[[Known issue with dual stack hosts]] remains; see the wiki.

Upgrade window {window}. Ship {quantity} units per batch.

[[Checksums are on the download page]]: {host}
""",
    ),
    (
        "thread",
        "Re: piano lessons for {u.nick}",
        """Am {sent_de} schrieb {r.full}:
> Would {when} suit you? {u.first} is nine now (born {dob_child}).

Gladly. [[Bring the green exercise book]].

> Our address is {street}, {town}, bell says {t.last}.

Noted. And for the fee, {euro} a lesson, IBAN {iban}, holder {s.full}.

> {t.first} picks her up. Mobile {phone}.

[[I look forward to it]]

--\x20
{s.full} * {abroad} * {town}
""",
    ),
)
