"""The door of everybody who takes part in a formal complaint and has no account. Keeps nothing of its own."""

from django.apps import AppConfig


class PartiesConfig(AppConfig):
    name = "haven.parties"
    label = "parties"
