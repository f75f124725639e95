"""Banks, insurers, accountants, card firms: (style, subject, body) of the fourth book."""

TEMPLATES = (
    (
        "bank",
        "[[Somebody new can now be paid]]",
        """Dear {r.formal}

[[You have just set up somebody new to pay]]:

   Payee      {u.full}
   Details    {sort}
   Reference  {reference}

The first transfer of {price} GBP leaves on {when}.

Was it you? Then there is nothing to do. If not, call the number on the back of your card or
{phone_uk} straight away. [[We are here around the clock]].

{brand}
Sent to {r.email}. We show part of your postcode so you know it's us: {postcode}
""",
    ),
    (
        "bank",
        "{otp} is your {brand} security code",
        """{otp} is your security code to approve the payment of {euro} EUR to a new merchant.

[[Never read this code out to anyone]], not even to our staff. It works once, and only on
{device}.

Card: {card}
Cardholder: {r.upper}

[[If you did not start this payment]], block the card in the app.
""",
    ),
    (
        "bank",
        "[[Your monthly statement is ready]]",
        """Hello {r.first},

[[your new statement is in your vault]].

Account holder   {r.full} and {t.full}
IBAN             {iban}
Closing balance  {euro} EUR
Largest item     {euro} EUR, to {u.full}

Save it as {file} or open it online: {host}

[[We will soon stop sending paper]]. To keep getting it by post to {abroad}, {town}, tell
us by {when}.
""",
    ),
    (
        "bank",
        "Mortgage offer for {r.last} and {t.last}",
        """Applicants: {r.full}, born {dob}; {t.full}, born {dob}
Property: {street}, {town} {postcode}
NI numbers: {nino} / {nino}
Advance: {price}
Term: 25 years
Rate: {percent} loan to value, fixed

[[Your valuation came back without surprises]]. The solicitor, {u.initial}, has been sent the offer
and will be in touch to book a completion date, probably {when}.

Please upload: {passport} (passport, still valid), last three payslips, and
[[proof of where the deposit came from]].

Case owner {s.full}, direct line {phone_uk}, case {reference}
""",
    ),
    (
        "insurance",
        "[[Your claim has been settled]]",
        """Our ref: {reference}
Policyholder: {r.formal}
Vehicle: {plate_uk}

Dear {r.formal},

[[thank you for your patience with us]]. The repairers have sent their final bill of {price} and we
have paid it less your excess. The other driver, {u.full} of {street}, {town}, has accepted fault.

Your no claims bonus is untouched. [[You do not need to do anything else]].

Should you still have pain in your neck, Dr {t.last} at the clinic can see you {when}; please take
your date of birth ({dob}) and licence {licence} along as proof of who you are.

Yours sincerely

{s.full}
Motor claims
T {phone}  E {s.work}
""",
    ),
    (
        "insurance",
        "Renewal for the policy of {r.full}",
        """{r.full}
{street}
{town}
{postcode}

Policy number {reference}

[[It is time to think about cover again]]. Last year you paid {price}, this year it's {price}.

Who is insured
  {r.full}, {dob}
  {t.full}, {dob} (partner)
  {u.first}, {dob_child} (child)

Pets: one whippet, microchip held on file.

[[Tell us if anything here looks wrong]]. Renewal happens by itself on {when} from {sort}.
""",
    ),
    (
        "work",
        "[[figures for the tax return]]",
        """Morning {r.first},

I've been through the shoebox. [[It was tidier than last year]], well done.

Turnover {price}, expenses {price}. UTR {utr}, NI {nino}. Your wife's marriage allowance can be
moved across, I'd need her UTR too, is it still {utr}? And {t.first}'s dob please, I have {dob} but
her P60 says otherwise.

Pay by {when} to avoid interest. Use {utr}K as the reference.

[[I am on leave after that]], so {u.full} will cover ({u.work}, {phone_uk}).

Best
{s.nick}

--
{s.full} ATT
{brand}
{street}, {town}
""",
    ),
    (
        "work",
        "Payslip {when}",
        """Employee: {r.upsort}
Payroll no: {reference}
NI no: {nino}

Basic                 {price}
Overtime              {price}
Pension               {price}
Net pay               {price}

Paid into {sort}

[[Queries go to the pay office please]]: {s.first}, ext {room}.
""",
    ),
    (
        "money",
        "[[Invoice for recent work]]",
        """{s.upper} DECORATING
{street}, {town}

To: {r.formal}
Job: stairwell and landing at {street}

Labour, four days            {price}
Primer and paint             {price}
Sundries                     {price}
Total due on receipt         {price}

Bank transfer: {sort}, name {s.full}
[[No VAT is charged on this]]

Ta very much, {s.nick} ({phone_uk})
""",
    ),
    (
        "bank",
        "Re: wire to {u.last}",
        """Hi {r.first},

Compliance came back. [[They want the purpose in writing]] plus a copy of the beneficiary's passport
({passport}, name as per passport {u.upsort}).

Beneficiary: {u.full}
IBAN: {iban}
Address: {abroad}, {town}
Amount: {euro} EUR, value date {when}

[[Once that is in, funds move same day]].

{s.full} | Private Clients | {phone} | {s.work}

On {sent}, {r.full} <{r.email}> wrote:
> {s.first}, has the money for {u.first} gone out? She is getting nervous.
> [[I signed everything last week]].
> {r.initials}
""",
    ),
    (
        "money",
        "[[Nominate who gets your pension]]",
        """Member: {r.full} ({reference})
Date of birth: {dob}
National Insurance: {nino}

Dear {r.formal}

[[you have not told us your wishes yet]]. At the moment we hold these people, from an older form:

Name                  Share     Relationship
{t.full}              60%       spouse
{u.full}              40%       niece

If {t.first} is no longer living with you, tell us. [[The trustees decide in the end]].

{s.initial}
""",
    ),
)
