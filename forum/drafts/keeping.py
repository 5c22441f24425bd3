"""Between a form and the server nothing typed is lost: not with the session, not with a refusal, not with a fault."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse

from forum.drafts.actions import NewerText, keep_draft, version, version_of
from forum.drafts.models import Draft
from forum.drafts.queries import find_draft
from forum.web import kept
from forum.web.errors import Refusal
from forum.web.requests import wants_json

View = Callable[..., HttpResponse]
LONGEST_NAME = 40
OF_THE_PAGE = kept.OF_THE_HOUSE | {"submission", "draft_version", "readers", "rows", "confirmed"}


def writing_needs_sign_in(view: View) -> View:
    """Like `login_required`, for views a composer posts to (and the pages of such forms): keeps what was posted.

    Signed out: 401 with the text on the page and a way to sign in and come back to it. A place that is gone or
    closed meanwhile: 404, the same for both, with the text to copy. The form again (refused), or a fault: the text is
    kept as a draft. A redirect: the text arrived; the editor's script asks with `Accept: application/json` and gets
    `{"url": …}` instead, because a redirect does not tell it the place on the page.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        writing = kept.is_writing(request)
        if not request.user.is_authenticated:
            if writing:
                return kept.kept_page(request, "signed-out", 401)
            back = kept.back_address(request) if request.method == "POST" else request.get_full_path()
            return redirect_to_login(back)
        if not writing:
            return view(request, *args, **kwargs)
        try:
            response = view(request, *args, **kwargs)
        except Http404:
            return kept.kept_page(request, "gone", 404)
        except Exception:
            keep_posted(request)
            raise
        if response.status_code in {302, 303}:
            kept.forget(request, request.POST["place"])
            return JsonResponse({"url": response["Location"]}) if wants_json(request) else response
        if "HX-Request" not in request.headers:
            keep_posted(request)
        return response

    return wrapped


def keep_posted(request: HttpRequest) -> bool:
    """Keep a posted text as its writer's draft; not over another page's newer one: the answer still shows this one."""
    posted = request.POST
    try:
        keep_draft(
            member=request.user,  # type: ignore[arg-type]  # asked by the caller: signed in
            place=posted.get("place", ""),
            title=posted.get("title", ""),
            body=posted.get("body", ""),
            body_format=posted.get("body_format", ""),
            based_on=revision_in(posted.get("based_on", "")),
            fields=typed_in(posted),
            started_from=posted.get("draft_version", ""),
        )
    except (Http404, Refusal, NewerText):
        return False
    return True


def typed_in(posted: Any) -> dict[str, Any] | None:
    """Everything typed in a posted form of many fields; None of a form that is one text."""
    return typed_fields({name: posted.getlist(name) for name in posted}) if posted.get("whole") else None


def typed_fields(sent: dict[str, Any]) -> dict[str, Any]:
    """{name: text, or several} of what a form of many fields sent, without what the page itself put there."""
    typed = {}
    for name, value in list(sent.items())[: kept.MOST_FIELDS]:
        values = [each for each in (value if isinstance(value, list) else [value]) if isinstance(each, str) and each]
        if values and name not in OF_THE_PAGE and len(name) <= LONGEST_NAME:
            typed[name] = values if len(values) > 1 else values[0]
    return typed


def known_versions(request: HttpRequest) -> frozenset[str] | None:
    """The drafts a posted text takes the place of: the one its page knew, and the text itself. None: not said."""
    posted = request.POST
    if "draft_version" not in posted:
        return None
    return frozenset({posted["draft_version"], version(posted.get("title", ""), posted.get("body", ""))})


def revision_in(sent: str) -> int:
    """The number of a revision as a page sent it; 0 for anything else."""
    return int(sent) if sent.isdecimal() and len(sent) < 10 else 0


@dataclass(frozen=True)
class Opening:
    """What a form at a place begins with."""

    fields: dict[str, Any] = field(default_factory=dict)
    draft: Draft | None = None
    other_text: str = ""
    other_format: str = "markdown"


def open_place(request: HttpRequest, place: str) -> Opening:
    """The text this member was writing here. Two versions that differ are both given: nobody's hand chooses."""
    if not request.user.is_authenticated:
        return Opening()
    draft = find_draft(request.user, place)
    lost = kept.find(request, place)
    if lost is None:
        return Opening(_fields_of(draft), draft)
    same = version(lost.fields.get("title", ""), lost.fields.get("body", ""))
    known = {"", same, lost.fields.get("draft_version", "")}
    if draft is None or version_of(draft) in known:
        return Opening(dict(lost.fields), draft)
    return Opening(dict(lost.fields), draft, draft.body, draft.body_format)


@dataclass(frozen=True)
class Resumed:
    """What a form of many fields goes on with; `typed` is empty where nothing was begun."""

    typed: dict[str, Any]
    version: str = ""
    draft: Draft | None = None


def resume(request: HttpRequest, place: str) -> Resumed:
    """The form this member was filling in here. The page says which draft it knows: another one is offered there."""
    draft = find_draft(request.user, place)  # type: ignore[arg-type]  # asked by the view: signed in
    if lost := kept.find(request, place):
        return Resumed(typed_fields(lost.fields), lost.fields.get("draft_version", ""), draft)
    return Resumed(dict(draft.fields) if draft else {}, version_of(draft), draft)


def _fields_of(draft: Draft | None) -> dict[str, Any]:
    if draft is None:
        return {}
    fields = {"body": draft.body, "body_format": draft.body_format, "title": draft.title, "based_on": draft.based_on}
    return {name: value for name, value in fields.items() if value}
