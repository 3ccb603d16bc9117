"""The travel expense policy, the longest text of the personnel department."""

from datetime import datetime

from example_content.document import Document

TEXT = """\
# 1 Zweck und Geltungsbereich

## 1.1 Zweck

Diese Richtlinie regelt, welche Kosten die Nordwerk Maschinenbau GmbH bei Dienstreisen übernimmt, in welcher
Höhe sie erstattet werden und wie sie abzurechnen sind. Sie soll Reisenden und Führungskräften eine
einheitliche Grundlage geben, damit gleiche Reisen gleich behandelt werden. Im Jahr 2025 hat Nordwerk rund
1.140 Dienstreisen mit Gesamtkosten von 612.000 EUR abgerechnet; 58 Prozent davon entfielen auf den
Kundendienst. Beträge, die über den steuerfreien Höchstbeträgen liegen, versteuert die Firma pauschal über
die Lohnabrechnung.

## 1.2 Geltungsbereich

Die Richtlinie gilt für alle Beschäftigten einschließlich der Auszubildenden und dual Studierenden. Für
Leiharbeitnehmer gelten die Regelungen ihres Verleihers, sofern der Einsatzvertrag nichts anderes bestimmt.
Bewerberinnen und Bewerber erhalten nach Abschnitt 6.5 Fahrtkosten ersetzt. Für Servicetechniker im
Montageeinsatz gehen die Sonderregelungen in Abschnitt 9 den allgemeinen Regelungen vor. Freie Mitarbeiter
rechnen ausschließlich nach ihrem Vertrag ab.

## 1.3 Grundsätze

Jede Dienstreise muss dienstlich notwendig sein und ist so wirtschaftlich wie möglich zu planen. Für
Besprechungen mit einer Dauer von weniger als zwei Stunden ist eine Videokonferenz zu wählen, wenn nicht
eine Maschine vor Ort besichtigt werden muss. Reisen mehrere Beschäftigte zum selben Ziel, bilden sie eine
Fahrgemeinschaft. Die Abteilungsleitung prüft vor der Genehmigung, ob Termine zusammengelegt werden können,
und vermerkt das Ergebnis im Antrag.

## 1.4 Begriffe

Eine Dienstreise liegt vor, wenn Beschäftigte außerhalb ihrer Wohnung und ihrer ersten Tätigkeitsstätte
beruflich tätig werden. Erste Tätigkeitsstätte ist für alle Beschäftigten das Werk Hellbrück,
Industriestraße 14. Fahrten innerhalb des Stadtgebiets Hellbrück gelten als Dienstgang; für sie werden nur
Fahrtkosten, aber keine Verpflegungspauschalen gezahlt. Als Abwesenheit zählt die Zeit vom Verlassen der
Wohnung oder des Werks bis zur Rückkehr dorthin.

# 2 Genehmigung

## 2.1 Antrag vor Reiseantritt

Jede Dienstreise ist vor der ersten Buchung im Reiseportal mit dem Formular RK-01 zu beantragen. Der Antrag
nennt Ziel, Zweck, Kostenstelle, Dauer und die geschätzten Gesamtkosten. Für Reisen im Inland ist er
spätestens 5 Arbeitstage vor Reisebeginn zu stellen, für Reisen innerhalb der Europäischen Union 8
Arbeitstage und für alle übrigen Ziele 15 Arbeitstage vorher, weil Visa, Impfungen und die A1-Bescheinigung
Vorlauf brauchen. In Notfällen, zum Beispiel bei Maschinenstillstand eines Kunden, genügt eine E-Mail der
Abteilungsleitung; das Formular ist dann am ersten Werktag nach Reisebeginn nachzureichen.

## 2.2 Genehmigungsgrenzen

Wer eine Reise genehmigen darf, richtet sich nach den geschätzten Gesamtkosten einschließlich Reisezeit in
Werkverträgen, jedoch ohne Löhne. Die eigene Reise darf niemand selbst genehmigen; bei Abteilungsleitungen
entscheidet die nächsthöhere Stufe. Reisen in Länder mit Reisewarnung des Auswärtigen Amts genehmigt
unabhängig vom Betrag nur die Geschäftsführung.

| Geschätzte Gesamtkosten | Genehmigung durch | Bearbeitungszeit |
|--------------|----------------|----------|
| bis 500 EUR | Teamleitung | 1 Arbeitstag |
| über 500 bis 2.500 EUR | Abteilungsleitung | 2 Arbeitstage |
| über 2.500 bis 7.500 EUR | Kaufmännische Leitung | 3 Arbeitstage |
| über 7.500 EUR | Geschäftsführung | 5 Arbeitstage |

## 2.3 Änderung und Stornierung

Verlängert sich eine genehmigte Reise um mehr als einen Tag oder steigen die Kosten um mehr als 15 Prozent,
ist die Genehmigung neu einzuholen. Fällt eine Reise aus, storniert die Reisestelle Fahrkarten und Zimmer.
Wer selbst gebucht hat, muss spätestens am Tag nach der Absage stornieren. Stornokosten übernimmt Nordwerk,
wenn der Grund dienstlich war oder die Reisende beziehungsweise der Reisende erkrankt ist und eine ärztliche
Bescheinigung vorlegt. Stornokosten aus privaten Gründen werden nicht erstattet.

# 3 Verkehrsmittel und Buchung

## 3.1 Reisestelle

Bahn, Flug, Hotel und Mietwagen werden über die Reisestelle gebucht. Ansprechpartnerin ist Gudrun Meinecke,
Durchwahl 125, reisestelle@nordwerk.example, montags bis freitags von 8:00 bis 15:30 Uhr. Außerhalb dieser
Zeiten hilft die Hotline des Reisebüros Hansa Kontor unter 040 66969-880; jede Buchung über die Hotline
kostet zusätzlich 18,50 EUR und ist deshalb auf dringende Fälle beschränkt. Eigene Buchungen sind nur
zulässig, wenn sie einschließlich aller Gebühren mindestens 10 Prozent günstiger sind als das Angebot der
Reisestelle.

## 3.2 Bahn

Die Bahn ist für Ziele im Inland das bevorzugte Verkehrsmittel. Erstattet wird die 2. Klasse. Ab einer
fahrplanmäßigen Fahrzeit von drei Stunden je Strecke darf die 1. Klasse gebucht werden, ebenso für
schwerbehinderte Beschäftigte bei jeder Fahrt. Eine BahnCard 25 oder BahnCard 50 bezahlt die Firma, wenn sie
sich nach Berechnung der Reisestelle innerhalb eines Jahres amortisiert; das ist bei der BahnCard 50 in der
Regel ab vier Fernreisen der Fall. Die private Nutzung der BahnCard ist gestattet.

## 3.3 Flug

Flüge sind erst zulässig, wenn die Bahnfahrt länger als sechs Stunden dauern würde. Gebucht wird die Economy
Class. Bei einer reinen Flugzeit von mehr als sechs Stunden ist Premium Economy erlaubt, bei mehr als zehn
Stunden mit Zustimmung der Geschäftsführung die Business Class. Ein aufgegebenes Gepäckstück ist immer
erstattungsfähig, ein zweites nur für Werkzeug oder Messematerial. Bonusmeilen aus Dienstreisen dürfen
privat genutzt werden, sofern ihr Wert 1.080 EUR im Kalenderjahr nicht übersteigt.

## 3.4 Mietwagen und Carsharing

Mietwagen werden in der Kompaktklasse gebucht, ab drei Mitreisenden in der Mittelklasse, mit
Vollkaskoversicherung ohne Selbstbeteiligung. Ein Mietwagen ist zulässig, wenn das Ziel mit öffentlichen
Verkehrsmitteln nur mit mehr als 60 Minuten Mehraufwand zu erreichen ist. Vor der Rückgabe ist vollzutanken;
die Betankungspauschale des Vermieters wird nicht erstattet. Schäden sind sofort der Polizei und innerhalb
eines Tages der Reisestelle zu melden. Im Ausland ist zusätzlich eine Haftpflichtdeckung von mindestens 5
Mio. EUR zu buchen.

## 3.5 Taxi und öffentlicher Nahverkehr

Fahrkarten für Bus und Bahn am Zielort werden gegen Beleg erstattet. Taxifahrten sind bis 40 EUR je Fahrt
ohne Begründung erstattungsfähig; darüber ist der Grund auf der Quittung zu vermerken, zum Beispiel schweres
Gepäck, Ankunft nach 22:00 Uhr oder fehlende Verbindung. Trinkgelder im Taxi werden bis zu 10 Prozent des
Fahrpreises anerkannt. Fahrten zwischen Hotel und Restaurant am Abend gelten als privat.

## 3.6 Privates Fahrzeug

Das private Fahrzeug darf benutzt werden, wenn die Abteilungsleitung zustimmt und kein Poolfahrzeug frei
ist. Die Kilometersätze decken alle Kosten ab, auch Versicherung, Verschleiß und Wertminderung. Maßgeblich
ist die kürzeste verkehrsübliche Strecke; Umwege wegen Sperrungen sind zu begründen. Unfallschäden am
privaten Fahrzeug ersetzt die Firma bis zur Höhe der Selbstbeteiligung der Vollkaskoversicherung, höchstens
jedoch 500 EUR, wenn kein grob fahrlässiges Verhalten vorliegt.

| Fahrzeug | Satz je Kilometer | Bemerkung |
|------------|----------|----------------|
| Pkw mit Verbrennungsmotor oder Hybrid | 0,30 EUR | höchstens 600 km je Reise |
| Pkw mit reinem Elektroantrieb | 0,36 EUR | Differenz zu 0,30 EUR wird versteuert |
| Motorrad, Motorroller | 0,20 EUR | nur Inland |
| Fahrrad, Pedelec | 0,12 EUR | nur Dienstgänge bis 20 km |
| je mitgenommene Person | 0,03 EUR | zusätzlich zum Satz des Fahrers |

# 4 Übernachtung

## 4.1 Höchstsätze für Hotels im Inland

Übernachtungskosten werden gegen Rechnung bis zu den folgenden Höchstsätzen je Nacht erstattet, jeweils
einschließlich Umsatzsteuer und ohne Frühstück. Die Rechnung muss auf die Firma ausgestellt sein. Liegt kein
Zimmer innerhalb des Höchstsatzes in einem Umkreis von 8 Kilometern um den Einsatzort vor, kann die
Reisestelle eine Überschreitung von bis zu 25 Prozent freigeben und vermerkt dies im Vorgang.

| Ort | Höchstsatz je Nacht | Hinweis |
|--------------|--------|-------------|
| Berlin, Frankfurt, Hamburg, Köln, München, Stuttgart | 145,00 EUR | ganzjährig |
| übrige Orte im Inland | 110,00 EUR | ganzjährig |
| Messeorte während einer Fachmesse | 220,00 EUR | nur Standpersonal nach Messeplan |
| Ferienwohnung ab 7 Nächten | 85,00 EUR | einschließlich Endreinigung |

## 4.2 Frühstück und Nebenkosten

Ist das Frühstück im Zimmerpreis enthalten und nicht getrennt ausgewiesen, wird die Verpflegungspauschale
nach Abschnitt 5.3 gekürzt. WLAN, Stellplatz und Kurtaxe werden zusätzlich erstattet, der Stellplatz bis 22
EUR je Nacht. Minibar, Bezahlfernsehen und Wellnessangebote sind privat. Bei Aufenthalten von mehr als
sieben Nächten erstattet die Firma Wäschekosten bis 25 EUR je angefangene Woche gegen Beleg.

## 4.3 Private Übernachtung

Wer bei Verwandten oder Bekannten übernachtet, erhält im Inland ohne Nachweis eine Pauschale von 20 EUR je
Nacht, höchstens für 30 Nächte je Einsatzort. Im Ausland gilt ein Viertel des Höchstsatzes nach Abschnitt
5.2. Die Pauschale entfällt, wenn die Firma eine Unterkunft stellt oder der Kunde die Übernachtung bezahlt.
Im eigenen Wohnmobil gilt dieselbe Pauschale; Stellplatzgebühren sind damit abgegolten.

# 5 Verpflegungsmehraufwand

## 5.1 Inland

Für Dienstreisen im Inland zahlt die Firma die folgenden Verpflegungspauschalen, auch Tagegeld genannt. Sie
werden ohne Einzelnachweis gezahlt und decken sämtliche Mahlzeiten ab; Restaurantbelege werden daneben nicht
erstattet. Bei Abwesenheiten über Nacht ohne Übernachtung, etwa bei Nachtfahrten, zählt der Tag mit der
längeren Abwesenheit.

| Abwesenheit im Inland | Pauschale je Tag |
|----------------|--------|
| mehr als 8 Stunden, eintägige Reise | 14,00 EUR |
| An- und Abreisetag mit Übernachtung | 14,00 EUR |
| voller Tag, 24 Stunden | 28,00 EUR |
| bis 8 Stunden | keine Pauschale |

## 5.2 Ausland

Bei Reisen ins Ausland richtet sich die Pauschale nach dem Land, das am jeweiligen Tag vor 24:00 Uhr
Ortszeit zuletzt erreicht wurde. Bei der Rückreise gilt der Satz des letzten Tätigkeitsortes im Ausland. Für
die aufgeführten Städte gelten eigene Sätze. Die Höchstsätze für die Übernachtung verstehen sich je Nacht
einschließlich Steuern. Die Sätze wurden zuletzt zum 1. Januar 2026 angepasst; maßgeblich ist der Tag der
Reise, nicht der Tag der Abrechnung.

| Land oder Stadt | voller Tag (24 h) | An- und Abreisetag, mehr als 8 h | Übernachtung höchstens |
|-----------|--------|----------|---------|
| Belgien | 59,00 EUR | 40,00 EUR | 141,00 EUR |
| China, übriges Land | 48,00 EUR | 32,00 EUR | 112,00 EUR |
| China, Shanghai | 58,00 EUR | 39,00 EUR | 142,00 EUR |
| Dänemark | 75,00 EUR | 50,00 EUR | 183,00 EUR |
| Frankreich, übriges Land | 53,00 EUR | 36,00 EUR | 105,00 EUR |
| Frankreich, Paris | 57,00 EUR | 38,00 EUR | 159,00 EUR |
| Großbritannien, übriges Land | 52,00 EUR | 35,00 EUR | 99,00 EUR |
| Großbritannien, London | 66,00 EUR | 44,00 EUR | 163,00 EUR |
| Italien, übriges Land | 42,00 EUR | 28,00 EUR | 150,00 EUR |
| Italien, Mailand | 45,00 EUR | 30,00 EUR | 191,00 EUR |
| Niederlande | 47,00 EUR | 32,00 EUR | 122,00 EUR |
| Österreich | 50,00 EUR | 33,00 EUR | 117,00 EUR |
| Polen, übriges Land | 34,00 EUR | 23,00 EUR | 124,00 EUR |
| Polen, Warschau | 40,00 EUR | 27,00 EUR | 143,00 EUR |
| Schweden | 66,00 EUR | 44,00 EUR | 140,00 EUR |
| Schweiz, übriges Land | 64,00 EUR | 43,00 EUR | 180,00 EUR |
| Schweiz, Genf | 70,00 EUR | 47,00 EUR | 186,00 EUR |
| Spanien | 34,00 EUR | 23,00 EUR | 103,00 EUR |
| Tschechien | 32,00 EUR | 21,00 EUR | 77,00 EUR |
| Türkei | 24,00 EUR | 16,00 EUR | 107,00 EUR |
| USA, übriges Land | 59,00 EUR | 40,00 EUR | 182,00 EUR |
| USA, Chicago | 65,00 EUR | 44,00 EUR | 233,00 EUR |

## 5.3 Kürzung bei gestellten Mahlzeiten

Stellt die Firma, ein Kunde oder ein Lieferant eine Mahlzeit, wird die Pauschale gekürzt: um 20 Prozent des
vollen Tagessatzes für ein Frühstück und um je 40 Prozent für ein Mittag- oder Abendessen. Im Inland sind
das 5,60 EUR für das Frühstück und je 11,20 EUR für Mittag- und Abendessen. Gekürzt wird höchstens bis auf
null. Kleine Snacks im Flugzeug sowie Kaffee und Gebäck in Besprechungen gelten nicht als Mahlzeit und
führen zu keiner Kürzung.

## 5.4 Dreimonatsfrist

Für dieselbe auswärtige Tätigkeitsstätte wird die Verpflegungspauschale längstens für drei Monate gezahlt.
Eine Unterbrechung von mindestens vier Wochen, gleich aus welchem Grund, lässt die Frist neu beginnen. Wer
an höchstens zwei Tagen je Woche an derselben Stätte arbeitet, ist von der Frist ausgenommen. Nach Ablauf
der drei Monate kann die Abteilungsleitung auf Antrag einen zu versteuernden Zuschuss von 12 EUR je Tag
gewähren.

# 6 Sonstige Kosten

## 6.1 Nebenkosten

Erstattet werden gegen Beleg Parkgebühren, Maut und Vignetten, Gepäckaufbewahrung, dienstliche Telefonate
sowie Visa und vorgeschriebene Impfungen. Internetzugang unterwegs wird bis 15 EUR je Reisetag übernommen,
wenn das Datenvolumen des Diensttelefons nicht ausreicht. Bußgelder, Verwarnungsgelder und Abschleppkosten
trägt immer die fahrende Person selbst. Verlorenes Privatgepäck ersetzt die Firma nur, soweit keine
Reiseversicherung eintritt, und höchstens mit 300 EUR je Reise.

## 6.2 Bewirtung von Geschäftspartnern

Bewirtungskosten werden bis 45 EUR je Person einschließlich Getränke erstattet. Höhere Beträge bedürfen der
vorherigen Zustimmung der Abteilungsleitung. Auf dem maschinell erstellten Beleg sind Ort, Datum, Anlass und
alle Teilnehmenden mit Firma anzugeben. Das Verhältnis von eigenen zu externen Teilnehmenden darf höchstens
zwei zu eins betragen. Trinkgeld wird bis zu 8 Prozent des Rechnungsbetrags anerkannt und ist auf dem Beleg
quittieren zu lassen.

## 6.3 Gastgeschenke

Auf Reisen dürfen Gastgeschenke bis zu einem Wert von 35 EUR je Person und Kalenderjahr überreicht werden.
Amtsträger erhalten keine Geschenke. Empfänger, Firma und Anlass sind in der Abrechnung zu nennen. Für
Reisen nach China und in die Türkei hält der Vertrieb Präsente mit Firmenlogo bereit, die mindestens eine
Woche vorher bei Ines Hagedorn zu bestellen sind.

## 6.4 Fortbildung und Messen

Kosten einer Fortbildung, also Teilnahmegebühr und Unterlagen, trägt die Kostenstelle der Abteilung; die
Reise dorthin wird nach dieser Richtlinie abgerechnet. Beim Besuch von Messen erhält das Standpersonal
zusätzlich zur Verpflegungspauschale ein Messegeld von 18 EUR je Messetag. Auf- und Abbautage zählen als
Messetage, wenn mindestens sechs Stunden auf dem Stand gearbeitet wurde.

## 6.5 Bewerberinnen und Bewerber

Wer zu einem Vorstellungsgespräch eingeladen wird, erhält Bahnfahrten 2. Klasse oder 0,20 EUR je Kilometer
mit dem privaten Pkw erstattet, insgesamt höchstens 250 EUR. Eine Übernachtung wird nur nach Zusage der
Personalabteilung bezahlt. Verpflegungspauschalen gibt es nicht. Die Belege sind innerhalb von vier Wochen
nach dem Gespräch bei der Personalabteilung einzureichen.

# 7 Bezahlung und Vorschuss

## 7.1 Firmenkreditkarte

Beschäftigte mit mehr als sechs Dienstreisen im Jahr können eine Firmenkreditkarte beantragen. Der
Monatsrahmen beträgt 5.000 EUR, für Servicetechniker 8.000 EUR. Private Ausgaben mit der Karte sind
untersagt, auch wenn sie später ausgeglichen werden. Barabhebungen sind nur außerhalb des Euroraums und bis
200 EUR je Woche erlaubt. Bei Verlust ist die Karte sofort unter der Nummer auf dem Beiblatt zu sperren und
die Buchhaltung am selben Tag zu verständigen.

## 7.2 Vorschuss

Wer keine Firmenkreditkarte hat, kann einen Vorschuss erhalten, wenn die erwarteten Auslagen 250 EUR
übersteigen. Ausgezahlt werden höchstens 80 Prozent der geschätzten Auslagen, frühestens zehn Tage vor
Reisebeginn. Auszubildende erhalten auf Wunsch 100 Prozent. Der Vorschuss wird mit der Abrechnung
verrechnet; wird nicht fristgerecht abgerechnet, behält die Firma ihn mit der nächsten Entgeltzahlung ein.
Fremdwährungen gibt die Buchhaltung nicht mehr aus.

# 8 Abrechnung

## 8.1 Frist und Form

Die Abrechnung ist innerhalb von 20 Arbeitstagen nach Ende der Reise im Reiseportal mit dem Formular RK-02
einzureichen. Bei Reisen, die länger als einen Monat dauern, wird jeweils zum Monatsende abgerechnet. Die
Abteilungsleitung prüft die sachliche Richtigkeit innerhalb von fünf Arbeitstagen, die Buchhaltung die
rechnerische. Abrechnungen, die später als sechs Monate nach Reiseende eingehen, werden nicht mehr
erstattet, es sei denn, die Verspätung wurde durch Krankheit oder Elternzeit verursacht.

## 8.2 Belege

Zu jeder Ausgabe gehört ein lesbarer Beleg als Foto oder PDF; das Papieroriginal ist bis zur Auszahlung
aufzubewahren. Fehlt ein Beleg, genügt bis 25 EUR ein Eigenbeleg mit Begründung. Rechnungen über 250 EUR
müssen auf die Nordwerk Maschinenbau GmbH, Industriestraße 14, Hellbrück, ausgestellt sein, damit die
Vorsteuer gezogen werden kann. Bordkarten sind nur noch für Reisen außerhalb der Europäischen Union
einzureichen.

## 8.3 Fremdwährung

Auslagen in fremder Währung rechnet das Portal mit dem Referenzkurs der Europäischen Zentralbank vom Tag der
Zahlung um. Weist die Kreditkartenabrechnung einen anderen Kurs aus, gilt dieser. Auslandseinsatzentgelte
der Bank werden erstattet, Gebühren für die Umrechnung in Euro am Kartenterminal dagegen nicht; am Terminal
ist deshalb stets die Landeswährung zu wählen. Umtauschbelege sind beizufügen.

## 8.4 Auszahlung

Vollständige Abrechnungen, die bis zum 10. eines Monats genehmigt sind, werden mit dem Entgelt desselben
Monats ausgezahlt, spätere mit dem des Folgemonats. Beträge über 800 EUR überweist die Buchhaltung auf
Wunsch gesondert innerhalb von sieben Tagen. Rückfragen beantwortet Swantje Ohlsen in der Buchhaltung. Gegen
eine Kürzung kann innerhalb eines Monats schriftlich Einspruch eingelegt werden; über ihn entscheidet die
kaufmännische Leitung.

# 9 Sonderregelungen für den Kundendienst

## 9.1 Montagezulage

Servicetechniker erhalten für jeden Tag, an dem sie beim Kunden mindestens vier Stunden arbeiten, eine
Montagezulage. Sie ist steuerpflichtig und wird zusätzlich zur Verpflegungspauschale gezahlt. Für Samstage
verdoppelt sie sich, für Sonn- und Feiertage wird sie dreifach gezahlt. Die Einsatzleitung bestätigt die
Tage im Montagebericht; ohne Bericht entfällt die Zulage.

| Einsatzgebiet | Montagezulage je Tag |
|--------------|--------|
| Inland, Entfernung bis 150 km | 19,00 EUR |
| Inland, Entfernung über 150 km | 31,00 EUR |
| Europa außerhalb Deutschlands | 44,00 EUR |
| außerhalb Europas | 62,00 EUR |

## 9.2 Heimfahrten

Bei Einsätzen von mehr als zwei Wochen bezahlt die Firma Heimfahrten: im Inland jede Woche, im übrigen
Europa alle drei Wochen und außerhalb Europas alle acht Wochen. Statt nach Hause zu fahren, kann eine
Angehörige oder ein Angehöriger anreisen; die Kosten werden bis zur Höhe der ersparten Heimfahrt übernommen.
Nicht genutzte Heimfahrten werden weder ausgezahlt noch auf einen späteren Einsatz übertragen.

## 9.3 Reisezeit

Reisezeit von Servicetechnikern gilt bis zu zehn Stunden je Tag als Arbeitszeit, wenn sie selbst fahren; als
Mitfahrende oder in Bahn und Flugzeug wird sie zu 50 Prozent vergütet. Nach einer Ankunft nach Mitternacht
beginnt der nächste Einsatz frühestens elf Stunden später. Für Reisezeit an Sonntagen wird ein Zuschlag von
50 Prozent gezahlt. Die Zeiten sind im Montagebericht minutengenau mit Abfahrt und Ankunft einzutragen.

## 9.4 Werkzeug und Servicefahrzeug

Servicefahrzeuge sind nach jeder Reise innerhalb von zwei Tagen zu reinigen und mit vollem Ersatzteilsatz
abzustellen. Der Werkzeugkoffer SK-12 ist gegen Diebstahl bis 4.000 EUR versichert, sofern er nachts nicht
sichtbar im verschlossenen Fahrzeug liegt. Zollpapiere, insbesondere das Carnet ATA, besorgt die Logistik
mit einem Vorlauf von zehn Arbeitstagen. Private Fahrten mit dem Servicefahrzeug sind bis 20 km je
Einsatztag erlaubt.

# 10 Sicherheit, Versicherung und Krankheit

## 10.1 Versicherungsschutz

Für alle Dienstreisen ins Ausland besteht eine Gruppenversicherung für Krankheit, Rücktransport und
Haftpflicht bei der Hanseatischen Reise-Assekuranz unter der Vertragsnummer NW-7714-26. Die Assistance ist
rund um die Uhr unter 040 66969-990 erreichbar. Ärztliche Behandlungen über 1.000 EUR sind vorher mit der
Assistance abzustimmen. Private Verlängerungen sind bis zu fünf Tage mitversichert, Risikosportarten nicht.

## 10.2 Unfall und Erkrankung unterwegs

Ein Unfall auf einer Dienstreise ist als Arbeitsunfall innerhalb von 24 Stunden der Personalabteilung zu
melden, damit die Unfallanzeige fristgerecht bei der Berufsgenossenschaft eingeht. Wer unterwegs erkrankt,
informiert die Abteilungsleitung und die Reisestelle am selben Tag. Während der Krankheit am Reiseort werden
Hotelkosten und Verpflegungspauschale weitergezahlt, längstens jedoch 14 Tage; danach übernimmt die
Versicherung.

## 10.3 Reisesicherheit

Vor Reisen in Länder mit erhöhtem Risiko ist die Online-Unterweisung Reisesicherheit zu absolvieren, die 40
Minuten dauert und zwei Jahre gültig ist. Notebooks werden für Reisen nach China und in die USA gegen
Leihgeräte ohne lokale Daten getauscht; die IT braucht dafür drei Arbeitstage. Reisende hinterlegen im
Portal eine Kontaktperson und ihre Unterkunft. Bei Unruhen oder Naturereignissen entscheidet der Krisenstab
über den Abbruch der Reise.

# 11 Nachhaltigkeit

## 11.1 Vermeidung und Ausgleich

Nordwerk will die Emissionen aus Dienstreisen bis Ende 2028 um 30 Prozent gegenüber 2023 senken. Für jeden
Flug wird der betroffenen Kostenstelle ein interner Klimabeitrag von 45 EUR je Tonne CO2 belastet, aus dem
die Firma zertifizierte Projekte finanziert. Für Ziele, die mit der Bahn in weniger als vier Stunden
erreichbar sind, werden keine Poolfahrzeuge für Einzelreisende ausgegeben. Die Auswertung veröffentlicht die
kaufmännische Leitung jeweils im März.

# 12 Schlussbestimmungen

## 12.1 Verstöße

Vorsätzlich falsche Angaben in einer Abrechnung führen zu arbeitsrechtlichen Maßnahmen bis zur fristlosen
Kündigung. Zu viel gezahlte Beträge werden zurückgefordert; bei Beträgen über 300 EUR ist Ratenzahlung über
höchstens sechs Monate möglich. Die Innenrevision prüft jedes Quartal eine Stichprobe von 5 Prozent aller
Abrechnungen. Irrtümer, die von den Reisenden selbst angezeigt werden, bleiben folgenlos.

## 12.2 Inkrafttreten

Diese Richtlinie tritt am 1. März 2026 in Kraft und ersetzt die Version 3.1 vom 1. Juli 2024. Für Reisen,
die vor dem Inkrafttreten begonnen haben, gelten die bisherigen Sätze bis zum Reiseende. Sie wird alle zwei
Jahre überprüft, das nächste Mal im Februar 2028. Ausnahmen kann nur die kaufmännische Leitung schriftlich
zulassen. Der Betriebsrat hat der Neufassung am 17. Februar 2026 zugestimmt.

# Anhang A: Berechnungsbeispiel

Eine Konstrukteurin reist von Montag bis Mittwoch zu einem Kunden nach Wien. Sie verlässt ihre Wohnung am
Montag um 6:10 Uhr und ist am Mittwoch um 19:45 Uhr zurück. Das Hotel kostet 104 EUR je Nacht, das Frühstück
ist an beiden Tagen enthalten. Am Dienstag lädt der Kunde zum Mittagessen ein. Die Pauschalen für Österreich
betragen 33,00 EUR für An- und Abreisetag und 50,00 EUR für den vollen Tag; gekürzt wird jeweils vom vollen
Tagessatz.

| Tag | Pauschale | Kürzung | Auszahlung |
|------|------|------------|------|
| Montag, Anreise | 33,00 EUR | keine | 33,00 EUR |
| Dienstag, 24 Stunden | 50,00 EUR | Frühstück 10,00 EUR, Mittagessen 20,00 EUR | 20,00 EUR |
| Mittwoch, Abreise | 33,00 EUR | Frühstück 10,00 EUR | 23,00 EUR |
| Summe Verpflegung | 116,00 EUR | 40,00 EUR | 76,00 EUR |
| Hotel, zwei Nächte zu 104,00 EUR | 208,00 EUR | keine | 208,00 EUR |

# Anhang B: Checkliste vor der Reise

1. Formular RK-01 im Reiseportal genehmigt, Kostenstelle eingetragen.
2. A1-Bescheinigung für Reisen innerhalb der EU, der Schweiz, Norwegens und Islands über die
   Personalabteilung beantragt.
3. Reisepass noch mindestens sechs Monate gültig, Visum vorhanden.
4. Auslandsversicherung: Karte mit der Nummer der Assistance eingesteckt.
5. Bildschirmsperre und Festplattenverschlüsselung des Notebooks geprüft, VPN getestet.
6. Vorschuss oder Firmenkreditkarte vorhanden, Kreditrahmen ausreichend.
7. Abwesenheitsnotiz mit Vertretung eingerichtet.
"""

REISEKOSTENRICHTLINIE = Document(
    path="Personal/Reisekostenrichtlinie.pdf",
    title="Reisekostenrichtlinie",
    text=TEXT,
    author="Tobias Rehbein",
    changed=datetime(2026, 3, 1, 9, 0),
    edition="Version 3.2 · Stand: 1. März 2026",
    facts=(
        ("Dokument-Nr.", "NW-RL-07"),
        ("Version", "3.2"),
        ("Stand", "1. März 2026"),
        ("Ersetzt", "Version 3.1 vom 1. Juli 2024"),
        ("Geltung", "alle Beschäftigten am Standort Hellbrück und im Außendienst"),
        ("Verantwortlich", "Tobias Rehbein, kaufmännischer Leiter"),
        ("Freigabe", "Dr. Henrike Aldenhoff, Geschäftsführerin"),
        ("Einstufung", "intern"),
    ),
)
