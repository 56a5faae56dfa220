"""The colleagues who read a route are whole persons, also where their rows are read in another way than usual."""

from datetime import date
from typing import Any

import pytest

from haven.people.models import User
from haven.people.readers import readers_of
from tests.institution import Institution


@pytest.mark.django_db
def test_a_reader_is_the_person_of_the_table_and_what_was_not_read_is_asked_for(settings: Any) -> None:
    house = Institution(settings).with_readers(3)
    User.objects.filter(pk=house.readers[0].user.pk).update(on_duty=True, unit="science", left_on=date(2026, 2, 28))
    found = {one.person.pk: one.person for one in readers_of("contact_point") if one.person}
    assert len(found) == 3
    for known in User.objects.serving("contact_point"):
        assert found[known.pk] == known
        for field in User._meta.concrete_fields:
            assert getattr(found[known.pk], field.attname) == getattr(known, field.attname)
