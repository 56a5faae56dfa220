"""`{{ text|prose }}`: text as editors wrote it, with its links. Their own filter draws a template around each one."""

from django import template
from django.utils.safestring import SafeString
from wagtail.rich_text import RichText, expand_db_html

register = template.Library()


@register.filter
def prose(text: RichText) -> SafeString:
    return SafeString(expand_db_html(text.source))
