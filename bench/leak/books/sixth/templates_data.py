"""Logs, tables, CSV, JSON, key and value, calendars and cards."""

TEMPLATES = (
    (
        "log",
        "[[ALERT repeated authentication failures]] {username} on {device}",
        """sshd[2211]: Failed password for {username} from port 51544 ssh2
sshd[2211]: Accepted publickey for {username} on {device}
dhcpd: DHCPACK to {mac} ({device}) via eth1
radius: Login OK: [{username}] (from client ap-east cli {mac})
sudo: {username} : TTY=pts/0 ; PWD=/home/{username} ; COMMAND=/usr/bin/less
smbd: open "{file}" by {username} denied
kernel: [[watchdog did not stop in time]], build {version}

[[Threshold exceeded for the last hour]]. Disk at {percent}. Owner on the card: {t.upsort}.
""",
    ),
    (
        "csv",
        "[[Export of all open cases]]",
        """[[Nightly extract from the reporting database]], {quantity} rows
surname,forename,born,mobile,ref,plan,balance
{t.last},{t.first},{dob},{phone},{reference},[[Bronze Saver Monthly Plan]],{price}
{u.last},{u.first},{dob},{phone},{reference},[[Silver Saver Annual Plan]],{price}
"{ledger}",,{dob},{phone},{reference},[[Platinum Family Travel Plan]],{price}
[[end of file no errors found]]
""",
    ),
    (
        "json",
        "[[Webhook delivery failed with retries left]]",
        """POST /hooks/v{version} returned 503, [[will try again with longer backoff]]

{"event": "signup.completed",
 "user": {"login": "{username}", "display_name": "{other}", "mail": "{r.email}",
          "dob": "{dob}", "tel": "{phone}", "mfa": "{otp}"},
 "device": {"name": "{device}", "mac": "{mac}"},
 "basket": {"sku": "[[walnut shelf bracket pair]]", "price": {price}, "qty": {quantity}},
 "ship_to": ["{wordy}", "{street}", "{town}", "{postcode}"]}

[[Developer Relations and Platform Team]]
""",
    ),
    (
        "keyvalue",
        "[[form submission from the website]] ({r.lower})",
        """name={r.full}
maiden_name={u.last}
next_of_kin={barrel}
gp={t.formal}
born={dob}
addr={abroad}
mobile={phone}
nino={nino}
reg={plate}
heard_about_us=[[leaflet through the letterbox]]
plan=[[Starter Bundle Without Television]]
price={price}
version={version}
consent=[[marketing by post only]]
""",
    ),
    (
        "ics",
        "Invitation: [[quarterly budget and forecast review]]",
        """BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
SUMMARY:[[Quarterly Budget and Forecast Review]]
ORGANIZER;CN={s.full}:mailto:{s.email}
ATTENDEE;CN="{t.sorted}";ROLE=REQ-PARTICIPANT:mailto:{t.work}
ATTENDEE;CN={eastern};PARTSTAT=NEEDS-ACTION:mailto:{r.email}
LOCATION:Room {room}
DESCRIPTION:{wordy} to present. {particle} dials in on {phone}\\, passcode {otp}. \
[[Slides go to the usual shared drive]].
END:VEVENT
END:VCALENDAR

[[Accept or decline in your calendar]], {when}
""",
    ),
    (
        "vcard",
        "{t.full}.vcf",
        """[[here is the contact card you wanted]]

BEGIN:VCARD
VERSION:3.0
N:{t.last};{t.first};;;
FN:{t.full}
NICKNAME:{t.nick}
ORG:{brand}
TITLE:[[Senior Insolvency and Recovery Adviser]]
TEL;TYPE=CELL:{phone}
EMAIL;TYPE=HOME:{t.email}
ADR;TYPE=HOME:;;{street};{town};;{postcode};
BDAY:{dob}
X-SKYPE:{username}
NOTE:[[prefers to be rung after lunch]]
END:VCARD
""",
    ),
    (
        "table",
        "[[Shift cover for the long weekend]]",
        """Name                | Post                                    | Mobile        | Slot
--------------------+-----------------------------------------+---------------+-----
{t.sorted} | [[Night Porter and Fire Marshal]] | {phone} | {when}
{eastern} | [[Lead Baker Viennoiserie Section]] | {phone} | {when}
{particle} | [[Relief Driver Class Two Vehicles]] | {phone} | {when}
{capitals} | [[Junior Sous Chef Larder Section]] | {phone} | {when}
{foreign} | [[Kitchen Porter Early Turn Only]] | {phone} | {when}

[[Swap only with the same grade]]. Meal allowance {price}. Lockers {room} and {room}.
{s.initial}
""",
    ),
    (
        "table",
        "fines and late returns: {member}",
        """CARD NO      BORROWER               DUE      OWED
{member}  {ledger}   {when}  {price}
{member}  {t.upsort}   {when}  {price}
{member}  {capitals}   {when}  {price}
{member}  {u.sorted}   {when}  {price}

[[Titles Most Often Kept Too Long]]: [[Teach Yourself Bookkeeping and Accounts]],
[[The Cautious Beekeeper Third Edition]]
[[Fines are capped for children]].
""",
    ),
    (
        "ticket",
        "[#{order}] [[cannot print to the second floor]]",
        """Requester ....... {r.upsort}
Logged by ....... {t.initial} for {u.full}
Machine ......... {device} / {mac}
Login ........... {username}
Priority ........ [[Low but Please Be Nice]]
Status .......... [[Waiting on Third Party Vendor]]
Driver .......... {version}

Steps: rang {phone}; {other} picked up, says {wordy} borrowed the dongle. Reset to {password}
for now. Log at C:\\Users\\{username}\\Desktop, attached as {file}.
[[Escalate to Second Line Print Services]] if not done {when}.
""",
    ),
    (
        "payroll",
        "[[Starters leavers and changes this period]]: {ledger}",
        """[[Payroll Cutoff and Bank Holiday Reminder]]

LEAVER  {employee} {ledger}  NI {nino}  final gross {price}
STARTER {employee} {u.sorted}  b. {dob}  {street}, {town} {postcode}
CHANGE  {employee} now {barrel}, was {t.upsort}; new bank {sort}
CHANGE  {employee} {patronymic} hours {quantity} per day?? [[surely a typo in the sheet]]

[[Sick Pay and Statutory Leave Desk]]
Pension rate {percent}, uplift {percent}
""",
    ),
)
