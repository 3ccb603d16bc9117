"""Questions an employee might ask of the example documents, with where and what the answer is."""

from collections.abc import Iterator

ANSWERABLE: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    (
        "de", "Personal/Reisekostenrichtlinie.pdf",
        "Wie viel Verpflegungspauschale bekomme ich für einen vollen Reisetag in Schweden?",
        ("66,00 EUR", "66,00", "66"),
    ),
    (
        "de", "Personal/Reisekostenrichtlinie.pdf",
        "Bis wann muss ich nach der Rückkehr von einer Dienstreise meine Kosten abrechnen?",
        ("20 Arbeitstage", "20 Arbeitstagen"),
    ),
    (
        "de", "Personal/Reisekostenrichtlinie.pdf",
        "Wie hoch ist die Montagezulage pro Tag bei einem Einsatz außerhalb Europas?",
        ("62,00 EUR", "62,00", "62"),
    ),
    (
        "de", "Technik/Betriebsanleitung_NW-400.pdf",
        "Was bedeutet der Störcode E14 an der NW-400?",
        ("Referenzlage",),
    ),
    (
        "de", "Technik/Betriebsanleitung_NW-400.pdf",
        "Mit welchem Drehmoment werden die Siegelbacken der NW-400 angezogen?",
        ("27 Nm",),
    ),
    (
        "de", "Technik/Betriebsanleitung_NW-400.pdf",
        "Wie lange müssen die Siegelbacken der NW-400 abkühlen, bevor ich daran arbeiten darf?",
        ("35 Minuten",),
    ),
    (
        "de", "Personal/Urlaubsregelung.docx",
        "Wie viele Urlaubstage stehen mir im zweiten Beschäftigungsjahr zu?",
        ("29 Arbeitstage", "29"),
    ),
    (
        "de", "Personal/Urlaubsregelung.docx",
        "Bis wann muss ich meinen Resturlaub aus dem Vorjahr spätestens nehmen, damit er nicht verfällt?",
        ("31. März",),
    ),
    (
        "de", "Personal/Urlaubsregelung.docx",
        "Bis zu welchem Datum muss ich den Kauf zusätzlicher Urlaubstage beantragen?",
        ("15. November",),
    ),
    (
        "de", "Personal/Betriebsvereinbarung_Homeoffice.docx",
        "In welchem Zeitraum muss ich im Homeoffice erreichbar sein?",
        ("9:00 bis 15:00", "15:00"),
    ),
    (
        "de", "Personal/Betriebsvereinbarung_Homeoffice.docx",
        "Wie viele Tage im Jahr darf ich mobil aus dem EU-Ausland arbeiten?",
        ("15 Arbeitstage", "15"),
    ),
    (
        "de", "IT/IT-Sicherheitsrichtlinie.md",
        "Ich habe mein Diensthandy verloren. Welche Durchwahl muss ich anrufen?",
        ("145",),
    ),
    (
        "de", "IT/IT-Sicherheitsrichtlinie.md",
        "Wie lange werden die täglichen Datensicherungen der Server aufbewahrt?",
        ("35 Tage",),
    ),
    (
        "de", "IT/Passwort_FAQ.html",
        "Wie lang muss das Kennwort meines normalen Benutzerkontos mindestens sein?",
        ("14 Zeichen",),
    ),
    (
        "de", "IT/Passwort_FAQ.html",
        "Wie lange ist mein Konto nach fünf falschen Kennworteingaben gesperrt?",
        ("20 Minuten",),
    ),
    (
        "de", "Vertrieb/Preisliste_2026.xlsx",
        "Was kostet die obere Siegelbacke für die NW-400?",
        ("1.249,00 EUR", "1.249,00", "1.249"),
    ),
    (
        "de", "Vertrieb/Preisliste_2026.xlsx",
        "Welche Lieferzeit hat die NW-650 in der Ausführung Speed?",
        ("28 Wochen",),
    ),
    (
        "de", "Einkauf/Lieferantenliste.csv",
        "Wer ist unser Ansprechpartner bei der Gießerei Hüttmann?",
        ("Dr. Frank Hüttmann", "Frank Hüttmann"),
    ),
    (
        "de", "Protokolle/2026-02-12_Produktionsrunde.eml",
        "Wann werden die beiden verspäteten NW-650 an die Molkerei Sondermann geliefert?",
        ("27. März",),
    ),
    (
        "de", "Protokolle/2026-03-05_Qualitaetszirkel.eml",
        "Welche Charge PTFE-Band hat die undichten Siegelnähte verursacht?",
        ("JK-2251",),
    ),
    (
        "de", "Protokolle/2026-03-05_Qualitaetszirkel.eml",
        "An welchen Tagen ist das Überwachungsaudit nach ISO 9001?",
        ("19. und 20. Mai", "20. Mai"),
    ),
    (
        "de", "Organisation/Organigramm.pptx",
        "Wer vertritt die Leiterin der Montage in Halle 2?",
        ("Karim Osmani", "Osmani"),
    ),
    (
        "de", "Organisation/Organigramm.pptx",
        "Unter welcher Durchwahl erreiche ich den Datenschutzbeauftragten?",
        ("148",),
    ),
    (
        "de", "Technik/Wartungsprotokoll_Halle2.txt",
        "Welche Öltemperatur wurde im Januar am Kompressor KO-2 gemessen?",
        ("109 °C", "109"),
    ),
    (
        "de", "Organisation/Notfallplan.txt",
        "Wo ist bei einer Räumung der Sammelplatz für die Halle 2?",
        ("Hochregallager", "Sammelplatz B"),
    ),
    (
        "de", "Organisation/Hausordnung.html",
        "Wo darf ich in den Produktionshallen mein Handy benutzen?",
        ("Telefonzonen",),
    ),
    (
        "en", "IT/Acceptable_Use_Policy.docx",
        "At what amount per trip is data roaming capped if I have not ordered a travel package?",
        ("EUR 50", "50"),
    ),
    (
        "en", "Vertrieb/Terms_of_Sale.pdf",
        "How long is the warranty period for new machines under our terms of sale?",
        ("24 months",),
    ),
    (
        "en", "Vertrieb/Terms_of_Sale.pdf",
        "What restocking fee is deducted when a customer returns unused spare parts?",
        ("18 percent", "18"),
    ),
    (
        "en", "Einkauf/Supplier_Code_of_Conduct.docx",
        "Up to what total value a year may a supplier give gifts to our employees?",
        ("EUR 40", "40"),
    ),
    (
        "en", "Technik/Service_Manual_NW-650_Extract.html",
        "Which oil goes into the main gearbox of the NW-650?",
        ("CLP HC 460", "HC 460"),
    ),
    (
        "en", "Technik/Service_Manual_NW-650_Extract.html",
        "What does fault code E131 on the NW-650 mean?",
        ("Oil temperature", "85 °C"),
    ),
    (
        "en", "Personal/Onboarding_Checklist.md",
        "How much is the referral bonus for recommending a new colleague?",
        ("EUR 750", "750"),
    ),
    (
        "en", "Vertrieb/NW-650_Overview.pptx",
        "How soon is a technician on site with the Gold service package?",
        ("36 hours",),
    ),
    (
        "en", "Technik/Betriebsanleitung_NW-400.pdf",
        "How many months of warranty are there on the main drive of the NW-400?",
        ("36 Monate", "36"),
    ),
    (
        "en", "Personal/Betriebsvereinbarung_Homeoffice.docx",
        "How much does the company contribute to a desk and chair for my home office?",
        ("250 EUR", "250"),
    ),
    (
        "en", "Einkauf/Lieferantenliste.csv",
        "How many days do we have to pay invoices of the gearbox supplier Ahrndt?",
        ("60 Tage", "60"),
    ),
    (
        "en", "Protokolle/2026-02-12_Produktionsrunde.eml",
        "Who was asked to order the replacement for compressor KO-2?",
        ("Marco Stellmann", "Stellmann"),
    ),
)  # fmt: skip

UNANSWERABLE: tuple[tuple[str, str], ...] = (
    ("de", "Wer hat 2014 die Fußball-Weltmeisterschaft gewonnen?"),
    ("de", "Wie backe ich einen saftigen Apfelkuchen?"),
    ("de", "Wie hoch ist der Schalldruckpegel der NW-650 am Arbeitsplatz?"),
    ("de", "Was kostet das Tagesgericht in der Kantine für Besucher?"),
    ("en", "What is the capital of Australia?"),
    ("en", "What volume discount do we grant a customer who orders five NW-650 machines?"),
)


def as_records() -> Iterator[dict[str, object]]:
    for lang, document, question, answer in ANSWERABLE:
        yield {"question": question, "lang": lang, "document": document, "answer": list(answer)}
    for lang, question in UNANSWERABLE:
        yield {"question": question, "lang": lang, "unanswerable": True}
