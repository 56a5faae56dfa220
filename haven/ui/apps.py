"""What every page looks like: the frame, a dozen components, the words of dates and sizes."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "haven.ui"
    label = "ui"
