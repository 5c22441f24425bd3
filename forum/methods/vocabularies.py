"""The fixed lists of the method library: keys that stand in data for ever, words that may be mended.

Each list can be left open: nothing chosen means "not stated".
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Purpose(models.TextChoices):
    """What it is for; up to three."""

    MEET = "meet", _("get to know each other")
    ENERGISE = "energise", _("energise")
    LISTEN = "listen", _("listen to each other")
    MAP = "map", _("map a place and its people")
    IDEAS = "ideas", _("create ideas together")
    MAKE = "make", _("make something together")
    MEMORY = "memory", _("tell stories, keep memory")
    DECIDE = "decide", _("decide")
    PLAN = "plan", _("plan")
    CONFLICT = "conflict", _("work with conflict")
    INCLUDE = "include", _("reach people who are missing")
    CELEBRATE = "celebrate", _("celebrate")
    REFLECT = "reflect", _("reflect and learn")
    EVALUATE = "evaluate", _("evaluate change")
    PARTNER = "partner", _("build partnerships")


class Format(models.TextChoices):
    """How people meet."""

    IN_PERSON = "in_person", _("in person")
    ONLINE = "online", _("online")
    HYBRID = "hybrid", _("hybrid")
    ASYNCHRONOUS = "asynchronous", _("everyone in their own time")


class Space(models.TextChoices):
    """Where it can happen."""

    ROOM = "room", _("room")
    COURTYARD = "courtyard", _("courtyard")
    STREET = "street", _("street or square")
    PARK = "park", _("park")
    STAIRWELL = "stairwell", _("stairwell, gateway")
    HOME = "home", _("home")
    SHOP = "shop", _("shop, studio")
    INSTITUTION = "institution", _("cultural institution")
    SCHOOL = "school", _("school")
    CARE = "care", _("care facility")
    ONLINE = "online", _("online")


class Grouping(models.TextChoices):
    """How people sit together."""

    INDIVIDUAL = "individual", _("individually")
    PAIRS = "pairs", _("in pairs")
    THREES = "threes", _("in threes")
    SMALL = "small", _("in small groups")
    ALL = "all", _("all together")


class CostBand(models.TextChoices):
    """What it costs, roughly."""

    NOTHING = "0", _("no cost")
    TO_200 = "to200", _("up to 200 PLN")
    TO_1000 = "200_1000", _("200–1,000 PLN")
    TO_5000 = "1000_5000", _("1,000–5,000 PLN")
    TO_20000 = "5000_20000", _("5–20 k PLN")
    MORE = "20000_plus", _("over 20 k PLN")


class Skill(models.TextChoices):
    """How hard it is to lead."""

    ANYONE = "1", _("anyone can lead it")
    SOME = "2", _("some experience needed")
    TRAINED = "3", _("experience or training needed")


class Access(models.TextChoices):
    """Who can take part; each answered yes, no, depends or not stated."""

    STEP_FREE = "step_free", _("step-free")
    SEATED = "seated", _("can be done seated")
    NO_READING = "no_reading", _("no reading or writing")
    PLAIN_LANGUAGE = "plain_language", _("plain language")
    MULTILINGUAL = "multilingual", _("works in several languages")
    NO_POLISH = "no_polish", _("no Polish needed")
    SIGN = "sign", _("works with sign language")
    LOW_VISION = "low_vision", _("does not depend on sight")
    LOW_HEARING = "low_hearing", _("does not depend on hearing")
    QUIET = "quiet", _("quiet place available")
    BREAKS = "breaks", _("breaks planned")
    NO_TOUCH = "no_touch", _("no physical contact")
    CHILDREN = "children", _("children welcome")
    NO_PHONE = "no_phone", _("no phone or internet")
    FREE = "free", _("free for participants")


class Consent(models.TextChoices):
    """What people must be asked first."""

    PHOTO = "photo", _("photos and recordings")
    STORIES = "stories", _("personal stories")
    PUBLISH = "publish", _("publishing what was made")
    COAUTHOR = "coauthor", _("co-authorship and credits")
    MINORS = "minors", _("children (guardian consent)")
    DATA = "data", _("personal data")
    NEIGHBOURS = "neighbours", _("neighbours or property manager")
    PERMIT = "permit", _("notification or permit")


class Maturity(models.TextChoices):
    """How far it was tried."""

    IDEA = "idea", _("idea – not tried yet")
    ONCE = "once", _("tried once")
    SEVERAL = "several", _("tried several times")
    BY_OTHERS = "by_others", _("tried by others")


class Again(models.TextChoices):
    """Would you use it again?"""

    YES = "yes", _("yes")
    WITH_CHANGES = "with_changes", _("yes, with changes")
    ELSEWHERE = "elsewhere", _("yes, in other conditions")
    NO = "no", _("no")


class AdaptationKind(models.TextChoices):
    """What an adaptation changed."""

    SHORTER = "shorter", _("shorter")
    LONGER = "longer", _("longer")
    SMALLER = "smaller", _("smaller group")
    LARGER = "larger", _("larger group")
    AUDIENCE = "audience", _("other participants")
    AGE = "age", _("other age")
    SPACE = "space", _("other place")
    ONLINE = "online", _("online version")
    MATERIALS = "materials", _("other materials")
    CHEAPER = "cheaper", _("cheaper")
    ACCESS = "access", _("more accessible")
    ART_FORM = "art_form", _("other art form")
    LOCAL = "local", _("local context")
    COMBINE = "combine", _("combination of methods")


class ArtForm(models.TextChoices):
    NONE = "none", _("no art form")
    VISUAL = "visual", _("visual arts")
    THEATRE = "theatre", _("theatre")
    MOVEMENT = "movement", _("dance and movement")
    CIRCUS = "circus", _("circus")
    MUSIC = "music", _("music and singing")
    SOUND = "sound", _("sound and radio")
    WORDS = "words", _("literature and storytelling")
    FILM = "film", _("film and video")
    PHOTO = "photo", _("photography")
    CRAFT = "craft", _("craft")
    TEXTILE = "textile", _("textile")
    FOOD = "food", _("cooking together")
    GARDEN = "garden", _("gardening")
    WALK = "walk", _("walk")
    PUBLIC_ART = "public_art", _("art in public space")
    DIGITAL = "digital", _("digital media")
    GAME = "game", _("game")
    HERITAGE = "heritage", _("heritage")


class Answer(models.TextChoices):
    YES = "yes", _("yes")
    NO = "no", _("no")
    DEPENDS = "depends", _("it depends")


class Basis(models.TextChoices):
    """What the stated minutes are counted for."""

    WHOLE = "whole", _("for the whole")
    PERSON = "per_person", _("for each person")
    ROUND = "per_round", _("for each round")
    GROUP = "per_group", _("for each group")


class Licence(models.TextChoices):
    """Rights, by their SPDX names; the words are what people are asked. Given once, for good."""

    SHARE_ALIKE = "CC-BY-SA-4.0", _("Yes: others may change and reuse it if they name me and share alike")
    NOT_FOR_MONEY = "CC-BY-NC-SA-4.0", _("Yes, but not for money")
    READ_ONLY = "read-only", _("No: it can be read here only")
    NAMED = "CC-BY-4.0", _("Yes, in any way, if they name me")
    FREE = "CC0-1.0", _("Yes, in any way, without conditions")


class PictureRights(models.TextChoices):
    """May others use this picture too? Its own answer: the card's rights never reach it."""

    HERE = "here", _("No, it is shown only here")
    NAMED = "CC-BY-4.0", _("Yes, if they name whose it is")
    NOT_FOR_MONEY = "CC-BY-NC-4.0", _("Yes, but not for money")


#: What may be changed and reused by others.
ADAPTABLE = frozenset(Licence.values) - {Licence.READ_ONLY}
