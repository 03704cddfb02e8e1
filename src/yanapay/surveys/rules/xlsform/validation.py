"""ODK Validate, the reference checker, where Java is installed. Its words are the engine's of ODK Collect."""

import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from yanapay.kernel.messages import Message
from yanapay.surveys.rules.xlsform.findings import Finding, Place
from yanapay.surveys.rules.xlsform.phrases import Phrases

NAME = "ODK Validate"
SECONDS = 100
_BOILERPLATE = re.compile(
    r"XForm is invalid\.\s*|(?:\w+\.)+\w+Exception:\s*|\s*The following files failed.*"
)
_SAID = Phrases((
    (r"Cycle detected|[Dd]ependency cycle|illegal cycle",
     Message("Some questions depend on each other in a circle: {paths}.")),
    (r"cannot handle function '(?P<name>[^']+)'\. Requires",
     Message("The function «{name}()» has too few or too many arguments.")),
    (r"cannot handle function '(?P<name>[^']+)'",
     Message("The function «{name}()» is not known, or its arguments do not fit.")),
    (r"mismatched brackets|Couldn't understand the expression|Invalid XPath|Parse error in XPath",
     Message("An expression is not written right: a bracket, a quotation mark or a comma is missing.")),
    (r"Instance referenced by instance\((?P<name>[^)]+)\)|Instance: (?P<other>\S+) Does not exist",
     Message("An expression takes its values from a list or file that the form does not have.")),
    (r"type mismatch|cannot be cast|expect arguments to be numeric",
     Message("An expression uses something else than the number, text, date or repeat that belongs there.")),
    (r"Select question '(?P<name>[^']+)' has no choices", Message("The question «{name}» has no choices.")),
    (r"bound to non-existent node", Message("The form asks for what it has no place for: {paths}.")),
    (r"duplicate ID|duplicate definition|duplicate <translation>",
     Message("Something stands twice in the form.")),
    (r"external secondary instance|Invalid instance `src`",
     Message("A file that the form refers to cannot be read.")),
))  # fmt: skip
_PATH = re.compile(r"/\w[\w./-]*\w")
_TRACE = re.compile(r"^\s*(?:at |\.\.\. \d+ more|Caused by:)")


def validate(
    xform: bytes, schema: list[dict[str, Any]], media: Mapping[str, bytes]
) -> tuple[str, list[Finding]]:
    """Who validated ("" when nobody could) and what was found."""
    java, jar = shutil.which("java"), _jar()
    if java is None or jar is None:
        return "", [
            Place("").note(
                "not_validated",
                Message(
                    "The form was checked without ODK Validate, which needs Java. "
                    "Try it once on a telephone before publishing."
                ),
            )
        ]
    try:
        said = _run(java, jar, xform, media)
    except (subprocess.TimeoutExpired, OSError):
        return "", [
            Place("").note("not_validated_in_time", Message("ODK Validate did not answer in time."))
        ]
    return NAME, [_refused(said, schema)] if said else []


def _run(java: str, jar: Path, xform: bytes, media: Mapping[str, bytes]) -> str:
    """What it says of a form that it refuses; "" of one that it takes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "form.xml"
        path.write_bytes(xform)
        for name, content in media.items():
            (Path(folder) / Path(name).name).write_bytes(content)
        command = [java, "-Xmx512m", "-Djava.awt.headless=true", "-jar", str(jar), str(path)]
        done = subprocess.run(  # noqa: S603  the jar of the wheel, no shell
            command, capture_output=True, text=True, timeout=SECONDS, check=False
        )
    return (done.stderr.strip() or str(done.returncode)) if done.returncode else ""


def _refused(said: str, schema: list[dict[str, Any]]) -> Finding:
    """The sentence without the traces of Java, at the row of the question whose path it names."""
    lines = [
        line.strip(" >") for line in said.splitlines() if line.strip() and not _TRACE.match(line)
    ]
    told = _BOILERPLATE.sub("", " ".join(dict.fromkeys(lines)))[:400]
    named = [one for one in schema if re.search(rf"{re.escape(one['path'])}(?![\w/.-])", said)]
    place = Place("survey", named[0]["row"]) if named else Place("survey")
    return place.error("odk_validate", in_our_words(told))


def in_our_words(told: str) -> Message:
    """A sentence of ours with the original behind it; what we do not know is quoted alone."""
    paths = ", ".join(dict.fromkeys(_PATH.findall(told)))
    if ours := _SAID.told(told, paths=paths[:200]):
        return Message("{said} ODK Validate says, in English: “{text}”", said=ours, text=told)
    return Message("ODK Validate refuses the form and says, in English: “{text}”", text=told)


def _jar() -> Path | None:
    """The jar that comes with pyxform; found without importing pyxform."""
    spec = find_spec("pyxform")
    if spec is None or not spec.submodule_search_locations:
        return None
    jar = Path(spec.submodule_search_locations[0]) / "validators/odk_validate/bin/ODK_Validate.jar"
    return jar if jar.is_file() else None
