"""Words that look like names and are none, and words that stand before or after names.

Data of ``known_names`` and ``people``; all lower case, without accents.
"""

from __future__ import annotations

from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ROLE_WORDS: Final = _words(
    "abuse accounts accounting admin administration administrator alert alerts all bill billing "
    "bot bounce bounces careers contact customer customers customerservice daemon delivery desk "
    "dmarc do donotreply dpo email enquiries enquiry events feedback finance forms ftp hello "
    "help helpdesk hostmaster hr info information inquiries invoice invoices it jobs list lists "
    "login mail mailer mailerdaemon mailing maintenance marketing media membership network news "
    "newsletter newsletters no noc noreply notice notification notifications notify office "
    "online operations order orders password payment payments payroll postmaster press privacy "
    "promo promotions purchasing receipt receipts reception recruitment registration reply "
    "report reports request returns root ruf rua sales secretary security server service "
    "services shipping shop signup spam staff statement statements status subscribe "
    "subscriptions support survey surveys system systems team tech test ticket tickets tracking "
    "training unsubscribe update updates user users verification verify webmaster welcome work "
    "www account notifier automated auto info1 confirm confirmation booking bookings "
    "reservation reservations club community council department school university hospital "
    "clinic surgery pharmacy bank insurance company group limited ltd plc llc inc gmbh corp "
    "corporation foundation trust society association charity store europe international global "
    "national via messages message centre center"
)

# Names that are English words too, and words that a recognizer likes to take for names.
COMMON_WORDS: Final = _words(
    "summary overview attendance forwarded vevent vcalendar vtodo valarm vcard "
    "begin end version original n "
    "fn adr tel org "
    "will mark may rose grace hope "
    "faith joy april june august summer autumn dawn frank bill "
    "jack rob sue pat art ray gene guy chase drew grant hunter lane major miles norm page penny "
    "reed rich rusty sandy skip sky stone wade ward woods young king white black green brown "
    "gray grey long short small little rice church cook baker butler carter mason parker potter "
    "porter shepherd bishop pope day knight love wise sharp strong price bush hill field fields "
    "wood park parks rivers lake moon star bell bond banks cash marks bridges best case "
    "christian crystal daisy dean diamond earl duke prince ivy jade iris heather holly hazel "
    "lily olive pearl poppy ruby violet melody harmony honor justice ginger angel china chance "
    "cherry victor win worth van bay don max gay dick peter robin jay bob tom nick jean basil "
    "amber ash brook cliff clay colt dale forest frost gale glen heath hunt keen lamb marsh "
    "mills moody noble nova pace pike pollard pool pound power rain read root rush sage savage "
    "self silver singer snow sparks spring steel stern storm swift temple todd tower town trick "
    "vance waters weaver webb west north south east winter wolf world wright gold rock pearce "
    "bright cross cruise ford fox golden hall hart hawk house jones's law lord low mann means "
    "more moss nash new old owen paris post pratt quick rider ring rowe sands sea ship shore "
    "side son speed stock street sun tate tree vale wall wells wheeler a about above access "
    "accept account action active add address after again agree agenda ago ahead all also "
    "always am amount an and annual another answer any anyone apologies app apply appointment "
    "approve approved are arrive as ask asap at attached attachment available away back balance "
    "be because been before begin below between board book booking both box bring browser "
    "budget build building business but buy by calendar call can cancel cannot card care cc "
    "change charge check choose claim class click client close cloud code colleague colleagues "
    "come committee complete computer conference confirm confirmation contact content contract "
    "copy could council course cover credit current customer data date days deal dear delay "
    "delete deliver delivered delivery department desk detail details device did discount do "
    "document documents does domain done down download draft due during each early edit email "
    "end enjoy enter error event every everyone everything example expense expire expired "
    "expires extension failed family fax fee feel few file files fill final find first fix "
    "folder follow following folks for form forward free friday friend friends from full fyi "
    "gas get give go good goods great group guide had half happy has have he hear hello help "
    "her here hi him his holiday home hotel hour hours how however i id if immediately "
    "important in inbox include included info information inside insurance interest internet "
    "into invitation invite invoice is issue it item items its january july february march "
    "september october november december just keep key kind kindly know last late later leave "
    "left let letter level library like line link list live location log login look mail main "
    "make manage management manager many market master me meet meeting member membership memo "
    "menu message messages might minutes mobile monday money month monthly morning most move "
    "much must my name need network never news newsletter next night no none not note notes "
    "notice notification now number of off offer office ok on once one online only open option "
    "or order orders other our out outlook over own package paid paper parcel part party "
    "password past pay payment payments payroll pdf pending people per permit phone photo pick "
    "pin place plan please point policy portal possible premium present press previous print "
    "private problem process product profile program project proposal provide purchase question "
    "questions quote ready receipt receive received recent record reference refund regard "
    "regarding regards register registered regular reminder renew rent rental reply report "
    "request required reset respond response return review right room safe sale sales same "
    "saturday save schedule school second section secure security see send sent server service "
    "services session set share she shift shipment shipping shop should show shut sign signed "
    "since sincerely site so some soon sorry staff start started statement status still stop "
    "store subject submit subscription such sunday support sure system table take tax team "
    "technical tell term terms test thank thanks that the their them then there these they "
    "thing this those through thursday ticket till time times tip to today together tomorrow "
    "too top total tracking train transaction transfer travel trial tuesday turn two under unit "
    "unsubscribe until up update upgrade us use user using valid valued very via view visit "
    "vote wait wallet want warm warning was watch way we website wednesday week weekly welcome "
    "well were what when where which while who why wifi wi-fi window windows wish wishes with "
    "within without wont work working would write wrote year years yes yesterday yet you your "
    "yours zoom teams skype google apple amazon microsoft paypal netflix linkedin facebook "
    "twitter instagram excel word powerpoint adobe dropbox whatsapp android iphone ipad chrome "
    "firefox safari mac linux http https html url ip vpn usb gps sim atm dvd vat gdpr hr faq "
    "eta rsvp sir madam mr mrs ms miss dr prof tel mob ref dob nhs ni nino utr chi iban bic "
    "sort cvv mfa otp kitchen garden minibus boiler roof lift gate door car bike bus road "
    "bridge tea coffee lunch dinner breakfast cake soup salad chicken fish bread milk pasta "
    "wine beer water ice hot cold"
)

NOBODY: Final = _words(
    "all team customer sir madam there colleagues colleague everyone everybody friend friends "
    "client user member members both folks valued guest guests student students parent parents "
    "resident residents tenant tenants neighbour neighbours volunteer volunteers subscriber "
    "applicant applicants candidate supplier patient patients again world sirs ladies gentlemen "
    "reader readers staff partner partners shareholder editor committee the you guys people "
    "hiring manager account holder cardholder"
)

# Plain words that are names where they stand in a name's place with a capital.
NAMES_TOO: Final = _words(
    "will mark may rose grace hope faith joy april june august summer autumn dawn frank bill "
    "jack rob sue pat art ray gene guy drew grant hunter miles norm penny rich rusty sandy wade "
    "holly hazel lily olive pearl poppy ruby violet heather ivy iris jade daisy dean earl "
    "crystal christian robin jay bob tom nick jean basil amber ash brook cliff dale glen heath "
    "max gay dick peter victor don ginger angel melody cherry crystal star young king white "
    "black green brown gray short little rice church cook baker butler carter mason parker "
    "potter porter bishop pope day knight love sharp price bush hill wood park lake bell bond "
    "banks stone west north fox hall hart long"
)
