"""Fifth book: offices of other countries, and mail wholly in further scripts."""

from bench.leak.book import Template

TEMPLATES: tuple[Template, ...] = (
    (
        "abroad",
        "[[Complete your account verification]] {r.upper}",
        """Dear {r.first} ji,

PAN: {in_pan}
Aadhaar: {in_aadhaar}
Nominee: {t.full} (wife)
Mobile: {phone}
[[Your records must be refreshed every two years]]. Kindly visit the branch in {town} with
originals {when}, and ask for {s.formal}. {u.first} madam is on leave.
""",
    ),
    (
        "abroad",
        "[[Renewal of your motor tax]]",
        """{r.full}
{street}, {town}

PPS No. {ie_pps}
Vehicle {plate}, second owner {t.full}
[[Arrears will be added to the total]]: {amount}

Is mise le meas
{s.full}
""",
    ),
    (
        "abroad",
        "[[Uw zorgtoeslag is aangepast]] - BSN {nl_bsn}",
        """Geachte heer {r.last},

BSN {nl_bsn}, toeslagpartner {t.full}, geboren {dob_nl}.
[[U krijgt minder dan vorig jaar]]: {amount}. Rekening {iban}.

Met vriendelijke groet,
{s.initial}
""",
    ),
    (
        "abroad",
        "Potwierdzenie wizyty w przychodni",
        """Szanowna Pani {r.full},

PESEL {pl_pesel}, telefon {phone}.
Lekarz: {t.full}. Osoba upoważniona: {u.full}, {street}, {town}.

Z poważaniem
{s.full}
""",
    ),
    (
        "abroad",
        "Hyresavtal {street} - {r.full}",
        """Hej {r.first}!

Personnummer {se_pnr}. Medsökande {t.full}. Portkod {otp}.
Nycklar lämnas ut av {u.first} {u.last}, tel {phone}.

Mvh {s.first}
""",
    ),
    (
        "abroad",
        "[[Your digital post box needs a signature]]",
        """Hi {r.first}, moving from {town}? For the registry in Denmark we hold CPR {dk_cpr}, for
the Finnish pension office HETU {fi_hetu} (that one is {t.full}'s). [[Send both forms back signed]].
Landlord: {u.full}, {street}.
{s.full}, relocation desk, {phone}
""",
    ),
    (
        "abroad",
        "[[A sua fatura está disponível]]",
        """Caro {r.first} {r.last},

NIF {pt_nif}
Morada de fornecimento: {street}, {town}
[[Valor a debitar na sua conta]]: {amount}
Titular da conta: {t.full}, IBAN {iban}

{s.full}
""",
    ),
    (
        "abroad",
        "[[Pflegegeld: wir brauchen noch Unterlagen]]",
        """Sehr geehrte Frau {r.last},

SV-Nr. {at_svnr}. Für Ihren Vater {t.full}, geb. {dob_de}, wohnhaft {street}, {town},
[[fehlt uns noch der Befund]]. Rückfragen an {s.full}, Klappe {quantity}, oder {phone}.
""",
    ),
    (
        "abroad",
        "[[We issued your employment record]]",
        """Worker: {r.sorted}
SIN {ca_sin}
Reason for separation: [[shortage of work in the mill]]
Contact: {s.full}, {town}
Rehire expected {when}. {t.first} in payroll signed it, {u.full} countersigned.
""",
    ),
    (
        "abroad",
        "[[Lab results are in your portal]]",
        """Patient: {r.full} | MRN: {hospital_ref} | DOB: {dob}
Ordering provider: {t.full}, MD
Guarantor SSN: {ssn}
[[Your cholesterol is slightly above range]] ({score})
Pharmacy: {street}, {town} {phone}
To sign in use {username} and the code {otp}.
""",
    ),
    (
        "abroad",
        "Certificat d'hébergement - {t.full}",
        """Je soussignée, {s.full}, née le {dob_fr}, domiciliée {street}, {town},
certifie héberger à titre gratuit M. {t.upsort}, numéro national {be_nrn}.
[[Fait pour servir et valoir ce que de droit]].

Témoin : {u.full}
Copie à {r.full}, {r.email}
""",
    ),
    (
        "abroad",
        "[[Recordatorio de su cita en la oficina]]",
        """Estimado {r.first} {r.last} (NIE {es_nie}):

[[le recordamos que debe traer su pasaporte]] {passport}. Le atenderá {t.full} {when_es}.
Si no puede venir, escriba a {s.work} o llame al {phone}. Domicilio que consta: {street}, {town}.
""",
    ),
    (
        "language",
        "ยืนยันการนัดหมาย",
        """เรียน คุณ{thai}

ขอยืนยันการนัดหมายของท่านกับคุณ{thai} หากมีข้อสงสัยโทร {phone} หรืออีเมล {r.email}

ขอแสดงความนับถือ
{thai}
""",
    ),
    (
        "language",
        "உங்கள் விண்ணப்பம்",
        """அன்புள்ள {tamil},

உங்கள் விண்ணப்பம் கிடைத்தது. தொடர்புக்கு {phone}, மின்னஞ்சல் {r.email}.

நன்றி
{tamil}
""",
    ),
    (
        "language",
        "თქვენი განცხადება",
        """მოგესალმებით, {georgian},

თქვენი განცხადება მიღებულია. დამატებითი კითხვებისთვის დარეკეთ {phone} ან მოგვწერეთ {r.email}.

პატივისცემით,
{georgian}
""",
    ),
    (
        "language",
        "Ձեր դիմումը",
        """Հարգելի {armenian},

Ձեր դիմումը ստացվել է։ Հարցերի դեպքում զանգահարեք {phone} կամ գրեք {r.email}։

Հարգանքով՝
{armenian}
""",
    ),
    (
        "language",
        "Підтвердження замовлення",
        """Доброго дня, {ukrainian}!

Ваше замовлення прийнято. Одержувач: {ukrainian}, телефон {phone}, пошта {r.email}.
Доставка за адресою, яку ви вказали.

З повагою
{ukrainian}
""",
    ),
    (
        "language",
        "یادآوری نوبت",
        """سرکار خانم {persian}

نوبت شما ثبت شد. همراه شما {persian} خواهد بود. تلفن {phone} و ایمیل {r.email}.

با احترام
{persian}
""",
    ),
)
