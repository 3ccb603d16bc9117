"""Sales: price list, terms of sale, product overview."""

from datetime import datetime

from example_content.document import Deck, Document, Sheet, Slide, Workbook

TERMS = """\
# 1 Scope

## 1.1 Application

These Terms of Sale apply to all deliveries of machines, spare parts and services by Nordwerk Maschinenbau
GmbH, Industriestraße 14, Hellbrück, Germany ("Nordwerk") to business customers outside Germany. Conditions
of the customer do not become part of the contract even if Nordwerk does not object to them. Individual
agreements in the order confirmation take precedence. The German version of these terms is provided for
information only.

## 1.2 Quotations

Quotations are binding for 45 days from their date unless they state otherwise. Drawings, cycle times and
weights in brochures are approximate. A contract is formed by the written order confirmation, which Nordwerk
sends within seven working days after receipt of the order. Changes requested later are confirmed in writing
together with their effect on price and delivery date.

# 2 Prices and payment

## 2.1 Prices

Prices are in euros, FCA Hellbrück according to Incoterms 2020, and exclude packing, insurance, duties and
value added tax. Seaworthy packing is charged at 1.8 percent of the machine price. If the agreed delivery
date is more than nine months after the order and the cost of steel or drives rises by more than 6 percent,
Nordwerk may adjust the price by the proven additional cost.

## 2.2 Terms of payment

Machines are paid in three instalments. Spare parts and services are payable within 14 days of the invoice
date without deduction. Orders below EUR 80 carry a handling charge of EUR 15. In case of late payment,
interest of nine percentage points above the base rate of the European Central Bank is due, and Nordwerk may
suspend further deliveries.

| Instalment | Share of price | Due |
|------|------|------------|
| Down payment | 30 percent | 10 days after order confirmation |
| Second instalment | 60 percent | on notice of readiness for dispatch |
| Final payment | 10 percent | 30 days after acceptance, no later than 90 days after delivery |

# 3 Delivery

## 3.1 Delivery time

The delivery time begins when the down payment has arrived, all technical questions are settled and sample
products have been received. The customer sends at least 200 sample products and two reels of each film,
free of charge. Partial deliveries are permitted. If dispatch is delayed at the customer's request, storage
is charged from the third week at 0.4 percent of the price per month.

## 3.2 Delay

If Nordwerk is in delay through its own fault, the customer may claim damages of 0.5 percent of the price of
the delayed part for each full week, up to a maximum of 5 percent. After a reasonable extension of at least
four weeks has passed without result, the customer may withdraw from the contract. Further claims for delay
are excluded except in cases of intent or gross negligence.

## 3.3 Cancellation

If the customer cancels an order without a reason for which Nordwerk is responsible, Nordwerk may charge 15
percent of the price before the start of design, 40 percent after release of the drawings and 75 percent
after the start of assembly. The customer may prove that the damage is lower. Customised parts already made
are charged in full and handed over.

# 4 Acceptance

## 4.1 Factory acceptance test

The factory acceptance test takes place in Hellbrück before dispatch and lasts one working day. The machine
must run for four hours with an efficiency of at least 92 percent on one format. Travel costs of the
customer's staff are paid by the customer. If the customer does not attend despite an invitation sent 14
days in advance, Nordwerk carries out the test alone and sends the report.

## 4.2 Site acceptance test

If installation by Nordwerk has been agreed, the site acceptance test follows within ten working days after
commissioning. Minor defects that do not impair production are listed in the report and do not prevent
acceptance. The machine is deemed accepted when the customer has used it in production for 20 working days
without reporting a substantial defect.

# 5 Warranty

## 5.1 Period

The warranty period for new machines is 24 months from delivery. For spare parts and repairs it is 12
months. If the machine runs in more than two shifts, the period for machines is reduced to 15 months.
Replaced parts do not start a new period for the whole machine. Where the operating manual grants a longer
period for an individual assembly, that period applies to the assembly.

## 5.2 Notice of defects

The customer inspects the goods on arrival and reports visible defects in writing within eight working days,
hidden defects within five working days after discovery. The report must contain the serial number, the
operating hours and photos. Nordwerk chooses between repair and replacement. Two attempts at repair must be
allowed for the same defect before the price may be reduced.

## 5.3 Exclusions

Wear parts such as knives, heaters, PTFE tape and chains are excluded from warranty, as are defects caused
by unsuitable film, missing maintenance, lubricants that have not been approved or changes to the control
software. Warranty is conditional on a complete maintenance record. Freight for warranty parts outside
Europe is borne by the customer from the 13th month.

# 6 Liability

## 6.1 Limits

Nordwerk is liable without limit for intent, gross negligence and injury to persons. In all other cases
liability is limited to the typical, foreseeable damage and to a total of EUR 500,000 per contract. Loss of
production and loss of profit are excluded within the limits of the law. Claims expire one year after the
customer has become aware of the damage.

# 7 Spare parts and returns

## 7.1 Availability

Nordwerk supplies spare parts or equivalent replacements for at least 12 years after the delivery of a
machine, for electronic parts at least eight years. When a part is discontinued, customers are informed six
months in advance and may place a final order. Used servo drives are taken back for overhaul at a credit of
20 percent of the list price.

## 7.2 Returns

Unused spare parts in their original packing may be returned within 30 days after prior agreement. A
restocking fee of 18 percent is deducted, at least EUR 25. Electronic parts with an opened seal, customised
parts and parts worth less than EUR 60 are not taken back. Return freight is paid by the customer.

# 8 Service rates

## 8.1 Rates from 1 January 2026

Service work outside warranty is charged by time. Travel time counts as working time at a reduced rate.
Overtime from the ninth hour carries a surcharge of 25 percent, work on Sundays 70 percent. Visits cancelled
less than three working days in advance are charged with one day rate of eight hours.

| Service | Rate |
|----------------|--------|
| Service technician, per hour | EUR 124 |
| Travel time, per hour | EUR 89 |
| Remote support, per started 15 minutes | EUR 34 |
| Software engineer, per hour | EUR 152 |
| Accommodation and meals, flat rate per day | EUR 165 |

# 9 Final provisions

## 9.1 Retention of title, law and place of jurisdiction

Goods remain the property of Nordwerk until they have been paid in full. The law of the Federal Republic of
Germany applies, excluding the UN Convention on Contracts for the International Sale of Goods. Disputes are
settled by arbitration under the rules of the German Arbitration Institute, seat Hamburg, in English, with a
single arbitrator for amounts up to EUR 250,000. If a provision is invalid, the rest of the contract remains
in force.
"""

