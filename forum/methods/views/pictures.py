"""The page on which a picture is taken out of everything."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from forum.drafts.keeping import writing_needs_sign_in
from forum.methods import actions, queries
from forum.methods.pictures.queries import removable
from forum.methods.views.writing import answer
from forum.web.errors import Refusal
from forum.web.fields import LineField
from forum.web.requests import MemberRequest


class RemovalForm(forms.Form):
    """`offered`: {id: what can be seen in it}"""

    picture = forms.TypedChoiceField(
        label=gettext_lazy("Which picture?"), coerce=UUID, widget=forms.RadioSelect, choices=()
    )
    reason = LineField(label=gettext_lazy("Reason, in one line that everyone reads"), max_length=300, required=False)

    def __init__(self, *args: Any, offered: dict[UUID, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["picture"].choices = offered.items()  # type: ignore[attr-defined]  # a ChoiceField
        if len(offered) == 1:
            self.initial["picture"] = str(next(iter(offered)))

    def refuse(self, refusal: Refusal) -> None:
        self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal.message))


@require_http_methods(["GET", "HEAD", "POST"])
@writing_needs_sign_in
def remove_picture(request: MemberRequest, pk: int) -> HttpResponse:
    method = queries.load_method(request.user, pk)
    offered = removable(request.user, method)
    if not offered:
        raise Http404
    refusal = None
    form = RemovalForm(request.POST if request.method == "POST" else None, offered=offered)
    if request.method == "POST" and form.is_valid():
        try:
            actions.remove_picture(by=request.user, method=method, **form.cleaned_data)
            messages.success(request, _("The picture is gone everywhere."))
            return redirect("method_versions", pk=method.pk)
        except Refusal as refused:
            form.refuse(refusal := refused)
    context = {"form": form, "method": method, "community": method.community}
    return answer(request, "methods/picture_removal.html", context, refusal)
