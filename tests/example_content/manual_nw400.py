"""The operating manual of the NW-400."""

from datetime import datetime

from example_content.document import Document

TEXT = """\
# 1 Zu dieser Anleitung

## 1.1 Geltung

Diese Betriebsanleitung gilt für die horizontale Schlauchbeutelmaschine NW-400 in den Ausführungen Basic,
Plus und Hygiene ab der Seriennummer 400-2210. Für ältere Maschinen gilt die Ausgabe 02/2021. Die Anleitung
ist Teil der Maschine und muss am Einsatzort jederzeit zugänglich sein. Bei Weiterverkauf ist sie
mitzugeben. Abbildungen und Stromlaufpläne liegen im Ordner 400-SP im Schaltschrank. Nordwerk hat die
Anleitung in deutscher Sprache verfasst; Übersetzungen sind als solche gekennzeichnet.

## 1.2 Signalwörter

Warnhinweise sind nach der Schwere der möglichen Folgen abgestuft. Sie stehen immer vor dem
Handlungsschritt, bei dem die Gefahr auftritt. Wer einen Warnhinweis nicht versteht, unterbricht die Arbeit
und fragt die verantwortliche Person. Hinweise auf Sachschäden sind mit dem Wort ACHTUNG gekennzeichnet,
nützliche Zusatzinformationen mit dem Wort HINWEIS.

| Signalwort | Bedeutung |
|------|----------------|
| GEFAHR | führt unmittelbar zu Tod oder schwerer Verletzung |
| WARNUNG | kann zu Tod oder schwerer Verletzung führen |
| VORSICHT | kann zu leichter oder mittlerer Verletzung führen |
| ACHTUNG | kann zu Schäden an der Maschine oder am Produkt führen |

## 1.3 Gewährleistung auf den Antrieb

Für den Hauptantrieb der NW-400, bestehend aus Servomotor, Hauptgetriebe und Kupplung, gewährt Nordwerk eine
Gewährleistung von 36 Monaten ab dem Datum des Abnahmeprotokolls. Voraussetzung ist, dass die Ölwechsel nach
Abschnitt 8 im Wartungsnachweis eingetragen sind und nur freigegebene Schmierstoffe verwendet wurden. Für
alle übrigen Baugruppen gelten die Verkaufsbedingungen in der bei Vertragsschluss gültigen Fassung.
Verschleißteile nach Abschnitt 10 sind ausgenommen.

# 2 Sicherheit

## 2.1 Bestimmungsgemäße Verwendung

Die NW-400 verpackt feste, stückige Produkte bis 1,2 kg in siegelfähige Folie oder beschichtetes Papier. Sie
ist für den gewerblichen Betrieb in trockenen Innenräumen gebaut. Nicht zulässig sind das Verpacken von
Flüssigkeiten, von losem Pulver ohne Absaugung, von lebenden Tieren und von Produkten mit explosionsfähigen
Dämpfen. Umbauten und das Überbrücken von Schutzeinrichtungen sind verboten und führen zum Erlöschen der
Konformitätserklärung.

## 2.2 Qualifikation des Personals

Arbeiten an der Maschine dürfen nur unterwiesene Personen ausführen. Die Unterweisung ist mindestens einmal
im Jahr zu wiederholen und mit Unterschrift zu belegen. Personen unter 18 Jahren dürfen nur unter Aufsicht
bedienen. Arbeiten an der elektrischen Ausrüstung und an der Druckluftanlage sind Fachkräften vorbehalten.

| Tätigkeit | Bediener | Einrichter | Elektrofachkraft | Service Nordwerk |
|-----------|------|------|---------|-------|
| Bedienen, Folie wechseln | ja | ja | ja | ja |
| Formatwechsel, Siegeltemperatur ändern | nein | ja | nein | ja |
| Siegelbacken und Messer wechseln | nein | ja | nein | ja |
| Arbeiten im Schaltschrank | nein | nein | ja | ja |
| Parameter der Achsen ändern | nein | nein | nein | ja |

## 2.3 Schutzeinrichtungen

Die Maschine hat vier Not-Halt-Taster: am Bedienpult, am Zuführband, an der Folienabrollung und am Auslauf.
Die fünf Schutztüren sind mit Zuhaltungen versehen, die erst nach dem Stillstand der Siegelbacken freigeben;
die Nachlaufzeit beträgt höchstens 1,8 Sekunden. Die Wirksamkeit aller Not-Halt-Taster und Zuhaltungen ist
zu Beginn jeder Woche zu prüfen und im Schichtbuch einzutragen. Bei einem Defekt darf die Maschine nicht
betrieben werden.

## 2.4 Restgefahren

Trotz aller Schutzmaßnahmen bleiben Gefahren bestehen. Die Siegelbacken werden bis zu 210 °C heiß und stehen
im Betrieb unter einer Schließkraft von 3,2 kN. Das Quertrennmesser bleibt auch im Stillstand scharf. Im
Schaltschrank liegt an den Zwischenkreisen der Umrichter nach dem Ausschalten noch fünf Minuten lang
gefährliche Spannung an. Druckluftspeicher bleiben gefüllt, bis das Handventil V1 entlüftet wurde.

> **WARNUNG: Verbrennungsgefahr.** Vor allen Arbeiten an den Siegelbacken den Hauptschalter ausschalten, mit
> einem Vorhängeschloss sichern und mindestens 35 Minuten abkühlen lassen. Die Temperatur mit einem
> Messgerät prüfen; sie muss unter 45 °C liegen.

## 2.5 Persönliche Schutzausrüstung und Lärm

Beim Messerwechsel sind Schnittschutzhandschuhe der Stufe D zu tragen, bei Arbeiten an warmen Siegelbacken
Hitzeschutzhandschuhe bis 250 °C. Beim Einrichten sind lange Haare unter einem Netz zu tragen, Schmuck ist
abzulegen. Der Emissionsschalldruckpegel der NW-400 am Arbeitsplatz beträgt 76 dB(A) bei 100 Packungen je
Minute. Gehörschutz ist nicht vorgeschrieben, wird aber bei Schichten über sechs Stunden empfohlen.

# 3 Technische Daten

## 3.1 Leistung und Formate

Die Leistung hängt von Produkt, Folie und Beutellänge ab. Die genannten Werte wurden mit OPP-Folie von 30
Mikrometern und einer Beutellänge von 160 mm ermittelt. Bei der Ausführung Hygiene sinkt die Leistung wegen
der geschlossenen Verkleidung um etwa fünf Prozent. Für Papierverbunde ist die Höchstleistung auf 80
Packungen je Minute begrenzt.

| Größe | Wert NW-400 |
|------------|------------|
| Höchstleistung | 120 Packungen je Minute |
| Folienbreite | 120 bis 400 mm |
| Beutellänge | 60 bis 350 mm |
| Produktbreite | 20 bis 150 mm |
| Produkthöhe | 5 bis 85 mm |
| Rollendurchmesser, höchstens | 350 mm |
| Rollengewicht, höchstens | 28 kg |
| Kerndurchmesser | 76 mm |

## 3.2 Anschlusswerte

Der elektrische Anschluss ist bauseits mit einem allstromsensitiven Fehlerstromschutzschalter vorzusehen.
Druckluft muss ölfrei und getrocknet sein, Güteklasse 2.4.2. Zwischen Netz und Maschine ist eine absperrbare
Wartungseinheit einzubauen, die im Lieferumfang der Ausführungen Plus und Hygiene enthalten ist.

| Größe | Wert NW-400 |
|------------|------------|
| Netz | 3/N/PE 400 V, 50 Hz |
| Anschlussleistung | 6,8 kW |
| Vorsicherung | 25 A, Charakteristik C |
| Steuerspannung | 24 V DC |
| Betriebsdruck | 6,0 bar, mindestens 5,5 bar |
| Luftverbrauch | 95 Normliter je Minute |
| Schutzart Schaltschrank | IP54, Ausführung Hygiene IP65 |

## 3.3 Maße, Gewicht und Umgebung

Die Maße gelten für die Standardlänge mit einem Zuführband von 1.800 mm. Verlängerungen des Zuführbands sind
in Schritten von 600 mm möglich. Der Schaltschrank ist im Maschinengestell untergebracht; seine Tür benötigt
700 mm Schwenkbereich.

| Größe | Wert NW-400 |
|------------|------------|
| Länge x Breite x Höhe | 4.250 x 1.120 x 1.780 mm |
| Gewicht betriebsbereit | 1.380 kg |
| Arbeitshöhe | 900 mm, einstellbar plus/minus 40 mm |
| Umgebungstemperatur | 5 bis 38 °C |
| Relative Luftfeuchte | 30 bis 80 Prozent, nicht kondensierend |
| Aufstellhöhe | bis 1.000 m über NN ohne Leistungsminderung |

# 4 Transport und Aufstellung

## 4.1 Transport

Die Maschine wird in zwei Teilen geliefert: Grundmaschine und Zuführung. Zum Abladen ist ein Gabelstapler
mit mindestens 2,5 t Tragkraft und 1.400 mm langen Gabeln nötig. Die Gabeln dürfen nur an den gelb
markierten Taschen ansetzen. Der Schwerpunkt liegt auf der Seite des Folienabrollers. Transportschäden sind
dem Spediteur sofort und Nordwerk innerhalb von drei Werktagen mit Fotos zu melden. Die Kippanzeiger an der
Verpackung sind vor dem Öffnen zu fotografieren.

## 4.2 Aufstellort

Der Boden muss eben sein und eine Tragfähigkeit von mindestens 7,5 kN je Quadratmeter haben. Auf der
Bedienseite sind 1.200 mm, auf der Rückseite 800 mm und an der Stirnseite zum Rollenwechsel 1.500 mm
freizuhalten. Die Maschine darf nicht im Zugluftbereich von Toren stehen, weil die Siegeltemperatur sonst
schwankt. Zwischen zwei Maschinen ist ein Fluchtweg von mindestens 1.000 mm Breite vorzusehen.

## 4.3 Ausrichten und Anschließen

Die sechs Maschinenfüße sind so einzustellen, dass die Abweichung in Längs- und Querrichtung höchstens 0,5
mm je Meter beträgt. Danach die Kontermuttern nach Abschnitt 9 anziehen und nach 24 Stunden Standzeit
nachprüfen. Den Potentialausgleich mit mindestens 10 Quadratmillimetern Kupfer anschließen. Vor dem ersten
Einschalten das Drehfeld messen; es muss rechts drehen, sonst läuft das Zuführband rückwärts.

# 5 Bedienung

## 5.1 Bedienpult

Das Bedienpult hat einen Bildschirm mit 10 Zoll. Es kennt drei Benutzerebenen: Bediener ohne Kennwort,
Einrichter und Service. Das Kennwort der Ebene Einrichter vergibt der Betreiber bei der Inbetriebnahme; es
wird nach fünf Minuten ohne Eingabe automatisch abgemeldet. Bis zu 99 Formate lassen sich speichern und auf
einen USB-Stick sichern. Die Leuchtsäule zeigt Grün für Betrieb, Gelb für einen Bedienerhinweis und Rot für
eine Störung.

## 5.2 Einschalten

1. Hauptschalter einschalten und warten, bis die Startseite erscheint; das dauert etwa 70 Sekunden.
2. Druckluft am Handventil V1 öffnen und den Druck an der Wartungseinheit ablesen.
3. Schutztüren schließen, Not-Halt-Taster entriegeln und mit der blauen Taste quittieren.
4. Format wählen. Die Siegelbacken heizen in etwa 12 Minuten auf 150 °C.
5. Im Tippbetrieb fünf Leerpackungen fahren und die Siegelnaht von Hand prüfen.
6. Automatikbetrieb starten und die Leistung in Schritten von 20 Packungen je Minute erhöhen.

## 5.3 Formatwechsel

Ein Formatwechsel dauert mit vorbereiteter Formschulter etwa 15 Minuten. Die Formschulter wird mit zwei
Schnellspannern gelöst und auf den Wagen FW-2 abgelegt. Danach sind die Seitenführungen nach der Skala
einzustellen, wobei das Produkt auf jeder Seite 2 mm Luft haben soll. Nach dem Laden des Formats fährt die
Maschine die Beutellänge selbst an. Zum Schluss ist die Lage der Druckmarke mit drei Packungen im
Tippbetrieb zu kontrollieren.

## 5.4 Folienrolle wechseln

Die Maschine meldet eine Restlänge von 15 m mit gelbem Licht. Die neue Rolle mit dem Hebewagen einsetzen und
mit der Klappachse spannen, sodass die bedruckte Seite nach außen zeigt. Das Folienende am Klebetisch mit
dem alten Ende überlappend um 30 mm verkleben. Die Klebestelle wird beim Durchlauf automatisch
ausgeschleust, wenn die Option Spleißerkennung eingebaut ist; andernfalls sind die nächsten vier Packungen
von Hand auszusortieren.

## 5.5 Siegeltemperaturen

Die Werte sind Startwerte und an der eigenen Folie zu erproben. Die Temperatur darf nur in Schritten von 5
°C geändert werden; zwischen zwei Schritten sind mindestens 30 Packungen zu fahren. Bei Folien mit
Kaltsiegelung bleibt die Heizung ausgeschaltet. Zu hohe Temperatur erkennt man an gekräuselten Nähten, zu
niedrige an Nähten, die sich ohne Folienriss aufziehen lassen.

| Packstoff | Dicke | Längsnaht | Quernaht |
|----------|------|------|------|
| OPP, koextrudiert | 30 Mikrometer | 135 °C | 145 °C |
| PE-Verbund | 50 Mikrometer | 125 °C | 140 °C |
| PET/PE-Barrierefolie | 62 Mikrometer | 150 °C | 165 °C |
| Papier, siegelfähig beschichtet | 80 g je Quadratmeter | 160 °C | 178 °C |
| PLA, biobasiert | 35 Mikrometer | 95 °C | 105 °C |

## 5.6 Betriebsende

Am Schichtende den Automatikbetrieb am Ende eines Taktes stoppen und das Produkt aus dem Siegelbereich
fahren. Die Siegelbacken müssen geöffnet stehen bleiben, damit das PTFE-Band nicht verklebt. Folienreste mit
dem Messingschaber entfernen, niemals mit Stahlwerkzeug. Die Maschine lässt die Lüfter noch zehn Minuten
nachlaufen; erst danach den Hauptschalter ausschalten und die Druckluft am Handventil V1 entlüften.

# 6 Störungen

## 6.1 Verhalten bei Störungen

Bei einer Störung stoppt die Maschine, die Leuchtsäule zeigt Rot und auf dem Bildschirm steht der Störcode
mit Uhrzeit. Erst die Ursache beseitigen, dann mit der blauen Taste quittieren. Tritt derselbe Code
innerhalb einer Stunde dreimal auf, ist die Instandhaltung zu rufen. Die letzten 500 Meldungen sind unter
Diagnose gespeichert und können als CSV-Datei exportiert werden; diese Datei hilft dem Kundendienst bei der
Ferndiagnose.

## 6.2 Störungstabelle

Die Tabelle nennt alle Störcodes der NW-400 in aufsteigender Reihenfolge. Die Codes E01 bis E03 lösen einen
sofortigen Halt aus, alle anderen einen Halt am Ende des Taktes. Abhilfen, die das Öffnen des Schaltschranks
verlangen, sind Elektrofachkräften vorbehalten. Fehlt ein Code in der Tabelle, liegt ein Fehler der
Steuerung vor; in diesem Fall den Kundendienst rufen und die Maschine nicht wieder einschalten.

| Code | Meldung | Mögliche Ursache | Abhilfe |
|---|------|---------|----------|
| E01 | Not-Halt betätigt | Taster gedrückt oder Leitung unterbrochen
  | Taster entriegeln, Leitung prüfen, quittieren |
| E02 | Schutztür offen | Tür nicht verriegelt, Zuhaltung verschmutzt | Tür schließen, Zuhaltung reinigen |
| E03 | Druckluft zu niedrig | Druck unter 5,5 bar für mehr als 3 Sekunden
  | Wartungseinheit und Filter prüfen |
| E04 | Siegeltemperatur zu niedrig | Heizpatrone oder Festkörperrelais defekt
  | Widerstand messen, Sollwert 132 Ohm |
| E05 | Siegeltemperatur zu hoch | Temperaturfühler lose oder falsch parametriert
  | Fühler festziehen, Parameter P21 prüfen |
| E06 | Fühlerbruch Quernaht | Kabelbruch in der Energiekette | Kabel NW4-10127 tauschen |
| E07 | Folienende | Rolle leer oder Lichttaster verschmutzt | Rolle wechseln, Lichttaster reinigen |
| E08 | Druckmarke fehlt | Kontrast zu gering, Folie verlaufen | Taster einlernen, Folienlauf ausrichten |
| E09 | Folienriss | Bremse zu stark, Rolle beschädigt | Bremsdruck auf 1,2 bar stellen |
| E10 | Produktstau Zuführung | Produkt schräg, Seitenführung zu eng
  | Stau beseitigen, Führung um 1 mm öffnen |
| E11 | Produkt im Siegelbereich | Abstand zu klein, Phase verstellt | Phase im Tippbetrieb neu einstellen |
| E12 | Überlast Hauptantrieb | Mechanik schwergängig, Ölstand zu niedrig | Von Hand drehen, Ölstand prüfen |
| E13 | Schleppfehler Folienabzug | Abzugsrollen verschlissen | Anpressdruck prüfen, Rollen tauschen |
| E14 | Referenzlage verloren | Pufferbatterie des Umrichters leer
  | Batterie NW4-10518 tauschen, Referenzfahrt starten |
| E15 | Umrichter Übertemperatur | Filtermatte im Schaltschrank verstopft
  | Filtermatte tauschen, Lüfter prüfen |
| E16 | Kommunikation gestört | Busstecker lose, Abschlusswiderstand fehlt
  | Stecker prüfen, Widerstand 120 Ohm setzen |
| E17 | Messer nicht in Grundstellung | Messerwelle verdreht, Initiator verstellt
  | Initiator auf 2 mm Abstand einstellen |
| E18 | Auslauf voll | Folgeanlage steht oder Lichtschranke verdeckt
  | Auslauf räumen, Lichtschranke reinigen |
| E19 | Wartung fällig | Betriebsstundenzähler erreicht | Wartung ausführen, Zähler zurücksetzen |
| E20 | Speicher voll | mehr als 99 Formate gespeichert | Formate sichern und löschen |

## 6.3 Hilfe durch den Kundendienst

Der Kundendienst ist werktags von 7:00 bis 18:00 Uhr unter 040 66969-170 erreichbar. Halten Sie die
Seriennummer, den Störcode und den Stand des Betriebsstundenzählers bereit. Für die Fernwartung ist ein
Internetanschluss mit mindestens 10 Mbit/s nötig, der vom Betreiber für jede Sitzung am Schlüsselschalter S7
freigegeben wird. Ohne Freigabe kann Nordwerk nicht auf die Steuerung zugreifen.

# 7 Wartung

## 7.1 Allgemeines

Alle Arbeiten sind im Wartungsnachweis einzutragen. Die Intervalle gelten für den Einschichtbetrieb mit
2.000 Stunden im Jahr; im Mehrschichtbetrieb zählt der Betriebsstundenzähler. Nach jeder Wartung ist ein
Probelauf von mindestens zehn Minuten ohne Produkt auszuführen. Ausgebaute Sicherungsringe, Dichtungen und
selbstsichernde Muttern sind immer durch neue zu ersetzen.

## 7.2 Wartungsintervalle

Es gilt jeweils der Termin, der zuerst erreicht wird. Fallen mehrere Intervalle zusammen, sind alle
Tätigkeiten der kürzeren Intervalle mit auszuführen. Die Steuerung erinnert 40 Stunden vor Ablauf eines
Intervalls mit gelbem Licht und meldet nach Ablauf den Code E19. In staubiger Umgebung, zum Beispiel bei
Mehl oder Zement, sind die Intervalle für Führungen, Kette und Filtermatten zu halbieren.

| Intervall | Baugruppe | Tätigkeit | Wer |
|------|------|------------|------|
| täglich | Siegelbacken | Rückstände mit Messingschaber entfernen | Bediener |
| täglich | Zuführkette | Sichtprüfung auf lose Mitnehmer | Bediener |
| 40 Stunden | Not-Halt, Zuhaltungen | Funktion prüfen und eintragen | Einrichter |
| 40 Stunden | Wartungseinheit | Kondensat ablassen, Druck prüfen | Bediener |
| 160 Stunden | PTFE-Band | auf Risse prüfen, bei Bedarf tauschen | Einrichter |
| 160 Stunden | Siegelbackenlager | abschmieren | Einrichter |
| 500 Stunden | Linearführungen | abschmieren, Spiel prüfen | Einrichter |
| 500 Stunden | Zuführkette | Durchhang einstellen, ölen | Einrichter |
| 1.000 Stunden | Zahnriemen Folienabzug | Spannung messen, 68 bis 74 Hz | Einrichter |
| 1.000 Stunden | Schaltschrank | Filtermatten tauschen | Elektrofachkraft |
| 2.000 Stunden | Heizpatronen | Widerstand messen, Klemmen nachziehen | Elektrofachkraft |
| 2.000 Stunden | Quertrennmesser | tauschen oder nachschleifen lassen | Einrichter |
| 5.000 Stunden | Hauptgetriebe | Ölwechsel nach Abschnitt 8.2 | Einrichter |
| 3 Jahre | Umrichter | Pufferbatterie tauschen | Elektrofachkraft |
| 8 Jahre | Pneumatik | alle Schläuche tauschen | Service Nordwerk |

## 7.3 Siegelbacken und PTFE-Band

Das PTFE-Band wird auf der Siegelfläche erneuert, sobald es dunkel verfärbt oder eingerissen ist. Vor dem
Aufkleben die Fläche mit Isopropanol reinigen und zehn Minuten ablüften lassen. Nach dem Wechsel der
Siegelbacken ist die Parallelität mit Kohlepapier zu prüfen: Der Abdruck muss über die ganze Breite
gleichmäßig sein. Der Spalt zwischen den geschlossenen Backen ohne Folie beträgt 0,05 mm und wird mit der
Fühlerlehre an drei Stellen gemessen.

## 7.4 Zuführkette spannen

Die Kette ist richtig gespannt, wenn sie sich in der Mitte des Untertrums von Hand 12 bis 15 mm durchdrücken
lässt. Zum Spannen die vier Schrauben des Lagerbocks lösen und beide Spindeln gleichmäßig drehen. Nach dem
Spannen die Kette zwei volle Umläufe im Tippbetrieb fahren und erneut messen. Hat sich die Kette um mehr als
zwei Prozent gelängt, was bei 1.800 mm Bandlänge 36 mm entspricht, ist sie zusammen mit den Kettenrädern zu
ersetzen.

## 7.5 Quertrennmesser wechseln

Das Messer nur mit der Messerschutzleiste aus- und einbauen. Die beiden Schrauben des Messerhalters lösen,
das alte Messer nach oben herausziehen und sofort in den Behälter für Schneidwerkzeuge legen. Das neue
Messer bis zum Anschlag einschieben und die Schrauben mit dem Drehmoment nach Abschnitt 9 anziehen. Die
Eintauchtiefe in den Gegenschlitz beträgt 1,5 mm. Ein Messer darf höchstens dreimal nachgeschliffen werden,
danach ist die Härteschicht abgetragen.

## 7.6 Reinigung

Die Ausführungen Basic und Plus dürfen nur trocken oder mit einem feuchten Tuch gereinigt werden. Die
Ausführung Hygiene verträgt Niederdruckreinigung bis 5 bar und 50 °C sowie Schaumreiniger mit einem pH-Wert
zwischen 5 und 10. Hochdruckreiniger sind bei allen Ausführungen verboten. Nach der Nassreinigung ist die
Maschine mindestens 20 Minuten mit offenen Türen trocknen zu lassen. Lichttaster nur mit weichem Tuch und
ohne Lösemittel reinigen.

# 8 Schmierstoffe

## 8.1 Schmierstofftabelle

Es dürfen nur die genannten oder gleichwertige Schmierstoffe verwendet werden. In der Lebensmittelverpackung
müssen alle Schmierstoffe oberhalb der Produktebene die Freigabe NSF H1 haben. Mineralöl und Polyglykol
dürfen nicht gemischt werden, weil das Gemisch verharzt. Gebinde sind nach dem Öffnen höchstens zwei Jahre
haltbar.

| Schmierstelle | Schmierstoff | Menge | Intervall |
|--------|--------|------|------|
| Hauptgetriebe | Getriebeöl CLP PG 220, synthetisch | 4,5 Liter | 5.000 Stunden |
| Getriebe Folienabzug | Getriebeöl CLP PG 220, synthetisch | 0,9 Liter | 10.000 Stunden |
| Zuführkette | Kettenöl NSF H1, ISO VG 150 | dünner Film | 500 Stunden |
| Linearführungen | Fett KP2K-20 | 3 g je Nippel | 500 Stunden |
| Siegelbackenlager | Hochtemperaturfett bis 260 °C, NSF H1 | 2 g je Lager | 160 Stunden |
| Messerwelle | Fett NSF H1, NLGI 2 | 1 g je Lager | 500 Stunden |
| Lager Folienabroller | lebensdauergeschmiert | keine | keines |

## 8.2 Ölwechsel am Hauptgetriebe

Der erste Ölwechsel ist nach 500 Betriebsstunden fällig, danach alle 5.000 Stunden, spätestens jedoch nach
drei Jahren. Das Öl im betriebswarmen Zustand ablassen, die magnetische Ablassschraube reinigen und mit
neuem Dichtring einsetzen. Mit 4,5 Litern füllen und den Ölstand nach fünf Minuten Lauf am Schauglas prüfen;
er muss zwischen den beiden Marken stehen. Altöl ist getrennt zu sammeln. Der Wechsel ist Voraussetzung für
die Gewährleistung nach Abschnitt 1.3.

# 9 Anziehdrehmomente

## 9.1 Drehmomenttabelle

Die Werte gelten für leicht geölte Gewinde. Gewinde mit Sicherungslack sind vor dem Einbau zu reinigen und
mit mittelfestem Lack neu zu benetzen. Ein geprüfter Drehmomentschlüssel mit höchstens vier Prozent
Abweichung ist zu verwenden. Nach dem Anziehen sind die Schrauben mit einem gelben Strich zu markieren,
damit ein Lösen sichtbar wird.

| Verbindung | Gewinde | Festigkeit | Drehmoment |
|----------|----|----|----|
| Siegelbacken oben und unten | M8 | 12.9 | 27 Nm |
| Messerhalter | M6 | 10.9 | 14 Nm |
| Servomotor an Hauptgetriebe | M12 | 8.8 | 79 Nm |
| Kettenrad Antriebswelle | M10 | 8.8 | 46 Nm |
| Lagerbock Zuführkette | M10 | 8.8 | 48 Nm |
| Klemmring Formschulter | M8 | A2-70 | 16 Nm |
| Ablassschraube Hauptgetriebe | G 1/2 | Stahl | 40 Nm |
| Kontermutter Maschinenfuß | M20 | 8 | 120 Nm |
| Scharniere Schutztüren | M6 | A2-70 | 8 Nm |
| Klemmen Heizpatronen | M4 | Messing | 1,5 Nm |

# 10 Ersatz- und Verschleißteile

## 10.1 Empfohlener Vorrat

Nordwerk empfiehlt, die folgenden Teile am Einsatzort vorzuhalten. Preise und Lieferzeiten stehen in der
jeweils gültigen Preisliste des Vertriebs. Bei Bestellungen immer die Seriennummer der Maschine angeben, da
sich die Siegelbacken mit der Seriennummer 400-2650 im Lochbild geändert haben. Mit V gekennzeichnete Teile
gelten als Verschleißteile.

| Teilenummer | Bezeichnung | Vorrat | Art |
|------|------------|----|----|
| NW4-10120 | Heizpatrone 230 V, 400 W | 4 Stück | V |
| NW4-10125 | Temperaturfühler Typ J | 2 Stück | V |
| NW4-10127 | Fühlerkabel Energiekette, 3 m | 1 Stück | E |
| NW4-10230 | Quertrennmesser, gezahnt, 400 mm | 2 Stück | V |
| NW4-10310 | Zuführkette mit Mitnehmern, 3,9 m | 1 Stück | V |
| NW4-10405 | PTFE-Band 60 mm, Rolle 10 m | 2 Rollen | V |
| NW4-10518 | Pufferbatterie Umrichter 3,6 V | 2 Stück | V |
| NW4-10610 | Lichttaster Druckmarke | 1 Stück | E |

# 11 Außerbetriebnahme und Entsorgung

## 11.1 Stilllegung

Bei einer Stilllegung von mehr als vier Wochen die Maschine reinigen, blanke Flächen mit säurefreiem Öl
konservieren und die Folie entnehmen. Die Pufferbatterien bleiben eingebaut, wenn die Maschine alle drei
Monate für mindestens zwölf Stunden eingeschaltet wird. Der Lagerraum muss trocken sein und darf nicht
kälter als minus 15 °C werden. Vor der Wiederinbetriebnahme ist eine vollständige Wartung nach der
2.000-Stunden-Stufe auszuführen.

## 11.2 Entsorgung

Die Maschine besteht zu etwa 82 Prozent aus Stahl und Edelstahl, zu 9 Prozent aus Aluminium und zu 5 Prozent
aus elektrischen Bauteilen. Getriebeöl und Fette sind als gefährlicher Abfall zu entsorgen, Batterien an
einer Sammelstelle abzugeben. Nordwerk nimmt Altmaschinen der Baureihe NW-400 frei Werk Hellbrück kostenlos
zurück, wenn sie vollständig und frei von Produktresten sind. Vor der Übergabe sind alle gespeicherten
Formate und Benutzer zu löschen.

# 12 Konformität und Wartungsnachweis

## 12.1 Konformitätserklärung

Die Nordwerk Maschinenbau GmbH, Industriestraße 14, Hellbrück, erklärt, dass die NW-400 den Bestimmungen der
Maschinenrichtlinie 2006/42/EG und der EMV-Richtlinie 2014/30/EU entspricht. Angewendet wurden insbesondere
EN ISO 12100, EN 60204-1 und EN 415-7. Bevollmächtigter für die technischen Unterlagen ist Dr.-Ing. Piotr
Sadowski, Leiter Entwicklung. Die Erklärung wird ungültig, wenn die Maschine ohne Zustimmung von Nordwerk
verändert wird.

## 12.2 Wartungsnachweis

Der Nachweis ist mindestens zehn Jahre aufzubewahren. Einzutragen sind Datum, Betriebsstunden, Tätigkeit und
Unterschrift. Eintragungen per Hand sind ebenso zulässig wie ein elektronisches Wartungssystem, sofern es
nachträgliche Änderungen protokolliert. Die erste Zeile hat das Werk bei der Abnahme ausgefüllt.

| Datum | Betriebsstunden | Tätigkeit | Unterschrift |
|------|------|------------|------|
| bei Abnahme | 36 | Werksabnahme, Öl geprüft | E. Kaplan |
| ............ | ............ | erster Ölwechsel | ............ |
| ............ | ............ | Wartung 1.000 Stunden | ............ |
| ............ | ............ | Wartung 2.000 Stunden | ............ |
"""

BETRIEBSANLEITUNG = Document(
    path="Technik/Betriebsanleitung_NW-400.pdf",
    title="Betriebsanleitung Schlauchbeutelmaschine NW-400",
    text=TEXT,
    author="Technische Redaktion",
    changed=datetime(2025, 9, 15, 12, 0),
    edition="BA-400-DE · Ausgabe 09/2025",
    facts=(
        ("Dokument-Nr.", "BA-400-DE"),
        ("Ausgabe", "09/2025, Revision 5"),
        ("Maschine", "NW-400 Basic, Plus und Hygiene"),
        ("Seriennummern", "ab 400-2210"),
        ("Hersteller", "Nordwerk Maschinenbau GmbH, Industriestraße 14, Hellbrück"),
        ("Redaktion", "Annika Thode, Entwicklung"),
        ("Sprache", "Originalbetriebsanleitung, Deutsch"),
    ),
)
