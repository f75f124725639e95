"""Registers, articles, programmes, rooms full of people: (style, subject, body), fourth book."""

TEMPLATES = (
    (
        "work",
        "[[Posted workers - numbers still missing]]",
        """Hi {r.first},

for the social security forms we have so far:

  {u.full}: BSN {nl_bsn}, home {abroad_eu}
  {t.full}: PESEL {pl_pesel}
  {foreign}: rijksregisternummer {be_nrn}
  the late replacement {s.initial}: SV-Nr. {at_svnr}
  the Nordic crew: {se_pnr} (S), {dk_cpr} (DK), {fi_hetu} (FIN)
  the fitter from Cork: PPS {ie_pps}

[[Without them no certificate is issued]], and they fly {when}.

{s.first}
""",
    ),
    (
        "prose",
        "[[Local baker wins a silver medal]]",
        """At four in the morning the lights in the bakery go on, and {u.full} ties her apron. She
learned
the trade from her uncle {t.full}, who still drops in, at ninety, to complain about the crust.
[[Nobody in the family sleeps late]].

"We never thought of medals," says {u.last}. "{foreign}, our apprentice, filled in the form." The
jury
tasted {quantity} loaves. [[The rye was the clear favourite]], according to {s.full}, one of the
judges.

Her shop stands at {street}, {town}, and a loaf is {price}. [[Get there before it sells out]].
""",
    ),
    (
        "prose",
        "my grandmother {t.first}",
        """what i know so far for the family tree, {r.first}:

{t.full} was born in {town} on {dob} and married a sailor, {foreign}. they had three, one of them my
mum {u.first}. [[the house burned down that winter]] so no papers are left. a certain {s.lower}
wrote
letters to her for years and [[nobody ever found out why]]

there is a grave with {u.upper} on it but the date does not fit
""",
    ),
    (
        "community",
        "[[Programme for the spring concert]]",
        """{moment}  Doors
{moment}  Welcome by {u.full}
Sonata in D      {t.full}, violin; {foreign}, piano
[[Interval with tea and biscuits]]
Song cycle       {r.full}, alto
Encore           whatever {s.nick} fancies

Page turner: {u.nick}. Tickets {price} from {t.last} on {phone}.
[[Phones off if you would]].
""",
    ),
    (
        "chat",
        "[[log of the support channel]]",
        """<{username}> hello, printer on the third floor eats paper
<{user_t}> [[which tray are you using]]?
<{username}> the lower one. its called {device}, {mac} on the sticker
<{user_u}> {t.first} can you go? i am with {r.first} until {moment}
<{user_t}> going. {username} what is your extension
<{username}> mobile is better {phone}, ask for {u.full}
<{user_u}> [[solved by kicking it twice]]
* {user_t} has left
""",
    ),
    (
        "order",
        "[[Part of your order is delayed]]",
        """Hi {r.first},

about order {order}:

Item                         Qty    Each     Status
Garden hose, 25 m            1      {usd}    [[shipped from our depot]]
Brass nozzle                 2      {usd}    [[waiting for new stock]]
Hose reel, wall mount        1      {usd}    [[cancelled at your request]]

New date for the nozzles: {when_us}. Weight of the first box {weight}.

[[Sorry for the wait]]. Live chat: {host}

Bill to: {r.full}, {abroad_us}, {town}. Gift note: "For {u.nick}, dig on!"
""",
    ),
    (
        "marketing",
        "[[Seven soups for rainy evenings]]",
        """Read online {host}

{brand} KITCHEN NOTES

1. Red lentil and lime. [[Ready in half an hour]].
2. Smoky corn chowder. Feeds six for {usd}.
3. Miso with greens, by reader {foreign}.
4. Grandma's dumpling broth, sent in by {u.full} of {town}.

[[Stock up and save on pans]]: now {percent} off, code at the till.

Dear {r.first}, is {r.email} still the best address? [[Change your settings any time]]: {track}
""",
    ),
    (
        "marketing",
        "{r.full}, [[you are pre-approved for more]]",
        """EXCLUSIVE FOR {r.upper}

[[A card with no annual fee]]
Limit up to {usd} thousand, {percent} cashback on groceries.

Invitation number {reference}
We have you at {abroad_us}, {town}. Moved? Call {phone_us}.

[[Terms apply as set out below]]. To stop prescreened offers write to {s.full}, consumer desk.
{track}
""",
    ),
    (
        "world",
        "accident report: {plate_in}",
        """Sir,

on {when} my scooter {plate_in} was hit by a tempo {plate_in} near the flyover at {town}. Driver
told his
name as {foreign}, owner is one {u.full}, {abroad_in}. [[Constable took down everything]].

Please to process the own damage claim, policy {reference}. PAN {in_pan}, mobile {phone_in},
estimate {inr}.

Pillion rider {t.full}, D.O.B. {dob_child}, got stitches. [[Bills shall follow by post]].

Thanking you,
{s.full}
""",
    ),
    (
        "world",
        "[[Load shedding and your fridge claim]]",
        """Dear {r.formal},

[[we are sorry about the spoiled food]]. Claim {reference}, {money} will be paid by EFT.

Insured: {r.full}, {abroad_af}, {town}
Bakkie: {plate_af}
Broker: {u.full}, {phone_af}
Next of kin: {foreign}, {phone_af}

Sign the form with the OTP {otp}. [[Kindly rate our service]].

{s.first}, claims
""",
    ),
    (
        "world",
        "pedido {order}: [[motoboy on the way]]",
        """Oi {r.first}!

{u.first} is bringing your order on his motorbike ({plate_la}). [[Have the exact change ready]]:
{money}.

Drop: {abroad_la}, {town}. Intercom: {t.last}. Phone {phone_la}.
Show him {otp} and get your pizza. [[The cheese is still bubbling]].

{s.nick}
""",
    ),
    (
        "world",
        "{foreign} / {r.first}: airport pick-up",
        """Driver: {foreign}
Car: {plate_as}, white van
Phone: {phone_as}
Passenger: {passenger}
Flight lands: {moment}
Hotel: {abroad_as}, {town}
Sign will read: "{r.upper}"

[[Please wait by the pillar]]. If you cannot find him ask {u.full} at the desk, she speaks English.
[[Tipping is not expected here]].
""",
    ),
    (
        "world",
        "[[Bushfire plan for our street]]",
        """Evening all,

phone tree, [[ring the next one down]]:

{u.full} {phone_au} -> {t.full} {phone_au} -> {foreign} {phone_au} -> back to me, {s.nick},
{phone_au}

{r.first}, you've the pump; [[test it once a month]]. {t.first}'s ute is {plate_au}, keys on the
hook at
{abroad_au}. Meeting {when}, {money} each for the sausage sizzle.
""",
    ),
    (
        "abroad",
        "R: [[preventivo per il trasloco]]",
        """Gentile {s.last},

[[va bene il prezzo proposto]], {euro} euro. Da {abroad_eu} a {town}, il {when_it}. Al citofono c'è
scritto {t.last}.
Mia moglie {u.full} (cell. {phone_eu}) apre alle otto.

Saluti
{r.first}

Il giorno {sent_it} {s.full} <{s.email}> ha scritto:
> Buongiorno signor {r.last}, [[servono due furgoni]]. Il C.F. {it_cf} è suo?
""",
    ),
    (
        "abroad",
        "Re: [[aulas de natação]]",
        """Oi {s.first}, [[pode ser na raia dois]]. A {u.first} nasceu em {dob_pt}, mede o bastante.

{r.nick}
Cel. {phone_la}

Em {sent_pt}, {s.full} <{s.email}> escreveu:
> {r.first}, a {u.full} entra na turma do professor {foreign}. [[Leve touca e óculos]].
> Mensalidade {euro}. Começa {when_pt}.
""",
    ),
    (
        "home",
        "[[Reminder about your council bill]]",
        """{r.upper}
{street}
{postcode}

Account {ctref}

[[You are one payment behind]]. Please pay {price} by {when}. If {u.full} has moved in, discounts
may
change; we hold her birth date as {dob} from the last form.

Landlord on record: {t.sorted}, {phone_uk}

[[Cheques are not accepted]]. {host}
""",
    ),
    (
        "helpdesk",
        "[[Badge, parking and lockers]] ({r.initials})",
        """{r.first},

your badge photo is fine. Badge no. {reference}, PIN {otp}. Car {plate} may use the lower deck, bay
{room}.
Locker {room}, [[bring your own padlock]].

Kit list
  headset    {device}
  dock       {mac}
  spare key  with {u.full}

{t.first} will show you round at {moment}. [[Fire drill this week]].

{s.full}, facilities, {phone}
""",
    ),
)
