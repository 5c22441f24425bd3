"""Taking a deed back, by whoever did it, for a while."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from forum import log
from forum.drafts.keeping import writing_needs_sign_in
from forum.log import LogEntry
from forum.threads.managing.forms import UndoForm
from forum.threads.managing.undoing import MOST
from forum.web.errors import Refusal
from forum.web.kept import back_address
from forum.web.requests import MemberRequest


@require_POST
@writing_needs_sign_in
def undo(request: MemberRequest, pk: int) -> HttpResponse:
    """Also of several at once. What can be taken back is; of the rest is said why not."""
    form = UndoForm(request.POST)
    asked = [pk, *(form.cleaned_data["also"] if form.is_valid() else [])][:MOST]
    numbers = [number for number in asked if number < 2**63]
    entries = list(LogEntry.objects.filter(pk__in=numbers, by=request.user).order_by("-pk"))
    if pk not in {entry.pk for entry in entries}:
        raise Http404
    undone, refused = 0, ""
    for entry in entries:
        try:
            log.undo(entry=entry, by=request.user)
            undone += 1
        except Refusal as refusal:
            refused = str(refusal.message)
    if not undone:
        context = {"reason": refused, "back": back_address(request)}
        return render(request, "threads/not_undone.html", context, status=422)
    if len(entries) == 1:
        messages.success(request, _("Undone."))
    else:
        words = ngettext("Undone in %(count)d thread.", "Undone in %(count)d threads.", undone)
        messages.success(request, words % {"count": undone})
    if refused:
        messages.warning(request, refused)
    return redirect(back_address(request))
