"""Paper: sheets made on the server, as tagged PDF. It knows no methods and no plans: features bring plain data.

`print_pdf("card.typ", data, language="pl", title="…")` sets the data in one of the sheets of `sheets/`, each of which
says at its head what it wants. Words are data there, never markup.
"""

from forum.paper.answers import code_answer, sheet_answer
from forum.paper.codes import code_svg, short_address, without_scheme
from forum.paper.content import blocks_of, paragraphs
from forum.paper.pictures import picture_svg
from forum.paper.press import Unprintable, print_pdf, tag_of
from forum.paper.run_sheet import run_sheet
from forum.paper.tongues import speaking

__all__ = [
    "Unprintable",
    "blocks_of",
    "code_answer",
    "code_svg",
    "paragraphs",
    "picture_svg",
    "print_pdf",
    "run_sheet",
    "sheet_answer",
    "short_address",
    "speaking",
    "tag_of",
    "without_scheme",
]
