"""One's own profile, the language of the pages, and the time zone."""

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Member
from accounts.signals import renamed

pytestmark = pytest.mark.django_db

PROFILE = "/accounts/profile/"
GOOD = {
    "display_name": "Anna Wrona-Nowak",
    "function": "animator",
    "organisation": "Dom & Ogród",
    "city": "Wrocław",
    "bio": "Printshop on Ruska.\r\nTea at five.",
    "languages": ["uk", "pl"],
    "other_languages": "Czech,  Belarusian , Czech",
    "interface_language": "de",
    "time_zone": "Europe/Kyiv",
    "profile_readers": "communities",
}


def test_everything_can_be_said_and_comes_back(anna: Member, signed_in: Client) -> None:
    assert signed_in.post(PROFILE, GOOD)["Location"] == PROFILE
    anna.refresh_from_db()
    assert (anna.display_name, anna.username) == ("Anna Wrona-Nowak", "anna-wrona")
    assert anna.languages == ["uk", "pl", "Czech", "Belarusian"]
    assert (anna.interface_language, anna.time_zone, anna.profile_readers) == ("de", "Europe/Kyiv", "communities")
    assert anna.role_line == "animator, Dom & Ogród"
    response = signed_in.get(PROFILE)
    assert response.headers["Content-Language"] == "de"
    page = response.content.decode()
    assert 'value="Czech, Belarusian"' in page
    assert '<option value="Europe/Kyiv" selected>' in page
    assert "Warschau" in page


def test_a_new_name_is_told_to_those_who_ask(anna: Member, signed_in: Client) -> None:
    heard = []

    def listener(**kwargs: object) -> None:
        heard.append((kwargs["member"], kwargs["was"]))

    renamed.connect(listener)
    signed_in.post(PROFILE, {**GOOD, "display_name": anna.display_name})
    assert heard == []
    signed_in.post(PROFILE, GOOD)
    assert heard == [(anna, "Anna Wrona")]


MARKUP = '"><img src=x onerror=alert(1)>'


def test_markup_in_every_field_is_text(anna: Member, signed_in: Client) -> None:
    everywhere = dict.fromkeys(("function", "organisation", "city", "bio"), MARKUP)
    signed_in.post(PROFILE, {**GOOD, **everywhere, "other_languages": "<b>x</b>"})
    anna.refresh_from_db()
    assert anna.bio == MARKUP
    page = signed_in.get(PROFILE).content.decode()
    assert "<img src=x" not in page
    assert "<b>x</b>" not in page


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("display_name", "<b>Anna</b>"),
        ("display_name", ""),
        ("display_name", "Аnna"),
        ("function", "x" * 121),
        ("function", "gnihton \u202e"),
        ("organisation", "a\x00b"),
        ("city", "x" * 81),
        ("bio", "x" * 2001),
        ("bio", "\u2066"),
        ("languages", ["xx"]),
        ("other_languages", ",".join("abcdefghijkl")),
        ("other_languages", "\u202e"),
        ("interface_language", "xx"),
        ("time_zone", "Europe/Atlantis"),
        ("time_zone", "../../etc/passwd"),
        ("profile_readers", "world"),
    ],
)
def test_what_cannot_be_is_refused_on_its_field_and_the_rest_is_kept(
    anna: Member, signed_in: Client, field: str, value: object
) -> None:
    page = signed_in.post(PROFILE, {**GOOD, field: value})
    assert page.status_code == 200
    assert set(page.context["form"].errors) == {field}
    anna.refresh_from_db()
    assert anna.display_name == "Anna Wrona"
    text = page.content.decode()
    assert f'id="id_{field}_error"' in text
    if field != "city":
        assert 'value="Wrocław"' in text
    assert "Anna Wrona" in text.split("<main")[0]  # the header keeps the name one has


def test_forged_fields_change_nothing(anna: Member, signed_in: Client) -> None:
    forged = {
        "is_staff": "on",
        "is_house": "on",
        "email": "x@x.example",
        "username": "admin",
        "vouched_at": "2020-01-01",
    }
    signed_in.post(PROFILE, {**GOOD, **forged})
    anna.refresh_from_db()
    assert (anna.is_staff, anna.is_house, anna.email, anna.username) == (
        False,
        False,
        "anna@nadodrze.example",
        "anna-wrona",
    )
    assert anna.vouched_at is None


def test_a_visitor_chooses_a_language_for_this_browser(someone: Client) -> None:
    answer = someone.post("/language/", {"language": "uk", "next": "/accounts/login/"})
    assert answer["Location"] == "/accounts/login/"
    page = someone.get("/accounts/login/")
    assert page.headers["Content-Language"] == "uk"
    assert '<html lang="uk"' in page.content.decode()
    assert {"Accept-Language", "Cookie"} <= {part.strip() for part in page.headers["Vary"].split(",")}


def test_a_member_chooses_it_everywhere(anna: Member, signed_in: Client) -> None:
    signed_in.post("/language/", {"language": "de"})
    anna.refresh_from_db()
    assert anna.interface_language == "de"
    other = Client(headers={"accept-language": "en"})
    other.force_login(anna, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert other.get(PROFILE).headers["Content-Language"] == "de"


def test_a_language_we_do_not_speak_changes_nothing(someone: Client) -> None:
    assert someone.post("/language/", {"language": "tlh"}).status_code == 302
    assert someone.get("/accounts/login/").headers["Content-Language"] == "en"
    assert someone.get("/language/").status_code == 405


def test_the_time_zone_is_the_members(anna: Member, signed_in: Client, rf) -> None:
    from accounts.middleware import PersonalMiddleware

    seen = []

    def view(request):
        from django.http import HttpResponse

        seen.append(timezone.get_current_timezone_name())
        return HttpResponse()

    for zone in ("Europe/Kyiv", "Nowhere/Gone"):
        Member.objects.filter(pk=anna.pk).update(time_zone=zone)
        request = rf.get("/")
        request.COOKIES["sessionid"] = "x"
        request.user = Member.objects.get(pk=anna.pk)
        PersonalMiddleware(view)(request)
    assert seen == ["Europe/Kyiv", "Europe/Warsaw"]


def test_a_visitor_costs_no_query(someone: Client, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        someone.get("/accounts/login/")


def test_the_administration_shows_members_and_changes_none(anna: Member, client: Client) -> None:
    boss = Member.objects.create_user(
        email="boss@x.example", username="boss", display_name="Boss", is_staff=True, is_superuser=True
    )
    client.force_login(boss, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert "Anna Wrona" in client.get("/admin/accounts/member/").content.decode()
    page = client.get(f"/admin/accounts/member/{anna.pk}/change/")
    assert page.status_code == 200
    assert anna.password not in page.content.decode()
    assert client.post(f"/admin/accounts/member/{anna.pk}/change/", {"is_staff": "on"}).status_code == 403
    assert client.post("/admin/accounts/member/add/", {"email": "x@x.example"}).status_code == 403
