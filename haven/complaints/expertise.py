"""What the people of a committee know, as far as it was written down when they were asked (R-001-42)."""

from haven.complaints import regulation
from haven.complaints.models import COURSE, Seat
from haven.complaints.opened import OpenComplaint
from haven.rulebook.words import Listed


def there(opened: OpenComplaint) -> set[str]:
    """Of those who sit in it now: who left took their knowledge along."""
    rules = regulation.of(opened.row)
    seats = Seat.objects.present().filter(complaint=opened.row)
    sitting = {one.user_id for one in seats if rules.side(one.role) == "committee"}
    lines = [one.payload for one in opened.of(COURSE, "seat")]
    return {known for line in lines if line["user"] in sitting for known in line.get("expertise", ())}


def missing(opened: OpenComplaint) -> list[Listed]:
    """What the regulation wants a committee to know, and nobody in it does. Nothing while there is no committee."""
    rules = regulation.of(opened.row)
    seats = Seat.objects.present().filter(complaint=opened.row)
    if opened.row.ended_on or not any(rules.side(one.role) == "committee" for one in seats):
        return []
    known = there(opened)
    return [one for one in rules.expertise if one.key not in known]
