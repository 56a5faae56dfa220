"""Plain text and keys that cannot leave by accident: not through a log, a repr, a pickle or a template."""

from typing import NoReturn


class Secret:
    """Wraps a text; only `reveal` gives it back. `str` says the same as `repr`: nothing."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        return self._text

    def __repr__(self) -> str:
        return "<secret>"

    def __format__(self, format_spec: str) -> str:
        return repr(self)

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret is not stored; seal it first")


class Unstorable:
    """Holds private keys: has no readable form and cannot be pickled or copied."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    def __reduce__(self) -> NoReturn:
        raise TypeError("keys are not stored")
