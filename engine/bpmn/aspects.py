"""What people call the things that an element says."""

from __future__ import annotations

from engine.model import Label

_NAMED = {
    "@name": Label("name", "nama"),
    "clause8:name.id": Label("Indonesian name", "nama Indonesia"),
    "@sourceRef": Label("comes from", "berasal dari"),
    "@targetRef": Label("leads to", "menuju"),
    "@default": Label("default flow", "alur bawaan"),
    "@attachedToRef": Label("attached to", "menempel pada"),
    "@cancelActivity": Label("interrupts the activity", "menghentikan aktivitas"),
    "@isInterrupting": Label("interrupts", "menghentikan"),
    "@isExecutable": Label("executable", "dapat dijalankan"),
    "@processRef": Label("process of the pool", "proses pada kolam"),
    "lane": Label("lane", "jalur"),
    "documentation": Label("documentation", "dokumentasi"),
    "text": Label("text", "teks"),
    "conditionExpression": Label("condition", "syarat"),
    "assignmentDefinition@assignee": Label("assignee", "penerima tugas"),
    "assignmentDefinition@candidateGroups": Label("candidate groups", "grup calon"),
    "assignmentDefinition@candidateUsers": Label("candidate users", "calon orang"),
    "taskSchedule@dueDate": Label("due date", "batas waktu"),
    "taskSchedule@followUpDate": Label("follow-up date", "tanggal tindak lanjut"),
    "priorityDefinition@priority": Label("priority", "prioritas"),
    "formDefinition@formId": Label("form", "formulir"),
    "formDefinition@bindingType": Label("version of the form", "versi formulir"),
    "calledDecision@decisionId": Label("decision", "keputusan"),
    "calledDecision@resultVariable": Label("result variable", "variabel hasil"),
    "calledDecision@bindingType": Label("version of the decision", "versi keputusan"),
    "calledElement@processId": Label("called process", "proses yang dipanggil"),
    "calledElement@bindingType": Label("version of the called process", "versi proses yang dipanggil"),
    "taskDefinition@type": Label("job type", "jenis pekerjaan"),
    "taskDefinition@retries": Label("retries", "percobaan ulang"),
    "script@expression": Label("expression", "ekspresi"),
    "script@resultVariable": Label("result variable", "variabel hasil"),
    "versionTag@value": Label("version tag", "tanda versi"),
    "timerEventDefinition/timeDuration": Label("timer: duration", "pewaktu: durasi"),
    "timerEventDefinition/timeDate": Label("timer: date", "pewaktu: tanggal"),
    "timerEventDefinition/timeCycle": Label("timer: cycle", "pewaktu: berulang"),
    "messageEventDefinition/messageRef": Label("message", "pesan"),
    "signalEventDefinition/signalRef": Label("signal", "sinyal"),
    "errorEventDefinition/errorRef": Label("error", "galat"),
    "escalationEventDefinition/escalationRef": Label("escalation", "eskalasi"),
    "multiInstanceLoopCharacteristics/loopCharacteristics@inputCollection": Label("for each of", "untuk setiap"),
    "multiInstanceLoopCharacteristics/isSequential": Label("one after the other", "satu per satu"),
    "multiInstanceLoopCharacteristics/completionCondition": Label("ends when", "selesai bila"),
}
_PREFIXED = {
    "input:": Label("input", "masukan"),
    "output:": Label("output", "keluaran"),
    "header:": Label("header", "tajuk"),
    "property:": Label("property", "properti"),
}


def aspect_label(key: str) -> Label:
    """Return the words for an aspect; what has none of its own keeps the name that it has in the file."""
    if key in _NAMED:
        return _NAMED[key]
    for prefix, words in _PREFIXED.items():
        if key.startswith(prefix):
            name = key.removeprefix(prefix)
            return Label(f"{words.en} {name}", f"{words.id} {name}")
    plain = key.removeprefix("@")
    return Label(plain, plain)
