"""Who plans along: named by the owner, dismissed by the owner or by themselves."""

from accounts.models import Member
from forum import changes
from forum.communities.steps import refuse
from forum.plans import notices, rules
from forum.plans.models import Plan, PlanEditor
from forum.web.errors import Refusal


@changes.writing()
def name_planner(*, by: Member, plan: Plan, member: Member) -> PlanEditor:
    """From now on they read it with all its notes, and change it. Twice is once."""
    plan = Plan.objects.select_for_update(no_key=True).get(pk=plan.pk)
    if already := PlanEditor.objects.filter(plan=plan, member=member).first():
        return already
    if reason := rules.may_name(by, plan, member):
        raise Refusal(reason, field="name")
    rules.check_pace(by)
    named = PlanEditor.objects.create(plan=plan, member=member, by=by)
    notices.named(named)
    changes.record(f"plan:{plan.pk}", "plan.changed", plan=plan.pk)
    return named


@changes.writing()
def dismiss_planner(*, by: Member, plan: Plan, member: Member) -> None:
    """Harmless when they do not plan along."""
    plan = Plan.objects.select_for_update(no_key=True).get(pk=plan.pk)
    refuse(rules.may_dismiss(by, plan, member))
    if editor := PlanEditor.objects.filter(plan=plan, member=member).first():
        notices.dismissed(editor)
        editor.delete()
        changes.record(f"plan:{plan.pk}", "plan.changed", plan=plan.pk)
