"""Parts of a page that are the same for everyone are drawn once: `{% drawn_once "foot" %}…{% enddrawn_once %}`.

It is kept by its name and what is named beside it (`"provision" provision.key`), by language and version of the
rulebook, and may depend on nothing else. Unlike with Django's `cache` it stays a text in this process.
"""

from django.template.base import FilterExpression, Node, NodeList, Parser, Token
from django.template.context import Context
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from haven.rulebook import shelf

MOST = 500  # parts; a rulebook has far fewer, and what is new begins again

_drawn: dict[tuple[object, ...], SafeString] = {}


class DrawnOnce(Node):
    def __init__(self, named: list[FilterExpression], nodelist: NodeList) -> None:
        self.named = named
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        key = (shelf.current().version, get_language(), *(one.resolve(context) for one in self.named))
        found = _drawn.get(key)
        if found is None:
            if len(_drawn) >= MOST:
                _drawn.clear()
            found = _drawn[key] = self.nodelist.render(context)
        return found


def drawn_once(parser: Parser, token: Token) -> DrawnOnce:
    named = [parser.compile_filter(one) for one in token.split_contents()[1:]]
    nodelist = parser.parse(("enddrawn_once",))
    parser.delete_first_token()
    return DrawnOnce(named, nodelist)
