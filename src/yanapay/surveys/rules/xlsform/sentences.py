"""What pyxform says in English, in sentences of ours: by its codes, and by its words where it gives no code."""

import re
from collections.abc import Mapping, Sequence

from pyxform.errors import ErrorCode

from yanapay.kernel.messages import Message
from yanapay.surveys.rules.xlsform.findings import Finding, Place
from yanapay.surveys.rules.xlsform.phrases import Phrases

_ROW = re.compile(r"\[row : (\d+)\]")
_SHEET = re.compile(r"(?:On the|sheet:) '(\w+)'(?: sheet)?")
_COLUMN = re.compile(r"the '([^']+)' value")
SAID: Mapping[str, Message] = {
    "HEADER_001": Message("The sheet «{sheet_name}» has no row with the names of its columns."),
    "HEADER_002": Message("The columns «{other}» and «{header}» of «{sheet_name}» mean the same. Keep one."),
    "HEADER_003": Message("The sheet «{sheet_name}» lacks a column: {missing}."),
    "HEADER_004": Message("A column of the sheet «choices» has no name, or a space in it: «{column}»."),
    "HEADER_005": Message("The sheet «entities» has columns that are not known: {columns}."),
    "LABEL_001": Message("This choice has no label."),
    "NAMES_001": Message("There are two questions called «{value}» in the same group. Rename one."),
    "NAMES_002": Message("«{value}» differs from another name only in capital letters. Rename one."),
    "NAMES_003": Message("A repeat may not have the name of the form («{value}»)."),
    "NAMES_004": Message("There are two repeats called «{value}». Rename one."),
    "NAMES_005": Message("The name «meta» is reserved."),
    "NAMES_006": Message("This choice has no name."),
    "NAMES_007": Message("This list has the same choice name twice. Keep one."),
    "NAMES_008": Message("A name begins with a letter or «_»; then come letters, digits, «_», «-» and «.»."),
    "NAMES_009": Message("A name begins with a letter or «_»; then come letters, digits, «_», «-» and «.»."),
    "NAMES_010": Message("A name that is used here must not begin with «__»."),
    "NAMES_011": Message("A name that is used here must not have a full stop."),
    "NAMES_012": Message("The names «name» and «label» are reserved here. Choose another."),
    "NAMES_013": Message("There is no sheet «{sheet}», but there is {candidates}: is it the one?"),
    "NAMES_014": Message("The sheet «entities» names the same list twice."),
    "NAMES_015": Message("A list of the sheet «entities» has no name."),
    "PYREF_001": Message("A reference must be written ${{name}}."),
    "PYREF_002": Message("Several references in one cell need commas between them."),
    "PYREF_003": Message("There is no question «{q}» to refer to."),
    "PYREF_004": Message("«{q}» is the name of several questions; a reference needs one. Rename the others."),
    "RANGE_001": Message("The parameter «{name}» of a range must be a number."),
    "RANGE_002": Message("The parameter «{name}» of a range must not be zero."),
    "RANGE_003": Message("The parameter «{name}» is larger than the whole range."),
    "RANGE_004": Message("The parameter «{name}» must be a multiple of «step»."),
    "RANGE_005": Message("The parameter «{name}» must lie between «start» and «end»."),
    "RANGE_006": Message("«tick_labelset» must name a list of the sheet «choices»."),
    "RANGE_007": Message("With the appearance «no-ticks» the list of «tick_labelset» has exactly two choices."),
    "RANGE_008": Message(
        "«tick_interval», «placeholder» and «tick_labelset» go only with the appearances "
        "«vertical» and «no-ticks»."
    ),
    "RANGE_009": Message("All choices of the list «{tick_labelset}» must be numbers."),
    "RANGE_010": Message("The choices of «tick_labelset» must lie between «start» and «end»."),
    "RANGE_011": Message("The choices of «tick_labelset» must be «start» plus multiples of «{name}»."),
    "RANGE_012": Message("With «no-ticks» the choices of «tick_labelset» are «start» and «end» themselves."),
    "SURVEY_001": Message("«end {type}» without «begin {type}»."),
    "SURVEY_002": Message("«begin {type}» «{name}» has no «end {type}»."),
    "SURVEY_003": Message("The parameter «incremental» is «true» or is left out."),
    "SURVEY_004": Message("Parameters are written key=value, separated by spaces."),
    "SURVEY_005": Message(
        "This type of question does not know the parameter «{rejected}». It knows: {accepted}."
    ),
    "SURVEY_006": Message("«reference-geometry» must name a list, a file or a repeat of this form."),
    "SURVEY_007": Message("The parameter «{name}» must be a number.", name="capture-accuracy"),
    "SURVEY_008": Message("The parameter «{name}» must be a number.", name="warning-accuracy"),
    "SURVEY_009": Message(
        "The parameter «{name}» must be «true» or «false».", name="allow-mock-accuracy"
    ),
    **dict.fromkeys(
        (code.name for code in ErrorCode if code.name.startswith("ENTITY_")),
        Message(
            "The sheet «entities» and the column «save_to» do not fit together. This server keeps no entities: "
            "take both out."
        ),
    ),
}  # fmt: skip

