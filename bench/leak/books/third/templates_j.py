"""Templates of the third book: vehicles, accounts, devices, tax, papers from far away."""

TEMPLATES = (
    (
        "parking",
        "[[Penalty charge notice]] - vehicle {plate}",
        """To the registered keeper {r.upper}, {street}, {town} {postcode}

Our officer {staff_no} saw {plate} in a bay for residents of Zone {room} on {when}.
[[Half the charge if paid within a fortnight]]: {price}.

Permits on file for your household: {plate} ({kin}), {plate} (visitor, {anyone}).
[[Representations must be made in writing]]. You wrote that {u.full} had borrowed the car; please
send us that person's date of birth and address, or a copy of the hire form ({file}).
""",
    ),
    (
        "garage",
        "MOT and the noise",
        """alright {r.nick}, {s.first} at the garage here

[[your exhaust is hanging by a thread]]. we did the {plate} for {anyone} same week and that was
{price},
yours wont be less. mileage {quantity} thousand. can do it {when}.

logbook says {kin}, is that who i invoice? drop the keys through the door of {street}, alarm {otp}.
ring {phone} or dads mobile {phone}

cheers
""",
    ),
    (
        "bus_pass",
        "[[Concessionary travel: card replaced]]",
        """Card number    {member_no}
Holder         {r.sorted}
Companion      {anyone}
Born           {dob_dot}
Old card       stopped on {when}

[[Your old pass will no longer open the gates]]. Sign in as {username}; a temporary password,
{password}, came with the letter to {street}. Replacement fee {price}.
""",
    ),
    (
        "halls_wifi",
        "[[Getting your gadgets online in halls]]",
        """Hey {r.first}, [[welcome to the fastest wifi in town]]!

You asked us to let three things on:

1. {device} - {mac}
2. PlayStation of {child} - {mac}
3. "{device}" - {mac} (that one is {t.full}'s, your flatmate)

User {username}, key {password}. If it nags for a code, the one for today is {otp}.
[[Routers of your own are not allowed]]. Firmware must be {version} or newer.

ResNet crew: {anyone}, {anyone_lower}
""",
    ),
    (
        "school_devices",
        "Loan agreement for {device}",
        """I, {r.full}, parent of {child}, take on loan:

    Chromebook {device}, wifi {mac}
    Charger, {quantity} W
    [[Case with the school crest]]

Google account of {child}: {domain_login}, first password {password}. The tablet that {child}
{r.last}
brought back ({device}) had a cracked screen; {s.formal} asks {price} towards it.

[[I will not lend it to others]].

Signed  {r.lower}      Witness  {anyone}      Return by {when}
""",
    ),
    (
        "gp_online",
        "Online access for {r.upper}",
        """[[Keep this letter in a safe place]]

Patient         {r.upper}
NHS number      {nhs}
Account ID      {hospital_no}
ODS code        see your practice
Linkage key     {password}
User name       {username}
Registered by   {anyone}, {when}

Proxy access to the record of {kin} (born {child_dob}, {nhs}) was granted too.
[[Do not share these details with anyone]]. Trouble signing in? {phone}
""",
    ),
    (
        "lost_phone",
        "stolen phone report",
        """to whoever at the uni police desk,

my bag went from the bench in {room} at {when}. [[it is grey with a panda badge]]. in it:
phone "{device}", number {phone}, a pay-as-you-go sim on {phone}; laptop {device}, the mac of
the wifi card is {mac}; student card {student_no}; passport {passport}; bank card {card}.

{anyone}, who was sat with me, saw a lad {u.first} from the rowing club near it. i don't accuse
him! his instagram is {handle}. [[can you look at the cameras]]?

{r.full}, born {dob}, {street}
write to {r.obfuscated} as i am locked out of the uni one
""",
    ),
    (
        "self_assessment",
        "[[Your tax return is due]]",
        """Unique Taxpayer Reference {utr}
National Insurance number {nino}

Dear {r.formal}

[[You told us you are a childminder]]. File by {when} or pay a penalty of {price}. Your agent,
{anyone} of {town}, can do it for you. Joint rental income from {street} is split with
{u.full}, UTR {utr}. Government Gateway ID: {username}.

{s.full}
Customer Services
""",
    ),
    (
        "expat",
        "[[Proving your life certificate abroad]]",
        """Dear {r.first},

[[the pension goes on if we get the form]]. {anyone}, notary in {town_us}, may stamp it.

What we hold on your people:
 you: {dob}, SSN {ssn}, or ITIN {us_itin}
 wife {anyone}: Medicare {au_medicare}, TFN {au_tfn}
 sister-in-law {indic} ({anyone}): Aadhaar {in_aadhaar}, PAN {in_pan}
 cousin {anyone_letter}: SIN {ca_sin}

Monthly sum {price}. Mail goes to {street_us}, {town_us}. [[Tell us when you move again]].

{s.initial}
""",
    ),
    (
        "portal",
        "[[You have a new message in the portal]]",
        """Hello,

[[a letter about your child's place is waiting]]. For your safety it is not shown in this e-mail.

[[Sign in and open the inbox]]: {host}

Help pages were last changed in release {version}. Waiting time on the phone: about {quantity}
minutes.
""",
    ),
    (
        "notice",
        "[[Road closed for the gala parade]]",
        """[[Buses will stop at the war memorial instead]]. Closed {when}.

[[Residents may leave but not come in]] while the floats go by. Stalls pay {price}. Toilets are
in hall
{room}. Questions go to the marshals in yellow.
""",
    ),
    (
        "gaelic_choir",
        "Còisir: [[practice moves to the small hall]]",
        """A chàirdean,

[[we have the small hall only this once]], {when}. Chan eil {anyone} gu math, so {u.full} will
lead the altos; thig còmhla ri {anyone} ma tha càr agad. Lift from {town}: {t.first}, {phone}.

Mod entry: {quantity} singers, {price}. Under-18s: {child} ({child_dob}) and {child} ({child_dob}),
chaperone {anyone}, PVG {reference}.

Le gach dùrachd
{s.full}

On Mon, Nov 2, 2026 at 9:12 PM {r.full} <{r.email}> wrote:
> an tig {kin} cuideachd? tha i ag obair ann an {town} a-nis
""",
    ),
    (
        "outlook_de_thread",
        "WG: Twinning visit / Partnerschaftsbesuch",
        """Hi {r.first}, below what I got from Germany. [[Can we find beds for six]]? {s.first}

Von: {author} [mailto:{author_mail}]
Gesendet: Dienstag, 3. November 2026 08:55
An: {s.full}
Cc: {anyone}; {t.full}
Betreff: Twinning visit

Dear {s.first},

[[we look forward to the haggis]]. We are: {anyone} (vegetarian), {anyone}, the Beigeordnete Frau
{u.last}, our driver {anyone} with the bus {plate}, and two young ones, {child} and {child}.
Arrival {when}. Emergency number {phone_de}, at home {street_de}, {town_de}.

Herzliche Grüße
i. A. {author}

Stadtverwaltung · Partnerschaftsverein
""",
    ),
)
