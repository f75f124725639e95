"""Shops, couriers, marketing: (style, subject, body) of the fourth book."""

TEMPLATES = (
    (
        "order",
        "[[Your order is on our list]] (order {order})",
        """{brand}

Hi {r.first},

[[we have received your payment in full]] and your parcel is being packed.

Order number: {order}
Status: [[ready to leave our warehouse]]

1 x merino jumper, moss green     {price}
2 x linen cushion cover           {price}
Delivery (tracked)                {price}
TOTAL                             {price}

Shipping to
{r.full}
{street}
{town}
{postcode}
{phone}

Paid with card ending as shown in your account.
[[Sending things back costs you nothing]]. Manage this order: {host}
""",
    ),
    (
        "order",
        "{r.first}, [[your basket is still waiting]]",
        """[[Did something get in the way]]?

{r.first}, you left these behind:

  Cast iron casserole, small     {usd}
  Beechwood spoon set            {usd}

[[Use the code below at checkout]] for {percent} off, ends {when_us}.

Complete your purchase: {track}

This message was intended for {r.email}. [[Not interested in such reminders]]? Unsubscribe: {track}
{brand}, P.O. Box of our mailing agent on request.
""",
    ),
    (
        "order",
        "[[Your refund has been issued]]",
        """Dear customer,

a refund of {usd} for order {order} went back to the card {card} on {when_us}.
[[It may take a few banking days to appear]].

Name on account: {r.full}
Email on account: {r.email}
Phone on account: {phone}

If you didn't ask for this, chat with us and quote case {reference}.

{s.first}
Customer happiness, {brand}
""",
    ),
    (
        "courier",
        "[[We could not hand over your parcel]]",
        """Hello {r.full},

our driver called at {street}, {town} {postcode} but nobody was in.
[[A neighbour may take it in for you]]. If that suits you, reply with their name.

New delivery window: {window}
Weight: {weight}
Driver's first name: {u.first}
To collect from the depot, show this code at the desk: {otp}

[[Please have some photo identification with you]].

{brand}
""",
    ),
    (
        "courier",
        "Left with {u.first} next door",
        """Your parcel has been delivered.

Signed for by: {u.upper}
Where: {abroad}, {town}
Time: {moment}

[[How did our driver do today]]? Rate us here {host}

Can't find it? Ring {phone} or write to {s.email} and tell us the customer reference {reference}.
""",
    ),
    (
        "courier",
        "[[Customs charge to pay before delivery]]",
        """Dear {r.upper},

A parcel addressed to you is held at our import facility in {town}.
[[An unpaid fee is keeping it there]]: {euro} EUR.

Settle it before {when} or the item goes back to the sender:
{track}

Consignee: {r.sorted}
Address: {abroad}
Contact: {phone} / {r.email}

Thanks
Import team {brand}
""",
    ),
    (
        "shop",
        "[[Your repair is finished]]",
        """Hi {r.nick}

good news, the sewing machine is done and [[it purrs like a kitten again]]. I replaced the belt and
the foot pedal lead. Comes to {price} all in, cash or card, as you like.

[[We are closed for lunch as always]], otherwise pop by any time up to {when}. If somebody else
fetches it (you mentioned {u.first} {u.last} might), they need the ticket {reference}.

{s.first} at {brand}
{phone}
""",
    ),
    (
        "shop",
        "Table for six, {r.last}",
        """Dear {r.formal},

[[your table is confirmed as requested]]: {when}, six guests, near the window.
[[We have noted one nut allergy]] for {u.full} and a high chair.

If your plans change call {phone} or text {s.first} on {phone}.
A card was taken as guarantee: {card}. [[Nothing has been charged to it]].

See you soon!
""",
    ),
    (
        "marketing",
        "[[Our biggest winter sale ever starts now]]",
        """VIEW THIS EMAIL IN YOUR BROWSER {host}

[[Warm coats at cool prices]]

Up to {percent} off | Free delivery over {usd} | Ends {when_us}

Women · Men · Kids · Home

[[Shop the new arrivals today]]
Puffer jacket {usd} was {usd}
Knitted scarf {usd} was {usd}

{r.first}, you have {quantity} points to spend. Member no. {reference}

[[You receive this because you joined our club]].
Sent to {r.email}. Preferences: {track}
""",
    ),
    (
        "marketing",
        "{r.upper}, [[a birthday treat inside]]",
        """*** HAPPY BIRTHDAY {r.upper} ***

It's your special day ({dob}, if we wrote it down correctly) and [[we baked you something sweet]].

[[Show this mail at the counter]] and get a free slice of cake with any hot drink.
Voucher value {money}. Valid until {when}.

Wrong date? Update your profile: {track}
""",
    ),
    (
        "order",
        "[[Digital receipt for your visit]]",
        """{brand} STORE {quantity}
TILL 04   OP {s.upper}

OAT MILK 1L          2 x {price}
SOURDOUGH LOAF           {price}
RED LENTILS 500G         {price}
---------------------------
BALANCE DUE              {price}
CARD  {card}
AUTH CODE ON FILE

LOYALTY {reference}  {r.initial}
[[You saved more than last week]]
[[Thank you and please come again]]
""",
    ),
    (
        "shop",
        "Re: [[wrong colour in the box]]",
        """Hi {s.first}

no problem at all, [[these mix-ups happen in busy weeks]]. A courier will bring the grey one {when}
and take the blue one back. Please put it into the same carton.

Just so I have it right, the address is still {street}, {town}, {postcode}, and your mobile
{phone}?

Kind regards,
{u.full}
Web orders

From: {s.full} <{s.email}>
Sent: {sent}
To: {u.full} <{u.work}>
Subject: wrong colour in the box

Hello, I ordered the grey throw (order {order}) and [[a blue one turned up instead]].
Bit disappointed as it was a present for {t.first}. What now?
{s.first}
""",
    ),
)
