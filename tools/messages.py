"""The catalogues, with Babel alone: no gettext programs are needed on the machine.

English stands in the code and templates. What libraries say on our pages is said in our words: the English catalogue
lists their messages, and the others say those as well (else a German page says them in Polish, the site's language).

python -m tools.messages update        reads the code and templates, brings every django.po up to date
python -m tools.messages check         lists what is missing, doubtful or broken, and fails if anything is
python -m tools.messages compile PO…   writes the .mo beside each .po
"""

import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "locale"
LANGUAGES = ("en", "pl", "de", "uk")
PACKAGES = ("accounts", "forum", "realtime")
KEYWORDS: dict[str, Any] = {
    **DEFAULT_KEYWORDS,
    **{f"{name}_lazy": DEFAULT_KEYWORDS[name] for name in ("gettext", "ngettext", "pgettext", "npgettext")},
    "gettext_noop": None,
}
PLACE = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")


def read_template(file: IO[bytes], keywords: Any, comment_tags: Any, options: Any) -> Iterator[Any]:
    """A Babel extractor: Django turns tags into calls amid X's, which Python's tokenizer takes line by line."""
    from django.utils.translation.template import templatize

    calls = "\n".join(line.strip() for line in templatize(file.read().decode()).splitlines())
    yield from extract_python(BytesIO(calls.encode()), keywords, comment_tags, options)


def collect() -> Catalog:
    """Every message of the code and the templates, with the files it stands in."""
    catalog = Catalog(charset="utf-8")
    sources: list[tuple[Any, Path]] = [("python", path) for name in PACKAGES for path in (ROOT / name).rglob("*.py")]
    sources += [(read_template, path) for path in (ROOT / "templates").rglob("*.*") if path.suffix in {".html", ".txt"}]
    for method, path in sorted(sources, key=lambda source: source[1]):
        with path.open("rb") as file:
            for _line, message, comments, context in extract(method, file, KEYWORDS, ["Translators:"]):
                where = [(path.relative_to(ROOT).as_posix(), None)]
                catalog.add(message, locations=where, auto_comments=comments, context=context)  # type: ignore[arg-type]  # line-less places
    return catalog


def path_of(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def load(language: str) -> Catalog:
    if not path_of(language).exists():
        return Catalog(locale=language, charset="utf-8")
    with path_of(language).open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def wanted() -> dict[str, Catalog]:
    """What each language has to say: English the libraries' messages, the others those and ours."""
    everything, theirs = collect(), load("en")
    for message in theirs:
        if message.id and message.id not in everything:
            everything.add(message.id, locations=message.locations, context=message.context)
    return {language: theirs if language == "en" else everything for language in LANGUAGES}


def update() -> None:
    """Keeps translations, adds what is new as empty, forgets what is gone. Guesses nothing."""
    for language, template in wanted().items():
        catalog = load(language)
        catalog.update(template, no_fuzzy_matching=True, update_creation_date=False)
        catalog.obsolete.clear()
        write(language, catalog)


def write(language: str, catalog: Catalog) -> None:
    """Without the header's dates and programs: a catalogue changes when its words do."""
    catalog.header_comment, catalog.fuzzy = "# Courtyard", False
    catalog.project, catalog.version = "Courtyard", ""
    path_of(language).parent.mkdir(parents=True, exist_ok=True)
    out = BytesIO()
    write_po(out, catalog, width=100, sort_output=True, include_lineno=False, omit_header=False)
    unsaid = rb'"(POT?-[A-Za-z-]+Date|Last-Translator|Generated-By|Report-Msgid|Language-Team)[^\n]*\n'
    path_of(language).write_bytes(re.sub(unsaid, b"", out.getvalue()))


def complaints(message: Message, language: str, plurals: int) -> Iterator[str]:
    """What is wrong with one translated message, each in a line."""
    texts = [message.string] if isinstance(message.string, str) else list(message.string or ())
    if isinstance(message.id, list | tuple) and len(texts) != plurals:
        yield f"{language}: {len(texts)} plural forms instead of {plurals}: {message.id[0]!r}"
    source = message.id if isinstance(message.id, str) else message.id[-1]
    if not all(texts):
        yield f"{language}: missing: {source!r}"
    elif message.fuzzy:
        yield f"{language}: marked doubtful: {source!r}"
    else:
        for text in texts:
            if not set(PLACE.findall(text)) <= set(PLACE.findall(source)):
                yield f"{language}: places for values differ: {source!r} / {text!r}"
        if texts[-1] and set(PLACE.findall(texts[-1])) != set(PLACE.findall(source)):
            yield f"{language}: a value is left out: {source!r} / {texts[-1]!r}"


def check() -> list[str]:
    """Everything that keeps a page from being whole in a language; empty when all is well."""
    found: list[str] = []
    for language, template in wanted().items():
        catalog = load(language)
        for message in template:
            if not message.id:
                continue
            source = message.id if isinstance(message.id, str) else message.id[0]
            mine = catalog.get(source, message.context)
            if mine is None or isinstance(mine.id, str) != isinstance(message.id, str):
                found.append(f"{language}: not in the catalogue (run `make messages`): {source!r}")
            else:
                found += complaints(mine, language, catalog.num_plurals)
    return found


def compile_catalogue(path: Path) -> None:
    with path.open("rb") as file:
        catalog = read_po(file, locale=path.parent.parent.name, abort_invalid=True)
    with path.with_suffix(".mo").open("wb") as file:
        write_mo(file, catalog)


def main(arguments: list[str]) -> int:
    match arguments:
        case ["update"]:
            update()
        case ["check"]:
            found = check()
            print("\n".join(found) or "Every message is translated.")
            return 1 if found else 0
        case ["compile", *paths]:
            for path in paths:
                compile_catalogue(Path(path))
        case _:
            print(__doc__)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
