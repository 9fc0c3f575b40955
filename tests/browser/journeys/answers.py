"""What people answer in the forms of a change, by field."""

from __future__ import annotations

from pathlib import Path
from typing import Any

Answers = dict[str, Any]

REQUEST: Answers = {
    "rfc": {
        "request_kinds": ["new_feature"],
        "application": "SVC-2026-000001",
        "description": "Laporan bulanan faktur yang belum dibayar per pelanggan",
        "reason": "user_request",
        "proposal": "modify",
        "benefit": "Pekerjaan manual berkurang satu hari per bulan",
        "needed_by": "2026-12-31",
    }
}
APPROVE: Answers = {"ballot": {"decision": "approve", "conflict": True}}
COMPLETE: Answers = {"receive": {"result": "complete"}}
CLASSIFY: Answers = {
    "classify": {
        "category_wish": "normal",
        "cis": ["CI-2026-000001"],
        "users_affected": "40",
        "customers_affected": "1",
        "planned_outage": {"days": "", "hours": "", "minutes": "30"},
        "cost": "5000000",
        "sla_change": False,
        "continuity_or_security_change": False,
        "reversible": True,
        "urgency": "2",
    }
}
PLAN: Answers = {
    "plan": {
        "steps": [
            {"no": "1", "action": "Pasang versi 4.3.0", "who": "Tono", "minutes": "20"},
            {"no": "2", "action": "Periksa tiga laporan", "who": "Ratna", "minutes": "15"},
        ],
        "rollback_kind": "full",
        "rollback_plan": "Kembalikan versi 4.2.1 dari gudang artefak, lalu hidupkan kembali",
        "rollback_tested": True,
        "rollback_minutes": "30",
        "point_of_no_return": "2026-12-09T19:00",
        "test_plan": "Jalankan uji regresi dan bandingkan tiga laporan dengan versi lama",
        "proposed_start": "2026-12-09T18:00",
        "proposed_end": "2026-12-09T20:00",
        "outage": True,
        "outage_minutes": "30",
    }
}
_RISK: Answers = {"likelihood": "3", "impact_score": "2", "advice": "go"}
_RESOURCES: Answers = {
    "impact_capacity": "none",
    "impact_availability": "low",
    "impact_continuity": "none",
    "impact_security": "none",
    "resources_note": "Henti singkat pada malam hari",
}
#: assessor -> what that one answers
ASSESS: dict[str, Answers] = {
    "lina.marlina": {
        "assessment": {
            "impact_services": "Hanya pelaporan",
            "impact_customers": "Faktur tidak berubah",
            **_RESOURCES,
            **_RISK,
        }
    },
    "gita.maharani": {"assessment": {**_RESOURCES, "impact_other_changes": "Tidak ada pada pekan itu", **_RISK}},
    "arif.rahman": {"assessment": {"impact_policies": "Kebijakan akses tetap", **_RESOURCES, **_RISK}},
    "nurul.aini": {"assessment": {**_RESOURCES, **_RISK}},
}
RECOMMEND: Answers = {"recommend": {"recommendation": "approve", "reason": "Rencana dan rollback memadai"}}
#: Six of nine members: the quorum, and more than half of the votes.
BOARD = ["maya.puspita", "eko.saputra", "putri.anggraini", "hendra.gunawan", "arif.rahman", "lina.marlina"]
PREPARE: Answers = {
    "prepare": {
        "backup_taken": True,
        "backup_ref": "NAS /backup/2026-12-08",
        "build_ref": "4.3.0",
        "runbook": "1. Hentikan 2. Pasang 3. Hidupkan",
    }
}


def verify(evidence: Path) -> Answers:
    """Return the answers of the tester before deployment, with a file as evidence."""
    return {
        "verify": {
            "verified_against": ["plan", "requirement"],
            "test_possible": True,
            "test_results": [{"case": "Laporan Oktober", "expected": "12 baris", "actual": "12 baris", "pass": True}],
            "rollback_rehearsed": True,
            "result": "pass",
            "evidence": evidence,
        }
    }


SCHEDULE: Answers = {
    "schedule": {
        "audience": ["users", "service_desk"],
        "message_id": "Aplikasi keuangan berhenti 30 menit.",
        "message_en": "The finance application stops for 30 minutes.",
    }
}


def post_test(evidence: Path) -> Answers:
    """Return the answers of the tester after deployment, with a file as evidence."""
    return {
        "post_test": {
            "results": [{"case": "Laporan November", "expected": "14 baris", "actual": "14 baris", "pass": True}],
            "result": "pass",
            "evidence": evidence,
        }
    }


CONFIRM_CI: Answers = {"confirm_ci": {"cis": [{"new": "4.3.0", "ok": True}]}}
CARRIED_OUT: Answers = {"confirmation": {"done": True, "rating": "5"}}
REVIEW: Answers = {
    "pir": {
        "outcome": "success",
        "objective_met": True,
        "inside_window": True,
        "environment_changed": False,
        "lessons": "Laporan perlu bulan uji",
        "improvements": [{"text": "Otomatiskan perbandingan", "owner": "tono.haryanto", "due": "2027-02-01"}],
    }
}
