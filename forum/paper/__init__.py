"""Paper: sheets made on the server, as tagged PDF. It knows no methods and no plans: features bring plain data.

`print_pdf("card.typ", data, language="pl", title="…")` sets the data in one of the sheets of `sheets/`, each of which
says at its head what it wants. Words are data there, never markup.
"""

from forum.paper.codes import code_svg, short_address, without_scheme
from forum.paper.content import blocks_of, paragraphs
from forum.paper.press import Unprintable, print_pdf, tag_of
from forum.paper.run_sheet import run_sheet

__all__ = [
    "Unprintable",
    "blocks_of",
    "code_svg",
    "paragraphs",
    "print_pdf",
    "run_sheet",
    "short_address",
    "tag_of",
    "without_scheme",
]
