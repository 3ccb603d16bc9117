"""Information technology: security policy, password questions, acceptable use."""

from datetime import datetime

from example_content.document import Document

SICHERHEIT = """\
Verantwortlich für diese Richtlinie ist Farid Naderi, Leiter IT. Sie gilt für alle Beschäftigten,
Leiharbeitnehmer und Dienstleister, die mit Systemen oder Daten der Nordwerk Maschinenbau GmbH arbeiten.
Regeln für Kennwörter der normalen Benutzerkonten stehen in der Passwort-FAQ im Intranet und werden hier
nicht wiederholt.

# 1 Einstufung von Informationen

Jede Information wird von der Person eingestuft, die sie erstellt. Ohne Kennzeichnung gilt die Stufe intern.
Konstruktionsdaten der Baureihen NW-400 und NW-650 sind immer mindestens vertraulich, Kalkulationen und
Personaldaten streng vertraulich. Eine niedrigere Einstufung darf nur die Abteilungsleitung festlegen.
Ausdrucke der Stufe streng vertraulich sind mit dem Aktenvernichter der Sicherheitsstufe P-4 zu vernichten.

| Stufe | Beispiel | Weitergabe nach außen |
|---|---|---|
| öffentlich | Prospekt, Stellenanzeige | frei |
| intern | Arbeitsanweisung, Telefonliste | nach Rücksprache mit der Führungskraft |
| vertraulich | Zeichnung, Angebot, Kundendaten | nur mit Geheimhaltungsvereinbarung |
| streng vertraulich | Kalkulation, Personalakte | nur mit Zustimmung der Geschäftsführung |

# 2 Arbeitsplatz und Geräte

## 2.1 Bildschirmsperre und Schreibtisch

Beim Verlassen des Platzes ist der Bildschirm zu sperren; nach fünf Minuten ohne Eingabe sperrt er sich
selbst. Vertrauliche Unterlagen sind abends einzuschließen. Besprechungsräume werden ohne beschriebene
Flipcharts verlassen. In der Fertigung gelten für gemeinsam genutzte Terminals 15 Minuten, weil sich die
Schicht über den Ausweisleser anmeldet.

## 2.2 Diensthandys und Tablets

Diensthandys werden mit einer PIN von mindestens sechs Ziffern oder biometrisch gesperrt. Apps dürfen nur
aus dem Firmenportal installiert werden. Der Verlust eines Diensthandys, Tablets oder Notebooks ist
innerhalb von zwei Stunden dem IT-Helpdesk unter der Durchwahl 145 zu melden, außerhalb der Dienstzeit der
Pforte. Die IT löscht das Gerät dann aus der Ferne. Private Handys dürfen nur das Gäste-WLAN nutzen und
keine Firmen-E-Mails empfangen.

## 2.3 USB-Geräte und Datenträger

Private USB-Sticks sind an allen Rechnern gesperrt. Dienstliche Sticks mit Verschlüsselung gibt der Helpdesk
gegen Unterschrift aus. Sticks von Kunden und Lieferanten werden zuerst an der Prüfstation im Foyer
gescannt, was etwa zehn Minuten dauert. Für Maschinensteuerungen im Service sind ausschließlich die roten
Sticks der Reihe SRV zu verwenden, die nach jedem Einsatz neu formatiert werden.

# 3 Software und Updates

Software wird ausschließlich von der IT installiert. Sicherheitsupdates werden innerhalb von sieben Tagen
eingespielt, als kritisch bewertete innerhalb von 48 Stunden. Rechner, die länger als 30 Tage nicht im Netz
waren, kommen zunächst in ein Quarantänenetz. Für Steuerungen in der Fertigung gilt ein eigenes
Wartungsfenster am ersten Samstag im Monat von 6:00 bis 10:00 Uhr. Abgekündigte Betriebssysteme müssen
innerhalb von sechs Monaten ersetzt oder in ein getrenntes Netz verlegt werden.

# 4 Administrative Konten

Administratoren arbeiten mit einem getrennten Konto, dessen Kennwort mindestens 20 Zeichen hat und das nicht
für E-Mail und Internet benutzt wird. Die Anmeldung erfolgt immer mit einem Hardwareschlüssel. Rechte werden
für höchstens acht Stunden erteilt und danach automatisch entzogen. Farid Naderi und Lena Wübbels prüfen die
Liste der Berechtigten einmal im Quartal und dokumentieren das Ergebnis.

# 5 Datensicherung

Alle Server werden jede Nacht ab 22:30 Uhr gesichert. Tagessicherungen werden 35 Tage aufbewahrt,
Monatssicherungen 12 Monate und Jahressicherungen 10 Jahre. Eine Kopie liegt verschlüsselt in einem zweiten
Brandabschnitt, eine weitere bei einem Rechenzentrum in Bremen. Lokale Laufwerke von Notebooks werden nicht
gesichert; Dateien gehören auf das Netzlaufwerk oder in das Projektportal. Die Wiederherstellung wird
zweimal im Jahr geprobt, zuletzt am 24. Januar 2026 mit einer Dauer von 3 Stunden 20 Minuten.

# 6 Fernzugriff und WLAN

Zugriff von außen ist nur über das VPN mit zweitem Faktor erlaubt. Sitzungen werden nach zwölf Stunden
getrennt. Dienstleister erhalten zeitlich begrenzte Zugänge, die von einer Nordwerk-Person freigeschaltet
und beobachtet werden. Gäste bekommen am Empfang einen Zugang zum Gäste-WLAN, der 24 Stunden gilt. Eigene
WLAN-Router oder Hotspots am Firmennetz sind verboten.

# 7 Künstliche Intelligenz

Erlaubt sind nur die KI-Dienste, die im Firmenportal als freigegeben gekennzeichnet sind. In andere Dienste
dürfen keine Texte, Zeichnungen oder Programme von Nordwerk eingegeben werden, auch nicht in Auszügen.
Ergebnisse sind vor der Verwendung fachlich zu prüfen. Über neue Dienste entscheidet ein Kreis aus IT,
Datenschutz und Betriebsrat, der sich am letzten Donnerstag jedes zweiten Monats trifft.

# 8 Vorfälle melden

Verdächtige E-Mails werden mit der Schaltfläche "Melden" im Mailprogramm oder an phishing@nordwerk.example
weitergeleitet und nicht gelöscht. Wer auf einen Link geklickt oder ein Kennwort eingegeben hat, ruft sofort
den Helpdesk an; eine offene Meldung hat keine arbeitsrechtlichen Folgen. Das betroffene Gerät bleibt
eingeschaltet, wird aber vom Netz getrennt. Datenpannen mit Personenbezug meldet der Datenschutzbeauftragte
Gregor Tannhoff innerhalb von 72 Stunden der Aufsichtsbehörde.

# 9 Protokollierung und Verstöße

Anmeldungen und Zugriffe auf vertrauliche Ordner werden protokolliert. Die Protokolle werden nach 90 Tagen
gelöscht, wenn kein Vorfall untersucht wird. Eine Auswertung auf einzelne Personen ist nur im Verdachtsfall
und gemeinsam mit Betriebsrat und Datenschutzbeauftragtem zulässig. Verstöße können zum Entzug von Rechten
und zu arbeitsrechtlichen Maßnahmen führen.
"""

