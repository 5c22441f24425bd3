"""Text: the one door for what people write, and the only room that marks HTML safe.

At writing, `text.clean(source, "markdown")` gives what is stored beside the source. At printing, `text.fill(posts)`
puts quotes and mentions in their places, as they are now, and leaves the HTML to print in `post.filled`.
"""

from forum.text.differences import diff
from forum.text.errors import TextRefused
from forum.text.filling import MethodView, NameView, QuoteView, fill, filled, mentioned, register_resolver
from forum.text.machines import linked_data
from forum.text.pictures import Told, cleaned_without, pictures_in, source_without, without_pictures
from forum.text.pipeline import (
    VERSION,
    Cleaned,
    as_words,
    clean,
    clean_again,
    methods_in,
    names_in,
    quoted_revisions,
    tidied,
    without_quotes,
)
from forum.text.words import excerpt, plain
from forum.text.writing import Latest

__all__ = [
    "VERSION",
    "Cleaned",
    "Latest",
    "MethodView",
    "NameView",
    "QuoteView",
    "TextRefused",
    "Told",
    "as_words",
    "clean",
    "clean_again",
    "cleaned_without",
    "diff",
    "excerpt",
    "fill",
    "filled",
    "linked_data",
    "mentioned",
    "methods_in",
    "names_in",
    "pictures_in",
    "plain",
    "quoted_revisions",
    "register_resolver",
    "source_without",
    "tidied",
    "without_pictures",
    "without_quotes",
]
