"""Engineering and maintenance: the two machines' manuals and the log of hall 2."""

from datetime import datetime

from example_content.document import Document
from example_content.manual_nw400 import BETRIEBSANLEITUNG

SERVICE_MANUAL = """\
# Scope

This extract of the service manual covers the most frequent field jobs on the flow wrapper NW-650 from
serial number 650-0310. It is meant for trained service technicians and for customers who have passed the
two-day course S-650. It does not replace the full manual SM-650-EN. Values given here differ from those of
the smaller NW-400 in many places, so always check the type plate before you start.

> **Danger.** The DC link of the drives holds a dangerous voltage for ten minutes after switching off. Lock
> the main switch and wait before you open the cabinet.

# Gearboxes and lubricants

The main gearbox of the NW-650 is filled with synthetic hydrocarbon oil of type CLP HC 460. It takes 7.2
litres. Change the oil for the first time after 300 operating hours and then every 4,000 hours, or every two
years if the machine runs less. Never top up with polyglycol oil from an NW-400: the two oils do not mix and
the seals of the NW-650 swell.

| Lubrication point | Lubricant | Quantity | Interval |
|---|---|---|---|
| Main gearbox | CLP HC 460 | 7.2 litres | 4,000 hours |
| Sealing head gearbox | CLP HC 460 | 1.6 litres | 8,000 hours |
| Infeed chain | NSF H1 chain oil, ISO VG 220 | automatic oiler, 120 ml cartridge | 750 hours |
| Linear guides | Grease KP2P-30 | 5 g per nipple | 400 hours |
| Jaw bearings | High-temperature grease up to 280 °C | 4 g per bearing | 200 hours |

# Sealing jaws

The four rotary jaws are bolted with M10 screws of class 12.9. Tighten them in a cross pattern, first to 25
Nm and then to the final torque of 52 Nm. Let the jaws cool for at least 50 minutes before you loosen them.
After the change, run the jaws at 150 °C for 20 minutes and check the torque again. The gap between the
closed jaws without film is 0.08 mm; adjust it with the eccentric on the drive side only.

1. Lock out the main switch and vent the air at valve V3.
2. Disconnect the heater plugs and mark them 1 to 4.
3. Remove the jaws with the lifting tool LT-65; each jaw weighs 11.5 kg.
4. Clean the seats, fit the new jaws and tighten as described above.
5. Run the carbon paper test on all four jaws and file the print with the job report.

# Servo axes

The machine has seven servo axes. After replacing a motor, the reference position must be taught in the
service menu under Axis, Teach. The procedure needs the service dongle and takes about eight minutes per
axis. The drives store their parameters on a memory card; move the card from the old drive to the new one
before you switch on. The multi-turn encoder is battery-free, so no buffer battery has to be replaced on
this model.

# Belt tension

| Belt | Part number | Frequency when new | Minimum frequency |
|---|---|---|---|
| Film feed | NW6-20330 | 92 Hz | 78 Hz |
| Infeed | NW6-20332 | 64 Hz | 55 Hz |
| Discharge | NW6-20335 | 58 Hz | 50 Hz |

Measure the tension with an acoustic meter at the middle of the free span. A belt that has fallen below the
minimum twice within 500 hours has stretched and must be replaced together with its tensioner bearing.

# Selected fault codes

Codes of the NW-650 consist of three digits after the letter. They must not be looked up in the fault table
of the NW-400.

| Code | Message | Likely cause | Remedy |
|---|---|---|---|
| E104 | Jaw temperature deviation | One heater of four failed
  | Measure 88 ohms at the plug, replace heater NW6-20120 |
| E112 | Drive bus timeout | Memory card not seated | Reseat the card, restart the drive |
| E120 | Film edge out of range | Edge sensor dirty or film guide bent | Clean sensor, set guide to 0.5 mm |
| E131 | Oil temperature above 85 °C | Oil level low or cooler clogged | Top up, clean the cooler fins |
| E145 | Light curtain muted too long | Services jam in the infeed | Clear the jam, reset with the key switch |

# Job report

Send the job report to service@nordwerk.example within two working days after the visit. It must show the
operating hours, the software version, all replaced parts with serial numbers and a photo of the carbon
paper print. Reports without these details are returned and the travel time is not booked.
"""

