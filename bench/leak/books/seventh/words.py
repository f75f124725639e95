"""Word lists of the seventh book.

Names are generic parts put together at random; no combination stands for a person.
"""
# ruff: noqa: SIM905 - lists of words read better as text

FIRST = (
    "Clementina Osbert Honoria Leander Perpetua Gwilym Drusilla Talfryn Angharad Wincenty Bohumil "
    "Vendula Oddvar Liselotte Dietlinde Wolfram Annegret Thibault Ornella Fabrizio Remedios "
    "Candela Efua Kwabena Folasade Tendai Otieno Achieng Yohannes Hiwot Rachid Gülşen Orhan "
    "Padmini Sunil Bilqis Zulaikha Thaksin Jianhong Kazuki Jihoon Dewi Wiremu Xareni Anahí Lavinia "
    "Crispin Hester Barnaby Tabitha"
).split()
LAST = (
    "Hollingbourne Cattermole Thackwray Brackenbury Oldershaw Pumphrey Tregaskis Winstanley "
    "Dimmock Haselgrove Applegarth Snowdegate Ollerenshaw Birtwhistle Lanyon Zimmerhackl "
    "Oberländer Fauquet Quéméneur Bevilacqua Tagliaferro Echegaray Urrutia Mierzwa Chmielowski "
    "Hruška Vestergaard Kvisgaard Boateng Onyekachi Sithebe Barasa Gebremariam Bouzidi Kılıçaslan "
    "Venkataraghavan Qureishi Phạm Xiong Kuramoto Hwangbo Kusumawati Parata Vasconcelos Quispe"
).split()
SPECIAL_LAST = (
    "O'Shaughnessy",
    "D'Agostini",
    "Twistleton-Prowse",
    "van den Boogaard",
    "de los Monteros",
    "von Trauttenberg",
    "El-Khatib",
    "Mac Giolla",
)
GAELIC = (
    ("Gormlaith", "Ní Cheallaigh"),
    ("Aodhán", "Ó Maoilriain"),
    ("Beathag", "NicLeòid"),
    ("Torcuil", "MacPhàrlain"),
)
NICK = {
    "Clementina": "Clemmie",
    "Perpetua": "Perpy",
    "Tabitha": "Tabby",
    "Barnaby": "Barney",
    "Lavinia": "Vinnie",
}
NON_LATIN = (
    "Пётр Алексеевич Воронцов",
    "Марина Лебедева",
    "Δέσποινα Ζαχαριάδη",
    "ياسمين الحداد",
    "רחל אברמוביץ",
    "陈志强",
    "中村由美",
    "박서연",
    "सुनीता अग्रवाल",
)
TOWNS = (
    "Todmorden,Kirkbymoorside,Framlingham,Whitchurch,Machynlleth,Auchterarder,Fochabers,Ballymoney,"
    "Market Bosworth,Saxmundham,Hunstanton,Osnabrück,Valenciennes"
).split(",")
STREETS = (
    "Quarry Bank,Tanyard Lane,Foxglove Rise,Old Ferry Road,Bellfounders Row,Cobbler's Hill,"
    "Lime Kiln Way,Saddlers Mews,Weir Cottages,Heron Court"
).split(",")
HOME_DOMAINS = ("larder.example", "attic.example", "briefkasten.example", "porch.example.net")
WORK_DOMAINS = ("depot.local", "annexe.internal", "rota.example.com")
HANDLES = ("mudlark", "teapotter", "nightferry", "plumduff", "kestrel_eye")
BRANDS = (
    ("Copperfold Supplies", "copperfold-supplies.example"),
    ("Wharfgate Leisure", "wharfgate-leisure.example"),
    ("Pinmill Energy", "pinmill-energy.example"),
    ("Sandling College", "sandling-college.example"),
    ("Ryebank Clinic", "ryebank-clinic.example"),
)
HOSTS = ("basket-view", "booking-desk", "rota-board", "notice-hub", "ticket-shelf")
REPORTERS = ("mx.larkpost.example", "in.mailbarn.example", "scan.sorting.example")
SELECTORS = ("sel7", "out2026", "bulk", "key3")
FILES = ("{} tenancy.pdf", "letter_{}.docx", "{}-references.odt", "Xray {} left.jpg")
