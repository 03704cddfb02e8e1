"""A workbook becomes a form: read, checked and converted in a child process, validated where Java is.

examine(content) -> Examined      findings with sheet, row and column; the XForm when there is no error
"""

from yanapay.surveys.rules.xlsform.examining import Job, examine, examine_all
from yanapay.surveys.rules.xlsform.findings import Examined, Finding, UnusableForm, finding

__all__ = ["Examined", "Finding", "Job", "UnusableForm", "examine", "examine_all", "finding"]
