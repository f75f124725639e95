"""Mail in other languages, and of other countries: (style, subject, body)."""

TEMPLATES = (
    (
        "letter",
        "[[Ihre Terminbestätigung]] {reference}",
        """Sehr geehrte Frau {r.last},

[[wir bestätigen Ihnen den vereinbarten Termin]] {wann}, {place_de}.
Geburtsdatum: {dob}, Aktenzeichen {reference}.
[[Bitte bringen Sie Ihre Versichertenkarte mit]]. Zuzahlung: {eur}, [[bar oder mit Karte]].
Sprechzeiten: {hours}, Telefon {phone}.

Mit freundlichen Grüßen
{s.full}
""",
    ),
    (
        "invoice",
        "[[Rechnung für Heizung und Wartung]]",
        """{r.full}
{street}, {town}

[[Wechsel der Umwälzpumpe]] {model}: {eur}
[[Dichtung nach Norm]] {norm}, {size}: {eur}
Zählerstand {meter}, Vorlauf {temp}
[[Zahlbar ohne Abzug]] {wann}. Anteil nach {clause}: {share}.
Rückfragen an {s.full}, {phone}
""",
    ),
    (
        "reply",
        "AW: [[Verlegung der Probe]]",
        """Hallo {r.first},

[[das passt mir ausgezeichnet]]. {wann} also, {clock}, {place_de}.

Am {digits} schrieb {s.full} <{s.email}>:
> [[können wir eine Woche schieben]]?
> {t.full} kommt mit dem {line}, [[das dauert etwas länger]] ({span}).

Gruß
{s.first}
""",
    ),
    (
        "letter",
        "[[Convocation à la réunion de parents]]",
        """Madame {r.last},

[[nous vous attendons au collège]] {quand}, {place_fr}.
[[La cantine sera exceptionnellement fermée]]. Participation demandée : {eur} par élève.
Note moyenne de {t.first} : {rating}. Dossier {reference}.
[[Merci de rapporter le coupon signé]] {quand}.

{s.full}, [[Principale adjointe du collège]]
Tél. {phone}
""",
    ),
    (
        "order",
        "[[Votre colis est en préparation]]",
        """Bonjour {r.first},

[[Votre commande sera expédiée sous peu]] : {order}
{count}, [[Torchon en lin lavé]], {size}, {eur}
[[Frais de port offerts]] dès {eur}. Livraison {quand}, {street}, {town}.
Remise {share}, {points}.
[[Ne pas répondre à ce message automatique]]
""",
    ),
    (
        "letter",
        "[[Recordatorio de revisión]]",
        """Estimada {r.full}:

[[le recordamos su próxima revisión]] {cuando}, {place_es}.
[[Acuda en ayunas y con ropa cómoda]]. Dosis actual: {dose}. Peso: {weight}.
Nacimiento: {dob}. Teléfono: {phone}.
[[El copago no está incluido]]: {eur}.

Un saludo,
{s.full}
""",
    ),
    (
        "notice",
        "[[Corte de agua programado]]: {t.full}",
        """A {t.full}, {street}, {town}:

[[se interrumpirá el suministro por obras]] {cuando}, durante {span}.
Lectura del contador: {meter}. Presión: {meter}.
[[Disculpe las molestias ocasionadas]]. Expediente {reference}.
""",
    ),
    (
        "letter",
        "[[Convocazione assemblea di condominio]]",
        """Gentile {r.full},

[[la prima convocazione è fissata]] {quando}, la seconda {quando}, {place_it}.
[[Ordine del giorno provvisorio]]:
1) [[rifacimento della facciata interna]], {eur}, quota {share}
2) [[sostituzione delle caldaie]], {model}, {temp}
Delega a {t.full}, {street}, {town}, tel. {phone}.

{s.full}
[[Amministratore pro tempore]]
""",
    ),
    (
        "travel",
        "[[Modifica orario del treno]]",
        """{r.first}, [[il suo viaggio ha subito variazioni]].
{line}, {place_it}, {quando}
Prezzo {eur}, rimborso {share}, ritardo previsto {span}.
[[Conservi questo messaggio fino all'arrivo]]. Codice: {otp}
Passeggero: {r.full}, nato il {dob}
""",
    ),
    (
        "letter",
        "[[Aviso de vencimento da mensalidade]]",
        """Prezada {r.full},

[[a mensalidade do curso vence em breve]]: {dia}, {abroad}.
[[Desconto para pagamento antecipado]]: {share}. Matrícula {reference}.
Aula de {t.full}: {dia}, {place_pt}.
[[A secretaria atende em horário reduzido]]: {hours}, {phone}.
""",
    ),
    (
        "letter",
        "[[Afspraak voor de ketelbeurt]]",
        """Beste {r.first},

[[de monteur komt bij u langs]] {wanneer}, {street}, {town}.
[[Zorg dat de meterkast vrij is]]. Stand: {meter}; druk {meter}; voorrijkosten {eur}.
Klantnummer {reference}, telefoon {phone}.

Met vriendelijke groet,
{s.full}
[[Afdeling Planning en Onderhoud]]
""",
    ),
    (
        "trade",
        "[[Quotation for Cotton Yarn]]",
        """Dear {r.full},

[[With reference to your esteemed enquiry]]:
{weight} [[Combed Ring Spun Yarn]] at {abroad}; {count} cartons at {abroad};
[[Freight Forward From Factory Gate]] {abroad}. Valid {range}. Test: {norm}, {share} humidity.
Contact {s.full}, {phone}, {street}, {town}. [[Goods once sold will not be returned]].
""",
    ),
)
