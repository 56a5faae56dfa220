"""The reporter's door: one address for writing, one for the code, and the mailbox."""

from django.urls import path

from haven.reporter.views import aftercare, consent, contact, letter, mailbox, privacy

app_name = "reporter"
urlpatterns = [
    path("", contact.start, name="start"),
    path("code/", contact.code_file, name="code"),
    path("copy/", letter.copy, name="copy"),
    path("mailbox/", mailbox.code, name="mailbox"),
    path("mailbox/open/", mailbox.opened, name="open"),
    path("mailbox/open/write/", mailbox.write, name="write"),
    path("mailbox/open/reveal/", mailbox.reveal, name="reveal"),
    path("mailbox/open/withdraw/", mailbox.withdraw, name="withdraw"),
    path("mailbox/open/consent/", consent.consent, name="consent"),
    path("mailbox/open/seen/", consent.seen, name="seen"),
    path("mailbox/open/afterwards/", aftercare.afterwards, name="afterwards"),
    path("mailbox/open/concern/", aftercare.concern, name="concern"),
    path("mailbox/open/evaluation/", aftercare.evaluation, name="evaluation"),
    path("mailbox/open/privacy/", privacy.privacy, name="privacy"),
    path("mailbox/close/", mailbox.close, name="close"),
]
