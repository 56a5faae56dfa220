"""Forms of the yearly report: its words, that the board has seen it, and whom it was sent to."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from haven.complaints import written
from haven.complaints.papers import pdf
from haven.complaints.papers.enclosed import docx_of
from haven.complaints.written import LANGUAGES, Made, OpenReport
from haven.desk.forms import choices, day_field, said, words
from haven.desk.yearly_page import TONGUES, ReportPage
from haven.vault.files import SealedWriter


class ReportForm(forms.Form):
    """Carries the stamp of the report as it was shown: of two officers who write at once, one is told."""

    deed = ""
    done: Any = _("Recorded.")
    stamp = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, report: OpenReport, initial: dict[str, Any] | None = None) -> None:
        self.report = report
        stamped = {"stamp": report.row.stamp} | (initial or {})
        super().__init__(data, auto_id=f"{self.deed}-%s", initial=stamped)

    def clean_stamp(self) -> int:
        stamp = int(self.cleaned_data["stamp"])
        self.report.row.stamp = stamp  # what the deed compares with the row as it is
        return stamp

    def carry_out(self) -> None:
        raise NotImplementedError


class Texts(ReportForm):
    deed = "texts"

    def __init__(self, data: Any = None, *, report: OpenReport) -> None:
        super().__init__(data, report=report, initial=report.texts)
        for section in report.kind.sections:
            for tongue in LANGUAGES:
                label = f"{said(section.name)} ({TONGUES[tongue]})"
                hint = said(section.hint)
                self.fields[f"{section.key}_{tongue}"] = words(label, rows=6, required=False, hint=hint)

    @property
    def texts(self) -> dict[str, str]:
        return {name: str(value) for name, value in self.cleaned_data.items() if name != "stamp" and value}

    def carry_out(self) -> None:
        written.write(self.report, self.texts)


class Finish(ReportForm):
    deed = "finish"
    done = _("Finished. The report is frozen: its files and figures stay as they are.")

    def carry_out(self) -> None:
        """What was kept last is drawn in both languages, as PDF and for a word processor, and frozen as it is drawn."""
        page = ReportPage(self.report)
        drawn = {one: page.drawn(one) for one in LANGUAGES}
        files = [_sealed(f"yearly-{one}.pdf", pdf.pdf_of(made)) for one, made in drawn.items()]
        files += [_sealed(f"yearly-{one}.docx", docx_of(made)) for one, made in drawn.items()]
        written.finish(self.report, files, page.figures)


class Present(ReportForm):
    deed = "present"
    on = day_field(_("Presented to the board on"))

    def carry_out(self) -> None:
        written.present(self.report, self.cleaned_data["on"])


class Send(ReportForm):
    deed = "send"
    to = forms.ChoiceField(label=_("Sent to"))
    on = day_field(_("On"))

    def __init__(self, data: Any = None, *, report: OpenReport) -> None:
        super().__init__(data, report=report, initial={"on": localdate()})
        lines = [(one.key, said(one.label)) for one in report.kind.addressees]
        choices(self.fields["to"], lines)

    def carry_out(self) -> None:
        written.send(self.report, self.cleaned_data["to"], self.cleaned_data["on"])


DEEDS = {one.deed: one for one in (Finish, Present, Send)}


def _sealed(name: str, content: bytes) -> Made:
    writer = SealedWriter(settings.BLOB_ROOT)
    writer.write(content)
    return Made(writer.finish(), name, written.digest(content))
