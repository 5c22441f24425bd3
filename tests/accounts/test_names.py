"""Display names and the usernames made of them."""

import pytest
from django.core.exceptions import ValidationError

from accounts import names
from accounts.actions import change_profile, open_account
from accounts.models import Member

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "username"),
    [
        ("Łukasz Żółć", "lukasz-zolc"),
        ("Jürgen Groß", "juergen-gross"),
        ("Оксана Гнатюк", "oksana-hnatiuk"),
        ("Згурський Юрій", "zghurskyi-yurii"),
        ("Мар’яна Єщенко", "mariana-yeshchenko"),
        ("Zespół Ruska 46", "zespol-ruska-46"),
        ("李小龍", "member-2"),
        ("Ευα Παππά", "member-2"),
        ("x" * 80, "x" * 32),
    ],
)
def test_usernames_are_readable_ascii(name: str, username: str) -> None:
    assert names.new_username(name) == username


def test_a_taken_username_is_numbered() -> None:
    made = [open_account(email=f"a{n}@x.example", display_name="Anna Wrona").username for n in range(3)]
    assert made == ["anna-wrona", "anna-wrona-2", "anna-wrona-3"]


def test_a_username_never_looks_like_another() -> None:
    Member.objects.create_user(email="a@x.example", username="ola-1", display_name="Ola")
    Member.objects.create_user(email="b@x.example", username="corn", display_name="Corn")
    assert names.new_username("Ola l") == "ola-l-2"
    assert names.new_username("Com") == "com-2"


@pytest.mark.parametrize("word", ["Admin", "MODERATOR", "Courtyard", "Модератор", "ADMlN", "Pomoc", "administrator"])
def test_nobody_speaks_for_the_house(word: str) -> None:
    with pytest.raises(ValidationError):
        names.clean_display_name(word)
    assert names.new_username(word).startswith("member-")
    assert names.clean_display_name(word, is_house=True) == word


@pytest.mark.parametrize(
    "name",
    [
        "A",
        "x" * 81,
        "12345",
        "   ",
        "Anna\u202eanorW",
        "Anna\u200bWrona",
        "Anna\u2800Wrona",
        "Anna Wrona\ufe0f",
        "Anna Wrona\u034f",
        "Anna\nWrona",
        "Anna\x07",
        "<b>Anna</b>",
        "anna@wrona.example",
        "https://evil.example",
        "Аnna Wrona",  # a Cyrillic A
        "Αnna Wrona",  # a Greek one
        "A\u0300\u0301\u0302nna",
    ],
)
def test_names_nobody_can_have(name: str) -> None:
    with pytest.raises(ValidationError):
        names.clean_display_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "Anna-Maria O’Neill",
        "Оксана Гнатюк",
        "Anna Марія",
        "李小龍",
        "Ğülşen Çelik",
        "Jan Kowal III",
        "Zespół R46",
        "ひらカナ漢字",
    ],
)
def test_names_people_have(name: str) -> None:
    assert names.clean_display_name(name) == name


def test_a_name_is_kept_trimmed_and_composed() -> None:
    assert names.clean_display_name("  Łukasz   Zo\u0301łć ") == "Łukasz Zółć"


def test_two_people_may_have_one_name() -> None:
    open_account(email="a@x.example", display_name="Iwona Nowak")
    assert names.clean_display_name("Iwona Nowak") == "Iwona Nowak"


@pytest.mark.parametrize(
    ("theirs", "mine"), [("Iwona Nowak", "lwona Nowak"), ("Coca Pope", "Соса Роре"), ("Ома", "Oma")]
)
def test_a_name_that_only_looks_like_somebodys_is_refused(theirs: str, mine: str) -> None:
    open_account(email="a@x.example", display_name=theirs)
    if names.look(theirs) == names.look(mine):
        with pytest.raises(ValidationError):
            names.clean_display_name(mine)
    else:
        assert names.clean_display_name(mine) == mine


def test_one_may_keep_ones_own_name() -> None:
    member = open_account(email="a@x.example", display_name="Iwona Nowak")
    change_profile(member=member, display_name="lwona Nowak")
    change_profile(member=member, display_name="Iwona Nowak")
    assert Member.objects.get(name_look=names.look("Iwona Nowak")) == member


def test_an_address_opens_one_account() -> None:
    open_account(email="a@x.example", display_name="Anna")
    with pytest.raises(ValidationError):
        open_account(email="A@x.example", display_name="Ola")
