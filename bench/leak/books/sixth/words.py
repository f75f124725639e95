"""Word lists of the sixth book: names that are also words, and names of many scripts.

Names are generic parts put together at random; no combination stands for a person.
"""
# ruff: noqa: SIM905 - lists of words read better as text

# First and last names that a reader may take for a word, a month, a place or a day. None of them
# occurs in a template, a brand or an appointment of this book.
WORDY_FIRST = (
    "Wren Rowan Hunter Chase Destiny Melody Harmony Sandy Basil Olive Pearl Crystal Ginger "
    "Chelsea Sydney Austin Dallas Savannah Georgia April June August Bill Frank Gene Rusty "
    "Autumn Robin Cherry Clay Sterling Guy Miles Dale Lance Misty Rocky Eve"
).split()
WORDY_LAST = (
    "Frost Tempest Golightly Makepeace Drinkwater Loveday Christmas Pepper Salmon Peacock Badger "
    "Pitcher Flowers Marsh Swift Proudfoot Lovejoy Onions Meadows Lancaster Bolton Cornwall "
    "Gotobed Friday Winter Savage Bush Sugar Rainbird Twelvetrees "
    "Raven Sparrow Tidy Moody"
).split()
_PLAIN_FIRST = (
    "Dervla Cedric Delphine Ewan Felicity Gideon Henrietta Ivor Jocelyn Kerenza Lysander "
    "Morwenna Nigel Orla Peregrine Heledd Silas Demelza Ursula Vaughan Wendell Yolanda "
    "Zachary Jean-Luc Anne-Sophie Ulrich Brunhilde Xavier Apolline Eloísa Baltasar Graziella "
    "Ettore Krzysztof Halina Bohumil Ludmila Asbjørn Ragna Gunnhildur Snorri Miklós Etelka "
    "Zvonimir Đurđica Tiberiu Smaranda Ardian Luljeta Stoyan Desislava Kwame Adwoa Obinna "
    "Uchechi Boitumelo Mpho Nyambura Kipchoge Tigist Bekele Anwar Noura Cengiz Nurhan Arjun "
    "Kavitha Tariq Mehwish Bảo Hoa Wenbin Yanmei Daisuke Chiyoko Seunghyun Hyejin Agus Sri "
    "Tama Ngaio Joãozinho Iracema Yaretzi Ixtli Sione Mele Adebola Temitope Gintaras "
    "Rasa Kristjan Piret"
).split()
FIRST = WORDY_FIRST + _PLAIN_FIRST
_PLAIN_LAST = (
    "Applegarth Braithwaite Culpepper Dalrymple Higginbottom Fotheringay Grimshaw Hebblethwaite "
    "Illingworth Jolliffe Kerslake Sidebottom Murgatroyd Nankivell Oldroyd Polkinghorne "
    "Ridsdale Scargill Trevelyan Uppington Wigglesworth Yelland Zouche Haberland Brückner "
    "Roussillon Vasseur Bevilacqua Quaranta Zamudio Arizmendi Szymański Grzelak Vondráček "
    "Bartošová Thorvaldsen Ekholm Hallgrímsdóttir Pálsson Fekete Tóth Babić Žižek Lupescu "
    "Văduva Shkurti Dimitrova Amoako Ofori Ezekwesili Babatunde Mahlangu Sithole Njoroge Chebet "
    "Abebe Mekonnen Bouhaddou Çelikkol Öztürk Venkataraghavan Deshpande Bukhari Đặng Lương "
    "Ouyang Zheng Nishimura Hasegawa Bae Choi Kusuma Hidayat Rangihuna Magalhães Cerqueira "
    "Huamán Xicohtén Faleolo Kazlauskas Tamm"
).split()
LAST = WORDY_LAST + _PLAIN_LAST
SPECIAL_LAST = (
    "O'Gallchobhair",
    "O’Rourke",
    "D'Onofrio",
    "L'Estrange",
    "N'Dour",
    "Twistleton-Wykeham",
    "Pryce-Jones",
    "Ortega-Villanueva",
    "van den Broek",
    "van 't Hof",
    "de la Cruz",
    "de Almeida",
    "von der Heyde",
    "dal Pozzo",
    "bin Rashid",
    "bint Saleh",
    "ibn Yusuf",
    "al-Haddad",
    "ap Gruffydd",
    "Mac Giolla",
    "ten Cate",
    "af Klercker",
    "St. Clair-Erskine",
    "Le Guennec",
)
GAELIC = (
    ("Sorcha", "Nic an tSaoir"),
    ("Donnchadh", "Mac an Tòisich"),
    ("Gráinne", "Ní Shúilleabháin"),
    ("Pádraig", "Ó Maolchatha"),
    ("Beathag", "NicIlleathain"),
    ("Lachlan", "MacQuarrie"),
    ("Myfanwy", "ferch Rhydderch"),
    ("Sìne", "Strachan"),
)
NICK = {
    "Henrietta": "Hattie",
    "Felicity": "Fliss",
    "Zachary": "Zack",
    "Peregrine": "Perry",
    "Yolanda": "Yoyo",
    "Xavier": "Xavi",
    "Baltasar": "Balti",
    "Krzysztof": "Krzysiek",
    "Temitope": "Temi",
    "Demelza": "Demi",
    "Jocelyn": "Joss",
    "Desislava": "Desi",
    "Savannah": "Vanna",
    "Ulrich": "Uli",
    "Wendell": "Wendo",
    "Brunhilde": "Bruni",
}
NON_LATIN = (
    "Виталий Андреевич Громов",
    "Зинаида Ермолаева",
    "Тарас Шевчишин",
    "Μαρία Καραγιάννη",
    "Σπύρος Βλαχόπουλος",
    "خالد بن سعيد العتيبي",
    "نورا الخطيب",
    "مریم رضایی",
    "רבקה אברמוביץ",
    "יוסי מזרחי",
    "蔡佩珊",
    "欧阳建国",
    "刘志强",
    "鈴木健一",
    "高橋 さくら",
    "ヤマモト ケンジ",
    "최은지",
    "정 현우",
    "अनीता देशपांडे",
    "सुरेश यादव",
    "สมชาย ใจดี",
    "วิไลวรรณ ทองดี",
    "கார்த்திக் சுப்பிரமணி",
    "மீனாட்சி",
    "გიორგი ბერიძე",
    "ნინო კვარაცხელია",
    "Արմեն Պետրոսյան",
    "Անահիտ Սարգսյան",
    "রহিমা খাতুন",
    "ప్రసాద్ రెడ్డి",
    "ગીતા પટેલ",
    "ಮಂಜುನಾಥ್ ಗೌಡ",
    "ተስፋዬ ገብረ",
    "සුනිල් පෙරේරා",
    "ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ",
    "အောင်မြင့်",
)
OTHER_SCRIPT = (
    ("Глеб", "Тарасов", "{first} {last}", "g.tarasov"),
    ("Олена", "Ковальчук", "{last} {first}", "olena.k"),
    ("Δήμητρα", "Σταματίου", "{first} {last}", "dstamatiou"),
    ("ياسر", "المنصور", "{first} {last}", "yasser71"),
    ("תמר", "גולדברג", "{first} {last}", "tamar.g"),
    ("丽华", "郑", "{last}{first}", "lihua.zheng"),
    ("大輔", "中村", "{last} {first}", "d-nakamura"),
    ("지훈", "윤", "{last}{first}", "jhyoon88"),
    ("दीपक", "मिश्रा", "{first} {last}", "deepak.m"),
    ("ปิยะ", "แก้วมณี", "{first} {last}", "piya_k"),
    ("செல்வி", "முருகன்", "{first} {last}", "selvi.m"),
    ("თამარ", "ლომიძე", "{first} {last}", "tlomidze"),
    ("Հայկ", "Գրիգորյան", "{first} {last}", "hayk.g"),
)
TOWNS = (
    "Nether Wallop,Great Snoring,Ashby-de-la-Zouch,Stow-on-the-Wold,Barking,Sandwich,Lochinver,"
    "Lochgilphead,Betws-y-Coed,Blaenau Ffestiniog,Kinlochleven,Cill Airne,Pontypridd,Mousehole,"
    "Bad Säckingen,Aix-les-Bains,Alcalá de Henares,San Gimignano,'s-Hertogenbosch,"
    "Vila Nova de Gaia,Skaneateles,Wagga Wagga,Moose Jaw,Bhubaneswar,Mombasa,Thessaloniki,"
    "Whitby,Ilkley,Penicuik,Anstruther,Tipperary,Godmanchester"
).split(",")
STREETS = (
    "Larkhill Bottoms,Tanners Ginnel,The Shambles,Cordwainer Row,Bogside Wynd,Wharfinger Street,"
    "Upper Fold,Pudding Pie Lane,Salter's Gate,Gasworks Road,Nettlebed Way,Great Western Loan,"
    "Jubilee Villas,Coldharbour Drove,Ffordd yr Afon,Bóthar na Trá"
).split(",")
HOME_DOMAINS = (
    "kitchentable.example",
    "correo.example.org",
    "posta.example.net",
    "freemail.test",
    "mijnpost.example",
    "boite.example.com",
)
WORK_DOMAINS = ("dc1.internal", "office.local", "people.example.net", "corp.test")
HANDLES = ("zorblax", "nettlesoup", "kitewrangler", "vinylgoblin", "sudo_otter", "mossyboots")
BRANDS = (
    ("Brightpath Energy", "brightpath-energy.example"),
    ("Parcelhop", "parcelhop.example"),
    ("Ledgerline Bank", "ledgerline-bank.example"),
    ("Copperkettle Kitchens", "copperkettle-kitchens.example"),
    ("Unified Housing Trust", "unified-housing.example"),
    ("Northlight Academy", "northlight-academy.example"),
    ("Stackwise Support", "stackwise-support.example"),
)
HOSTS = ("signin-helper", "newsletter-hub", "queue-peek", "basket-reminder", "photo-share")
REPORTERS = ("mx3.inboxguard.example", "collector.dmarcdesk.example", "mta.postmill.example")
SELECTORS = ("rsa1", "s1-2026", "mandate", "ed25519a")
FILES = ("{}_scan.pdf", "cv-{}.docx")
