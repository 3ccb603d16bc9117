"""Personnel: leave, working from home, onboarding."""

from datetime import datetime

from example_content.document import Document
from example_content.reisekosten import REISEKOSTENRICHTLINIE

URLAUB = """\
# 1 Geltungsbereich

Diese Regelung gilt für alle Beschäftigten der Nordwerk Maschinenbau GmbH mit Ausnahme der Auszubildenden
unter 18 Jahren, für die das Jugendarbeitsschutzgesetz eigene Ansprüche vorsieht. Sie ergänzt den
Arbeitsvertrag und geht ihm vor, soweit sie günstiger ist. Urlaubsjahr ist das Kalenderjahr. Ansprechpartner
in der Personalabteilung ist Jonas Brandhorst. Alle Tage sind Arbeitstage auf der Grundlage einer
Fünf-Tage-Woche; bei abweichender Verteilung der Arbeitszeit wird anteilig umgerechnet und auf halbe Tage
aufgerundet.

# 2 Jahresurlaub

## 2.1 Urlaubstage nach Betriebszugehörigkeit

Der Jahresurlaub steigt mit der Dauer der Betriebszugehörigkeit. Stichtag ist der 1. Januar: Wer an diesem
Tag das genannte Beschäftigungsjahr begonnen hat, erhält den höheren Anspruch für das ganze Jahr. Zeiten der
Ausbildung bei Nordwerk zählen mit, Zeiten als Leiharbeitnehmer zur Hälfte. Schwerbehinderte Beschäftigte
erhalten zusätzlich fünf Arbeitstage, Gleichgestellte erhalten keinen Zusatzurlaub.

| Betriebszugehörigkeit | Urlaubstage im Jahr |
|------------|--------|
| 1. Beschäftigungsjahr | 28 Arbeitstage |
| 2. Beschäftigungsjahr | 29 Arbeitstage |
| 3. bis 9. Beschäftigungsjahr | 30 Arbeitstage |
| 10. bis 19. Beschäftigungsjahr | 31 Arbeitstage |
| ab dem 20. Beschäftigungsjahr | 33 Arbeitstage |

## 2.2 Ein- und Austritt im laufenden Jahr

Wer im Laufe des Jahres ein- oder austritt, erhält für jeden vollen Monat ein Zwölftel des Jahresurlaubs.
Während der Probezeit können bis zu zehn Tage genommen werden. Beim Austritt nach dem 30. Juni besteht
mindestens Anspruch auf den gesetzlichen Urlaub von 20 Tagen. Zu viel genommener Urlaub wird nicht
zurückgefordert. Resturlaub ist in der Kündigungsfrist zu nehmen; nur wenn das aus betrieblichen Gründen
unmöglich ist, wird er mit dem letzten Entgelt abgegolten.

## 2.3 Heiligabend und Silvester

Der 24. Dezember und der 31. Dezember sind arbeitsfrei, ohne dass dafür Urlaub eingesetzt werden muss. Wer
an einem dieser Tage im Kundendienst oder in der Instandhaltung Bereitschaft hat, erhält einen Ersatztag,
der bis zum 30. April des Folgejahres zu nehmen ist. Teilzeitkräfte, deren freier Tag auf eines der Daten
fällt, erhalten keinen Ersatz.

# 3 Antrag und Planung

## 3.1 Fristen

Urlaub wird im Zeitportal beantragt. Anträge für mehr als fünf zusammenhängende Tage sind mindestens vier
Wochen vorher zu stellen, kürzere mindestens drei Arbeitstage vorher. Die Führungskraft entscheidet
innerhalb von fünf Arbeitstagen; danach gilt der Antrag als genehmigt. Die Jahresplanung ist bis zum 31.
Januar abzugeben und umfasst mindestens 15 Tage, davon zwei Wochen am Stück. Eltern schulpflichtiger Kinder
haben in den niedersächsischen Schulferien Vorrang.

## 3.2 Betriebsferien

Im Sommer 2026 ruht die Fertigung vom 27. Juli bis zum 7. August. Beschäftigte der Produktion setzen dafür
zehn Urlaubstage ein. Vertrieb, Einkauf und IT halten einen Notdienst mit mindestens einer Person je
Abteilung aufrecht; der Kundendienst ist von den Betriebsferien ausgenommen. Brückentage werden nicht
allgemein verfügt, sondern von den Abteilungen bis Ende Februar geplant.

## 3.3 Widerruf genehmigten Urlaubs

Genehmigter Urlaub kann nur in dringenden Notfällen und nur mit Zustimmung der Beschäftigten verlegt werden.
Nachgewiesene Stornokosten für Reise und Unterkunft ersetzt die Firma in voller Höhe, auch die der
mitreisenden Familie. Ein Rückruf aus laufendem Urlaub ist ausgeschlossen. Wer im Urlaub erkrankt und das ab
dem ersten Tag ärztlich nachweist, erhält die Krankheitstage gutgeschrieben.

# 4 Übertragung in das Folgejahr

Urlaub soll im laufenden Jahr genommen werden. Bis zu acht Tage werden ohne Antrag in das Folgejahr
übertragen und verfallen, wenn sie nicht bis zum 31. März genommen sind. Eine Übertragung bis zum 30.
September ist möglich, wenn die Führungskraft bestätigt, dass betriebliche Gründe den Urlaub verhindert
haben. Die Personalabteilung erinnert jedes Jahr Ende Oktober per E-Mail an den Reststand und an den
drohenden Verfall. Bei langer Krankheit verfällt der Urlaub erst 15 Monate nach Ende des Urlaubsjahres.

# 5 Sonderurlaub

Für besondere Anlässe wird bezahlter Sonderurlaub gewährt. Er ist im zeitlichen Zusammenhang mit dem
Ereignis zu nehmen, spätestens innerhalb von vier Wochen, und durch eine Kopie der Urkunde nachzuweisen.
Fällt der Anlass in den Erholungsurlaub, werden die Tage gutgeschrieben. Nicht eheliche Lebensgemeinschaften
sind gleichgestellt, wenn ein gemeinsamer Wohnsitz gemeldet ist.

| Anlass | Sonderurlaub |
|----------------|--------|
| eigene Eheschließung | 2 Tage |
| Silberhochzeit | 1 Tag |
| Geburt des eigenen Kindes | 3 Tage |
| Tod der Partnerin, des Partners oder eines Kindes | 4 Tage |
| Tod eines Eltern- oder Schwiegerelternteils | 2 Tage |
| Umzug mit eigenem Haushalt, höchstens alle drei Jahre | 1 Tag |
| 25-jähriges Dienstjubiläum | 2 Tage |
| Prüfung in einer von der Firma geförderten Fortbildung | Prüfungstag und 1 Tag davor |

# 6 Zusätzliche freie Zeit

## 6.1 Urlaubskauf

Beschäftigte können einmal im Jahr bis zu fünf zusätzliche Urlaubstage kaufen. Der Antrag ist bis zum 15.
November für das Folgejahr zu stellen; das Entgelt wird in zwölf gleichen Raten einbehalten. Gekaufte Tage
sind nach den Tagen aus Abschnitt 2 zu nehmen und nicht übertragbar. In der Probezeit und in der
Altersteilzeit ist ein Kauf nicht möglich.

## 6.2 Unbezahlter Urlaub

Auf Antrag kann unbezahlter Urlaub bis zu 20 Arbeitstage im Jahr gewährt werden, wenn der Erholungsurlaub
verbraucht ist. Ab dem 31. Kalendertag endet der Schutz in der Sozialversicherung; darüber berät die
Personalabteilung vorher schriftlich. Ein Sabbatical von drei bis zwölf Monaten wird über ein Wertkonto
angespart und mit einem Vorlauf von neun Monaten vereinbart.
"""

