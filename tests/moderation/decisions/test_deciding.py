"""One decision: what it does, whom it tells, who may, and that it is taken back without a trace."""

from datetime import timedelta

import pytest
from django.core import mail as mailbox
from django.utils import timezone

from forum import log, text
from forum.mail import sending
from forum.models import Decision, Letter, LogEntry, Membership, PostHiding, Restriction, ThreadHiding
from forum.moderation.decisions import actions, rules
from forum.moderation.subjects import subject_of
from forum.notifications.spreading import spread
from forum.threads import actions as threads
from forum.web.errors import Conflict, Refusal
from tests.moderation.decisions.conftest import MORE, decided, report

pytestmark = pytest.mark.django_db


def send():
    Letter.objects.update(due_at=timezone.now())
    sending.send_due()
    return [(message.to[0], message.subject) for message in mailbox.outbox]


def test_a_report_found_fine_closes_and_tells_the_author_nothing(moderator, about, reported, post):
    decision = decided(moderator, about, "fine", case=reported)
    reported.refresh_from_db()
    assert reported.closed_at
    assert reported.reports.get().answered_at
    assert not decision.is_restriction
    assert not Letter.objects.filter(member=post.author).exists()
    assert LogEntry.objects.get().kind == "decision.made"


@pytest.mark.parametrize(("act", "how"), [("fold", "folded"), ("hide", "hidden")])
def test_a_post_is_folded_or_hidden_and_comes_back(act, how, moderator, about, post, reported):
    decision = decided(moderator, about, act, case=reported)
    assert PostHiding.objects.get(post=post).how == how
    entry = LogEntry.objects.get()
    assert entry.kind == f"post.{how}"
    assert entry.words == "1. Be kind to persons" or entry.words
    log.undo(entry=entry, by=moderator)
    assert not PostHiding.objects.exists()
    reported.refresh_from_db()
    assert reported.closed_at is None
    decision.refresh_from_db()
    assert decision.is_reversed
    assert send() == []
    assert [each.kind for each in LogEntry.objects.order_by("pk")] == [f"post.{how}", "undone"]


def test_the_author_gets_a_letter_after_the_time_for_undoing_and_a_notice_at_once(moderator, about, post, client_of):
    decision = decided(moderator, about, "hide")
    assert sending.send_due() == 0
    spread()
    page = client_of(post.author).get("/notifications/").content.decode()
    assert f"/decisions/{decision.pk}/" in page
    assert moderator.display_name not in page.replace("Moderators", "")
    ((to, _subject),) = send()
    assert to == post.author.email


def test_the_same_twice_is_one_and_another_is_told_who_was_first(moderator, other, about, reported):
    first = decided(moderator, about, "hide", case=reported)
    assert decided(moderator, about, "hide", case=reported) == first
    with pytest.raises(Conflict) as told:
        decided(other, about, "fine", case=reported)
    assert told.value.present == first
    assert "Moderator" in str(told.value.message)
    assert Decision.objects.count() == 1


def test_of_ones_own_accord_the_second_is_told_too(moderator, other, about):
    first = decided(moderator, about, "hide")
    assert first.is_own_initiative
    with pytest.raises(Conflict):
        decided(other, about, "hide")
    with pytest.raises(Conflict):
        decided(other, about, "hide", facts="Once more.")


def test_a_thread_a_method_and_a_try(moderator, post, open_house, neighbour):
    from tests.house.walk import tell_methods

    method = tell_methods(open_house, "Zq", {"author": post.author, "neighbour": neighbour}, "0" * 32)
    told = method.tries.get()
    made = [
        decided(moderator, subject_of("thread", post.thread), "hide"),
        decided(moderator, subject_of("method", method), "hide"),
        decided(moderator, subject_of("told", told), "hide"),
    ]
    hidden = ThreadHiding.objects.values_list("thread", flat=True)
    assert {*hidden} == {post.thread_id, method.thread_id}
    told.refresh_from_db()
    assert hasattr(told, "hiding")
    method.refresh_from_db()
    assert method.tries_count == 0
    for decision in made:
        actions.reverse(decision=decision, by=moderator, reason="We were wrong.")
    assert not ThreadHiding.objects.exists()
    method.refresh_from_db()
    assert method.tries_count == 1


def test_a_profile_shows_its_name_alone(administrator, author, post, client_of, neighbour):
    author.bio, author.profile_readers = "Something wrong.", "anyone"
    author.save()
    before = client_of(neighbour).get("/members/author/").content.decode()
    assert "Something wrong." in before
    decision = decided(administrator, subject_of("person", author), "hide", law="Criminal code, art. 212")
    page = client_of(neighbour).get("/members/author/").content.decode()
    assert "Something wrong." not in page
    assert "City of Łódź" not in client_of(neighbour).get("/c/open-house/members/").content.decode()
    actions.reverse(decision=decision, by=administrator, reason="It was a quotation.")
    assert "Something wrong." in client_of(neighbour).get("/members/author/").content.decode()


