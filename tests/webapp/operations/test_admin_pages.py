"""Files, people, audit and health."""

from __future__ import annotations

from io import BytesIO

import pytest

from engine import AccountPage, LogIn, LoginFailed, SystemHistory
from engine.store import tables, unit_of_work
from tests.integration.rows import add
from tests.webapp.operations.conftest import ORDER, SARI, Site


@pytest.fixture
def admin(site: Site) -> Site:
    with unit_of_work(site.engine.database) as work:
        groups = ("administrator", "workers", "auditor")
        add(work, tables.group_account, *({"name": name, "label_en": name, "label_id": name} for name in groups))
    site.log_in("sari")
    return site


def upload(site: Site, *files: tuple[str, bytes], comment: str = "") -> tuple[int, str]:
    parts = [(BytesIO(content), name) for name, content in files]
    answer = site.client.post("/admin/deploy", data={"csrf_token": "token", "files": parts, "comment": comment})
    return answer.status_code, answer.text


def actions(site: Site) -> list[str]:
    return [one.entry.action for one in site.engine.ask(SystemHistory(actor=SARI)).entries]


# ---- files ------------------------------------------------------------------------------------


def test_a_file_comes_back_byte_for_byte(admin: Site) -> None:
    with unit_of_work(admin.engine.database) as work:
        key = work.execute(tables.resource.select()).one().key
    answer = admin.client.get(f"/admin/files/{key}/download")
    assert answer.data == ORDER.read_bytes()
    assert answer.headers["Content-Disposition"] == "attachment; filename=order.bpmn"
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert admin.client.get("/admin/files/404/download").status_code == 404


def test_the_files_page_lists_versions_and_who_deployed(admin: Site) -> None:
    upload(admin, ("order.bpmn", ORDER.read_bytes().replace(b"1.11", b"1.12")), comment="Tax is 12 percent")
    page = admin.get("/admin/files")
    assert "Tax is 12 percent" in page
    assert "Sari Wijaya" in page
    versions = admin.get("/admin/files/bpmn/order.bpmn")
    assert "v2" in versions
    assert "v1" in versions
    assert admin.client.get("/admin/files/bpmn/nothing.bpmn").status_code == 404
    assert admin.get("/admin/files", kind="nonsense")


def test_a_good_file_becomes_a_new_version(admin: Site) -> None:
    status, page = upload(admin, ("order.bpmn", ORDER.read_bytes().replace(b"1.11", b"1.12")))
    assert status == 200
    assert "1 file was deployed." in page
    assert "version 2" in page


def test_the_same_bytes_change_nothing(admin: Site) -> None:
    status, page = upload(admin, ("order.bpmn", ORDER.read_bytes()))
    assert status == 200
    assert "Nothing changed." in page


def test_a_bad_file_is_refused_with_every_finding_and_nothing_is_stored(admin: Site) -> None:
    bad = ORDER.read_bytes().replace(b'targetRef="price"', b'targetRef="prize"')
    good = ORDER.read_bytes().replace(b'id="order"', b'id="other"')
    status, page = upload(admin, ("bad.bpmn", bad), ("good.bpmn", good), comment="kept text")
    assert status == 422
    assert 'href="#finding-1"' in page
    assert "bad.bpmn:" in page
    assert "prize" in page
    assert "kept text" in page
    with unit_of_work(admin.engine.database) as work:
        assert len(work.execute(tables.process_definition.select()).all()) == 1


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.bpmn", b"this is no XML"),
        ("x.bpmn", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
        ("x.form", b"{"),
        ("x.dmn", b""),
        ("x.exe", b"MZ"),
        ("C:\\folder\\x.yaml", b"a: ["),
        ("../../x.yaml", b"\xff\xfe"),
    ],
)
def test_hostile_files_are_answered_with_findings(admin: Site, name: str, content: bytes) -> None:
    status, page = upload(admin, (name, content))
    assert status == 422
    assert "Nothing was deployed" in page


def test_no_file_is_told(admin: Site) -> None:
    status, page = upload(admin)
    assert status == 422
    assert "Choose at least one file" in page


def test_a_process_owner_deploys_and_a_worker_does_not(site: Site) -> None:
    changed = ORDER.read_bytes().replace(b"1.11", b"1.12")
    site.log_in("budi")
    assert upload(site, ("order.bpmn", changed))[0] == 403
    site.log_in("ana")
    assert upload(site, ("order.bpmn", changed))[0] == 200


def test_everybody_may_see_a_diagram_and_the_browser_keeps_it(site: Site) -> None:
    key = site.order().process_definition_key
    assert site.client.get(f"/diagrams/{key}.bpmn").status_code == 302
    site.log_in("budi")
    answer = site.client.get(f"/diagrams/{key}.bpmn")
    assert answer.data == ORDER.read_bytes()
    assert "immutable" in answer.headers["Cache-Control"]
    assert site.client.get("/diagrams/404.bpmn").status_code == 404


# ---- people -----------------------------------------------------------------------------------


