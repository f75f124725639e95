"""Templates of the third book: families, clubs, parishes, neighbours, animals."""

TEMPLATES = (
    (
        "family",
        "granny",
        """hi all,

just back from the infirmary. granny ({anyone}) is sitting up and has asked for her teeth.
[[the hip op went really well]]. ward {room}, visiting from two. she keeps calling {child}
{child} but the sister, a lovely {anyone} from {town}, says that will pass.

{r.nick} can you feed the cat? spare key is with {u.first} {u.last} across the landing,
{street}, alarm is {otp}. {t.nick} is flying in {when}.

[[i could murder a cup of tea]]

{s.nick} xx
""",
    ),
    (
        "family",
        "[[Photos from the christening]]",
        """Dear {r.first} and family,

I promised pictures! Number three is wee {child} {child} {u.last} asleep through the whole sermon,
then {kin} with the cake, and uncle {anyone} trying to waltz with {t.first}.
[[Nobody has stopped laughing since]].

Mum says you should write down the dates for the family tree while she remembers: her own mother
{anyone} was born on {dob}, her aunt {anyone} on {dob}, both at {street} in {town}.

Lots of love, also from {child}
{s.first}

Von meinem iPhone gesendet
""",
    ),
    (
        "condolence",
        "Sad news: {u.full}",
        """Dear members

It is with great sadness that I write to tell you that our bowls captain {u.full} died at home in
{town} last night with {anyone} and the boys around her. [[She never missed a single session]].

{u.first} was born in {town} on {dob}, taught for {quantity} years and is survived by her husband
{anyone}, her brother {anyone_middle} and her grandchildren {child}, {child} and {child}.

The service is on {when}. [[Family flowers only please]]. Cards may be sent c/o {street},
{postcode}.

{s.full}
Hon. Secretary
""",
    ),
    (
        "wedding",
        "{s.first} & {t.first} are getting hitched",
        """Mr and Mrs {anyone}
request the pleasure of the company of

        {r.full} and {kin}

at the marriage of their daughter {s.full} to {t.full}, {when}, and afterwards for a
ceilidh in the village hall. [[Kilts and wellies equally welcome]].

RSVP to the best man, {anyone}, {phone} or {anyone_mail}, at the latest by {when}.
[[No presents but a song]]. Beds: {anyone} lets the bothy at {street} for {price} a night.
""",
    ),
    (
        "club",
        "[[Teamsheet for the derby]]",
        """Lads, it's the top of the table. [[Bus leaves the clubhouse early]].

 1 {anyone}
 2 {anyone}
 3 {anyone_initial}
 4 {anyone} (c)
 5 {r.full}
 6 {foreign}
 7 {t.initial}
Subs: {anyone}, {u.nick} {u.last}, wee {child}

Match fee {price} to {kin}. Ref is {anyone_initial}, so no moaning. Kit: {child}'s mum.
If you can't make it ring {s.first}, {phone}. [[Remember both colours of socks]]

{s.nick}
""",
    ),
    (
        "club",
        "Committee list - members only",
        """| Office    | Name | Telephone | E-mail |
|-----------|------|-----------|--------|
| Chair     | {anyone} | {phone} | {anyone_mail} |
| Treasurer | {s.full} | {phone} | {s.email} |
| Welfare   | {anyone} | {phone} | {anyone_mail} |
| Juniors   | {anyone} | {phone} | {anyone_mail} |
| Kit       | {r.full} | {phone} | {r.email} |

Subs are now {price}. [[A deposit secures a locker]]. Standing orders to {iban}, please.
[[Do not pass this list on]].
""",
    ),
    (
        "church",
        "[[Parish notices and the coffee rota]]",
        """Readers: {anyone}, {anyone}. Flowers in memory of {anyone}. Coffee: {r.first} {r.last}
and {t.first}.

Of your charity pray for the sick, among them {anyone}, Canon {anyone}, {child} and baby {child};
and for the repose of the soul of {anyone}, whose anniversary it is.

[[The roof appeal has passed the halfway mark]] at {price}. Banns: {anyone}, bachelor of this
parish, and {anyone}, spinster. Choir on {when}.

{s.full}, Session Clerk
{phone}
""",
    ),
    (
        "neighbours",
        "lost cat!!",
        """morning street,

[[our ginger tom has not come home]]. he answers to biscuit and has a chip, {chip}.
last seen near {street} by {anyone}, possibly in the garage of the {u.last}s. ring me or {kin}
at any hour, {phone}. {child} is in bits.

whoever owns the car {plate}, could you look under the bonnet?

{r.first} from the corner house
""",
    ),
    (
        "vet",
        "[[Booster due for your dog]]",
        """Client: {r.upsort}     Account: {member_no}     Patient: Bramble, 31 kg

[[It is that time of year again]]. {s.formal} can see Bramble on {when}; the booster is {price}.
The chip {chip} is registered to {kin} at {street}, {town}: is that still right?

Repeat: Apoquel, {dose}, order {order}. Insurance claim {claim_ref} was sent.
""",
    ),
    (
        "charity",
        "{r.first}, you made a Christmas for {quantity} families",
        """Dear {r.first} {r.last},

because of people like you {child}, who is nine and lives in {town}, has a bed of her own.
[[Thank you from the bottom of our hearts]].

Your gift of {price} reached us on the card {card}. HMRC lets us claim more: you ticked Gift Aid as
{r.formal}, {street}, {postcode}. Supporter number {member_no}.

[[We never sell your details]]. Ask {anyone} (Supporter Care) anything, {phone}.

Unsubscribe: {track}
""",
    ),
    (
        "apple_thread",
        "Re: [[Grandad's eightieth, keep it quiet]]",
        """Brilliant. {child} will do the speech. [[Who brings the bagpipes]]?

Sent from my iPad

> On 2 Nov 2026, at 22:18, {s.full} <{s.email}> wrote:
>
> The hall is ours on {when} for {price}. I told {anyone} it is a
> whist drive. He was born {dob} so the banner needs the right year!
>
>> On 2 Nov 2026, at 19:55, {r.first} {r.last} <{r.email}> wrote:
>>
>> Can someone ask {kin} about the caterer? I have
>> {phone} for her but {u.first} says it is dead.
>> [[I vote for sausage rolls]]

Begin forwarded message:

From: {author} <{author_mail}>
Subject: hall
Date: 1 November 2026 at 18:03:44 GMT
To: {s.full} <{s.email}>
Reply-To: {author_mail}

Booked under {s.last}. Key from {anyone}, {street}, gate code {otp}
{author_first}
""",
    ),
    (
        "dating",
        "[[Someone likes you back]]",
        """You and {u.first} matched! She is a vet nurse from {town} and likes cold water.

She wrote: "hey {r.nick}, saw you play with {handle} last week? my number is {phone}, ask for
{u.full}, the other {u.first} in our flat is my sister lol"

[[Boost your profile this weekend]] for {price}. You sign in as {r.email}.
""",
    ),
)
