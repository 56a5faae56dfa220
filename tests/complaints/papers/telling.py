"""A complaint that nobody made, told to every paper of the example rulebook."""

from collections.abc import Mapping
from datetime import date, time

from haven.complaints.papers.document import Signatures, Signer, Table
from haven.complaints.papers.filling import Value
from haven.complaints.papers.letters import Matter
from haven.rulebook.book import Rulebook
from haven.rulebook.words import Text

SOMEBODY: Mapping[str, Value] = {
    "recipient": "Robin de Vries",
    "complainant": "Robin de Vries",
    "defendant": "Sam Özdemir-Łukasik",
    "council": Text(nl="de Faculteit Natuur en Techniek", en="the Faculty of Science and Technology"),
    "officer": "Noor el Idrissi",
    "officer_reach": "030 555 01 20, klachten@voorbeeld.example",
    "chair": "mr. J. Kaya",
    "secretary": "L. Peters",
    "committee": "mr. J. Kaya, dr. M. Brand, T. Visser",
    "decider": Text(nl="het College van Bestuur", en="the Executive Board"),
    "asked_by": Text(nl="de klager", en="the complainant"),
    "reference": "K7QW-2MXA",
    "regulation": Text(nl="Klachtenregeling ongewenst gedrag", en="Complaints regulations undesirable behaviour"),
    "regulation_from": date(2026, 1, 1),
    "regulation_copy": "https://www.voorbeeld.example/klachtenregeling.pdf",
    "document": Text(nl="een mail van 3 maart 2026", en="an e-mail of 3 March 2026"),
    "term": Text(
        nl="de commissie hoort beide kanten binnen 15 werkdagen (artikel 3.6)",
        en="the committee hears both sides within 15 working days (article 3.6)",
    ),
    "amount": "€ 1.500",
    "complaint_on": date(2026, 4, 1),
    "received_on": date(2026, 4, 3),
    "hearing_on": date(2026, 4, 22),
    "hearing_at": time(10, 0),
    "hearing_place": Text(nl="Stadskantoor Voorbeeldstad, kamer 4.08", en="City office Voorbeeldstad, room 4.08"),
    "heard_on": date(2026, 4, 22),
    "due_on": date(2026, 4, 28),
    "new_due_on": date(2026, 5, 13),
    "extension": Text(nl="10 werkdagen", en="10 working days"),
    "answer_by": date(2026, 4, 20),
    "recommended_on": date(2026, 6, 22),
    "decided_on": date(2026, 7, 10),
    "discussed_on": date(2026, 7, 1),
    "withdrawn_on": date(2026, 5, 6),
    "appointed_on": date(2026, 4, 8),
    "from_on": date(2026, 4, 9),
    "until_on": date(2026, 6, 1),
    "door_address": "klacht.voorbeeld.example",
    "door_number": "7K2M-91QX",
    "door_code": "H4TN-8WQE-22KD",
    "documents": ("1. De klacht, 1 april 2026", "2. Mails van maart 2026, 4 bladzijden", "3. De regeling"),
    "terms": (
        "Hoorzitting: binnen 15 werkdagen nadat de klacht is ontvangen (artikel 3.6), uiterlijk dinsdag 28 april 2026",
        "Advies: binnen 40 werkdagen nadat beide kanten zijn gehoord (artikel 3.12)",
        "Besluit: binnen 15 werkdagen nadat het advies is ontvangen (artikel 3.16)",
    ),
    "present": ("mr. J. Kaya, voorzitter", "dr. M. Brand, lid", "L. Peters, secretaris", "Robin de Vries, klager"),
    "addressees": ("Robin de Vries, klager", "Sam Özdemir-Łukasik, beklaagde", "de leden van de commissie"),
    "beside": Table(
        ("Onderdeel", "Advies", "Besluit"),
        (
            ("Pesten in het laboratorium", "gegrond", "volgt het advies"),
            ("Discriminatie bij de promotie", "ongegrond", "wijkt af: gegrond"),
            ("Nazorg voor de onderzoeksgroep", "gesprek na drie en zes maanden", "volgt het advies"),
        ),
    ),
    "signed": Signatures((Signer("Noor el Idrissi", "klachtenfunctionaris"),)),
}
WRITTEN = (
    "De klacht gaat over een periode van acht maanden. **Vijf mails** laten zien hoe de toon veranderde.\n\n"
    "De commissie let op twee dingen:\n\n- hoe vaak het gebeurde;\n- wat er daarna is gedaan.\n\n"
    "Alles samen geeft dat een duidelijk beeld, dat ook een getuige van dichtbij bevestigt."
)


def matter(book: Rulebook, key: str, language: str = "nl", relation: str = "employee", **facts: bool) -> Matter:
    """Every fact holds, unless something else is said; every part is written."""
    kind = book.papers.kind(key)
    return Matter(
        language=language,
        day=date(2026, 4, 7),
        values={**SOMEBODY, **dict.fromkeys(kind.parts, WRITTEN)},
        facts={**dict.fromkeys(kind.facts, True), **facts},
        to=("Robin de Vries", "Voorbeeldstraat 12", "3511 AA Voorbeeldstad"),
        relation=relation,
        entity="university",
        number="4",
    )