SAID_OTHERWISE: Sequence[tuple[str, Message]] = (
    (r"Unknown question type '(?P<type>.+)'", Message("There is no type of question «{type}».")),
    (r"Question or group with no name", Message("This question has no name.")),
    (r"Question with no type", Message("This row has no type.")),
    (r"List name not in choices sheet: (?P<name>\S+)",
     Message("There is no list «{name}» in the sheet «choices».")),
    (r"There should be a choices sheet", Message("There is no sheet «choices», where the lists stand.")),
    (r"Choice names with spaces .* See \[(?P<name>.*)\] in \[(?P<list>.*)\]",
     Message("The choice «{name}» of the list «{list}» has a space: several answers could not be told apart.")),
    (r"named '(?P<name>.+)' has no label or hint", Message("The question «{name}» has no label.")),
    (r"Missing calculation", Message("This row needs a calculation.")),
    (r"Duplicate column header: (?P<name>.+)", Message("There are two columns «{name}». Keep one.")),
    (r"You must have a sheet named 'survey'",
     Message("There is no sheet «survey», where the questions stand.")),
    (r"There should be an external_choices sheet",
     Message("There is no sheet «external_choices», where the lists of «select_one_external» stand.")),
    (r"List name not in external choices sheet: (?P<name>\S+)",
     Message("There is no list «{name}» in the sheet «external_choices».")),
    (r"List name not in columns sheet: (?P<name>\S+)",
     Message("There is no list «{name}» in the sheet «choices».")),
    (r"Repeat loop without list name", Message("«begin loop» needs the name of a list.")),
    (r"There should be choices for this question", Message("This question has no choices.")),
    ((r"File name for '(?P<type>\S+) (?P<name>\S+)' should end with one of the supported file "
      r"extensions: (?P<ends>.+)"),
     Message("The file «{name}» of «{type}» must end in one of: {ends}.")),
    (r"Audits must always be named 'audit",
     Message("A row of the type «audit» has no name: leave the cell empty.")),
    (r"(?P<name>track-changes-reasons) must be set to (?P<value>on-form-edit)",
     Message("The parameter «{name}» must be «{value}».")),
    (r"(?P<name>track-changes|identify-user|randomize) must be set to true or false",
     Message("The parameter «{name}» must be «true» or «false».")),
    (r"Parameter (?P<name>location-priority) must be set to (?P<values>[^:]+):",
     Message("The parameter «{name}» must be one of: {values}.")),
    (r"Parameter (?P<name>\S+) must have an integer value",
     Message("The parameter «{name}» must be a whole number.")),
    (r"Parameter (?P<name>\S+) must be greater than or equal to (?P<least>\S+?)\.?$",
     Message("The parameter «{name}» must not be less than «{least}».")),
    (r"To include location information in the audit, '(?P<one>\S+)', '(?P<two>\S+)', and '(?P<three>\S+)'",
     Message("To note where the form is filled in, the audit needs «{one}», «{two}» and «{three}».")),
    (r"Parameters must include randomize=true to use a seed",
     Message("A «seed» needs «randomize=true» beside it.")),
    (r"seed value must be a number or a reference",
     Message("A «seed» is a number or a reference to a question.")),
    (r"Invalid value for (?P<name>quality)", Message("The parameter «{name}» has a value that is not known.")),
    (r"Parameter '(?P<name>app)' has an invalid Android package name",
     Message("The parameter «{name}» must be the name of an app, like «org.example.camera».")),
    (r"Choice filter not supported with or_other",
     Message("«or_other» cannot be filtered. Write the choice «other» yourself.")),
    (r"Please specify choices for this 'or other' question", Message("This question has no choices.")),
    (r"Choice filter not supported for table-list", Message("A «table-list» cannot be filtered.")),
    (r"Badly formatted table list, list names don't match: (?P<one>\S+) vs\. (?P<two>\S+)",
     Message("The questions of a «table-list» share one list; these use «{one}» and «{two}».")),
    (r"For 'background-geopoint' questions, the 'calculation' column must be empty",
     Message("A «background-geopoint» has no calculation: leave the cell empty.")),
    (r"For 'background-geopoint' questions, the 'trigger' column must not be empty",
     Message("A «background-geopoint» needs a question in the column «trigger».")),
    ((r"The question \$\{(?P<name>[^}]+)\} is not user-visible so it can't be used as a "
      r"calculation trigger for question \$\{(?P<other>[^}]+)\}"),
     Message("«{name}» is not shown to anybody, so that it cannot trigger «{other}».")),
    (r"There is no survey element named '(?P<q>.+?)'", Message("There is no question «{q}» to refer to.")),
    (r"There are multiple survey elements named '(?P<q>.+?)'",
     Message("«{q}» is the name of several questions; a reference needs one. Rename the others.")),
    ((r"The same instance id will be generated for different external instance source URIs.*"
      r"Instance name: '(?P<name>[^']+)'"),
     Message("Two different files would be called «{name}» in the form. Rename one.")),
    (r"Question '(?P<name>[^']+)' is a select from file type, using 'search\(\)'",
     Message("«{name}» takes its choices from a file and uses search(). One of both.")),
    ((r"Question '(?P<name>[^']+)' uses 'search\(\)', and its select type references the choice list "
      r"name '(?P<list>[^']+)'"),
     Message("«{name}» uses the list «{list}» with search(), another question without. Make two lists.")),
    (r"To use big-image, you must also specify an image for the survey element named (?P<name>\S+?)\.$",
     Message("«{name}» has a «big-image» but no «image».")),
    (r"Media type: (?P<name>\S+) not supported", Message("Media of the kind «{name}» are not known.")),
    (r"Cannot omit instanceID, it is required for encryption",
     Message("A form that is encrypted needs its instanceID.")),
    (r"Survey cannot have an empty id_string", Message("The form has no «form_id» in the sheet «settings».")),
)  # fmt: skip


