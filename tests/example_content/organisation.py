"""Who is who, what to do in an emergency, and the rules of the house."""

from datetime import datetime

from example_content.document import Deck, Document, Slide

ORGANIGRAMM_SLIDES = (
    Slide(
        title="Überblick",
        boxes=(
            ("Geschäftsführung\nDr. Henrike Aldenhoff",),
            (
                "Kaufmännische Leitung\nTobias Rehbein",
                "Technik\nDr.-Ing. Piotr Sadowski",
                "Produktion\nUwe Grotjahn",
                "Vertrieb und Service\nMatthias Osterloh",
            ),
            (
                "Personal\nIT\nEinkauf\nFinanzen",
                "Entwicklung\nKonstruktion\nQualität",
                "Halle 1 und Halle 2\nInstandhaltung\nLogistik",
                "Vertrieb\nKundendienst",
            ),
        ),
        text="""\
240 Beschäftigte am Standort Hellbrück, davon 14 Auszubildende. Die vier Bereichsleitungen bilden mit der
Geschäftsführung die Leitungsrunde, die jeden Montag um 9:00 Uhr tagt.
""",
    ),
    Slide(
        title="Geschäftsführung und Verwaltung",
        text="""\
| Abteilung | Leitung | Durchwahl | Vertretung | Durchwahl Vertretung |
|------|------|----|------|----|
| Geschäftsführung | Dr. Henrike Aldenhoff | 100 | Tobias Rehbein | 120 |
| Assistenz der Geschäftsführung | Corinna Pape | 101 | Gudrun Meinecke | 125 |
| Finanzen und Buchhaltung | Tobias Rehbein | 120 | Swantje Ohlsen | 121 |
| Personal | Marlies Kettler | 130 | Jonas Brandhorst | 131 |
| Ausbildung | Hanna Petersen | 135 | Marlies Kettler | 130 |
| IT | Farid Naderi | 140 | Lena Wübbels | 141 |
| Einkauf | Renate Fiebig | 180 | Marco Stellmann | 181 |
""",
    ),
    Slide(
        title="Technik und Produktion",
        text="""\
| Abteilung | Leitung | Durchwahl | Vertretung | Durchwahl Vertretung |
|------|------|----|------|----|
| Entwicklung und Konstruktion | Dr.-Ing. Piotr Sadowski | 200 | Annika Thode | 201 |
| Qualität | Dr. Katrin Volkmer | 240 | Sven Lührs | 241 |
| Produktion | Uwe Grotjahn | 220 | Silke Marquardt | 221 |
| Halle 1, mechanische Fertigung | Dirk Hennings | 224 | Claas Petermann | 226 |
| Halle 2, Montage | Aylin Demir | 225 | Karim Osmani | 227 |
| Instandhaltung | Holger Brinkmann | 230 | Mirko Jansen | 231 |
| Logistik und Lager | Thorsten Wiechert | 190 | Jana Pohl | 191 |
""",
    ),
    Slide(
        title="Vertrieb und Service",
        text="""\
| Abteilung | Leitung | Durchwahl | Vertretung | Durchwahl Vertretung |
|------|------|----|------|----|
| Vertrieb | Matthias Osterloh | 160 | Ines Hagedorn | 161 |
| Ersatzteilverkauf | Nele Quandt | 165 | Ralf Timmann | 166 |
| Marketing und Messen | Ines Hagedorn | 161 | Leonie Sievers | 163 |
| Kundendienst | Britta Seedorf | 170 | Emre Kaplan | 171 |
| Einsatzplanung Service | Wiebke Harms | 173 | Britta Seedorf | 170 |

Die Einsatzplanung entscheidet täglich um 10:00 Uhr über die Zuteilung der 16 Servicetechniker.
""",
    ),
    Slide(
        title="Beauftragte und Betriebsrat",
        text="""\
| Aufgabe | Name | Durchwahl | Hinweis |
|------|------|----|--------|
| Fachkraft für Arbeitssicherheit | Nils Bergengrün | 250 | dienstags und donnerstags in Halle 1 |
| Datenschutz | Gregor Tannhoff | 148 | Sprechstunde nach Vereinbarung |
| Brandschutz | Thorsten Wiechert | 190 | Rundgang im ersten Monat des Quartals |
| Gefahrstoffe und Abfall | Mirko Jansen | 231 | Freigabe neuer Stoffe innerhalb von 10 Tagen |
| Gleichstellung und Beschwerdestelle | Corinna Pape | 101 | vertraulich, auch per Brief |
| Schwerbehindertenvertretung | Ralf Timmann | 166 | Vertretung: Jana Pohl |
| Betriebsrat, Vorsitz | Petra Lohmeyer | 260 | Sprechstunde mittwochs 13:00 bis 15:00 Uhr |
| Betriebsrat, stellvertretender Vorsitz | Karsten Wulff | 261 | freigestellt zu 50 Prozent |
""",
    ),
    Slide(
        title="Zeichnungsberechtigung",
        text="""\
| Stufe | Bestellungen bis | Verträge bis | Bemerkung |
|------|------|------|--------|
| Teamleitung | 1.000 EUR | keine | nur eigene Kostenstelle |
| Abteilungsleitung | 10.000 EUR | 12 Monate Laufzeit | zweite Unterschrift durch Einkauf |
| Bereichsleitung | 50.000 EUR | 36 Monate Laufzeit | zweite Unterschrift durch Finanzen |
| Geschäftsführung | unbegrenzt | unbegrenzt | ab 400.000 EUR mit Zustimmung des Beirats |

Prokura haben Tobias Rehbein und Matthias Osterloh, jeweils gemeinsam mit der Geschäftsführung.
""",
    ),
    Slide(
        title="Beschäftigte nach Abteilung",
        text="""\
| Abteilung | Personen | Abteilung | Personen |
|------|----|------|----|
| Geschäftsführung und Assistenz | 3 | Produktion | 96 |
| Finanzen | 11 | Instandhaltung | 10 |
| Personal | 7 | Qualität | 12 |
| IT | 9 | Vertrieb | 17 |
| Einkauf | 9 | Kundendienst | 22 |
| Entwicklung und Konstruktion | 31 | Logistik und Lager | 13 |

Stand: 1. Februar 2026, Summe 240. Offene Stellen: zwei Servicetechniker, eine Softwareentwicklerin oder ein
Softwareentwickler.
""",
        notes="Die Zahlen werden halbjährlich zum 1. Februar und zum 1. August aktualisiert.",
    ),
)

