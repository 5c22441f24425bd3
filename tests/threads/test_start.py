"""Starting a thread."""

import pytest
from django.utils import timezone

from forum.communities import actions as communities
from forum.models import Change, Post, Thread
from forum.threads import actions as threads

pytestmark = pytest.mark.django_db


def fill_in(client, community, **changed):
    page = client.get(f"/c/{community.slug}/threads/new/")
    form = page.context["form"]
    inputs = {"body": "We hung the pictures in the window.", "title": "A house gallery", "language": "en"}
    return client.post(
        f"/c/{community.slug}/threads/new/", {"submission": str(form["submission"].value()), **inputs, **changed}
    )


def test_a_member_starts_a_thread(client_of, author, open_house):
    answer = fill_in(client_of(author), open_house)
    thread = Thread.objects.get()
    assert answer.status_code == 302
    assert answer["Location"] == thread.get_absolute_url() == f"/threads/{thread.pk}/a-house-gallery/"
    post = thread.posts.get()
    assert (post.number, thread.last_number, post.audience, thread.audience) == (1, 1, "anyone", "anyone")
    assert post.role_line == "culture department, City of Łódź"
    assert Change.objects.get(stream=f"community:{open_house.pk}").kind == "thread.started"


def test_words_taken_back_and_sent_once_more_begin_again(client_of, author, open_house):
    """Deleted, then back to the form and sent: an answer "you began that before" would lose them."""
    client, form = client_of(author), {"submission": "2c4f8f0e-55bf-4a0e-8b1e-6f3a1f0f5d10"}
    fill_in(client, open_house, **form)
    threads.delete_post(by=author, post=Post.objects.get())
    for _ in range(2):  # and still two of the same are one
        fill_in(client, open_house, **form)
    assert [post.is_deleted for post in Post.objects.order_by("pk")] == [True, False]


def test_the_role_line_stays_as_it_was_written(client_of, author, open_house):
    client = client_of(author)
    fill_in(client, open_house)
    author.function, author.organisation = "retired", ""
    author.save()
    page = client.get(Thread.objects.get().get_absolute_url()).content.decode()
    assert "culture department, City of Łódź" in page
    assert "retired" not in page


def test_an_outsider_and_a_visitor_start_nothing(client_of, outsider, visitor, open_house, closed_house):
    outside = client_of(outsider)
    assert outside.get(f"/c/{open_house.slug}/threads/new/").status_code == 200  # says how to join
    assert outside.post(f"/c/{open_house.slug}/threads/new/", {"title": "a", "body": "b"}).status_code == 422
    assert outside.get(f"/c/{closed_house.slug}/threads/new/").status_code == 404
    assert outside.post(f"/c/{closed_house.slug}/threads/new/", {"title": "a", "body": "b"}).status_code == 404
    typed = {"place": f"community:{open_house.pk}", "title": "a", "body": "b"}
    assert visitor.post(f"/c/{open_house.slug}/threads/new/", typed).status_code == 401
    assert not Thread.objects.exists()


def test_a_closed_community_takes_no_threads(client_of, author, steward, open_house):
    communities.close_community(by=steward, community=open_house, reason="moved")
    answer = client_of(author).post(f"/c/{open_house.slug}/threads/new/", {"title": "a", "body": "my words"})
    assert answer.status_code == 422
    assert "my words" in answer.content.decode()
    assert not Thread.objects.exists()


@pytest.mark.parametrize(
    ("changed", "field"), [({"title": ""}, "title"), ({"title": "x" * 201}, "title"), ({"body": " "}, "body")]
)
def test_errors_stand_on_the_right_field_and_keep_the_words(client_of, author, open_house, changed, field):
    answer = fill_in(client_of(author), open_house, **changed)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    for word in {"title": "We hung", "body": "A house gallery"}[field], 'aria-invalid="true"':
        assert word in answer.content.decode()
    assert not Post.objects.exists()


def test_a_foreign_section_is_refused(client_of, author, open_house, closed_house):
    foreign = closed_house.sections.get()
    answer = fill_in(client_of(author), open_house, section=str(foreign.pk))
    assert list(answer.context["form"].errors) == ["section"]
    assert not Thread.objects.exists()


def test_the_same_form_twice_is_one_thread(client_of, author, open_house):
    client = client_of(author)
    first = fill_in(client, open_house, submission="8c3d3f2e-0f1b-4c8f-9d4f-111111111111")
    second = fill_in(client, open_house, submission="8c3d3f2e-0f1b-4c8f-9d4f-111111111111")
    assert first["Location"] == second["Location"]
    assert Thread.objects.count() == Post.objects.count() == 1


def test_titles_are_plain_words(client_of, author, open_house):
    fill_in(client_of(author), open_house, title="  <b>Neon</b>\n & \x07 keys \u202e ")
    thread = Thread.objects.get()
    assert thread.title == "<b>Neon</b> & keys"
    page = client_of(author).get(thread.get_absolute_url()).content.decode()
    assert "&lt;b&gt;Neon&lt;/b&gt;" in page
    assert "<b>Neon</b>" not in page


def test_a_ukrainian_title_has_a_valid_address(thread_in, open_house, visitor):
    thread = thread_in(open_house, title="Що далі?")
    assert thread.get_absolute_url() == f"/threads/{thread.pk}/-/"
    assert visitor.get(thread.get_absolute_url()).status_code == 200


def test_a_member_who_left_no_longer_writes(client_of, author, open_house):
    communities.leave(member=author, community=open_house)
    assert timezone.now() > author.date_joined
    assert fill_in(client_of(author), open_house).status_code == 422
