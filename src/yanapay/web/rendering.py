"""How forms look: ``{{ form }}`` gives label, help and error beside each field, its value kept."""

from typing import Any

from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest

FORM_CLASSES = {
    "checkbox": "form-check-input",
    "radio": "form-check-input",
    "select": "form-select",
    "hidden": "",
}


class FormRenderer(TemplatesSetting):
    """Django's ``FORM_RENDERER``: our templates, and the style sheet's classes on every widget."""

    form_template_name = "forms/form.html"
    formset_template_name = "forms/formset.html"
    field_template_name = "forms/field.html"

    def render(
        self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None
    ) -> str:
        if widget := context.get("widget"):
            _add_class(widget)
        return super().render(template_name, context, request)


def _add_class(widget: dict[str, Any]) -> None:
    """The class of the widget's kind, in front of those its form names; parts of a widget alike."""
    for part in _parts(widget):
        _add_class(part)
    kind = widget.get("type") or ("select" if "select" in widget["template_name"] else "text")
    if not _parts(widget) and (base := FORM_CLASSES.get(kind, "form-control")):
        own = widget["attrs"].get("class", "")
        widget["attrs"] = {**widget["attrs"], "class": f"{base} {own}".strip()}


def _parts(widget: dict[str, Any]) -> list[dict[str, Any]]:
    """The single inputs of a group of radio buttons or check boxes, or of a compound widget."""
    options = [option for _, group, _ in widget.get("optgroups", ()) for option in group]
    inputs = [option for option in options if "type" in option and option["type"] != "select"]
    return [*inputs, *widget.get("subwidgets", ())]
