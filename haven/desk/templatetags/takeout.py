"""What was taken out of a case, and whether this person may take something out."""

from django import template

from haven.cases.opened import OpenCase
from haven.desk.takeout import TakeOutPart

register = template.Library()


@register.simple_tag
def takeout(opened: OpenCase) -> TakeOutPart:
    return TakeOutPart(opened)
