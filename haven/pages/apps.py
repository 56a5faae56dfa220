"""The information site: plain pages drawn from the rulebook. Keeps nothing and asks nothing."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "haven.pages"
    label = "pages"
