"""Links to elsewhere, asked for by a command and never by themselves."""

from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from haven.config import links
from haven.pages import planting
from haven.pages.models import HomePage, StandardPage


class Elsewhere(BaseHTTPRequestHandler):
    """Answers as its path says."""

    def do_GET(self) -> None:
        self.send_response(int(self.path.strip("/")))
        self.end_headers()

    def log_message(self, *_words: object) -> None:
        pass


@pytest.mark.django_db
def test_the_command_names_each_address_that_does_not_answer_and_the_page_it_is_on() -> None:
    planting.plant()
    home = HomePage.objects.get(locale__language_code="nl")
    server = HTTPServer(("127.0.0.1", 0), Elsewhere)
    Thread(target=server.serve_forever, daemon=True).start()
    there = f"http://127.0.0.1:{server.server_port}"
    addresses = [f"{there}/200", f"{there}/403", f"{there}/404", "http://127.0.0.1:9/"]
    body = "".join(f'<a href="{address}">x</a>' for address in addresses)
    home.add_child(instance=StandardPage(title="Links", locale=home.locale, body=[("text", body)]))
    said: list[str] = []

    assert links.check(said.append) == 2
    assert sorted(said[:2]) == sorted(
        [f"{addresses[3]}: does not answer\n    on /nl/links/", f"{addresses[2]}: answers 404\n    on /nl/links/"]
    )
    assert said[2:] == ["4 addresses elsewhere, 2 of which do not answer."]
    server.shutdown()
    server.server_close()
