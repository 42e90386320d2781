"""The names that people give to columns, in Danish and English: folded, with no signs."""

COLUMNS = {
    "name": "navn name titel title organisation organization enhedsnavn forening foreningsnavn "
    "sted stednavn placename park enhed institution afdelingsnavn betegnelse virksomhed label "
    "assetname navnet",
    "summary": "beskrivelse description resume kortbeskrivelse ikorthed tekst text desc "
    "bemaerkning bemaerkninger note noter notes formaal activities aktiviteter omtale info "
    "inshort summary kortfortalt ikort",
    "more": "objects cmt comment kommentar",
    "kind": "type kategori category art kind slags enhedstype legepladstype assettype folder "
    "mappe gruppe group hvaddeter whatitis organisationstype",
    "layer": "lag layer aktivtype assetlayer",
    "id": "key noegle id kildeid sourceid uid uuid globalid objectid fid orgid legepladsid "
    "referenceid nr",
    "address": "adresse address vejadresse vejadresseringsnavn fuldadresse fulladdress location "
    "gadeadresse streetaddress adressebeskrivelse addressline",
    "street": "vej vejnavn gade street streetname",
    "number": "husnr husnummer number housenumber nummer",
    "postcode": "postnr postnummer postcode zip postalcode zipcode plz",
    "city": "by postdistrikt bynavn town city postby kommune postbynavn",
    "latitude": "lat latitude breddegrad bredde y ykoordinat nord north northing koordinaty "
    "wgs84lat",
    "longitude": "lon lng long longitude laengdegrad laengde x xkoordinat oest east easting "
    "koordinatx wgs84lon",
    "position": "position koordinater coordinates koordinat geom geometry wkt latlon latlng punkt "
    "wktgeometry geometri",
    "languages": "sprog languages language",
    "visibility": "synlighed visibility hvemmaasedet",
    "website": "link website web www hjemmeside url homepage websted webside internet",
    "email": "email epost mail emailadresse kontaktemail",
    "phone": "telefon tlf phone telefonnummer mobil tel telephone phones",
    "cvr": "cvr cvrnr cvrnummer cvrnumber",
    "opening_hours": "aabningstid aabningstider openinghours aabent hours",
    "capacity": "kapacitet capacity pladser antalpladser pladstil roomfor",
    "wheelchair": "koerestol wheelchair koerestolsadgang tilgaengelighed",
    "facilities": "faciliteter facilities",
    "stage": "fase stadie stage trin",
    "form": "form organisationsform",
    "founded": "stiftet founded oprettet grundlagt dateregistered",
    "audience": "maalgruppe audience forhvem aldersgruppe youthserved",
    "meeting_times": "moedetid moedetider meetingtimes tidspunkt moedes",
    "sector": "sektor sector ejerforhold",
    "booking_url": "booking bookinglink bookingurl",
    "gift:can": "cangive kangive evner gifts kan gift can ressourcer",
    "gift:teach": "kanlaerefrasig teach underviser",
    "gift:learn": "oensker wishes vilgerne learn",
    "tie:runs:back": "drivesaf runby operator arrangoer",
    "tie:part_of:out": "delaf partof hoererunder",
    "tie:meets_at:out": "moedesi hjemmei meetsat holdertili",
    "tie:works_with:out": "samarbejdermed workswith partnere samarbejdspartnere",
}
LINKS = {
    "source": "keyoffrom noeglefra fraid fra from source sourceid kilde kildeid a en",
    "source_name": "franavn fromname sourcename",
    "tie": "relation forbindelse tie kind type slags relationstype linktype",
    "target": "keyofto noegletil tilid til to target targetid maal b anden",
    "target_name": "tilnavn toname targetname",
    "since": "siden since start fradato",
    "until": "indtil until slut tildato",
    "strength": "styrke strength",
    "note": "note bemaerkning noter",
}
GIFTS = {
    "asset": "key noegle id uid asset aktiv assetid kildeid hvem",
    "asset_name": "navn name assetname",
    "gift": "evne gift evner ressource text giftorwish evneelleroenske",
    "mode": "hvordan mode how",
    "note": "note bemaerkning",
    "times": "hvornaar times when",
}
# Kinds of things that no list of ours names so: {words: "layer:kind"}.
KINDS = {
    "almen boligafdeling": "place:housing",
    "boligafdeling": "place:housing",
    "almen boligorganisation": "institution:housing",
    "boligorganisation": "institution:housing",
    "boligselskab": "institution:housing",
    "daginstitution": "institution:day_care",
    "boernehave": "institution:day_care",
    "vuggestue": "institution:day_care",
    "kulturhus": "institution:culture",
    "bibliotek": "institution:library",
    "library": "institution:library",
    "skole": "institution:school",
    "school": "institution:school",
    "kirke": "institution:faith",
    "church": "institution:faith",
    "moske": "institution:faith",
    "mosque": "institution:faith",
    "butik": "institution:business",
    "cafe": "institution:business",
    "laege": "institution:health",
    "idraetsforening": "association:",
    "frivillig forening": "association:",
    "klub": "association:",
    "club": "association:",
    "charity": "association:",
    "community garden": "place:garden",
    "nyttehave": "place:garden",
    "youth center": "place:centre",
    "beboerhus": "place:centre",
    "faelleshus": "place:room",
    "faelleslokale": "place:room",
    "gaard": "place:courtyard",
    "gaardhave": "place:courtyard",
}
TIES = {
    "har afdeling": "has_department:out",
    "har adresse": "has_site:out",
    "samarbejder": "works_with:out",
    "samarbejde": "works_with:out",
    "bruger": "uses:out",
    "driver": "runs:out",
    "stoetter": "supports:out",
    "medlem af": "member_of:out",
    "en del af": "part_of:out",
    "hjaelper": "helps:out",
}
