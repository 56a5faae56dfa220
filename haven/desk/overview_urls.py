"""The addresses of overviews at the desk. A period stands in them; nothing of a case."""

from django.urls import path

from haven.desk.views import overview_reports, overviews

urlpatterns = [
    path("overviews/", overviews.overviews, name="overviews"),
    path("overviews/released/", overviews.released, name="released"),
    path("overviews/propose/", overviews.overview_propose, name="overview_propose"),
    path("overviews/agree/<uuid:plan>/", overviews.overview_agree, name="overview_agree"),
    path("overviews/close/", overviews.overview_close, name="overview_close"),
    path("overviews/report/<int:year>/", overview_reports.contact_point_report, name="contact_point_report"),
    path("overviews/report/<int:year>/<slug:deed>/", overview_reports.contact_point_deed, name="contact_point_deed"),
    path(
        "overviews/report/<int:year>/file/<uuid:made>/", overview_reports.contact_point_file, name="contact_point_file"
    ),
    path("counsel/report/<int:year>/", overview_reports.counsellors_report, name="counsellors_report"),
    path("counsel/report/<int:year>/<slug:deed>/", overview_reports.counsellors_deed, name="counsellors_deed"),
    path("counsel/report/<int:year>/file/<uuid:made>/", overview_reports.counsellors_file, name="counsellors_file"),
    path("overviews/<str:label>/", overviews.overview, name="overview"),
    path("overviews/<str:label>/release/", overviews.overview_release, name="overview_release"),
    path("overviews/<str:label>/file/<str:name>/", overviews.overview_file, name="overview_file"),
]
