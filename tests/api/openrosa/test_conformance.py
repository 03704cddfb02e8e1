"""The contract of OpenRosa as ODK Collect enforces it, proved over HTTP against ``yanapay serve``."""

import base64
import hashlib
import json
import time
import uuid
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import pytest
from tests.api.openrosa.site import PASSWORD, TOWNS, Heard, Site, multipart
from tests.factories.surveys import answer as written

pytestmark = pytest.mark.slow
LIST = "{http://openrosa.org/xforms/xformsList}"
MANIFEST = "{http://openrosa.org/xforms/xformsManifest}"
RESPONSE = "{http://openrosa.org/http/response}"
HTTPS = {"X-Forwarded-Proto": "https"}
JPEG = b"\xff\xd8\xff" + b"photo" * 2000


def new_id() -> str:
    return f"uuid:{uuid.uuid4()}"


def answer(body: str = "", instance: str = "", **more: str) -> bytes:
    return written(f"<name>Los Andes</name>{body}", instance=instance or new_id(), **more)


def field(row: Element, name: str) -> str:
    (found,) = row.findall(f"{LIST}{name}")
    return found.text or ""


def forms(heard: Heard) -> dict[tuple[str, str], Element]:
    return {(field(f, "formID"), field(f, "version")): f for f in heard.xml.findall(f"{LIST}xform")}


def stored(site: Site, instance: str) -> list[dict[str, object]]:
    return [one for one in site.answers("feria") if one["instanceID"] == instance]


ADDRESSES = [
    ("GET", "/formList"), ("GET", "/formList/"), ("HEAD", "/formList"), ("HEAD", "/submission"),
    ("GET", "/submission"), ("POST", "/submission"), ("PUT", "/submission"), ("GET", "/forms/feria/1.xml"),
    ("GET", "/forms/feria/manifest"), ("GET", "/forms/feria/1/media/no.csv"), ("GET", "/"), ("GET", ""),
    ("GET", "/forms/never/1.xml"), ("GET", "/formlist"), ("DELETE", "/formList"), ("GET", "/admin/login"),
]  # fmt: skip


@pytest.mark.parametrize("base", ["phone", "/odk", "/odk/t/yan_wrong"])
@pytest.mark.parametrize(("method", "path"), ADDRESSES)
def test_every_answer_bears_the_headers_and_is_for_programs(
    site: Site, phone: str, base: str, method: str, path: str
) -> None:
    heard = site.ask(method, f"{phone if base == 'phone' else base}{path}")
    assert heard.headers["x-openrosa-version"] == "1.0"
    assert heard.headers["x-openrosa-accept-content-length"] == "10000000"
    assert heard.headers["date"]
    assert heard.headers["content-language"] == "es"
    assert not heard.headers.keys() & {"set-cookie", "location"}
    assert "html" not in heard.headers.get("content-type", "")
    assert heard.status in {200, 204, 400, 403, 404, 405}


def test_another_host_gets_no_page_either(site: Site, phone: str) -> None:
    heard = site.ask("GET", f"{phone}/formList", headers={"Host": "evil.example"})
    assert (heard.status, heard.headers["content-type"]) == (400, "text/xml; charset=utf-8")


def test_the_list_names_each_form_once_with_the_digest_of_its_bytes(site: Site, phone: str) -> None:
    heard = site.ask("GET", f"{phone}/formList?deviceID=collect%3Aabc")
    form = forms(heard)["feria", "1"]
    assert heard.headers["content-type"] == "text/xml; charset=utf-8"
    assert "no-store" in heard.headers["cache-control"]
    assert (field(form, "name"), form.find(f"{LIST}descriptionText")) == ("Feria", None)
    address = field(form, "downloadUrl")
    assert address.startswith(f"https://127.0.0.1:{site.port}/odk/t/")
    fetched = site.ask("GET", urlsplit(address).path + "?deviceID=x")
    assert field(form, "hash") == f"md5:{hashlib.md5(fetched.body).hexdigest()}"
    assert "text/xml" in fetched.headers["content-type"]


def test_the_list_is_filtered_and_tells_more_on_request(site: Site, phone: str) -> None:
    assert forms(site.ask("GET", f"{phone}/formList?formID=never")) == {}
    (form,) = forms(site.ask("GET", f"{phone}/formList?formID=feria&verbose=true")).values()
    assert field(form, "descriptionText")


