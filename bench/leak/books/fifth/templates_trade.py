"""Fifth book: shops, couriers, banks, travel, utilities, insurance, estate agents, solicitors."""

from bench.leak.book import Template

TEMPLATES: tuple[Template, ...] = (
    (
        "order",
        "[[Thanks for shopping with us]] - order {order}",
        """Order {order}  Status: [[packed and ready to leave]]

[[oak side table with drawer]]   {amount}
[[set of linen napkins in grey]]    {amount}
Total {price}

Ship to
  {r.full}
  {street}
  {town}  {postcode}
Paid with the card {card}

[[Changed your mind about something]]? {host}
""",
    ),
    (
        "courier",
        "[[Sorry we missed you today]]",
        """Parcel for: {r.upper}
Left with: {t.full} at {street}
Driver: {u.first}, van {plate}
Collection code: {otp}
Redelivery window: {when}
[[Photo ID is needed at the depot]]
Track it: {track}
""",
    ),
    (
        "bank",
        "[[Your new card is on its way]] to {street}",
        """Dear {r.formal}

The card ending your application {reference} goes to {street}, {town}. Until it is there
you can use {card} in the app. The additional cardholder, {t.full}, gets hers separately.
[[We will never ask for your full password]].

Relationship manager
{s.full} - {phone}
{brand}
""",
    ),
    (
        "bank",
        "[[Statement of your savings account]]",
        """Account holder(s);{r.upper} & {t.upper}
IBAN;{iban}
Sort/Account;{sort}
Opening balance;{amount}
[[standing order to housing fund]];{amount}
TFR {u.upsort};{amount}
[[interest credited for the quarter]];{amount}
""",
    ),
    (
        "airline",
        "{r.upsort} [[check-in is open for your flight]]",
        """Passenger            Seat   Document
{r.upsort} MR   {room}   {passport}
{t.upsort} MRS  {room}   {passport}
{u.upsort} CHD  {room}   born {newborn}

Record locator: {reference}
Departure {when}, [[bag drop closes an hour before]].
Frequent flyer {member_ref}. [[Liquids go in a clear bag]].
""",
    ),
    (
        "hotel",
        "[[Your stay is confirmed]], {r.first} {r.last}",
        """Dear {r.first} {r.last},

[[We look forward to having you with us]] {when}, room {room}, {amount} a night.
Guests: you, {t.full} and a cot for little {u.first}.
You said that you will arrive by car ({plate}). A twin was asked for by {t.first}.

[[Breakfast is served on the terrace]].
Reception, {town}, {phone}
""",
    ),
    (
        "utility",
        "{r.nick}, [[time to send us a meter reading]]",
        """Hello {r.nick}

[[Your last actual reading was]] {reading}. [[We estimated this one at]] {reading}.
Supply address: {street}, {town}, {postcode}
Customer no. {reference}

If you are on the priority register because of {t.full}'s oxygen machine, do tell us on {phone}.
""",
    ),
    (
        "insurance",
        "[[Update on your motor claim]] {claim_no}",
        """Our insured: {r.full}      Their vehicle: {plate}
Third party: {t.full}      Third party vehicle: {plate}
Claim: {claim_no}

Dear Sir or Madam

[[Liability has been admitted in full]]. Our engineer {u.full} looked at the car {when} and puts
the repair at {amount}. Mr {t.last} disputes that and says {r.first} braked for a cat.

{s.full}, Claims
""",
    ),
    (
        "estate agent",
        "{street}, {postcode}: [[offer accepted subject to contract]]",
        """Memorandum of sale: {street}, {town} {postcode}

Vendors:     {r.full} and {t.full}
Purchaser:   {u.full}, currently of {street}
Price:       {amount}
Solicitor:   {s.last} & Partners, ref {reference}

[[The chain is short and motivated]]. {u.first} would like to measure up {when}.
""",
    ),
    (
        "solicitor",
        "[[Draft will for your approval]]",
        """My dear {r.first},

I enclose the draft. In short:

(a) your brother {t.full} and your friend {u.full} are the executors;
(b) the cottage known as {street} goes to {t.first}'s children in equal shares;
(c) {amount} to {u.full} absolutely.

[[Two witnesses must see you sign]]. Do come in {when}.

Yours ever
{s.initials}

{s.full} LLB | {s.work} | {phone}
""",
    ),
    (
        "vet",
        "Hi {r.nick}! [[Booster reminder for your pet]]",
        """Hi {r.first}, Biscuit is due a jab and worm treatment.
{s.first} at {brand} can see you {when}. Client {reference}.
[[Insured pets get a free nail trim]]. Text {phone} to cancel.
Is {t.full} still your emergency contact?
""",
    ),
    (
        "garage",
        "{my_plate} [[vehicle is ready for collection]]",
        """Job card {order}
Reg {my_plate} | Customer {r.last} | Mob {phone}
[[front brake pads and discs]] {amount}
[[Advisory on the rear wiper blade]]
Fitter: {t.first}. Keys with {u.full} if we are shut.
""",
    ),
    (
        "landlord",
        "[[deposit and keys]] {r.lower}",
        """Hi {r.first}, {s.first} here (landlord at {street}).

[[Inventory went fine apart from the oven]]. I am keeping {amount}, the rest goes back to
{iban} in your name. Your guarantor {t.full} can be released. The scheme's ID is {rent_ref}.
New tenant {u.full} moves in {when}, so keys to {u.nick} please: {phone}.

Cheers
""",
    ),
    (
        "subscription",
        "[[Big summer clearance starts tonight]]",
        """Hi {r.first},

[[Up to half off garden furniture]]
[[Free delivery on everything over]] {amount}
[[Folding chair with cup holder]] now {amount}

[[Prices valid while stocks last]]
This was sent to {r.email}. {track}
""",
    ),
)
