"""Friends, families, clubs, dating: (style, subject, body) of the fourth book."""

TEMPLATES = (
    (
        "family",
        "[[photos from the weekend]]",
        """hiya {r.nick}

finally got round to uploading them, link below. {u.first} looks so grumpy in the one by the lake
[[the dog stole the whole show]] as usual

{t.nick} says can you bring the blue tent {when}, ours has a hole. oh and granny's new number is
{phone}, she still forgets to charge it

wifi at ours is {password} if you want to stream on the day

[[drive safe and eat something]]
xx {s.nick}

{host}
""",
    ),
    (
        "family",
        "{t.first}'s surprise party",
        """Shhh everyone,

[[please do not mention this at home]]. It's {t.first}'s big one (born {dob}, would you believe
it) and we have booked the back room at the Anchor for {when}.

Coming so far: {u.full}, {r.first}, both cousins, and {foreign} who flies in from {town}.
[[Everybody brings one dish to share]] and {price} for the present, to my account please:
{sort}

RSVP to {s.email} or {phone}.

{s.first}
""",
    ),
    (
        "chat",
        "[[new messages in your group]]",
        """[09:14] {u.first}: anyone got a spare ticket for tonight
[09:15] {t.nick}: nope sold mine to {r.full}
[09:15] {u.first}: ugh
[09:21] {username}: [[check the box office at the door]]
[09:22] {t.nick}: or ask {s.lower}, {phone}
[09:40] {u.first}: done!! {r.nick} you are a star, meet {when}?
[09:41] {r.nick}: yep. door code at mine is {otp}, [[just let yourself in]]

[[Reply to this mail to post]]. Mute the group: {track}
""",
    ),
    (
        "dating",
        "{s.first} [[sent you a wink]]",
        """Hey {username}!

{s.first} (handle {user_t}) liked your profile. [[You two seem to get along]]: {percent} match.

About {s.first}
Loves: open water swimming, mango pickle, [[long walks without a phone]]
Lives near {town}

"hi, saw you are into bouldering as well. I'm on {phone} if you'd rather text, or find me as
{user_u} on the other app"

Say hello: {track}
[[Stay safe when you meet strangers]].
""",
    ),
    (
        "dating",
        "[[i think about you all day]]",
        """My dear {r.first},

I am {s.full}, a marine engineer, widowed, now on a rig far from home.
[[Your smile has given me hope again]]. I saw your picture and my heart was beating like a drum.

My daughter {u.first} (born {dob_us}) is in boarding school in {town} and her fees are due. My bank
has blocked my card {card}. If you could send {usd} by gift card [[I will pay it back twice]].

Write to my private mail {spoken_s} because this site reads everything.

Yours for ever
{s.nick}
""",
    ),
    (
        "community",
        "[[Minutes of the allotment meeting]]",
        """Present: {s.initial} (chair), {r.full}, {t.initial}, {u.first} {u.last}
Apologies: none

1. Water butts. {r.last} got three quotes, cheapest {price}. [[Agreed to wait until spring]].
2. Plot 17. Tenant {u.full}, {street}, has not paid. Treasurer to write, ref {reference}.
3. Gate. [[The padlock has been changed again]]. New combination {otp}, do not pass it on.
4. Date of next meeting: {when}, scout hut, room {room}.

{t.first} to be thanked for the scones.
""",
    ),
    (
        "family",
        "{u.full} 1939 - 2026",
        """Dear friends,

with heavy hearts we tell you that our father, {u.full}, [[fell asleep peacefully at home]].
Born in {town} on {dob}, he taught woodwork to half the valley.

The funeral is on {when} at the crematorium, afterwards at {street}.
[[Please send no flowers to the house]]. Donations may go to the lifeboat, c/o {t.full}.

{s.first} and {r.first}, with the grandchildren
""",
    ),
    (
        "social",
        "{s.first} & {t.first} are getting married",
        """Together with their families

{s.full}
and
{t.full}

[[would love you to join us]]
{when}, followed by dinner and dancing.

Guests on this invitation: {r.full}, {u.full}
RSVP by {when} to {s.email} or WhatsApp {phone}.
[[Let us know about any allergies]]. Gift list: {host}
Hotel block: quote {reference} for {price} a night.
""",
    ),
    (
        "social",
        "[[Your tickets are attached]]",
        """Hello {r.first} {r.last},

[[this is your booking confirmation]] for An Evening of Brass, {when}.

Ticket holder        Seat     Type
{r.full}             K14      adult
{u.full}             K15      adult
{t.sorted}           K16      concession

File: {file}
Total {price}, paid by card {card}
Door staff may ask for the booking reference {reference}. [[Doors open one hour before]].
""",
    ),
    (
        "social",
        "{u.full} [[tagged you in a photo]]",
        """{u.full} tagged you and {t.first} in a photo.

"beach day with {r.first} and the gang!!"

[[See what others have to say]]
{track}

{quantity} likes · 31 comments

People you may know:
  {foreign}
  {s.full} (3 mutual friends)

This message was sent to {r.email}. [[If you wish fewer notices]], turn them off here: {track}
""",
    ),
    (
        "social",
        "[[Was this you signing in]]?",
        """Hi {username},

[[we noticed a new login to your profile]].

Device: {device}
Near: {town}
When: {moment}

If it was you, enter {otp} to confirm. It expires soon. [[We never ask for it by phone]].
If it wasn't, reset your password: {track}

Account email: {r.email}
Recovery phone: {phone}
""",
    ),
    (
        "chat",
        "re: sat",
        """cant do saturday, {u.nick}'s got football and im on lates til {when}

[[what about the week after instead]]? could come to yours, is it still {street}? {r.lower} said you
moved

also u still owe me {price} for the pizza haha. my details {sort} name {s.upper}

sent from my phone

> On another note, did {t.full} ever ring you back about the van? reg {plate}
> [[it was going really cheap]]
> {r.nick}
""",
    ),
    (
        "social",
        "[[Your year in review]]",
        """{r.first}, [[what a ride it has been]]!

{quantity} runs, {percent} of them before breakfast
Longest: with {u.full} and {foreign}, {weight} of gels
Fastest mile: chasing {user_u}
Most kudos from: {t.full}

[[Share it with the world]]: {track}
Profile: {username}
""",
    ),
    (
        "dating",
        "{foreign} [[wants to meet you]]",
        """{foreign}, speaks four languages, collects stamps, [[has never owned a television]].

Message: "Dear {r.first}, your essay on kites made me laugh. I am in {town} {window}. Phone {phone}
or
letter to {abroad}. My friends say {u.first}, it is easier. [[Do you take sugar]]?"

Matchmaker: {s.full}, {s.work}. Membership {money} a year, code for the video call {otp}.
""",
    ),
)
