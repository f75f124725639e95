"""Fifth book: calendar text, contact cards, tables, key and value forms, machine-made mail."""

from bench.leak.book import Template

TEMPLATES: tuple[Template, ...] = (
    (
        "calendar",
        "Invitation: [[catch-up about the roof]] ({s.email})",
        """BEGIN:VCALENDAR
PRODID:-//Example Corp//Calendar 2.1//EN
METHOD:REQUEST
BEGIN:VEVENT
DTSTART:20261118T093000Z
UID:{order}@example.net
ORGANIZER;CN="{s.full}":mailto:{s.email}
ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;CN="{r.full}":mailto:{r.email}
ATTENDEE;CN={t.full};RSVP=TRUE:mailto:{t.email}
LOCATION:{street}\\, {town}
SUMMARY:[[catch-up about the roof]]
DESCRIPTION:Dial {phone}\\, then {otp}#\\n{u.full} joins late.
STATUS:TENTATIVE
END:VEVENT
END:VCALENDAR
""",
    ),
    (
        "calendar",
        "[[Accepted with a change of room]]",
        """{r.full} has accepted your invitation.

When: {when}
Where: room {room}, [[next to the goods lift]]
Organiser: {s.full}
Guests: {r.email} (yes), {t.full} (maybe), {u.email} (no: "{u.first} is at the optician")
[[Reply to change your answer]]
""",
    ),
    (
        "card",
        "[[My new contact details]]",
        """BEGIN:VCARD
VERSION:3.0
N:{s.last};{s.first};;;
FN:{s.full}
NICKNAME:{s.nick}
TITLE:[[Deputy manager of the nursery]]
TEL;TYPE=CELL:{phone}
TEL;TYPE=WORK,VOICE:{phone}
EMAIL;TYPE=HOME:{s.email}
ADR;TYPE=HOME:;;{street};{town};;{postcode};
BDAY:{dob}
NOTE:Assistant is {t.full}
END:VCARD
""",
    ),
    (
        "csv",
        "[[Export from the membership database]]",
        """surname,forename,member_no,email,mobile,joined
{r.last},{r.first},{member_ref},{r.email},{phone},yes
{t.last},{t.first},{member_ref},{t.email},{phone},yes
{u.last},{u.first},{member_ref},{u.email},,lapsed

[[Rows with errors were skipped]]: {percent}
""",
    ),
    (
        "json",
        "[[Webhook delivery failed after retries]]",
        """POST /hooks/signup -> 503
{
  "event": "user.created",
  "version": "{version}",
  "customer": {
    "name": "{r.full}", "email": "{r.email}", "phone": "{phone}",
    "login": "{username}", "birthday": "{dob}",
    "address": {"line_one": "{street}", "city": "{town}", "zip": "{postcode}"}
  },
  "order": "{order}", "note": "[[leave it behind the bins]]"
}
""",
    ),
    (
        "form",
        "[[New message from your website]] ({s.lower}, {phone})",
        """Field: Value
Your name: {s.lower}
Your e-mail: {s.email}
Your phone: {phone}
Are you: [[an existing customer with a question]]
Message: hi, {t.first} in your shop said to write to {r.first}. my order {order} came with the
wrong cable. can {t.nick} {t.last} ring me? im in {town}
Consent: yes
""",
    ),
    (
        "form",
        "[[Registration as a new patient]] {r.sorted} {dob}",
        """Title ........ Mx
Surname ...... {r.last}
Forename(s) .. {r.first}
Born ......... {dob}, in {town}
NHS no ....... {nhs}
Previous GP .. Dr {t.full}
Next of kin .. {u.full} (stepfather) {phone}
Smoker ....... [[gave up a long time ago]]
Alcohol ...... [[a glass at the weekend]]
Signed ....... {r.initial}
""",
    ),
    (
        "form",
        "[[Accident book entry]] {reference}",
        """1. About the person who had the accident
   Name {r.upper}  Address {street}, {town}  Postcode {postcode}
   Occupation [[fitter and welder mate]]
2. About you, the person filling in this record
   Name {s.upper}  Tel {phone}
3. What happened
   [[Slipped on a wet ramp by the yard door]]. {t.full} gave first aid.
4. Witnessed by {u.full} / {u.initials}
""",
    ),
    (
        "table",
        "[[Shift plan for next week]]",
        """        Mon        Tue        Wed        Thu
Early   {r.first}   {s.first}   {t.first}   {r.first}
Late    {t.full}   {u.full}   {u.full}   {t.full}
Night   {u.initials}   {u.initials}   {r.initials}   {s.initials}

[[Swaps only with a second signature]]. Sick line {phone}. Van: {plate}. Fuel card PIN {otp}.
""",
    ),
    (
        "table",
        "[[Race results and lap times]]",
        """Pos  Name                     Club            Time
1    {t.upsort}         {town}        41:07
2    {u.upsort}         unattached       41:55
3    {r.upsort}         {town}        42:30
DNF  {s.sorted}

[[Protests within the hour at the tent]]. Winner takes {amount}.
""",
    ),
    (
        "abroad",
        "[[Your benefits enrollment]] - SSN {ssn}",
        """Employee: {r.last}, {r.first}
SSN: {ssn}
DOB: {dob}
Spouse: {t.full}
Dependent: {u.full}
Home: {street}, {town}
[[Open enrollment closes at midnight]]. Questions? HR is at {phone}, ask for {s.first}.
[[Monthly premium before tax]] {amount}
""",
    ),
    (
        "abroad",
        "{r.first}, [[your rebate has been processed]]",
        """G'day {r.first},

Medicare card {au_medicare}, reference name {r.upper}.
[[The provider billed us directly]]: {amount}. Treating doctor {t.full}, {town}.
[[Allow a couple of business days]]. Call {phone} or see {s.nick} at the counter.
""",
    ),
    (
        "abroad",
        "[[Bescheid über die Erstattung]] {reference}",
        """Sehr geehrter Herr {r.last},

Steuer-ID: {de_tax}
Geburtsdatum: {dob_de}
[[Ihr Antrag wurde vollständig geprüft]]. Der Betrag von {amount} geht auf das Konto {iban}
Ihrer Ehefrau {t.full}.
[[Gegen diesen Bescheid können Sie Widerspruch einlegen]].

Im Auftrag
{s.last}
""",
    ),
    (
        "abroad",
        "{t.upsort} - [[relevé de vos remboursements]]",
        """Madame {r.last},

N° de sécurité sociale {fr_nir}
Bénéficiaire : {t.upsort}, né le {dob_fr}
Praticien : Dr {u.full}
[[Participation forfaitaire déduite du montant]] : {amount}
[[Vous pouvez nous joindre du lundi au vendredi]] au {phone}.
""",
    ),
)
