"""Nothing typed is lost between the form and the server: without JavaScript, and at the worst moments."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import Member
from forum.models import Community, Draft, Post, Thread
from forum.threads import actions
from tests.drafts.helpers import kept_body, posted, put

ClientOf = Callable[[Member], Client]
WORDS = "Two hours of <careful> words\nabout the lamp & the yard"


@pytest.fixture
def thread(open_house: Community, thread_in: Callable[..., Thread]) -> Thread:
    return thread_in(open_house)


def reply_url(thread: Thread) -> str:
    return f"/threads/{thread.pk}/posts/"


def sign_in(client: Client, member: Member) -> None:
    client.force_login(member, backend="allauth.account.auth_backends.AuthenticationBackend")


def written_on(client: Client, thread: Thread) -> str:
    form = client.get(thread.get_absolute_url()).context.get("form")
    return form["body"].value() or "" if form else ""


def test_a_lost_session_keeps_the_text_and_brings_it_back(thread: Thread, neighbour: Member) -> None:
    browser = Client()
    answer = browser.post(reply_url(thread), posted(thread, neighbour, WORDS))
    assert answer.status_code == 401
    page = answer.content.decode()
    assert "Two hours of &lt;careful&gt; words" in page
    assert f"/accounts/login/?next=%2Fthreads%2F{thread.pk}%2F" in page
    assert Post.objects.filter(thread=thread).count() == 1
    sign_in(browser, neighbour)
    assert written_on(browser, thread) == WORDS
    assert written_on(browser, thread) == WORDS  # and again: it is kept until it stands somewhere else


def test_the_text_goes_back_to_nobody_but_its_writer(thread: Thread, neighbour: Member, author: Member) -> None:
    browser = Client()
    browser.post(reply_url(thread), posted(thread, neighbour, WORDS))
    sign_in(browser, author)
    assert "careful" not in written_on(browser, thread)


def test_it_is_forgotten_once_it_is_published(thread: Thread, neighbour: Member) -> None:
    browser = Client()
    browser.post(reply_url(thread), posted(thread, neighbour, WORDS))
    sign_in(browser, neighbour)
    browser.post(reply_url(thread), posted(thread, neighbour, WORDS))
    assert Post.objects.filter(thread=thread).count() == 2
    assert written_on(browser, thread) == ""


def test_it_is_forgotten_once_it_stands_as_a_draft(thread: Thread, neighbour: Member) -> None:
    browser = Client()
    browser.post(reply_url(thread), posted(thread, neighbour, WORDS))
    sign_in(browser, neighbour)
    put(browser, f"thread:{thread.pk}", WORDS + " and more")
    assert written_on(browser, thread) == WORDS + " and more"


def test_two_versions_are_both_shown(thread: Thread, neighbour: Member, client_of: ClientOf) -> None:
    browser = Client()
    browser.post(reply_url(thread), posted(thread, neighbour, WORDS))
    put(client_of(neighbour), f"thread:{thread.pk}", "written on another device meanwhile")
    sign_in(browser, neighbour)
    page = browser.get(thread.get_absolute_url())
    assert page.context["form"]["body"].value() == WORDS
    assert "written on another device meanwhile" in page.content.decode()


def test_the_draft_the_page_started_from_is_not_a_second_version(thread: Thread, neighbour: Member) -> None:
    browser = Client()
    sign_in(browser, neighbour)
    version = put(browser, f"thread:{thread.pk}", "Two hours").json()["version"]
    browser.logout()
    browser.post(reply_url(thread), posted(thread, neighbour, WORDS, draft_version=version))
    sign_in(browser, neighbour)
    form = browser.get(thread.get_absolute_url()).context["form"]
    assert form["body"].value() == WORDS
    assert form.other_text == ""


def test_every_field_comes_back(open_house: Community, neighbour: Member) -> None:
    browser, url = Client(), f"/c/{open_house.slug}/threads/new/"
    section = open_house.sections.get()
    fields = {
        "place": f"community:{open_house.pk}",
        "back": url,
        "writer": str(neighbour.pk),
        "title": "A new lamp",
        "section": str(section.pk),
        "language": "de",
        "body": WORDS,
    }
    assert browser.post(url, fields).status_code == 401
    sign_in(browser, neighbour)
    form = browser.get(url).context["form"]
    assert [str(form[name].value()) for name in ("title", "section", "language", "body")] == [
        "A new lamp",
        str(section.pk),
        "de",
        WORDS,
    ]


def test_a_text_too_long_to_keep_is_still_on_the_page(thread: Thread, neighbour: Member) -> None:
    browser = Client()
    answer = browser.post(reply_url(thread), posted(thread, neighbour, "many words " * 20_000))
    assert answer.status_code == 401
    assert "many words many words" in answer.content.decode()
    assert "copy it" in answer.content.decode()


def test_passwords_are_never_kept(thread: Thread, neighbour: Member) -> None:
    browser = Client()
    fields = posted(thread, neighbour, WORDS, password="a-good-password", password2="a-good-password")
    assert "a-good-password" not in browser.post(reply_url(thread), fields).content.decode()
    assert "a-good-password" not in str(dict(browser.session))


class TestFailedCheck:
    """The commonest way to lose text: a page that stood open across a sign-in."""

    @pytest.fixture
    def browser(self, neighbour: Member) -> Client:
        browser = Client(enforce_csrf_checks=True)
        sign_in(browser, neighbour)
        return browser

    def test_the_text_comes_back_with_a_form_that_works(
        self, browser: Client, thread: Thread, neighbour: Member
    ) -> None:
        answer = browser.post(reply_url(thread), posted(thread, neighbour, WORDS, csrfmiddlewaretoken="x" * 64))
        assert answer.status_code == 403
        page = answer.content.decode()
        assert "Two hours of &lt;careful&gt; words" in page
        assert f'action="{reply_url(thread)}"' in page
        token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
        again = posted(thread, neighbour, WORDS, csrfmiddlewaretoken=token)
        assert browser.post(reply_url(thread), again).status_code in {302, 303}
        assert Post.objects.filter(thread=thread).count() == 2

    def test_signed_out_it_leads_over_the_sign_in(self, thread: Thread, neighbour: Member) -> None:
        browser = Client(enforce_csrf_checks=True)
        answer = browser.post(reply_url(thread), posted(thread, neighbour, WORDS))
        assert answer.status_code == 403
        assert "Two hours of" in answer.content.decode()
        sign_in(browser, neighbour)
        assert written_on(browser, thread) == WORDS

    def test_the_script_gets_a_token_to_try_with(self, browser: Client, thread: Thread, neighbour: Member) -> None:
        answer = browser.post(
            reply_url(thread), posted(thread, neighbour, WORDS), headers={"accept": "application/json"}
        )
        assert answer.status_code == 403
        again = posted(thread, neighbour, WORDS, csrfmiddlewaretoken=answer.json()["csrf"])
        assert browser.post(reply_url(thread), again).status_code in {302, 303}

    @pytest.mark.parametrize("headers", [{"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}])
    def test_another_site_plants_no_text_and_gets_no_token(
        self, browser: Client, thread: Thread, neighbour: Member, headers: dict[str, str]
    ) -> None:
        for accept in ("text/html", "application/json"):
            answer = browser.post(
                reply_url(thread), posted(thread, neighbour, WORDS), headers={**headers, "accept": accept}
            )
            assert answer.status_code == 403
            assert "Two hours" not in answer.content.decode()
            assert '"csrf"' not in answer.content.decode()
        assert written_on(browser, thread) == ""

    def test_other_forms_say_what_happened(self, browser: Client) -> None:
        answer = browser.post("/accounts/login/", {"login": "a@b.example", "password": "a-good-password"})
        assert answer.status_code == 403
        assert "a-good-password" not in answer.content.decode()


def test_a_refused_text_comes_back_and_is_kept_as_a_draft(
    thread: Thread, neighbour: Member, client_of: ClientOf
) -> None:
    client = client_of(neighbour)
    too_long = "word " * 10_000
    answer = client.post(reply_url(thread), posted(thread, neighbour, too_long, body_format="markdown"))
    form = answer.context["form"]
    assert form["body"].value() == too_long
    assert form.errors["body"]
    assert kept_body(neighbour, f"thread:{thread.pk}") == too_long
    # The page that came back may save over what was just kept: it is the same writer's page.
    assert put(client, f"thread:{thread.pk}", "shorter", form.draft_version).status_code == 200


def test_locked_meanwhile(thread: Thread, neighbour: Member, moderator: Member, client_of: ClientOf) -> None:
    actions.lock_thread(by=moderator, thread=thread, reason="Enough said")
    answer = client_of(neighbour).post(reply_url(thread), posted(thread, neighbour, WORDS))
    assert "Two hours of &lt;careful&gt; words" in answer.content.decode()
    assert kept_body(neighbour, f"thread:{thread.pk}") == WORDS


def test_closed_meanwhile_is_a_404_with_the_text(
    closed_house: Community, neighbour: Member, client_of: ClientOf, thread_in: Callable[..., Thread]
) -> None:
    thread = thread_in(closed_house, title="Behind the door")
    closed_house.memberships.filter(member=neighbour).delete()
    client = client_of(neighbour)
    closed = client.post(reply_url(thread), posted(thread, neighbour, WORDS))
    absent = client.post("/threads/99999999/posts/", posted(thread, neighbour, WORDS))
    assert closed.status_code == absent.status_code == 404
    assert "Two hours of &lt;careful&gt; words" in closed.content.decode()
    assert "Behind the door" not in closed.content.decode()


def test_a_fault_of_ours_keeps_the_text(
    thread: Thread, neighbour: Member, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fall(**_given: Any) -> None:
        raise RuntimeError("the roof fell in")

    monkeypatch.setattr(actions, "reply", fall)
    client = client_of(neighbour)
    client.raise_request_exception = False
    assert client.post(reply_url(thread), posted(thread, neighbour, WORDS)).status_code == 500
    assert kept_body(neighbour, f"thread:{thread.pk}") == WORDS


class TestPreview:
    def test_is_what_will_be_published_and_leads_on_and_back(
        self, thread: Thread, neighbour: Member, client_of: ClientOf
    ) -> None:
        client = client_of(neighbour)
        answer = client.post("/preview/", posted(thread, neighbour, "**lamp** <script>"))
        page = answer.content.decode()
        assert "<strong>lamp</strong>" in page
        assert f'action="{reply_url(thread)}"' in page
        assert written_on(client, thread) == "**lamp** <script>"

    def test_answers_the_script(self, thread: Thread, neighbour: Member, client_of: ClientOf) -> None:
        fields, headers = posted(thread, neighbour, "**lamp**"), {"accept": "application/json"}
        about = client_of(neighbour).post("/preview/", fields, headers=headers).json()
        assert about["html"] == about["stored"] == "<p><strong>lamp</strong></p>"
        empty = client_of(neighbour).post("/preview/", fields | {"body": " "}, headers=headers).json()
        assert empty["error"]
        assert not Draft.objects.exists()

    def test_quotes_nothing_from_behind_a_door(
        self,
        thread: Thread,
        neighbour: Member,
        outsider: Member,
        closed_house: Community,
        client_of: ClientOf,
        thread_in: Callable[..., Thread],
    ) -> None:
        secret = thread_in(closed_house).posts.get()
        ref = f">>{secret.pk}.1\n\nWhat is this?"
        client, headers = client_of(outsider), {"accept": "application/json"}
        answer = client.post("/preview/", posted(thread, outsider, ref), headers=headers)
        assert "We began with tea" not in answer.content.decode()
        other = posted(secret.thread, outsider, ref)
        assert client.post("/preview/", other, headers=headers).status_code == 404

    def test_of_a_place_that_is_closed_meanwhile_gives_the_text_back(
        self, invited_house: Community, thread_in: Callable[..., Thread], neighbour: Member, client_of: ClientOf
    ) -> None:
        fields = posted(thread_in(invited_house), neighbour, "An hour of my life")
        invited_house.memberships.filter(member=neighbour).delete()
        answer = client_of(neighbour).post("/preview/", fields)
        assert answer.status_code == 404
        assert "An hour of my life" in answer.content.decode()

    def test_another_sites_address_is_no_action(self, thread: Thread, neighbour: Member, client_of: ClientOf) -> None:
        for address in ("https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"):
            fields = posted(thread, neighbour, "lamp") | {"next_action": address, "back": address}
            assert "evil" not in client_of(neighbour).post("/preview/", fields).content.decode()


def test_mentions_only_for_those_who_may_write_there(
    invited_house: Community,
    thread_in: Callable[..., Thread],
    neighbour: Member,
    outsider: Member,
    client_of: ClientOf,
) -> None:
    thread = thread_in(invited_house)
    asked = {"place": f"thread:{thread.pk}", "q": "aut"}
    found = client_of(neighbour).get("/mentions/", asked).json()["members"]
    assert [member["username"] for member in found] == ["author"]
    assert client_of(outsider).get("/mentions/", asked).json() == {"members": []}
    assert client_of(neighbour).get("/mentions/", {"place": "thread:x", "q": "a"}).json() == {"members": []}
    assert Client().get("/mentions/", asked).status_code == 302


def test_a_mention_tells_no_more_than_the_profile(
    thread: Thread, author: Member, neighbour: Member, client_of: ClientOf
) -> None:
    asked = {"place": f"thread:{thread.pk}", "q": "aut"}
    lines = []
    for readers in ("nobody", "communities"):
        Member.objects.filter(pk=author.pk).update(profile_readers=readers)
        lines += [member["line"] for member in client_of(neighbour).get("/mentions/", asked).json()["members"]]
    assert lines == ["", author.role_line]


def test_it_survives_a_real_sign_in(thread: Thread, neighbour: Member) -> None:
    from allauth.account.models import EmailAddress

    EmailAddress.objects.create(user=neighbour, email=neighbour.email, verified=True, primary=True)
    browser = Client()
    lost = browser.post(reply_url(thread), posted(thread, neighbour, WORDS))
    sign_in_page = lost.context["sign_in"]
    back = browser.post(sign_in_page, {"login": neighbour.email, "password": "a-good-password"})
    assert back["Location"] == f"{thread.get_absolute_url()}#reply"
    assert written_on(browser, thread) == WORDS
