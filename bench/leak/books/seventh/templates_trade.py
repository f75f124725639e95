"""Mail of shops, works and offices: (style, subject, body)."""

TEMPLATES = (
    (
        "order",
        "[[Order confirmed]]: {order}",
        """Thank you {r.first},

Order {order} [[is being picked and packed]].
{count}  [[Brushed Steel Mixer Tap]] {model}   {gbp}
{count}  [[Braided Hose With Elbow]] {size}    {eur}
[[Subtotal Before Carriage]]  {gbp}   VAT {share}
Delivery {range} to {r.full}, {street}, {town}.
[[Returns accepted in original packaging]] within {span}.
""",
    ),
    (
        "ticket",
        "[[Printer on the second landing]]",
        """Raised by {r.full} ({r.work}), {digits}
Device {device}, {place}, {port}
[[Paper jam reported in the duplex unit]]. Panel shows {code}, firmware {version}.
Job of {disk}, {page}, took {span}.
[[Replaced fuser and cleared the queue]] at {clock}.
Assigned: {s.full}, {phone}
""",
    ),
    (
        "alert",
        "[[WARNING disk usage above threshold]]",
        """service: [[nightly backup of shared drives]]
state: {code}
used: {disk} ({share}), free {disk}, link {speed}
since: {digits}, for {span}
kernel {version}; agent {version}; listening on {port}
on call: {s.full}, {phone}
[[This alert repeats until acknowledged]]
""",
    ),
    (
        "invoice",
        "[[Pro forma for spring stock]]",
        """Bill to: {r.full}, {street}, {town}
Account {reference}

{count}; [[Galvanised Coach Screws]] {size}; {gbp}
{weight}; [[Fine Joinery Sawdust]]; {eur}
{count}; [[Adhesive to Trade Standard]] {norm}; {abroad}

[[Settlement discount for early payment]]: {share} up to {digits}.
Queries: {s.full}
[[Credit Control and Purchase Ledger]]
""",
    ),
    (
        "letter",
        "[[Interview arrangements]] for {r.full}",
        """Dear {r.full},

[[We were impressed by your application]] for the post of
[[Assistant Curator of Maps and Charts]], {share} of full time at {gbp}.
Please come to {place} {when}. The panel is {s.full} and {t.full}.
[[A written exercise lasts]] {span}; bring {page} of your portfolio.
From the station take {line}; it is {miles}. Parking: {place}, plate {plate}.
""",
    ),
    (
        "newsletter",
        "[[Five Ways to Store Winter Squash]]",
        """Hello {r.first},

[[What Our Growers Are Reading]]
1. [[Notes From a Cold Greenhouse]] - rated {rating}
2. [[Compost Is Not a Mystery]] - {clause}
[[Best Before the First Frost]]: {temp} from {week}

[[Everything Must Go Sale]]: {share} off over {gbp}, {hours}, until {day}.
{points} waiting for you. You get this as {r.email}.
""",
    ),
    (
        "legal",
        "[[Variation of terms and conditions]] - {street}",
        """To {r.full} of {street}, {town}

Under {clause} of the agreement and {clause} of its schedule, [[the following amendments apply]]
from {day}: [[the notice period shall be extended]] to {span}; the charge rises by {share} to {gbp};
[[neither party shall unreasonably withhold consent]] ({page}).
[[Nothing in this letter affects statutory rights]]. Matter {reference}, handled by {s.formal}.
""",
    ),
    (
        "hotel",
        "[[Your stay with us]], {range}, {r.formal}",
        """Dear {r.formal},

{range}, {place}, [[Superior Double With Garden View]]
{abroad} a night, {eur} in all, breakfast {clock}.
[[Pets are welcome in the annexe]] for {gbp}. Pool: {temp}. Wi-Fi {speed}.
Guest: {r.full}, car {plate}, {phone}.
[[Late Checkout on Request]] until {clock}.
{s.full}, [[Front of House Team Leader]]
""",
    ),
    (
        "table",
        "[[Rota]] {week}",
        """day;shift;who;where
{day};{range};{r.full};{place}
{day};{clock};{s.full};{place}
{on};{range};{t.initial};{place}

[[Breaks are unpaid unless agreed]]: {span}. [[Bank Holiday Enhancement Applies]] ({share}).
Swap with {u.first} on {phone}.
""",
    ),
    (
        "garage",
        "{plate}: [[Service and Road Test Complete]]",
        """{r.full}
Vehicle {plate}, {miles}
[[Front Brake Pads Worn Close to Limit]] {size}
[[Tyre Pressures Set All Round]] {meter}
[[Coolant Strength Checked]] {temp}
Parts {model} {gbp}; labour {span} {gbp}
Next due {digits} or {miles}, [[whichever is the sooner]].
Collected by {t.full} at {clock}.
""",
    ),
    (
        "spam",
        "[[FINAL CHANCE TO CLAIM YOUR REWARD]]",
        """Dear {r.email},

[[YOU HAVE BEEN CHOSEN AT RANDOM]]!!! {points} EXPIRE {on}.
[[Act Now While Stocks Last]]: pay {abroad} postage for a {model} worth {abroad} ({rating}).
[[No Purchase Necessary to Take Part]]. {share} of {people} already did, {r.first}!
{host}
""",
    ),
    (
        "phishing",
        "[[Mailbox Quota Exceeded]] {r.email}",
        """{r.upper}

[[Your incoming messages are on hold]]: {disk} used ({share}).
[[Verify Ownership Before Suspension]] at {clock} {on}. Error {code}.
Old password: {password}    Code: {otp}
{track}
[[Global Messaging Administration Unit]], {version}
""",
    ),
    (
        "minutes",
        "[[Sprint review notes]]",
        """{digits}, {clock} to {clock}, {place}
[[People Around the Table]]: {r.first}, {s.first}, {t.full}

* {version} [[shipped without a rollback]], {share} of traffic, p95 {speed}
* {code} [[seen on older handsets]]; {u.first} bisects, {span}
* [[Dark Mode Goes Behind a Flag]], see {clause}
* score {rating}, target {rating} by {week}
""",
    ),
)
