"""The addresses of the desk. No word of a case stands in an address; a reference is random."""

from django.urls import path

from haven.desk.views import cases, deeds, files, filters, keys, people, search, spam, triage

app_name = "desk"
urlpatterns = [
    path("", cases.inbox, name="inbox"),
    path("filters/", filters.filters, name="filters"),
    path("spam/", spam.spam, name="spam"),
    path("search/", search.search, name="search"),
    path("unlock/", keys.unlock, name="unlock"),
    path("lock/", keys.lock, name="lock"),
    path("keys/first/", keys.first_keys, name="first_keys"),
    path("keys/passphrase/", keys.passphrase, name="passphrase"),
    path("keys/recovery/", keys.new_recovery, name="new_recovery"),
    path("keys/recovery/confirm/", keys.confirm_recovery, name="confirm_recovery"),
    path("keys/give-up/", keys.give_up, name="give_up"),
    path("account/", people.account, name="account"),
    path("people/", people.people, name="people"),
    path("people/invite/", people.invite, name="invite"),
    path("people/<int:person>/", people.person, name="person"),
    path("people/<int:person>/propose/", people.propose, name="propose"),
    path("people/<int:person>/endorse/", people.endorse, name="endorse"),
    path("people/<int:person>/anew/", people.start_anew, name="start_anew"),
    path("people/<int:person>/leave/", people.leave, name="leave"),
    path("case/<str:reference>/", cases.case, name="case"),
    path("case/<str:reference>/screen/", deeds.screen, name="screen"),
    path("case/<str:reference>/answer/", deeds.answer, name="answer"),
    path("case/<str:reference>/note/", deeds.note, name="note"),
    path("case/<str:reference>/attempt/", deeds.attempt, name="attempt"),
    path("case/<str:reference>/assign/", deeds.assign, name="assign"),
    path("case/<str:reference>/reveal/", deeds.reveal, name="reveal"),
    path("case/<str:reference>/close/", deeds.close, name="close"),
    path("case/<str:reference>/act/", triage.act, name="act"),
    path("case/<str:reference>/kind/", triage.kind, name="kind"),
    path("case/<str:reference>/assess/", triage.assess, name="assess"),
    path("case/<str:reference>/link/", triage.link, name="link"),
    path("case/<str:reference>/unlink/", triage.unlink, name="unlink"),
    path("case/<str:reference>/tag/", triage.tag, name="tag"),
    path("case/<str:reference>/remind/", triage.remind, name="remind"),
    path("case/<str:reference>/looked/", triage.looked, name="looked"),
    path("case/<str:reference>/reopen/", triage.reopen, name="reopen"),
    path("case/<str:reference>/file/<uuid:item>/", files.file, name="file"),
]
