"""Templates of the third book: names in other scripts, in English mail and in their own."""

TEMPLATES = (
    (
        "migrant_help",
        "Interpreter for {foreign} on {when}",
        """Hi {r.first},

new case from the drop-in: {cyrillic}, arrived with her son {cyrillic} and her mother-in-law
{cyrillic}. [[They share one room in the hostel]] at {street}, {town}.

The visa spells her {anyone_upper}; please use {cyrillic} on the label as she reads no Latin yet.
Born {dob}, phone {phone}. {t.full} can interpret.

[[Bring nappies if the store has some]].

{s.first}
""",
    ),
    (
        "university",
        "[[Name order on your degree certificate]]",
        """Dear {r.first} (or should I write {chinese}?),

[[Graduates often ask us about this]]. We can print the name in both forms, as we did for {korean},
{japanese} and {greek} last summer. On your record ({student_no}) stands {r.sorted}.

Please confirm before {when}. The supervisor, {arabic} ({anyone} in the system), has signed.
A second copy costs {price}.

{s.full}
Graduation Office
{s.work}
""",
    ),
    (
        "club",
        "[[International supper: who cooks what]]",
        """| Dish      | Cook             | Allergies to |
|-----------|------------------|--------------|
| dumplings | {chinese}        | {phone}      |
| khachapuri| {caucasus}       | {anyone_mail}|
| injera    | {ethiopic}       | {phone}      |
| dosa      | {indic}          | {phone}      |
| tom yum   | {thai}           | {phone}      |
| moussaka  | {greek}          | {phone}      |
| falafel   | {hebrew} + {arabic} | {phone}   |

[[Doors open an hour before the food]]. {when}, hall {room}. {r.nick} does the till, {price} a head.
Washing up: {s.full}, {foreign}, {u.full}
""",
    ),
    (
        "hospital",
        "[[Language line booking confirmed]] {hospital_no}",
        """Patient: {r.full} / {arabic}
Relative who will come along: {arabic}, {phone}
Language: Arabic (Sudanese)
Consultant: {anyone}
Clinic: {when}, room {room}

[[A woman interpreter was asked for]]. Our colleague {hebrew} has left; {caucasus} takes over.
NHS no.
{nhs}, born {dob}.
""",
    ),
    (
        "school",
        "Class list 2G for the new teacher",
        """{s.first}, here they are, with how they like to be called:

- {child} ({indic}), mum {anyone}
- {child} ({korean}), gran {korean} collects
- {child} {r.last}, lives with {r.full}
- {child} ({japanese}), allergic to nuts, {phone}
- {child} ({cyrillic}), born {child_dob}, speaks no English yet
- {child} ({thai}), twin of {child}

[[Nobody bites any more]]. {r.last}'s dad will bring {quantity} fairy cakes on {when}.

{t.first}
""",
    ),
    (
        "signature",
        "Re: [[visit of our partner school]]",
        """Dear all,

[[the bus will wait at the main gate]]. We are {quantity} pupils and two teachers. Diet: {child}
eats
no pork, {foreign} no eggs.

Until {when}!

--
{greek} | {s.full}
Deputy Head | Υποδιευθύντρια
T: {phone} | M: {phone} | {s.email}
Gymnasium of {town}, {street}

On Tuesday, 3 November 2026 at 12:20:31 GMT, {r.full} <{r.email}> wrote:

Hello Ms {greek}, will {caucasus} and {hebrew} come again? [[Our pupils loved them]]. {r.first}
""",
    ),
    (
        "tenancy",
        "Joint tenancy: please add {indic}",
        """Dear {s.formal}

My cousin {indic} (in your letters {anyone}) moved in to {street} in spring. He works nights at
{town} hospital. [[Can his name go on the lease]]? He was born on the {dob}.
My own name is {foreign}, in English {r.full}, on the old lease by mistake {r.lower}.

[[We always paid on time]]: {price}, reference {rent_ref}.

Thank you
{r.first} {r.last}, {phone}
""",
    ),
    (
        "russian",
        "Родительское собрание, {cyrillic}",
        """Здравствуйте, {r.first}!

Напоминаю, что собрание состоится в четверг в шесть вечера. Классный руководитель: {cyrillic}.
Мой новый телефон {phone_far}, почта {s.email}. Адрес школы прежний.

С уважением,
{cyrillic}

пн, 2 нояб. 2026 г. в 20:15, {r.full} <{r.email}>:
> Добрый вечер! Вместо меня придёт бабушка, {cyrillic}.
""",
    ),
    (
        "greek_mail",
        "Πιστοποιητικό γέννησης για {greek}",
        """Αγαπητή κυρία {greek},

το πιστοποιητικό σας είναι έτοιμο. Μπορεί να το παραλάβει και ο σύζυγός σας, {greek}.
Τηλέφωνο επικοινωνίας {phone_far}, ηλεκτρονική διεύθυνση {r.email}.

Με εκτίμηση
{greek}
""",
    ),
    (
        "chinese_mail",
        "关于{chinese}的奖学金",
        """{chinese}同学,您好!

您的奖学金申请已经批准。请与{chinese}老师联系,电话 {phone_far},邮箱 {s.email}。
学号 {student_no}。

祝学习进步
{chinese}

在 2026年11月2日,20:15,{r.full} <{r.email}> 写道:
> 老师好,请问结果出来了吗?
""",
    ),
    (
        "japanese_mail",
        "{japanese}様の入園について",
        """{japanese}様

お世話になっております。市役所の{japanese}です。入園のお申し込みを受け付けました。
ご不明な点は {phone_far} または {s.email} までお願いいたします。

2026年11月2日(月) 20:15 {r.full} <{r.email}>:
> よろしくお願いいたします。{japanese}
""",
    ),
    (
        "arabic_mail",
        "موعد {arabic} في العيادة",
        """السيدة {arabic} المحترمة،

تم تأكيد موعدك مع الطبيب {arabic}. للاستفسار اتصلي على {phone_far} أو راسلينا على {s.email}.

مع التحية
{arabic}
""",
    ),
    (
        "korean_mail",
        "{korean} 학생 상담 안내",
        """{korean} 학부모님께,

안녕하세요. 담임 교사 {korean}입니다. 상담은 다음 주 화요일 오후에 있습니다.
연락처는 {phone_far}, 전자 우편은 {s.email} 입니다.

감사합니다.
{korean} 드림
""",
    ),
)
