"""Forms in the browser where there is no line: nothing is lost, nothing goes out in a wrong name."""

import json
import re
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Locator, Page, Route, expect
from tests.browser.axe import violations
from tests.browser.people import LAPTOP, PHONE, Screens
from tests.browser.served import PASSWORD
from tests.browser.shoot import sign_in

pytestmark = pytest.mark.browser

WORDS = Path(__file__).parents[2] / "frontend/src/fill/words.es.json"
PHOTO = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c4944415408d763f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)
DRAFTED = 2_000  # milliseconds, by when the last touch is on the device


def named(words: str) -> str:
    """A name of this run, for a server that has seen others."""
    return f"{words} {uuid4().hex[:6]}"


def visit(screens: Screens, person: str = "marta") -> Page:
    """A form opened once with a line, until the page says that it may do without one."""
    page = screens.of(person, viewport=PHONE)
    page.context.on(
        "request", lambda request: note(screens, request.url)
    )  # those of the worker too
    page.goto("/fill/ess/")
    expect(page.locator("[data-kept]")).to_be_visible(timeout=60_000)
    expect(page.locator("#form .odk-form")).to_be_visible()
    return page


def note(screens: Screens, url: str) -> None:
    if not url.startswith((screens.base, "data:", "blob:")):
        screens.strangers.append(url)


def reopened(page: Page) -> Page:
    """The same person on the same device, after the page was closed."""
    context = page.context
    page.close()
    page = context.new_page()
    page.goto("/fill/")
    return page


def question(page: Page, words: str) -> Locator:
    return page.locator(".question-container").filter(has_text=words)


def tell(page: Page, name: str) -> None:
    """The least that the interview asks, and a place from lists that came as files."""
    question(page, "¿Acepta que el centro").get_by_text("Sí", exact=True).click()
    question(page, "en el directorio público").get_by_text("Sí", exact=True).click()
    pick(page, "Departamento o región", "Junín")
    pick(page, "Provincia", "Huancayo")
    page.get_by_label("Nombre", exact=True).fill(name)
    pick(page, "¿Qué clase de organización es?", "Organización de artesanos")


def pick(page: Page, words: str, option: str) -> None:
    question(page, words).get_by_role("combobox").click()
    page.get_by_role("option", name=option, exact=True).click()
    expect(page.locator(".p-select-overlay")).to_have_count(0)


def finish(page: Page) -> None:
    page.get_by_role("button", name="Guardar y enviar").click()
    expect(page.locator("[data-stage=done]")).to_be_visible()


def waiting(page: Page, name: str) -> Locator:
    return page.locator("#device li").filter(has_text=name)


def shows(line: Locator, state: str) -> None:
    expect(line.locator(f".state[data-when={state}]")).to_be_visible()


def take_over(screens: Screens, page: Page, person: str) -> None:
    sign_in(page, screens.base, person, PASSWORD)
    expect(page).not_to_have_url(re.compile("login"))
    page.goto("/fill/")


def appears(page: Page, path: str, words: str) -> None:
    """What the worker of the site does with an answer takes it a moment."""
    for _ in range(30):
        page.goto(path)
        if page.locator("main").get_by_text(words).count():
            return
        page.wait_for_timeout(1000)
    raise AssertionError(f"{words} is not at {path}")


def test_an_interview_without_a_line_survives_the_browser_and_arrives(screens: Screens) -> None:
    name = named("Tejedoras de Sicaya")
    page = visit(screens)
    page.context.set_offline(True)
    page.goto("/fill/ess/")
    tell(page, name)
    question(page, "Fotografía del local").locator("input[type=file]").last.set_input_files(
        {"name": "local.png", "mimeType": "image/png", "buffer": PHOTO}
    )
    expect(page.locator("[data-saved]")).to_be_visible()
    page.wait_for_timeout(DRAFTED)

    page = reopened(page)  # in the middle of the interview
    draft = waiting(page, name)
    shows(draft, "draft")
    draft.locator("[data-continue]").click()
    expect(page.get_by_label("Nombre", exact=True)).to_have_value(name)
    expect(page.locator(".preview-captured-image img")).to_be_visible()
    finish(page)
    shows(waiting(page, name), "waiting")

    page = reopened(page)
    shows(waiting(page, name), "waiting")
    page.context.set_offline(False)
    shows(waiting(page, name), "sent")
    page.reload()
    expect(page.locator("a[href*='/edit/']").filter(has_text=name)).to_have_count(1)


