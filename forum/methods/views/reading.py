"""The pages people read: a card, its versions, what changed between two."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from forum import notifications, paper, text
from forum.methods import crediting, howto, printing, queries, rules, shown
from forum.methods.differences import differences
from forum.methods.discussing import discussions
from forum.methods.facts import facts_of, told
from forum.methods.hiding import hidden_tries
from forum.methods.models import Method, MethodVersion
from forum.methods.pictures.queries import gaps_of, has_removable, shown_pictures
from forum.methods.questions.asking import question_for
from forum.methods.records import outgoing
from forum.methods.translations.records import outgoing_of
from forum.methods.translations.showing import in_language
from forum.threads.queries import head_of
from forum.threads.rules import may_moderate
from forum.web.requests import is_visit


def whole_number(value: str | None) -> int | None:
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 10 else None


@require_safe
def method_page(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    method = queries.load_method(request.user, pk)
    if slug != method.slug:
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(method.get_absolute_url() + (f"?{query}" if query else ""))
    # In the reader's own language where there is a translation; the original is one click away.
    context = in_language(method_context(request, method), request.user, get_language() or "")
    read_notices(request, context)
    return render(request, "methods/method.html", context)


def read_notices(request: HttpRequest, context: dict[str, Any]) -> None:
    """Who opens the page has read what was told of the method, and of the translation that is shown."""
    if not (request.user.is_authenticated and is_visit(request)):
        return
    method, reading = context["method"], context.get("reading")
    if getattr(method, "my_line", False):
        notifications.read(member=request.user, topic="method", pk=method.pk)
    if reading and getattr(reading.state, "my_line", False):
        notifications.read(member=request.user, topic="translation", pk=reading.state.translation_id)


def method_context(request: HttpRequest, method: Method) -> dict[str, Any]:
    head = head_of(f"method:{method.pk}")  # before the rows: what happens in between arrives once more
    version = queries.load_version(method)
    tries = queries.tries_of(method)
    parent = queries.parent_seen(request.user, method)
    viewer = request.user
    may_tell = viewer.is_authenticated and rules.may_tell(viewer, method) is None
    discussed, more_discussed = discussions(viewer, method)
    return {
        "method": method,
        "community": method.community,
        "version": version,
        "card": version.card,
        "steps": shown.steps(version.card),
        "sections": shown.sections(version.card),
        "access": shown.access(version.card),
        "licence_address": shown.licence_address(method.licence),
        "body": text.filled(version.html),
        "pictures": shown_pictures(version.card),
        "may_remove_pictures": viewer.is_authenticated and has_removable(viewer, method),
        "facts": facts_of(version.card, told(tries)),
        "tries": tries,
        "family": queries.family(viewer, method),
        "parent": parent,
        "head": head,
        "address": paper.without_scheme(printing.address_of(method)),
        "mine": rules.is_kept_by(viewer, method),
        "hidden_tries": hidden_tries(viewer, method),
        "may_hide": viewer.is_authenticated and may_moderate(viewer, method.community),
        "discussed": discussed,
        "more_discussed": more_discussed,
        "question": question_for(request, method, version) if may_tell else None,
        "may_tell": may_tell,
        "may_redact": viewer.is_authenticated and rules.may_redact(viewer, method) is None,
        "howto": howto.of(method, version, tries, parent) if rules.is_open(method) else None,
    }


@require_safe
def method_address(request: HttpRequest, pk: int) -> HttpResponse:
    """`/methods/12/`: the short address leads to the full one."""
    return redirect(queries.load_method(request.user, pk), permanent=True)


@require_safe
def versions_page(request: HttpRequest, pk: int) -> HttpResponse:
    """All versions; with `from` and `to`, what changed between these two."""
    method = queries.load_method(request.user, pk)
    versions = queries.versions_of(method)
    by_number: dict[int | None, MethodVersion] = {version.number: version for version in versions}
    later = by_number.get(whole_number(request.GET.get("to")) or method.version)
    if later is None:
        raise Http404
    earlier = by_number.get(whole_number(request.GET.get("from")) or max(later.number - 1, 1))
    if earlier is None:
        raise Http404
    context = {
        "method": method,
        "community": method.community,
        "versions": versions,
        "redactions": list(method.redactions.select_related("by").order_by("-at")),
        "picture_gaps": gaps_of(method),
        "earlier": earlier,
        "later": later,
        "differences": differences(earlier, later),
    }
    return render(request, "methods/versions.html", context)


@require_safe
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """The card as the line an export writes."""
    method = queries.load_method(request.user, pk)
    response = JsonResponse(record_of(request, method), json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = f'attachment; filename="{method.file_name}.json"'
    return response


def record_of(request: HttpRequest, method: Method) -> dict[str, Any]:
    """The line of an export, with whose it is; of a card for reading only, its title and address, but to its author."""
    key, version = method.key, queries.load_version(method)
    version.method = method
    if not method.may_be_adapted and method.author_id != request.user.pk:
        return crediting.credited({"id": key, "title": method.title, "licence": method.licence}, version, None)
    line = outgoing(version.card, key, method.source_url, outgoing_of([version]).get(method.pk))
    return crediting.credited(line, version, queries.parent_seen(request.user, method))
