"""Lines name nobody whom their reader may not know of."""

from datetime import date

import pytest

from forum.communities import actions as communities
from forum.methods import actions
from tests.methods.cards import published

pytestmark = pytest.mark.django_db


def test_who_is_declined_does_not_learn_who_belongs_to_a_closed_community(reader, outsider, steward, closed_house):
    closed_house.in_directory = True
    closed_house.save(update_fields=["in_directory"])
    asked = communities.ask_to_join(member=outsider, community=closed_house, note="")
    communities.decline_request(by=steward, request=asked)
    assert "declined" in reader(outsider).lines()[0][1]
    assert "Steward" not in reader(outsider).page().content.decode()


def test_a_try_that_lost_its_name_is_nobodys_in_the_line_too(reader, author, neighbour, open_house):
    version = published(author, open_house).versions.get()
    words = {"month": date(2025, 5, 1), "people": 9, "again": "yes", "sentence": "We sang."}
    told = actions.tell_try(member=neighbour, version=version, **words)
    assert "Neighbour" in reader(author).page().content.decode()
    actions.grow_try(member=neighbour, told=told, is_nameless=True)
    assert "Your method was tried." in reader(author).lines()[0][1]
    assert "Neighbour" not in reader(author).page().content.decode()
