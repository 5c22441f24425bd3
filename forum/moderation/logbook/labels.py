"""How the kinds of the log are said."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LABELS: dict[str, str | Promise] = {
    "thread.locked": _("A thread was locked"),
    "thread.unlocked": _("A thread was unlocked"),
    "thread.pinned": _("A thread was pinned"),
    "thread.unpinned": _("A thread was unpinned"),
    "thread.retitled": _("A thread got another title"),
    "thread.slowed": _("A thread was slowed down"),
    "thread.unslowed": _("A thread has its usual pace again"),
    "thread.concluded": _("A thread got a conclusion"),
    "thread.moved": _("A thread was moved"),
    "thread.split": _("A thread was split"),
    "thread.merged": _("Threads were merged"),
    "thread.hidden": _("A thread was hidden"),
    "thread.shown": _("A thread is shown again"),
    "post.folded": _("A post was folded"),
    "post.hidden": _("A post was hidden"),
    "post.shown": _("A post is shown again"),
    "try.hidden": _("The telling of a try was hidden"),
    "try.shown": _("The telling of a try is shown again"),
    "thread.sectioned": _("A thread was put into another section"),
    "thread.unconcluded": _("A conclusion was taken away"),
    "text.held": _("The house held a text"),
    "text.released": _("A held text was published"),
    "text.returned": _("A held text was sent back"),
    "guard.changed": _("Newcomers are met in another way"),
    "watchword.added": _("Something is looked for"),
    "watchword.retired": _("Something is looked for no more"),
    "factor.reset": _("A second factor was reset"),
    "rules.changed": _("The rules were changed"),
    "reworded.asked": _("Somebody was asked to reword"),
    "member.warned": _("A member was warned"),
    "member.paused": _("A member may not write for a while"),
    "member.removed": _("A member was removed from the community"),
    "member.suspended": _("An account was suspended"),
    "case.opened": _("A case was opened"),
    "case.claimed": _("A case was taken on"),
    "case.released": _("A case was given back"),
    "case.assigned": _("A case was given to somebody"),
    "case.climbed": _("A case went up to others"),
    "decision.made": _("A decision was made"),
    "decision.reversed": _("A decision was taken back"),
    "complaint.made": _("A complaint came in"),
    "complaint.answered": _("A complaint was answered"),
    "complaint.claimed": _("A complaint was taken on"),
    "complaint.released": _("A complaint was given back"),
    "complaint.assigned": _("A complaint was given to somebody"),
    "note.added": _("A note was added"),
    "move.asked": _("Authors were asked about moving"),
    "method.hidden": _("A method was hidden"),
    "picture.hidden": _("A picture was hidden"),
    "profile.hidden": _("A profile was hidden"),
    "posts.hidden": _("All posts of a person were hidden"),
    "duty.changed": _("The rota was changed"),
    "report.unfounded": _("A report was found manifestly unfounded"),
    "order.recorded": _("An authority’s order was recorded"),
    "order.settled": _("An authority’s order was carried out"),
    "flagger.trusted": _("Somebody’s reports come first from now on"),
    "flagger.ended": _("Somebody’s reports come first no more"),
    "undone": _("Something was undone"),
}

#: What everybody who may read the community may know: acts on threads and posts, with their reasons; no names of
#: people, no reports, no cases.
PUBLIC = tuple(kind for kind in LABELS if kind.partition(".")[0] in {"thread", "post", "try", "rules"})
#: Their reasons stand although the thing itself is out of sight.
OF_HIDING = frozenset({"thread.hidden", "post.hidden", "post.folded", "try.hidden"})


def label(kind: str) -> str:
    return str(LABELS.get(kind, kind))
