"""Word lists of the part for tuning. They share no list entry with the part for measuring.

Names are generic parts put together at random; no combination stands for a person.
"""
# ruff: noqa: SIM905 - lists of words read better as text

FIRST = (
    "Adelaide Bartholomew Cordelia Desmond Eleanor Fergus Georgina Horatio Imogen Jasper Katherine "
    "Leopold Miranda Nathaniel Ottilie Percival Rosalind Sebastian Theodora Valentine Winifred "
    "Jürgen Heike Françoise Étienne Giuseppe Chiara Joaquín Begoña Tomasz Agnieszka Zdeněk Květa "
    "Søren Ingrid Björn Sigríður Ferenc Ilona Dragan Jasmina Kofi Abena Chukwuemeka Ngozi Thabo "
    "Nomvula Mwangi Wanjiru Haile Selamawit Youssef Khadija Emre Ayşegül Rajesh Lakshmi Farhan "
    "Zainab Nguyên Linh Wei Xiaoling Haruto Sakura Minjun Soyeon Rizky Putri Tane Moana Thiago "
    "Luciana Xochitl Esteban"
).split()
LAST = (
    "Whitcombe Pemberton Marlowe Ainsworth Blackwood Cartwright Davenport Ellsworth Fairweather "
    "Goodfellow Hathersage Ingleby Jessop Kettlewell Lockhart Merriweather Northcott Osgood "
    "Penhaligon Quigley Ravenscroft Satterthwaite Thistlewood Underhill Vickery Wolstenholme "
    "Müller Krüger Lefèvre Dubois Esposito Lombardi Castellanos Ibáñez Wójcik Kowalczyk Dvořák "
    "Nováková Sørensen Lindqvist Þórsson Szabó Petrović Mensah Owusu Okonkwo Adeyemi Dlamini "
    "Kamau Tesfaye Benali Yılmaz Demirci Chaudhary Subramaniam Siddiqui Trần Zhang Watanabe "
    "Takahashi Park Wibowo Ngata Oliveira Cárdenas Mamani"
).split()
SPECIAL_LAST = (
    "O'Callaghan",
    "D'Angelo",
    "Fitzgerald-Hughes",
    "Barrington-Smythe",
    "van der Heijden",
    "de la Fuente",
    "von Reichenbach",
    "Al-Mansouri",
    "Ben-David",
    "St. Aubyn",
)
GAELIC = (
    ("Catrìona", "NicDhòmhnaill"),
    ("Ruairidh", "MacAoidh"),
    ("Eilidh", "Farquharson"),
    ("Hamish", "MacGillivray"),
    ("Siobhán", "Ní Bhriain"),
    ("Mòrag", "Colquhoun"),
)
NICK = {
    "Katherine": "Kitty",
    "Nathaniel": "Natty",
    "Bartholomew": "Barty",
    "Theodora": "Teddie",
    "Georgina": "Georgie",
    "Leopold": "Poldi",
    "Winifred": "Winnie",
}
NON_LATIN = (
    "Иван Сергеевич Кузнецов",
    "Ольга Морозова",
    "Γιώργος Παπαδόπουλος",
    "فاطمة الزهراء",
    "דוד כהן",
    "王小明",
    "山田太郎",
    "김민수",
    "राजेश कुमार",
)
TOWNS = (
    "Huddersfield Kidderminster Aberystwyth Scunthorpe Peterborough Shrewsbury Guildford "
    "Basingstoke Middlesbrough Chesterfield Inverurie Kirkcaldy Stornoway Llandudno "
    "Enniskillen Rotherham"
).split()
STREETS = (
    "Harbour Lane,Orchard Crescent,Station Road,Mill Brae,Castle Terrace,Elmwood Drive,"
    "St Mary's Close,Kelvin Grove,Beechcroft Avenue,Priory Gardens,Canal Walk,Tennyson Street"
).split(",")
HOME_DOMAINS = ("home.example", "postfach.example", "familymail.example", "inbox.example.net")
WORK_DOMAINS = ("corp.local", "intranet.internal", "team.example.com")
HANDLES = ("skyewalker", "pixel_otter", "darkroast", "northernlad", "quiltqueen")
BRANDS = (
    ("Harrowgate Utilities", "harrowgate-utilities.example"),
    ("Borough Revenue Office", "borough-revenue.example"),
    ("Tidewell Parcels", "tidewell-parcels.example"),
    ("Castlebank Online", "castlebank-online.example"),
    ("Meadowvale Surgery", "meadowvale-surgery.example"),
    ("Larkfield School", "larkfield-school.example"),
)
HOSTS = ("login-portal", "click-tracker", "docs-viewer", "parcel-status", "survey-desk")
REPORTERS = ("mx.receiver.example", "gw.mailhaven.example", "filter.postgate.example")
SELECTORS = ("s2026", "mail", "k1", "selector2")
FILES = ("invoice_{}.pdf", "{}-cv-final.docx", "scan {} passport.jpg", "{}_payslip.xlsx")
