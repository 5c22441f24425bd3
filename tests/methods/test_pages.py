"""The pages of a method: told, changed, tried, adapted, found."""

import pytest

from forum.methods import actions
from forum.models import Method, Try
from forum.web.errors import Refusal
from tests.methods.cards import published, soup

pytestmark = pytest.mark.django_db

FILLED = {
    "title": "Soup in the courtyard",
    "summary": "Neighbours cook one pot together.",
    "purpose": "So that people have talked once.",
    "language": "en",
    "step-0-title": "Invite",
    "step-0-text": "Put a note on every door.",
    "step-0-min": "20",
    "licence": "CC-BY-SA-4.0",
    "maturity": "idea",
}


def tell(client, community, **more):
    return client.post(f"/c/{community.slug}/methods/new/", FILLED | more, follow=True)


def test_five_things_make_a_method(client_of, author, visitor, open_house):
    page = tell(client_of(author), open_house)
    assert page.status_code == 200
    method = Method.objects.get()
    assert page.redirect_chain[-1][0] == method.get_absolute_url()
    seen = visitor.get(method.get_absolute_url()).content.decode()
    assert "Put a note on every door." in seen
    assert "from 20 minutes" in seen


def test_an_outsider_does_not_learn_of_a_closed_one(client_of, author, outsider, visitor, closed_house):
    method = published(author, closed_house)
    assert client_of(author).get(method.get_absolute_url()).status_code == 200
    for client in (client_of(outsider), visitor):
        for tail in ("", "versions/", "record.json"):
            assert client.get(f"/methods/{method.pk}/{tail}").status_code == 404
        assert method.title not in client.get("/methods/").content.decode()


@pytest.mark.parametrize(
    ("field", "value", "where"),
    [
        ("minutes_min", "1000000000", "minutes_min"),
        ("group_max", "-3", "group_max"),
        ("licence", "mine-all-mine", "licence"),
        ("purposes", "world-peace", "purposes"),
        ("title", "", "title"),
    ],
)
def test_what_does_not_fit_stands_on_its_field_and_the_rest_is_kept(client_of, author, open_house, field, value, where):
    page = tell(client_of(author), open_house, **{field: value})
    assert page.status_code == 422
    assert page.context["form"].errors[where]
    assert "Put a note on every door." in page.content.decode()
    assert not Method.objects.exists()


def test_the_larger_number_first_is_said_on_the_second(client_of, author, open_house):
    page = tell(client_of(author), open_house, group_min="30", group_max="6")
    assert "group_max" in page.context["form"].errors


def test_five_hundred_steps_are_refused_and_none_is_lost_silently(client_of, author, open_house):
    steps = {f"step-{n}-title": f"Step {n}" for n in range(500)}
    page = tell(client_of(author), open_house, **steps)
    assert page.status_code == 422
    assert not Method.objects.exists()


def test_we_tried_it_takes_four_answers(client_of, neighbour, author, visitor, open_house):
    method = published(author, open_house)
    page = client_of(neighbour).post(
        f"/methods/{method.pk}/tries/new/",
        {"month": "2025-06", "people": "18", "again": "with_changes", "sentence": "It rained, and nobody left."},
        follow=True,
    )
    assert page.status_code == 200
    seen = visitor.get(method.get_absolute_url()).content.decode()
    assert "It rained, and nobody left." in seen
    assert "1 time" in seen


def test_a_try_without_a_name_is_without_a_name(client_of, neighbour, author, visitor, open_house):
    method = published(author, open_house)
    client_of(neighbour).post(
        f"/methods/{method.pk}/tries/new/",
        {"month": "2025-06", "people": "18", "again": "no", "sentence": "Nobody came.", "is_nameless": "on"},
    )
    assert Try.objects.get().member == neighbour
    seen = visitor.get(method.get_absolute_url()).content.decode()
    assert "Nobody came." in seen
    assert neighbour.get_absolute_url() not in seen


def test_a_change_compared_with_what_was(client_of, author, visitor, open_house):
    method = published(author, open_house)
    client = client_of(author)
    form = FILLED | {"group_max": "45", "based_on": "1", "note": "The pot was larger"}
    assert client.post(f"/methods/{method.pk}/edit/", form, follow=True).status_code == 200
    seen = visitor.get(f"/methods/{method.pk}/versions/?from=1&to=2").content.decode()
    assert "<ins>45</ins>" in seen
    assert "The pot was larger" in seen


def test_a_stale_change_shows_what_came_between_and_keeps_what_was_typed(client_of, author, open_house):
    method = published(author, open_house)
    client = client_of(author)
    client.post(f"/methods/{method.pk}/edit/", FILLED | {"group_max": "45", "based_on": "1", "note": "larger"})
    late = FILLED | {"summary": "Typed on the other device.", "based_on": "1", "note": "late"}
    page = client.post(f"/methods/{method.pk}/edit/", late)
    assert page.status_code == 409
    assert "Typed on the other device." in page.content.decode()
    assert "<ins>45</ins>" in page.content.decode()


def test_our_version_names_the_one_it_was_made_from(client_of, neighbour, author, visitor, open_house):
    method = published(author, open_house)
    form = FILLED | {"title": "Soup for forty", "why": "We were forty."}
    assert client_of(neighbour).post(f"/methods/{method.pk}/adaptations/new/", form, follow=True).status_code == 200
    made = Method.objects.get(title="Soup for forty")
    assert made.parent.method == method
    assert "Soup for forty" in visitor.get(method.get_absolute_url()).content.decode()
    assert "Soup in the courtyard" in visitor.get(made.get_absolute_url()).content.decode()


