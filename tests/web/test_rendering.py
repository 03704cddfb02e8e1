"""`{{ form }}`: label, help and error beside each field, its value kept."""

import pytest
from django import forms
from django.conf import settings
from django.test import RequestFactory

from yanapay.web import gallery
from yanapay.web.gallery import SampleForm

ICONS = (settings.PACKAGE / "web/static/icons.svg").read_text()


def test_an_error_stands_beside_its_field_and_the_value_is_kept() -> None:
    html = str(SampleForm({"tax_id": "2055"}))
    assert 'value="2055"' in html
    assert 'id="id_tax_id_error"' in html
    assert 'href="#id_tax_id"' in html  # and in the summary on top
    assert 'aria-describedby="id_tax_id_error"' in html


def test_every_kind_of_widget_carries_the_class_of_the_style_sheet() -> None:
    html = str(SampleForm())
    assert html.count('class="form-select"') == 1
    assert html.count('class="form-check-input"') == 3  # two radio buttons, one check box
    assert html.count('class="form-control"') == 4


def test_a_class_named_by_the_form_is_added_to_ours() -> None:
    class Own(forms.Form):
        code = forms.CharField(widget=forms.TextInput(attrs={"class": "narrow"}))

    assert 'class="form-control narrow"' in str(Own())


def test_hidden_fields_carry_no_row() -> None:
    class Own(forms.Form):
        version = forms.IntegerField(widget=forms.HiddenInput, initial=3)

    assert str(Own()) == '<input type="hidden" name="version" value="3" id="id_version">'


def test_the_gallery_is_not_shown_in_production(
    monkeypatch: pytest.MonkeyPatch, rf: RequestFactory
) -> None:
    monkeypatch.setattr(settings, "YANAPAY_MODE", "production")
    with pytest.raises(gallery.Http404):
        gallery.show(rf.get("/gallery/"))


def test_every_icon_named_in_a_template_is_in_the_sprite() -> None:
    folder = settings.PACKAGE / "web/templates"
    for path in folder.rglob("*.html"):
        for part in path.read_text().split('{% icon "')[1:]:
            name = part.split('"')[0]
            assert f'id="{name}"' in ICONS, f"{name} in {path.name}"
