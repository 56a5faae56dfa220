"""The parties' door. Its addresses speak of a letter: that is what somebody has in hand, and a history may show it."""

from django.urls import path

from haven.parties.views import asking, coming_in, complaint, hearings, papers, people

app_name = "parties"
urlpatterns = [
    path("", coming_in.enter, name="enter"),
    path("first/", coming_in.first, name="first"),
    path("renew/", coming_in.renew, name="renew"),
    path("notes/", coming_in.notes, name="notes"),
    path("close/", coming_in.close, name="close"),
    path("open/", complaint.opened, name="open"),
    path("open/confidential/", complaint.confidential, name="confidential"),
    path("open/step/<slug:key>/", complaint.step, name="step"),
    path("open/agree/", complaint.agree, name="agree"),
    path("open/calendar/<slug:hearing>/", hearings.calendar, name="calendar"),
    path("open/add/", papers.add, name="add"),
    path("open/document/<uuid:paper>/", papers.paper, name="paper"),
    path("open/document/<uuid:paper>/pdf/", papers.pdf, name="pdf"),
    path("open/document/<uuid:paper>/file/<uuid:item>/", papers.file, name="file"),
    path("open/people/", people.people, name="people"),
    path("open/people/<uuid:person>/", people.person, name="person"),
    path("open/questions/", asking.questions, name="questions"),
    path("open/disadvantage/", asking.disadvantage, name="disadvantage"),
    path("open/request/<slug:kind>/", asking.request, name="request"),
]
