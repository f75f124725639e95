"""Words of the fifth book. Names are generic parts put together at random."""
# ruff: noqa: SIM905 - lists of words read better as text

FIRST = (
    "Gareth Lynsey Tamsin Rupert Shelagh Darren Maureen Keith Bronagh Declan Nigella Trevor "
    "Philippa Callum Rhiannon Huw Angharad Dewi Glenys Kayleigh Lorcan Niamh Wolfgang Sieglinde "
    "Detlef Roswitha Thierry Solène Gaëtan Maëlys Fabrizio Ornella Raffaele Nicoletta Iñaki Rocío "
    "Gonzalo Remedios Inês Vasco Gonçalo Joost Femke Wouter Sanne Przemysław Bożena Radosław "
    "Kateřina Vojtěch Márton Boglárka Aleksi Päivi Torbjørn Solveig Þórunn Mihaela Dragoș Blerta "
    "Ardit Nemanja Snežana Olamide Chidinma Babajide Kwasi Akosua Tendai Rutendo Bongani Lerato "
    "Abdirahman Hodan Tsegaye Mebrahtu Rachid Soumaya Walid Nadira Orhan Gülşen Shirin Behrouz "
    "Harpreet Gurdeep Venkatesh Meenakshi Tanvir Shahnaz Chaminda Dilrukshi Thanh Huyền Somchai "
    "Jiahui Zhiyuan Kenjiro Ayumi Jihoon Eunkyung Dwi Wahyu Rangi Anahera Kalani Leilani Matías "
    "Ximena Everton Jussara Nayeli Cuauhtémoc Delroy Shanice LaToya DeShawn"
).split()
LAST = (
    "Outhwaite Birtwistle Clutterbuck Dunwoody Entwistle Featherstonehaugh Gathercole Heptonstall "
    "Ibbotson Kilbride Longbottom Micklethwait Nuttall Ormerod Postlethwaite Ramsbottom Sowerby "
    "Tattersall Uttley Widdowson Yardley Brannigan Geraghty Llewelyn Pritchard Bevan Prosser "
    "Hintermeier Schnabel Großmann Zschoche Boulanger Delacroix Quéméneur Bellandi Scognamiglio "
    "Zanetti Echevarría Villalobos Zubizarreta Figueiredo Carvalhal Vasconcelos Hoogendoorn "
    "Kuipers Szczepański Błaszczyk Jirásková Hruška Halász Kerekes Mäkeläinen Virtasalo "
    "Haugland Bjørklund Ragnarsson Ionescu Munteanu Hoxha Stojanović Adebayo Ogundipe "
    "Nwachukwu Boateng Asamoah Chikwanha Mutasa Nkosi Mokoena Warsame Gebremedhin Bouzidi "
    "Lahlou Haddadin Khoury Karadeniz Öztürkmen Farrokhzadeh Dhaliwal Sandhu Iyengar "
    "Ranganathan Chowdhury Rahimtoola Wickramasinghe Phạm Charoensuk Zhou Xuezhi Matsuoka "
    "Kuribayashi Hwang Gunawan Situmorang Parata Kealoha Quispe Huanca Bragança Tlatelpa Wauchope"
).split()
SPECIAL_LAST = (
    "O'Shaughnessy", "D'Ambrosio", "Thornley-Watts", "Pugh-Davies", "van den Bosch", "ter Horst",
    "de los Santos", "von und zu Lahnstein", "El-Khatib", "Abu Shanab", "bin Osman", "St. Leger",
    "Le Goff", "N'Diaye", "Dell'Acqua", "García-Bustos", "MacKellar",
)  # fmt: skip
GAELIC = (
    ("Mairead", "NicLeòid"),
    ("Calum", "MacRath"),
    ("Iseabail", "Urchardan"),
    ("Donnchadh", "Macfarlane"),
    ("Fionnghal", "Auchterlonie"),
    ("Gráinne", "Nic Gabhann"),
    ("Tadhg", "Ó Súilleabháin"),
    ("Beathag", "Dalziel"),
    ("Ailbeart", "Menzies"),
)
NICK = {
    "Philippa": "Pippa",
    "Gareth": "Gaz",
    "Maureen": "Mo",
    "Rhiannon": "Rhi",
    "Wolfgang": "Wolfi",
    "Fabrizio": "Fabri",
    "Gonzalo": "Gonzo",
    "Kateřina": "Katka",
    "Kayleigh": "Kayls",
    "Abdirahman": "Abdi",
    "Venkatesh": "Venky",
    "Trevor": "Trev",
    "Remedios": "Reme",
    "Delroy": "Del",
    "Torbjørn": "Tobben",
}
NON_LATIN = (
    "Светлана Игоревна Беляева", "Дмитрий Шевчук", "Оксана Гнатюк", "Борис Тодоров",
    "Ελένη Σταματοπούλου", "Νίκος Καραγιάννης", "خالد المصري", "نورة بنت سعد العتيبي", "مريم رضایی",
    "יעל אברמוביץ", "נועם שפירא", "陳美玲", "刘建国", "欧阳丽华", "佐々木美咲", "高橋健太",
    "박지영", "최성호", "सुनीता वर्मा", "अनिल देशपांडे", "สมชาย วงศ์สุวรรณ", "กนกวรรณ ศรีสุข",
    "முத்துலட்சுமி ராமன்", "ნინო გელაშვილი", "ლევან ჯაფარიძე",
    "Գոհար Սարգսյան", "Արամ Մկրտչյան", "குமரன் செல்வம்", "ফারহানা ইসলাম", "ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ ਗਿੱਲ",
)  # fmt: skip
CHINESE = ("陳美玲", "刘建国", "欧阳丽华", "孙晓燕")
JAPANESE = ("佐々木美咲", "高橋健太", "井上 真由美", "ふじた けいこ")
UKRAINIAN = ("Дмитро Шевчук", "Оксана Гнатюк", "Соломія Бондаренко", "Іванна Кравець")
PERSIAN = ("مریم رضایی", "کامران نوری", "شیرین احمدزاده")
OTHER_SCRIPT = (
    ("Вероника", "Соловьёва", "{first} {last}", "v.solovyova"),
    ("Тарас", "Коваленко", "{first} {last}", "taras.kov"),
    ("Δέσποινα", "Αλεξίου", "{first} {last}", "d.alexiou"),
    ("طارق", "الحداد", "{first} {last}", "tariq.h"),
    ("שירה", "גולדברג", "{first} {last}", "shira_g"),
    ("志强", "郑", "{last}{first}", "zhengzq"),
    ("雅婷", "林", "{last}{first}", "yating.lin"),
    ("翔太", "中村", "{last} {first}", "s-nakamura"),
    ("수진", "한", "{last}{first}", "sujin.h"),
    ("प्रिया", "कुलकर्णी", "{first} {last}", "priya.k"),
    ("สุดา", "แก้วมณี", "{first} {last}", "suda_k"),
    ("გიორგი", "მაისურაძე", "{first} {last}", "giorgi.m"),
)
TOWNS = (
    "Todmorden Oswestry Ullapool Lesmahagow Machynlleth Carrickfergus Saxmundham Wadebridge "
    "Cleckheaton Ballachulish Strathpeffer Dolgellau Portadown Framlingham Sittingbourne "
    "Auchtermuchty Drumnadrochit Ilkeston Wetherby Liskeard Quedlinburg Castelnaudary Orvieto "
    "Zamora Coimbra Deventer Toowoomba Poughkeepsie"
).split()
STREETS = (
    "Gallowgate Wynd,Larch Hollow,Cuthbert Street,Tanyard Row,Old Ropery,Heol y Bryn,Kirk Vennel,"
    "Allotment Lane,Signal Box Way,Damson Close,Brewery Yard,Sráid an Mhuilinn,Lower Quay,"
    "Windmill Rise,Quarrymen's Terrace,Ferry Steps"
).split(",")
HOME_DOMAINS = ("postbox.example", "webmail.example.org", "kabelnet.example", "mymail.example.com")
WORK_DOMAINS = ("staff.example.net", "head-office.internal", "plant.local", "lab.example.org")
HANDLES = (
    "mossy_badger",
    "vinylhoarder",
    "captain.crumpet",
    "nachteule",
    "loch_lurker",
    "tofuninja",
)
BRANDS = (
    ("Saltmarsh Housing Association", "saltmarsh-housing.example"),
    ("Eastvale District Council", "eastvale-council.example"),
    ("Pinecrest Medical Practice", "pinecrest-practice.example"),
    ("Copperfish Parcel Service", "copperfish-parcels.example"),
    ("Blueheron Bank", "blueheron-bank.example"),
    ("Quillstone Academy", "quillstone-academy.example"),
    ("Nordwind Telekom", "nordwind-telekom.example"),
    ("Larkspur Airways", "larkspur-airways.example"),
)
HOSTS = ("secure-forms", "mailing-hub", "status-board", "booking-desk", "club-pages", "ticket-view")
REPORTERS = ("mx.inboundguard.example", "in.letterbox.example", "spamwall.relayhouse.example")
SELECTORS = ("dk26", "mta", "eu1", "sig-b")
FILES = (
    "Fit note {} signed.pdf", "{}_tenancy_scan.pdf", "CV-{}-v3.docx", "p60 {} final.pdf",
    "IMG_4471_{}_passport.heic", "{}.vcf", "statement-{}.csv", "Zeugnis_{}.pdf",
    "referral letter - {}.odt", "{}_bank_details_NEW.xlsx",
)  # fmt: skip