WARTUNG_HALLE_2 = """\
Verantwortlich: Holger Brinkmann, Instandhaltung. Eingetragen wird jede Arbeit an Anlagen der Halle 2 mit
Befund, Maßnahme, Material und nächstem Termin. Einträge sind am selben Tag zu machen. Messwerte außerhalb
der Toleranz sind mit drei Sternen zu kennzeichnen und der Meisterin Aylin Demir sofort mitzuteilen.

# Januar 2026

## 08.01.2026 Brückenkran K-02, Tragkraft 5 t

Jährliche Prüfung nach DGUV Vorschrift 52 durch den Sachverständigen Rolf Immenga, Prüfbericht 26-0117.
Befund: Hubseil mit vier Drahtbrüchen auf einer Länge von 6 d, noch zulässig, aber zu beobachten. Bremse
lüftet mit 0,6 mm, Sollwert 0,5 bis 0,8 mm. Maßnahme: Seil gefettet, Endschalter oben nachgestellt. Nächste
Sichtprüfung des Seils: 08.04.2026, nächste Jahresprüfung: Januar 2027. Dauer 3,5 Stunden, Mirko Jansen.

## 14.01.2026 Schraubenkompressor KO-2

*** Öltemperatur 109 °C bei Volllast, zulässig sind 95 °C. Ölkühler innen verlegt, Thermostat schließt
nicht. Betriebsstunden 61.480. Maßnahme: Kühler von außen gereinigt, Last auf 70 Prozent begrenzt,
Leihkompressor mit 11 kW angefordert. Der Hersteller veranschlagt für die Instandsetzung 7.900 EUR und acht
Wochen. Wegen des Alters der Anlage wird ein Ersatz vorgeschlagen, Entscheidung in der Produktionsrunde.
Dauer 5 Stunden, Holger Brinkmann.

## 22.01.2026 Portalfräsmaschine M-03

Wartung nach 4.000 Stunden. Kühlschmierstoff gewechselt, 420 Liter, Konzentration auf 7,5 Prozent
eingestellt, pH-Wert 9,1. Umkehrspiel der X-Achse 0,018 mm, Grenzwert 0,025 mm. Filter der Spindelkühlung
ersetzt. Geometrie mit Granitwinkel geprüft, keine Beanstandung. Nächste Wartung bei 38.000 Betriebsstunden
oder spätestens im Juli 2026. Dauer 9 Stunden, Mirko Jansen und Auszubildender Tim Oltmann.

# Februar 2026

## 03.02.2026 Drehmaschine M-05

Spannfutter zerlegt und gereinigt, Spannkraft gemessen: 41 kN bei 25 bar, Sollwert mindestens 38 kN.
Abstreifer am Bettschlitten ersetzt, Teil 5530-18. Der Revolver braucht beim Wechsel von Platz 8 auf 9 zwei
Anläufe; Initiator bestellt, Lieferung in der zehnten Kalenderwoche. Bis dahin Platz 9 nicht benutzen. Dauer
4 Stunden, Mirko Jansen.

## 11.02.2026 Absauganlage AB-2

Differenzdruck an den Filterpatronen 1.650 Pa, Wechselgrenze 1.800 Pa. Abreinigung auf einen Takt von 40
Sekunden verkürzt. Funkenfalle gereinigt, Löschwasser geprüft. Zwölf Filterpatronen Typ FP-327 zum Preis von
je 94,00 EUR bestellt, Einbau in der Nachtschicht geplant. Messung der Erfassung an den Schweißplätzen: 0,48
bis 0,55 m/s, gefordert sind 0,4 m/s. Dauer 2 Stunden, Holger Brinkmann.

## 25.02.2026 Rolltor Tor 4

Schließkantensicherung ohne Funktion, Tor auf Handbetrieb gestellt und gesperrt. Ursache: Kabelbruch an der
Spiralleitung. Ersatz aus Lagerbestand, Lagerplatz R-14. Kraftmessung nach Reparatur 310 N, zulässig 400 N.
Tor um 13:40 Uhr freigegeben. Jahresprüfung der Feuerschutztore bleibt im Juni. Dauer 2,5 Stunden, Mirko
Jansen.

# März 2026

## 04.03.2026 Prüfstand P-1 für NW-650

Lichtvorhang nach Umbau neu vermessen, Sicherheitsabstand 480 mm eingehalten. Erdungswiderstand 0,08 Ohm.
Druckluftanschluss undicht, Verlust 14 Liter je Minute, Kupplung getauscht. Prüfplakette bis März 2027
angebracht. Der Prüfstand darf nur mit eingesetztem Schlüsselschalter betrieben werden; die beiden Schlüssel
liegen bei Aylin Demir. Dauer 3 Stunden, Holger Brinkmann.

# Offene Punkte

- K-02: neues Hubseil 14 mm, 38 m, Angebot eingeholt über 612,00 EUR, Tausch in den Betriebsferien.
- M-05: Initiator Revolver einbauen, verantwortlich Mirko Jansen.
- AB-2: Filterpatronen tauschen bis 20.03.2026.
- KO-2: Leihkompressor bleibt bis zur Inbetriebnahme der neuen Anlage, Miete 48,00 EUR je Tag.
"""

DOCUMENTS = (
    BETRIEBSANLEITUNG,
    Document(
        path="Technik/Service_Manual_NW-650_Extract.html",
        title="Service Manual NW-650 (Extract)",
        text=SERVICE_MANUAL,
        author="Britta Seedorf",
        changed=datetime(2025, 10, 6, 9, 0),
        lang="en",
        edition="SM-650-EN, extract, issue October 2025",
    ),
    Document(
        path="Technik/Wartungsprotokoll_Halle2.txt",
        title="Wartungsprotokoll Halle 2",
        text=WARTUNG_HALLE_2,
        author="Holger Brinkmann",
        changed=datetime(2026, 3, 4, 16, 0),
        edition="Stand: 4. März 2026",
    ),
)
