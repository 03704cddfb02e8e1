"""What people came for, from the first click to the last, in a real browser."""

import re
from pathlib import Path

import pytest
import xlsxwriter
from playwright.sync_api import Page, expect
from tests.browser.people import PHONE, Screens
from tests.browser.served import PASSWORD
from tests.browser.shoot import sign_in

pytestmark = pytest.mark.browser


def search(page: Page, words: str) -> None:
    page.goto("/")
    page.get_by_role("searchbox").fill(words)
    page.get_by_role("searchbox").press("Enter")


def press(page: Page, name: str) -> None:
    page.locator("main").get_by_role("button", name=name).first.click()


def follow(page: Page, name: str) -> None:
    page.locator("main").get_by_role("link", name=name).first.click()


def open_record(page: Page, name: str) -> None:
    search(page, name)
    follow(page, name)
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_ana_writes_new_figures_and_reads_the_size_with_its_reason(
    screens: Screens, script: bool
) -> None:
    page = screens.new(java_script_enabled=script, viewport=PHONE)
    sign_in(page, screens.base, "ana", PASSWORD)
    search(page, "lacteos")
    name = "Lácteos Kusi 11" if script else "Lácteos Qori 11"
    follow(page, name)
    follow(page, "Nuevas cifras")
    page.get_by_label("A qué fecha").fill("2025-06-30")
    page.get_by_label("Mujeres con beneficios").fill("14")
    page.get_by_label("Hombres con beneficios").fill("6")
    page.get_by_label("Ventas anuales").fill("1 250 000")
    press(page, "Guardar")

    main = page.locator("main")
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    expect(main).to_contain_text("S/ 1,250,000.00: pequeña")
    expect(main).to_contain_text("UIT de 2025")
    expect(main.get_by_role("img").filter(has_text="2025").first).to_be_visible()


def test_the_second_editor_keeps_what_was_typed_and_sees_the_difference(screens: Screens) -> None:
    ana, beto = screens.of("ana"), screens.of("beto")
    for page in (ana, beto):
        open_record(page, "Lácteos Mishky 11")
        follow(page, "Editar")
    ana.get_by_label("Teléfono público").fill("064 200100")
    press(ana, "Guardar")
    expect(ana.get_by_role("heading", level=1)).to_have_text("Lácteos Mishky 11")

    beto.get_by_label("Teléfono público").fill("064 999888")
    press(beto, "Guardar")
    alert = beto.get_by_role("alert")
    expect(alert).to_contain_text("Otra persona guardó este registro")
    expect(alert).to_contain_text("064200100")
    expect(beto.get_by_label("Teléfono público")).to_have_value("064 999888")
    press(beto, "Guardar")
    expect(beto.locator("main")).to_contain_text("064 999 888")


def spreadsheet(path: Path) -> Path:
    """A client list as centres keep them: words of their own, good rows and bad ones."""
    rows = [
        ("Código", "Razón social", "Celular", "Ubigeo", "Trabajadores", "Ventas", "Fecha", "Ferias"),
        ("A-1", "Quesos Apu Huaytapallana", "964 100 200", "120101", 4, "18 500,50", "2026-02-01", "3"),
        ("A-2", "Tejidos Ñandutí del Centro", "964 100 201", "120114", 2, "9600", "2026-02-01", "1"),
        ("A-3", "Panes sin Lugar", "964 100 202", "999999", 2, "9600", "2026-02-01", "1"),
        ("A-4", "Menos que Nadie", "964 100 203", "120101", -3, "9600", "2026-02-01", "1"),
    ]  # fmt: skip
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Clientes")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return path


def test_a_spreadsheet_goes_in_and_its_wrong_rows_come_out_with_reasons(
    screens: Screens, tmp_path: Path
) -> None:
    page = screens.of("ana")
    page.goto("/imports/new/")
    page.get_by_label("Hoja de cálculo").set_input_files(spreadsheet(tmp_path / "clientes.xlsx"))
    press(page, "Leer el archivo")
    expect(page.get_by_label("Razón social")).to_have_value("name")
    press(page, "Revisar las filas")

    rejected = page.locator("#rejects")
    expect(rejected).to_contain_text("999999")
    expect(rejected).to_contain_text("-3")
    with page.expect_download() as download:
        rejected.get_by_role("link", name="Descargar").click()
    assert download.value.suggested_filename.endswith(".xlsx")

    press(page, "Cargar las filas correctas")
    done = page.get_by_text("El archivo ya está en el directorio.")
    expect(done).to_be_visible(timeout=60_000)
    open_record(page, "Quesos Apu Huaytapallana")
    expect(page.locator("main")).to_contain_text("S/ 18,500.50")


def register(page: Page, name: str) -> None:
    page.goto("/directory/new/")
    page.get_by_label("Nombre", exact=True).fill(name)
    page.get_by_label("Tipo").select_option("empresa")
    page.get_by_label("Lugar").fill("120101")
    page.get_by_label("Teléfono privado").fill("964 555 777")
    press(page, "Guardar")


def test_a_likely_duplicate_is_shown_before_it_is_saved(screens: Screens) -> None:
    page = screens.of("beto")
    register(page, "Molinos Wallpa Wasi")
    expect(page.get_by_role("heading", level=1)).to_have_text("Molinos Wallpa Wasi")
    register(page, "Molino Wallpa Wasi")
    expect(page.get_by_role("alert")).to_contain_text("Molinos Wallpa Wasi")
    expect(page.get_by_label("Nombre", exact=True)).to_have_value("Molino Wallpa Wasi")
    press(page, "Guardar como organización nueva")
    expect(page.get_by_role("heading", level=1)).to_have_text("Molino Wallpa Wasi")