def test_a_person_is_added_and_can_log_in(admin: Site) -> None:
    assert "New person" in admin.get("/admin/people")
    answer = admin.post(
        "/admin/people/new", name="rina", display_name="Rina K", email="r@example.org", unit="it", language="en",
        group=["workers"], password="another long one",
    )  # fmt: skip
    assert answer.status_code == 302
    _token, user = admin.engine.execute(LogIn(name="rina", password="another long one", address="x"))
    assert (user.display_name, user.unit, user.language, user.groups) == ("Rina K", "it", "en", ("workers",))
    assert "user_added" in actions(admin)
    assert "Rina K" in admin.get("/admin/people", q="rina")


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"name": "budi"}, 409),
        ({"name": "Not A Name"}, 400),
        ({"name": ""}, 400),
        ({"name": "rina", "password": "short"}, 400),
    ],
)
def test_a_person_that_cannot_be_added_keeps_what_was_typed(admin: Site, fields: dict[str, str], status: int) -> None:
    answer = admin.post("/admin/people/new", display_name="Typed Name", **fields)
    assert answer.status_code == status
    assert "Typed Name" in answer.text


def test_an_account_is_deactivated_and_its_sessions_end(admin: Site) -> None:
    assert "Budi Wijaya" in admin.get("/admin/people/budi")
    password = "a long password"
    admin.post("/admin/people/budi", display_name="Budi", is_active="1", group=["workers"], password=password)
    assert admin.engine.execute(LogIn(name="budi", password=password, address="x"))
    answer = admin.post("/admin/people/budi", display_name="Budi W", language="id", group=["workers", "auditor"])
    assert answer.status_code == 302
    user = admin.engine.ask(AccountPage(name="budi", actor=SARI)).user
    assert (user.is_active, user.groups) == (False, ("auditor", "workers"))
    with pytest.raises(LoginFailed):
        admin.engine.execute(LogIn(name="budi", password=password, address="x"))
    assert "budi" in admin.get("/admin/people", state="inactive")
    assert "budi" not in admin.get("/admin/people", state="active", group="workers")


def test_a_password_is_reset(admin: Site) -> None:
    fields = {"display_name": "Budi", "language": "id", "is_active": "1", "group": ["workers"]}
    assert admin.post("/admin/people/budi", password="given by the administrator", **fields).status_code == 302
    assert admin.engine.execute(LogIn(name="budi", password="given by the administrator", address="x"))


def test_nobody_takes_the_own_access_away(admin: Site) -> None:
    answer = admin.post("/admin/people/sari", display_name="Sari", language="id", group=["administrator"])
    assert answer.status_code == 400
    assert "own access" in answer.text


def test_unknown_people_are_a_404(admin: Site) -> None:
    assert admin.client.get("/admin/people/nobody").status_code == 404
    assert admin.post("/admin/people/nobody", display_name="x", language="id", is_active="1").status_code == 404


def test_an_auditor_reads_but_changes_nothing(site: Site) -> None:
    site.log_in("eko")
    assert "Budi Wijaya" in site.get("/admin/people")
    assert site.client.get("/admin/people/budi").status_code == 403
    assert site.post("/admin/people/budi", display_name="x").status_code == 403
    assert site.post("/admin/people/new", name="x").status_code == 403


def test_groups_show_who_has_nobody(admin: Site) -> None:
    page = admin.get("/admin/groups")
    assert "workers" in page
    assert "/admin/people?group=workers" in page


# ---- audit and health -------------------------------------------------------------------------


def test_the_audit_shows_and_filters_what_happened(admin: Site) -> None:
    page = admin.get("/admin/audit")
    assert "Files deployed" in page
    assert "Logged in" in page
    only = admin.get("/admin/audit", action="deployed")
    assert "order.bpmn" in only
    assert only.count("trail-entry") == 1
    assert "No entry fits" in admin.get("/admin/audit", person="nobody")


def test_a_clean_chain_is_proven(admin: Site) -> None:
    admin.order()
    answer = admin.post("/admin/audit/verify")
    assert answer.status_code == 200
    assert "Nothing was altered, removed" in answer.text
    assert "Streams" in answer.text


def test_an_altered_entry_is_named(admin: Site) -> None:
    key = admin.order().key
    with unit_of_work(admin.engine.database) as work:
        entry = tables.history_entry
        work.execute(entry.update().where(entry.c.stream == f"i:{key}", entry.c.sequence == 2).values(actor="mallory"))
    page = admin.post("/admin/audit/verify").text
    assert "The evidence breaks in 1 place" in page
    assert f"i:{key} entry 2" in page


def test_verification_is_no_link(admin: Site) -> None:
    assert admin.client.get("/admin/audit/verify").status_code == 405


def test_health_tells_that_timers_wait(admin: Site) -> None:
    assert "all goes on" in admin.get("/admin/health")
    with unit_of_work(admin.engine.database) as work:
        add(work, tables.timer, {"key": 1, "due_at": admin.harness.clock.now().replace(hour=1)})
    page = admin.get("/admin/health")
    assert "work waits" in page
    assert "SQLite" in page or "PostgreSQL" in page


@pytest.mark.parametrize("address", ["/admin/files", "/admin/deploy", "/admin/people", "/admin/people/new",
                                     "/admin/groups", "/admin/audit", "/admin/health"])  # fmt: skip
def test_pages_of_administration_speak_indonesian(admin: Site, address: str) -> None:
    admin.language("id")
    assert '<html lang="id">' in admin.get(address)