PASSWORT_FAQ = """\
# Kennwort wählen

## Wie lang muss mein Kennwort sein?

Ein Kennwort hat mindestens 14 Zeichen. Es darf den eigenen Namen, das Wort Nordwerk und einfache
Tastaturfolgen nicht enthalten. Sonderzeichen sind erlaubt, aber nicht vorgeschrieben. Wir empfehlen einen
Satz aus mindestens vier zufälligen Wörtern. Bei der Eingabe prüft das System, ob das Kennwort in bekannten
Listen gestohlener Kennwörter steht, und lehnt es in diesem Fall ab.

## Muss ich mein Kennwort regelmäßig ändern?

Nein, ein regelmäßiger Wechsel wird seit Januar 2025 nicht mehr verlangt. Ändern Sie das Kennwort, wenn Sie
den Verdacht haben, dass es jemand kennt, oder wenn der Helpdesk Sie dazu auffordert. Die letzten zehn
Kennwörter können nicht wieder verwendet werden.

# Gesperrt oder vergessen

## Warum ist mein Konto gesperrt?

Nach fünf falschen Eingaben wird das Konto für 20 Minuten gesperrt und danach automatisch wieder
freigegeben. Häufige Ursache ist ein altes Kennwort, das auf dem Diensthandy gespeichert ist. Passiert das
dreimal an einem Tag, bleibt das Konto gesperrt, bis der Helpdesk es freigibt.

## Wie setze ich ein vergessenes Kennwort zurück?

1. Öffnen Sie im Intranet die Seite Selbsthilfe und wählen Sie "Kennwort vergessen".
2. Bestätigen Sie die Anfrage mit der App auf dem Diensthandy oder mit dem Code, den Ihre Führungskraft
   erhält.
3. Vergeben Sie ein neues Kennwort. Nach etwa drei Minuten gilt es in allen Systemen, im Zeitportal erst am
   nächsten Tag.

Wer weder Diensthandy noch erreichbare Führungskraft hat, kommt mit dem Werksausweis persönlich in Raum
1.12. Am Telefon werden keine Kennwörter zurückgesetzt.

# Zweiter Faktor

## Wann werde ich nach dem zweiten Faktor gefragt?

Im Werk alle 30 Tage, von außen bei jeder Anmeldung. Beschäftigte ohne Diensthandy erhalten auf Wunsch einen
Schlüsselanhänger mit Zahlencode. Bei Verlust des Anhängers wird für den Ersatz eine Kostenbeteiligung von
15 EUR erhoben, beim ersten Mal nicht.

## Was mache ich vor einem Handywechsel?

Richten Sie die App auf dem neuen Gerät ein, bevor Sie das alte zurücksetzen. Der Umzug dauert etwa zehn
Minuten. Das alte Gerät bleibt noch sieben Tage als Ersatz freigeschaltet und wird dann automatisch aus der
Liste entfernt.

# Kennwörter verwalten

## Darf ich Kennwörter aufschreiben?

Nicht auf Papier und nicht in Tabellen. Auf jedem Rechner ist der Kennwortspeicher KeePassXC installiert;
die Datei liegt auf dem persönlichen Netzlaufwerk. Kennwörter im Browser zu speichern ist nur für interne
Seiten erlaubt. Kennwörter von Gemeinschaftskonten werden im Tresor der Abteilung geführt und beim
Ausscheiden einer Person geändert.

## Welche Regeln gelten für welche Konten?

| Konto | Mindestlänge | Zweiter Faktor | Wechsel |
|---|---|---|---|
| Benutzerkonto | 14 Zeichen | ja | nur bei Verdacht |
| Terminal in der Fertigung | PIN mit 6 Ziffern und Ausweis | nein | alle 12 Monate |
| Startkennwort für Neue | wird vergeben | nein | beim ersten Anmelden, gültig 3 Tage |
| Gemeinschaftskonto | 18 Zeichen | ja | beim Ausscheiden einer Person |

# Kontakt

Der Helpdesk ist montags bis donnerstags von 7:00 bis 17:00 Uhr und freitags von 7:00 bis 14:30 Uhr besetzt.
Anfragen bitte möglichst als Ticket stellen; Kennwortprobleme werden innerhalb von 30 Minuten bearbeitet.
"""

