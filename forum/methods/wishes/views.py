"""Making a card of a post, asking its author for it, and the author's answer."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from forum import notifications, text
from forum.communities import queries as communities
from forum.drafts.keeping import writing_needs_sign_in
from forum.methods import actions
from forum.methods.views.writing import method_form
from forum.methods.wishes import queries, rules, steps
from forum.methods.wishes.models import CardWish
from forum.threads.models import Post
from forum.threads.queries import head_of, load_post
from forum.web.errors import Refusal
from forum.web.requests import MemberRequest, is_visit


def _post(request: MemberRequest, pk: int) -> Post:
    post = load_post(request.user, pk)
    if post.is_deleted or post.is_hidden:
        raise Http404
    return post


@require_http_methods(["GET", "HEAD", "POST"])
@writing_needs_sign_in
def card_of_post(request: MemberRequest, pk: int) -> HttpResponse:
    """The form of a method with the post in it; for whom it is too early, the page to ask on."""
    post = _post(request, pk)
    _read(request, queries.wish_of(request.user, post))
    if rules.may_make(request.user, post) and not _was_granted(request, post):
        return _asking(request, post, 422 if request.method == "POST" else 200)
    community = communities.load_community(request.user, post.thread.community.slug)
    card, credit = queries.card_of(post), None
    if post.author_id != request.user.pk:
        credit = steps.credit_of(post, card.language)
        card = steps.credited(card, credit)
    context = {"post": post, "thread": post.thread, "credit": credit}
    return method_form(request, community, f"card:{post.pk}", context, base=card, of=post)


def _read(request: MemberRequest, found: CardWish | None) -> None:
    """Who opens the page has read what was told of the wish."""
    if found and getattr(found, "my_line", False) and is_visit(request):
        notifications.read(member=request.user, topic="wish", pk=found.pk)


def _was_granted(request: MemberRequest, post: Post) -> bool:
    """Was this sent by somebody who was let in? Twice is once: the action knows whether there is a card already."""
    wish = queries.wish_of(request.user, post) if request.method == "POST" else None
    return wish is not None and wish.answer == CardWish.Answer.YES


def _asking(request: MemberRequest, post: Post, status: int, refusal: Refusal | None = None) -> HttpResponse:
    context: dict[str, Any] = {
        "post": post,
        "thread": post.thread,
        "community": post.thread.community,
        "wish": queries.wish_of(request.user, post),
        "reason": refusal.message if refusal else rules.may_wish(request.user, post),
        "head": head_of(f"member:{request.user.pk}"),
    }
    response = render(request, "wishes/asking.html", context, status=status)
    return refusal.answered(response) if refusal else response


@require_http_methods(["GET", "HEAD", "POST"])
@writing_needs_sign_in
def card_wishes(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask the author."""
    post = _post(request, pk)
    if request.method == "POST":
        try:
            actions.wish_card(member=request.user, post=post)
        except Refusal as refusal:
            return _asking(request, post, refusal.status, refusal)
    return redirect("card_of_post", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@writing_needs_sign_in
def wish(request: MemberRequest, pk: int) -> HttpResponse:
    """For the post's author to answer; the one who asked sees how it stands."""
    found = queries.load_wish(request.user, pk)
    _read(request, found)
    refusal = None
    if request.method == "POST":
        try:
            actions.answer_wish(by=request.user, wish=found, answer=request.POST.get("answer", ""))
            return redirect("wish", pk=pk)
        except Refusal as refused:
            refusal = refused
            found = queries.load_wish(request.user, pk)
    context = {
        "wish": found,
        "post": found.post,
        "thread": found.post.thread,
        "community": found.post.thread.community,
        "mine": found.post.author_id == request.user.pk,
        "words": text.excerpt(found.post.html, 400),
        "refusal": refusal,
        "is_used": hasattr(found, "use"),
        "answers": CardWish.Answer,
        "head": head_of(f"member:{request.user.pk}"),
    }
    response = render(request, "wishes/wish.html", context)
    return refusal.answered(response) if refusal else response
