"""Danish words and sentences that made data is put together of. They are about nobody."""

# A compound is one of WHO, of WHAT and of a group: "pigegymnastikforening".
WHO = (
    *("pige", "drenge", "børne", "junior", "ungdoms", "kvinde", "mande", "familie", "forældre"),
    *("bedste", "senior", "veteran", "begynder", "motions", "amatør", "hobby", "fritids"),
    *("morgen", "formiddags", "eftermiddags", "aften", "weekend", "søndags", "forårs", "sommer"),
    *("efterårs", "vinter", "jule", "by", "bydels", "kvarters", "nabo", "gårds", "opgangs"),
    *("beboer", "lejer", "kolonist", "skole", "kultur", "folke", "ø", "fjord", "skov", "mose"),
)
WHAT = (
    *("gymnastik", "fodbold", "håndbold", "volley", "badminton", "bordtennis", "petanque", "yoga"),
    *("svømme", "cykel", "løbe", "vandre", "ro", "kajak", "klatre", "bokse", "danse", "skak"),
    *("strikke", "hækle", "nørkle", "sy", "patchwork", "keramik", "male", "tegne", "foto", "film"),
    *("kor", "sang", "musik", "guitar", "harmonika", "teater", "revy", "læse", "skrive", "kort"),
    *("kolonihave", "have", "bi", "frø", "kompost", "høns", "fugle", "hunde", "fiske", "svampe"),
    *("mad", "bage", "sylte", "suppe", "snedker", "cykelsmed", "reparations", "byttemarkeds"),
    *("robot", "edb", "radio", "brætspil", "filt", "lektie", "sprog", "havkajak", "ukulele"),
    *("slægts", "arkiv", "tur", "drage", "modeltog", "vinterbader", "grøntsags", "loppe"),
)
GROUP = ("forening", "klub", "kreds", "gruppe", "bande", "flok", "cirkel", "café")  # en …
OTHER_GROUP = ("laug", "netværk", "fællesskab", "hold", "selskab", "værksted", "venner")  # et …
FANCY = (
    *("Lynet", "Fremad", "Stjernen", "Kløveret", "Anemonen", "Mariehønen", "Svalen", "Pindsvinet"),
    *("Kompasset", "Løvefod", "Regnbuen", "Tusindfryd", "Nordlyset", "Havgassen", "Egernet"),
    *("Solstrålen", "Vildskud", "Brombærret", "Paraplyen", "Klokkeblomsten", "Gnisten"),
)

# Names of neighbourhoods and of streets: FIRST with one of the others.
FIRST = (
    *("Sol", "Nørre", "Øster", "Sønder", "Vester", "Å", "Birke", "Lærke", "Bøge", "Kløver", "Ege"),
    *("Mølle", "Enge", "Hassel", "Linde", "Pile", "Rønne", "Tjørne", "Hyben", "Kastanje", "Ahorn"),
    *("Svale", "Stære", "Vibe", "Ugle", "Måge", "Hejre", "Trane", "Glente", "Gøge", "Drossel"),
    *("Søndergårds", "Nørregårds", "Kilde", "Mose", "Sø", "Bæk", "Fjord", "Strand", "Klit"),
    *("Hede", "Skov", "Krat", "Rugs", "Hvede", "Havre", "Humle", "Raps", "Valmue", "Anemone"),
    *("Viol",),
)
NEIGHBOURHOOD = (
    *("bakken", "lunden", "parken", "vænget", "engen", "gården", "højen", "dalen", "krogen"),
    *("marken", "byen", "toften", "ageren", "holmen", "skrænten", "lyngen", "kæret", "haven"),
    *("kilden", "brinken", "skoven", "huset", "sletten", "odden", "stien"),
)
SIDES = ("", " Nord", " Syd", " Øst", " Vest")
STREET = ("vej", "gade", "allé", "stræde", "sti", "gang", "have", "plads", "bakke", "vang")

