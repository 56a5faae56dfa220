"""The least a Django view can do that keeps something: one durable insert. The yardstick for sending a report."""

from typing import ClassVar

from django.db import connection, models
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

PATH = "/minimal/"
DONE = b"kept"


class Words(models.Model):
    """In the database of the measurement only."""

    words = models.TextField()

    objects: ClassVar[models.Manager["Words"]] = models.Manager()

    class Meta:
        app_label = "benchmarks"


@csrf_exempt
def insert(request: HttpRequest) -> HttpResponse:
    Words.objects.create(words=request.POST["words"])  # on disk when this returns
    return HttpResponse(DONE)


def make_table() -> None:
    with connection.schema_editor() as editor:
        editor.create_model(Words)
