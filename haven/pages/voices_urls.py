"""Where the site listens."""

from django.urls import path

from haven.pages import voices_views as views

urlpatterns = [
    path("input/", views.write, name="input"),
    path("input/round/<uuid:part>/", views.write_to_round, name="input_round"),
    path("input/outcomes/", views.outcomes, name="outcomes"),
    path("input/vote/", views.vote, name="vote"),
]