HOMEOFFICE = """\
# Präambel

Die Geschäftsführung der Nordwerk Maschinenbau GmbH, vertreten durch Dr. Henrike Aldenhoff, und der
Betriebsrat, vertreten durch die Vorsitzende Petra Lohmeyer, schließen die folgende Vereinbarung über die
Arbeit im Homeoffice. Sie soll die Vereinbarkeit von Beruf und Privatleben verbessern, ohne dass die
Zusammenarbeit zwischen Büro und Fertigung leidet. Ein Rechtsanspruch auf einen Telearbeitsplatz im Sinne
der Arbeitsstättenverordnung entsteht nicht.

# § 1 Geltungsbereich

(1) Die Vereinbarung gilt für alle Beschäftigten, deren Aufgaben sich dafür eignen. Nicht geeignet sind
Tätigkeiten in Fertigung, Lager, Instandhaltung und an der Pforte. Über die Eignung entscheidet die
Abteilungsleitung innerhalb von zwei Wochen nach dem Antrag; eine Ablehnung ist schriftlich zu begründen.

(2) Homeoffice ist frühestens nach drei Monaten Betriebszugehörigkeit möglich. Auszubildende dürfen nach der
Zwischenprüfung einen Tag in der Woche zu Hause arbeiten, wenn die Ausbilderin oder der Ausbilder zustimmt.

# § 2 Umfang

(1) Es können bis zu acht Tage im Monat im Homeoffice gearbeitet werden, in einer einzelnen Woche höchstens
drei. Nicht genutzte Tage verfallen am Monatsende. Teilzeitkräfte erhalten den Umfang anteilig, mindestens
jedoch drei Tage im Monat.

(2) Dienstag ist in allen Abteilungen Präsenztag. Die Abteilungsleitung kann einen weiteren Präsenztag
festlegen. Aus dringendem Anlass, etwa zur Abnahme einer Maschine, kann Anwesenheit mit einer Frist von 24
Stunden angeordnet werden.

# § 3 Arbeitszeit und Erreichbarkeit

(1) Es gilt die betriebliche Gleitzeit zwischen 6:00 und 20:00 Uhr. Im Homeoffice ist die Erreichbarkeit von
9:00 bis 15:00 Uhr sicherzustellen, freitags bis 13:00 Uhr. Beginn, Ende und Pausen werden selbst im
Zeitportal gebucht.

(2) Außerhalb der Gleitzeit besteht keine Pflicht, Anrufe anzunehmen oder Nachrichten zu lesen. Mehrarbeit
bedarf auch im Homeoffice der vorherigen Anordnung. Zuschläge für Nacht- oder Sonntagsarbeit, die nicht
angeordnet war, werden nicht gezahlt.

# § 4 Arbeitsmittel und Kosten

(1) Die Firma stellt Notebook, Headset, Dockingstation und einen Bildschirm mit 27 Zoll. Private Drucker
dürfen nicht angeschlossen werden.

(2) Für Schreibtisch und Bürostuhl wird ein einmaliger Zuschuss von 250 EUR gezahlt, wenn eine Rechnung
vorgelegt wird. Wer innerhalb von zwölf Monaten ausscheidet, zahlt die Hälfte zurück. Für Strom, Heizung und
Internet wird eine Pauschale von 18 EUR im Monat gezahlt, sofern in dem Monat mindestens vier Tage im
Homeoffice gearbeitet wurde.

| Leistung | Betrag | Voraussetzung |
|----------|------|--------------|
| Zuschuss für Schreibtisch und Bürostuhl | 250 EUR einmalig | Rechnung, ungekündigtes Arbeitsverhältnis |
| Kostenpauschale | 18 EUR im Monat | mindestens vier Tage im Monat |
| zweiter Bildschirm | Leihgerät | Konstruktion und Softwareentwicklung |

# § 5 Arbeiten aus dem Ausland

(1) Mobiles Arbeiten aus Staaten der Europäischen Union und aus der Schweiz ist an bis zu 15 Arbeitstagen im
Kalenderjahr möglich. Der Antrag ist mindestens sechs Wochen vorher bei der Personalabteilung zu stellen,
damit die A1-Bescheinigung und steuerliche Fragen geklärt werden können.

(2) Aus anderen Staaten ist mobiles Arbeiten nicht gestattet. Das gilt auch für einzelne Tage im Anschluss
an einen Urlaub oder eine Dienstreise.

# § 6 Datenschutz und Arbeitsschutz

(1) Unterlagen der Stufe vertraulich und höher dürfen nicht auf Papier mit nach Hause genommen werden. Der
Bildschirm ist so aufzustellen, dass Dritte nicht mitlesen können. Dienstliche Gespräche sind nicht in
Gegenwart von Sprachassistenten zu führen.

(2) Vor Beginn füllen die Beschäftigten die Selbstauskunft AS-14 zum häuslichen Arbeitsplatz aus. Die
Fachkraft für Arbeitssicherheit berät auf Wunsch per Video. Wegeunfälle zwischen Wohnung und Betrieb sind
versichert, Wege innerhalb der Wohnung nur, soweit sie der Arbeit dienen.

# § 7 Beendigung der Teilnahme

Beide Seiten können die Teilnahme im Einzelfall mit einer Frist von vier Wochen zum Monatsende beenden. Bei
einem Verstoß gegen § 6 kann die Abteilungsleitung die Teilnahme nach Anhörung des Betriebsrats sofort
aussetzen. Die Arbeitsmittel sind innerhalb von fünf Arbeitstagen zurückzugeben.

# § 8 Streitfälle

Über Meinungsverschiedenheiten berät ein Ausschuss aus je zwei Mitgliedern von Geschäftsführung und
Betriebsrat. Er tritt innerhalb von zehn Arbeitstagen nach Anrufung zusammen. Kommt keine Einigung zustande,
entscheidet die Einigungsstelle unter dem Vorsitz einer Richterin oder eines Richters am Arbeitsgericht.

# § 9 Inkrafttreten und Kündigung

Die Vereinbarung tritt am 1. Januar 2026 in Kraft und ersetzt die Fassung vom 1. April 2022. Sie kann mit
einer Frist von drei Monaten zum Quartalsende gekündigt werden und wirkt bis zum Abschluss einer neuen
Vereinbarung nach, längstens zwölf Monate. Hellbrück, 18. November 2025. Gezeichnet Dr. Henrike Aldenhoff,
Petra Lohmeyer.
"""

