"""Stories without titles or greetings, and harmless headings, days, posts and goods beside them."""

TEMPLATES = (
    (
        "story",
        "how it went on saturday",
        """By the time {wordy} arrived the marquee was down. {other} blamed {u.first}, {u.first}
blamed the
wind, and {eastern}, who had only come for the raffle, ended up holding the pole with {lowercase}
and somebody's aunt ({apostrophe}, I think, or her sister {initialled}). The prize, a voucher for
[[Afternoon Tea and Treatment Day Spa]], went to {particle} from {town}.

[[Lost Property and First Aid Tent]] has one glove. [[Takings were up on last year]], {price}.
{nicknamed} drove {t.first} home to {street}, where {patronymic} was waiting up.

{s.initials}
""",
    ),
    (
        "harmless",
        "[[Term Dates and Inset Days]]",
        """[[Summer Half Term Starts on Monday]]
[[Parents Evening Moves to the Thursday]]: {when}
[[Non Uniform Day Raises Funds]]: {price}
[[December Mock Exams Timetable Attached]]
[[Breakfast Club and Homework Hub]] {hours}, {price} a session
[[School Business Manager and Site Team]]: room {room}
""",
    ),
    (
        "harmless",
        "[[Card and gift wrap offers]]",
        """[[Dear Valued Customer and Friend]]

[[Kind Regards Greetings Card Multipack]] {price}
[[Mister Whiskers Catnip Mouse Toy]] {price}
[[Lady Lilac Scented Drawer Liners]] {price}, {size}
[[Doctor Foam Self Cleaning Brush]] {price}
[[Professor Plug Surge Protected Adapter]] {price}, {percent} off

[[Yours Sincerely The Mail Order Elves]]
{host}
""",
    ),
    (
        "landlord",
        "{street}",
        """{wordy} in flat 2 has paid, {barrel} in flat 3 has not, flat 4 is empty since {other}
went back
to {town}. {lowercase} from upstairs did the gutter. Gas man ({initialled}, {phone}) needs in
{when}; key with {eastern} at {street}.

[[Deposit Protection Certificate and Inventory]] ref {tenancy}. Meter {meter}. Rent {price}.
[[Please bleed the radiators gently]]. Router: {wifi}. Intercom {otp}.
{s.first}
""",
    ),
    (
        "surgery",
        "results {r.upsort} {dob}",
        """{ledger} {dob} NHS {nhs} - [[bloods fine no action needed]]
{capitals} {dob} NHS {nhs} - [[repeat sample in three months]]
{u.sorted} {dob} CHI {chi} - wants {wordy} to collect, ring {phone}
{foreign} {dob} {patient} - interpreter {eastern} booked {when}

[[Practice Nurse and Phlebotomy Room]] {room}, {hours}. Flu jab {price} private.
{s.initial}
""",
    ),
    (
        "abuse",
        "report about {username}",
        """user {username} (signed up as {lowercase}, phone {phone}) keeps posting the home
address of
{handle}: "{street}, {town}, ask for {wordy}". alt accounts {username}, {username}; same machine,
{device}, {mac}. shared pw was {password}.

[[Community Guidelines and Strike System]] v{version}. [[Three warnings then a ban]].
{quantity} posts hidden. {handle} aka {apostrophe} has been told.
""",
    ),
    (
        "lost",
        "[[Handed in at the ticket office]]",
        """Brown wallet: card {card} {capitals}; donor card {ledger}; library {member}; a photo
marked
"{wordy} and {u.nick}, {town}"; a slip with {spoken} on it; staff pass {employee} {eastern}.
Grey phone, {device}, lock screen says ring {other}.
Blue folder: {file}.

[[Umbrella Black Telescopic Wooden Handle]], {quantity} of them.
[[Fee for storage per item]] {price}. Counter {hours}. [[Platform Staff and Left Luggage]]
""",
    ),
    (
        "genealogy",
        "{u.last} tree, new hints",
        """{u.full}, born {dob} at {town}, married {particle}; their children {wordy}, {other} and
{initialled}. The census has {capitals}, lodger, at {street}. {patronymic} sailed from {town}.

{foreign} matches you at {percent}. Kit {reference}, login {username}.
[[Premium Archive and Newspaper Bundle]] {price}.
[[Hints are found by software]]. {track}
""",
    ),
)
