"""Mail in other languages of Latin script: (style, subject, body) of the fourth book."""

TEMPLATES = (
    (
        "abroad",
        "[[Ihre Bestellung ist unterwegs]]",
        """Guten Tag {r.first} {r.last},

[[Ihr Paket hat unser Lager verlassen]]. Bestellnummer {order}, Betrag {euro} EUR.

Lieferadresse:
{r.full}
{abroad_eu}
{town}

Zustellung voraussichtlich am {when_de}. Falls Sie nicht da sind, nimmt es {u.full} von nebenan.
Ihr Abholcode: {otp}

[[Mit freundlichen Grüßen aus der Versandabteilung]]
{s.full}
Tel. {phone_eu}
""",
    ),
    (
        "abroad",
        "AW: Wohnung, Besichtigung {r.last}",
        """Hallo Frau {r.last},

passt, [[wir sehen uns vor dem Haus]], am {when_de}. Klingeln Sie bei {u.last}. Bringen Sie bitte
die Selbstauskunft mit: geboren am {dob_de} in {town}, Steuer-ID {de_tax}, so habe ich es notiert.
Kaution {euro} EUR auf {iban}, Kontoinhaber {s.full}.

LG {s.first}

Am {sent_de} schrieb {r.full} <{r.email}>:
> Lieber Herr {s.last},
> mein Mann {t.first} und ich würden gern kommen. [[Ginge es auch am Abend]]? Handy {phone_eu}.
> Viele Grüße, {r.first}
""",
    ),
    (
        "abroad",
        "[[Votre rendez-vous est confirmé]]",
        """Bonjour {r.full},

[[nous avons bien noté votre passage]] le {when_fr}, avec {u.full}, conseillère clientèle.

Merci d'apporter une pièce d'identité. D'après notre dossier n° {reference} vous êtes né(e) le
{dob_fr} à
{town}, n° de sécurité sociale {fr_nir}, et habitez {abroad_eu}.

Montant à régler : {euro} €. IBAN : {iban}

Bien cordialement,
{s.first} {s.last}
Tél. {phone_eu}

Le {sent_fr}, {r.full} <{r.email}> a écrit :
> [[Je voudrais changer de formule]], mon mari {t.first} aussi. Merci, {r.initials}
""",
    ),
    (
        "abroad",
        "[[Tu reserva está lista]]",
        """Hola {r.first}:

[[gracias por viajar con nosotros]]. Localizador {booking}.

Pasajeros
  {r.full}, DNI {es_dni}, nacida el {dob_es}
  {u.full}, NIE {es_nie}

Salida: {when_es}
Precio total: {euro} €

Tu clave para el móvil {phone_eu} es {otp}. [[No la compartas con nadie]].
Si {t.first} también viene, escríbenos a {s.email}.

Un saludo,
{s.full}
""",
    ),
    (
        "abroad",
        "RE: cumple de {u.first}",
        """che {r.nick}, [[confirmo que llevo el asado]]. {u.full} cumple el {when_es}, pero lo
festejamos en lo de
{t.first}, {abroad_la}, {town}. mi cel nuevo {phone_la}

la vaquita es de {euro}, mandalo al alias {username} que es mio

abrazo
{s.nick}

El {sent_es}, {r.full} <{r.email}> escribió:
> quién lleva la carne?? {foreign} es vegetariano ojo
""",
    ),
    (
        "abroad",
        "[[Promemoria della sua visita]]",
        """Gentile {r.full},

[[le ricordiamo il suo appuntamento]] presso il nostro studio, {when_it}, dott. {u.last}.

Codice fiscale: {it_cf}
Data di nascita: {dob_it}
Residenza: {abroad_eu}, {town}
Cellulare: {phone_eu}
Importo: {euro} euro

[[Porti con sé gli esami precedenti]]. Per spostare: {s.first}, {s.email}.

Cordiali saluti
""",
    ),
    (
        "abroad",
        "[[Sua fatura já chegou]], {r.first}",
        """Olá, {r.first}!

[[Confira os dados da sua conta]]:

Titular: {r.full}
Contribuinte (NIF): {pt_nif}
Nascimento: {dob_pt}
Endereço: {abroad_la}, {town}
Celular: {phone_la}
Total: {euro}
Vencimento: {when_pt}

Sua gerente {u.full} ({u.email}) [[está à disposição para ajudar]]. O {t.first}, do caixa, manda
lembranças.

Abraço,
{s.nick}
""",
    ),
    (
        "abroad",
        "[[Uw afspraak bij de garage]]",
        """Beste {r.first},

[[we zien je graag tegemoet]] op {when_nl} met de auto {plate_eu}. {u.full} doet de grote beurt,
kosten ongeveer {euro} euro. Je BSN hebben we niet nodig, wel je geboortedatum voor de leenauto:
{dob_nl},
klopt dat?

Adres: {abroad_eu}, {town}
Telefoon: {phone_eu}

[[Tot dan en rij voorzichtig]]
{s.first}

Op {sent_nl} schreef {r.full} <{r.email}>:
> Hoi {s.first}, kan {t.first} hem ophalen? Hij heet {t.full} en zijn nummer is {phone_eu}.
""",
    ),
    (
        "otherscript",
        "{foreign}",
        """Здравствуйте, {foreign}!

Ваш заказ {order} готов. Получатель: {foreign}, телефон {phone}, почта {r.email}.
Адрес: {abroad}.
Код для получения: {otp}

С уважением,
{s.full}
""",
    ),
    (
        "otherscript",
        "订单 {order}",
        """{foreign} 您好：

您的包裹已经到达，收件人 {foreign}，手机 {phone_as}，取件码 {otp}。
地址：{abroad_as}
出生日期：{dob_asia}

客服 {foreign} 敬上
{s.email}
""",
    ),
    (
        "otherscript",
        "{foreign}",
        """السلام عليكم {foreign}

تم تأكيد موعدكم. رقم الهاتف {phone_me} والبريد {r.email}.
رقم الجواز {passport}

مع التحية
{foreign}
""",
    ),
    (
        "otherscript",
        "{foreign}",
        """नमस्ते {foreign} जी,

आपका पार्सल कल पहुँचेगा। मोबाइल {phone_in}, पता {abroad_in}।
आधार {in_aadhaar}, ओटीपी {otp}

धन्यवाद,
{foreign}
""",
    ),
    (
        "otherscript",
        "[[your penpal wrote back]]",
        """Hi {r.first},

your penpal answered! Her letter, with my translation under it.

"你好，我叫{foreign}。我的生日是{dob_asia}。" -
"Hello, I am called {foreign}, my birthday is as above."
[[She draws a panda beside it]].

"Привет от {foreign}" it says on the back, that must be her stepfather. Write to {abroad_as},
{town},
or
mail {u.email}.

Yours, {s.first} ({foreign})
""",
    ),
    (
        "otherscript",
        "{foreign}",
        """{foreign} 様

ご予約ありがとうございます。お名前 {foreign}、お電話 {phone_as}、生年月日 {dob_asia}。
確認コードは {otp} です。

担当 {foreign}
{s.email}
""",
    ),
    (
        "otherscript",
        "{foreign}",
        """{foreign} 고객님, 안녕하세요.

주문 {order} 배송이 시작되었습니다. 받는 분 {foreign}, 연락처 {phone_as}, 주소 {abroad_as}.
인증번호 {otp}

{foreign} 드림
""",
    ),
    (
        "otherscript",
        "{foreign}",
        """Αγαπητέ {foreign},

η παραγγελία {order} είναι έτοιμη. Τηλέφωνο {phone}, διεύθυνση {abroad_eu}.
Κωδικός {otp}, κάρτα {card}

Με εκτίμηση,
{foreign}
""",
    ),
    (
        "otherscript",
        "{foreign}",
        """שלום {foreign},

התור שלך נקבע. טלפון {phone_me}, דרכון {passport}, כתובת {abroad_me}.

בברכה,
{foreign}
{s.email}
""",
    ),
    (
        "otherscript",
        "{foreign}",
        """เรียนคุณ {foreign}

พัสดุของท่านถึงแล้ว โทร {phone_as} อีเมล {r.email} รหัส {otp}
ที่อยู่ {abroad_as}

{foreign}
""",
    ),
)
