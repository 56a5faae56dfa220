"""Overviews that were released."""

from django.urls import path

from haven.pages import overviews_views as views

urlpatterns = [
    path("overviews/", views.overviews, name="overviews"),
    path("overviews/method/", views.method, name="overview_method"),
    path("overviews/plan/<int:year>.json", views.plan, name="overview_plan"),
    path("overviews/<str:label>/", views.overview, name="overview"),
    path("overviews/<str:label>/manifest.txt", views.manifest, name="overview_manifest"),
    path("overviews/<str:label>/<str:name>", views.overview_file, name="overview_file"),
]
