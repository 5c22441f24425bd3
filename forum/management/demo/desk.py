"""Sentences the demo's moderators use again, in its four languages, and a note on a case that waits."""

from accounts.models import Member
from forum.communities.models import Community
from forum.moderation import who
from forum.moderation.desk import actions
from forum.moderation.reports.models import Case

#: (community or "" for the whole site, language, title, the sentence)
REPLIES = (
    (
        "art-of-the-neighbourhood",
        "pl",
        "Ton",
        "Twoja uwaga jest ważna, ale w tej formie trafia w człowieka, nie w sprawę. Napisz ją, proszę, jeszcze raz.",
    ),
    (
        "art-of-the-neighbourhood",
        "pl",
        "Zdjęcie bez zgody",
        "Na zdjęciu widać osobę, która może nie wiedzieć, że tu jest. Zapytaj ją albo wybierz inne ujęcie.",
    ),
    (
        "berlin-wroclaw",
        "de",
        "Ton",
        "Der Gedanke ist wichtig, aber so trifft er den Menschen und nicht die Sache. Schreib ihn bitte noch einmal.",
    ),
    (
        "berlin-wroclaw",
        "uk",
        "Тон",
        "Думка важлива, але в такій формі вона влучає в людину, а не у справу. Напишіть її, будь ласка, ще раз.",
    ),
    (
        "",
        "en",
        "Tone",
        "Your point matters, but like this it meets the person and not the matter. Please say it again.",
    ),
)
NOTE = "Rozmawiałem z autorem w czwartek na podwórku: chodzi o miejsce na rowery, nie o wystawę."


def furnish(people: dict[str, Member], houses: dict[str, Community]) -> None:
    for slug, language, title, words in REPLIES:
        by = people["moderator"] if slug else people["admin"]
        actions.save_reply(by=by, community=houses.get(slug), language=language, title=title, text=words)
    for case in Case.objects.filter(closed_at=None).order_by("opened_at"):
        if who.may_judge(people["moderator"], case):
            actions.add_note(by=people["moderator"], case=case, text=NOTE)
            return
