"""Fifth book: threads with the quoting of several mail programs, and prose without greetings."""

from bench.leak.book import Template

TEMPLATES: tuple[Template, ...] = (
    (
        "thread",
        "RE: [[access to the archive]] - {t.full}",
        """[[Approved from my side]].

{s.first}

{s.full}
Head of Records
{brand} | T {phone} | {s.work}

From: {t.sorted} <{t.work}>
Sent: {when}
To: {s.sorted} <{s.work}>; {r.sorted} <{r.work}>
Cc: Front Desk; {u.full}
Subject: access to the archive

{s.nick}, {r.first} needs the basement key. He lost his badge ({staff_ref}).
[[It was last seen near the shredder]].

{t.initials}
""",
    ),
    (
        "thread",
        "Re: {r.first} [[and the dentist bill]]",
        """Ok I'll transfer it tonight. What's the reference, is it {reference}?

{s.nick}

On {when} {r.full} <{r.email}> wrote:

> [[they want the money by the weekend]]. {t.first} already paid hers
>
> On {when}, {t.full} <{t.email}>
> wrote:
>
>> Mine was {amount}. Dr {u.last} says {r.nick} grinds at night.
>> {t.first}
""",
    ),
    (
        "thread",
        "Re: [[spare room in the autumn]]",
        """Perfect. {t.nick} and the dog come too, I'm afraid.

Sent from my tablet

> On {when}, at 09:12, {r.full} <{r.email}> wrote:
>
> \ufeffOf course! [[The sheets are in the airing cupboard]]. Key is with {u.full} at
> {street}, wifi is {password}.
> {r.first}
>
>> Am I right that {t.full} has the room till then?
>> {s.first}
""",
    ),
    (
        "thread",
        "AW: [[Termin für die Wohnungsübergabe]] {street}",
        """Hallo {r.first},

{when_de} passt mir. [[Bitte denken Sie an alle Schlüssel]].

Viele Grüße
{s.full}

Von: {r.full} <{r.email}>
Gesendet: {when_de}
An: {s.full} <{s.work}>
Betreff: Termin

Sehr geehrte Frau {s.last},
mein Nachmieter, Herr {t.full}, wohnt noch in {town} und bringt seine Schwester {u.first} mit.
Kaution bitte auf {iban}. Tel. {phone}
Mit freundlichen Grüßen
{r.first} {r.last}
""",
    ),
    (
        "thread",
        "Re : [[votre demande de congé]]",
        """Bonjour {r.first},

[[c'est validé par la direction]]. Voyez avec {t.full} pour la passation.

Cordialement,
{s.upsort}

Le {when_fr}, {r.full} <{r.work}> a écrit :
> Bonjour Monsieur {s.last},
> [[je souhaite poser trois semaines]], ma femme {u.first} accouche bientôt. Matricule {staff_ref}.
> Joignable au {phone} ou chez mes parents, {street}, {town}.
> {r.first}
""",
    ),
    (
        "thread",
        "RV: [[presupuesto de la reforma]] {r.last}",
        """Buenas {r.first}, [[te reenvío lo del fontanero]].

---------- Forwarded message ---------
De: {t.full} <{t.email}>
Date: {when_es}
Para: {s.full} <{s.email}>

Estimada señora {s.last}: el baño de {street} sale por {amount}. Mi oficial, {u.full}, puede
empezar {when_es}. DNI {es_dni}, móvil {phone}.
[[Quedamos a la espera de su respuesta]]
{t.first}
""",
    ),
    (
        "thread",
        "Antw: [[afspraak bij de huisarts]]",
        """Dag mevrouw {r.last},

dokter {t.last} heeft {when_nl} nog plek. [[Neem uw medicijnen mee]].

Met vriendelijke groet,
{s.first} {s.last}, assistente

Op {when_nl} schreef {r.full} <{r.email}>:
> goedemorgen, mijn zoon {u.full}, geboren {dob_nl}, heeft koorts. ons adres is {street} in {town}
> [[kan hij vandaag nog langskomen]]? {phone}
> gr {r.nick}
""",
    ),
    (
        "thread",
        "R: [[iscrizione al corso di nuoto]] {t.first}",
        """Gentile {r.last},

[[la quota comprende cuffia e accappatoio]]: {amount}.
Per {t.full} ({it_cf}) manca il certificato. Lo consegni a {u.first} {u.last} in segreteria.

Distinti saluti
{s.full}

Il giorno {when_it} {r.full} <{r.email}> ha scritto:
> Buongiorno, [[vorrei iscrivere mia figlia]] {t.first}, nata il {dob_it}.
> Abitiamo in {street}, {town}.
""",
    ),
    (
        "thread",
        "Re: [[segunda via do contrato]]",
        """Olá {r.first}, tudo bem?

[[O documento segue em anexo]]: {file}. Falta só a assinatura da dona {t.full}.

Um abraço,
{s.full}

Em {when_pt}, {r.full} escreveu:
> Prezado {s.last}, [[perdi a minha cópia na mudança]]. Moro agora em {street}, {town}.
> Falar com {u.first} no {phone}.
""",
    ),
    (
        "forward",
        "Fwd: {t.full} - [[no show again]]",
        """fyi {r.first}

Begin forwarded message:

From: "{t.lower}" <{t.email}>
Subject: cant come
Date: {when}
To: {s.full} <{s.work}>

hiya its {t.nick}, [[car wont start]], {u.nick} was meant to jump it but hes in {town}.
can u move my slot. ref is {reference}. ring {phone}
""",
    ),
    (
        "prose",
        "[[Draft chapter for your comments]]",
        """[[The ferry was late that winter]]. When {t.full} finally stepped onto the pier with two
hens under her arm, {u.first} {u.last} was asleep in the ticket office and {t.last} had to wake
him. Later {s.last} would claim it had been {u.first}'s idea to open the school in {town}.

[[Nothing was ever written down]]. {r.last} remembers it otherwise.
""",
    ),
    (
        "prose",
        "[[Incident at the loading bay]]",
        """Statement of what happened on {when}.

Forklift reversed, [[the banksman was not in position]]. {t.full} shouted, {u.full} braked.
{r.last}'s foot was caught. {t.last} called {s.last} on the radio and {s.last} called {phone}.
The pallet held {count}. [[Nobody else was in the aisle]]. {r.first} was taken to the infirmary
in {town}, where his wife {u.first} met him. Badge {staff_ref}, insurer's number {claim_ref}.
""",
    ),
    (
        "prose",
        "[[Report on the winter survey]]",
        """[[Moss cover was densest on the north slope]], at {score}.
[[The quadrats were laid at random]] along a transect; {count} were handed out to volunteers.
[[Rain fell on most of the days]].
Costs came to {amount}. The next count is planned for {when}.
""",
    ),
    (
        "prose",
        "[[a few lines about the reunion]]",
        """spoke to {t.nick} this morning. {u.full} is in, {s.first} thinks {u.first} is bringing
the new bloke, what's he called, {r.lower}? [[nobody can remember who paid last time]]. {t.full} has
the list and the float, {amount}. she's on {t.obfuscated} or just shout over the fence
""",
    ),
    (
        "prose",
        "[[Observations from the ward round]] {hospital_ref}",
        """Slept poorly. {t.full} visited and was tearful. Asked twice where {u.first} was; reminded
that {u.full} died some years ago. Ate half of lunch with {s.last}'s help. Weight {weight}.
[[Walked to the window with a frame]]. Daughter ({t.first}, {phone}) wants to be told if
{r.last} is moved. [[Continue as charted for now]].
""",
    ),
)
