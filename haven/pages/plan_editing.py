"""Making a version of the plan: the editor is shown what changed, and says why of each change."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.log_actions import log

from haven.pages import actions, kept, plan
from haven.pages.models.pairs import LANGUAGES, Words, in_language
from haven.pages.models.version import KINDS, Version, waiting


class VersionForm(forms.Form):
    """A field in each language for the version itself, and for each action that changed since the one before."""

    on = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, data: Any, *, changed: list[plan.Change], first: bool) -> None:
        super().__init__(data, initial={"on": localdate()})
        self.changed = [] if first else changed
        for name, label in (("title", _("Title")), ("reason", _("Why the plan changed"))):
            self._add(name, str(label))
        for one in self.changed:
            self._add(one.key, f"{KINDS[one.kind]}: {in_language(dict(one.title))}. {gettext('Why?')}")

    def _add(self, name: str, label: str) -> None:
        for code, language in LANGUAGES.items():
            self.fields[f"{name}_{code}"] = forms.CharField(label=f"{label} ({language})", max_length=300)

    def words(self, name: str) -> Words:
        return {code: self.cleaned_data[f"{name}_{code}"] for code in LANGUAGES}


def new_version(request: HttpRequest) -> HttpResponse:
    """What editors changed becomes public, with its reasons."""
    if not request.user.has_perm("pages.change_action"):
        raise PermissionDenied
    changed = waiting()
    form = VersionForm(request.POST or None, changed=changed, first=Version.newest() is None)
    if changed and form.is_valid():
        why = {one.key: form.words(one.key) for one in form.changed}
        on, title, reason = form.cleaned_data["on"], form.words("title"), form.words("reason")
        made = actions.make_version(on=on, title=title, reason=reason, why=why)
        kept.forget()
        log(instance=made, action="wagtail.create", user=request.user)
        messages.success(request, gettext("Version %(number)s of the plan is public.") % {"number": made.number})
        return redirect(reverse("doing:version"))
    return render(request, "pages/edit/version.html", {"form": form, "changed": changed, "newest": Version.newest()})