ACCEPTABLE_USE = """\
# 1 Purpose and scope

This policy explains how employees, contractors and temporary staff of Nordwerk Maschinenbau GmbH may use
the company's computers, phones, networks and accounts. It applies on site, at home and while travelling. It
is written in English because a third of our service staff does not work in German; for technical protection
measures the German IT security guideline remains binding. Questions go to Lena Wübbels, deputy head of IT.

# 2 Private use

## 2.1 Internet and e-mail

Private use of the internet is tolerated during breaks and for no more than 30 minutes a day, as long as it
does not disturb work or load the network. Streaming of films and sport, online gambling and file sharing
are never allowed. The business e-mail account is for business only; do not use it to register with shops,
clubs or social networks.

## 2.2 Printing and storage

Up to 20 private pages a month may be printed in black and white at no charge. Private files must be kept in
a folder named "Private" of at most 2 GB, which is excluded from any inspection but also from backup.
Business data must not be stored in private cloud services, sent to private mail addresses or copied to
private devices.

# 3 Mobile phones

## 3.1 Business phones

A business phone is issued to employees who are on call, travel at least 15 days a year or work in sales or
service. Private calls within Germany are free of charge for the employee. Phones are replaced after 36
months; whoever wants to keep the old one may buy it for EUR 60 after it has been wiped.

## 3.2 Roaming

Data roaming within the European Union is included. For other countries a travel package of 5 GB must be
ordered from the IT Helpdesk at least three working days before departure. Without a package, roaming is
capped at EUR 50 per trip and then blocked automatically. The cap can be lifted by phone only for service
technicians with a machine down at the customer.

## 3.3 Behind the wheel and in meetings

Phones may be used while driving only with a hands-free system; typing is forbidden even at traffic lights.
In meetings phones are silent. Recording a conversation without the consent of everybody present is a
criminal offence and leads to dismissal.

# 4 Software and licences

Requests for additional software are made by ticket and decided within five working days. Free software also
needs approval because of its licence terms. Trial versions must be removed after 30 days. Anyone who writes
code at Nordwerk uses the company's repository; publishing source code outside requires written consent from
the head of development, Dr.-Ing. Piotr Sadowski.

# 5 Social media

Only the marketing team speaks for Nordwerk on social media. Employees may say where they work, but must
make clear that opinions are their own. Photos from the halls, from customer sites or of machines before
their market launch must not be posted. Inquiries from journalists are forwarded to the management without
comment.

# 6 Monitoring

The company logs the addresses of visited web pages and the volume of data. Logs are evaluated anonymously
once a month. An evaluation related to a person takes place only on concrete suspicion, with the works
council and the data protection officer present, and the person concerned is informed within 14 days after
the evaluation has ended.

# 7 Return of equipment

All devices, tokens and keys are returned on the last working day at the latest. The mailbox is closed on
that day and an automatic reply runs for 60 days. Missing equipment is charged at its residual value;
notebooks are written off over 48 months, monitors over 72 months. The manager signs return form IT-09.

# 8 Consequences

Minor breaches lead to a conversation with the manager and an online refresher course. Repeated or serious
breaches lead to a formal warning or to dismissal. Damage caused deliberately must be paid for by the person
responsible.
"""

DOCUMENTS = (
    Document(
        path="IT/IT-Sicherheitsrichtlinie.md",
        title="IT-Sicherheitsrichtlinie",
        text=SICHERHEIT,
        author="Farid Naderi",
        changed=datetime(2026, 2, 2, 9, 0),
        edition="Nordwerk Maschinenbau GmbH, Version 4.0, gültig ab 2. Februar 2026",
    ),
    Document(
        path="IT/Passwort_FAQ.html",
        title="Passwort-FAQ",
        text=PASSWORT_FAQ,
        author="IT-Helpdesk",
        changed=datetime(2026, 1, 19, 9, 0),
        edition="Zuletzt geändert am 19. Januar 2026 durch den IT-Helpdesk",
    ),
    Document(
        path="IT/Acceptable_Use_Policy.docx",
        title="Acceptable Use Policy",
        text=ACCEPTABLE_USE,
        author="Lena Wübbels",
        changed=datetime(2025, 11, 3, 9, 0),
        lang="en",
        edition="Version 1.6 · 3 November 2025",
    ),
)