NOTFALLPLAN = """\
Dieser Plan gilt für alle Personen auf dem Werksgelände Hellbrück, auch für Besucher und Fremdfirmen.
Verantwortlich ist Nils Bergengrün, Fachkraft für Arbeitssicherheit. Der Plan hängt in jedem Treppenhaus und
an jedem Tor aus.

# 1 Notruf

Von jedem Telefon im Werk: interner Notruf 777. Er erreicht die Pforte rund um die Uhr; die Pforte alarmiert
Feuerwehr und Rettungsdienst, schickt einen Einweiser an Tor 1 und löst bei Bedarf die Räumung aus. Vom
Handy zuerst 112 wählen und danach die Pforte unter 040 66969-777 verständigen.

- Wo ist es passiert? Halle, Tor oder Säulennummer nennen.
- Was ist passiert?
- Wie viele Verletzte?
- Warten auf Rückfragen.

# 2 Brand und Räumung

## 2.1 Verhalten

Kleine Brände mit dem nächsten Feuerlöscher bekämpfen, wenn das ohne Gefahr möglich ist. Türen schließen,
Aufzug nicht benutzen, Maschinen mit dem Not-Halt abschalten. Das Räumungssignal ist ein an- und
abschwellender Ton von 60 Sekunden. Jede Person verlässt das Gebäude sofort auf dem kürzesten Weg und hilft
anderen. Taschen und Jacken bleiben zurück.

## 2.2 Sammelplätze

Sammelplatz A liegt auf dem Parkplatz Nord und gilt für Verwaltung, Entwicklung und Halle 1. Sammelplatz B
liegt auf der Wiese hinter dem Hochregallager und gilt für Halle 2, Lager und Kantine. Die Räumungshelfer
tragen gelbe Westen und melden die Vollzähligkeit innerhalb von zehn Minuten per Funk auf Kanal 4. Das
Gelände darf erst nach Freigabe durch die Feuerwehr wieder betreten werden.

## 2.3 Übung

Die Räumung wird jedes Jahr im Oktober geübt. Bei der letzten Übung am 8. Oktober 2025 war das Werk nach 6
Minuten und 40 Sekunden geräumt; das Ziel sind sechs Minuten. Verzögerungen gab es in der Kantine, weil der
zweite Ausgang verstellt war.

# 3 Unfall und Erste Hilfe

Im Werk sind 26 Ersthelfer ausgebildet, je Schicht mindestens vier in jeder Halle. Defibrillatoren hängen an
der Pforte, im Meisterbüro von Halle 1 und neben Tor 4 in Halle 2. Der Sanitätsraum ist Raum 0.07 im
Erdgeschoss der Verwaltung; den Schlüssel hat die Pforte. Jede Verletzung wird in das elektronische
Verbandbuch eingetragen. Bei Augenverletzungen durch Kühlschmierstoff mindestens 15 Minuten spülen.

# 4 Austritt gefährlicher Stoffe

Bindemittel und Abdeckungen für Kanäle liegen im roten Schrank neben dem Öllager. Ausgelaufenes Öl ab 20
Litern ist dem internen Notruf zu melden, weil das Regenwasser in die Helle fließt. Der Schieber im Hof
hinter Halle 1 wird mit zwölf Umdrehungen nach rechts geschlossen. Gasgeruch: keine Schalter betätigen,
Haupthahn an der Westwand des Heizhauses schließen, Sammelplatz A aufsuchen.

# 5 Stromausfall

Die Notbeleuchtung hält mindestens 60 Minuten. Die Server laufen mit der USV 25 Minuten weiter und fahren
dann geordnet herunter; das Notstromaggregat versorgt nur Pforte, Sprinklerpumpe und Telefonanlage. Krane
bleiben stehen, hängende Lasten sind abzusperren. Nach Rückkehr des Stroms wartet die Fertigung auf die
Freigabe durch die Instandhaltung.

# 6 Ausfall der IT

Bei Verdacht auf einen Angriff zieht jede Person das Netzkabel, lässt das Gerät aber eingeschaltet. Die IT
ruft den Krisenstab ein. Notfallhandys mit Papierlisten liegen im Tresor der Pforte. Lieferscheine werden
bis zu fünf Tage von Hand geschrieben, der Block dafür liegt im Versandbüro.

# 7 Krisenstab

Der Krisenstab trifft sich innerhalb von 45 Minuten im Raum Elbe, ersatzweise im Feuerwehrhaus Hellbrück.
Leiterin ist Dr. Henrike Aldenhoff, ihr Vertreter Uwe Grotjahn. Weitere Mitglieder sind Tobias Rehbein,
Farid Naderi, Marlies Kettler und Nils Bergengrün. Auskünfte an die Presse gibt nur die Leiterin. Angehörige
werden ausschließlich durch Marlies Kettler persönlich informiert.
"""