MACHINES = Sheet(
    name="Maschinen",
    title="Preisliste 2026: Maschinen und Optionen",
    note="Gültig vom 1. Januar bis 31. Dezember 2026, Preise netto ab Werk Hellbrück, ohne Verpackung.",
    header=("Artikelnummer", "Bezeichnung", "Ausführung", "Listenpreis netto", "Lieferzeit", "Gewicht in kg"),
    rows=(
        ("NW400-B", "Schlauchbeutelmaschine NW-400", "Basic", "84.900,00 EUR", "16 Wochen", 1380),
        ("NW400-P", "Schlauchbeutelmaschine NW-400", "Plus", "97.500,00 EUR", "18 Wochen", 1410),
        ("NW400-H", "Schlauchbeutelmaschine NW-400", "Hygiene", "118.300,00 EUR", "22 Wochen", 1495),
        ("NW650-B", "Schlauchbeutelmaschine NW-650", "Basic", "149.800,00 EUR", "24 Wochen", 2260),
        ("NW650-S", "Schlauchbeutelmaschine NW-650", "Speed", "172.400,00 EUR", "28 Wochen", 2310),
        ("NW650-H", "Schlauchbeutelmaschine NW-650", "Hygiene", "196.700,00 EUR", "30 Wochen", 2420),
        ("OPT-101", "Zuführband verlängert um 600 mm", "NW-400", "2.980,00 EUR", "mit Maschine", 62),
        ("OPT-102", "Zuführband verlängert um 600 mm", "NW-650", "3.640,00 EUR", "mit Maschine", 84),
        ("OPT-110", "Automatischer Folienspleißer", "NW-400", "14.750,00 EUR", "mit Maschine", 145),
        ("OPT-111", "Automatischer Folienspleißer", "NW-650", "17.900,00 EUR", "mit Maschine", 190),
        ("OPT-120", "Thermotransferdrucker 53 mm", "alle", "6.430,00 EUR", "4 Wochen", 11),
        ("OPT-125", "Etikettierer oben", "alle", "8.860,00 EUR", "6 Wochen", 38),
        ("OPT-130", "Metalldetektor im Auslauf", "NW-400", "11.200,00 EUR", "8 Wochen", 120),
        ("OPT-131", "Metalldetektor im Auslauf", "NW-650", "13.350,00 EUR", "8 Wochen", 165),
        ("OPT-140", "Begasung MAP mit O2-Messung", "Plus, Hygiene, Speed", "15.600,00 EUR", "10 Wochen", 74),
        ("OPT-150", "Fernwartungspaket, 3 Jahre", "alle", "2.340,00 EUR", "1 Woche", 2),
        ("OPT-160", "Formatsatz mit Formschulter und Wagen", "NW-400", "4.120,00 EUR", "7 Wochen", 26),
        ("OPT-161", "Formatsatz mit Formschulter und Wagen", "NW-650", "5.280,00 EUR", "7 Wochen", 39),
    ),
    widths=(16, 42, 22, 20, 16, 15),
)