def test_the_manifest_lists_files_by_the_digest_of_their_bytes(site: Site, phone: str) -> None:
    form = forms(site.ask("GET", f"{phone}/formList"))["feria", "1"]
    heard = site.ask("GET", urlsplit(field(form, "manifestUrl")).path)
    (file,) = heard.xml.findall(f"{MANIFEST}mediaFile")
    name, digest, address = (
        file.findtext(f"{MANIFEST}{n}", "") for n in ("filename", "hash", "downloadUrl")
    )
    fetched = site.ask("GET", urlsplit(address).path)
    assert (name, fetched.body) == ("towns.csv", TOWNS.encode())
    assert digest == f"md5:{hashlib.md5(fetched.body).hexdigest()}"


def test_before_an_answer_comes_the_server_says_that_it_takes_some(site: Site, phone: str) -> None:
    heard = site.ask("HEAD", f"{phone}/submission?deviceID=x")
    assert (heard.status, heard.body) == (204, b"")


def test_a_new_answer_then_the_same_again_then_another_under_its_name(
    site: Site, phone: str
) -> None:
    instance = new_id()
    xml = answer("<place><photo>a.jpg</photo></place>", instance)
    first, again = (site.send(phone, xml, {"a.jpg": JPEG}) for _ in range(2))
    assert (first.status, again.status) == (201, 202)
    message = first.xml.find(f"{RESPONSE}message")
    assert message is not None
    assert (message.get("nature"), bool(message.text)) == ("submit_success", True)
    assert site.send(phone, answer("<needs>credit</needs>", instance)).status == 409
    (kept,) = stored(site, instance)
    assert kept["xml"] == xml.decode()
    sha256 = hashlib.sha256(JPEG).hexdigest()
    assert kept["attachments"] == [{"name": "a.jpg", "size": len(JPEG), "sha256": sha256}]
    assert (kept["user"], kept["device"], kept["state"]) == ("maria", "Moto de María", "received")


def test_an_answer_in_parts_grows_and_its_files_do_not_change(site: Site, phone: str) -> None:
    instance = new_id()
    xml = answer(
        "<worker><portrait>1.jpg</portrait></worker><worker><portrait>2.jpg</portrait></worker>",
        instance,
    )
    assert site.send(phone, xml, {"1.jpg": b"one"}, incomplete=True).status == 201
    assert site.send(phone, xml, {"2.jpg": b"two"}).status == 201
    assert site.send(phone, xml, {"2.jpg": b"two"}).status == 202
    assert site.send(phone, xml, {"1.jpg": b"changed"}).status == 409
    assert site.send(phone, xml, {"3.jpg": b"not mentioned", "audit.csv": b"log"}).status == 201
    (kept,) = stored(site, instance)
    assert {one["name"] for one in kept["attachments"]} == {"1.jpg", "2.jpg", "audit.csv"}  # type: ignore[attr-defined,index]


def test_a_correction_replaces_and_a_second_one_is_refused(site: Site, phone: str) -> None:
    first, second = new_id(), new_id()
    site.send(phone, answer(instance=first))
    assert site.send(phone, answer(deprecated=new_id())).status == 404
    assert site.send(phone, answer("<needs>credit</needs>", second, deprecated=first)).status == 201
    assert site.send(phone, answer("<needs>training</needs>", deprecated=first)).status == 409
    found = {one["instanceID"]: one["current"] for one in site.answers("feria")}
    assert (found[first], found[second]) == (False, True)


def test_what_is_no_answer_is_refused_and_says_why(site: Site, phone: str) -> None:
    bomb = b'<!DOCTYPE d [<!ENTITY a "aa"><!ENTITY b "&a;&a;&a;">]><data id="feria" version="1">&b;</data>'
    foreign = b'<!DOCTYPE d [<!ENTITY f SYSTEM "file:///etc/passwd">]><data id="feria">&f;</data>'
    wrong = {
        b"<data": 400, b"": 400, bomb: 400, foreign: 400,
        b'<data id="feria" version="1"><meta/></data>': 400,
        answer(number="99"): 404, answer(form="never"): 404,
        answer().replace(b"<data ", b'<data encrypted="yes" '): 400,
    }  # fmt: skip
    for xml, status in wrong.items():
        heard = site.send(phone, xml)
        assert (heard.status, bool(heard.sentence)) == (status, True), xml


