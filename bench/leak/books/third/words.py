"""Words of the third book: public bodies and their citizens, families, clubs, schools.

Names are generic parts put together at random; no combination stands for a person.
"""
# ruff: noqa: SIM905 - lists of words read better as text

from bench.leak.books.third import scripts

NON_LATIN = scripts.NON_LATIN
OTHER_SCRIPT = scripts.OTHER_SCRIPT

FIRST = (
    "Alasdair Morven Fraser Kirsty Innes Shona Struan Rhona Gwenhwyfar Rhodri Hamza Iestyn Nerys "
    "Emyr Lowri Ifan Carys Dilwyn Gethin Mared Caoimhe Cillian Gráinne Oisín Sorcha Diarmuid "
    "Róisín Fionnuala Dafydd Donnchadh Marjorie Clive Friedhelm Norman Beryl Derek Hazel Amparo "
    "Graham Yvonne Gheorghe Doreen Ciarán Tracey Kyle Jade Sìne Poppy Finley Alfie Maisie Rose "
    "Lukas Oighrig-Anne Dietmar Wiebke Thorsten Anke Mireille Zoltán Océane Benoît Ghislaine "
    "Loïc Aitor Tommaso Fiorella Ragnhild Montserrat Nuria Aisling Noreen Rui Maarten Tegwen "
    "Dorcas Leonor Bartosz Gudrun Grzegorz Kinga Radek Šárka Séverin Sigbjørn Ioana Răzvan "
    "Eluned Plamen Krešimir Anđela Kaarina Eero Väinö Sjoerd Codruța Åse Birgitta Eglė Mindaugas "
    "Ilze Jānis Kadri Eleftheria Stavros Adaeze Fearghas Chipo Jadwiga Lwazi Nokuthula Burkhard "
    "Heulwen Amadou Fatoumata Jocasta Meabh Yared Mulugeta Wairimu Leire Teun Samira Nadia Bilal "
    "Hüseyin Elif Arash Parisa Duarte Imtiaz Gurpreet Harjinder Priyanka Zlatko Aurélie Dilshan "
    "Nimal Tshering Bishnu Thiri Marloes Malee Thảo Quang Đức Muireall Siti Aishah Jia Hui Yuki "
    "Silke Rosemarie Bleddyn Marisol Itzel Yamileth Cauã Enid Réka Filipa Torcuil Tuomas "
    "Mary-Kate Gladys Anna-Lena Hans-Peter Ana-Maria Kęstutis Žydrūnė Argyro Fotis Sibusiso Yaa "
    "Kojo Mariama Ousmane Sahra Liban Almaz Njeri Kiprono Houda Kamran Shabnam Özlem Navjot "
    "Bhavna Sanjeewa Pemba Nway Kittipong Hương Farah Xinyi Ryota Haneul Xiomara Nahuel Moacir "
    "Litia Tūroa Rawiri"
).split()
LAST = (
    "MacAulay Gilchrist Auchinleck Drummond Ogilvie Buchan Kinnaird Pringle Laidlaw Geddes "
    "Moncrieff Urquhart Cruickshank Dalgleish Menzies Strachan Prydderch Llewellyn Gwilym "
    "Cadwaladr Penry Bowen Maddocks Pugh Gallagher Brennan Mulcahy Cusack Tierney Lenihan "
    "Donoghue McGlinchey Rafferty Feeney Ackroyd Forsyth Lamont Dewhurst Naysmith Fothergill "
    "Gaskell Eynon Meredith Jellicoe Kershaw Devereux Mulvihill Scanlon Barraclough Sidebotham "
    "Pickersgill Rawnsley Birnbaum Finnegan Pike Drake Craddock Lumb Wragg Brinkmann Eberhardt "
    "Feuerstein Grünwald Hölzl Jäger Köhler Dunsmuir Hepburn Garreau Lemoine Pelletier Thibault "
    "Caruso Ferrante Marchetti Pellegrini Dreyer Aguirre Belmonte Etxeberria Montoya Quintanilla "
    "Azevedo Cardoso Tulloch Teixeira Hoekstra Vermeulen Wouters Jankowski Mazurek Pawlak "
    "Wiśniewska Černý Horáček Vondráčková Bíró Varga Somerville Probert Dumitrescu Melrose "
    "Stoyanov Horvat Carmichael Kranjc Virtanen Lehtonen Mäkelä Haugen Bakken Østergaard Nygaard "
    "Bergström Sjöberg Treharne Ozoliņš Midgley Papageorgiou Obiora Afolabi Chukwu Moyo Ncube "
    "Hanratty Cullinane Galbraith Balfour-Reid Diallo Traoré Snodgrass Gebre Bekele Killoran "
    "Ochieng Haddad Ahearne Bouazza Kaltenbach Şahin Rahimi Karimi Hosseini Duckworth Malik "
    "Greenhalgh Dhillon Iyer Banerjee Perera Threlfall Gurung Tamang Kyaw Srisai Appleyard Huỳnh "
    "Santoso Abdullah Cheung Leung Hopkin Nakamura Ishikawa Kilgour Jeong Crabtree Gwynne "
    "Villanueva Barrientos Rintoul Earnshaw Niederhauser Rosskopf Steinbrück Besson Cazeneuve "
    "Desmarais Fournier Guérin Rousselle Bonetti Cattaneo Fumagalli Salvatori Arrizabalaga "
    "Bustamante Lizarraga Henriques Loureiro Dijkstra Huisman Grabowski Zawadzki Kučera Vlahović "
    "Popescu Koskinen Ulvestad Lundgren Stankevičius Bērziņš Georgiadis Eze Nwosu Camara Sesay "
    "Kiplagat Shamoun Mansouri Kaplan Tehrani Gill-Dhaliwal Jayasuriya Thapa Bunnag Hartono "
    "Rahman Fong Tsang Morimoto Choquehuanca Latu"
).split()
SPECIAL_LAST = (
    "bint Yusof",
    "O'Hanlon",
    "N'Dour-Baptiste",
    "D'Souza",
    "Mac Giolla Bhríde",
    "Ní Chonaill",
    "Nic Eoin",
    "ap Gruffudd",
    "Wyn-Parry",
    "Cholmondeley-Marsh",
    "Adeleke-Thorne",
    "Achterberg-Kuhn",
    "van den Eynde",
    "van 't Hoff",
    "ter Braak",
    "de Vasconcelos",
    "dos Prazeres",
    "di Lorenzo",
    "Lo Presti",
    "von der Mühlen",
    "zu Lichtenau",
    "le Goff",
    "El Yaakoubi",
    "Al-Rashidi",
    "Ben-Zvi",
    "Garmendia Otxoa",
    "O'Loughlin-Byrne",
    "Saint-Amand",
)
GAELIC = (
    ("Màiri", "NicLeòid"),
    ("Iain", "MacNèill"),
    ("Seonaidh", "MacÌomhair"),
    ("Oighrig", "NicAonghais"),
    ("Coinneach", "MacCoinnich"),
    ("Peigi", "NicFhionghain"),
    ("Dòmhnall", "MacPhàidein"),
    ("Beathag", "Ghilleasbuig"),
    ("Tormod", "Moireasdan"),
    ("Seumas", "Mac a' Ghobhainn"),
    ("Gráinne", "Ní Mháille"),
    ("Pádraig", "Ó Súilleabháin"),
    ("Áine", "Uí Dhálaigh"),
    ("Tadhg", "Mac Cárthaigh"),
    ("Éamonn", "Ó Conghaile"),
    ("Bláthnaid", "Nic Dhonncha"),
    ("Myfanwy", "ferch Ieuan"),
    ("Llŷr", "ap Tomos"),
    ("Siân", "Môn-Hughes"),
    ("Tomos", "Gruffydd"),
    ("Ceridwen", "Eirlys-Vaughan"),
)
NICK = {
    "Alasdair": "Ally",
    "Fraser": "Fraz",
    "Gwenhwyfar": "Gwen",
    "Marjorie": "Marje",
    "Norman": "Norm",
    "Donnchadh": "Dunc",
    "Fionnuala": "Nuala",
    "Thorsten": "Totti",
    "Montserrat": "Montse",
    "Grzegorz": "Grzesiek",
    "Eleftheria": "Elefti",
    "Gurpreet": "Preeti",
    "Seonaidh": "Shonny",
    "Pádraig": "Podge",
    "Zbigniew": "Zbyszek",
    "Guillaume": "Guigui",
    "Remedios": "Reme",
    "Oluwaseun": "Seun",
    "Chidinma": "Chichi",
    "Sibusiso": "Sbu",
    "Bhavna": "Bhavu",
    "Rosemarie": "Romy",
}
TOWNS = (
    "Ballybofey Tobermory Aberfeldy Kirriemuir Pittenweem Strathaven Mallaig Kingussie "
    "Blairgowrie Galashiels Lerwick Otterburn Llanidloes Pwllheli Llangollen Rathfriland Tregaron "
    "Llandeilo Porthmadog Ystradgynlais Ballinasloe Letterkenny Clonakilty Dungarvan "
    "Magherafelt Strabane Listowel Saltash Ormskirk Cleethorpes Okehampton "
    "Wymondham Leominster Uttoxeter Godalming Hexham Kettering"
).split()
TOWNS += ["Isle of Barra", "Bo'ness", "Tarbert Harris", "Newton Stewart", "Baile Mhic Andáin"]
STREETS = (
    "Kirkgate,Saltmarket Wynd,Burnside Loan,Seabank Road,Viewfield Crescent,Bridgend Terrace,"
    "Heol y Felin,Stryd Fawr,Lôn Cae Glas,Maes yr Haf,Ffordd Penrhyn,Sráid na Cathrach,"
    "Bóthar an Chaisleáin,Upper Quay Street,Rathmore Park,Cromwell's Fort Avenue,Ashgrove Mews,"
    "Gasworks Yard,Tanpit Fold,Dyers' Row,Allotment Way,Old Toll Lane,Cinder Path,Weavers Green,"
    "Rope Walk,Poplar Rise,Signal Box Court,Kiln Field,Marina Approach,Chapel Steps,"
    "Sràid na h-Eaglaise,Rathad an Taobh Siar,Fleshers' Vennel,Lower Common,Nursery Bank"
).split(",")
HOUSES = (
    "Taigh na Mara,Tigh-an-Uillt,Tŷ Gwyn,Hen Ysgoldy,Bwthyn y Graig,Teach an Phobail,"
    "The Old Smithy,Rowan Croft,Curlew Barn,Braehead Steading,Fferm Cwm Isaf,Gorse Lodge"
).split(",")
ABROAD = {
    "de": (
        "Gerbergasse {},Am Mühlgraben {},Hinter der Kelter {}a,Lindenhofstr. {}".split(","),
        "Göppingen Oldenburg Marburg Eberswalde Amstetten".split(),
    ),
    "fr": (
        "{} rue des Tanneurs,{} bis chemin du Lavoir,{} allée des Charmes,{} quai aux Grains".split(
            ","
        ),
        "Angoulême Quimper Valenciennes Mulhouse".split(),
    ),
    "es": (
        ("Calle del Olmo {}", "Avda. de los Molinos {}, 3º B", "Plaza del Horno {}"),
        "Albacete Logroño Huelva Ponferrada".split(),
    ),
    "it": (
        "Via dei Tigli {},Vicolo del Forno {}/B,Piazza del Mercato Vecchio {}".split(","),
        "Udine Cremona Viterbo Trapani".split(),
    ),
    "pt": (
        "Rua das Hortas {},Travessa do Poço {} 2.º Esq.,Largo da Fonte {}".split(","),
        "Setúbal Viseu Portimão".split(),
    ),
    "nl": (
        "Touwslagersdijk {},Molenpad {}-hs,Oude Veerweg {}".split(","),
        "Deventer Leeuwarden Kortrijk".split(),
    ),
    "pl": (
        "ul. Lipowa {} m. 3,ul. Garncarska {},os. Zielone Wzgórza {}/17".split(","),
        "Rzeszów Olsztyn Zamość".split(),
    ),
    "us": (
        "{} Sycamore Hollow Rd,{} W Quarry St Apt 2C,{} County Road 9".split(","),
        "Chillicothe,Sheboygan,Walla Walla,Bozeman".split(","),
    ),
}
HOME_DOMAINS = (
    "letterbox.example",
    "croftmail.example",
    "post.cartref.example",
    "briefkasten.example.org",
    "laposte-perso.example",
    "webmail.example.com",
    "correo-casa.example",
    "mail.teaghlach.example",
)
WORK_DOMAINS = (
    "civic.internal",
    "staff.campus.test",
    "wards.local",
    "payroll.example.org",
    "hq.shire.invalid",
)
HANDLES = (
    "tidewrack,wheelie.bin,kelpie_rider,sourdoughsid,ukulele.nan,penguinpostie,marmaladecat,"
    "bagpipebaby,thirdrow_tuba,cwtchmonster,slowcookerqueen,hedgehog_hq,mudlarker,ravenclause,"
    "offpeak_otis,teacake.tim,zebracrossing,allotmenteer,kaffeekranz,velo.voisin"
).split(",")
BRANDS = (
    ("Northshore Council", "northshore-council.example"),
    ("Glenlarig Health Board", "glenlarig-health.example"),
    ("Citizen Services Centre", "citizen-services.example"),
    ("Strathorran University", "strathorran-uni.example"),
    ("Fairlead Homes", "fairlead-homes.example"),
    ("Tribunals and Courts Office", "courts-office.example"),
    ("Shared Payroll Services", "shared-payroll.example"),
    ("Cyngor Bro Hafren", "bro-hafren.example"),
    ("Comhairle na Cathrach", "comhairle-cathrach.example"),
    ("Learning Trust", "learning-trust.example"),
    ("Wayside Community Club", "wayside-club.example"),
    ("Bürgeramt Online", "buergeramt-online.example"),
    ("Carers Alliance", "carers-alliance.example"),
    ("Pension and Benefits Agency", "pension-benefits.example"),
)
HOSTS = (
    "citizen-gate",
    "my-rent-space",
    "clinic-booking",
    "parent-portal",
    "jury-info",
    "ballot-desk",
    "webinar-signup",
)
REPORTERS = ("edge.postrelay.example", "mx2.campusmail.example", "inbound.govmail.example")
SELECTORS = ("nov26", "dk2", "outbound1", "rsa2048")
FILES = (
    "{}_care_plan_v2.docx",
    "Payslip {} Oct 26.pdf",
    "{}-transcript-signed.pdf",
    "tenancy agreement ({}).pdf",
    "Sick note_{}.jpg",
    "IMG_birthcert_{}.heic",
    "{} - EHCP draft.doc",
    "Zeugnis_{}.pdf",
    "attestation-{}.pdf",
    "Lebenslauf {}.odt",
    "P60_{}_2026.pdf",
    "{}_DBS_certificate.tif",
    "Statement of {} (signed).pdf",
    "DiscLetter-{}.rtf",
    "nomina_{}.xlsx",
    "{}_prescription_scan.png",
)
PASS_WORDS = (
    "copper lantern gravel violin badger teapot walnut ferry marble pickle thistle comet saddle "
    "turnip harbor velvet acorn biscuit rocket puffin"
).split()
