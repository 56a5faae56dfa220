"""Haven's addresses and one of our own."""

from django.urls import path

from benchmarks import minimal
from haven.config.urls import handler404 as handler404  # noqa: PLC0414  Django looks for it here
from haven.config.urls import urlpatterns as haven

urlpatterns = [path("minimal/", minimal.insert), *haven]
