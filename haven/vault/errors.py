"""What can go wrong. Each says one thing, and none carries a byte of what was being opened."""


class CannotOpen(Exception):
    """The one answer for everything that does not open.

    Wrong key, wrong context, cut off, changed, unknown suite, empty, nonsense: telling them apart would help nobody
    but an attacker.
    """

    def __init__(self) -> None:
        super().__init__("This cannot be opened.")


class Locked(Exception):
    """There is no keyring in this session: the person has signed in, but has not unlocked."""

    def __init__(self) -> None:
        super().__init__("Nothing is unlocked in this session.")


class Mistyped(Exception):
    """A code that cannot be right: its length, a character or the check character says so before any look-up."""

    def __init__(self) -> None:
        super().__init__("This code was mistyped.")


class NotAReader(Exception):
    """Only a present reader of the route, or a root of the ceremony, can vouch for a new reader."""

    def __init__(self) -> None:
        super().__init__("Only a present reader can vouch for a new one.")
