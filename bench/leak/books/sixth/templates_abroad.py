"""Mail in other languages, mail between scripts, addresses of many countries."""

TEMPLATES = (
    (
        "german",
        "AW: [[Schlüssel und letzte Ablesung]] {t.full}",
        """Hallo {r.first},

wie am Telefon besprochen: {u.full} übergibt am Samstag die Schlüssel, {particle} unterschreibt,
und Frau {t.last} liest die Zähler ab (Stand {meter}). [[Die Kaution ist schon verrechnet]].

Neue Anschrift: {abroad}
Geboren: {dob}, Steuer-ID {de_tax}
Mobil {phone}, Kennzeichen {plate}

[[Mit freundlichen Grüßen aus der Verwaltung]]
i. A. {s.full}

-----Ursprüngliche Nachricht-----
Von: {r.full} [mailto:{r.email}]
Gesendet: {stamp_de}
An: {s.full}
Betreff: [[Schlüsselübergabe und offene Nebenkosten]]

[[Wann passt es bei Ihnen]]? Das WLAN heißt noch wie früher, Passwort {wifi}.
""",
    ),
    (
        "french",
        "RE : [[le dégât des eaux du troisième]] - {u.full}",
        """Bonjour,

C'est {u.first} qui a prévenu {apostrophe}, pas {t.full}. Le plombier, {initialled}, est passé
mais la dame du dessus, née {u.last}, n'a pas ouvert. Dossier {claim}, contrat {policy}.

[[La facture a été réglée en espèces]] : {price} euros. Adresse du sinistre : {abroad}.
Né le {dob} ; n° de sécurité sociale {fr_nir} ; portable {phone}.

Bien à vous,
{s.full}
[[Chargée de clientèle sinistres et habitation]]

Le {stamp_fr}, {r.full} <{r.email}> a écrit :
> [[avez-vous reçu les photos du plafond]] ?
> {r.first}
""",
    ),
    (
        "spanish",
        "RV: [[documentos para la matrícula del curso]] de {barrel}",
        """Buenas tardes:

Adjunto {file}. La alumna es {barrel}, hija de {particle} y de {other}; la recoge su tío
{u.first}. DNI {es_dni}, NIE del padre {es_nie}, nacida el {dob} en {town}.

Domicilio: {abroad}. Teléfono {phone}. Usuario del aula: {username}, clave {password}.

[[La cuota incluye el seguro escolar]], {price} euros por {quantity} meses.

Un saludo,
{s.full}
[[Secretaría y Atención a las Familias]]

De: {t.full} <{t.email}>
Enviado: {stamp_es}
Para: {r.full}
""",
    ),
    (
        "italian",
        "[[conferma della prenotazione della sala]]",
        """Gentile {r.full},

la sala è prenotata a nome {u.upsort}, non {other}; {patronymic} porterà lo schermo. Codice
fiscale {it_cf}, nato il {dob}. [[Il rinfresco è compreso nel prezzo]] ({price} euro,
{quantity} persone).

Spedire la ricevuta a {abroad}, c.a. {wordy}. Cell. {phone}, targa {plate}.

[[Ufficio Eventi e Relazioni Esterne]]
{s.full}
""",
    ),
    (
        "portuguese",
        "Fwd: [[segunda via do recibo verde]]",
        """Olá {r.first},

a {u.first} disse que o {t.nick} ainda não pagou e que {particle} ficou com a fatura. NIF
{pt_nif}, nascido a {dob}. [[O valor já inclui o imposto]]: {price} euros.

Morada nova: {abroad}
Telemóvel: {phone} (é o da {other})

[[Obrigado e um bom fim de semana]]
{s.first}
""",
    ),
    (
        "dutch",
        "Antw: [[ophalen van de oude wasmachine]] bij {t.full}",
        """Dag {r.first},

{particle} haalt hem op met de bus van {u.full} ({plate}). Bel even aan bij {wordy}, want
{t.nick} slaapt overdag. BSN voor het formulier {nl_bsn}, geb. {dob}.

{abroad}, mobiel {phone}

[[De oude slang mag erbij blijven]]. [[Medewerker Klantcontact en Planning]] belt {when}.

Groetjes, {s.first}

Op {stamp_nl} schreef {r.full} <{r.email}>:
> [[past hij door de gang]]? hij is {size}
""",
    ),
    (
        "scripts",
        "{foreign} / visa letter",
        """[[To the visa section of the embassy]]

We invite {foreign}, {foreign} and their guide {foreign}, together with {eastern}, to our
workshop. In the passport of {foreign} the name is spelt {patronymic}; the number is {passport}.
{foreign} will collect them; her mobile is {phone}.

[[Travel and lodging are paid by us]], {price} per head, {quantity} nights. Hotel room {room}.
Application {visa}.

Sincerely
{s.full}
[[Visiting Scholars and Exchange Programme]]
""",
    ),
    (
        "scripts",
        "[[seating plan version for the banquet]]",
        """Table one: {foreign} | {foreign} | {wordy}
Table two: {foreign}, {eastern}, {foreign} (vegetarian)
Table three: {u.full}; {t.full}; {r.full}; {foreign}

[[Please do not move the name cards]]. {foreign} gives the toast, {foreign} translates for
{particle}. [[Green Tea and Almond Biscuits]] {price} for {quantity}.

{s.full}
{s.email}
""",
    ),
    (
        "wholly",
        "Зустріч: {foreign}",
        """Вітаю, {r.full}!

Завтра приїде {foreign}, разом з ним {u.full} та {t.full}. Телефон {phone}, пошта {u.email}.
Адреса: {street}, {town}. Пароль від мережі: {wifi}.

{s.full}
""",
    ),
    (
        "wholly",
        "お知らせ",
        """{r.full} 様

お世話になっております。{foreign} と {u.full} が参加します。携帯は {phone} です。
ユーザー名 {username}、確認コード {otp}、生年月日 {dob}。

{s.full}
{s.email}
""",
    ),
    (
        "addresses",
        "[[Where to send the parcels now]], {wordy} too",
        """[[Here is the list you asked for]], all in one go because I am on the train:

my sister is at {street}, {town}, {postcode}, then {wordy} moved to {abroad}. The
{u.last} family's place is still {street} above the bakery. {eastern} you can reach c/o {other},
{abroad}. {particle} stays in {town} now and has no street name at all, just {town}.

{nicknamed}, {street}, {town}. [[Mark them fragile please]], {quantity} kg at most, {price} each.
[[Second Class Signed For Is Fine]].

{s.nick}
""",
    ),
    (
        "travel",
        "{booking} [[Itinerary receipt and baggage allowance]] {u.upsort}",
        """BOOKING {booking}
PASSENGERS
1 {u.upsort}
2 {eastern}
3 {barrel}   DOB {dob}  PASSPORT {passport}
CONTACT {r.email} / {phone}

[[Cabin Bag and Personal Item Only]]   {size}
[[Seats are allocated at the gate]]
FARE {price}  TAXES {price}  TOTAL {price}
Freq. flyer {member}

[[Doors close before the printed time]]. {when}
""",
    ),
)
