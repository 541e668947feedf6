"""RDF/XML as text: in the encoding that it declares, and without entities that could do harm.

Entities whose replacement is plain text, as ontology editors declare them for namespaces, are
read. Those that name files, or that are made of other entities, are refused.
"""

from __future__ import annotations

import re
from contextlib import suppress
from html import escape
from xml.parsers import expat

from ..errors import RdfError

_BYTE_ORDER_MARKS = {
    b"\xef\xbb\xbf": "utf-8-sig",
    b"\xff\xfe\x00\x00": "utf-32",
    b"\x00\x00\xfe\xff": "utf-32",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
    b"<\x00?\x00": "utf-16-le",
    b"\x00<\x00?": "utf-16-be",
}
_DECLARED = re.compile(r"""(\s*<\?xml\b[^>]*?\bencoding\s*=\s*["'])([A-Za-z][\w.:-]*)(?=["'])""")
_INTERRUPTION = re.compile(r"<!--.*?-->|<\?(?!xml\s).*?\?>|<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_DEEPEST = 500
_MOST_EXPANDED = 16 * 1024 * 1024  # characters


def decode(name: str, content: bytes) -> str:
    """Decode an XML document by its byte order mark or declaration (XML 1.0, 4.3.3).

    Raises:
        RdfError: if the encoding is unknown, or the document is not in it.
    """
    marked = next((e for mark, e in _BYTE_ORDER_MARKS.items() if content.startswith(mark)), None)
    declared = _DECLARED.match(content[:200].decode("latin-1"))
    encoding = marked or (declared[2] if declared else "utf-8")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise RdfError(
            f"{name}:{line}: not {encoding.upper()}. Declare the encoding that the file is in."
        ) from None
    except (LookupError, ValueError):
        raise RdfError(f"{name}:1: the encoding {encoding} is unknown. Use UTF-8.") from None
    if not text.lstrip().startswith("<"):
        raise RdfError(f"{name}:1: not XML in {encoding}. Save the file as UTF-8.")
    return text


def declared_as_utf8(text: str) -> str:
    """Return a document whose declaration names the encoding in which it is handed over."""
    return _DECLARED.sub(lambda found: found[1] + "UTF-8", text, count=1)


def with_whole_texts(text: str) -> str:
    """Return a document without comments, instructions and CDATA, which mean nothing in RDF.

    Oxigraph takes no text that one of them interrupts (XML 1.0, 2.4 to 2.7). What is not XML is
    left as it is, to be refused.
    """
    whole = _INTERRUPTION.sub(lambda found: escape(found[1] or "", quote=False), text)
    return text if whole != text and _find_fault(text) else whole


def check_entities(name: str, text: str) -> None:
    """Check that a document type, if there is one, only declares short names for plain text.

    Raises:
        RdfError: if an entity is external, is made of others, or expands to too much.
    """
    if "<!DOCTYPE" not in text:
        return
    parser = expat.ParserCreate("utf-8")
    entities: dict[str, str] = {}

    def refuse(problem: str) -> None:
        raise RdfError(f"{name}:{parser.CurrentLineNumber}: {problem}")

    def doctype(_name: str, system: str | None, public: str | None, _internal: object) -> None:
        if system or public:
            refuse("a document type in another file is not read. Remove its address.")

    def entity(
        entity_name: str,
        is_parameter: object,
        value: str | None,
        _base: str | None,
        _system: str | None,
        _public: str | None,
        _notation: str | None,
    ) -> None:
        if value is None or is_parameter:
            refuse(f"the entity {entity_name} is external or a parameter. Write its text instead.")
        elif "&" in value or "<" in value:
            refuse(f"the entity {entity_name} is not plain text. Write its text instead.")
        else:
            entities.setdefault(entity_name, value)

    def root(_name: str, _attributes: object) -> None:
        raise _TypeReadError

    parser.StartDoctypeDeclHandler = doctype
    parser.EntityDeclHandler = entity
    parser.StartElementHandler = root
    with suppress(_TypeReadError, expat.ExpatError):  # the parser of RDF/XML refuses what is no XML
        parser.Parse(text.encode(), True)  # noqa: FBT003 expat names no argument
    if sum(text.count(f"&{key};") * len(value) for key, value in entities.items()) > _MOST_EXPANDED:
        raise RdfError(f"{name}: the entities expand to too much text. Write their text instead.")


def check_depth(name: str, text: str) -> None:
    """Check that elements are not nested too deeply, over which Oxigraph takes quadratic time.

    Raises:
        RdfError: if there are more than 500 inside each other.
    """
    if text.count("<") <= _DEEPEST:
        return
    parser, depth = expat.ParserCreate("utf-8"), 0

    def start(_name: str, _attributes: object) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            line = parser.CurrentLineNumber
            raise RdfError(
                f"{name}:{line}: the elements are nested more than {_DEEPEST} levels deep."
            )

    def end(_name: str) -> None:
        nonlocal depth
        depth -= 1

    parser.StartElementHandler, parser.EndElementHandler = start, end
    with suppress(expat.ExpatError):  # the parser of RDF/XML refuses what is no XML
        parser.Parse(text.encode(), True)  # noqa: FBT003 expat names no argument


def check_well_formed(name: str, text: str) -> None:
    """Check that a document that Oxigraph reads is XML, for it takes ``<a b:c:d="e"/>`` as well.

    Raises:
        RdfError: if it is not (XML 1.0, 2.1; Namespaces in XML 1.0, 7).
    """
    if problem := _find_fault(text):
        line, what = problem.lineno, expat.ErrorString(problem.code)
        raise RdfError(f"{name}:{line}: not well-formed XML: {what}.")


def _find_fault(text: str) -> expat.ExpatError | None:
    try:
        expat.ParserCreate("utf-8", " ").Parse(text.encode(), True)  # noqa: FBT003 expat names no argument
    except expat.ExpatError as error:
        return error
    return None


class _TypeReadError(Exception):
    """The document type was read to its end."""
