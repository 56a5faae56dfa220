"""What a step can ask of Haven before it is taken: a closed list of names. What each means is code, in the room of
complaints."""

GUARDS = (
    "agreed_by_sides",  # every complainant and defendant agreed, on paper or in their door
    "chair_approved",  # the chair approved what is sent
    "committee_complete",  # chair or vice-chair, members and secretary are there, and have declared their independence
    "discussed_before",  # the discussion is on record, on a day before this one
    "dispatch_complete",  # everybody on the list of recipients was sent what they are to get
    "hearing_valid",  # those who must be present at a hearing were
    "invitation_served",  # whoever is heard was served their invitation, and what goes along with it
    "invited_agreed",  # everybody who is invited to this hearing permitted it, on paper or in their door
    "letters_served",  # everybody on both sides whom the step informs was served their letter of it
    "letters_with_it",  # its letters are in the file, and are named with the step
    "reasons_recorded",  # the reasons are on record
    "reports_sent",  # the report of each hearing that was held went to both sides
    "served_both_sides",  # both sides were given the same, at one moment
    "within_term",  # the last day of the term that it extends has not passed
)

OF_A_COMMITTEE = frozenset({"chair_approved", "committee_complete", "hearing_valid"})
"""The guards that mean something only where `committee` says who it is."""
