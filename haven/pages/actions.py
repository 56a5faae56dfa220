"""What editors do beside writing pages. The views ask who may; what was done stands in the log of the editor."""

from collections.abc import Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from haven.pages.models.pairs import Words
from haven.pages.models.version import Version, VersionChange, as_it_is, waiting


@transaction.atomic
def make_version(*, on: date, title: Words, reason: Words, why: Mapping[str, Words]) -> Version:
    """The plan as it is now becomes public. `why`: a reason for each action that changed; the first needs none."""
    newest, changed = Version.newest(), waiting()
    if not changed or (newest and {one.key for one in changed} - why.keys()):
        raise ValidationError(_("Each action that changed needs a reason."))
    number = newest.number + 1 if newest else 1
    made = Version(number=number, on=on, actions=as_it_is(), **_pair("title", title), **_pair("reason", reason))
    made.save()
    for one in changed if newest else ():
        told = _pair("reason", why[one.key])
        VersionChange.objects.create(version=made, action=one.key, kind=one.kind, **told)
    return made


def _pair(name: str, words: Words) -> dict[str, str]:
    return {f"{name}_{code}": said for code, said in words.items()}
