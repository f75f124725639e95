"""Homes, health, animals, faith, neighbours, phones: (style, subject, body), fourth book."""

TEMPLATES = (
    (
        "health",
        "[[Your test results are in]]",
        """Dear {r.formal},

[[your blood results are all fine]]. Cholesterol {price}, a touch high.

NHS no {nhs}, DOB {dob}. Scottish patients: CHI {chi}.

Dr {u.last} would like to see you {when} in room {room} about the mole {t.first} noticed.
[[Fast for eight hours beforehand]].

Reception, {phone_uk}
""",
    ),
    (
        "health",
        "Biscuit's booster, {r.last}",
        """Hi {r.first},

Biscuit is due for her booster. [[Bring the little yellow booklet]]. {u.first} the nurse has {when}
free;
vet on the day is {foreign}.

Chip registered to: {r.full}, {street}, {postcode}, {phone_uk}
Emergency contact: {t.full}
Insurance claim: {reference}, {price} paid out

[[Treats are on the house]].
{s.first} and the team
""",
    ),
    (
        "health",
        "[[Your tablets are at the hatch]]",
        """Patient: {r.sorted}
DOB: {dob}
Items: two
Charge: {price}

[[Come in before we close]]. Somebody else picking up, such as {u.first}? They need your
address ({street}) and the code {otp}.

Pharmacist: {s.initial}, {phone}
""",
    ),
    (
        "home",
        "[[about the noise last night]]",
        """Dear {r.first},

I hate to moan. But [[the drums went on for hours]], and little {u.first} ({u.full}'s youngest)
could not sleep. My husband {t.nick} rang your bell at one, a man called {foreign} opened and was
rude.

Next time please text me, {phone_uk}. I'm at {street}, the green door. [[No hard feelings at all]].

{s.full}
""",
    ),
    (
        "legal",
        "Crime number {reference}",
        """{r.formal},

thank you for reporting the theft of your bicycle on {when}. [[Officers have viewed the footage]].

Aggrieved: {r.full}, b. {dob}, {street}, {town} {postcode}
Witness: {u.full}, {phone_uk}
Person of interest: {t.upsort} (alias "{t.nick}"), drives {plate_uk}
Property: folding bike, value {price}; phone {device}

[[Keep the crime number for insurers]]. OIC: PC {s.last}
""",
    ),
    (
        "community",
        "[[Flowers and readers for the coming weeks]]",
        """Readers
  {when}  {u.full}
  {when}  {t.full}
  {when}  {foreign}

Prayers are asked for {r.full}, in hospital, for {s.last}'s mother, and for {u.first} and {t.first}
on the birth of their son. [[The heating will be back soon]].

Gift aid: {s.full}, {street}, {postcode}; {price} received. Envelope {reference}.
[[Mince pies after the service]]
""",
    ),
    (
        "community",
        "Thank you {r.first}!",
        """Dear {r.first},

[[your gift keeps the kitchen open]]. {price} feeds a family for a week.

Supporter number {reference}. Direct debit from {sort}, on or after {when}. Gift Aid: {r.full},
{street},
{postcode}.

This is what {u.first} (not her real name is {foreign}, she lets us say) told our volunteer
{t.full}:
"[[they never asked any questions]]".

With thanks, {s.full}
""",
    ),
    (
        "shop",
        "[[A buyer has a question]]",
        """New message from {user_u} about: Teak sideboard, {price}

"hi is it still available? can collect {window} with my mate {t.first}. Cash. im {u.full}, call
{phone}.
[[would you take a bit less]]"

Your last message: "yes, {street}, {town}, ask for {r.nick}. [[Bring a strong pair of arms]]"

Stay on the platform, {username}. Never send codes such as {otp} to a buyer.
""",
    ),
    (
        "travel",
        "[[Your trip receipt is here]]",
        """Thanks for riding, {r.first}

Total {money}

{u.first} drove you in a grey saloon, {plate_uk}
Picked up {abroad}
Dropped off {street}, {town}
When {when}
Split with {t.full} ({phone_uk})

[[Rate or tip your driver]]: {track}
Lost a phone? Ours shows {device} left the car.
""",
    ),
    (
        "home",
        "[[Your number is moving to us]]",
        """Hello {r.first}

[[keep your old handset switched on]] until {when}.

Number moving      {phone_uk}
Account holder     {r.full}
Account            {reference}
Switching code     {otp}
SIM goes in        {device}
Router             {mac}, key {password}

Authorised user: {u.full}, {dob}
Monthly price: {price}

[[Then pop in the new card]].
""",
    ),
    (
        "home",
        "Meter reading for {street}",
        """{r.upper}
{street}
{town}
{postcode}

Account {reference}

[[Time to send us your reading]]. Last one: {quantity}31, {when}.
Based on that you pay {price} a month from {sort}.

Moved out? Tell us who lives there now; we have {u.full} from {when}, mobile {phone}.
[[Estimated bills are rarely right]].
""",
    ),
    (
        "community",
        "cèilidh aig taigh {u.first}",
        """A {r.first} chòir,

[[there will be music until late]] at {u.full}'s in {town} on {when}. {t.full} brings the box and
{s.nick} the fiddle, and old {foreign} promised a song of the sea.

The last boat is gone by then, so [[bring a sleeping bag along]]. Beds at {street} for those with
bad backs; ring {phone_uk}.

Le gach deagh dhùrachd
{s.first}
""",
    ),
    (
        "community",
        "{u.first} - [[parents evening slots]]",
        """Dear {r.full} and {t.full},

slots for {u.full} (form 8C, candidate {reference}):

Maths      {foreign}     {when}
French     {s.formal}    {when}
PE         Coach {t.last}   {when}

Room {room}, [[please be on time]]. Login for the portal: {username} / {password}.

[[Report cards come home afterwards]].
""",
    ),
    (
        "community",
        "[[We noticed you have been away]]",
        """{r.nick}, [[the treadmill is missing you]]!

Come back before {when} and pay {price} only. Trainer {u.first} keeps the seven o'clock slot.
Member {reference}, door pin {otp}, locker {room}.

Bring {t.first} along, first visit free. Not keen? Write to {spoken_s}.
[[See you on the mats]]
""",
    ),
)