# A resident's name says that it is none: "Nabo Humleknop 214".
NEIGHBOUR = ("Nabo", "Genbo", "Overbo", "Underbo", "Sidebo")
NONSENSE = (
    *("Humle", "Vimse", "Trille", "Brumme", "Pjuske", "Knirke", "Fnug", "Snurre", "Plaske"),
    *("Nusse", "Tumle", "Rasle", "Sjokke", "Pusle", "Krølle", "Bimmel", "Fjolle", "Hoppe"),
    *("Skralde", "Mumle", "Glimte", "Snøvle", "Tromme", "Kilde", "Boble", "Fløjte", "Rumle"),
)
PET_NAME = (
    *("knop", "top", "rap", "trold", "pind", "hat", "sko", "bold", "tud", "prik", "tap", "dut"),
    *("strømpe", "næse", "stub", "kugle", "fjer", "kvist", "knap", "hale", "skæg", "lom", "kage"),
)
AVAILABILITY = ("", "", "hverdage efter kl. 17", "formiddage", "i weekenden", "efter aftale")
WOULD_START = ("en {}", "en {} i gården", "en {} for alle", "en {} hver onsdag")

# Institutions: (kind, sector, what it is called).
INSTITUTIONS = (
    ("library", "public", ("Bibliotek", "Nærbibliotek", "Børnebibliotek", "Bogbusstop")),
    ("culture", "public", ("Kulturhus", "Musikskole", "Billedskole", "Lokalarkiv")),
    ("school", "public", ("Skole", "Ungdomsskole", "Produktionshøjskole", "Sprogskole")),
    ("day_care", "public", ("Børnehus", "Vuggestue", "Skovbørnehave", "Fritidshjem")),
    ("housing", "civil", ("Boligforening", "Boligselskab", "Andelsboligforening")),
    ("health", "public", ("Sundhedshus", "Sundhedscenter", "Plejecenter", "Tandpleje")),
    ("police", "public", ("Nærpoliti", "Brandstation")),
    ("municipality", "public", ("Borgerservice", "Jobcenter", "Familiehus")),
    ("community_work", "civil", ("Boligsociale Indsats", "Beboerrådgivning", "Helhedsplan")),
    ("business", "private", ("Bageri", "Cykelsmedje", "Købmandsgård", "Gartneri", "Planteskole")),
    ("media", "civil", ("Lokalradio", "Kvartersavis")),
    ("faith", "civil", ("Sognegård", "Menighedshus")),
    ("sport", "civil", ("Idrætscenter", "Svømmehal", "Rideskole")),
    ("other", "private", ("Kontorfællesskab", "Værksted")),
)

# Places: a compound of WHOSE and one of these, such as "bydelsværksted".
WHOSE = (
    *("bydels", "kvarters", "gårds", "beboer", "fælles", "nabo", "kultur", "ungdoms", "børne"),
    *("senior", "familie", "skov", "eng", "mølle", "havne", "torve", "stations", "skole", "musik"),
    *("idræts", "natur", "sommer", "vinter", "kirke", "sø", "ager", "å", "bakke", "bæk", "klub"),
)
PLACES = (
    ("room", ("sal", "lokale", "hus", "stue", "køkken", "lounge")),
    ("centre", ("center", "forum")),
    ("studio", ("værksted", "atelier", "øvelokale", "systue")),
    ("courtyard", ("gård", "atrium")),
    ("garden", ("have", "nyttehave", "drivhus", "frugtlund", "højbede")),
    ("park", ("park", "anlæg", "eng", "lund", "slette")),
    ("playground", ("legeplads", "naturlegeplads", "rutsjebane", "sandkasse")),
    ("staffed_playground", ("byggelegeplads",)),
    ("sport", ("bane", "boldbur", "skaterbane", "petanquebane", "motionssti")),
    ("square", ("torv", "plads", "trappe", "promenade")),
    ("other", ("bålplads", "shelter", "bro", "orangeri", "byttehylde")),
)
FACILITIES = (
    *("køkken", "toilet", "borde og stole", "scene", "projektor", "klaver", "bålsted", "vand"),
    *("værktøj", "symaskiner", "ovn til ler", "skur", "bænke", "grill", "strøm", "puslebord"),
)
OPENING_HOURS = (
    "",
    "Mandag til fredag 9-16",
    "Hverdage 10-18, lørdag 10-14",
    "Altid åbent",
    "Tirsdag og torsdag 15-20",
    "Efter aftale",
)
MEETING_TIMES = (
    *("", "Mandage kl. 19", "Onsdage kl. 16.30", "Første torsdag i måneden", "Lørdage kl. 10"),
    *("Tirsdage kl. 9", "Hver anden søndag"),
)
AUDIENCE = (
    *("", "alle", "børn og unge", "pensionister", "nye naboer", "familier", "begyndere og øvede"),
    *("unge fra 15 år", "voksne", "dem der bor i kvarteret"),
)

