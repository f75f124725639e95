"""Templates of the third book: calendars, cards, orders, travel, bounces, fraud, lists."""

TEMPLATES = (
    (
        "calendar",
        "[[Invitation: return to work meeting]]",
        """BEGIN:VCALENDAR
PRODID:-//Rota Systems//Outlook 16.0 MIMEDIR//EN
METHOD:REQUEST
BEGIN:VEVENT
ORGANIZER;CN="{s.sorted}":mailto:{s.work}
ATTENDEE;ROLE=REQ-PARTICIPANT;RSVP=TRUE;CN={r.full}:MAILTO:{r.work}
ATTENDEE;ROLE=OPT-PARTICIPANT;CN="{anyone_sorted}":mailto:{anyone_mail}
ATTENDEE;CUTYPE=ROOM;CN=Room {room}:mailto:rooms@staff.campus.test
SUMMARY:[[Return to work meeting]] - {r.initial}
DESCRIPTION:Join with code {otp}\\n\\n{r.first} will bring {anyone} from the union.
 \\nDial in {phone}. [[Please read the sickness policy beforehand]].
LOCATION:Room {room}
X-ALT-DESC;FMTTYPE=text/plain:Staff no {staff_no}
DTSTART:{stamp}
END:VEVENT
END:VCALENDAR
""",
    ),
    (
        "vcard",
        "Contact details of {u.full}",
        """As promised, {r.first}. [[Import the card below with one tap]]. - {s.nick}

BEGIN:VCARD
VERSION:3.0
N:{u.last};{u.first};;Dr;
FN:{u.full}
NICKNAME:{u.nick}
ORG:Out of Hours Service
TEL;TYPE=CELL:{phone}
TEL;TYPE=HOME,VOICE:{phone}
EMAIL;TYPE=INTERNET:{u.email}
BDAY:{dob_iso}
ADR;TYPE=HOME:;;{street};{town};;{postcode};
NOTE:Partner {anyone}. Door code {otp}
END:VCARD
""",
    ),
    (
        "order",
        "[[We have your order]] {order}",
        """Thanks {r.first}!

Order {order}                     status: packed
  2 x school jumper, age 9        {price}
  1 x book bag with name {child}  {price}
  delivery                        {price}

[[You will get a text on the day]]. It goes to {r.full}, {street}, {town} {postcode}, mobile
{phone}.
Paid by card {card}. Gift message: "Happy birthday {child}! love Auntie {anyone}"

{track}
""",
    ),
    (
        "courier",
        "[[Sorry we missed you]]",
        """Your parcel {order} could not be handed over on {when}. [[It was left with a neighbour]]:
{anyone_caps}, {street}. Signed: {anyone_initial}.

From: {s.full}, {town}
Weight {quantity} g, shelf {room}. [[Bring the card and some photo ID]]. Locker PIN {otp}.
""",
    ),
    (
        "travel",
        "[[Check-in is open]] - {r.upsort}",
        """FREQUENT FLYER {member_no}                STATUS CONFIRMED

PASSENGER 1   {r.upsort} MRS           PASSPORT {passport}   DOB {dob}
PASSENGER 2   {anyone_caps} MR            PASSPORT {passport}   DOB {dob}
INFANT        {anyone_caps}            DOB {child_dob}

BAGS {quantity} KG       GATE {room}       DEPARTS {when}      FARE {price}
WHEELCHAIR ASSISTANCE FOR {anyone_caps} CONFIRMED
[[PLEASE BE AT THE GATE IN GOOD TIME]]
CONTACT IN {town_us}: {anyone}, {street_us}, {phone_us}
""",
    ),
    (
        "bounce",
        "Undeliverable: physio letter {hospital_no}",
        """This is the mail system at host edge.postrelay.example.

[[I'm sorry to have to inform you]] that your message could not be delivered to one or more people.

<{t.email}>: host mx2.campusmail.example said: 550 5.1.1
    <{t.email}>: Recipient address rejected: {t.full} has left
    (in reply to RCPT TO command)

--- Below this line is a copy of the message.

From: {s.full} <{s.work}>
To: {t.full} <{t.email}>
Subject: physio letter

Dear {t.first}, {r.full} ({dob}) was seen on {when}. [[Progress is slow but steady]].
""",
    ),
    (
        "phishing",
        "[[Your benefit payment is on hold]] {r.email}",
        """Dear {r.email},

[[We could not verify your bank details]] and have stopped a payment of {price} to {r.upper}.
Sign in within {quantity} hours or it goes back: {track}

User        {username}
Old code    {password}
Address     {street}, {postcode}

[[Failure to act may lead to prosecution]].

{anyone}, Fraud Prevention Directorate
""",
    ),
    (
        "phishing",
        "Re: quick favour",
        """{r.first} are you at your desk?

I'm in with the governors and can't talk. [[Need gift cards for the staff raffle]], {quantity} of
them at {price}. Scratch and send me the codes, {anyone} will refund you by {when}. My private
number is {phone}. Keep it between us, {t.first} is not to know.

{s.full}
Headteacher

Sent from my mobile device
""",
    ),
    (
        "spam",
        "[[Hearing aids that nobody sees]]",
        """[[Nine out of ten users would recommend us]]. Try a pair at home for {quantity} days.

From {price} a month. [[No referral needed and no fuss]]. Offer ends {when}.

You get this because {r.email} took part in a prize draw as {r.lower}, {town}.
Stop: {host}
""",
    ),
    (
        "spam",
        "INHERITANCE OF LATE {u.upper}",
        """MY DEAREST {r.upper},

I AM BARRISTER {anyone_caps}, TWENTY YEARS IN PRACTICE. MY CLIENT {u.upper} AND HIS WIFE
{anyone_caps} PERISHED WITHOUT A WILL. [[YOU BEAR THE SAME NAME AND ARE HEIR]]. SEND A COPY OF YOUR
PASSPORT, WE HAVE {passport} ON FILE, AND THE IBAN {iban} FOR CONFIRMATION TO
{anyone_mail} OR WHATSAPP {phone}.

[[GOD BLESS YOU AND YOUR HOUSEHOLD]]
""",
    ),
    (
        "list",
        "[allotments] Digest, slugs and keys",
        """Today's topics:
   1. slugs ({anyone})
   2. Re: slugs ({r.first} {r.last})
   3. [[who has the key to the shed]] ({anyone_lower})

----------------------------------------------------------------------
Message: 1
From: {anyone} <{anyone_mail}>

Beer traps work for me. [[Copper tape is a waste of money]] at {price} a roll.

Message: 2
From: {r.full} <{r.email}>

+1. If anyone wants seedlings, plot next to {u.first}'s, or ring {phone}.
{r.nick}

Message: 3
> shed key?
{s.first} has it; mail her at {s.obfuscated}. The padlock is {otp} since {when}.
""",
    ),
    (
        "social_network",
        "{anyone} tagged you in a memory",
        """{r.first}, you have unread notifications

{anyone} tagged you and {anyone} in "Primary five, class of Miss {u.last}".
{anyone} commented: "is that {child} with the plaster?? {handle} look"
[[See what your friends are up to]]: {host}

It's {anyone}'s birthday today. [[Wish them well today]]!
Sent to {r.email} because you signed up as {handle}.
""",
    ),
    (
        "energy",
        "[[Your meter reading, please]]",
        """Account {reference}

Hello {r.formal}, our last reading was {meter} on {when}.
[[Smart meters in your area were offline]].
If {anyone} still looks after the property at {street} let us know. Key meter PIN: {otp}.

Estimated: {meter}. Standing charge {price}. Priority register: {kin} (oxygen at home).
""",
    ),
)