def test_a_body_that_is_no_upload_is_refused(site: Site, phone: str) -> None:
    kinds = (
        "",
        "text/xml",
        "multipart/form-data",
        "multipart/form-data; boundary=x",
        "application/json",
    )
    for kind in kinds:
        heard = site.ask("POST", f"{phone}/submission", answer(), {"Content-Type": kind})
        assert (heard.status, bool(heard.sentence)) == (400, True), kind


def test_chunks_without_a_length_arrive_whole(site: Site, phone: str) -> None:
    instance = new_id()
    xml = answer("<place><photo>a.jpg</photo></place>", instance)
    assert site.send(phone, xml, {"a.jpg": JPEG}, chunked=True).status == 201
    assert site.send(phone, xml, {"a.jpg": JPEG}, chunked=True).status == 202
    assert len(stored(site, instance)) == 1


@pytest.mark.parametrize("chunked", [False, True])
def test_too_large_says_so(site: Site, phone: str, chunked: bool) -> None:
    xml = answer("<place><photo>a.jpg</photo></place>")
    heard = site.send(phone, xml, {"a.jpg": bytes(11_000_000)}, chunked=chunked)
    assert (heard.status, "10 MB" in heard.sentence) == (413, True)


def test_a_hundred_and_one_files_come_with_one_answer(site: Site, phone: str) -> None:
    instance = new_id()
    portraits = "".join(f"<worker><portrait>{n}.jpg</portrait></worker>" for n in range(101))
    files = {f"{n}.jpg": f"photo {n}".encode() for n in range(101)}
    assert site.send(phone, answer(portraits, instance), files).status == 201
    (kept,) = stored(site, instance)
    assert len(kept["attachments"]) == 101  # type: ignore[arg-type]


def test_names_of_files_with_folders_accents_and_dots(site: Site, phone: str) -> None:
    instance = new_id()
    xml = answer("<place><photo>ni\u00f1a.jpg</photo></place>", instance)
    assert (
        site.send(phone, xml, {"../../etc/nin\u0303a.jpg": b"N", "..": b"", "a\\b.jpg": b""}).status
        == 201
    )
    (kept,) = stored(site, instance)
    assert [one["name"] for one in kept["attachments"]] == ["ni\u00f1a.jpg"]  # type: ignore[attr-defined]


def test_the_same_answer_twenty_times_at_once_is_kept_once(site: Site, phone: str) -> None:
    instance = new_id()
    xml = answer("<place><photo>a.jpg</photo></place>", instance)
    with ThreadPoolExecutor(20) as pool:
        heard = list(pool.map(lambda _: site.send(phone, xml, {"a.jpg": JPEG}).status, range(20)))
    assert sorted(heard) == [201] + [202] * 19
    (kept,) = stored(site, instance)
    assert len(kept["attachments"]) == 1  # type: ignore[arg-type]


def test_closing_takes_answers_but_is_not_offered_and_closed_takes_none(
    site: Site, phone: str
) -> None:
    site.upload("cierra", "1")
    early = answer(form="cierra")
    assert site.send(phone, early).status == 201
    for state, status in {"closing": 201, "closed": 409}.items():
        site.yanapay("forms", "state", "cierra", state)
        assert ("cierra", "1") not in forms(site.ask("GET", f"{phone}/formList"))
        assert site.send(phone, answer(form="cierra")).status == status
    assert site.send(phone, early).status == 202
    late = answer(form="cierra")
    refused = site.send(phone, late)
    assert (refused.status, bool(refused.sentence)) == (409, True)
    site.yanapay("forms", "state", "cierra", "closing")
    assert site.send(phone, late).status == 201
    assert late.decode() in {one["xml"] for one in site.answers("cierra")}


def test_an_older_version_is_still_taken_and_listed_on_request(site: Site, phone: str) -> None:
    site.upload("dos", "1")
    old = site.ask("GET", f"{phone}/forms/dos/1.xml").body
    site.upload("dos", "2")
    assert ("dos", "1") not in forms(site.ask("GET", f"{phone}/formList"))
    listed = forms(site.ask("GET", f"{phone}/formList?listAllVersions=true"))
    assert {("dos", "1"), ("dos", "2")} <= listed.keys()
    assert site.ask("GET", urlsplit(field(listed["dos", "1"], "downloadUrl")).path).body == old
    assert site.send(phone, answer(form="dos", number="1")).status == 201


def test_a_device_of_one_form_knows_no_other(site: Site) -> None:
    site.upload("solo", "1")
    only = site.device("maria", "--form", "solo")
    assert set(forms(site.ask("GET", f"{only}/formList"))) == {("solo", "1")}
    assert site.send(only, answer()).status == 403
    assert site.ask("GET", f"{only}/forms/feria/1.xml").status == 404
    assert site.send(only, answer(form="solo")).status == 201


