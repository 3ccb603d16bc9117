"""Purchasing: suppliers and what is expected of them."""

from datetime import datetime

from example_content.document import CsvTable, Document

SUPPLIERS = CsvTable(
    path="Einkauf/Lieferantenliste.csv",
    header=(
        "Lieferantennummer", "Firma", "Ort", "Warengruppe", "Ansprechpartner", "Telefon", "E-Mail",
        "Zahlungsziel", "Lieferzeit", "Bewertung", "Rahmenvertrag bis", "Bemerkung",
    ),
    rows=(
        (
            "70012", "Stahlhandel Böhmer KG", "Krähenhorst", "Stahl und Bleche", "Jürgen Böhmer",
            "040 66969-301", "verkauf@boehmer-stahl.example", "30 Tage netto", "5 Arbeitstage", "A",
            "31.12.2026", "Zuschnitt nach Zeichnung; Mindermengenzuschlag 35,00 EUR",
        ),
        (
            "70019", "Edelstahl Wesermann GmbH", "Altenwiek", "Edelstahl", "Simone Wesermann",
            "040 66969-302", "info@wesermann.example", "14 Tage 2 % Skonto, 30 Tage netto", "8 Arbeitstage",
            "A", "30.06.2027", "Werkszeugnis 3.1 immer mitbestellen",
        ),
        (
            "70025", "Gießerei Hüttmann AG", "Rodenförde", "Gussteile", "Dr. Frank Hüttmann",
            "040 66969-303", "auftrag@huettmann-guss.example", "45 Tage netto", "35 Arbeitstage", "B",
            "31.03.2027", "Modelle sind Eigentum von Nordwerk",
        ),
        (
            "70031", "Antriebstechnik Löffelholz GmbH", "Wiesenau", "Servomotoren und Umrichter",
            "Katja Löffelholz", "040 66969-304", "k.loeffelholz@loeffelholz.example", "30 Tage netto",
            "40 Arbeitstage", "A", "31.12.2027", "Konsignationslager mit 12 Motoren",
        ),
        (
            "70034", "Getriebebau Ahrndt GmbH", "Neukirchen am Deich", "Getriebe", "Olaf Ahrndt",
            "040 66969-305", "ahrndt@ahrndt-getriebe.example", "60 Tage netto", "30 Arbeitstage", "B",
            "31.12.2026", "Zweitlieferant wird gesucht",
        ),
        (
            "70040", "Sensorik Kühnast GmbH & Co. KG", "Bergfelde", "Sensoren", "Miriam Schöller",
            "040 66969-306", "m.schoeller@kuehnast.example", "30 Tage netto", "3 Arbeitstage", "A",
            "30.09.2026", "Bestellung über Webshop, Kundennummer 448120",
        ),
        (
            "70044", "Pneumatik Töpfer e. K.", "Hellbrück", "Pneumatik", "Heinz Töpfer", "040 66969-307",
            "toepfer@pneumatik-toepfer.example", "10 Tage netto", "1 Arbeitstag", "A", "unbefristet",
            "Abholung möglich, Kleinteile bis 16:00 Uhr",
        ),
        (
            "70048", "Folien Süderau GmbH", "Süderau", "Testfolien", "Björn Tadsen", "040 66969-308",
            "tadsen@folien-suederau.example", "30 Tage netto", "12 Arbeitstage", "B", "31.12.2026",
            "Mindestabnahme 4 Rollen",
        ),
        (
            "70052", "Elektro Großhandel Lüttjohann", "Hellbrück", "Elektromaterial", "Ute Lüttjohann",
            "040 66969-309", "bestellung@luettjohann.example", "30 Tage netto", "1 Arbeitstag", "A",
            "31.12.2026", "Sammelrechnung zum Monatsende",
        ),
        (
            "70055", "Schaltschrankbau Nägele GmbH", "Oberlinden", "Schaltschränke", "Stefan Nägele",
            "040 66969-310", "s.naegele@naegele.example", "21 Tage netto", "20 Arbeitstage", "A",
            "31.05.2027", "Prüfprotokoll nach EN 60204-1 beilegen",
        ),
        (
            "70061", "Zerspanung Möhrke GmbH", "Krähenhorst", "Drehteile und Frästeile", "Anke Möhrke",
            "040 66969-311", "anke@moehrke.example", "30 Tage netto", "10 Arbeitstage", "C",
            "kein Rahmenvertrag", "Wareneingang prüft 100 Prozent",
        ),
        (
            "70066", "Härterei Rüdiger & Söhne", "Altenwiek", "Wärmebehandlung", "Paul Rüdiger",
            "040 66969-312", "p.ruediger@haerterei.example", "14 Tage netto", "6 Arbeitstage", "A",
            "31.12.2026", "Abholung dienstags und freitags",
        ),
        (
            "70070", "Kettenwerk Gräfe AG", "Rodenförde", "Ketten", "Lothar Gräfe", "040 66969-313",
            "verkauf@graefe-ketten.example", "30 Tage netto", "15 Arbeitstage", "A", "28.02.2027",
            "Lieferung nur in Ringen zu 10 m",
        ),
        (
            "70073", "Messer Kröpelin GmbH", "Wiesenau", "Schneidwerkzeuge", "Yvonne Kröpelin",
            "040 66969-314", "kontakt@kroepelin-messer.example", "30 Tage netto", "9 Arbeitstage", "A",
            "31.10.2026", "Nachschliff im Tauschverfahren",
        ),
        (
            "70078", "Dichtungstechnik Jäkel", "Bergfelde", "Dichtungen und PTFE-Band", "Norbert Jäkel",
            "040 66969-315", "n.jaekel@jaekel.example", "20 Tage netto", "4 Arbeitstage", "C", "31.12.2026",
            "Charge auf jedem Lieferschein angeben",
        ),
        (
            "70082", "Schmierstoffe Holthöfer GmbH", "Neukirchen am Deich", "Öle und Fette",
            "Gesine Holthöfer", "040 66969-316", "g.holthoefer@holthoefer.example", "30 Tage netto",
            "2 Arbeitstage", "A", "31.12.2026", "Rücknahme von Altöl inbegriffen",
        ),
        (
            "70085", "Verpackungen Dührkop KG", "Hellbrück", "Kisten und Paletten", "Malte Dührkop",
            "040 66969-317", "duehrkop@kisten.example", "14 Tage netto", "3 Arbeitstage", "B", "31.12.2026",
            "Holz mit Kennzeichnung ISPM 15",
        ),
        (
            "70091", "Spedition Nordstern", "Hellbrück", "Transport", "Kerstin Ebeling", "040 66969-318",
            "dispo@nordstern.example", "21 Tage netto", "1 Arbeitstag", "A", "31.07.2026",
            "Schwertransporte mit drei Wochen Vorlauf",
        ),
        (
            "70094", "Arbeitsschutz Flöter GmbH", "Oberlinden", "Schutzausrüstung", "Dörte Flöter",
            "040 66969-319", "doerte@floeter.example", "30 Tage netto", "2 Arbeitstage", "A", "31.12.2027",
            "Anprobe von Sicherheitsschuhen jeden ersten Mittwoch",
        ),
        (
            "70097", "Drucklufttechnik Brüggen GmbH", "Wiesenau", "Kompressoren", "Hauke Brüggen",
            "040 66969-320", "h.brueggen@brueggen-druckluft.example", "30 Tage netto", "25 Arbeitstage",
            "B", "kein Rahmenvertrag", "Wartungsvertrag für Kompressor Halle 1",
        ),
        (
            "70103", "Reinigung Sauber & Grün", "Hellbrück", "Gebäudereinigung", "Fatma Özdemir",
            "040 66969-321", "oezdemir@sauber-gruen.example", "30 Tage netto", "laufend", "B", "30.04.2027",
            "Kündigungsfrist 3 Monate",
        ),
        (
            "70108", "Kalibrierlabor Präzis GmbH", "Bergfelde", "Kalibrierung", "Dr. Ulf Königs",
            "040 66969-322", "koenigs@praezis.example", "30 Tage netto", "7 Arbeitstage", "A", "31.01.2027",
            "Akkreditiert für Länge, Kraft und Drehmoment",
        ),
    ),
)  # fmt: skip

