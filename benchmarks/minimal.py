"""The least a Django view can do that keeps something: one durable insert. The yardstick for sending a report."""

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

PATH = "/minimal/"
DONE = b"kept"


@csrf_exempt
def insert(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:  # outside a transaction: on disk when `execute` returns
        cursor.execute("INSERT INTO benchmark_minimal (words) VALUES (%s)", [request.POST["words"]])
    return HttpResponse(DONE)


insert.open_to = "anyone"  # type: ignore[attr-defined]


def make_table() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE benchmark_minimal (id INTEGER PRIMARY KEY, words TEXT NOT NULL)")
