"""The logic of a form: expressions that cannot be read, names that are not there, circles, counts."""

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

from yanapay.kernel.messages import Message
from yanapay.surveys.rules.xlsform.book import Book
from yanapay.surveys.rules.xlsform.expressions import BrokenExpression, Expression, read, references
from yanapay.surveys.rules.xlsform.findings import Finding, Place
from yanapay.surveys.rules.xlsform.languages import TRANSLATED, header
from yanapay.surveys.rules.xlsform.questions import Step, asks_consent, is_personal, steps

EXPRESSIONS = (
    "relevant", "relevance", "constraint", "calculation", "calculate", "required", "read_only", "readonly",
    "choice_filter", "repeat_count",
)  # fmt: skip
_UNREADABLE = Message("«{text}» cannot be read. Look for a sign too many or too few.")
_BROKEN = {
    "end of source": Message(
        "«{text}» ends too early: a bracket, a quotation mark or a value is missing."
    ),
    "unknown symbol": Message(
        "«{text}» holds a sign that is not understood: perhaps an open quotation mark."
    ),
    "Too few arguments": Message("In «{text}» a function is given too few values."),
    "Too many arguments": Message("In «{text}» a function is given too many values."),
    "no arguments": Message("In «{text}» a function is given a value that takes none."),
}
_DECIDES = (
    "relevant",
    "relevance",
    "calculation",
    "calculate",
    "required",
    "read_only",
    "readonly",
)
"""What a client computes anew when something changes; a circle among these never ends."""


def check_logic(book: Book, main: str) -> Iterator[Finding]:
    """Everything that can be said of the logic without running it."""
    asked = list(steps(book))
    if all(step.opens for step in asked):
        yield Place("survey").error("no_questions", Message("This form asks nothing."))
    names = {step.name for step in asked if step.name}
    repeats = {step.name for step in asked if step.is_repeat}
    read_ones: dict[tuple[int, str], Expression] = {}
    for step in asked:
        yield from _read(step, names, repeats, read_ones)
    yield from _circles(asked, read_ones, _DECIDES)
    yield from _mutual_constraints(asked, read_ones)
    yield from _consent(asked, main)


def _read(
    step: Step, names: set[str], repeats: set[str], read_ones: dict[tuple[int, str], Expression]
) -> Iterator[Finding]:
    for text, value in step.row.items():
        place, column = Place("survey", step.number, text), header(text).column
        if column in EXPRESSIONS or column in TRANSLATED or column in ("default", "trigger"):
            yield from _unknown_names(place, value, names)
        if column in EXPRESSIONS:
            try:
                expression = read_ones[step.number, column] = read(value)
            except BrokenExpression as broken:
                yield _broken(place, value, broken)
            else:
                yield from _counted(place, expression, repeats)


def _unknown_names(place: Place, value: str, names: set[str]) -> Iterator[Finding]:
    for name in references(value):
        if name not in names:
            yield place.error(
                "unknown_reference",
                Message(
                    "There is no question «{name}»; «${{{name}}}» refers to nothing.", name=name
                ),
            )


def _broken(place: Place, value: str, broken: BrokenExpression) -> Finding:
    if broken.unknown:
        name = f"{broken.unknown}()"
        return place.error(
            "unknown_function", Message("There is no function «{name}» in forms.", name=name)
        )
    said = next((said for sign, said in _BROKEN.items() if sign in broken.why), _UNREADABLE)
    return place.error("broken_expression", Message(said.template, text=value[:80]))


def _counted(place: Place, expression: Expression, repeats: set[str]) -> Iterator[Finding]:
    for repeat, name in expression.filtered:
        if repeat in repeats:
            yield place.error(
                "filtered_repeat",
                Message(
                    "Telephone and browser count «${{{repeat}}}[… ${{{name}}} …]» differently. Calculate 1 "
                    "or 0 inside the repeat, for example is_one = if(condition, 1, 0), and outside write "
                    "sum(${{is_one}}).",
                    repeat=repeat,
                    name=name,
                ),
            )


def _circles(
    asked: list[Step], read_ones: dict[tuple[int, str], Expression], columns: tuple[str, ...]
) -> Iterator[Finding]:
    """A step depends on what its expressions name and on the groups around it."""
    needs: dict[str, set[str]] = {}
    for step in asked:
        told = needs.setdefault(step.name, set())
        told.update(group.name for group in step.groups if group.name)
        for column in columns:
            if expression := read_ones.get((step.number, column)):
                told |= expression.references
    if circle := _circle(needs):
        number = next((step.number for step in asked if step.name == circle[0]), 0)
        shown = " → ".join(circle)
        yield Place("survey", number).error(
            "circle",
            Message(
                "These questions wait for each other and are never settled: {circle}.", circle=shown
            ),
        )


def _mutual_constraints(
    asked: list[Step], read_ones: dict[tuple[int, str], Expression]
) -> Iterator[Finding]:
    needs = {
        step.name: set(expression.references) - {step.name}
        for step in asked
        if (expression := read_ones.get((step.number, "constraint")))
    }
    if circle := _circle(needs):
        number = next((step.number for step in asked if step.name == circle[0]), 0)
        yield Place("survey", number, "constraint").warning(
            "mutual_constraints",
            Message(
                "These constraints name each other ({circle}): who wrote one wrong answer may be unable to "
                "mend it. Keep the constraint on the later question only.",
                circle=" → ".join(circle),
            ),
        )


def _circle(needs: dict[str, set[str]]) -> list[str]:
    try:
        TopologicalSorter(needs).prepare()
    except CycleError as error:
        return [str(name) for name in error.args[1]]
    return []


def _consent(asked: list[Step], main: str) -> Iterator[Finding]:
    """Personal data before anybody was asked whether they may be kept."""
    for step in asked:
        if step.opens:
            continue
        if asks_consent(step, main):
            return
        if is_personal(step, main):
            yield Place("survey", step.number).warning(
                "personal_before_consent",
                Message(
                    "«{name}» asks personal data before consent was asked for. Begin with a yes/no "
                    "question whose name begins with «consent».",
                    name=step.name,
                ),
            )
            return
