"""What each field type makes of what was submitted, and what it refuses."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.forms.forms import a_choice, a_field, error, value

DATE, MOMENT, TIME = ({"subtype": subtype} for subtype in ("date", "datetime", "time"))


@pytest.mark.parametrize(
    ("component", "submitted", "accepted"),
    [
        (a_field(), "  Because \r\n we must ", "Because \n we must"),
        (a_field(), "   ", None),
        (a_field(), None, None),
        (a_field("number"), "12", 12),
        (a_field("number"), "12,5", 12.5),
        (a_field("number"), 12.0, 12),
        (a_field("number"), "", None),
        (a_field("number", serializeToString=True), "0.10", "0.10"),
        (a_field("number", increment=5, validate={"min": 2}), 12, 12),
        (a_field("datetime", **DATE), "2026-02-28", "2026-02-28"),
        (a_field("datetime", **TIME), "13:30", "13:30:00"),
        (a_field("datetime", **MOMENT), "2026-02-28T13:30", "2026-02-28T13:30:00+07:00"),
        (a_field("datetime", **MOMENT), "2026-02-28T13:30:00Z", "2026-02-28T13:30:00+00:00"),
        (
            a_field("datetime", **MOMENT, timeSerializingFormat="utc_normalized"),
            "2026-02-28T06:30",
            "2026-02-27T23:30:00Z",
        ),
        (
            a_field("datetime", **MOMENT, timeSerializingFormat="no_timezone"),
            "2026-02-28T06:30:00Z",
            "2026-02-28T13:30:00",
        ),
        (a_field("checkbox"), "on", True),
        (a_field("checkbox"), ["false", "true"], True),
        (a_field("checkbox"), None, False),
        (a_choice("select"), "defer", "defer"),
        (a_choice("radio"), "3", 3),
        (a_choice("radio"), "", None),
        (a_choice("checklist"), ["defer", "3", "defer"], ["defer", 3]),
        (a_choice("taglist"), "approve", ["approve"]),
        (a_choice("taglist"), None, []),
        (a_field("select", properties={"choices": "register:SVC"}), "SVC-2026-000002", "SVC-2026-000002"),
        (a_field("select", valuesKey="people"), "siti", "siti"),
        (a_field("radio", valuesExpression="=for p in people return {value: p, label: p}"), "andi", "andi"),
        (a_field("textfield", properties={"format": "duration"}), "P1DT2H", "P1DT2H"),
        (
            a_field("textfield", properties={"format": "duration"}),
            {"days": "", "hours": "26", "minutes": "5"},
            "PT26H5M",
        ),
        (a_field("textfield", properties={"format": "duration"}), {"days": "1"}, "P1D"),
        (a_field("textfield", properties={"format": "duration"}), {"minutes": "0"}, "PT0M"),
        (a_field("textfield", properties={"format": "duration"}), {"hours": " "}, None),
        (a_field("expression", expression="=1 + 1"), 99, 2),
    ],
)
def test_accepted_values(component: dict[str, Any], submitted: Any, accepted: Any) -> None:
    found = value(component, submitted, people=["siti", "andi"])
    assert found == accepted
    assert type(found) is type(accepted)


def test_a_file_is_kept_with_the_facts_of_the_store() -> None:
    kept = [{"key": "7", "name": "Plan.PDF", "media_type": "application/pdf", "size_bytes": 10}]
    assert value(a_field("filepicker", accept=".pdf"), [{"key": "7", "name": "evil.exe"}, "7"]) == kept


@pytest.mark.parametrize(
    ("component", "submitted", "told"),
    [
        (a_field(validate={"required": True, "minLength": 10}), " ", "Alasan wajib diisi, minimal 10 karakter."),
        (a_field(validate={"minLength": 10}), " too short ", "Alasan: minimal 10 karakter, sekarang 9."),
        (a_field(validate={"maxLength": 3}), "four", "Alasan: maksimal 3 karakter, sekarang 4."),
        (a_field(), "x" * 2_001, "Alasan: maksimal 2000 karakter, sekarang 2001."),
        (a_field(validate={"pattern": "^[A-Z]{2}$"}), "abc", "Penulisan Alasan tidak sesuai format."),
        (a_field(validate={"validationType": "email"}), "a@b", "Alasan harus berupa alamat surel"),
        (a_field(validate={"validationType": "phone"}), "call me", "Alasan harus berupa nomor telepon"),
        (a_field(properties={"format": "duration"}), "tomorrow", "lama waktu"),
        (a_field(properties={"format": "duration"}), {"hours": "-1"}, "lama waktu"),
        (a_field("number"), "1.000,5", "Alasan harus berupa angka."),
        (a_field("number"), "1e5", "angka"),
        (a_field("number", decimalDigits=0), "1.5", "bilangan bulat"),
        (a_field("number", decimalDigits=2), "1.234", "paling banyak 2 angka di belakang koma"),
        (a_field("number", increment=5, validate={"min": 2}), 11, "kelipatan 5"),
        (a_field("number", validate={"min": 1, "max": 5}), "0", "paling kecil 1"),
        (a_field("number", validate={"min": 1, "max": "=top"}), 6, "paling besar 5"),
        (a_field("number", validate={"required": True}), "", "Alasan wajib diisi."),
        (a_field("datetime", **DATE), "2026-02-30", "tanggal yang ada"),
        (a_field("datetime", **DATE), "0026-02-03", "tanggal yang ada"),
        (a_field("datetime", **TIME), "25:00", "waktu"),
        (a_field("datetime", **TIME, timeInterval=15), "13:20", "tiap 15 menit"),
        (a_field("datetime", **MOMENT), "2026-02-28", "tanggal dan waktu"),
        (a_field("datetime", **DATE, disallowPassedDates=True), "2026-01-04", "masa lampau"),
        (a_field("datetime", **DATE, properties={"future": "yes"}), "2026-01-05", "masa mendatang"),
        (a_field("datetime", **MOMENT, properties={"future": "yes"}), "2026-01-05T09:00", "masa mendatang"),
        (
            a_field("datetime", **DATE, properties={"max_date": '=today() + duration("P180D")'}),
            "2026-07-05",
            "Alasan: paling lambat 4 Juli 2026.",
        ),
        (
            a_field("datetime", **MOMENT, properties={"min_date": "=start"}),
            "2026-02-28T07:59",
            "Alasan: paling awal 28 Februari 2026 08.00.",
        ),
        (a_field("checkbox", validate={"required": True}), None, "Alasan: kotak ini harus dicentang."),
        (a_field("checkbox"), "perhaps", "tidak sesuai"),
        (a_choice("select"), "reject", "tidak lagi tersedia"),
        (a_choice("radio"), True, "tidak lagi tersedia"),
        (a_choice("checklist"), ["approve", "reject"], "tidak lagi tersedia"),
        (a_choice("checklist", validate={"required": True}), [], "Keputusan: pilih paling sedikit satu."),
        (a_choice("taglist"), ["approve"] * 1_001, "tidak lagi tersedia"),
        (a_field("select", properties={"choices": "register:SVC"}), "CI-2026-000001", "tidak lagi tersedia"),
        (a_field("filepicker"), [{"key": "8"}], "ada berkas yang hilang"),
        (a_field("filepicker", accept=".docx, image/*"), "7", "Plan.PDF bukan jenis berkas yang diterima"),
        (a_field("filepicker", validate={"required": True}), [], "Alasan wajib diisi."),
    ],
)
def test_refused_values(component: dict[str, Any], submitted: Any, told: str) -> None:
    assert told in error(component, submitted, "id", top=5, start="2026-02-28T08:00:00+07:00")


def test_the_day_is_that_of_the_clock_on_the_wall() -> None:
    """At 09:00 in Jakarta it is the 5th; a day that UTC would still call the 4th is past there."""
    tomorrow = a_field("datetime", **DATE, properties={"min_date": "=today()"})
    assert value(tomorrow, "2026-01-05") == "2026-01-05"
    assert "5 January 2026" in error(tomorrow, "2026-01-04")


def test_a_message_of_the_author_comes_before_ours() -> None:
    validate = {"pattern": "^x$", "patternErrorMessage": "Only x.", "patternErrorMessage_id": "Hanya x."}
    assert error(a_field(validate=validate), "y", "id") == "Hanya x."


def test_a_file_of_somebody_else_stays_where_it_stood() -> None:
    theirs = [{"key": "8", "name": "old.pdf", "media_type": "application/pdf", "size_bytes": 1}]
    field = a_field("filepicker", multiple=True)
    assert value(field, ["8"], reason=theirs) == theirs
    assert "hilang" in error(field, ["8"], "id")


@pytest.mark.parametrize("key", ["0", "-7", "7.0", "07", "x", "9" * 19, 2**63, True, {"key": None}])
def test_a_key_that_no_file_can_have_is_refused(key: Any) -> None:
    assert "hilang" in error(a_field("filepicker"), [key], "id")


def test_several_files_need_a_field_for_several() -> None:
    theirs = [{"key": key, "name": "a", "media_type": "text/plain", "size_bytes": 1} for key in ("8", "9")]
    assert error(a_field("filepicker"), ["8", "9"], "id", reason=theirs) == "Alasan: hanya satu berkas."
    assert len(value(a_field("filepicker", multiple=True), ["8", "9"], reason=theirs)) == 2