ONBOARDING = """\
This checklist is for new employees, their managers and their mentors. It covers the time from the signed
contract to the end of the probationary period of six months. Hanna Petersen in Human Resources keeps the
signed copy; ask her if an item does not apply to you. Items marked **mandatory** must be ticked before you
may work without supervision.

## Before the first day

- Human Resources orders the access badge and the locker **ten working days** before the start date.
- The manager opens ticket type "New employee" so that IT can prepare notebook, accounts and phone.
- Human Resources sends the welcome letter with the tax form, the bank form and the uniform size sheet.
- The manager names a mentor. The mentor must have been with Nordwerk for at least two years.

## First day

Arrive at the gate at 8:30 and ask for Human Resources; parking is on row C for the first week. You receive
your badge against a deposit of EUR 20, your locker key and your safety shoes. The plant tour takes about 90
minutes and ends in the canteen, where your lunch is paid by the company. In the afternoon you sign the
confidentiality agreement and set up your accounts with the IT Helpdesk.

- Safety briefing with Nils Bergengrün, 60 minutes (**mandatory**)
- Fire protection walk with the mentor (**mandatory**)
- Photo for the staff directory, voluntary

## First week

| Topic | Who | Duration | Mandatory |
|---|---|---|---|
| Data protection e-learning | Gregor Tannhoff | 45 minutes | yes |
| Information security e-learning | Lena Wübbels | 50 minutes | yes |
| Time recording and leave requests | Jonas Brandhorst | 30 minutes | yes |
| Quality basics and 5S | Sven Lührs | 2 hours | production and engineering only |
| Services training NW-400 and NW-650 | Emre Kaplan | half a day | no |

## First month

New employees in production spend three days in assembly, one day in incoming inspection and one day with
Service. Office employees spend two days in assembly, regardless of their job. The manager holds the first
feedback talk after four weeks and records it on form HR-22. Forklift drivers and crane operators need a
written driving order before they use the equipment, even if they bring a licence from a former employer.

## Probationary period

The second feedback talk takes place after **ten weeks** and the final one no later than four weeks before
the probationary period ends. During probation the notice period is two weeks for both sides. Whoever
recommends a new colleague receives a referral bonus of EUR 750, paid with the salary of the month after
probation has been passed. The mentor receives one day off as a thank-you.
"""

DOCUMENTS = (
    REISEKOSTENRICHTLINIE,
    Document(
        path="Personal/Urlaubsregelung.docx",
        title="Urlaubsregelung",
        text=URLAUB,
        author="Jonas Brandhorst",
        changed=datetime(2025, 12, 8, 10, 30),
        edition="Version 2.4 · gültig ab 1. Januar 2026",
    ),
    Document(
        path="Personal/Betriebsvereinbarung_Homeoffice.docx",
        title="Betriebsvereinbarung Homeoffice",
        text=HOMEOFFICE,
        author="Marlies Kettler",
        changed=datetime(2025, 11, 18, 14, 0),
        edition="Fassung vom 18. November 2025",
    ),
    Document(
        path="Personal/Onboarding_Checklist.md",
        title="Onboarding Checklist",
        text=ONBOARDING,
        author="Hanna Petersen",
        changed=datetime(2026, 1, 12, 8, 0),
        lang="en",
        edition="Nordwerk Maschinenbau GmbH, Human Resources, January 2026",
    ),
)
