"""Fifth book: phishing, extortion, fake invoices, spam, bounces, lists."""

from bench.leak.book import Template

TEMPLATES: tuple[Template, ...] = (
    (
        "phishing",
        "{r.email} [[your mailbox is almost full]]",
        """Dear {r.email},

[[Eight messages are being held on the server]]. User {username} will be locked {when}.
[[Release them with one click]]: {track}

Mail Administrator, {brand}
""",
    ),
    (
        "phishing",
        "{r.upper}, [[unpaid customs fee for your parcel]]",
        """Hallo {r.full},

[[your shipment is stuck at the depot]]
Consignee   : {r.upper}
Destination : {street}, {postcode}
Fee due     : {amount}

[[Pay now to avoid return]] {track}
""",
    ),
    (
        "phishing",
        "[[Are you at your desk]]",
        """{r.first},

[[I need a discreet favour this morning]]. I'm in a board meeting with {t.full}, cannot talk. Get
gift cards for {amount} and send the codes to {u.email}. {u.first} in finance knows.

{s.full}
Chief Executive
[[Sent from my phone so forgive typos]]
""",
    ),
    (
        "phishing",
        "[[Change of bank details for your payroll]]",
        """Hi {r.nick}

[[I have moved banks]]. Could my salary go to the new account from {when}?
Name {s.full}
{sort}
or IBAN {iban}

Staff no {staff_ref}. [[Please do not call as I am travelling]].
{s.first}
""",
    ),
    (
        "phishing",
        "{code} [[is the code for your account]]",
        """{code} [[is your security code]].
[[It expires in a few minutes]]. Requested for {r.email} from {device}.
[[Did not ask for this]]? {track}
""",
    ),
    (
        "extortion",
        "{r.nick}, [[I know your secret]]",
        """I am aware that {password} is one of your pass words, {r.first}.

[[You do not know me]]. Your computer {device} has been mine since spring. I copied all
contacts of {r.full}, such as {t.full} and {u.email}. [[Nobody will help you with this]].

Send {amount} in coins. [[The clock is ticking from now]].
""",
    ),
    (
        "fake invoice",
        "{file} [[overdue invoice with second reminder]]",
        """Attention: accounts payable / {r.full}

Attached: {file}
[[Balance brought forward from last quarter]] {amount}
Order {order}
Our collector, {t.full}, will be at {street}, {town} on {when} unless it is settled.

{s.full} ([[authorised signatory of the company]])
""",
    ),
    (
        "spam",
        "[[Lose weight without giving up bread]]",
        """[[Doctors hate this simple trick]]
[[Now only while stocks last]]: {amount}
{count}, [[shipped in a plain box]]
"Changed my life" - {t.first} {t.last}, {town}
""",
    ),
    (
        "spam",
        "[[Investment tips from a quiet insider]]",
        """[[Markets are closed but opportunity is not]]
Hello {r.first} from {town}!
Last week {t.full}, a retired nurse, turned {amount} into {amount}.
Her broker {u.full} answers on {phone}.
[[This is not financial advice]]
""",
    ),
    (
        "bounce",
        "[[Undelivered mail returned to sender]]: {r.email}",
        """[[This is the mail system at our host]].

<{r.email}>: host mx.example.net said: 550 5.1.1 <{r.email}>: Recipient address
    rejected: user {username} unknown (in reply to RCPT TO command)

Final-Recipient: rfc822; {r.email}
Original-Recipient: rfc822;{t.email}
Action: failed
Status: 5.1.1

--- [[the headers of the message follow]] ---
From: "{s.full}" <{s.email}>
To: {r.full} <{r.email}>
Cc: {u.sorted} <{u.email}>
Subject: [[lunch on the terrace]]
""",
    ),
    (
        "absence",
        "{s.full} [[sends an automatic reply while away]]",
        """[[I have very limited access to mail]] until {when}.
Urgent: {t.full} ({t.work}, ext. {quantity}) or {u.first} on {phone}.
For anything about {r.last} v {u.last} ask {t.first}.

{s.full}
{s.work}
""",
    ),
    (
        "list",
        "[gardeners] [[when to cut back the hedge]]",
        """On {when}, {t.full} via gardeners wrote:
> {u.first} said on this list that beech is best cut late.
> -- {t.first}

What {u.first} {u.last} meant was hornbeam. Ask {r.obfuscated} who has a book on it.
[[My own hedge is a disgrace]].

{s.first}
_______________________________________________
gardeners mailing list -- options for {r.email}: {host}
""",
    ),
    (
        "newsletter",
        "[[What is on this month]]",
        """[[Hands-on pottery for complete beginners]] {when}, {amount}
[[A talk about moths and lanterns]] {when}
[[Repair cafe in the old library]] {when}, free

Volunteer of the month: {t.full}, who with her son {u.first} painted the fence.
Wanted: someone to take over from {u.full} as treasurer. Ask {s.first}, {phone}.
""",
    ),
    (
        "newsletter",
        "[[Release notes for our platform]]",
        """[[New in this release]] {version}
- [[faster start after a crash]]
- [[the export keeps its column order]]
- [[dark mode for the calendar]]
Latency is down to {percent}. [[Upgrade during quiet hours]]. {host}
""",
    ),
)
