"""Templates of the third book: mail in other languages of Europe."""

TEMPLATES = (
    (
        "german",
        "Ihr Antrag auf Wohngeld, Az. {case_no}",
        """Sehr geehrte Familie {r.last},

[[vielen Dank für Ihre Unterlagen]]. Es fehlt noch die Meldebescheinigung Ihrer Tochter
{child} (geb. {dob_dot}). Ihre Steuer-ID {de_tax} haben wir vermerkt; das Geld geht auf das Konto
{iban} von {kin}.

Bitte kommen Sie am {when_de} in Zimmer {room} vorbei. Unsere Anschrift finden Sie unten, Ihre
lautet bei uns: {street_de}, {town_de}. [[Bringen Sie bitte einen Ausweis mit]].

Der Zuschuss beträgt voraussichtlich {euros}.

Mit freundlichen Grüßen
im Auftrag
{s.full}
Tel.: {phone_de}
""",
    ),
    (
        "german",
        "AW: Elternabend",
        """Hallo {r.first}, hallo {t.first},

[[danke für die schnelle Antwort]]! Dann machen wir es am {when_de}. {anyone} bringt Kuchen mit,
die Mama von {child} den Kaffee. Ich habe {u.full} noch nicht erreicht, hat jemand eine neue Nummer?

LG {s.nick}

-----Ursprüngliche Nachricht-----
Von: {r.full} <{r.email}>
Gesendet: Montag, 2. November 2026 20:11
An: {s.full} <{s.email}>; {anyone} <{anyone_mail}>
Betreff: Elternabend

{u.first} wohnt jetzt in der {street_de} in {town_de}, Handy {phone_de}.
[[Mir wäre jeder Termin recht]].

Am 02.11.26 um 18:47 schrieb {s.full}:
> Liebe Eltern, der Raum kostet {euros}. {child} und {child} fehlen
> übrigens seit Tagen.
""",
    ),
    (
        "french",
        "[[Votre rendez-vous à la mairie]]",
        """Bonjour {r.formal},

[[Nous avons bien reçu votre demande de passeport]]. Rendez-vous {when_fr}, guichet {room}, avec
l'ancien passeport n° {passport} et un justificatif pour {street_fr}, {town_fr}.

Vous êtes {maiden}, née le {dob_dot} selon le dossier. Votre n° de sécurité
sociale : {fr_nir}. Si c'est votre mari, M. {u.full}, qui vient, il lui faut une procuration.

[[Le timbre fiscal coûte]] {euros}.

Bien cordialement,
{s.full}
Service état civil - Tél. {phone_fr}
""",
    ),
    (
        "french",
        "Re: garde de {child} mercredi",
        """Coucou {r.first},

oui bien sûr, {child} peut dormir chez nous ! [[On fera des crêpes comme d'habitude]].
Code de l'immeuble : {otp}, c'est au nom de {u.last}.

Bises, {s.first}

Le lun. 2 nov. 2026 à 19:04, {r.full} <{r.email}> a écrit :

> Salut {s.first}, {anyone} est à l'hôpital de {town_fr}, [[tu peux prendre la petite]] ?
> Elle a son traitement ({dose}, le soir). Le pédiatre,
> le Dr {anyone}, est joignable au {phone_fr}.
>
> Envoyé de mon iPhone
""",
    ),
    (
        "spanish",
        "[[Cita previa confirmada]]",
        """Estimada {r.first} {r.last}:

[[Su cita ha quedado confirmada]] para {when_es} en la mesa {room}. Traiga el DNI {es_dni} o, si es
el titular su esposo {u.full}, su NIE {es_nie}.

Domicilio de empadronamiento: {street_es}, {town_es}
Fecha de nacimiento: {dob_dot}
Teléfono: {phone_far}

La tasa es de {euros}. [[No responda a este correo]].

Un saludo,
{s.full}, Oficina de Atención Ciudadana
""",
    ),
    (
        "italian",
        "Iscrizione di {child} alla scuola dell'infanzia",
        """Gentili genitori {r.last},

[[siamo lieti di comunicarvi che la domanda è accolta]]. {child}, codice fiscale {it_cf}, sarà nella
sezione della maestra {anyone}. Primo incontro {when_it}, aula {room}.

Delegati al ritiro: la nonna {anyone}, tel. {phone_far}, e la signora {u.full} di {street_it},
{town_it}.

[[La mensa costa]] {euros} al mese. Bonifico su {iban} intestato a {kin}.

Cordiali saluti
{s.full}

Il giorno lun 2 nov 2026 alle ore 10:15 {r.full} <{r.email}> ha scritto:
> Buongiorno, avete notizie della graduatoria? Grazie, {r.first}
""",
    ),
    (
        "portuguese",
        "[[Atualização do seu processo]] {case_no}",
        """Exmo. Senhor {r.full},

[[informamos que o pedido foi deferido]]. O subsídio de {euros} será pago a {kin}, NIF {pt_nif}.
Nascimento: {dob_dot}. Morada: {street_pt}, {town_pt}.

Compareça {when_pt}, gabinete {room}, e pergunte pela Dra. {anyone}. Em caso de dúvida ligue
{phone_far} ou escreva a {s.work}.

{t.full} escreveu no dia segunda, 2/11/2026 à(s) 09:30:
> o vizinho, {u.full}, diz que a família se mudou para {town_pt}

Com os melhores cumprimentos,
{s.initial}
""",
    ),
    (
        "dutch",
        "Huurachterstand {rent_ref}",
        """Geachte heer {r.last},

[[wij hebben uw betaling nog niet ontvangen]]. Het gaat om {euros} voor de woning {street_nl} te
{town_nl}, op naam van u en mevrouw {u.full}. Uw BSN {nl_bsn} staat bij ons in het dossier.

[[Kunt u niet in één keer betalen]]? Bel dan {s.first} op {phone_far}. Op {when_nl} komt onze
collega {anyone} langs; uw geboortedatum ({dob_dot}) wordt gevraagd om vergissingen te voorkomen.

Met vriendelijke groet,
{s.full}

Op ma 2 nov 2026 om 16:20 schreef {r.first} {r.last} <{r.email}>:
> mijn zoon {child} regelt dat, mail hem op {anyone_mail}
""",
    ),
    (
        "polish",
        "Odp: mieszkanie dla {r.first}",
        """Dzień dobry,

mieszkanie przy {street_pl} w mieście {town_pl} jest nadal wolne. Umowę podpisze właściciel,
{u.full}, telefon {phone_far}. Proszę podać numer PESEL (w formularzu był {pl_pesel}) i imię matki.

Pozdrawiam serdecznie
{s.full}

W dniu 02.11.2026 o 17:30, {r.full} pisze:
> Czy mogę zamieszkać razem z bratem? Nazywa się {kin}. Mój adres to {r.email}.
""",
    ),
    (
        "nordic",
        "Kallelse till vårdcentralen för {r.upsort}",
        """Hej {r.first}!

Du är välkommen till distriktssköterska {anyone}. Vi har ditt personnummer {se_pnr} och
mobilnummer {phone_far}. Om du i stället har danskt CPR-nummer ({dk_cpr}) eller finsk
personbeteckning ({fi_hetu}), ta med intyget. Din man {u.full} får gärna följa med.

Vänliga hälsningar
{s.full}

Den mån 2 nov. 2026 kl 08:12 skrev {r.full} <{r.email}>:
> Hej, min dotter {child} behöver också en tid.
""",
    ),
    (
        "welsh",
        "Cyfarfod rhieni {child}",
        """Annwyl Mr a Mrs {r.last},

Diolch i chi am ddod i weld gwaith {child} yr wythnos diwethaf. Mae {anyone} yn awyddus i'w gweld
hi yn y côr eto, ac mae {anyone_mail} ar gael os oes cwestiwn. Os yw'r cyfeiriad {street} wedi
newid, ffoniwch {phone}. Dyddiad geni sydd gennym: {child_dob}.

Yn gywir,
{s.full}
Pennaeth
""",
    ),
    (
        "irish",
        "[[Your medical card is up for review]]",
        """A {r.first}, a chara,

[[this letter is also available in Irish]]. We hold the PPS number {ie_pps}, date of birth {dob} and
the address {street}, {town}, Eircode {eircode}.

Ba mhaith linn a chur in iúl duit go bhfuil do chárta bailí go fóill. Má tá ceist agat, cuir glao
ar {t.full} ag {phone}.

[[Nothing is due from you today]]. Your husband {kin} is covered to the end of next year, your
nephew
{anyone} is not. Prescription charge: {euros}.

Is mise, le meas,
{s.full}
Oifigeach Cliant
""",
    ),
    (
        "austrian_belgian",
        "Re: Grenzgänger-Sprechtag / permanence frontaliers",
        """Dear {r.first},

[[our next cross-border advice day is full]], but {s.first} kept a slot for you: {when}.

Please bring the Austrian SV number ({at_svnr}) or the Belgian one of your wife {kin}
({be_nrn}), and her work contract with Bäckerei {u.last} at {street_de}, {town_de}.
Her mother's name on the form reads {anyone}, in the passport it is {foreign}.

[[You may be owed child benefit]] of up to {euros}.

Beste Grüße / Bien à vous
{s.full}  ·  {phone_de}
""",
    ),
)
