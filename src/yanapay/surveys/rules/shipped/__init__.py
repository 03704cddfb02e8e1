"""The forms that every installation brings: XLSForms built from the data files in ``surveys/data``.

Each ``<form_id>.json`` says what is asked; code lists come from where the directory keeps them, areas
from places. The workbook that is built is an ordinary XLSForm: download it, edit it in any spreadsheet,
upload it under a form_id of your own.
"""

from yanapay.surveys.rules.shipped.building import Shipped, build, origin, shipped, unmapped

__all__ = ["Shipped", "build", "origin", "shipped", "unmapped"]