CODE_OF_CONDUCT = """\
# 1 Commitment

Nordwerk Maschinenbau GmbH buys goods and services worth about EUR 31 million a year from some 420
suppliers. We expect them to respect people, the environment and the law, and to pass these expectations on
to their own suppliers. This code is part of every framework contract and of every single order above EUR
10,000. It is signed by a person entitled to represent the supplier and renewed every three years.

# 2 People

## 2.1 Child labour and young workers

The supplier does not employ anyone below the age of 15 or below the end of compulsory schooling, whichever
is higher. Workers under 18 do not work at night, do no overtime and are kept away from hazardous substances
and machines without guards. If child labour is found, the supplier pays for schooling until the legal age
and informs Nordwerk within five working days.

## 2.2 Working time and pay

Regular working time does not exceed 48 hours a week. Overtime is voluntary, limited to 12 hours a week and
paid with a premium of at least 25 percent. Every worker has one day off in seven. Wages are paid at least
monthly and are not reduced as a disciplinary measure. Identity documents are never kept by the employer,
and recruitment fees are never charged to workers.

## 2.3 Health and safety

The supplier assesses the risks of each workplace, trains its staff at least once a year and records all
accidents. Protective equipment is free of charge. Accidents with more than three days of absence that
affect an order of Nordwerk are reported within 48 hours. Escape routes are unlocked during working hours
and evacuation is practised every 12 months.

# 3 Environment

## 3.1 Energy and emissions

Suppliers with annual sales to Nordwerk of more than EUR 250,000 report their carbon footprint once a year
by 31 March, covering scopes 1 and 2. By 2030 they shall cut these emissions by 35 percent compared with
2022. From 2027 Nordwerk gives preference to suppliers that buy at least 80 percent of their electricity
from renewable sources.

## 3.2 Substances and packaging

Restrictions under REACH and RoHS are observed, and candidate substances above 0.1 percent by weight are
declared without being asked. Packaging shall consist of a single material and contain no PVC and no
polystyrene chips. Wooden packaging is returned to the supplier's carrier or carries the treatment mark for
reuse.

## 3.3 Conflict minerals

Tin, tantalum, tungsten and gold come only from smelters that have been audited by a recognised scheme. The
supplier fills in the current reporting template once a year and answers questions within 20 working days.
Cobalt is included from 1 July 2026.

# 4 Business conduct

## 4.1 Gifts and invitations

Suppliers do not offer employees of Nordwerk gifts worth more than EUR 40 a year in total. Cash, vouchers
and travel are not accepted at any value. Business meals are acceptable if they are appropriate and
connected to a meeting. During a running tender, no gifts and no invitations at all are allowed. Gifts at
Christmas are sent to the company and raffled for a good cause.

## 4.2 Confidentiality and information security

Drawings and models are used only for orders of Nordwerk and deleted or returned within 60 days after the
last delivery. A data breach that affects information of Nordwerk is reported within 24 hours to
security@nordwerk.example. Suppliers with access to our network prove a certification to ISO 27001 or pass
our questionnaire with at least 75 of 100 points.

# 5 Control and consequences

## 5.1 Audits

Nordwerk may audit the supplier once a year, announced ten working days in advance, and at any time without
notice if there is concrete suspicion of a serious violation. The auditors see documents, workplaces and
accommodation and speak with workers in private. Each side bears its own costs; if a serious violation is
found, the supplier pays for the follow-up audit.

## 5.2 Corrective action

Findings are answered with a corrective action plan within 15 working days. Minor findings must be closed
within three months, major ones within 30 days. If the supplier does not act, Nordwerk may suspend orders
and, after a second deadline, terminate framework contracts without compensation. Records that prove
compliance are kept for six years.

## 5.3 Reporting channel

Everyone may report violations anonymously to the external ombudswoman Dr. Elke Ravenstein,
ombud@ravenstein-recht.example, in German, English, Polish or Turkish. She confirms receipt within seven
days and reports on the result within three months. Retaliation against people who report in good faith is
itself a serious violation of this code.
"""

DOCUMENTS = (
    SUPPLIERS,
    Document(
        path="Einkauf/Supplier_Code_of_Conduct.docx",
        title="Supplier Code of Conduct",
        text=CODE_OF_CONDUCT,
        author="Renate Fiebig",
        changed=datetime(2025, 8, 20, 9, 0),
        lang="en",
        edition="Version 2.0 · 20 August 2025",
    ),
)