def test_a_wrong_address_is_403_so_that_nobody_is_asked_for_a_password(
    site: Site, phone: str
) -> None:
    for base in ("/odk/t/yan_x", f"{phone[:-1]}!", "/odk/t/" + "a" * 500):
        heard = site.ask("GET", f"{base}/formList")
        assert (heard.status, "www-authenticate" in heard.headers) == (403, False)


def test_nobody_corrects_the_answer_of_another_interviewer(site: Site, phone: str) -> None:
    instance = new_id()
    site.send(phone, answer(instance=instance))
    other = site.device("mario")
    assert site.send(other, answer(deprecated=instance)).status == 403


def test_user_name_and_password_only_over_https(site: Site) -> None:
    given = basic("maria", PASSWORD)
    assert site.ask("GET", "/odk/formList", headers=given).status == 403
    assert site.ask("GET", "/odk/formList", headers={**given, **HTTPS}).status == 200
    assert site.ask("HEAD", "/odk/submission", headers={**given, **HTTPS}).status == 204
    assert site.send("/odk", answer(), headers={**given, **HTTPS}).status == 201


def test_without_a_password_over_https_the_client_is_asked_for_one(site: Site) -> None:
    for headers in ({}, {"Authorization": "Basic !!"}, {"Authorization": "Bearer yan_x"}):
        heard = site.ask("HEAD", "/odk/submission", headers={**headers, **HTTPS})
        assert heard.status == 401
        assert heard.headers["www-authenticate"].startswith("Basic realm=")


def test_guessing_passwords_ends(site: Site) -> None:
    statuses = [
        site.ask("GET", "/odk/formList", headers={**basic("mario", f"wrong {n}"), **HTTPS}).status
        for n in range(6)
    ]
    assert statuses[0] == 401
    assert statuses[-1] == 429
    right = site.ask("GET", "/odk/formList", headers={**basic("mario", PASSWORD), **HTTPS})
    assert (right.status, "xml" in right.headers["content-type"]) == (429, True)


def test_sentences_are_in_the_language_of_the_client(site: Site) -> None:
    for language in ("es", "en"):
        heard = site.ask("GET", "/odk/t/yan_x/formList", headers={"Accept-Language": language})
        assert heard.headers["content-language"] == language


def test_everything_that_arrived_can_be_taken_out_byte_for_byte(site: Site, phone: str) -> None:
    instance = new_id()
    xml = answer("<place><photo>a.jpg</photo></place><needs>credit training</needs>", instance)
    site.send(phone, xml, {"a.jpg": JPEG})
    out = site.home / "answers.zip"
    site.yanapay("forms", "submissions", "feria", "--format", "zip", "--out", out)
    with zipfile.ZipFile(out) as archive:
        contents = [archive.read(name) for name in archive.namelist()]
    assert xml in contents
    assert JPEG in contents
    (kept,) = stored(site, instance)
    assert kept["answers"] == {"name": "Los Andes", "needs": ["credit", "training"],
                               "photo": "a.jpg"}  # fmt: skip
    for kind in ("csv", "xlsx"):
        table = site.home / f"answers.{kind}"
        told = site.yanapay(
            "forms", "submissions", "feria", "--format", kind, "--out", table, "--json"
        )
        assert json.loads(told)["rows"] > 0


@pytest.mark.parametrize("chunked", [False, True])
def test_half_an_upload_is_none(site: Site, phone: str, chunked: bool) -> None:
    instance = new_id()
    xml = answer("<place><photo>a.jpg</photo></place>", instance)
    body, kind = multipart(xml, {"a.jpg": JPEG})
    length = {"Transfer-Encoding": "chunked"} if chunked else {"Content-Length": str(len(body))}
    with pytest.raises(ConnectionAbortedError):
        site.ask(
            "POST",
            f"{phone}/submission",
            _half(body),
            {"Content-Type": kind, **length},
            chunked=chunked,
        )
    time.sleep(0.5)
    assert stored(site, instance) == []
    assert site.send(phone, xml, {"a.jpg": JPEG}).status == 201


def _half(body: bytes) -> Iterator[bytes]:
    yield body[: len(body) // 2]
    raise ConnectionAbortedError


def basic(user: str, password: str) -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()}
