"""The texts of the rulebook to choose from, at the form of an answer or a note."""

from django import template

from haven.desk.letters import letters_for
from haven.rulebook.letters import Letter, Use

register = template.Library()


@register.simple_tag
def letters(use: Use) -> list[Letter]:
    return letters_for(use)
