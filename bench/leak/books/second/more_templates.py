"""More templates of the part for measuring: people in running text, little points at them."""

TEMPLATES = (
    (
        "prose",
        "[[How the weekend went]]",
        """Hiya {r.nick},

[[what a lovely weekend by the sea]]. We drove up with {t.full} and her sister, had supper at
{u.first}'s and stayed the night in {town}. On Sunday {t.first} lost her keys
([[they were in the freezer]]), so {u.full} had to come over from {street}.

[[See you at the reunion]], {when}.
{s.first}
""",
    ),
    (
        "prose",
        "[[Reference request]]",
        """To whom it may concern,

[[I have been asked to say a few words about a former colleague]].
{t.full} worked with us for six years, first under {u.formal}
and later as head of the depot. [[Always on time and kind to customers]].
You may ring me on {phone} if anything is unclear.

{s.full}
Formerly of {street}, {town}
""",
    ),
    (
        "minutes",
        "[[Minutes of the allotment society]]",
        """Present: {s.full} (chair), {t.initial}, {u.full}, {r.formal}
Apologies: {foreign}

1. [[The gate is still broken]]. {t.formal} to call the locksmith.
2. [[Water will be turned off in winter]].
3. Plot {quantity} passes from {u.last} to {r.full}, {phone}.
4. Funds stand at {price} pounds. Next meeting {when}.
""",
    ),
    (
        "chat",
        "[[Transcript of your chat]]",
        """[[You were connected to an adviser]].

10:02 Adviser {s.first}: [[good morning, how can I help]]?
10:03 Visitor: its {r.lower} here, my card {card} was declined
10:04 Adviser {s.first}: [[sorry to hear that]]. What is your date of birth and postcode?
10:05 Visitor: {dob}, {postcode}
10:06 Visitor: or just email {r.email}
""",
    ),
    (
        "ticket",
        "[[Ticket updated: printer on the second floor]]",
        """##- [[Please type your reply above this line]] -##

Requester: {r.full} <{r.email}>
Assignee:  {s.sorted}
CC:        {t.work}

[[The printer jams whenever somebody prints on both sides]]. It is next to {u.first}'s desk in
room {room}. Ask {t.full} (ext. via {phone}).
""",
    ),
    (
        "employment",
        "[[Outcome of the hearing]]",
        """PRIVATE AND CONFIDENTIAL

{r.full}
{street}
{town} {postcode}

Dear {r.first},

[[following the hearing we have decided to give you a final warning]].
Also present were {t.full} (notes) and {u.formal} for the union.
[[You may appeal in writing within ten days]].
Staff reference {reference}; NI {nino}.

{s.full}
Head of People, {brand}
""",
    ),
    (
        "school",
        "[[Report for the autumn term]]",
        """Pupil: {t.full}    Born: {dob}    Form tutor: {s.formal}

[[A quiet and thoughtful pupil who reads well above what is expected]].
{t.first} should practise times tables at home with an adult.
[[Attendance has been very good]].

Parent or guardian: {r.full}, {r.email}, {phone}
""",
    ),
    (
        "delivery",
        "[[Delivery arranged]]",
        """Hi {r.first}, [[your sofa will come]] {when}.

Leave with neighbour: {t.full} at {street}
Driver: {u.first} in a white van, {plate}
[[Someone over eighteen has to sign]]. Text {phone} to change it.
{quantity} boxes, {price} pounds to pay on the day.
""",
    ),
    (
        "harmless",
        "[[Review of the quarter]]",
        """[[Revenue rose by four per cent and costs were flat]].
[[The new warehouse opened two weeks late because of the weather]].
[[Margins in the garden business remain thin]]: {price} pounds a unit, {quantity} units a day.
[[The board expects a slow spring]]. Next call {when}.
""",
    ),
    (
        "harmless",
        "[[Recipe of the month]]",
        """[[Peel the parsnips and roast them until golden]].
[[Melt the butter with the sage and pour it over]].
[[Serves six with bread and a green salad]].
[[Leftovers keep for two days in the fridge]].
""",
    ),
)
