"""XML from strangers, element by element; document types and entities are refused."""

from xml.etree.ElementTree import ParseError
from xml.parsers import expat

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse
from django.utils.translation import gettext_lazy as _

from . import limits
from .sheet import Unreadable

BROKEN = _("The XML in this file is broken or cut off: save or download it once more.")
UNSAFE = _(
    "The file has a document type or entities, which are not read for safety:"
    " save it again from the program it comes from."
)
TOO_DEEP = _("The XML in this file is nested too deeply.")
TOO_MUCH = _("One thing in this file is too large: simplify its shape, or leave it out.")


def elements(opener, wanted, heard=()):
    """Yield (element, path) at the end of each element whose name is in `wanted` or `heard`.

    The path is the list of the elements around it, outermost first. Only what is inside a
    wanted element is kept, and only until the next step; of those in `heard` the text alone.
    Raises Unreadable.
    """
    with opener() as stream:
        try:
            yield from _walk(iterparse(stream, ("start", "end"), forbid_dtd=True), wanted, heard)
        except DefusedXmlException as fault:
            raise Unreadable(UNSAFE) from fault
        except (ParseError, LookupError, ValueError) as fault:
            raise Unreadable(BROKEN) from fault


def _walk(events, wanted, heard):
    around, inside, size = [], 0, 0
    for event, element in events:
        name = local(element.tag)
        if event == "start":
            around.append(element)
            inside += name in wanted
            size += bool(inside)
            _check(len(around), size)
            continue
        around.pop()
        inside -= name in wanted
        size = size if inside else 0
        if name in heard or (name in wanted and not inside):
            yield element, around
        if not inside and around:
            around[-1].remove(element)


def _check(depth, size):
    if depth > limits.DEPTH:
        raise Unreadable(TOO_DEEP)
    if size > limits.POINTS:
        raise Unreadable(TOO_MUCH)


def check(stream, start=None):
    """Read XML to its end, building nothing; `start(name, attributes)` hears of each element.

    For what another library is going to read. Raises Unreadable.
    """
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = _refuse
    parser.StartElementHandler = start
    try:
        parser.ParseFile(stream)
    except (expat.ExpatError, LookupError, ValueError) as fault:
        raise Unreadable(BROKEN) from fault


def _refuse(*declared):
    raise Unreadable(UNSAFE)


def root_of(opener):
    """Return the name of a document's root, or "" if it is no XML. Raises Unreadable."""
    with opener() as stream:
        try:
            for _event, element in iterparse(stream, ("start",), forbid_dtd=True):
                return local(element.tag)
        except DefusedXmlException as fault:
            raise Unreadable(UNSAFE) from fault
        except (ParseError, LookupError, ValueError):
            return ""


def local(tag):
    """Return a tag without its namespace; Google's additions to KML keep theirs."""
    return tag if "kml/ext" in tag else tag.rpartition("}")[2]


def text_at(element, *names):
    """Return the stripped text of the element at a path of names below, or ""."""
    for name in names:
        element = next((child for child in element if local(child.tag) == name), None)
        if element is None:
            return ""
    return (element.text or "").strip()
