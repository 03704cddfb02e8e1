"""What a field client reads: short XML in OpenRosa's namespaces, and nothing else."""

from collections.abc import Iterable, Mapping
from xml.etree.ElementTree import Element, SubElement, tostring

from django.http import HttpResponse
from django.utils.translation import gettext

from yanapay.kernel.messages import Message

RESPONSE = "http://openrosa.org/http/response"
LIST = "http://openrosa.org/xforms/xformsList"
MANIFEST = "http://openrosa.org/xforms/xformsManifest"
XML = "text/xml; charset=utf-8"

Fields = Mapping[str, str]


def say(status: int, message: Message) -> HttpResponse:
    """A sentence in the language that the client asked for, in the form that Collect shows."""
    root = Element("OpenRosaResponse", xmlns=RESPONSE)
    told = SubElement(root, "message", nature="submit_success" if status < 300 else "error")
    told.text = message.render(gettext)
    return document(root, status)


def listing(namespace: str, name: str, child: str, rows: Iterable[Fields]) -> HttpResponse:
    """A list of forms or of files: one element per row, one element per field that says something."""
    root = Element(name, xmlns=namespace)
    for row in rows:
        one = SubElement(root, child)
        for field, value in row.items():
            SubElement(one, field).text = value
    response = document(root)
    response["Cache-Control"] = "no-store"
    return response


def document(root: Element, status: int = 200) -> HttpResponse:
    body = tostring(root, encoding="utf-8", xml_declaration=True)
    return HttpResponse(body, content_type=XML, status=status)
