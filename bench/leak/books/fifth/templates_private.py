"""Fifth book: family, friends, dating, clubs, churches, invitations, condolences, chats."""

from bench.leak.book import Template

TEMPLATES: tuple[Template, ...] = (
    (
        "family",
        "[[what shall we do about grandma's chairs]]",
        """Darling {r.nick},

so {t.first} rang from {town} and says the upholsterer, some {u.last} or other, wants {amount}
for the set. Your uncle {u.first} nearly fell off his. [[I would sooner keep them as they are]].

Will you and {t.nick} be here {when}? [[Bring wellies as the lane is mud]].

lots of love
Mum xx

ps {s.email} is my new address, the old one got hacked
""",
    ),
    (
        "family",
        "[[baby news at last]] from {s.nick} and {u.nick}",
        """she's here!!! {t.full}, born on {newborn} at dawn,
3.4 kilos, loads of hair like {u.first}'s.
{s.first} is shattered but happy. [[send food not flowers]].
we're back at {street} now, door code {otp}, just come up
{u.nick} & {s.nick}
""",
    ),
    (
        "wedding",
        "[[Together with their families]]",
        """{t.full}
and
{u.full}

[[request the pleasure of your company]]

{when}
St Columba's, {town}
[[and afterwards for supper and dancing]]

{r.full} and guest

RSVP to {s.full}, {street}, {postcode} or {s.obfuscated}
""",
    ),
    (
        "condolence",
        "{t.full} - [[With deepest sympathy from all of us]]",
        """Dear {r.first},

we were so very sorry to hear about {t.first}. {t.full} taught half of {town} to swim, me and
my sister {u.first} among them. [[The funeral tea was just what she wanted]].

[[There is no need to reply]]. If you want company, ring {s.nick} on {phone}, any hour.

{s.full} and all the {u.last} lot
""",
    ),
    (
        "funeral",
        "[[Order of service and arrangements]]",
        """The late {t.full} ({dob} - 3 October)

Minister: Rev {u.full}
Eulogy: her nephew {r.full}
Bearers: {s.first}, {r.first}, {u.first} and two from the bowling club
[[Family flowers only if you please]]
Crematorium {when}. Account: {r.upper}, {street}, {town}.
Ref {reference}, {amount}
""",
    ),
    (
        "dating",
        "{t.first} [[and somebody else liked your profile]]",
        """hey {r.first}!
{t.first} from {town} likes you. her handle is {handle}
[[loves hill walking and bad puns]]

message so far:
 "hi {r.nick}, {t.first} here. not much on this app, find me as {handle} on the other one or
  just text {phone}. coffee {when}?"

[[Turn these mails off in settings]]
""",
    ),
    (
        "social",
        "{t.full} commented, [[you have new notifications waiting]]",
        """{t.full} and {u.full} commented on your photo.
{t.full}: "is that {s.first} in the back??"
{u.full}: "yes and {r.nick} with that haircut"
@{handle} tagged you in a post
[[People you may know near you]]: {s.full}
Unsubscribe {r.email}: {track}
""",
    ),
    (
        "club",
        "[[Saturday's team and who drives]]",
        """lads

keeper {r.last}, back four {s.last} {t.last} {u.last} and whoever turns up
[[we lost the last one]] {score}
lift from the green: {t.nick} ({plate}, room for three), {u.nick} if his mrs lets him
subs {amount} to {s.full} {sort}
missing: {r.first}'s brother, text me {phone}
[[kick off has been moved]] to {when}
""",
    ),
    (
        "club",
        "[[Minutes of the allotment society]]",
        """In the chair {s.full}. Also {r.initial}, {t.initial}, {u.initial}.
Apologies were had from {t.first}'s wife.

Hosepipes. {r.last} proposed, {u.last} seconded, [[that the tap be locked overnight]]. Carried.
Plot nine. {t.full} has not dug since spring; Hon. Sec. to write to him at {street}.
Seeds. {count} at {amount}.
[[The meeting closed with tea]].
""",
    ),
    (
        "church",
        "[[Flower rota and readers]]",
        """Date | Flowers | First reading | Coffee
{when} | {r.full} | {t.full} | {u.last} family
{when} | {u.full} | {s.full} | {r.last}, {t.last}

Please pray for {t.first} {t.last}, in hospital, and for {u.first}, whose mother died.
[[The boiler fund stands at]] {amount}.
Rector: {s.full}, The Rectory, {street}, {phone}
""",
    ),
    (
        "neighbour",
        "[[noise again last night]]",
        """to the residents of {street}

[[somebody was drilling until midnight]]. we think its {t.full} on the top floor, or his lodger
{u.first}. {r.first} next door has a newborn. please!!! my number is {phone}

{s.lower} (no {quantity})
""",
    ),
    (
        "chat",
        "[[exported conversation with one person]]",
        """[08:41] {r.first}: morning! is {t.nick} with you
[08:43] {s.first} {s.last}: no she went to {u.first}'s
[08:43] {s.first} {s.last}: try {phone}
[08:44] {r.first}: she didnt pick up. whats her mail again
[08:47] {s.first} {s.last}: {t.email}
[08:47] {s.first} {s.last}: [[tell her the cat is fine]]
[09:02] {r.first}: wifi at yours?
[09:03] {s.first} {s.last}: {password} [[capital letters matter]]
""",
    ),
    (
        "caps",
        "[[URGENT PLEASE READ TO THE END]] {r.upper}",
        """DEAR {r.upper}

I AM {s.upper}, WIDOW OF THE LATE {t.upper}, WHO DEALT IN COCOA.
[[I HAVE BEEN ILL FOR SOME TIME]] AND WISH TO GIVE {amount} TO YOU.
MY LAWYER, BARRISTER {u.upper}, CAN BE REACHED AT {u.email} OR {phone}.
SEND HIM YOUR FULL NAMES, ADDRESS AND PASSPORT, MINE IS {passport}.

[[REMAIN BLESSED IN ALL YOU DO]]
""",
    ),
    (
        "alumni",
        "[[Whatever became of our class]]",
        """Year group notes, gathered by {s.full}

{t.full} has moved to {town} and keeps bees. Nobody has heard from {u.first} {u.last} since the
reunion. {r.first} {r.last} (once better known as {handle}) married {t.first}'s cousin.
[[Next dinner is in the usual place]], {when}, {amount} a head.
Write to {s.obfuscated}, [[we are rotten at filing]].
""",
    ),
)