def _pattern(template: str) -> re.Pattern[str]:
    """What pyxform writes from a template, its values as named groups."""
    parts = re.split(
        r"\{(\w+)\}", " ".join(template.split()).replace("{{", "\0").replace("}}", "\1")
    )
    seen: set[str] = set()
    made = ""
    for at, part in enumerate(parts):
        if at % 2 == 0:
            made += re.escape(part.replace("\0", "{").replace("\1", "}"))
        else:
            made += f"(?P={part})" if part in seen else f"(?P<{part}>.+?)"
            seen.add(part)
    return re.compile(made)


_TOLD = Phrases((
    *((_pattern(code.value.msg), SAID[code.name]) for code in ErrorCode if code.name in SAID),
    *SAID_OTHERWISE,
))  # fmt: skip


def explained(text: str) -> Finding:
    """A finding from pyxform's English sentence; what we do not know is quoted."""
    row, sheet, column = _ROW.search(text), _SHEET.search(text), _COLUMN.search(text)
    place = Place(
        sheet[1] if sheet else "survey" if row else "",
        int(row[1]) if row else 0,
        column[1] if column else "",
    )
    if ours := _TOLD.told(" ".join(text.split())):
        return place.error("pyxform", ours)
    said = " ".join(_ROW.sub("", text).split())[:400]
    return place.error("not_converted", quoted(said))


def quoted(said: str) -> Message:
    return Message(
        "The form cannot be converted. The converter says, in English: “{text}”", text=said
    )