def test_two_records_become_one_and_two_again(screens: Screens) -> None:
    """The two of the story before, which nobody heeded."""
    page = screens.of("beto")
    found = page.locator(".results").first.get_by_role("listitem")
    page.goto("/duplicates/")
    press(page, "Buscar duplicados")
    expect(page.get_by_text("Pares por revisar")).to_be_visible(timeout=90_000)
    page.goto("/duplicates/")
    page.get_by_role("row", name=re.compile("Wallpa.*Wallpa")).get_by_role("link").last.click()
    follow(page, "Son la misma: unir")
    press(page, "Unir")
    expect(page.get_by_role("status").first).to_contain_text("Se unió a")
    search(page, "Wallpa Wasi")
    expect(found).to_have_count(1)
    page.goto("/duplicates/merges/")
    press(page, "Deshacer")
    expect(page.get_by_role("status").first).to_be_visible()
    search(page, "Wallpa Wasi")
    expect(found).to_have_count(2)


def test_another_centre_sees_that_it_exists_asks_and_may_open_it(screens: Screens) -> None:
    carla, beto, name = screens.of("carla"), screens.of("beto"), "Lácteos La Colmena 9"
    search(carla, name)
    elsewhere = carla.get_by_role("listitem").filter(has_text=name)
    expect(elsewhere.get_by_role("link", name=name)).to_have_count(0)
    elsewhere.get_by_role("link", name="Solicitar acceso").click()
    carla.get_by_label("¿Para qué necesita el expediente?").fill("La cooperativa la visita en mayo")
    press(carla, "Enviar")

    beto.goto("/sharing/")
    asked = beto.locator("section").filter(has_text="La cooperativa la visita en mayo")
    asked.get_by_role("button", name="Compartir el expediente").click()
    expect(asked).to_have_count(0)
    open_record(carla, name)
    expect(carla.get_by_role("link", name="Nuevas cifras")).to_have_count(0)


def test_rosa_reads_her_data_asks_a_correction_and_takes_them_along(screens: Screens) -> None:
    rosa, beto = screens.of("rosa"), screens.of("beto")
    rosa.goto("/mine/")
    with rosa.expect_download() as download:
        follow(rosa, "Descargar")
    assert "phone" in download.value.path().read_text(encoding="utf-8")
    follow(rosa, "Algo está mal")
    rosa.get_by_label("¿Qué está mal").fill("Mi apellido lleva tilde")
    press(rosa, "Enviar")

    beto.goto("/privacy/")
    beto.get_by_role("link", name=re.compile("Mi apellido lleva tilde")).click()
    beto.get_by_label("Respuesta").fill("Corregido, gracias")
    press(beto, "Ya está hecho")
    rosa.goto("/mine/")
    expect(rosa.locator("main")).to_contain_text("Corregido, gracias")


def test_the_keyboard_is_enough(screens: Screens) -> None:
    page = screens.new()
    page.goto("/accounts/login/")
    page.locator("[name=login]").focus()
    page.keyboard.type("lucia")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Mi trabajo de hoy")
    page.wait_for_load_state()  # the shortcut is an enhancement: it comes with the deferred script
    page.keyboard.press("/")
    expect(page.locator("[data-search]")).to_be_focused()
    page.keyboard.type("lacteos wayra")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("lacteos wayra")
    for _ in range(40):
        page.keyboard.press("Tab")
        if "Lácteos Wayra" in page.evaluate("document.activeElement.innerText"):
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Lácteos Wayra 11")


def test_the_same_in_english(screens: Screens) -> None:
    page = screens.of("elena")
    page.goto("/")
    page.get_by_role("button", name=re.compile("^(EN|English)", re.IGNORECASE)).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("My work today")
    page.goto("/directory/")
    expect(page.locator("main")).to_contain_text(re.compile(r"\d+ organisations"))
    page.get_by_role("button", name=re.compile("^(ES|Español)", re.IGNORECASE)).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Directorio")


def test_diego_takes_a_colleague_in_and_hands_the_clients_of_ana_over(screens: Screens) -> None:
    """Last of all: afterwards Ana does not sign in any more."""
    page = screens.of("diego")
    page.goto("/users/new/")
    page.get_by_label("Nombre completo").fill("Nélida Ccori Ñahui")
    page.get_by_label("Usuario", exact=True).fill("nelida")
    page.get_by_label("Rol").select_option(label="Promotor(a)")
    page.get_by_label("Centro").select_option(label="CAT Huancayo (ficticio)")
    press(page, "Crear")
    expect(page.locator("main")).to_contain_text("Nélida Ccori Ñahui")

    page.goto("/users/")
    follow(page, "Ana Huamán Quispe")
    follow(page, "Se retira del centro")
    page.get_by_label("Colega que recibe el trabajo").select_option(label="Nélida Ccori Ñahui")
    press(page, "Traspasar y cerrar la cuenta")
    gone = screens.new()
    sign_in(gone, screens.base, "ana", PASSWORD)
    expect(gone.locator("form:has([name=login])")).to_be_visible()
    beto = screens.of("beto")
    open_record(beto, "Panificadora La Artesa")
    expect(beto.locator("main")).to_contain_text("Nélida Ccori Ñahui")