OWN_WORDS = (
    *("Bage surdejsbrød med naboerne", "Lappe cykler i gården", "Passe planter i ferien"),
    *("Fortælle om kvarteret i gamle dage", "Låne en trailer ud", "Gå tur med en hund"),
    *("Rime og skrive lejlighedssange", "Hjælpe på en flyttedag", "Sætte et telt op"),
    *("Spille musik til festen", "Lave kaffe til mange", "Slibe knive og sakse"),
)

# Sentences; a compound stands at {}.
OPENINGS = {
    "resident": (
        "Bor her i kvarteret og kender mange i opgangen.",
        "Har boet her i en del år og er glad for gården.",
        "Er flyttet hertil og vil gerne lære naboerne at kende.",
        "Kan godt lide at bruge hænderne og at lære fra sig.",
        "Har tid til overs, mest om formiddagen og i ferierne.",
        "Møder gerne op, når der skal bæres, bages eller bygges.",
        "Er vant til at samle folk om et langt bord.",
    ),
    "association": (
        "Vi mødes hver uge året rundt, og alle kan være med.",
        "En lille gruppe, som begyndte ved et køkkenbord.",
        "Vi er naboer, der gør noget sammen, fordi det er sjovt.",
        "Foreningen har rødder langt tilbage i kvarteret.",
        "Her er plads til både øvede og dem, der aldrig har prøvet.",
        "Vi deler udstyr og erfaring og betaler kun for materialer.",
        "Vi holder til i kvarteret og tager imod nye hele året.",
    ),
    "institution": (
        "Et hus for hele kvarteret, hvor døren står åben.",
        "Her kan man få vejledning og møde andre fra kvarteret.",
        "Vi arbejder tæt sammen med skoler og foreninger.",
        "Huset er bygget om og har fået nye rum til fælles brug.",
        "Personalet kender området og hjælper gerne en idé i gang.",
        "Vi låner lokaler ud om aftenen, når der ellers er lukket.",
    ),
    "place": (
        "Et sted, hvor man kan sidde, også når det regner.",
        "Stedet kan bruges af alle, som rydder op efter sig.",
        "Her er læ for vinden og sol det meste af dagen.",
        "Et rum med god plads og højt til loftet.",
        "Det ligger lidt gemt, men er let at finde på kortet.",
        "Naboerne har selv bygget det meste og passer det sammen.",
    ),
}
MIDDLES = (
    "Der er også en {} for dem, der har lyst.",
    "Vil gerne finde andre til en {} til foråret.",
    "Har tidligere været med i en {} i nabokvarteret.",
    "Sidste år blev det til en {}, som stadig lever.",
    "Hører gerne fra en {}, der mangler et sted at være.",
    "Samarbejder af og til med en {} længere nede ad vejen.",
    "Til sommer er der åbent hus sammen med en {}.",
    "Planen er en {}, hvis et par stykker melder sig.",
)
ENDINGS = (
    "Kig forbi og hils på.",
    "Kaffen er altid varm.",
    "Spørg endelig, også om det, du tror er småt.",
    "Tag gerne en ven med.",
    "Det koster ikke noget at være med.",
    "Alle sprog er velkomne.",
    "Vi finder ud af det hen ad vejen.",
    "Skriv eller ring, før du kommer.",
    "Der er elevator og plads til barnevogne.",
    "Børn er velkomne, når en voksen er med.",
)

# Endings by which a search can be measured: (share of the assets, sentence).
MEASURED = (
    (0.0005, "Her bygges der også en glasharmonika."),
    (0.01, "Hver torsdag er der gratis retshjælp."),
    (0.023, "Mandag er der gymnastik i salen."),
)
