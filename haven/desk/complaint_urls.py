"""The addresses of formal complaints, below those of the desk. No word of a complaint stands in an address."""

from django.urls import path

from haven.desk.views import complaint_beginnings, complaint_papers, complaints, feed, giving_back, hearings, yearly

urlpatterns = [
    path("complaints/", complaints.complaints, name="complaints"),
    path("complaints/new/", complaint_beginnings.register, name="register_complaint"),
    path("complaints/request/", complaint_beginnings.request_investigation, name="request_investigation"),
    path("complaints/from/<uuid:part>/", complaint_beginnings.carry_over, name="carry_over"),
    path("complaints/from/<uuid:part>/step-back/", giving_back.give_back_as_officer, name="give_back_as_officer"),
    path("complaints/from/<uuid:part>/<uuid:item>/", complaint_beginnings.carried_file, name="carried_file"),
    path("handed/<uuid:paper>/", complaint_papers.handed_paper, name="handed_paper"),
    path("seat/<uuid:seat>/", complaints.declare, name="declare"),
    path("complaints/calendar/", feed.complaint_address, name="complaint_feed_address"),
    path("complaints/yearly/", yearly.yearly_reports, name="yearly_reports"),
    path("complaints/yearly/<slug:procedure>/<int:year>/", yearly.yearly_report, name="yearly_report"),
    path("complaints/yearly/<slug:procedure>/<int:year>/begin/", yearly.yearly_begin, name="yearly_begin"),
    path("complaints/yearly/<slug:procedure>/<int:year>/file/<uuid:item>/", yearly.yearly_file, name="yearly_file"),
    path("complaints/yearly/<slug:procedure>/<int:year>/<slug:deed>/", yearly.yearly_deed, name="yearly_deed"),
    path("complaints/<str:reference>/", complaints.complaint, name="complaint"),
    path("complaints/<str:reference>/do/<slug:deed>/", complaints.complaint_deed, name="complaint_deed"),
    path("complaints/<str:reference>/letter/<slug:key>/", complaint_papers.complaint_letter, name="complaint_letter"),
    path("complaints/<str:reference>/whole/", complaint_papers.complaint_whole, name="complaint_whole"),
    path("complaints/<str:reference>/paper/<uuid:paper>/", complaint_papers.complaint_paper, name="complaint_paper"),
    path(
        "complaints/<str:reference>/paper/<uuid:paper>/file/<uuid:item>/",
        complaint_papers.complaint_file,
        name="complaint_file",
    ),
    path(
        "complaints/<str:reference>/hearing/<slug:hearing>/calendar/",
        hearings.hearing_calendar,
        name="hearing_calendar",
    ),
    path("complaints/<str:reference>/recording/<uuid:paper>/", hearings.recording, name="recording"),
    path("complaints/<str:reference>/recording/<uuid:paper>/<uuid:item>/", hearings.sound, name="sound"),
]
