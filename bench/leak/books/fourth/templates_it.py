"""Helpdesks, monitoring, accounts, logs: (style, subject, body) of the fourth book."""

TEMPLATES = (
    (
        "helpdesk",
        "[Ticket {reference}] [[laptop will not wake up]]",
        """## Please reply above this line ##

{s.full} (IT) updated your request:

Hi {r.nick}, [[try holding the power button]] for half a minute. If it's still dead bring it down to
room {room}, ask for {u.first}. I've put a loan machine aside for you: {device}, log in as
{username}, first password {password}, it'll make you change it.

Requester: {r.full} / {r.work}
Asset: {device}
Wired: {mac}   Wireless: {mac}
Priority: normal

----
{r.first} wrote:
[[The screen went black during lunch]] and now only the fan spins. {t.full} has the same model and
hers is fine. Ring me on {phone}.
""",
    ),
    (
        "helpdesk",
        "[[Welcome aboard - your account details]]",
        """Dear {r.first},

your accounts are ready for {when}.

Username: {username}
Temporary password: {password}
Mailbox: {r.work}
VPN pin: {otp}
Laptop: {device} (collect from {u.full}, room {room})
Employee number: {reference}

[[Please change the password on first use]] and never share it. Your manager {t.full} has been
copied.

{s.first}
Service desk
""",
    ),
    (
        "monitoring",
        "ALERT [[disk almost full on file server]]",
        """CRITICAL - /home is {percent} full

Top users
  {username}   {quantity} GB
  {user_t}   {quantity} GB
  {user_u}   {quantity} GB

Largest file: /home/{username}/Desktop/{file}

[[This check runs every five minutes]]. Acknowledge: {host}
On call: {s.full} {phone}
""",
    ),
    (
        "monitoring",
        "[[excerpt as promised]]",
        """{s.first}, here is what the mail gateway has about the lost message:

Nov 12 08:14:02 mx2 smtpd: connect from client
Nov 12 08:14:03 mx2 smtpd: NOQUEUE: from=<{s.email}> to=<{r.work}> proto=ESMTP
Nov 12 08:14:03 mx2 cleanup: warning: header Subject: CV of {u.full}
Nov 12 08:14:09 mx2 imapd: login: user={username} method=PLAIN device="{device}"
Nov 12 08:15:40 mx2 imapd: login failed: user={user_t} (account locked)
Nov 12 08:16:01 mx2 dhcpd: DHCPACK to {mac} ({device}) via eth1

[[So it did reach the spool]] but the filter took it. {t.first} can release it before {when}.

{u.nick}
""",
    ),
    (
        "security",
        "[[Suspicious sign-in to your account]]",
        """We blocked a sign-in to {r.email}

  User name    {username}
  Computer     {device}
  Hardware     {mac}
  Time         {moment}

[[Somebody entered the right password]] but failed the second step three times. If you were that
somebody, use {otp} at the prompt. Otherwise pick a new password; the old one ({password}) was also
found in a public list.

Questions? {s.first} in security, {s.work}, {phone}.
""",
    ),
    (
        "security",
        "{r.first}, verify your new phone",
        """Enter this code in the app:

     {otp}

[[It is good for ten minutes]].

Phone being added: {phone}
Handset: {device}

Did not ask for this? [[Somebody may have mistyped their number]]. You can ignore this mail.
""",
    ),
    (
        "helpdesk",
        "RE: password again!!",
        """Hi {s.first}

sorry its me again. its not taking {password} nor the old one {password}. user is {username} isnt
it? on the tablet {device} it works, [[on the big screen it does not]]

{t.nick} says try her login {user_t} but i dont want to get her in trouble

thanks a million
{r.lower}
[[sent between two meetings]]

-----Original Message-----
From: {s.full} [mailto:{s.work}]
Sent: {sent}
To: {r.full}
Subject: RE: password again!!

No bother {r.first}, I set a new one. [[Caps lock is usually the culprit]].
""",
    ),
    (
        "monitoring",
        "[[New device on your home network]]",
        """Hello {r.nick},

your router saw something new.

   Name     {device_u}
   MAC      {mac}
   Maker    unknown

[[Let it in or block it]]: {track}

Devices you know:
   {device}   {mac}
   Kitchen speaker   {mac}

Wifi key in use: {password}
Router firmware {version}, [[no update is needed]].
""",
    ),
    (
        "monitoring",
        "[[Two machines missed their backup]]",
        """Job: laptops-weekly      Agent {version}
Result: 31 ok, 2 with warnings, 0 failed

WARN  {device}  owner {r.full}   last seen {moment}
WARN  {device_u}  owner {u.full}   2 files open: {file}

[[Machines that stay off get skipped]]. Restore test passed, {percent} sampled.

Operator: {s.full} <{s.work}>
""",
    ),
    (
        "helpdesk",
        "[[Your request has been closed]]",
        """Case: {reference}
Opened by: {r.sorted}
Agent: {s.first}
Category: shared folders

{r.first}, you can now open the folder; I have put {username} and {user_u} into the same group.
Drop the scan there as {file} and {u.full} will see it. [[We close cases after two weeks]].

Were you happy with {s.first}? {track}

History
  {moment}  {r.initial}: "I need {u.last}'s drawings by Friday"
  {moment}  {s.initial}: granted
""",
    ),
    (
        "helpdesk",
        "[[Review requested on your change]]",
        """@{user_u} requested your review on: Fix time zone of reminders

> def greet(user): return "Dear " + user.last
[[Could this be a constant instead]]? Also the test data still has real people in it:

    {"name": "{t.full}", "mail": "{t.email}", "born": "{dob_compact}", "tel": "{phone}"}

Commits by {s.full} <{s.email}>
Signed-off-by: {u.full} <{u.work}>

Version {version} is tagged for {when}. Reply to this email or view it: {host}
You ({username}) are receiving this because [[you were asked for your opinion]].
""",
    ),
    (
        "helpdesk",
        "Leaver: {u.full}, last day {when}",
        """Hi team,

please close down {u.full} ({user_u}, staff no {reference}) at the end of {when}.

[ ] mailbox {u.work} to be shared with {t.first} {t.last}
[ ] phone {phone}, IMEI and SIM back to {s.first}
[ ] laptop {device_u}, MAC {mac}
[ ] door fob, [[leave it in the tray]]
[ ] change the shared alarm code, at present {otp}

[[Cake in the kitchen at noon]].

{r.full}
People team
""",
    ),
)
