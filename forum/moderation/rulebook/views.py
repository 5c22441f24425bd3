"""The rules of a community: to read, as versions, and for stewards to change."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from forum.communities import rules as communities
from forum.communities.models import Community
from forum.communities.views.support import of_community
from forum.drafts.keeping import revision_in, writing_needs_sign_in
from forum.methods.views.writing import answer, asks_for_rows
from forum.moderation.rulebook import actions, queries
from forum.moderation.rulebook.differences import differences
from forum.moderation.rulebook.forms import RulesForm
from forum.moderation.rulebook.models import RuleBook
from forum.web.errors import Conflict, Refusal
from forum.web.requests import MemberRequest


@require_safe
@of_community
def rules(request: HttpRequest, community: Community) -> HttpResponse:
    """Those in force, in the reader's language as far as they are written in it."""
    book = queries.book_in_force(community)
    return render(request, "rulebook/rules.html", {"community": community, "book": book, "is_in_force": True})


@require_safe
@of_community
def version(request: HttpRequest, community: Community, number: int) -> HttpResponse:
    """One version, as decisions cite it, whatever is in force now."""
    present = queries.book_in_force(community)
    book = queries.load_book(community, number)
    context = {"community": community, "book": book, "is_in_force": book.pk == present.pk}
    return render(request, "rulebook/rules.html", context)


@require_safe
@of_community
def versions(request: HttpRequest, community: Community) -> HttpResponse:
    """Every version; `?from=2&to=3`: what differs, else between the newest two."""
    books = queries.books(community)
    by_number = {book.number: book for book in books}
    later = by_number.get(revision_in(request.GET.get("to", "")), books[0])
    earlier = by_number.get(revision_in(request.GET.get("from", "")), by_number.get(later.number - 1, later))
    context = {
        "community": community,
        "books": books,
        "earlier": earlier,
        "later": later,
        "differences": differences(queries.written(earlier), queries.written(later)),
    }
    return render(request, "rulebook/versions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@writing_needs_sign_in
@of_community
def edit(request: MemberRequest, community: Community) -> HttpResponse:
    if not communities.is_steward(community.my_role):
        raise Http404
    book = queries.book_in_force(community)
    refusal: Refusal | None = None
    form = RulesForm(request.POST if request.method == "POST" else None, base=queries.written(book))
    context: dict[str, Any] = {"community": community, "place": f"rules:{community.pk}"}
    if request.method == "POST":
        if not asks_for_rows(request) and form.is_valid():
            try:
                return _changed(request, community, form)
            except Conflict as conflict:
                context["between"] = _between(form, conflict.present)
                form, refusal = _merging(request, form, conflict), conflict
            except Refusal as refused:
                form.refuse(refusal := refused)
    else:
        form.initial["based_on"] = book.number
        form.go_on(request, context["place"])
    context |= {
        "form": form,
        "cancel_url": f"{community.get_absolute_url()}rules/",
        "audience_line": _("The rules are read by everybody who may read the community."),
    }
    return answer(request, "rulebook/edit.html", context, refusal)


def _changed(request: MemberRequest, community: Community, form: RulesForm) -> HttpResponse:
    said = {name: form.cleaned_data[name] for name in ("note", "is_significant", "based_on")}
    book = actions.change_rules(by=request.user, community=community, clauses=form.clauses, **said)
    messages.success(request, _("These are the rules now: version %(number)s.") % {"number": book.number})
    return redirect("rules", slug=community.slug)


def _between(form: RulesForm, present: RuleBook) -> Any:
    """What the other steward changed since this one began."""
    began = RuleBook.objects.filter(community=present.community_id, number=form.cleaned_data["based_on"]).first()
    return differences(queries.written(began) if began else (), queries.written(present))


def _merging(request: MemberRequest, form: RulesForm, conflict: Conflict) -> RulesForm:
    """The same words, now starting from the version that came between."""
    data = request.POST.copy()
    data["based_on"] = str(conflict.present.number)
    again = RulesForm(data, base=form.clauses)
    again.is_valid()
    again.refuse(conflict)
    return again
