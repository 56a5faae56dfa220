"""The addresses of the site."""

from django.urls import path

from haven.pages import choosing, directory, overviews_urls, searching, views, voices_urls

app_name = "pages"
urlpatterns = [
    *voices_urls.urlpatterns,
    *overviews_urls.urlpatterns,
    path("", views.home, name="home"),
    path("help/", directory.provisions, name="provisions"),
    path("help/choose/", choosing.choose, name="choose"),
    path("help/choose/<str:steps>/", choosing.choose, name="choose"),
    path("help/<slug:key>/", views.situation, name="situation"),
    path("about/definition/", views.definition, name="definition"),
    path("about/privacy/", views.privacy, name="privacy"),
    path("about/accessibility/", views.accessibility, name="accessibility"),
    path("about/institution/", directory.whose, name="whose"),
    path("about/reading/", views.reading, name="reading"),
    path("expect/<slug:key>/", views.party, name="party"),
    path("about/procedures/", views.procedures, name="procedures"),
    path("about/procedures/<slug:key>/", views.procedure, name="procedure"),
    path("about/procedures/<slug:key>/dates/", views.procedure_dates, name="procedure_dates"),
    path("search/", searching.search, name="search"),
    path("gallery/", views.gallery, name="gallery"),
]