def test_our_version_says_what_kind_of_change_it_is_and_why(client_of, neighbour, author, visitor, open_house):
    method = published(author, open_house)
    address = f"/methods/{method.pk}/adaptations/new/"
    browser, form = client_of(neighbour), FILLED | {"title": "Soup on the screen", "why": "We are far apart."}
    page = browser.get(address).content.decode()
    assert page.count('type="checkbox" name="kinds"') == 14
    assert browser.post(address, form | {"kinds": ["online", "stolen"]}).status_code == 422
    answer = browser.post(address, form | {"kinds": ["online", "cheaper"], "title": ""})
    assert answer.content.decode().count(" checked") >= 2
    assert browser.post(address, form | {"kinds": ["online", "cheaper"]}).status_code == 302
    family = visitor.get(method.get_absolute_url()).content.decode().partition('id="family"')[2]
    assert '<span class="tag">online version</span>' in family
    assert '<span class="tag">cheaper</span>' in family
    made = {"parent": method.versions.get(), "community": open_house, "card": soup(title="Why"), "body": None}
    with pytest.raises(Refusal) as refused:
        actions.adapt_method(author=neighbour, why=" \n", **made)
    assert refused.value.field == "why"


def test_what_may_only_be_read_cannot_be_adapted(client_of, neighbour, author, open_house):
    method = published(author, open_house, licence="read-only")
    form = FILLED | {"title": "Soup for forty", "why": "We were forty."}
    page = client_of(neighbour).post(f"/methods/{method.pk}/adaptations/new/", form)
    assert page.status_code == 422
    assert not Method.objects.filter(title="Soup for forty").exists()


def test_the_library_puts_what_states_it_before_what_does_not_say(author, visitor, open_house):
    published(author, open_house, title="States it")
    published(author, open_house, title="Too long", minutes_min=200, minutes_max=300)
    published(author, open_house, title="Does not say", minutes_min=None, minutes_max=None)
    seen = visitor.get("/methods/?minutes=120&people=25").content.decode()
    assert seen.index("States it") < seen.index("do not say") < seen.index("Does not say")
    assert "Too long" not in seen


def test_nothing_found_says_which_choice_to_lift(author, visitor, open_house):
    published(author, open_house)
    page = visitor.get("/methods/?people=25&cost=0&minutes=120")
    assert [label for label, _address, _count in page.context["lift"]] == ["Cost, up to"]


def test_a_name_taken_out_is_gone_from_every_page(client_of, author, moderator, visitor, open_house):
    method = published(author, open_house, summary="Zosia cooks.")
    assert "Zosia" in visitor.get(method.get_absolute_url()).content.decode()
    form = {"words": "Zosia", "reason": "a child's name"}
    client, address = client_of(moderator), f"/methods/{method.pk}/redactions/new/"
    shown = client.post(address, form).context["found"].shown
    assert client.post(address, form | {"confirmed": shown}, follow=True).status_code == 200
    for tail in ("", "versions/", "record.json"):
        assert "Zosia" not in visitor.get(f"/methods/{method.pk}/{tail}", follow=True).content.decode()


def test_a_link_to_a_method_becomes_its_card(client_of, neighbour, author, visitor, thread_in, open_house):
    method = published(author, open_house)
    thread = thread_in(open_house)
    client_of(neighbour).post(
        f"/threads/{thread.pk}/posts/", {"place": f"thread:{thread.pk}", "body": f"Try this:\n\n/methods/{method.pk}/"}
    )
    seen = visitor.get(thread.get_absolute_url()).content.decode()
    assert "Neighbours cook one pot together and talk" in seen


def test_a_closed_method_cited_in_the_open_tells_nothing(
    client_of, author, visitor, thread_in, open_house, closed_house
):
    method = published(author, closed_house)
    thread = thread_in(open_house)
    client_of(author).post(
        f"/threads/{thread.pk}/posts/", {"place": f"thread:{thread.pk}", "body": f"Try this:\n\n/methods/{method.pk}/"}
    )
    seen = visitor.get(thread.get_absolute_url()).content.decode()
    assert f"/methods/{method.pk}/" in seen
    assert method.title not in seen
    assert "Neighbours cook one pot" not in seen


def test_the_same_form_sent_twice_is_one_method(client_of, author, open_house):
    key = {"submission": "6f0d2a3e-9a50-4a5c-9f4a-0a3a5a2f9a11"}
    tell(client_of(author), open_house, **key)
    tell(client_of(author), open_house, **key)
    assert Method.objects.count() == 1


def test_a_first_try_comes_with_the_card(client_of, author, open_house):
    told = {"try-month": "2025-05", "try-people": "12", "try-again": "yes", "try-sentence": "We sang."}
    page = tell(client_of(author), open_house, maturity="once", **told)
    assert page.status_code == 200
    assert Try.objects.get().sentence == "We sang."
    assert Method.objects.get().tries_count == 1


def test_growing_and_withdrawing_a_try(client_of, author, neighbour, outsider, visitor, open_house):
    method = published(author, open_house)
    client = client_of(neighbour)
    quick = {"month": "2025-06", "people": "18", "again": "yes", "sentence": "It rained."}
    client.post(f"/methods/{method.pk}/tries/new/", quick)
    told = Try.objects.get()
    assert client_of(author).get(f"/tries/{told.pk}/edit/").status_code == 404
    client.post(f"/tries/{told.pk}/edit/", quick | {"city": "Łódź", "minutes": "95", "did_not_work": "The pot burnt."})
    seen = visitor.get(method.get_absolute_url()).content.decode()
    assert "The pot burnt." in seen
    assert "reported 95" in seen
    client.post(f"/tries/{told.pk}/withdrawal/")
    assert "The pot burnt." not in visitor.get(method.get_absolute_url()).content.decode()
