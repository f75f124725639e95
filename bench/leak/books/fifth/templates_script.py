"""Fifth book: names in other scripts, in English mail and in mail wholly of those languages."""

from bench.leak.book import Template

TEMPLATES: tuple[Template, ...] = (
    (
        "script",
        "[[Translator booked for your interview]]",
        """Dear {r.formal}

[[An interpreter will join by telephone]]. Client's name in the passport: {foreign}
Also present: {foreign} (aunt), {t.full} (duty solicitor)
Interpreter: {foreign}, {phone}
When: {when}
Case {reference}

{s.full}
""",
    ),
    (
        "script",
        "[[Welcome to the language exchange]] {foreign}",
        """hi all! new faces this week: {foreign}, {foreign} and {t.first} from {town}.
{foreign} can only make {when}. [[bring something to read aloud]]
host: {u.full}, {street}

- {foreign}
""",
    ),
    (
        "script",
        "[[Shipment papers for the exhibition]]",
        """Crate list
A | {foreign} | [[ink on paper with frame]] | {amount}
B | {foreign} | [[bronze figure on a plinth]] | {amount}
C | {t.full} | [[oil sketch of a harbour]] | {amount}

[[The courier needs a signed pro forma]]. Contact at origin {foreign} <{u.email}>.

--
{s.full} / {foreign}
{brand}
""",
    ),
    (
        "script",
        "Re: [[visa letter for our guest]]",
        """Thanks {s.first}, [[the consulate wants the name in both scripts]].
So: {foreign}, passport {passport}, born {dob}. Spouse {foreign}.

{r.full}

On {when}, {foreign} <{t.email}> wrote:
> Dear {r.first},
> my supervisor {foreign} signed today. My own name is {foreign}, please no other spelling.
> {foreign}
""",
    ),
    (
        "language",
        "Запись на приём: {cyrillic}",
        """Здравствуйте, {cyrillic}!

Вы записаны к врачу. Пациент: {cyrillic}. Телефон для связи {phone}.
Если вы не сможете прийти, сообщите нам заранее по адресу {r.email}.

С уважением,
{cyrillic}
""",
    ),
    (
        "language",
        "Επιβεβαίωση κράτησης",
        """Αγαπητή κυρία {greek},

η κράτησή σας καταχωρίστηκε. Συνοδός: {greek}. Τηλέφωνο {phone}, e-mail {r.email}.

Με εκτίμηση
{greek}
""",
    ),
    (
        "language",
        "تأكيد الموعد",
        """السيد {arabic} المحترم،

نود إعلامكم بأن موعدكم قد تم تأكيده مع الدكتورة {arabic}. للاستفسار: {phone} أو {r.email}

مع التحية
{arabic}
""",
    ),
    (
        "language",
        "אישור הזמנה",
        """שלום {hebrew},

ההזמנה שלך התקבלה. איש קשר: {hebrew}, טלפון {phone}, דואר {r.email}.

בברכה,
{hebrew}
""",
    ),
    (
        "language",
        "会议通知",
        """{chinese}，您好：

请您通知{chinese}参加下周的会议。如有问题请拨打 {phone} 或写信至 {r.email}。

{chinese}
敬上
""",
    ),
    (
        "language",
        "ご予約の確認",
        """{japanese} 様

いつもお世話になっております。担当は {japanese} です。ご不明な点は {phone} までお電話ください。
メール: {r.email}

{japanese}
""",
    ),
    (
        "language",
        "예약 확인 안내",
        """{korean} 님께

예약이 확인되었습니다. 담당자 {korean}, 연락처 {phone}, 이메일 {r.email}.

{korean} 드림
""",
    ),
    (
        "language",
        "आपका आवेदन प्राप्त हुआ",
        """प्रिय {devanagari},

आपका आवेदन हमें मिल गया है। आपके अधिकारी {devanagari} हैं। फ़ोन {phone}, ईमेल {r.email}.

धन्यवाद
{devanagari}
""",
    ),
    (
        "language",
        "Coinneamh na sgoile air an ath sheachdain",
        """A {r.first} chòir,

tha sinn a' coimhead air adhart ri d' fhaicinn. Bidh {t.full} agus {u.full} ann cuideachd.
Seòladh: {street}, {town}. Fòn {phone}.

Le dùrachd
{s.full}
""",
    ),
    (
        "language",
        "Eich apwyntiad yn y feddygfa",
        """Annwyl {r.first} {r.last},

mae eich canlyniadau gwaed wedi cyrraedd. Rhif GIG {nhs}, dyddiad geni {dob}.
Bydd Dr {t.last} neu {u.full} yn eich ffonio ar {phone}.

Yn gywir
{s.full}
""",
    ),
)
