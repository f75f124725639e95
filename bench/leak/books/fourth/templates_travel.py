"""Airlines, hotels, hire cars, visas: (style, subject, body) of the fourth book."""

TEMPLATES = (
    (
        "airline",
        "[[Check-in is now open]] - {booking}",
        """Booking reference {booking}

{passenger}   frequent flyer {reference}
{passenger_u}   no frequent flyer number

ZX 418  departs {moment}, gate closes 25 minutes before
Baggage: one piece up to {weight} each

[[Add your travel document details now]]. For {r.full} we have passport {passport}, date of
birth {dob}. For {u.first} we have nothing.

[[Bring your own headphones and snacks]].
{host}
""",
    ),
    (
        "airline",
        "[[Your flight has changed]]",
        """Dear {r.formal}

we are sorry, [[bad weather has upset our timetable]]. ZX 77 now leaves {moment}.

Passengers on this booking ({booking})
1. {passenger}
2. {passenger_u}

If this does not work for you, [[a full refund is possible]]. Reply here, or message us on {phone}.
A meal voucher of {euro} EUR is waiting in your wallet, code {otp}.
""",
    ),
    (
        "airline",
        "Lost property: found item for {r.last}",
        """Hello {r.first},

[[somebody handed in a grey rucksack]] at the arrivals desk. There's a tag on it reading
"{r.upper} {phone} {street} {town}" and inside a tablet ({device}) and a boarding pass of a
{u.full}.

Is this yours? [[Describe one more thing inside it]] and we'll post it ({money}) or keep it until
{when}.

Lost & Found, {s.first} {s.last}
""",
    ),
    (
        "travel",
        "[[We look forward to your stay]]",
        """Buongiorno {r.formal},

grazie for choosing our little house. Your booking {booking}: two nights, {window},
room {room} with lake view, {euro} EUR including breakfast.

Guests: {r.full}, {t.full}, and baby {u.first}
Arriving by car {plate}, [[parking is in the courtyard]].

The night door opens with {otp}. Wifi "guest-casa", password {password}.

By law we must send the police your document numbers: {passport} for you, and the same for
{t.first}, please, with place and date of birth (you: {town}, {dob}).

[[The cat is called after nobody famous]].
A presto, {s.nick}
{phone}
""",
    ),
    (
        "travel",
        "Folio for Mr/Ms {r.upper}",
        """GUEST FOLIO

Name        {r.sorted}
Company     (none)
Room        {room}
Arrive      {when}
Card        {card}

Accommodation     {money}
Minibar           {money}
Laundry           {money}
City tax          {money}

Signature on file. [[We hope you slept well]]. Lost something? Ask for {s.first}, {phone}.
""",
    ),
    (
        "travel",
        "[[Trouble with the hire car]]",
        """From: {r.email}
To: {s.email}

Hello,

I returned the car ({plate}) to the desk at {town} on {when}. [[There was nobody to take the keys]].
Now {price} went off my card {card} for a scratch that {u.first}, your colleague, marked on the
sheet when we took it over.

Driver: {r.full}, licence {licence}
Second driver: {t.full}
Agreement: {reference}

[[Please put this right at once]].

{r.initial}
""",
    ),
    (
        "travel",
        "[[Visa application received]]",
        """Application ID: {reference}

Applicant details
-----------------
Surname:        {r.last}
Given names:    {r.first}
Name in native script: {foreign}
Sex:            as per passport
Date of birth:  {dob_compact}
Place of birth: {town}
Passport no.:   {passport}
Father's name:  {t.full}
Contact in destination: {u.full}, {abroad}, tel {phone}

[[Your biometric appointment is booked]]: {when}, counter {room}. Fee paid: {money}.
[[Do not make travel plans yet]].
""",
    ),
    (
        "travel",
        "school trip: {u.first}'s ferry place",
        """Dear parents,

a few last things for the ferry. [[Packed lunch for the first day]], no glass, and a rain jacket.

{u.full} shares a cabin with {t.full}; both sit at table four. Emergency contact for {u.first} is
{r.full}, {phone}, correct? She was born {dob_child} so she's over the age limit for the slide.

We meet {when} at the bus bay. [[Return will be after dark]].

{s.formal}
""",
    ),
    (
        "travel",
        "{r.first}, [[how was your stay]]?",
        """Hi {r.first},

You've recently spent time at {u.first}'s place. [[Reviews help other travellers decide]].

Host: {u.full}
Your words so far: "{u.nick} met us with fresh bread, the flat is spotless, the bed a bit hard.
[[Best shower of the whole trip]]. Ask for {t.first} downstairs if the boiler sulks."

Post it: {track}
Paid: {money}
""",
    ),
    (
        "travel",
        "[[Delay repay claim accepted]]",
        """Claim {reference}

{r.formal}, [[we agree that your train was late]]. {price} goes to {sort} within a week.

Journey: {when}
Ticket holder: {r.initial}
Smartcard: {reference}
Home station: {town}

[[You cannot answer to this mailbox]].
""",
    ),
)
