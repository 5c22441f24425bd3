"""Plans in a list: one's own, and what others show; and a method on its way into one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from forum.communities.models import Community
from forum.drafts.keeping import writing_needs_sign_in
from forum.methods import queries as methods
from forum.methods.views.reading import whole_number
from forum.plans import actions, queries
from forum.web.errors import Refusal
from forum.web.requests import MemberRequest


@require_safe
def plans(request: HttpRequest) -> HttpResponse:
    """`?community=slug`: what is shown there."""
    slug = request.GET.get("community", "")[:60].replace("\0", "")
    community = Community.objects.visible_to(request.user).filter(slug=slug).first() if slug else None
    page = max(whole_number(request.GET.get("page")) or 1, 1)
    others, more = queries.others_plans(request.user, community.slug if community else "", min(page, 10_000))
    context = {
        "mine": queries.my_plans(request.user) if request.user.is_authenticated and not community else [],
        "others": others,
        "of": community,
        "page": page,
        "more": more,
    }
    return render(request, "plans/plans.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@writing_needs_sign_in
def plans_for_method(request: MemberRequest, pk: int) -> HttpResponse:
    """Choose a plan: the method is its last part."""
    method = methods.load_method(request.user, pk)
    mine = queries.changeable_plans(request.user)
    reason, status = "", 200
    if request.method == "POST":
        chosen = next((plan for plan in mine if str(plan.pk) == request.POST.get("plan")), None)
        status = 422
        if chosen:
            try:
                return redirect(actions.add_to_plan(by=request.user, plan=chosen, method=method))
            except Refusal as refused:
                reason, status = str(refused.message), refused.status
    context = {"method": method, "community": method.community, "plans": mine, "reason": reason}
    return render(request, "plans/for_method.html", context, status=status)
