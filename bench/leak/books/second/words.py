"""Word lists of the part for measuring. They share no list entry with the part for tuning.

Names are generic parts put together at random; no combination stands for a person.
"""
# ruff: noqa: SIM905 - lists of words read better as text

FIRST = (
    "Annabel Benedict Constance Dominic Esther Frederick Gwendolyn Humphrey Isadora Jeremiah "
    "Kimberley Laurence Marguerite Nicholas Octavia Patrick Quentin Rosemary Stephanie Tabitha "
    "Vivienne Wilhelmina Matthias Annegret Guillaume Amélie Salvatore Ludovica Íñigo Mercè "
    "Zbigniew Małgorzata Ondřej Božena Mikkel Freja Håkan Guðrún Zsófia László Slobodan Vesna "
    "Kwabena Efua Oluwaseun Folasade Sipho Zanele Otieno Akinyi Dawit Hiwot Hicham Naïma Serkan "
    "Gülşen Vikram Meenakshi Imran Rukhsana Thuy Quỳnh Jianguo Meiling Kenji Ayumi Jaehyun Eunji "
    "Bayu Dewi Wiremu Aroha Rafael Fernanda Citlali Ignacio Leilani Tevita"
).split()
LAST = (
    "Abernethy Bickerstaff Chumleigh Dunwoody Etherington Featherstone Gillingham Hargreaves "
    "Ickringill Jarrold Kilbride Lethbridge Micklethwaite Netherton Oglethorpe Postlethwaite "
    "Ramsbottom Stapleton Tattersall Uttley Venables Winterbourne Yarborough Schneider Hofmann "
    "Beaulieu Charpentier Ferrari Moretti Echeverría Zubiaurre Piotrowski Lewandowska Procházka "
    "Horáková Rasmussen Ångström Jóhannsdóttir Kovács Horváth Marković Asante Boateng Ogunleye "
    "Nwachukwu Khumalo Mokoena Odhiambo Wekesa Gebremariam Bouzid Aydın Karakuş Krishnamurthy "
    "Bhattacharya Mahmood Qureshi Phạm Huang Zhou Fujimoto Kobayashi Hwang Setiawan Parata Barbosa "
    "Carvalho Quispe Kealoha Taufahema"
).split()
SPECIAL_LAST = (
    "O'Shaughnessy",
    "M'Bala",
    "Featherstonehaugh-Lyle",
    "Llewellyn-Prys",
    "ten Brinke",
    "dos Santos",
    "zu Hohenfels",
    "El-Sayed",
    "Bar-Lev",
    "Du Plessis",
)
GAELIC = (
    ("Mairead", "NicLeòid"),
    ("Aonghas", "MacFhionghuin"),
    ("Iseabail", "Urquhart"),
    ("Torquil", "MacCrimmon"),
    ("Caoimhe", "Uí Néill"),
    ("Seònaid", "Auchinleck"),
)
NICK = {
    "Frederick": "Freddie",
    "Stephanie": "Steffi",
    "Nicholas": "Nico",
    "Wilhelmina": "Mina",
    "Benedict": "Benji",
    "Gwendolyn": "Gwennie",
    "Constance": "Connie",
}
NON_LATIN = (
    "Алексей Фёдоров",
    "Наталья Викторовна Соколова",
    "Ελένη Νικολάου",
    "محمد عبد الرحمن",
    "שרה לוי",
    "李秀英",
    "佐藤花子",
    "박지영",
    "प्रिया शर्मा",
)
TOWNS = (
    "Wolverhampton Northallerton Aberdare Grimsby Chippenham Ludlow Cirencester Maidstone "
    "Hartlepool Macclesfield Auchterarder Dunfermline Portree Caernarfon Ballymena Pontefract"
).split()
STREETS = (
    "Quayside Row,Sycamore Rise,Chapel Hill,Glebe Wynd,Abbotsford Place,Fernleigh Court,"
    "All Saints Way,Tay Square,Hawthorn Mews,Viaduct Parade,Weavers Yard,Larch Vennel"
).split(",")
HOME_DOMAINS = ("hearth.example", "briefkasten.example", "webpost.example", "letters.example.org")
WORK_DOMAINS = ("ad.lan", "hq.corp", "staff.example.org")
HANDLES = ("moonraker_uk", "velvetfox", "thistledown", "gritstone", "paperlantern")
BRANDS = (
    ("Wyrewater Services", "wyrewater-services.example"),
    ("Shire Licensing Bureau", "shire-licensing.example"),
    ("Corvid Couriers", "corvid-couriers.example"),
    ("Millstone Savings", "millstone-savings.example"),
    ("Riverbend Dental", "riverbend-dental.example"),
    ("Oakhurst College", "oakhurst-college.example"),
)
HOSTS = ("secure-gateway", "promo-counter", "file-drop", "delivery-slot", "feedback-form")
REPORTERS = ("in.sentinelmx.example", "edge.postoffice.example", "relay.quaymail.example")
SELECTORS = ("q42026", "dk", "sel3", "mx1")
FILES = ("statement_{}.pdf", "{} contract signed.doc", "photo-{}.heic", "{}.rota.ods")
