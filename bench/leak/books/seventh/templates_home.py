"""Mail that reaches people at home: (style, subject, body)."""

TEMPLATES = (
    (
        "chat",
        "[[bits for the weekend]]",
        """hiya {r.nick}

[[got the last few things off the list]]: paint {count} at {gbp}, the shelf is {size},
[[so it just about clears the boiler cupboard]]. oven wants {temp} for {span}.
{s.first} [[says the charity shop shuts early]], {hours}, so {on} is out.

[[ring if you get stuck with the drill]] {phone}
x
""",
    ),
    (
        "letter",
        "[[Outpatient Physiotherapy]]: {day}",
        """Dear {r.full},

Appointment: {when}, {place}, Ryebank Clinic
Date of birth: {dob}    Our number: {reference}

[[Please Wear Loose Comfortable Clothing]] and come {span} early.
[[Car parking is charged by the hour]] ({gbp} for {span}).
Continue with {dose} until we see you; a home reading above {temp} should be reported.

{s.full}
[[Lead Musculoskeletal Practitioner]]
""",
    ),
    (
        "notice",
        "[[PLANNED INTERRUPTION TO YOUR SUPPLY]]",
        """[[IMPORTANT NOTICE ABOUT YOUR ELECTRICITY]]

Premises: {street}, {town}
Off from {digits} {clock} for about {span}
Last reading: {meter}; usage over the quarter {meter} at {eur}

[[PLEASE LEAVE ONE LIGHT SWITCHED ON]]
[[Fridges and freezers stay cold if kept closed]] (below {temp}).
Register for help on {phone}, quoting {reference}.
""",
    ),
    (
        "table",
        "{r.full}: [[Your quarterly statement is ready]]",
        """{r.upper}
{street}
{town}

[[Opening Balance]]            {gbp}
[[Standing Charge per Day]]    {gbp}
[[Unit Rate Before Discount]]  {share}
Reading                        {meter}
[[Loyalty Points Carried Over]] {points}
{page}

[[Tariffs may go down as well as up]].
""",
    ),
    (
        "letter",
        "[[School Trip Consent Form]] ({t.full})",
        """Dear {r.formal},

{t.first} has a place on the visit with {place} {when}. Coach: {line}, leaving {clock}.
[[Packed lunches should not contain any nuts]]. Spending money: {gbp} at most; bag under {weight}.
Emergency contact we hold: {phone}. Pupil number {reference}, born {dob}.

[[Swimming kit is needed in all weathers]]. {term} dates are on {page} of the handbook.

{s.full}
[[Head of Lower School]]
""",
    ),
    (
        "reply",
        "Re: [[choir supper]]",
        """{r.first}, [[that suits us down to the ground]].

{range}, {place}, and I will bring the {weight} of potatoes ({temp}, {span}).

On {day}, {r.full} <{r.email}> wrote:
> [[could we do it the week after instead]]?
> {t.first} [[is down for the bread and the cheese]], {count}.
> I make it {gbp} a head, {share} less than last year.

{s.nick}
""",
    ),
    (
        "letter",
        "[[Library loans due back soon]], {r.first}",
        """Hello {r.first},

[[The following items are due for return]] {on}:
1. [[The Lighthouse at the Far Edge]], {page}
2. [[Bread for Beginners and Worriers]], {clause}
3. [[A Short History of Small Boats]] ({rating})

Fines are {gbp} a day. Card: {reference}. Opening times: {hours}.
[[Reservations are held behind the main desk]].
{s.full}, {phone}
""",
    ),
    (
        "minutes",
        "[[Allotment Committee]] {digits}",
        """Present: {r.full}, {s.full}, {t.full}. Apologies: {u.full}.

1. [[Matters Arising From Last Time]]: none.
2. [[Water Butts and Hosepipe Rota]]: {count}, {gbp}; {t.first} to order by {day}.
3. Plot {size} to be let at {gbp}. Votes: {rating}; carried.
4. [[Any Other Competent Business]]: soil at {chem}, frost of {temp} {week}.

[[The meeting closed with a vote of thanks]]. Next: {when}, {place}.
""",
    ),
    (
        "form",
        "[[Repeat Prescription Request]] {r.sorted}",
        """Name: {r.sorted}
Born: {dob}
Address: {street}, {town}
[[Items Ticked on the Slip]]: {dose}; {dose}; {chem} {dose}
[[Collection From Dispensary Window]]: {when} ({hours})
[[Allow Two Working Days]]: yes, {span}
Telephone: {phone}
""",
    ),
    (
        "letter",
        "[[Changes to the bin calendar]]",
        """Dear Resident,

[[Collections move back by one day]] from {week}. Brown bins: {on}; glass: {range}.
[[Bins must be at the kerb by]] {clock}. Side waste over {weight} is not taken.
[[Garden waste permits]] cost {gbp}, or {gbp} after {day}; {people} already have one.

This was sent to {r.full} at {street}.
[[Waste and Street Scene Services]]
""",
    ),
    (
        "family",
        "[[news from the far north]]",
        """Dear {r.first} and {t.first},

[[We got here in one piece]], {miles} all told, the last {miles} on the {line} behind a tractor.
[[The cottage has a stove and no signal]]; {temp} at night. {u.first} caught a trout of {weight}.
We walked to {chart} and back in {span}. [[Supper was soup out of the flask]], {abroad} a bowl.
Home {when}. The neighbour at {street} has the key, {phone}.

Love, {s.nick}
""",
    ),
    (
        "letter",
        "[[Wedding Breakfast Menu Choices]]",
        """{r.full} and {t.full}

[[request the pleasure of your company]] {when}
Reception at {clock}, {place}

[[Slow Roasted Shoulder of Lamb]]
[[Wild Mushroom and Barley Risotto]]
[[Lemon Tart With Clotted Cream]]

[[Carriages at Midnight]]. Reply to {s.full}, {street}, {town}, {on} please.
""",
    ),
    (
        "notice",
        "[[Vaccination clinic]], {week}",
        """[[You are now eligible for a booster]].

{r.full}, born {dob}: your slot is {when} at {place}, {dose}.
[[Side effects are usually mild]]: a temperature of {temp} for {span} in {share} of people.
[[Bring this message and wear short sleeves]]. To change it, ring {phone} ({hours}), code {otp}.
""",
    ),
)
