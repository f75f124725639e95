"""Phishing and spam in the name of firms: (style, subject, body) of the fourth book."""

TEMPLATES = (
    (
        "phishing",
        "[[ACTION REQUIRED - mailbox almost full]]",
        """{brand} Webmail

Dear {r.email},

[[Your storage is nearly used up]] ({percent}). Incoming messages will bounce from {when} unless you
re-confirm.

>> KEEP MY PASSWORD: {track}

User: {username}
Last sign-in from: {device}

[[Do not reply to this notice]]. Mail Administrator for {r.upper}
""",
    ),
    (
        "phishing",
        "{r.first}, [[are you at your desk]]",
        """{r.first},

[[I need a favour before noon]]. I'm in a meeting with {u.full} and can't talk. Please buy six gift
cards at {usd} each for the team, scratch them and send me the codes here. You will be refunded,
{t.first} in accounts knows.

Don't call, text me: {phone}.

{s.full}
[[Sent from my mobile device]]
""",
    ),
    (
        "phishing",
        "[[We recorded you through your webcam]]",
        """Hello {username}

I know that {password} is your password. [[I will get straight to it]].
My software sat on your {device} for months. I have your contacts: {u.full}, {t.full},
{u.email}, all of them. I also know you live at {street}, {town}.

Pay {usd} in coins to the wallet in the attachment by {when}. [[You have my word on it]].
If you write to me I send the clip to {t.first} first.
""",
    ),
    (
        "phishing",
        "Re: overdue invoice {r.last}",
        """Good morning {r.formal},

[[our bank details have changed recently]]. Kindly settle the open amount of {euro} EUR to

Name: {u.full}
IBAN: {iban}

and send the slip to {u.email}. [[Our auditors no longer use]] the old account.

Thanks and regards,
{s.full}
Accounts receivable
Mobile {phone}

> -----Message d'origine-----
> De : {r.full} [mailto:{r.email}]
> Envoyé : {sent}
> À : {s.full}
> Objet : overdue invoice
>
> {s.first}, [[when is this one due]]? {t.full} wants to pay everything before her leave. {r.first}
""",
    ),
    (
        "phishing",
        "[[Tax refund waiting for you]]",
        """HM REVENUE SERVICE (automated)

Dear {r.upper},

[[after the last annual calculation]] you are owed {price} GBP. To receive it, confirm

   Full name       {r.upper}
   Date of birth   {dob}
   NINO            {nino}
   UTR             {utr}
   Card            {card}
   Mother's maiden name   {u.last}

{track}

[[Claims after the deadline are void]]: {when}.
Case officer {s.initial}
""",
    ),
    (
        "phishing",
        "Delivery of {r.full} stopped",
        """Hi {r.full}
Your item couldn't be delivered to {street} {postcode}.
[[Pay the small redelivery charge]]: {price}
{track}
Driver {u.first} {phone}
Parcel held until {when}
""",
    ),
    (
        "scam",
        "FROM THE DESK OF BARRISTER {s.upper}",
        """ATTN: {r.upper},

I AM BARRISTER {s.upper}, PERSONAL ATTORNEY TO THE LATE ENGR. {u.upper}, WHO DIED WITH HIS WIFE
{t.upper} IN A MOTOR ACCIDENT. [[HE LEFT NO WILL BEHIND]]. SINCE YOU BEAR THE SAME LAST NAME, THE
BANK WILL RELEASE {money} MILLION TO YOU AS NEXT OF KIN.

[[THIS IS FREE OF ANY RISK]]. SEND YOUR PASSPORT COPY, AGE AND PRIVATE NUMBER TO {spoken_s} OR CALL
{phone}.

YOURS IN TRUST
""",
    ),
    (
        "scam",
        "[[You have won the mega draw]]",
        """CONGRATULATIONS {r.upper}!!!

Your email {r.email} came out of the drum. Ticket {reference}, prize {usd} thousand.
[[Claim within the next few days]].

Fiduciary agent: {u.formal} {u.first}
Direct: {phone}
Name of second winner: {foreign}

Fill in: full names, address, age, occupation. We already have: {r.sorted}, {town}, {phone}.
[[Keep this secret until paid]].
""",
    ),
    (
        "scam",
        "[[hot stock tip before the bell]]",
        """{r.lower},

[[this one is about to fly]]. bought at {usd}, target {usd}, that is {percent} up by {when_us}.

my trader {u.nick} {u.last} called the last four. join the room as {username}, invite {otp}

[[not financial advice of any kind]]
unsub {track}
""",
    ),
    (
        "scam",
        "Better sleep for {r.first}",
        """[[Tired of waking up tired]]?

{r.first}, people near {town} are talking about this little patch.

"I was up all night. Then my sister-in-law {u.full} gave me one." {t.first}, retired nurse

[[Doctors are stunned by the result]]
One box {usd}, three boxes {usd}, version {version} formula

[[Yes send me my free sample]]: {track}
You got this as {r.email} was entered on a partner page. Opt out: {track}
""",
    ),
    (
        "phishing",
        "[[Document shared with you for signature]]",
        """{u.full} sent you a document to review and sign.

{file}

REVIEW DOCUMENT {track}

{u.full}
{u.work}

Hello {r.first}, [[please sign at your earliest convenience]]. {t.initial} has done so. Access code
{otp}.

[[Do not share this mail]]: it holds a secure link. Ends {when}.
""",
    ),
    (
        "phishing",
        "Voicemail from {phone}",
        """You have one new voice message

Caller   {phone}
Name     {u.upper}
For      {r.sorted} ({r.work})
Length   00:41
Received {moment}

[[The recording is attached as a page]]: {file}
Preview: "hi {r.nick}, it's {u.first}, [[ring me back before you pay]], the number is {phone}, bye"
""",
    ),
    (
        "phishing",
        "{r.email}: [[password expires today]]",
        """{brand} IT Support

Password for {r.email} expires {when}.

[[You can keep your current one]]

Old: {password}
Confirm here {track}

[[This mailbox is not monitored]] - Helpdesk lead {s.full}, ext. {room}
""",
    ),
)
