"""What the editor of the site shows beside pages: the lists of things that stand on several of them."""

from wagtail.snippets.models import register_snippet

from haven.pages import lists

register_snippet(lists.Questions)
register_snippet(lists.QuestionGroups)
