"""Invitations, cards, tables, forms in the text: (style, subject, body) of the fourth book."""

TEMPLATES = (
    (
        "calendar",
        "Invitation: [[bring the plans along]] @ {when} ({r.full})",
        """BEGIN:VCALENDAR
PRODID:-//Zenvia//Planner {version}//EN
METHOD:REQUEST
BEGIN:VEVENT
DTSTART:{stamp}
DTEND:{stamp}
UID:7c1f-planner
ORGANIZER;CN="{s.full}":mailto:{s.email}
ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;CN={r.full}:mailto:{r.email}
ATTENDEE;ROLE=OPT-PARTICIPANT;CN={u.full}:mailto:{u.email}
SUMMARY:[[kitchen planning with the fitter]]
LOCATION:{street}\\, {town} {postcode}
DESCRIPTION:{u.first} brings the worktop samples.\\nKey safe code {otp}.\\nCall {phone} if late.
END:VEVENT
END:VCALENDAR
""",
    ),
    (
        "calendar",
        "Accepted: {u.first} / {r.first} 1:1",
        """{u.full} has accepted this invitation.

[[Catch up on the move]]
When     {window}
Where    room {room}
Joining  {host}
Meeting passcode  {otp}
Phone in {phone}

Who
 - {s.full} - organiser
 - {r.full}
 - {u.full}
 - {foreign}

[[Invited guests can forward this]]. You get this because {r.email} is an attendee.
""",
    ),
    (
        "vcard",
        "[[my new contact card]]",
        """new job, new number, [[see the card below]]

BEGIN:VCARD
VERSION:3.0
N:{s.last};{s.first};;;
FN:{s.full}
NICKNAME:{s.nick}
TITLE:Buyer
TEL;TYPE=CELL:{phone}
TEL;TYPE=HOME,VOICE:{phone}
EMAIL;TYPE=INTERNET:{s.email}
ADR;TYPE=HOME:;;{street};{town};;{postcode};
BDAY:{dob_compact}
X-SOCIAL:{username}
NOTE:married to {u.first}
END:VCARD
""",
    ),
    (
        "table",
        "[[export of the members list]]",
        """Hi {r.nick}, the list you wanted. [[Please delete it afterwards]].

id;surname;forename;born;mail;mobile;town
1;{u.last};{u.first};{dob_compact};{u.email};{phone};{town}
2;{t.last};{t.first};{dob_compact};{t.email};{phone};{town}
3;{s.last};{s.first};{dob_compact};{s.email};{phone};{town}

[[Columns left blank mean unknown]]
{s.first}
""",
    ),
    (
        "table",
        "orders export {moment}",
        """"order","buyer","ship_to","sku","qty","total","note"
"{order}","{u.full}","{street}, {town}","LAMP-OAK","1","{price}","[[leave with the florist]]"
"{order}","{t.sorted}","{abroad}, {town}","RUG-JUTE","2","{price}","call {phone}"
"{order}","{r.upper}","{street}, {postcode}","MUG-BLUE","6","{price}","gift for {foreign}"
""",
    ),
    (
        "table",
        "[[rota for the coming fortnight]]",
        """| who            | shift               | where  | mobile   |
|----------------|---------------------|--------|----------|
| {u.full}       | {window}            | {room} | {phone}  |
| {t.full}       | {window}            | {room} | {phone}  |
| {foreign}      | {window}            | {room} | {phone}  |
| {r.initial}    | {window}            | {room} | {phone}  |

[[Swaps are fine among yourselves]], tell {s.first}.
Sick line: {phone}. New starter {u.first} gets locker code {otp}.
""",
    ),
    (
        "form",
        "[[Somebody used your contact page]]",
        """A visitor filled in the contact form.

Name: {u.full}
E-mail: {u.email}
Telephone: {phone}
Preferred contact: evenings
Vehicle registration: {plate}
Message: Hello, my name is {u.first}, I've a 2011 estate with a knocking noise.
[[It gets worse when turning left]]. My brother {t.nick} had his done by {s.first} and was happy.
Could I come {when}?
IP and browser are kept for a week.

[[Reply straight to this mail]].
""",
    ),
    (
        "form",
        "Registration {reference}",
        """First name ........ {r.first}
Family name ....... {r.last}
Name at birth ..... {u.last}
Date of birth ..... {dob}
Place of birth .... {town}
Address ........... {street}
Postcode .......... {postcode}
Mobile ............ {phone}
Next of kin ....... {t.full} ({phone})
Known as .......... {username}
Half marathon ..... {price} paid

[[Please check your details carefully]]. Number collection: {when}.
""",
    ),
    (
        "data",
        "[[webhook failed three times]]",
        """We could not deliver the following event to your endpoint:

{
  "event": "customer.updated",
  "api_version": "{version}",
  "data": {
    "name": "{u.full}",
    "email": "{u.email}",
    "phone": "{phone}",
    "birthday": "{dob_compact}",
    "shipping": {"line1": "{abroad}", "city": "{town}"},
    "amount": "{price}",
    "username": "{user_u}",
    "device": {"id": "{device_u}", "mac": "{mac}"}
  }
}

[[We will try again later]]. Turn it off: {host}
""",
    ),
    (
        "data",
        "[[Message rejected by partner system]]",
        """Segment in error:

NAD+BY+{reference}++{u.full}+{street}+{town}++{postcode}
CTA+IC+:{t.full}
COM+{phone}:TE
COM+{t.email}:EM
MOA+9:{price}

[[Please resend the corrected file]]. Contact {s.full} ({s.work}).
""",
    ),
    (
        "table",
        "[[results of the club championship]]",
        """Pos  Name                  Club      Time
1    {u.upsort}            Harriers  1:14.02
2    {t.upsort}            Striders  1:15.40
3    {r.upsort}            Harriers  1:16.11
4    {foreign}             guest     1:19.57

[[Well done to all runners]]. Prizes on {when}; {u.first} please bring the cup back polished.
Protests to {s.full}, {phone}.
""",
    ),
    (
        "data",
        "{r.first}: [[here is what we hold]]",
        """Subject access request {reference}

customer_name = {r.full}
also_known_as = {r.nick}
dob = {dob_compact}
email_primary = {r.email}
email_old = {r.work}
login = {username}
last_device = {device}
last_mac = {mac}
card_token = none
addr_1 = {street}
addr_2 = {town}
addr_3 = {postcode}
agent_note = "caller was {t.first}, says she is the wife, [[very polite on the phone]]"
lifetime_value = {price}
""",
    ),
)