def test_what_was_told_without_a_line_is_in_the_directory_review(screens: Screens) -> None:
    name = named("Mieles de Chupaca")
    page = visit(screens)
    page.context.set_offline(True)
    tell(page, name)
    finish(page)
    page.context.set_offline(False)
    shows(waiting(page, name), "sent")
    elena = screens.of("elena")
    appears(elena, "/answers/", name)
    appears(elena, "/proposals/?page=999", name)  # the last page: oldest first


def test_a_correction_replaces_the_answer(screens: Screens) -> None:
    name = named("Panes de Jauja")
    page = visit(screens)
    tell(page, name)
    finish(page)
    shows(waiting(page, name), "sent")
    page.goto("/fill/")
    page.locator("a[href*='/edit/']").filter(has_text=name).click()
    field = page.get_by_label("Nombre", exact=True)
    expect(field).to_have_value(name)
    field.fill(f"{name} SAC")
    finish(page)
    shows(waiting(page, f"{name} SAC"), "sent")
    page.goto("/fill/")
    expect(page.locator("a[href*='/edit/']").filter(has_text=name)).to_have_count(1)


def test_on_a_shared_tablet_an_answer_waits_for_its_owner(screens: Screens) -> None:
    name = named("Quesos de Concepción")
    page = visit(screens)
    page.context.set_offline(True)
    tell(page, name)
    finish(page)
    page.context.set_offline(False)
    page.context.clear_cookies()
    page.goto("/fill/")
    expect(page.locator("[data-when=signed-out]")).to_be_visible()
    shows(waiting(page, name), "waiting")

    take_over(screens, page, "ana")
    expect(page.locator("#device")).to_have_attribute("data-name", re.compile("Ana"))
    others = waiting(page, "Marta Soto Ccama")
    shows(others, "waiting")
    expect(page.locator("#device")).not_to_contain_text(name)
    expect(others.locator("[data-do=drop], [data-do=save], [data-continue]")).to_have_count(3)
    expect(others.locator("[data-do=drop]:visible, [data-do=save]:visible")).to_have_count(0)

    page.context.clear_cookies()
    take_over(screens, page, "marta")
    shows(waiting(page, name), "sent")


def test_a_refused_answer_says_why_and_can_be_carried_to_the_office(
    screens: Screens, tmp_path: Path
) -> None:
    name = named("Lanas de Huancán")
    page = visit(screens)
    sentence = "Este formulario está cerrado y ya no recibe respuestas."

    def refuse(route: Route) -> None:
        route.fulfill(
            status=409, content_type="application/json", body=json.dumps({"message": sentence})
        )

    page.context.route("**/fill/ess/submission*", refuse)
    tell(page, name)
    finish(page)
    line = waiting(page, name)
    shows(line, "refused")
    expect(line).to_contain_text(sentence)
    with page.expect_download() as saved:
        line.locator("[data-do=save]").click()
    file = tmp_path / saved.value.suggested_filename
    saved.value.save_as(file)
    page.once("dialog", lambda dialog: dialog.accept())
    line.locator("[data-do=drop]").click()
    expect(line).to_have_count(0)
    page.context.unroute("**/fill/ess/submission*", refuse)

    other = screens.of("elena")
    other.goto("/fill/")
    other.once("dialog", lambda dialog: dialog.accept())
    other.locator("#device input[type=file]").set_input_files(file)
    shows(waiting(other, name), "sent")


@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_the_form_is_for_everybody_and_speaks_spanish(
    screens: Screens, size: dict[str, int]
) -> None:
    page = screens.of("marta", viewport=size)
    page.goto("/fill/")
    found = violations(page)
    page.goto("/fill/ess/?interview=7")
    tell(page, "Cooperativa de Muquiyauyo")
    expect(page.get_by_label("Clave de la entrevista")).to_have_value("7")
    found += violations(page)
    assert not found, "\n".join(found)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    seen = page.locator("#form").inner_text()
    english = [
        word
        for word in json.loads(WORDS.read_text())
        if re.search(rf"\b{re.escape(word.strip())}\b", seen)
    ]
    assert english == []


