"""Short mail, subjects of one word or seven, lists of facts: (style, subject, body)."""

TEMPLATES = (
    (
        "brief",
        "[[Leftovers]]",
        """{t.first} left {count} in the fridge, {temp}. [[eat them before they walk off]].
{on} at {clock}?
""",
    ),
    (
        "brief",
        "[[Keys]] / {place}",
        """[[the spare set is with reception]], {hours}. ask for {t.full}, or ring {phone}. {s.nick}
""",
    ),
    (
        "course",
        "[[Introductory Beekeeping for Nervous Adults]]: {r.full}",
        """Learner: {r.full}, {reference}
[[Module on Hive Inspection]]: {range}, {place}
[[Module on Honey Extraction]]: {day}, {clock}
[[Certificate of Completion With Merit]]: {rating}
Fee {gbp}, of which {share} [[is refundable until enrolment closes]] on {digits}.
Text: {page}, {clause}. Tutor {s.full}, helper {foreign}
""",
    ),
    (
        "release",
        "[[Changelog for the parser library]]",
        """{version} ({digits})
* [[fix off by one in table reader]], thanks to {t.full}
* [[drop support for older interpreters]] below {version}
* {norm} and {norm} [[are now followed strictly]]
* {span} faster, {disk} smaller, {share} fewer allocations; exits with {code}

{version}
* [[bind to all interfaces by default]] ({port})
Signed off by {s.full} <{s.work}>
""",
    ),
    (
        "survey",
        "[[Chart corrections and soundings]]",
        """[[Notice to Small Craft Skippers]] {week}
Buoy at {chart}, wreck at {chart}, depth {chart}, tide {clock} {day}.
[[Keep well clear of the dredger]] until {digits}. Wind {speed}, sea {temp}.
Harbour office: {s.full}, {phone}, {hours}
Berth holder {r.full}, {reference}
""",
    ),
    (
        "lab",
        "[[Water Sample Results]]",
        """Sampled at {street}, {town}, {digits} {clock} by {t.initial}

[[Total Dissolved Solids]]  {dose}
[[Acidity at Tap]]          {chem}
[[Free Residual Chlorine]]  {dose}
{chem}                      {share}
[[Below the Limit of Detection]]: {chem}, {chem}
Method {norm}, {page}. [[Results relate only to samples tested]].
Reported to {r.full}
""",
    ),
    (
        "election",
        "[[Branch ballot result]]",
        """[[Scrutineers have completed the count]] {day}.
{r.full}: {people}
{s.full}: {people}
Turnout {share}; spoilt {count}; quorum {people}.
[[Members may inspect the papers]] {hours} at {place}. Membership {reference}.
""",
    ),
    (
        "travel",
        "[[Your Journey Has Changed]]",
        """{r.upper}
{line} {place} {place} dep {clock}
{line} {place} {place} arr {clock}
[[Replacement coach from the forecourt]], {span}, {miles}
[[Advance Single Standard Class]] {gbp}, {points}
[[Delay compensation may be payable]] after {span}. Collect with {otp}; contact {phone}.
""",
    ),
    (
        "sport",
        "[[Saturday fixtures and results]]",
        """[[Under Elevens Mixed Hockey]]: {rating}, {place}
[[Ladies Over Forty Netball]]: {rating}, {clock}, {place}
[[Fun Run for All Abilities]]: {miles} in {span} by {t.full}
[[Man of the match voucher]] ({gbp}) to {u.first}. Fees of {gbp} to {s.full} by {day}, {phone}.
""",
    ),
    (
        "recipe",
        "[[that plum cake]]",
        """{r.first}, [[here is the recipe you wanted]], from {t.first}'s aunt:
{weight} plums, {weight} flour, {count} eggs, {chem} a pinch
[[rub in the butter with cold fingers]]
{temp}, {span}; [[cool on a rack before slicing]]
[[keeps nicely in a biscuit tin]] till {day}. ({rating} says {u.nick})
{s.nick}
""",
    ),
    (
        "policy",
        "[[HOME WORKING POLICY PLEASE READ]]",
        """{clause} [[EMPLOYEES SHALL TAKE REGULAR SCREEN BREAKS]] of {span}
{clause} [[Equipment Remains Company Property Throughout]]: {model}, {disk}, {speed}
{clause} [[the mileage allowance is reviewed annually]]: {gbp} up to {miles}
In force from {day}; {page}; {norm}. Device {device} is on loan to {r.full}.
Questions to {s.full}, [[Director of People and Culture]], {phone}
""",
    ),
    (
        "vet",
        "[[Booster and Worming Reminder]], {s.full}",
        """Dear {r.formal},

[[Your cat is overdue a check]]. Weight last time {weight}, temperature {temp}.
[[Spot On Treatment for Fleas]] {dose}, {gbp}; [[Dental Scale and Polish]] {gbp}.
Free slots: {when}; {when}; {on}, {clock}. Consulting {hours}.
Registered keeper {r.full}, {street}, {town}, {phone}.
""",
    ),
    (
        "property",
        "[[Deceptively Spacious Garden Flat]]",
        """Viewing: {when}, {street}, {town}, with {s.full} ({phone})
Rent {gbp} a month, deposit {gbp}, {size}, [[Share of Freehold Considered]]
[[Period Features Throughout the Hallway]]; boiler {model}, {temp}; broadband {speed}
Station {miles}; {line}; energy rating {share}
[[Applicants must show proof of earnings]]. Applicant {r.full}, {reference}
""",
    ),
    (
        "cinema",
        "[[The Last Lamplighter and other films]]",
        """Booking for {r.full}, {reference}
[[The Last Lamplighter]] ({rating}), {span}, {day} {clock}, {place}
[[Midnight Under Glass]] ({rating}), {span}, {on} {clock}, {place}
[[A Quiet Trade in Buttons]], {digits}, {place}
[[Large Popcorn With Fizzy Drink]] {gbp}; [[Concessions on Proof of Status]] {share}
""",
    ),
)
