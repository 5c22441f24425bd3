"""The demo is built once, wholly or not at all, by the real actions."""

import io
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.models import Member
from forum import text
from forum.changes.models import Change, Stream
from forum.management.demo import content, methods, seeding
from forum.methods.models import Method, MethodVersion, Try
from forum.models import Community, Invitation, Membership, Picture, Plan, Post, ReadMark, Thread
from forum.plans.check import problems
from forum.threads import actions

ALL = (Member, Community, Post, Picture, Change, Membership, Invitation, Method, MethodVersion, Try, Plan)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def demo(settings, tmp_path):
    settings.DEMO = True
    settings.MEDIA_ROOT = tmp_path


def seed() -> str:
    out = io.StringIO()
    call_command("seed_demo", stdout=out)
    return out.getvalue()


def test_no_demo_without_the_setting(settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="DEMO=1"):
        seed()
    assert not Member.objects.exists()


def test_the_demo_is_built_once(client, mailoutbox, django_assert_max_num_queries):
    said = seed()
    for key in content.NAMED:
        assert f"{key}@demo.example" in said
    assert "courtyard-demo" in said
    assert not mailoutbox
    _check_people(client)
    _check_threads()
    _check_quotes()
    _check_methods(client)
    _check_plans(client)
    rows = [model.objects.count() for model in ALL]
    with django_assert_max_num_queries(2):
        assert "courtyard-demo" in seed()
    assert [model.objects.count() for model in ALL] == rows


def _check_people(client):
    assert Member.objects.count() == 16
    assert Community.objects.count() == 5
    assert Member.objects.get(email="admin@demo.example").is_staff
    assert not Membership.objects.filter(member__email__in=["outsider@demo.example", "admin@demo.example"]).exists()
    for role in ("steward", "moderator"):
        held = Membership.objects.filter(member__email=f"{role}@demo.example").values_list("role", flat=True)
        assert list(held) == [role] * 5
    client.post("/accounts/login/", {"login": "animator@demo.example", "password": "courtyard-demo"})
    assert "_auth_user_id" in client.session


def _check_threads():
    assert Thread.objects.filter(method=None).count() == 20
    assert Post.objects.filter(html__contains="data-quote").count() >= 15
    assert Post.objects.filter(edited_at__lt=timezone.now() - timedelta(days=1), revision=2).count() == 2
    assert Post.objects.filter(deletion__isnull=False).count() == 1
    assert Thread.objects.filter(lock__reason__contains="ustalone").count() == 1
    assert Thread.objects.filter(pin__isnull=False).count() == 2
    assert Picture.objects.filter(uses__isnull=False).distinct().count() == 3
    assert not Picture.objects.filter(uses=None, method_uses=None).exists()
    long = Thread.objects.get(last_number=60)
    assert ReadMark.objects.get(thread=long, member__email="animator@demo.example").number == 53
    assert all(stream.head == stream.changes.count() for stream in Stream.objects.all())


def _check_quotes():
    posts = list(Thread.objects.get(last_number=60).posts.select_related("author").order_by("number"))
    text.fill(posts)
    assert "Ta sama kartka podana przy śmietniku daje jedną na pięć." in posts[4].filled
    assert "jedną rzecz z tego podwórka, która ma zostać" in posts[11].filled
    assert "Hanna Wilk" in posts[58].filled


def _check_methods(client):
    written = methods.written()
    today = timezone.now() - timedelta(days=1)
    assert Method.objects.count() == len(written) == Method.objects.filter(thread__posts__number=1).count()
    assert MethodVersion.objects.count() == len(written) + sum(len(one.get("version", [])) for one in written)
    assert Try.objects.count() == sum(len(one.get("try", [])) for one in written)
    assert Method.objects.filter(parent__isnull=False).count() == 5
    assert Try.objects.filter(grown_at__isnull=False).count() >= 4
    for dated in (Method.objects.filter(changed_at__gt=today), Try.objects.filter(grown_at__gt=today)):
        assert not dated.exists()
    assert all(method.tries_count == method.tries.count() for method in Method.objects.all())
    naming = Post.objects.filter(html__contains="data-method", thread__method=None).latest("published_at")
    text.fill([naming])
    assert "Silent walk with one question" in naming.filled
    for method in Method.objects.visible_to(Member.objects.get(email="animator@demo.example")):
        assert client.get(method.get_absolute_url()).status_code == 200


def _check_plans(client):
    plans = list(Plan.objects.order_by("made_at"))
    assert [(plan.kind, plan.language) for plan in plans] == [("playlist", "en"), ("session", "pl")]
    for plan in plans:
        outline = plan.revisions.get().outline
        assert problems(outline) == {}
        assert "!" not in str(outline.to_json())
        assert len(outline.versions) >= 3
        page = client.get(plan.get_absolute_url())
        assert page.status_code == 200
        assert page.context["seen"].folded == 0
    assert plans[1].day > timezone.localdate()
    assert any(block.track for block in outline.blocks)
    assert any(block.is_break for block in outline.blocks)


def test_an_interrupted_run_leaves_nothing(monkeypatch):
    calls = iter(range(1000))

    def react(**reaction):
        if next(calls) == 20:
            raise KeyboardInterrupt
        return real(**reaction)

    real = actions.react
    monkeypatch.setattr(actions, "react", react)
    with pytest.raises(KeyboardInterrupt):
        seed()
    assert not any(model.objects.exists() for model in ALL)
    assert not seeding.is_built()
