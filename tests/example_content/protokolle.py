"""Minutes that went round by mail."""

from datetime import datetime, timedelta, timezone

from example_content.document import Mail

WINTER_TIME = timezone(timedelta(hours=1))

PRODUKTIONSRUNDE = """\
Liebe Kolleginnen und Kollegen,

hier das Protokoll der Produktionsrunde vom 12. Februar 2026, Besprechungsraum Elbe, 8:30 bis 9:50 Uhr.
Anwesend: Uwe Grotjahn (Leitung), Silke Marquardt, Dirk Hennings, Aylin Demir, Holger Brinkmann, Marco
Stellmann, Thorsten Wiechert, Ines Hagedorn. Entschuldigt: Dr. Katrin Volkmer.

# 1. Auftragslage

In der Montage stehen 14 Maschinen, davon neun NW-400 und fünf NW-650. Der Auftragsbestand reicht bis in die
38. Kalenderwoche. Der Auftrag 2025-1187 für die Molkerei Sondermann, zwei NW-650 Hygiene, verspätet sich,
weil die Lichtvorhänge fehlen. Neuer Liefertermin ist der 27. März 2026; Ines Hagedorn hat den Kunden
informiert, der auf eine Vertragsstrafe verzichtet, wenn Nordwerk die Schulung kostenlos übernimmt.

# 2. Überstunden in Halle 2

Um den Rückstand von 640 Stunden abzubauen, wird an vier Samstagen gearbeitet: 21. und 28. Februar sowie 7.
und 14. März, jeweils von 6:00 bis 12:00 Uhr. Der Betriebsrat hat zugestimmt. Der Zuschlag beträgt 35
Prozent, die Teilnahme ist freiwillig. Aylin Demir führt die Liste und braucht mindestens 12 Personen je
Samstag.

# 3. Ersatz für den Kompressor KO-2

Die Reparatur lohnt sich nicht mehr. Beschlossen wurde der Kauf eines drehzahlgeregelten
Schraubenkompressors mit 22 kW für 18.750 EUR bei der Firma Drucklufttechnik Brüggen. Marco Stellmann
bestellt bis zum 20. Februar, die Inbetriebnahme ist für die 16. Kalenderwoche vorgesehen. Holger Brinkmann
beantragt den Zuschuss für Energieeffizienz, erwartet werden 3.200 EUR. Die Abwärme soll den Waschraum in
Halle 2 heizen.

# 4. Ausschuss und Nacharbeit

Die Ausschussquote der mechanischen Fertigung lag im Januar bei 2,4 Prozent, Ziel ist 1,9 Prozent. Größter
Posten waren 31 Formschultern mit Maßabweichung am Radius. Dirk Hennings lässt ab sofort das erste Teil
jeder Serie auf der Koordinatenmessmaschine messen. Die Kosten der Nacharbeit betrugen 11.280 EUR.

# 5. Lager und Logistik

Die Inventur der Kleinteile ergab eine Differenz von 4.150 EUR. Thorsten Wiechert führt zum 1. April
Zweibehälter-Kanban für 180 Schraubentypen ein. Der Gabelstapler G-3 fällt bis zum 26. Februar aus, so lange
steht ein Mietstapler zur Verfügung. Anlieferungen sind ab März nur noch zwischen 7:00 und 15:00 Uhr
möglich.

# Beschlüsse und Aufgaben

| Nr. | Aufgabe | Verantwortlich | Termin |
|---|---|---|---|
| 1 | Samstagsliste Halle 2 aushängen | Aylin Demir | 16. Februar 2026 |
| 2 | Kompressor bestellen | Marco Stellmann | 20. Februar 2026 |
| 3 | Zuschussantrag Energieeffizienz | Holger Brinkmann | 27. Februar 2026 |
| 4 | Erstteilmessung Formschultern einführen | Dirk Hennings | sofort |
| 5 | Schulungsplan für Molkerei Sondermann | Ines Hagedorn | 6. März 2026 |
| 6 | Kanban für Schrauben | Thorsten Wiechert | 1. April 2026 |

Die nächste Produktionsrunde findet am 12. März 2026 um 8:30 Uhr im selben Raum statt.

Viele Grüße, Silke Marquardt
"""