SPARE_PARTS = Sheet(
    name="Ersatzteile",
    title="Preisliste 2026: Ersatzteile",
    note="Preise netto in EUR je Stück oder Rolle. Lieferzeit ab Auftragseingang bis 12:00 Uhr.",
    header=("Teilenummer", "Bezeichnung", "Maschine", "Preis netto", "Lieferzeit", "Mindestmenge"),
    rows=(
        ("NW4-10110", "Siegelbacke oben, 400 mm", "NW-400", "1.249,00 EUR", "3 Wochen", 1),
        ("NW4-10111", "Siegelbacke unten, 400 mm", "NW-400", "1.189,00 EUR", "3 Wochen", 1),
        ("NW4-10120", "Heizpatrone 230 V, 400 W", "NW-400", "86,50 EUR", "ab Lager", 2),
        ("NW4-10125", "Temperaturfühler Typ J", "NW-400", "64,90 EUR", "ab Lager", 1),
        ("NW4-10127", "Fühlerkabel Energiekette, 3 m", "NW-400", "112,00 EUR", "ab Lager", 1),
        ("NW4-10230", "Quertrennmesser, gezahnt, 400 mm", "NW-400", "318,00 EUR", "ab Lager", 1),
        ("NW4-10231", "Messerhalter", "NW-400", "474,00 EUR", "2 Wochen", 1),
        ("NW4-10310", "Zuführkette mit Mitnehmern, 3,9 m", "NW-400", "962,00 EUR", "10 Tage", 1),
        ("NW4-10330", "Zahnriemen Folienabzug", "NW-400", "58,40 EUR", "ab Lager", 1),
        ("NW4-10405", "PTFE-Band 60 mm, Rolle 10 m", "NW-400", "43,20 EUR", "ab Lager", 2),
        ("NW4-10510", "Servomotor Hauptantrieb 3,1 kW", "NW-400", "2.860,00 EUR", "6 Wochen", 1),
        ("NW4-10512", "Hauptgetriebe, i = 20", "NW-400", "3.415,00 EUR", "7 Wochen", 1),
        ("NW4-10518", "Pufferbatterie Umrichter 3,6 V", "NW-400", "29,80 EUR", "ab Lager", 1),
        ("NW4-10610", "Lichttaster Druckmarke", "NW-400", "287,00 EUR", "ab Lager", 1),
        ("NW4-10615", "Sicherheitszuhaltung Schutztür", "NW-400", "356,00 EUR", "5 Tage", 1),
        ("NW4-10710", "Bedienpult 10 Zoll", "NW-400", "1.930,00 EUR", "4 Wochen", 1),
        ("NW4-10805", "Filtermatte Schaltschrank, 5 Stück", "NW-400", "24,60 EUR", "ab Lager", 1),
        ("NW6-20110", "Siegelbacke rotierend, 650 mm", "NW-650", "1.985,00 EUR", "5 Wochen", 1),
        ("NW6-20120", "Heizpatrone 230 V, 600 W", "NW-650", "98,70 EUR", "ab Lager", 4),
        ("NW6-20125", "Temperaturfühler Pt100", "NW-650", "79,30 EUR", "ab Lager", 1),
        ("NW6-20230", "Quertrennmesser, gezahnt, 650 mm", "NW-650", "465,00 EUR", "8 Tage", 1),
        ("NW6-20310", "Zuführkette mit Mitnehmern, 5,1 m", "NW-650", "1.384,00 EUR", "15 Tage", 1),
        ("NW6-20330", "Zahnriemen Folienabzug", "NW-650", "83,90 EUR", "ab Lager", 1),
        ("NW6-20332", "Zahnriemen Zuführung", "NW-650", "91,50 EUR", "ab Lager", 1),
        ("NW6-20335", "Zahnriemen Auslauf", "NW-650", "76,20 EUR", "6 Tage", 1),
        ("NW6-20405", "PTFE-Band 80 mm, Rolle 10 m", "NW-650", "57,60 EUR", "ab Lager", 2),
        ("NW6-20510", "Servomotor Siegelkopf 4,4 kW", "NW-650", "3.720,00 EUR", "9 Wochen", 1),
        ("NW6-20540", "Speicherkarte Umrichter", "NW-650", "138,00 EUR", "4 Tage", 1),
        ("NW6-20620", "Kantensensor Folie, Ultraschall", "NW-650", "642,00 EUR", "12 Tage", 1),
        ("NW6-20630", "Lichtvorhang Zuführung", "NW-650", "2.175,00 EUR", "4 Wochen", 1),
        ("NW6-20710", "Bedienpult 15 Zoll", "NW-650", "2.690,00 EUR", "5 Wochen", 1),
        ("NW6-20905", "Ölkartusche Kettenschmierung, 120 ml", "NW-650", "36,40 EUR", "ab Lager", 3),
    ),
    widths=(16, 42, 14, 18, 16, 15),
)

