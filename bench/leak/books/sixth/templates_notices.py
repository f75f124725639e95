"""Codes and notices, fraud, bounces, lists, terms, and harmless mail of every kind."""

TEMPLATES = (
    (
        "code",
        "{otp} is your [[one time sign in code]]",
        """Hi {username},

{otp} is the code. [[It stops working in ten minutes]].
New sign-in: {device}, near {town}. If that was not you, tell {r.email} and change {password},
which is the temporary one we set.

[[Account Safety and Recovery Centre]]
{host}
""",
    ),
    (
        "code",
        "{handle}: [[finish setting up the app]]",
        """Type {otp} when it asks, or read {otp} to the operator. Backup codes:
{otp}, {otp}, {otp}.

Your handle {handle} is free, {username} was taken. [[Build number for the curious]]: {version}.
Premium is {price} a year, {percent} less than paying monthly.

[[Made with care and too much coffee]]
""",
    ),
    (
        "fraud",
        "{r.email}: [[mailbox storage is almost full]]",
        """Dear {r.email},

User {username}, your box is at {percent}. [[Incoming messages may be returned]].
Keep same password: {track}

Last seen from {device} ({mac}). IT Desk contact: {wordy}, {phone}.
[[Microsort Webmail Quota Enforcement Team]]
""",
    ),
    (
        "fraud",
        "[[Confidential business proposal of mutual benefit]]",
        """Good day my friend {r.first},

I am barrister {patronymic}, attorney to the late {barrel}, who shares your surname {r.last} and
died with his wife {other} on the road to {town}. I have deposited {price} million with
{particle}, branch head. Answer only to {t.obfuscated} or whatsapp {spoken}.

[[This transaction is free of risk]]. Send full name, address ({abroad} is what we hold), and
copy of {file}.

[[Yours in trust and brotherhood]]
{apostrophe}
""",
    ),
    (
        "bounce",
        "[[Undelivered Mail Returned to Sender]] ({t.email})",
        """This is the mail system at host mx.

<{t.email}>: host said: 550 5.1.1 user {username} unknown
<{u.work}>: [[mailbox is over its quota]] (in reply to RCPT TO)

Final-Recipient: rfc822; {t.email}
X-Display-Name: {t.sorted}
Diagnostic-Code: smtp; 452 4.2.2 {percent} used
Subject: Fwd: {other} and {wordy} - sale of {street}
[[Queue lifetime exceeded giving up]], {quantity} attempts
""",
    ),
    (
        "list",
        "[Beekeepers] [[fondant feeding and varroa counts]] ({r.initial})",
        """{r.lower} writes:
> {wordy} told me fondant beats syrup, but {u.nick} swears by both
I side with {nicknamed}. {eastern} over in {town} lost {quantity} hives last year, and
{initialled} none. [[Heft them before you open them]].

[[Candied Peel Sugarcraft and Fondant Supplies]] has it at {price}.

--
{s.lower}   {s.obfuscated}
hive count {quantity}, stings {quantity}
_______________________________________________
[[Replies go to the whole list]]
""",
    ),
    (
        "terms",
        "[[Changes to our terms of service]]",
        """[[Summary of what is changing]]

1. [[Definitions Used Throughout This Agreement]]. "Service" means the app, version {version}.
2. [[The Supplier shall not be liable for indirect loss]].
3. [[Fees Charges and Direct Debit Guarantee]]: {price} a month, later {price}, up {percent}.
4. [[Either party may end this contract by written notice]].
5. [[Governing Law and Alternative Dispute Resolution]].

Takes effect {when}. [[Group General Counsel and Company Secretary]]
{host}
""",
    ),
    (
        "harmless",
        "[[Match Report and Results Round Up]]",
        """[[Under Twelves Mixed Seven a Side]]   {score}
[[Ladies Second Eleven Home Friendly]]   {score}
[[Veterans Walking Football Gold Division]]   {score}
[[Abandoned owing to a frozen pitch]]

[[Kit Sponsor and Pitch Hire Enquiries]]: {host}
Raffle raised {price}. [[Next Fixture Subject to Weather]]: {when}. Gates {hours}.
""",
    ),
    (
        "harmless",
        "[[Release notes for the stable build]]",
        """[[What Is New in This Release]]   {version}

* [[Faster Search Across Shared Folders]]
* [[Dark Mode for the Settings Pane]]
* fixed: [[Print Preview Showed a Blank Page]], since {version}
* known: [[Zoom Resets After Full Screen Mode]], workaround in {version}

[[Quality Engineering and Release Management]]
Downloads {hours}, mirror at {percent}. {host}
""",
    ),
    (
        "harmless",
        "[[Vacancies at our sites this week]]",
        """[[Regional Catering and Hospitality Manager]], {price} per day, {quantity} posts
[[Part Time Lunchtime Supervisory Assistant]], {price} per hour
[[Graduate Quantity Surveyor Rail and Highways]], {percent} bonus
[[Trainee Dog Groomer Saturdays Only]]
[[Interim Director of Strategy and Insight]]

[[Apply through the careers page only]]: {host}
Interviews {when}. Room {room}. [[No agencies or speculative calls]].
""",
    ),
    (
        "harmless",
        "[[Menu for the staff canteen]]",
        """Monday   [[Lentil Dhal with Coconut Rice]]   {price}
Tuesday   [[Toad in the Hole with Gravy]]   {price}
Wednesday   [[Grilled Halloumi and Aubergine Stack]]   {price}
Thursday   [[Beer Battered Haddock and Chunky Chips]]   {price}

[[Allergen Folder at the Salad Counter]]. Hot food {hours}. [[Loyalty stamps count double]] {when}.
""",
    ),
    (
        "energy",
        "[[We need a reading from you]], {r.full}, {street}",
        """Account {reference} for {r.full}, supply at {street}, {town}

Last reading {meter}, estimate {meter}, unit rate {percent} lower. [[Standard Variable Tariff]]
costs {price}, [[Fixed Saver Plus Loyalty Tariff]] {price}.

If {wordy} or another named person may speak for you, register them on {phone}. We hold a
birthday of {dob} and the password {password} for callers at the door.

[[Smart Metering and Field Operations]] calls {when} between {hours}.
""",
    ),
    (
        "dating",
        "{username}, [[someone liked your profile today]]",
        """{handle} winked at you, {username}!

"[[long walks and short films]]" - {u.first}, {quantity}, {town}
"[[looking for a bridge partner]]" - {lowercase}, {town}

[[Gold Membership Spring Flash Sale]] {price}. Text {spoken} to stop. {track}
""",
    ),
    (
        "court",
        "{court} [[Notice of hearing and directions]]",
        """IN THE COUNTY COURT                      Claim No. {court}

BETWEEN
        {capitals}                       Claimant
           - and -
        (1) {u.upper}
        (2) {capitals} (a child, by her litigation friend {wordy})   Defendants

UPON reading the statement of {initialled}, and UPON hearing {t.last} for the Claimant
1. [[The Defendants shall file a defence]] by {when}.
2. Service on {r.full} at {street}, {town} is deemed good.
3. Costs of {price} [[summarily assessed and payable forthwith]].

[[Civil Listing and Enforcement Section]], counter {hours}
""",
    ),
    (
        "prison",
        "[[Booking a social visit]] to {ledger}",
        """You are booked to see {ledger}, {prisoner}, {when}. With you: {other} (b. {dob}) and
{wordy} (b. {dob}). Bring something with your address, which we hold as {street}, {town}.

[[Lockers take a one pound coin]]. [[No chewing gum or loose change]].
Car: {plate}. Visitor number {reference}.

[[Family Engagement and Visits Booking Line]] {phone}, {hours}
""",
    ),
)