QUALITAETSZIRKEL = """\
Guten Tag zusammen,

anbei die Ergebnisse des Qualitätszirkels vom 5. März 2026, Raum Alster, 13:00 bis 14:40 Uhr. Teilgenommen
haben Dr. Katrin Volkmer (Leitung), Sven Lührs, Britta Seedorf, Annika Thode, Renate Fiebig, Aylin Demir.
Petra Lohmeyer war zu Punkt 5 als Gast dabei.

# 1. Reklamationen im Februar

Es gab 17 Reklamationen bei 410 Lieferungen, das sind 4,1 Prozent; im Januar waren es 3,3 Prozent. Neun
Fälle betreffen undichte Siegelnähte, drei falsche Ersatzteile, zwei Transportschäden und drei Software. Die
mittlere Bearbeitungszeit lag bei 6,5 Arbeitstagen, das Ziel sind fünf. Britta Seedorf meldet, dass vier der
neun Siegelfälle auf Bedienfehler nach Formatwechsel zurückgehen.

# 2. Undichte Siegelnähte durch PTFE-Band

Fünf Fälle lassen sich auf die Charge JK-2251 des Lieferanten Dichtungstechnik Jäkel zurückführen; das Band
ist 0,02 mm zu dünn. Beschlossen: Der Restbestand von 86 Rollen wird gesperrt, der Wareneingang prüft bis
zum 30. April 2026 jede Rolle mit der Bügelmessschraube. Sven Lührs fordert einen 8D-Report an, fällig am
20. März 2026. Renate Fiebig verlangt Ersatz für die Folgekosten von 6.340 EUR.

# 3. Neue Zugprüfmaschine

Die alte Zugprüfmaschine von 2004 erhält keine Kalibrierung mehr. Freigegeben wurde eine Tischmaschine mit
2,5 kN zum Preis von 9.480 EUR. Sie soll bis zum 15. Mai 2026 im Messraum stehen. Annika Thode schreibt bis
dahin die Prüfanweisung PA-33 neu: Die Mindestfestigkeit der Quernaht wird von 14 auf 16 Newton je 15 mm
angehoben.

# 4. Audit ISO 9001

Das Überwachungsaudit findet am 19. und 20. Mai 2026 statt, Auditorin ist Dr. Beate Kranzler. Drei interne
Audits stehen noch aus: Einkauf, Service und Wareneingang. Dr. Katrin Volkmer führt sie bis zum 24. April
durch. Aus dem Vorjahr ist eine Abweichung zur Lenkung von Kundeneigentum offen, die Britta Seedorf bis Ende
März schließt.

# 5. Ideenwettbewerb

Im Februar gingen 22 Vorschläge ein, sieben wurden angenommen. Die höchste Prämie von 1.200 EUR erhält Karim
Osmani aus der Montage für die Montagehilfe der Formschulter, die je Maschine 40 Minuten spart. Das Thema
des zweiten Quartals lautet "Weniger Verpackung im Werk". Vorschläge nimmt Petra Lohmeyer bis zum 30. Juni
entgegen.

# Aufgaben

| Nr. | Aufgabe | Verantwortlich | Termin |
|---|---|---|---|
| 1 | 8D-Report bei Dichtungstechnik Jäkel anfordern | Sven Lührs | 20. März 2026 |
| 2 | Folgekosten geltend machen | Renate Fiebig | 31. März 2026 |
| 3 | Prüfanweisung PA-33 überarbeiten | Annika Thode | 15. Mai 2026 |
| 4 | Interne Audits Einkauf, Service, Wareneingang | Dr. Katrin Volkmer | 24. April 2026 |
| 5 | Kurzvideo zum Formatwechsel für Kunden | Britta Seedorf | 30. April 2026 |

Der nächste Qualitätszirkel ist am 2. April 2026 um 13:00 Uhr.

Mit freundlichen Grüßen, Sven Lührs
"""

DOCUMENTS = (
    Mail(
        path="Protokolle/2026-02-12_Produktionsrunde.eml",
        subject="Protokoll Produktionsrunde 12. Februar 2026",
        sender="Silke Marquardt <s.marquardt@nordwerk.example>",
        to="Produktionsrunde <produktionsrunde@nordwerk.example>",
        cc=("Dr. Henrike Aldenhoff <h.aldenhoff@nordwerk.example>, Dr. Katrin Volkmer <k.volkmer@nordwerk.example>"),
        sent=datetime(2026, 2, 12, 15, 42, tzinfo=WINTER_TIME),
        message_id="<20260212154200.4471@nordwerk.example>",
        text=PRODUKTIONSRUNDE,
    ),
    Mail(
        path="Protokolle/2026-03-05_Qualitaetszirkel.eml",
        subject="Ergebnisse Qualitätszirkel 5. März 2026",
        sender="Sven Lührs <s.luehrs@nordwerk.example>",
        to="Qualitätszirkel <qualitaetszirkel@nordwerk.example>",
        cc="Uwe Grotjahn <u.grotjahn@nordwerk.example>, Petra Lohmeyer <p.lohmeyer@nordwerk.example>",
        sent=datetime(2026, 3, 6, 9, 15, tzinfo=WINTER_TIME),
        message_id="<20260306091500.4633@nordwerk.example>",
        text=QUALITAETSZIRKEL,
    ),
)
