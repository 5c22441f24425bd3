"""Every write of plans. The web, the demo and the tests all call these.

`outline` holds what was typed, already asked by `check.problems`. `at` (the demo only) sets the date and skips the
speed limit. All raise `Refusal` when the rules say no.
"""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from forum import changes
from forum.communities.models import Community
from forum.communities.steps import refuse, steady
from forum.drafts.actions import discard_draft
from forum.methods.models import Method, MethodVersion
from forum.plans import rules
from forum.plans.check import MOST_BLOCKS
from forum.plans.models import Plan, PlanMethod, PlanRemoval, PlanRevision, Readers
from forum.plans.naming import dismiss_planner, name_planner
from forum.plans.outline import Block, Outline
from forum.threads.steps import once
from forum.web.errors import Conflict, Refusal

__all__ = [
    "add_to_plan",
    "copy_plan",
    "dismiss_planner",
    "make_plan",
    "name_planner",
    "remove_plan",
    "revise_plan",
]

CHANGED = _("This plan was changed somewhere else meanwhile. Both are below: nothing was lost.")
COPIED = ("title", "language", "kind", "day")


@changes.writing()
def make_plan(
    *,
    owner: Member,
    outline: Outline,
    readers: str = Readers.PLANNERS,
    community: Community | None = None,
    licence: str,
    submission: UUID | None = None,
    at: datetime | None = None,
) -> Plan:
    """A new plan, for nobody's eyes but its owner's unless `readers` and `community` say more; the same submission
    again answers with what it made."""
    submission = once(submission, f"plans:{owner.pk}", outline.title, "", str(outline.to_json()))
    if submission and (plan := Plan.objects.filter(owner=owner, submission=submission).first()):
        return plan
    if at is None:
        rules.check_pace(owner)
        discard_draft(member=owner, place=f"plans:{owner.pk}")
    _all_seen(owner, outline, known=set())
    plan = Plan(owner=owner, licence=licence, submission=submission, made_at=at or timezone.now())
    _show(plan, owner, readers, community)
    return _begin(plan, outline, at) or Plan.objects.get(owner=owner, submission=submission)


@changes.writing()
def copy_plan(*, by: Member, plan: Plan, submission: UUID | None = None) -> Plan:
    """A plan of one's own that says where it comes from: same rights, without notes for those who lead, unless one
    leads oneself."""
    submission = once(submission, f"copy:{plan.pk}", str(plan.revision), "", "")
    if submission and (copy := Plan.objects.filter(owner=by, submission=submission).first()):
        return copy
    refuse(rules.may_copy(by, plan))
    rules.check_pace(by)
    outline = plan.revisions.get(number=plan.revision).outline
    if not rules.plans_along(by, plan):
        outline = replace(outline, blocks=tuple(replace(block, note="", who="") for block in outline.blocks))
    outline = replace(outline, day=None)
    kept_in = plan.kept_in or (plan.community if plan.readers_now == Readers.MEMBERS else None)
    copy = Plan(owner=by, licence=plan.licence, source=plan, kept_in=kept_in, submission=submission)
    return _begin(copy, outline, None) or Plan.objects.get(owner=by, submission=submission)


@changes.writing()
def revise_plan(
    *,
    editor: Member,
    plan: Plan,
    outline: Outline,
    based_on: int,
    readers: str | None = None,
    community: Community | None = None,
    at: datetime | None = None,
) -> PlanRevision:
    """A new revision. Raises Conflict when `based_on` is not the present one. `readers` and `community` (the owner's
    to say): whom it is shown to from now on; None leaves it."""
    plan = _hold(plan)
    refuse(rules.may_change(editor, plan))
    if readers is None:
        refuse(rules.why_paused(editor, plan))
    present = plan.revisions.get(number=plan.revision)
    same = outline.to_json() == present.content
    if not same and based_on != plan.revision:
        raise Conflict(present, CHANGED)
    if at is None:
        rules.check_pace(editor)
        discard_draft(member=editor, place=f"plan:{plan.pk}")
    _all_seen(editor, outline, known=present.outline.versions)
    was = (plan.readers, plan.community_id)
    if readers is not None and plan.owner_id == editor.pk:
        _show(plan, editor, readers, community)
    elif plan.readers != plan.readers_now:  # written while only members could read: it stays with them
        plan.readers = plan.readers_now
    if (plan.readers, plan.community_id) != was:
        plan.save(update_fields=["readers", "community"])
        changes.record(f"plan:{plan.pk}", "plan.changed", plan=plan.pk)
    return present if same else _revise(plan, outline, editor, at)