OVERVIEW_SLIDES = (
    Slide(
        title="NW-650 at a glance",
        text="""\
- Horizontal flow wrapper for food, hardware and medical disposables
- Up to **210 packs per minute** with a film width of up to 650 mm
- Seven servo axes and four rotary sealing jaws
- Format change in 9 minutes without tools
- First shown at the Hanse Pack fair in May 2024, 63 machines sold by the end of 2025
""",
        notes="Name reference customers only after the confidentiality agreement has been signed.",
    ),
    Slide(
        title="Technical data",
        text="""\
| Item | Basic | Speed | Hygiene |
|------|----|----|----|
| Packs per minute | 160 | 210 | 150 |
| Film width | 250 to 650 mm | 250 to 650 mm | 250 to 600 mm |
| Bag length | 80 to 500 mm | 80 to 420 mm | 80 to 500 mm |
| Services height | up to 120 mm | up to 100 mm | up to 120 mm |
| Connected load | 12.5 kW | 15.2 kW | 13.1 kW |
| Air consumption | 140 l/min | 165 l/min | 150 l/min |
| Floor space | 6.1 x 1.5 m | 6.4 x 1.5 m | 6.1 x 1.7 m |

All data measured with OPP film of 35 micrometres and a bag length of 200 mm.
""",
    ),
    Slide(
        title="What customers save",
        text="""\
- 23 percent less energy per pack than its predecessor NW-600, thanks to energy recovery from the braking
  axes
- 11 percent less film through shorter end seals of 8 mm instead of 12 mm
- Paper-based films run without conversion at up to 130 packs per minute
- One operator can look after two machines
- Average payback time in the 2025 customer survey: 2.7 years
""",
    ),
    Slide(
        title="Service packages",
        text="""\
| Package | Remote response | Technician on site | Inspections a year | Price a year |
|----|----|----|----|----|
| Bronze | next working day | 5 working days | 1 | EUR 2,900 |
| Silver | 8 hours | 3 working days | 2 | EUR 5,400 |
| Gold | 2 hours, also on Saturdays | 36 hours | 4 | EUR 9,800 |

On-site times apply to customers in the European Union. Gold includes one free software update a year.
""",
        notes="Gold is limited to 25 customers because of the number of technicians.",
    ),
    Slide(
        title="From order to production",
        text="""\
- Week 0: order confirmation and kick-off call with the project manager
- Week 3: approval of drawings by the customer
- Week 20: assembly complete, tests with the customer's own film
- Week 23: factory acceptance in Hellbrück
- Week 26: installation, five days, two technicians
- Week 27: operator training, two days, up to eight participants
""",
    ),
    Slide(
        title="Your contacts",
        text="""\
| Region | Contact | E-mail |
|----|----|------|
| Germany, Austria, Switzerland | Ines Hagedorn | i.hagedorn@nordwerk.example |
| Northern and Eastern Europe | Tomasz Wilk | t.wilk@nordwerk.example |
| Western and Southern Europe | Claire Fontanel | c.fontanel@nordwerk.example |
| North America | David Kessler | d.kessler@nordwerk.example |
| Asia | Mei Brandt | m.brandt@nordwerk.example |

Demonstrations in the Hellbrück showroom: Tuesdays and Thursdays, please book ten days ahead.
""",
    ),
)

DOCUMENTS = (
    Workbook(
        path="Vertrieb/Preisliste_2026.xlsx",
        title="Preisliste 2026",
        author="Matthias Osterloh",
        changed=datetime(2025, 12, 15, 11, 0),
        sheets=(MACHINES, SPARE_PARTS),
    ),
    Document(
        path="Vertrieb/Terms_of_Sale.pdf",
        title="Terms of Sale",
        text=TERMS,
        author="Matthias Osterloh",
        changed=datetime(2026, 1, 1, 0, 0),
        lang="en",
        edition="Edition 2026 · valid from 1 January 2026",
    ),
    Deck(
        path="Vertrieb/NW-650_Overview.pptx",
        title="Flow Wrapper NW-650",
        subtitle="Services overview for customers · Nordwerk Maschinenbau GmbH · February 2026",
        author="Ines Hagedorn",
        changed=datetime(2026, 2, 9, 10, 0),
        slides=OVERVIEW_SLIDES,
        lang="en",
    ),
)