HAUSORDNUNG = """\
# Zutritt und Besucher

Das Werk ist montags bis freitags von 5:00 bis 22:30 Uhr geöffnet, samstags von 6:00 bis 14:00 Uhr. Der
Werksausweis ist sichtbar zu tragen. Ein verlorener Ausweis kostet 12 EUR. Besucher werden spätestens am
Vortag im Besucherportal angemeldet, tragen eine orangefarbene Weste und werden überall begleitet. Kinder
unter 14 Jahren dürfen die Hallen nur am Familientag betreten.

# Parken und Laden

Auf dem Parkplatz Nord gibt es 168 Plätze, davon sechs für Fahrgemeinschaften nahe am Eingang. An acht
Ladesäulen kann für 0,34 EUR je Kilowattstunde geladen werden; nach vier Stunden ist der Platz freizugeben,
sonst wird eine Blockiergebühr von 5 EUR je Stunde fällig. Fahrräder gehören in das Fahrradhaus am Tor 2,
nicht an Geländer. Für Motorräder sind die Flächen neben dem Pförtnerhaus reserviert.

# Handys, Fotos und Kopfhörer

In den Hallen 1 und 2 ist die Benutzung von Handys außerhalb der gelb markierten Telefonzonen verboten, auch
in der Pause. Ausgenommen sind Ersthelfer, Instandhaltung und Meisterbüros. Fotografieren und Filmen ist im
ganzen Werk nur mit schriftlicher Erlaubnis der Bereichsleitung gestattet. Kopfhörer sind an Maschinen und
auf Fahrwegen nicht erlaubt; Gehörschutz mit Funk gibt die Instandhaltung aus.

# Arbeitskleidung und Spinde

In den Hallen gilt Tragepflicht für Sicherheitsschuhe der Klasse S3. Die Firma zahlt dafür jährlich bis 130
EUR. Arbeitskleidung wird jeden Montag getauscht. Spinde sind beim Ausscheiden besenrein zu übergeben; wird
der Schlüssel nicht zurückgegeben, werden 35 EUR berechnet. Wertsachen sind nicht versichert.

# Rauchen, Alkohol und Drogen

Rauchen und Dampfen ist nur in den drei Raucherpavillons erlaubt, Rauchpausen werden ausgestempelt. Im Werk
gilt 0,0 Promille. Wer unter dem Einfluss von Alkohol, Cannabis oder anderen Drogen steht, wird nach Hause
gebracht und verliert für den Tag den Anspruch auf Entgelt. Bei Feiern kann die Geschäftsführung Ausnahmen
nach Arbeitsende zulassen.

# Kantine und Pausen

Die Kantine ist von 11:15 bis 13:30 Uhr geöffnet. Bezahlt wird mit dem Werksausweis. Die Preise für
Beschäftigte sind bezuschusst:

| Angebot | Preis für Beschäftigte |
|---|---|
| Tagesgericht | 4,90 EUR |
| vegetarisches Gericht | 4,40 EUR |
| Salatteller, klein | 2,80 EUR |
| Kaffee | 0,80 EUR |

Auszubildende zahlen die Hälfte. Vorbestellungen für Allergiker nimmt die Küche bis 9:00 Uhr unter der
Durchwahl 290 an. Mikrowellen stehen in den Pausenräumen und sind nach Gebrauch zu reinigen. In der
Spätschicht versorgt der Automat in Halle 1.

# Ordnung, Fundsachen und Tiere

- Fluchtwege und Feuerlöscher sind jederzeit frei zu halten.
- Fundsachen werden an der Pforte abgegeben und dort drei Monate aufbewahrt.
- Hunde sind nur in der Verwaltung und nur mit Zustimmung aller im Raum erlaubt.
- Pakete mit privatem Inhalt werden nicht angenommen.
- Fahrzeuge fahren auf dem Gelände höchstens 15 km/h.

# Verstöße

Verstöße werden zuerst im Gespräch mit der Führungskraft geklärt. Wiederholte Verstöße gegen das Handy- oder
Rauchverbot führen zu einer Abmahnung. Fremdfirmen kann der Zutritt entzogen werden. Hinweise nimmt Corinna
Pape entgegen.
"""

DOCUMENTS = (
    Deck(
        path="Organisation/Organigramm.pptx",
        title="Organigramm",
        subtitle="Nordwerk Maschinenbau GmbH · Stand: 1. Februar 2026",
        author="Marlies Kettler",
        changed=datetime(2026, 2, 1, 8, 0),
        slides=ORGANIGRAMM_SLIDES,
    ),
    Document(
        path="Organisation/Notfallplan.txt",
        title="Notfallplan",
        text=NOTFALLPLAN,
        author="Nils Bergengrün",
        changed=datetime(2025, 11, 10, 9, 0),
        edition="Revision 8, Stand: 10. November 2025",
    ),
    Document(
        path="Organisation/Hausordnung.html",
        title="Hausordnung",
        text=HAUSORDNUNG,
        author="Corinna Pape",
        changed=datetime(2026, 1, 5, 9, 0),
        edition="Gültig ab 5. Januar 2026",
    ),
)