@changes.writing()
def add_to_plan(*, by: Member, plan: Plan, method: Method) -> Plan:
    """The present version of a method as the plan's last part; minutes as its card says. Twice in a row is once."""
    plan = _hold(plan)
    refuse(rules.may_change(by, plan) or rules.why_paused(by, plan))
    rules.check_pace(by)
    version = method.versions.get(number=method.version)
    outline = plan.revisions.get(number=plan.revision).outline
    if outline.blocks and outline.blocks[-1].version == version.pk:
        return plan
    if len(outline.blocks) >= MOST_BLOCKS:
        raise Refusal(_("This plan is full. Please choose another, or begin a new one."))
    outline = replace(outline, blocks=(*outline.blocks, block_of(version)))
    _all_seen(by, outline, known=outline.versions - {version.pk})
    _revise(plan, outline, by, None)
    return plan


@changes.writing()
def remove_plan(*, by: Member, plan: Plan, reason: str = "") -> None:
    """Nobody sees it any more. Moderators say why. Twice is once."""
    plan = _hold(plan)
    refuse(rules.may_remove(by, plan))
    if plan.owner_id != by.pk and not reason.strip():
        raise Refusal(_("Please say why, in a line its owner reads."), field="reason")
    _removal, new = PlanRemoval.objects.get_or_create(plan=plan, defaults={"by": by, "reason": reason})
    if new:
        changes.record(f"plan:{plan.pk}", "plan.removed", plan=plan.pk)


def block_of(version: MethodVersion) -> Block:
    """A method as it comes into a plan: the middle of the minutes its card states."""
    stated = [minutes for minutes in (version.card.minutes_min, version.card.minutes_max) if minutes is not None]
    minutes = round(sum(stated) / len(stated)) if stated else None
    return Block(version=version.pk, method=version.method_id, minutes=minutes)


def _hold(plan: Plan) -> Plan:
    """The plan as it is now, its row held until the transaction ends."""
    plan = Plan.objects.select_for_update(no_key=True).get(pk=plan.pk)
    if plan.community_id:
        steady(plan.community_id)
    return Plan.objects.select_related("owner", "community", "kept_in").get(pk=plan.pk)


def _show(plan: Plan, owner: Member, readers: str, community: Community | None) -> None:
    plan.readers, plan.community = readers, None if readers == Readers.PLANNERS else community
    if plan.community:
        steady(plan.community.pk)
        plan.community = Community.objects.get(pk=plan.community.pk)
    if reason := rules.may_show(owner, plan.readers, plan.community, plan.kept_in):
        raise Refusal(reason, field="shown")


def _all_seen(member: Member, outline: Outline, known: set[int]) -> None:
    """Nobody puts into a plan what they may not read themselves; what stood there may stay."""
    fresh = outline.versions - known
    seen = MethodVersion.objects.filter(pk__in=fresh, method__in=Method.objects.visible_to(member))
    if fresh - {*seen.values_list("pk", flat=True)}:
        raise Refusal(_("A method in this plan is not there any more, or you may not read it."), field="blocks")


def _begin(plan: Plan, outline: Outline, at: datetime | None) -> Plan | None:
    """The rows of a new plan. None when the twin of its submission was quicker."""
    _copy_present(plan, outline)
    plan.changed_at = at or plan.made_at
    try:
        with transaction.atomic():
            plan.save()
    except IntegrityError:
        return None
    _keep(plan, outline, plan.owner)
    return plan


def _revise(plan: Plan, outline: Outline, editor: Member, at: datetime | None) -> PlanRevision:
    _copy_present(plan, outline)
    plan.revision += 1  # the row is held
    plan.changed_at = at or timezone.now()
    plan.save(update_fields=["revision", "changed_at", *COPIED])
    revision = _keep(plan, outline, editor)
    changes.record(f"plan:{plan.pk}", "plan.changed", plan=plan.pk)
    return revision


def _copy_present(plan: Plan, outline: Outline) -> None:
    for name in COPIED:
        setattr(plan, name, getattr(outline, name))


def _keep(plan: Plan, outline: Outline, editor: Member) -> PlanRevision:
    named = {block.version: block.method for block in outline.blocks if block.version and block.method}
    PlanMethod.objects.filter(plan=plan).exclude(version__in=named).delete()
    kept = {*PlanMethod.objects.filter(plan=plan).values_list("version", flat=True)}
    fresh = [PlanMethod(plan=plan, version_id=pk, method_id=method) for pk, method in named.items() if pk not in kept]
    PlanMethod.objects.bulk_create(fresh)
    return PlanRevision.objects.create(
        plan=plan, number=plan.revision, content=outline.to_json(), editor=editor, at=plan.changed_at
    )