def test_an_open_list_is_for_everybody_and_its_last_choice_is_reached_by_keys(
    screens: Screens,
) -> None:
    page = screens.of("marta", viewport=PHONE)
    page.goto("/fill/ess/")
    question(page, "¿Acepta que el centro").get_by_text("Sí", exact=True).click()
    box = question(page, "Departamento o región").get_by_role("combobox")
    box.click()
    expect(page.get_by_role("listbox")).to_be_visible()
    found = violations(page)
    assert not found, "\n".join(found)
    page.keyboard.press("End")
    last = page.get_by_role("option").last
    expect(last).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(box).to_contain_text("Ucayali")


def test_the_day_of_the_interview_is_filled_in(screens: Screens) -> None:
    page = screens.of("marta", viewport=PHONE)
    page.goto("/fill/ess/")
    question(page, "¿Acepta que el centro").get_by_text("Sí", exact=True).click()
    _shows_today(page)


def test_a_draft_begun_before_the_agreement_gets_the_day_of_the_interview_with_it(
    screens: Screens,
) -> None:
    page = screens.of("marta", viewport=PHONE)
    page.goto("/fill/ess/")
    question(page, "¿Acepta que el centro").get_by_text("No", exact=True).click()
    expect(page.locator("[data-saved]")).to_be_visible()
    page.wait_for_timeout(DRAFTED)
    page.goto("/fill/")
    page.locator("#device [data-continue]").first.click()
    question(page, "¿Acepta que el centro").get_by_text("Sí", exact=True).click()
    _shows_today(page)


def _shows_today(page: Page) -> None:
    today = page.evaluate("new Date().toLocaleDateString('es-PE', {dateStyle: 'short'})")
    shown = page.locator(".question-container").filter(has_text="Fecha").locator("input").first
    day, month, year = today.split("/")
    expect(shown).to_have_value(f"{day:0>2}/{month:0>2}/20{year[-2:]}")


LARGE = """async () => {
  const canvas = Object.assign(document.createElement("canvas"), { width: 4000, height: 3000 });
  const pen = canvas.getContext("2d");
  pen.fillStyle = "red"; pen.fillRect(0, 0, 2000, 3000);
  pen.fillStyle = "blue"; pen.fillRect(2000, 0, 2000, 3000);
  const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 1));
  return [...new Uint8Array(await blob.arrayBuffer())];
}"""
SEEN = """async (img) => {
  await img.decode();
  const canvas = Object.assign(document.createElement("canvas"), { width: 9, height: 9 });
  const pen = canvas.getContext("2d");
  pen.drawImage(img, 0, 0, 9, 9);
  const colour = (x, y) => pen.getImageData(x, y, 1, 1).data[0] > 127 ? "red" : "blue";
  return { sides: [img.naturalWidth, img.naturalHeight], top: colour(4, 1), bottom: colour(4, 7) };
}"""
KEPT = """() => new Promise((done) => {
  indexedDB.open("yanapay-fill").onsuccess = ({ target }) => {
    const all = target.result.transaction("answers").objectStore("answers").getAll();
    all.onsuccess = () => done(all.result.flatMap((one) => one.files.slice(1))
      .map(({ size, type }) => ({ size, type })));
  };
})"""
ON_ITS_SIDE = bytes.fromhex(
    "ffe100224578696600004d4d002a00000008000101120003000000010006000000000000"
)  # fmt: skip
"""What a telephone held upright writes: the picture is to be turned by 90 degrees."""


def test_a_large_photo_is_made_smaller_and_stays_upright(screens: Screens) -> None:
    page = screens.of("marta", viewport=PHONE)
    page.goto("/fill/ess/")
    question(page, "¿Acepta que el centro").get_by_text("Sí", exact=True).click()
    plain = bytes(page.evaluate(LARGE))
    photo = plain[:2] + ON_ITS_SIDE + plain[2:]
    question(page, "Fotografía del local").locator("input[type=file]").last.set_input_files(
        {"name": "local.jpg", "mimeType": "image/jpeg", "buffer": photo}
    )
    shown = page.locator(".preview-captured-image img")
    expect(shown).to_be_visible(timeout=30_000)
    assert shown.evaluate(SEEN) == {"sides": [1536, 2048], "top": "red", "bottom": "blue"}
    page.wait_for_timeout(DRAFTED)
    (kept,) = page.evaluate(KEPT)
    assert kept["size"] < len(photo) / 2
    assert kept["type"] == "image/jpeg", "the office shows pictures; other files are downloads"


def test_without_script_the_page_says_so(screens: Screens) -> None:
    page = screens.of("marta", java_script_enabled=False)
    page.goto("/fill/ess/")
    expect(page.locator("noscript .flash")).to_contain_text("JavaScript")
