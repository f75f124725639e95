"""Names in running text, chats, capitals; several people in a sentence; much that is harmless."""

TEMPLATES = (
    (
        "prose",
        "what {u.first} said after the meeting",
        """so it turns out {u.full} had already told {wordy} about the flat, and neither of them
thought to ring {t.first}, who only heard it from {apostrophe} at the bus stop in {town}.
I said to {t.nick} that {initialled} would have been livid, god rest him.

[[it was never about the money anyway]]. the two of them, {u.last} and {other}, used to share
{street} before the roof went. {particle} still has the keys I think.

anyway [[I will bring the folding chairs]] and {quantity} paper plates, see you {when}

{s.nick}
""",
    ),
    (
        "chat",
        "[[re the usual kick about]] (ask {lowercase})",
        """[19:04] {s.nick}: who is in
[19:04] {lowercase}: me, running late, [[stuck behind a gritting lorry]]
[19:05] {r.lower}: same here
[19:06] {s.nick}: {lowercase} are u bringing the bibs or is {t.first}
[19:06] {handle}: not me lol ask {u.nick}
[19:07] {r.lower}: txt him its {phone}
[19:09] {s.nick}: [[final whistle it finished level]] {score} if anyone missed it
[19:10] {lowercase}: pitch is booked {when}, code for the gate is {otp}
""",
    ),
    (
        "capitals",
        "URGENT - {r.upper}",
        """TO WHOM IT MAY CONCERN

THIS IS TO CONFIRM THAT {capitals} AND {r.upper} ARE THE JOINT TENANTS AT {street}, {town}
{postcode}. [[THE RENT IS PAID UP TO DATE]]. {capitals} MOVED OUT ON THE SAME DAY.

TENANCY {tenancy}. MONTHLY RENT {price}. [[NO PETS SMOKERS OR WATERBEDS]].

SIGNED {s.upper}
CONTACT {phone}
""",
    ),
    (
        "prose",
        "[[Notes from the planning walkabout]]",
        """[[Weather dry with a light breeze]]. Present were {barrel}, {patronymic}, {eastern} and,
for the last half hour, {nicknamed}. {wordy} sent apologies.

The hedge that {u.full} reported is on the boundary of {street}; {particle} disputes that. We
agreed that {t.first} and {other} would measure it ({size}) and let {r.first} have the figures
by {when}. [[The bench near the pond wobbles]].

[[Grounds and Open Spaces Team]] will replace {quantity} slats at {price} each.

{s.initials}
""",
    ),
    (
        "harmless",
        "[[Your Weekly Round Up Is Here]]",
        """[[New This Week From The Test Kitchen]]

[[The Golden Lantern Breakfast Blend]] now {price}
[[Comfort Plus Reclining Chair in Teal]] was {price}, {size}
[[Captain Crunchy Oat Clusters Family Pack]] {percent} off

[[Opening Hours Over the Holiday Period]]
Monday to Thursday {hours}, Saturday {hours}

[[Head of Customer Happiness Desk]]
[[Terms and Conditions Apply See In Store]]
[[You receive this because you shop with us]]. Settings: {track}
""",
    ),
    (
        "reply",
        "Re: [[the spare key and the boiler man]]",
        """He is called {other}, not {u.first}, and he works with {initialled} on the same
van ({plate}).

[[Leave the meter cupboard unlocked please]]. Alarm is {otp} then hash. If it beeps, {t.first}
next door at {street} knows what to do, or {wordy} opposite.

On {stamp}, {r.full} <{r.email}> wrote:
> the plumber, {u.last} or whatever, wants to come {when}
> [[is the hot tap still dripping]]? he quoted {price}
> ta
> {r.nick}
""",
    ),
    (
        "letter",
        "[[Reference request for a former colleague]] - {barrel}",
        """Dear {r.formal},

{barrel} has given your name. Between us, {u.full} and {apostrophe} managed the same shift, so
either may answer; {eastern} left before the period in question.

Born {dob} in {town}, staff number {employee}, last job title
[[Assistant Deputy Warehouse Team Leader]] in [[Returns and Reverse Logistics Department]].

[[Please tick one box per line]]. [[A short note is quite enough]].

Yours sincerely
{s.full}
[[People and Culture Business Partner]]
{brand}
{s.email} | {phone}
""",
    ),
    (
        "it",
        "[[Getting the new starter online]] ({username})",
        """[[Quick handover before I go on leave]]:

- the wifi is {wifi}, all lower case, no spaces
- use {password} to get in to the till the first time, it makes you change it
- log on as {username}, laptop is the one with the sticker, {device}
- printer only lets known machines on so tell them {mac}
- if it asks for six digits or whatever it was {otp} for me just now but yours will differ

[[Room Booking Screen Shows The Wrong Floor]], it is room {room} not {room}. Version {version}
fixes it they say.

{s.first}
""",
    ),
    (
        "family",
        "grandad {r.last}'s eightieth",
        """Dear all,

Can you believe {u.first} and I counted {quantity} cousins? From the {wordy} side: {other},
{lowercase} (who spells it without capitals, do not ask), the twins {t.first} and {u.nick}.
From overseas {particle} with little {other}, then {patronymic} if his visa ({visa}) comes.

Grandad was born {dob}, in the back bedroom at {street} over in {town}, and {apostrophe}
delivered him. [[Bring a plate of something savoury]]. {foreign} is making the cake.

[[No presents he says but you know him]]. We start {when}.

Love, {s.nick} x
""",
    ),
    (
        "chat",
        "fwd: found ur phone?? {lowercase}",
        """hiya is this {r.lower}? my mate {lowercase} picked up a phone outside the chippy in
{town}, lock screen says call {spoken} if found so i did and some lad called {u.first} answered lol

[[its got a cracked corner and a sparkly case]]. bluetooth name {device}. hes dropping it
round to {street} tonight, thats {lowercase}'s mums

[[dont worry about a reward mate]]

{s.nick} ({handle})
""",
    ),
    (
        "police",
        "[[Update about your report]] {crime}",
        """Ref {crime}

The officer in the case is now PC {t.last}; {initialled} has moved to
[[Roads and Armed Response Support Unit]]. Witness {wordy} says a grey hatchback, {plate},
followed by a foreign one, {plate}, turned by {street} heading for {town}.

{ledger}, dob {dob}, was spoken to. {capitals} was not.

[[You do not need to do anything]]. [[Victims Code leaflets are in the foyer]], open {hours}.

{s.initial}
""",
    ),
    (
        "harmless",
        "[[Order status changed to Out For Delivery]]",
        """[[Thanks for shopping with us again]]

Order {order}  [[Status Packed and Awaiting Courier]]
{quantity} x [[Jumbo Garden Parasol Lime Stripe Cover]]  {price}
1 x [[Mini Fluted Sponge Cake Tin]]  {price}
Subtotal {price}, delivery {price}, total {price}

[[Delivery Window for Bulky Items]]: {when}
[[Returns are free within thirty days]]. Firmware {version} comes on the stick.
{host}
""",
    ),
    (
        "church",
        "[[Rota and notices for the coming month]]",
        """Welcome {wordy} on the door, {other} and {barrel} reading, coffee by family
{u.last}, sound desk {t.first} with {lowercase}. If you cannot do your turn swap with
{nicknamed}, who is always about.

Please remember {apostrophe}, in ward {room}; {eastern} and family after their loss; and
{initialled}, home again at {street}.

[[The crypt café needs more teaspoons]]. [[Second Collection For Roof And Drains]] made {price}.
[[Silent Reflection in the Side Chapel]] {when}.

{s.full}, {s.obfuscated}
""",
    ),
    (
        "school",
        "[[Residential trip packing and kit list]]",
        """Dear parent or carer of {other} (class 5B),

{other} will share with {wordy}, {eastern} and {foreign}. Medication goes to {t.formal}, not to
the driver. We have {otp} as the pickup word for {u.full}; please tell us if an aunt comes
instead.

[[One waterproof coat and two jumpers]]. [[No fizzy drinks on the coach]]. Spending money no
more than {price}. Back {when}.

Pupil number {student}, date of birth held {dob}.

{s.formal}
[[Deputy Head Pastoral and Inclusion]]
""",
    ),
    (
        "prose",
        "minutes, draft, not for circulation",
        """{r.initials} opened at {when}. {u.upper} proposed, {capitals} seconded. {t.sorted}
abstained and asked that it be noted. {particle} and {apostrophe} left together, as did {wordy}, who
had brought {patronymic} as a guest.

[[Motion carried on a show of hands]]. [[Any Other Competent Business Was Brief]].

It was reported that {lowercase} had written to the fund three times ({member}) about
{other}'s mother, aged, in {town}, and that no one had gone.

[[Treasurer and Acting Membership Secretary]] tabled {price} for {quantity} mugs.
""",
    ),
    (
        "hospital",
        "[[Clinic letter for your records]] {patient}",
        """Diagnosis: [[mild seasonal rhinitis with no complications]]

I reviewed this pleasant retired signalman, {ledger} (hospital number {patient}, NHS {nhs}, born
{dob}), with his daughter {wordy} and the link worker {foreign}. {u.full} had seen him in
{town} before. He lives alone at {street} since {other} passed away.

[[Start the nasal spray at night]]. [[No follow up was arranged]]. Peak flow {meter}, room {room}.

Dictated by {s.full}, typed by {t.lower}, not signed to avoid delay
[[Consultant in Respiratory and Sleep Medicine]]
""",
    ),
)
