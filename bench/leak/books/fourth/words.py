"""Word lists of the fourth book: commerce and private life on every continent.

Names are generic parts put together at random; no combination stands for a person.
"""
# ruff: noqa: SIM905 - lists of words read better as text

FIRST = (
    "Alastair Bernadette Clifford Solange Edmund Arabella Emrys Harriet Clementine Jolyon "
    "Lorraine Malcolm Nerys Orlando Cressida Gilbert Sheridan Josephine Gwendolen Lionel Yvonne "
    "Brayden Kaylee Tyrone Shaniqua Travis Mckenzie Duane Latoya Rhonda Nikhil Priyanka Suresh "
    "Deepika Raghavendra Padmavathi Manpreet Gurmeet Ananya Pradeep Sunita Ramesh Revathi Imtiaz "
    "Nusrat Shabnam Usman Chinedu Adaeze Olumide Folake Adekunle Ayodele Kojo Kiprono Atieno "
    "Wambui Mandla Lindiwe Themba Nokuthula Farai Rudo Mamadou Aissatou Ousmane Hassan Leila "
    "Karim Samira Omar Ghada Bassam Rania Tamar Eitan Shira Mehmet Elif Burak Zeynep Daiki Yuki "
    "Ryota Naoko Jiwoo Seojun Xinyi Junjie Yanfei Haoran Hanh Quang Siriporn Anurak Budi Endang "
    "Bambang Nurul Maricel Rodrigo Jomar Germán Araceli Valentina Facundo Azucena Nicolás Camila "
    "Thaís João Beatriz Raimundo Leopoldo Paulina Lucía Álvaro Bárbara Anselm Friederike Lennart "
    "Saskia Marijke Benoît Clémence Loïc Mirella Ruggero Bogumiła Radka Zoltán Ágnes Goran Răzvan "
    "Ioana Margus Liisa Sindre Astrid Ailbhe Cillian Bronwen Iestyn"
).split()
LAST = (
    "Abernathy Beauchamp Carmichael Doolittle Threlkeld Greenhalgh Hollingworth Heppenstall "
    "Jankowitz Ravensdale Loxley Mountford Nethercott Oakeshott Pickersgill Rowbotham "
    "Shuttleworth Sedgwick Winterbottom Vanstone Wolfenden Hutchinson Robertson Whitaker "
    "Blankenship Covington Boudreaux Hendricks Kowalski Lindgren Montgomery Nakamura Mikkelsen "
    "Stevenson Thibodeaux Vandenberg Iyer Ramanathan Mukhopadhyay Deshmukh Venkataraman Nair "
    "Banerjee Choudhury Malhotra Rangarajan Sharma Gill Baloch Rahman Hossain Eze Okafor Nwosu "
    "Oyelaran Akinyemi Balogun Ampofo Amankwah Kiplagat Kariuki Mutua Ndlovu Mthembu Naidoo Botha "
    "Moyo Mapfumo Diallo Traoré Ndiaye Haddad Mansour Chidiac Farouk Saleh Boutros Shapira "
    "Mizrahi Karaca Kılıç Şahin Kitagawa Ishikawa Matsuura Hayashi Kang Yoon Jeong Jiang Peng Xu "
    "Liang Chiu Hoàng Srisuwan Chaiyaporn Santoso Prasetyo Wijaya Bautista Villanueva Delgado "
    "Arroyo Condori Goicoechea Zambrano Figueroa Montenegro Peñaloza Salgado Albuquerque Nogueira "
    "Quintanilha Teixeira Brandão Steinhoff Vogelsang Hartwig Dürrenbach Zeidler Hoekstra "
    "Dijkstra Bouwmeester Rousselle Gauthier Marchand Pelletier Castagna Santangelo Ruggeri "
    "Zieliński Jabłońska Zemánek Kelemen Kovačević Văcărescu Dumitrescu Saar Hämäläinen Nygård "
    "Halvorsen"
).split()
SPECIAL_LAST = (
    "O'Halloran",
    "O'Riordan",
    "D'Souza",
    "D'Amico",
    "Okoro-Bennett",
    "Smythson-Clarke",
    "Lloyd-Prichard",
    "García-Huidobro",
    "van Wyk",
    "van der Zwaan",
    "da Conceição",
    "de la Torre",
    "di Benedetto",
    "von Waldheim",
    "bin Saif",
    "Al-Fahim",
    "El-Tayeb",
    "Abu-Hamdan",
    "Ben-Haim",
    "Le Bihan",
    "dos Anjos",
)
GAELIC = (
    ("Aonghas", "MacLeòid"),
    ("Fionnghal", "Nic an t-Saoir"),
    ("Coinneach", "MacPhàrlain"),
    ("Seonag", "NicLeòid"),
    ("Lachlan", "McCorquodale"),
    ("Kirsteen", "MacEachern"),
    ("Torquil", "Strachan"),
    ("Aoife", "Ó Súilleabháin"),
    ("Caoimhe", "Ní Mhurchú"),
    ("Pádraig", "Mac Giolla"),
)
NICK = {
    "Alastair": "Ally",
    "Bernadette": "Bernie",
    "Edmund": "Ned",
    "Arabella": "Bella",
    "Harriet": "Hattie",
    "Marguerite": "Maggie",
    "Malcolm": "Malky",
    "Cressida": "Cress",
    "Josephine": "Josie",
    "Jeremiah": "Jem",
    "Priyanka": "Priyu",
    "Raghavendra": "Raghu",
    "Padmavathi": "Padma",
    "Olumide": "Mide",
    "Ayodele": "Ayo",
    "Rodrigo": "Rodri",
    "Valentina": "Valen",
    "Leopoldo": "Leo",
    "Friederike": "Fritzi",
    "Bogumiła": "Bogusia",
    "Zbigniew": "Zbyszek",
    "Anselm": "Selmo",
}
NON_LATIN = (
    "Алексей Воронцов",
    "Наталья Викторовна Белова",
    "Тимур Ахметов",
    "Оксана Шевчук",
    "Божидар Николов",
    "Милица Јовановић",
    "Ελένη Καραγιάννη",
    "Νίκος Αθανασίου",
    "سامر عبد الكريم",
    "ليلى حداد",
    "خالد المنصوري",
    "زهرا کریمی",
    "רחל לוי",
    "אבי פרידמן",
    "李晓华",
    "陳志明",
    "歐陽美玲",
    "渡辺直美子",
    "木村大輔",
    "小林さくら",
    "タナカ・ヒロシ",
    "이서연",
    "박지훈",
    "남궁민지",
    "कविता जोशी",
    "सुनील वर्मा",
    "அருண் குமார்",
    "மீனா சுந்தரம்",
    "సురేష్ రెడ్డి",
    "নাসরিন সুলতানা",
    "ਹਰਜੀਤ ਕੌਰ",
    "วิชัย แสงทอง",
    "มาลี ศรีสุข",
    "ლევან ჩხეიძე",
    "ნინო კაპანაძე",
    "Արամ Սարգսյան",
    "Անահիտ Հակոբյան",
    "አበበ ተስፋዬ",
)
OTHER_SCRIPT = (
    ("Дмитрий", "Соколов", "{first} {last}", "d.sokolov"),
    ("Екатерина", "Лебедева", "{last} {first}", "lebedeva.k"),
    ("Олена", "Ткаченко", "{first} {last}", "olena.tk"),
    ("Стоян", "Димитров", "{first} {last}", "s.dimitrov"),
    ("Δημήτρης", "Οικονόμου", "{first} {last}", "doikonomou"),
    ("Μαρία", "Βασιλείου", "{first} {last}", "m.vasileiou"),
    ("يوسف", "الخطيب", "{first} {last}", "y.alkhatib"),
    ("هدى", "منصور", "{first} {last}", "huda.mns"),
    ("נועה", "ברקוביץ", "{first} {last}", "noa.berk"),
    ("יונתן", "גולן", "{first} {last}", "ygolan"),
    ("秀英", "張", "{last}{first}", "hsiuying.c"),
    ("建国", "刘", "{last}{first}", "liujianguo"),
    ("美咲", "高橋", "{last}{first}", "m-takahashi7"),
    ("翔太", "中村", "{last} {first}", "shota.nkmr"),
    ("하은", "최", "{last}{first}", "haeun.choi9"),
    ("도윤", "정", "{last}{first}", "doyun.jg"),
    ("अनिल", "मिश्रा", "{first} {last}", "anil.mshr"),
    ("நந்தினி", "ராமன்", "{first} {last}", "nandhini.rmn"),
    ("ปรีชา", "วงศ์ไทย", "{first} {last}", "preecha.wt"),
    ("დავით", "მაისურაძე", "{first} {last}", "dmaisuradze"),
    ("Տիգրան", "Պետրոսյան", "{first} {last}", "tigran.ptr"),
    ("রফিকুল", "ইসলাম", "{first} {last}", "rafiq.islm"),
)
TOWNS = (
    "Tewkesbury Llanelli Haverfordwest Limavady Dungannon Pitlochry Kilmarnock Tobermory "
    "Stromness Sacramento Chattanooga Schenectady Scottsdale Tallahassee Coimbatore Visakhapatnam "
    "Ghaziabad Thiruvananthapuram Wollongong Rockhampton Ballarat Bunbury Dunedin Abeokuta Ibadan "
    "Kumasi Kisumu Bulawayo Pietermaritzburg Casablanca Alexandria Sharjah Beersheba Gaziantep "
    "Sapporo Kitakyushu Incheon Kaohsiung Shenzhen Cebu Surabaya Guadalajara Barranquilla "
    "Arequipa Valparaíso Florianópolis Recife Braunschweig Clermont-Ferrand Zaragoza Eindhoven "
    "Bydgoszcz"
).split()
STREETS = (
    "Pennyroyal Road,Larkspur Avenue,Tollgate Street,Ashgrove Park,Fernleigh Close,Quayside Walk,"
    "Brambling Way,Old Brewery Yard,Wharfedale Gardens,Juniper Bank,Cloister Mews,Kirkgate,"
    "Loch View,Braeside Terrace,Cuckoo Lane,Lavender Hill Court,Haymarket Square,Stonebridge Drive"
).split(",")
STREETS_ABROAD = {
    "us": (
        "{} Juniper Ridge Dr",
        "{} W Sagebrush Blvd, Apt 4B",
        "{} Old Mill Pkwy Unit 12",
        "{} NE Larkin Court",
        "{} County Road 9",
        "{} Cottonwood Trl #3",
    ),
    "in": (
        "Flat {}, Sai Krupa Apartments, 2nd Cross",
        "H.No. {}-4-117, Banyan Tree Colony",
        "Plot {}, Sector 9B, Lake Town",
        "{}/A, Gulmohar Layout, 3rd Main",
        "C-{}, Neem Enclave, opp. Water Tank",
    ),
    "au": ("{}/7 Wattlebird Parade", "{} Jacaranda Crescent", "{} Bottlebrush Ct"),
    "af": ("{} Adeola Close, off Palm Grove Way", "{} Mopani Street", "House {}, Baobab Estate"),
    "me": ("Villa {}, Street 14B", "Tower 3, Apt {}, Corniche View", "Rehov HaZayit {}"),
    "la": (
        "Rua das Acácias, {}, apto 302",
        "Calle Los Almendros {}, piso 3",
        "Av. Las Palmeras {} int. 5",
        "Carrera 7 # {}-21",
        "Pasaje El Boldo {}",
    ),
    "eu": (
        "Kastanienallee {}",
        "Bilderdijkkade {}-II",
        "{} bis rue des Tilleuls",
        "Via dei Glicini {}",
        "ul. Lipowa {}/6",
        "Am Mühlgraben {}a",
        "{}, impasse du Lavoir",
        "C/ del Olivo {}, 2.º B",
    ),
    "as": (
        "Blk {} Tampines Lane #08-215",
        "{}-3 Midori-cho 2-chome",
        "Rm {}, 12/F, Harmony Mansion, Tai Wo Rd",
        "{}, Bongcheon-ro 4-gil",
        "Jl. Melati No. {}",
    ),
}
HOME_DOMAINS = (
    "letterbox.example",
    "quickpost.example.org",
    "myhome.example.net",
    "webmail.example.com",
    "doormat.example",
    "bluebird.test",
    "correo.example",
)
WORK_DOMAINS = (
    "hq.internal",
    "crew.example.org",
    "ad.local",
    "contractors.example.com",
    "branch.invalid",
)
HANDLES = (
    "moonlit_fox",
    "turbo.panda",
    "saltytoast",
    "cricketfan",
    "jollofqueen",
    "sunny-side",
    "bytebandit",
    "desi_foodie",
    "wanderlust.x",
    "kiwi_runner",
    "lilacdreams",
)
BRANDS = (
    ("Velmora", "velmora.example"),
    ("Tessaro Group", "tessaro-group.example"),
    ("Norvane", "norvane.example.net"),
    ("Quillmark", "quillmark.example.com"),
    ("Brightpath Services", "brightpath-services.example"),
    ("Osterly & Co", "osterly.example"),
    ("Zenvia Direct", "zenvia-direct.example.org"),
    ("Pacifica One", "pacifica-one.example"),
    ("Kestrel Point", "kestrelpoint.example"),
    ("Lumenade", "notify.lumenade.example"),
)
HOSTS = (
    "account-centre",
    "go-track",
    "secure-checkin",
    "offers-hub",
    "reset-page",
    "view-in-browser",
    "claims-desk",
    "my-bookings",
)
REPORTERS = ("mta7.ostwind.example", "inbound.pelicanmail.example", "mx.grandpost.example.net")
SELECTORS = ("scph0926", "ed25519b", "mandrillx", "zoho9", "pm2026")
FILES = (
    "{}_boarding_pass.pdf",
    "CV {} 2026.docx",
    "statement-{}-oct.pdf",
    "IMG_4471_{}_id_front.jpg",
    "{}-contact.vcf",
    "Tenancy agreement - {} - signed.pdf",
    "{}_eTicket.pdf",
    "claim_form_{}.pdf",
    "{}-offer-letter-v2.docx",
    "policy schedule {}.pdf",
)
