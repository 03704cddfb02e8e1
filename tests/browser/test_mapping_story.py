"""The mapping from end to end: a telephone sends an interview, an office reviews it, the world reads it."""

import csv
import io
import json
import re
import zipfile
from random import sample
from urllib.request import Request, urlopen
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect
from tests.browser.people import PHONE, Screens
from tests.browser.pictures import picture

pytestmark = pytest.mark.browser

WORDS = (
    "Killa",
    "Inti",
    "Sami",
    "Chaska",
    "Wayra",
    "Sisa",
    "Urpi",
    "Qori",
    "Mayu",
    "Sumaq",
    "Tika",
)
NAME = f"Hilanderas {' '.join(sample(WORDS, 2))} (ficticia)"
PRIVATE = f"9{uuid4().int % 10**8:08}"
GROUPED = " ".join(PRIVATE[at : at + 3] for at in (0, 3, 6))
SHAWL = """<body style="margin:0"><svg width="480" height="360"><defs>
<pattern id="p" width="60" height="60" patternUnits="userSpaceOnUse">
<rect width="60" height="60" fill="#8c2f39"/>
<path d="M0 30L30 0L60 30L30 60z" fill="#e8a33d"/><path d="M15 30L30 15L45 30L30 45z" fill="#0c3b3b"/></pattern>
</defs><rect width="480" height="360" fill="url(#p)"/></svg>"""
ANSWERS = {
    "consentimiento": {"consent_service": "si", "consent_public": "si"},
    "lugar": {"department": "12", "province": "1201", "district": "120134", "photo": "taller.jpg"},
    "ident": {"ident_01": NAME, "kind": "artesanos", "ident_03": PRIVATE, "ident_04": "17", "ident_05": "3"},
    "auto": {"auto_01": "Hilan y tiñen lana de oveja."},
    "lineas": {"activity_lines": "artesania textil"},
    "soporte": {"need_codes": "acceso_mercado capacitacion_gestion"},
    "cierre": {"cierre_01": "Fortunata Ccasani (ficticia)"},
}  # fmt: skip


def hand_out(elena: Page, base: str) -> str:
    """The office gives Marta's telephone an address of its own, shown once."""
    elena.goto("/forms/devices/")
    if not elena.locator("main select[name=user]").is_visible():
        elena.locator("main details summary").first.click()
    marta = elena.locator("main select[name=user] option", has_text="Marta").get_attribute("value")
    elena.locator("main select[name=user]").select_option(marta)
    elena.locator("main input[name=label]").fill("Teléfono de Marta")
    elena.locator("main form .btn-primary").first.click()
    picture(elena, "dispositivo")
    shown: str = elena.locator("main code").first.inner_text()
    return re.sub(r"^https?://[^/]+", base, shown.strip())


def interview(version: str) -> bytes:
    """What a telephone makes of the answers."""
    groups = "".join(
        f"<{group}>{''.join(f'<{name}>{text}</{name}>' for name, text in asked.items())}</{group}>"
        for group, asked in ANSWERS.items()
    )
    meta = (
        f'<meta xmlns="http://openrosa.org/xforms"><instanceID>uuid:{uuid4()}</instanceID></meta>'
    )
    return f'<data id="ess" version="{version}">{groups}{meta}</data>'.encode()


def photograph(screen: Page) -> bytes:
    """What the telephone's camera saw in the workshop."""
    screen.set_content(SHAWL)
    return screen.screenshot(type="jpeg")


def send(address: str, xml: bytes, photo: bytes) -> int:
    """As ODK Collect does: look, then post the answer with its photo in one body."""
    assert urlopen(Request(f"{address}/submission", method="HEAD")).status == 204
    parts = [
        ("xml_submission_file", "answer.xml", "text/xml", xml),
        ("taller.jpg", "taller.jpg", "image/jpeg", photo),
    ]
    body = b"".join(
        f'--mark\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n'
        f"Content-Type: {kind}\r\n\r\n".encode() + content + b"\r\n"
        for field, name, kind, content in parts
    ) + b"--mark--\r\n"  # fmt: skip
    kind = {"Content-Type": "multipart/form-data; boundary=mark"}
    status: int = urlopen(Request(f"{address}/submission", body, kind)).status
    return status


def offered(address: str) -> str:
    """The version of the interview that the telephone is offered."""
    listed = urlopen(f"{address}/formList").read().decode()
    form = re.search(r"<formID>ess</formID>.*?<version>(\d+)</version>", listed, re.DOTALL)
    assert form, listed
    return form[1]


def look_again(page: Page, path: str) -> None:
    """Rows are derived by the worker a moment after the answer is safe."""
    for _ in range(30):
        page.goto(path)
        if NAME in page.locator("main").inner_text():
            return
        page.wait_for_timeout(1_000)
    pytest.fail(f"{NAME} is not on {path}")


def review(elena: Page) -> None:
    """Current and proposed side by side; everything usable is accepted and shown."""
    look_again(elena, "/proposals/")
    elena.get_by_role("link", name=NAME).click()
    expect(elena.locator(".review")).to_contain_text("17")
    expect(elena.locator(".review-photos img")).to_have_count(1)
    picture(elena, "revision")
    if (new := elena.locator("input[name=is_new]")).count():
        new.check()
    elena.locator("button[name=save]").click()
    expect(elena.locator("main .flash").filter(has_text=NAME).first).to_be_visible()


def read(visitor: Page) -> None:
    """Whoever signs in nowhere finds it, on the map too, and nothing private with it."""
    visitor.goto("/public/")
    visitor.locator("input[name=q]").fill(NAME.removesuffix(" (ficticia)").lower())
    visitor.locator("input[name=q]").press("Enter")
    visitor.get_by_role("link", name=NAME).click()
    expect(visitor.locator("main")).to_contain_text("Hilan y tiñen")
    expect(visitor.locator("body")).not_to_contain_text("Fortunata")
    expect(visitor.locator("body")).not_to_contain_text(GROUPED)
    picture(visitor, "publica")
    visitor.goto("/public/map/")
    expect(visitor.locator("main table")).to_contain_text("Junín")


def downloads(base: str) -> None:
    """The open data hold it, each in its format, without what is private."""

    def got(name: str) -> bytes:
        content: bytes = urlopen(f"{base}/public/data/{name}").read()
        assert b"Fortunata" not in content
        assert PRIVATE.encode() not in content.replace(b" ", b"")
        return content

    rows = csv.DictReader(io.StringIO(got("organisations.csv").decode("utf-8-sig")))
    assert NAME in {row["name"] for row in rows}
    features = json.loads(got("organisations.geojson"))["features"]
    assert NAME in {feature["properties"]["name"] for feature in features}
    with zipfile.ZipFile(io.BytesIO(got("mykomap.zip"))) as archive:
        assert NAME in archive.read("standard.csv").decode()


def test_from_an_interview_in_the_field_to_the_public_map(screens: Screens) -> None:
    elena = screens.of("elena")
    address = hand_out(elena, screens.base)
    xml = interview(offered(address))
    photo = photograph(screens.new(viewport={"width": 480, "height": 360}))
    assert send(address, xml, photo) == 201
    assert send(address, xml, photo) == 202

    marta = screens.of("marta", viewport=PHONE)
    look_again(marta, "/answers/")

    review(elena)
    read(screens.new())
    downloads(screens.base)
