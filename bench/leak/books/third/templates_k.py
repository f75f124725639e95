"""Templates of the third book: mail that is mostly harmless, and further kinds of threads."""

TEMPLATES = (
    (
        "policy",
        "[[Changes to the sickness absence policy]]",
        """Dear colleague

[[Self-certify for the first week of sickness]]. After that a Statement of Fitness is needed.
[[Occupational Health may ask you to call]]. Keeping in Touch days are paid at {price}.

[[Return to Work forms go to Human Resources]]. The policy is version {version} and starts {when}.
[[Trade unions were consulted throughout]].
""",
    ),
    (
        "menu",
        "[[Lunch menu for the autumn term]]",
        """Monday      [[Cottage Pie with Buttered Cabbage]]
Tuesday     [[Chicken Korma or Quorn Balti]]
Wednesday   [[Roast Gammon with Apple Sauce]]
Thursday    [[Macaroni Cheese with Garlic Bread]]
Friday      [[Battered Haddock or Cheese Toastie]]

A meal costs {price}. [[Jacket Potatoes and salad every day]]. Theme day: {when}.
""",
    ),
    (
        "clinic_leaflet",
        "[[Before your colonoscopy]]",
        """[[Stop iron tablets a week beforehand]]. The day before: clear soup, Bovril, black tea.

[[Take the first sachet of Moviprep in the evening]] and the second at dawn. Paracetamol, up to
{dose}, is
fine. [[Warfarin and Clopidogrel need special advice]].

Come to Endoscopy, room {room}, at {when}. [[Somebody must drive you home afterwards]].
""",
    ),
    (
        "vacancy",
        "[[We are hiring: Band Five Staff Nurse]]",
        """[[Join our friendly Stroke Rehabilitation Unit]]. Part time, {quantity} hours, from
{price}.

[[Agenda for Change terms and conditions apply]]. Closing date {when}. Interviews by Microsoft
Teams.
Informal chats: Senior Charge Nurse {anyone}, {phone}.

[[Disability Confident employer, all welcome]]
""",
    ),
    (
        "maintenance",
        "[[Student Records System offline on the weekend]]",
        """Planned outage: {when}

[[Moodle, Turnitin and Panopto stay up]]. Canvas quizzes will lock. After the upgrade to
{version} you sign in with the Authenticator app. [[Clear the cache in Firefox and Safari]].

[[Backups run every night as usual]]. Change ticket {order}, impact on {quantity} courses.
""",
    ),
    (
        "consultation",
        "[[Have your say on the Local Development Plan]]",
        """[[The draft sets out where homes may go]]. Drop-ins with officers {when} and {when}.

[[Supplementary Planning Guidance is out as well]]. Paper copies cost {price}. Responses are public:
do not put your address or signature in the comments. [[Late responses cannot be counted]].
{host}
""",
    ),
    (
        "invoice",
        "[[Invoice for after-school club]]",
        """Invoice {order}                                  Status: UNPAID
Bill to: {r.full}, {street}, {postcode}

Breakfast club, {child}      {quantity} sessions      {price}
After-school, {child}        {quantity} sessions      {price}
Late pick-up                                {price}
                                  Total     {price}

Tax-free childcare ref of {child}: {reference}. [[Please pay before the half-term break]] to
{sort} and put the surname in the reference line. Questions: {s.first}, bursar's office.
""",
    ),
    (
        "proton_thread",
        "Re: witness statement",
        """yes that is what i saw, you can use it. [[the lamp was broken that night]]

{r.first}

------- Original Message -------
On Monday, November 2nd, 2026 at 11:32 AM, {s.formal} <{s.work}> wrote:

> I, {r.full}, born {dob}, of {street}, {town}, will say as follows.
>
> I was walking home with {kin}. I saw {u.full}, whom I know from school, hit
> a man whom I now know to be {anyone}. {u.last} got into a red van with the
> plate {plate}. [[Two more people were standing about]]. One was called
> {child}, I think {anyone} or so.
>
> Is that right, {r.formal}? I need it signed by {when} (URN {crime_ref}).
""",
    ),
    (
        "notes_thread",
        "Antwort: Fw: Praktikum / work placement {child}",
        """Moin {r.first}, geht klar, {child} kann am {when_de} anfangen.
[[Arbeitsschuhe bitte mitbringen]].

Gruß
{s.nick}


|------------+------------------------------->
|{anyone_initial}      |
|02.11.2026 13:05|
|------------+------------------------------->
An: {s.full}/Bauhof/Stadt@Stadt
Kopie: {t.full}/Personal/Stadt@Stadt
Thema: Fw: work placement

[[können wir den Jungen nehmen]]? Er ist der Neffe von {u.full}, wohnt in der {street_de},
geboren {dob_dot},
Tel. {phone_de}.
""",
    ),
    (
        "spanish_thread",
        "Fwd: notas de {child}",
        """Hola {r.first}, te reenvío lo de la tutora. [[Este trimestre ha mejorado mucho]].
{s.first}

---------- Forwarded message ---------
De: {author} <{author_mail}>
Date: lun, 2 nov 2026 a las 12:40
Subject: notas
To: {s.full} <{s.email}>
Cc: {t.full} <{t.email}>

Buenas tardes, {s.first}: {child} lleva un {score} en matemáticas.
[[Falta entregar la autorización]] firmada por
el padre, {u.full} (DNI {es_dni}). La reunión es {when_es}.

El lun, 2 nov 2026 a las 9:15, {s.full} (<{s.email}>) escribió:
> ¿Sabe algo del examen? Mi móvil es {phone_far}. Vivimos ya en {street_es}, {town_es}.
""",
    ),
    (
        "swiss_signature",
        "Kirchenchor / répétition {when}",
        """Liebe alle, chers tous,

[[the rehearsal is moved to the parish house]]. Alto: {anyone}, {anyone}; Bass: {anyone}, {foreign}.
Wer fährt {u.full} heim nach {town_de}? {t.first} has my spare key.

Herzlich, {s.first}

_______________________
{s.full}
Präsidentin / présidente
{street_de} | {town_de} | {phone_de} | {s.email}
""",
    ),
    (
        "foodbank",
        "[[Voucher for three days of food]]",
        """Voucher {reference}: 2 adults ({r.full}, {t.full}), 3 children ({child}, {child},
{child})

[[Nappies in size four and oat milk]], please. Issued by {s.full}, Citizens' Bureau {town}. They
have no cooker at {street}, so only tins. Ring {phone}, not the other number: {u.full} must not
learn
where they live. [[Open on weekday mornings]]; last parcel {when}.
""",
    ),
)
