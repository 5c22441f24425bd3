"""The statement of reasons: what article 17(3) of the Digital Services Act asks for, said once for page and letter.

Everything is in the language that is active: the letter's is its reader's.
"""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from forum.communities.restrictions import in_words
from forum.moderation.decisions.models import Act, Decision
from forum.moderation.decisions.tokens import token_of
from forum.moderation.reports.models import Case
from forum.moderation.subjects import Subject, subject
from forum.templatetags.courtyard import day_words


@dataclass(frozen=True)
class Part:
    """`name`: what the law asks for; `language`: of words a person wrote, "" for the house's own."""

    name: str
    heading: str
    words: str
    language: str = ""


def parts(decision: Decision) -> list[Part]:
    """Every point of article 17(3), in the order one wants to read them; of what restricts nothing a few."""
    if not decision.is_restriction:
        said = Part("facts", _("The facts"), decision.facts, decision.language)
        return [Part("restricted", _("What was decided"), restricted(decision)), *([said] if said.words else [])]
    return [
        Part("restricted", _("What was decided"), restricted(decision)),
        Part("where", _("Where it holds"), where(decision)),
        Part("how_long", _("How long"), how_long(decision)),
        Part("facts", _("The facts"), decision.facts, decision.language),
        Part("origin", _("How it came up"), origin(decision)),
        *ground(decision),
        Part("machines", _("Machines"), machines(decision)),
        Part("redress", _("What you can do"), redress(decision)),
    ]


def speaking(language: str) -> AbstractContextManager[Any]:
    """Words in a reader's language; in the site's where nobody knows it."""
    return override(language or settings.LANGUAGE_CODE)


def about_of(decision: Decision) -> Subject | None:
    return subject(decision)


def title(decision: Decision) -> str:
    if decision.community and not decision.is_site_wide:
        return _("A decision of the moderators of %(community)s") % {"community": decision.community.name}
    return _("A decision of the administrators of %(site)s") % {"site": settings.SITE_NAME}


def signature(decision: Decision) -> str:
    """Never who it was."""
    if decision.community and not decision.is_site_wide and decision.act != Act.SUSPEND:
        return _("The moderators of %(community)s") % {"community": decision.community.name}
    return _("The administrators of %(site)s") % {"site": settings.SITE_NAME}


def restricted(decision: Decision) -> str:
    match Act(decision.act):
        case Act.FOLD:
            return _("Your post is folded: its words stand behind one click, and nowhere else.")
        case Act.HIDE:
            return _hidden(decision)
        case Act.WARN:
            return _("This is a warning. Nothing of yours was restricted.")
        case Act.PAUSE:
            return _("Your writing is paused: you can read everything, and write nothing new.")
        case Act.REMOVE:
            return _("You no longer belong to this community. What you wrote in it stays.")
        case Act.SUSPEND:
            return _("Your account is suspended: you cannot sign in. What you wrote stays.")
        case Act.REWORD:
            return _("You were asked to put a post differently. It stands as it is.")
    return _("Nothing was restricted.")


def _hidden(decision: Decision) -> str:
    if "count" in decision.effects:
        count = decision.effects["count"]
        words = ngettext(
            "What you wrote is hidden: %(count)d text.", "What you wrote is hidden: %(count)d texts.", count
        )
        return words % {"count": count}
    return {
        "post": _("Your post is hidden: a note stands in its place."),
        "thread": _("Your thread is hidden, with all its posts."),
        "method": _("Your method is hidden, with its discussion."),
        "told": _("What you told about trying a method is hidden."),
        "person": _("Your profile is hidden: others see your name, and nothing else of it."),
        "picture": _("Your picture is not shown any more. Its description stays."),
    }[decision.target_kind]


def where(decision: Decision) -> str:
    if decision.community is None or decision.is_site_wide or decision.act == Act.SUSPEND:
        return _("On the whole of %(site)s, in whichever country it is read.") % {"site": settings.SITE_NAME}
    words = _("In the community %(community)s, in whichever country it is read.")
    return words % {"community": decision.community.name}


def how_long(decision: Decision) -> str:
    if decision.act == Act.WARN:
        return _("A warning is said once; it restricts nothing.")
    if decision.until:
        return _("Until %(until)s. It ends by itself.") % {"until": in_words(decision.until)}
    return _("For good, unless the decision is changed.")


def said_of(about: Subject, case: Case | None) -> str:
    """What a statement says of the facts until somebody says more: what it is, and what it was reported as."""
    what = {
        "post": _("This is about your post “%(title)s”."),
        "thread": _("This is about your thread “%(title)s”."),
        "method": _("This is about your method “%(title)s”."),
        "told": _("This is about what you told of the method “%(title)s”."),
        "person": _("This is about your profile and what you do here."),
        "picture": _("This is about a picture you showed here."),
    }[about.column]
    words = what % {"title": about.title} if "%" in what else what
    reports = case.reports.order_by("pk") if case else ()
    if grounds := list(dict.fromkeys(str(report.get_ground_display()) for report in reports)):
        words += " " + _("It was reported as: %(grounds)s.") % {"grounds": ", ".join(grounds)}
    return words


def origin(decision: Decision) -> str:
    if decision.is_own_initiative:
        return _("Nobody had reported it: the moderators came upon it themselves.")
    return _("It was reported. Who reported it is not told to you.")


def ground(decision: Decision) -> list[Part]:
    found = []
    if clause := decision.clause:
        words = _("Rule %(number)d: %(title)s.") % {"number": clause.number, "title": clause.title.rstrip(".")}
        why = _("By the facts above, it goes against this rule.")
        if decision.is_by_machine:
            why = _("It was reported as going against this rule or one like it; which one holds, a person decides.")
        found.append(Part("clause", _("The rule"), "\n".join(filter(None, (words, clause.text, why)))))
    if decision.law:
        why = _("By the facts above, we hold it to be against this law.")
        found.append(Part("law", _("The law"), f"{decision.law}\n{why}", decision.language))
    return found


def machines(decision: Decision) -> str:
    found = (
        _("It was found by automated means.")
        if decision.is_found_by_machine
        else _("No automated means were used to find it.")
    )
    if decision.is_by_machine:
        decided = _(
            "The decision was made by automated means, without a person: three people had reported it independently of"
            " each other. A person looks at it within 24 hours."
        )
    else:
        decided = _("People made the decision; no automated means took part in it.")
    return f"{found} {decided}"


def redress(decision: Decision) -> str:
    """Without the link, which is its addressee's alone: the page has a button, the letter an address."""
    until = day_words(localtime(decision.complaint_until))
    complaint = _(
        "You can complain here, free of charge, until %(until)s. Somebody else than the person who decided answers you,"
        " with reasons."
    )
    return "\n".join(
        (
            complaint % {"until": until},
            _(
                "You can also turn to an out-of-court dispute settlement body that is certified under article 21 of the"
                " Digital Services Act; the Digital Services Coordinator of your country names them."
            ),
            _("And you can go to court at any time."),
        )
    )


def address(decision: Decision) -> str:
    """Works signed out, too."""
    return f"{settings.SITE_URL}/statements/{token_of(decision)}/"