def test_a_picture_is_not_served_and_its_words_stay(moderator, author, open_house, visitor, settings, tmp_path):
    import io

    from forum.files.actions import keep_picture
    from tests.house.walk import tiny_png

    settings.MEDIA_ROOT = tmp_path
    picture = keep_picture(uploader=author, file=io.BytesIO(tiny_png()), size=10)
    words = text.clean(f"![A yard](/pictures/{picture.pk}/)", "markdown")
    thread = threads.start_thread(author=author, community=open_house, title="Yards", body=words, language="en")
    assert visitor.get(picture.get_absolute_url()).status_code == 200
    decision = decided(moderator, subject_of("picture", picture), "hide")
    assert visitor.get(picture.get_absolute_url()).status_code == 404
    assert "A yard" in visitor.get(thread.get_absolute_url()).content.decode()
    actions.reverse(decision=decision, by=moderator, reason="It is theirs.")
    assert visitor.get(picture.get_absolute_url()).status_code == 200


def test_a_warning_restricts_nothing(moderator, about, post):
    decided(moderator, about, "warn")
    assert not Restriction.objects.exists()
    threads.reply(author=post.author, thread=post.thread, body=text.clean("Still here.", "markdown"))
    assert send()[0][0] == post.author.email


def test_removal_goes_and_comes_back_as_it_was(steward, about, author, open_house):
    since = timezone.now() - timedelta(days=400)
    Membership.objects.filter(member=author, community=open_house).update(since=since)
    decision = decided(steward, about, "remove")
    assert not Membership.objects.filter(member=author, community=open_house).exists()
    actions.reverse(decision=decision, by=steward, reason="A mistake.")
    back = Membership.objects.get(member=author, community=open_house)
    assert (back.role, back.since) == ("member", since)
    assert not author.departures.exists()


@pytest.mark.parametrize("act", ["remove", "suspend"])
def test_what_is_not_the_moderators_to_do(act, moderator, about):
    with pytest.raises(Refusal) as refused:
        decided(moderator, about, act)
    assert refused.value.field == "act"
    assert not Decision.objects.exists()


@pytest.mark.parametrize("who", ["author", "neighbour", "outsider"])
def test_parties_and_others_are_answered_nothing(who, request, about, reported):
    with pytest.raises(Refusal):
        decided(request.getfixturevalue(who), about, "fine", case=reported)
    assert not Decision.objects.exists()


def test_who_is_named_in_it_does_not_judge_it(moderator, author, open_house):
    body = text.clean("@moderator never listens.", "markdown")
    thread = threads.start_thread(author=author, community=open_house, title="T", body=body, language="en")
    about = subject_of("post", thread.posts.get())
    assert rules.may_decide(moderator, None, about) is not None


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"clause": None}, "ground"),
        ({"act": "pause", "until": timezone.now() - timedelta(days=1)}, "until"),
        ({"act": "pause", "until": None}, "until"),
        ({"act": "pause", "until": timezone.now() + timedelta(days=9999)}, "until"),
        ({"act": "pause", "is_site_wide": True, **MORE["pause"]}, "is_site_wide"),
        ({"act": "reword", "facts": " "}, "sentence"),
        ({"act": "nonsense"}, "act"),
    ],
)
def test_what_is_missing_is_said_and_nothing_happens(more, field, moderator, about, reported):
    more = {"act": "hide", "case": reported, **more}
    with pytest.raises(Refusal) as refused:
        decided(moderator, about, more.pop("act"), **more)
    assert refused.value.field == field
    assert not Decision.objects.exists()
    assert not LogEntry.objects.exists()


def test_a_clause_of_rules_that_changed_is_refused(moderator, about, clause, open_house):
    open_house.rule_books.create(number=2).clauses.create(number=1, titles={"en": "New"})
    with pytest.raises(Refusal) as refused:
        decided(moderator, about, "hide", clause=clause)
    assert refused.value.field == "ground"


def test_three_reports_fold_a_post_until_a_person_looks(about, neighbour, steward, outsider, moderator, post):
    case = report(about, neighbour, steward)
    assert actions.fold_by_machine(case=case) is None
    report(about, outsider)
    decision = actions.fold_by_machine(case=case)
    assert decision.is_by_machine
    assert decision.by is None
    assert PostHiding.objects.get(post=post).is_automatic
    assert actions.fold_by_machine(case=case) is None
    case.refresh_from_db()
    assert case.closed_at is None
    assert timezone.now() < case.follow_up_at <= timezone.now() + timedelta(hours=24)
    assert Letter.objects.get(kind="decision").member == post.author

    fine = decided(moderator, about, "fine", case=case)
    assert not PostHiding.objects.exists()
    decision.refresh_from_db()
    assert decision.is_reversed
    told = send()
    assert {subject for _to, subject in told} == {"Your report was decided"}
    assert post.author.email not in {to for to, _subject in told}
    case.refresh_from_db()
    assert case.follow_up_at is None
    log.undo(entry=LogEntry.objects.get(more__decision=fine.pk), by=moderator)
    assert PostHiding.objects.get(post=post).how == "folded"
    assert not Decision.objects.get(pk=decision.pk).is_reversed


def test_a_fold_that_is_taken_back_leaves_the_hiding_that_came_after(moderator, steward, about, post):
    fold = decided(moderator, about, "fold")
    hide = decided(moderator, about, "hide")
    actions.reverse(decision=fold, by=steward, reason="Not that one.")
    assert PostHiding.objects.get(post=post).how == "hidden"
    actions.reverse(decision=hide, by=steward, reason="Nor that one.")
    assert not PostHiding.objects.exists()
