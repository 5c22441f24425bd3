"""Another address: the old one leads on, for those who may see, and is never given away."""

import pytest

from forum.communities import actions, queries, rules
from forum.communities.models import Community, FormerSlug
from forum.web.errors import Refusal


def rename(client, old, new):
    return client.post(f"/c/{old}/address/", {"slug": new})


def test_the_old_address_leads_to_the_new_one(client_of, steward, author, visitor, open_house):
    assert rename(client_of(steward), "open-house", "courtyard-46")["Location"] == "/c/courtyard-46/"
    moved = visitor.get("/c/open-house/members/?page=2")
    assert (moved.status_code, moved["Location"]) == (301, "/c/courtyard-46/members/?page=2")
    front = visitor.get("/c/open-house/")
    assert (front.status_code, front["Location"]) == (301, "/c/courtyard-46/")
    deed = client_of(author).post("/c/open-house/departure/")
    assert (deed.status_code, deed["Location"]) == (308, "/c/courtyard-46/departure/")


def test_a_chain_of_names_still_leads_there(steward, open_house, visitor):
    for slug in ("second", "third"):
        open_house = actions.rename_community(by=steward, community=open_house, slug=slug)
    for old in ("open-house", "second"):
        assert visitor.get(f"/c/{old}/members/")["Location"] == "/c/third/members/"


def test_outsiders_do_not_learn_where_a_closed_one_went(client_of, steward, author, outsider, visitor, closed_house):
    rename(client_of(steward), "closed-house", "elsewhere")
    assert client_of(author).get("/c/closed-house/members/").status_code == 301
    for browser in (visitor, client_of(outsider)):
        assert browser.get("/c/closed-house/members/").status_code == 404
        assert browser.get("/c/closed-house/").status_code == 404


def test_back_to_an_address_it_had(client_of, steward, visitor, open_house):
    rename(client_of(steward), "open-house", "new-house")
    rename(client_of(steward), "new-house", "open-house")
    assert visitor.get("/c/open-house/members/").status_code == 200
    assert visitor.get("/c/new-house/members/")["Location"] == "/c/open-house/members/"
    assert list(FormerSlug.objects.values_list("slug", flat=True)) == ["new-house"]


def test_unfit_kept_back_and_hidden_addresses_get_one_answer(client_of, steward, open_house, closed_house):
    browser, said = client_of(steward), set()
    for wanted in ("closed-house", "admin", "Our Courtyard!", "-x-", "ż"):
        answer = rename(browser, "open-house", wanted)
        assert answer.status_code == 422
        said.add(str(answer.context["form"].errors["slug"]))
    assert len(said) == 1


def test_trying_addresses_out_has_an_end(client_of, steward, open_house, closed_house, monkeypatch):
    monkeypatch.setattr(rules, "MOST_RENAMINGS", 2)
    browser = client_of(steward)
    assert {rename(browser, "open-house", "closed-house").status_code for _again in range(2)} == {422}
    refused = rename(browser, "open-house", "free-house")
    assert refused.status_code == 429
    assert refused["Retry-After"]
    assert 'value="free-house"' in refused.content.decode()


def test_taken_former_and_hidden_addresses_get_one_answer(client_of, steward, open_house, closed_house, invited_house):
    actions.rename_community(by=steward, community=invited_house, slug="gone-away")
    browser = client_of(steward)
    assert rename(browser, "open-house", "fresh").status_code == 302  # the steward may rename
    answers = set()
    for taken in ("closed-house", "invited-house", "gone-away"):
        response = rename(browser, "fresh", taken)
        assert response.status_code == 422
        answers.add(str(response.context["form"].errors["slug"]))
    assert len(answers) == 1
    assert Community.objects.get(pk=open_house.pk).slug == "fresh"


@pytest.mark.parametrize("bad", ["", "Łódź", "a b", "UPPER", "-a", "a-", "a--b", "a/b", "x" * 61, "a\x00"])
def test_bad_addresses_come_back(client_of, steward, open_house, bad):
    assert rename(client_of(steward), "open-house", bad).status_code == 422
    with pytest.raises(Refusal):
        actions.rename_community(by=steward, community=open_house, slug=bad)


def test_new_names_come_along(steward, open_house):
    actions.rename_community(by=steward, community=open_house, slug="open-house", names={"en": "Just a name"})
    house = queries.load_community(steward, "open-house")
    assert house.names == {"en": "Just a name"}
    assert not FormerSlug.objects.exists()


def test_only_stewards(client_of, cast, outsider, open_house):
    for who in (outsider, cast["author"], cast["moderator"]):
        assert rename(client_of(who), "open-house", "mine").status_code == 404
    with pytest.raises(Refusal):
        actions.rename_community(by=cast["moderator"], community=open_house, slug="mine")
