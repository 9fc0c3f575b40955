"""Every piece of BPMN as a smallest diagram around an element `x`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.model import Label
from tests.features.notation import (
    boundary,
    event_subprocess,
    extended,
    message,
    process,
    script,
    service,
    timer,
)

DECLARATIONS = (
    '<signal id="S" name="S"/><error id="E" errorCode="e"/><escalation id="X" escalationCode="x"/>'
    + message("M")
    + message("M0", key="", name="M")
    + '<category id="C"><categoryValue id="CV" value="v"/></category><dataStore id="DS"/>'
)
_MESSAGE = '<messageEventDefinition messageRef="M"/>'
_SIGNAL = '<signalEventDefinition signalRef="S"/>'
_ERROR = '<errorEventDefinition errorRef="E"/>'
_ESCALATION = '<escalationEventDefinition escalationRef="X"/>'
_CONDITION = "<conditionalEventDefinition><condition>= n &gt; 0</condition></conditionalEventDefinition>"
_COMPENSATE = "<compensateEventDefinition/>"
_LINK = '<linkEventDefinition name="L"/>'
_TIMERS = {
    "date": (timer("date", "2030-01-01T01:00:00Z"), "date", "tanggal"),
    "duration": (timer("duration", "PT1H"), "duration", "durasi"),
    "cycle": (timer("cycle", "R2/PT1H"), "cycle", "siklus"),
    "cron": (timer("cycle", "0 0 9 * * *"), "cron", "cron"),
}
_ONCE = ("date", "duration")


@dataclass(frozen=True)
class Piece:
    """A piece of BPMN: `body` is the inside of process `p`, `beside` what else the file has."""

    group: str
    name: Label
    body: str
    beside: str = ""
    start: str = ""  #: message or signal, else the id of the start event
    reached: str = "x"  #: the element that must have been at work in the end
    searched: str = "x"  #: the element that scenarios are searched for; "" for a setting of an element


def _through(element: str, more: str = "") -> str:
    """Return a process of one element `x` between start and end."""
    return f"<start s> {element} <end e>\ns -> x\nx -> e\n{more}"


def _starts() -> Iterator[Piece]:
    def piece(en: str, id_: str, definition: str, start: str = "x") -> Piece:
        body = f'<startEvent id="x">{definition}</startEvent> <task t> <end e>\nx -> t\nt -> e\n'
        return Piece("Start events · Peristiwa awal", Label(en, id_), body, start=start)

    yield piece("None start", "Awal tanpa pemicu", "")
    form = '<extensionElements><zeebe:formDefinition formId="F"/></extensionElements>'
    yield piece("Start by form", "Awal dengan formulir", form)
    yield piece("Message start", "Awal oleh pesan", _MESSAGE.replace('"M"', '"M0"'), "message")
    for definition, en, id_ in _TIMERS.values():
        yield piece(f"Timer start ({en})", f"Awal oleh waktu ({id_})", definition)
    yield piece("Signal start", "Awal oleh sinyal", _SIGNAL, "signal")
    yield piece("Conditional start", "Awal bersyarat", _CONDITION)
    yield piece("Error start of a process", "Awal proses oleh galat", _ERROR)
    yield piece("Multiple start", "Awal ganda", _MESSAGE.replace('"M"', '"M0"') + _SIGNAL)


def _catches() -> Iterator[Piece]:
    def piece(en: str, id_: str, definition: str, more: str = "") -> Piece:
        body = _through(f'<intermediateCatchEvent id="x">{definition}</intermediateCatchEvent>', more)
        return Piece("Intermediate catch events · Peristiwa tangkap", Label(en, id_), body)

    yield piece("Message catch", "Tangkap pesan", _MESSAGE)
    for kind in _ONCE:
        definition, en, id_ = _TIMERS[kind]
        yield piece(f"Timer catch ({en})", f"Tangkap waktu ({id_})", definition)
    yield piece("Timer catch (cycle)", "Tangkap waktu (siklus)", _TIMERS["cycle"][0])
    yield piece("Signal catch", "Tangkap sinyal", _SIGNAL)
    change = script("c", "1", "n")
    conditional = f"<intermediateCatchEvent id='x'>{_CONDITION}</intermediateCatchEvent>"
    body = (
        f"<start s> <and f> {conditional} {timer_event('w')} {change} <end e>\ns -> f\nf -> x\nx -> e\nf -> w\nw -> c\n"
    )
    yield Piece("Intermediate catch events · Peristiwa tangkap", Label("Conditional catch", "Tangkap syarat"), body)
    link = f'<start s> <intermediateThrowEvent id="a">{_LINK}</intermediateThrowEvent>'
    link += f'<intermediateCatchEvent id="x">{_LINK}</intermediateCatchEvent> <end e>\ns -> a\nx -> e\n'
    yield Piece("Intermediate catch events · Peristiwa tangkap", Label("Link catch", "Tangkap tautan"), link)
    parallel = f'<intermediateCatchEvent id="x" parallelMultiple="true">{_MESSAGE}{_SIGNAL}</intermediateCatchEvent>'
    name = Label("Parallel multiple catch", "Tangkap ganda paralel")
    yield Piece("Intermediate catch events · Peristiwa tangkap", name, _through(parallel))


def timer_event(event_id: str) -> str:
    """Return a catch event that waits an hour."""
    return f'<intermediateCatchEvent id="{event_id}">{_TIMERS["duration"][0]}</intermediateCatchEvent>'


def _throws() -> Iterator[Piece]:
    def piece(en: str, id_: str, definition: str, tag: str, more: str = "") -> Piece:
        group = "Throw and end events · Peristiwa lempar dan akhir"
        element = f'<{tag} id="x">{definition}</{tag}>'
        body = _through(element, more) if tag == "intermediateThrowEvent" else f"<start s> {element}\ns -> x\n{more}"
        return Piece(group, Label(en, id_), body)

    throw, end = "intermediateThrowEvent", "endEvent"
    for tag, en, id_ in ((throw, "throw", "Lempar"), (end, "end", "Akhir")):
        yield piece(f"None {en}", f"{id_} tanpa pemicu", "", tag)
        yield piece(f"Message {en}", f"{id_} pesan", _MESSAGE, tag)
        job = f'<extensionElements><zeebe:taskDefinition type="send"/></extensionElements>{_MESSAGE}'
        yield piece(f"Message {en} as a job", f"{id_} pesan sebagai pekerjaan", job, tag)
        yield piece(f"Signal {en}", f"{id_} sinyal", _SIGNAL, tag)
        yield piece(f"Escalation {en}", f"{id_} eskalasi", _ESCALATION, tag)
        yield piece(f"Compensation {en}", f"{id_} kompensasi", _COMPENSATE, tag)
    caught = '<intermediateCatchEvent id="c"><linkEventDefinition name="L"/></intermediateCatchEvent> <end e>\nc -> e\n'
    yield Piece(
        "Throw and end events · Peristiwa lempar dan akhir",
        Label("Link throw", "Lempar tautan"),
        f'<start s> <intermediateThrowEvent id="x">{_LINK}</intermediateThrowEvent> {caught}s -> x\n',
    )
    yield piece("Terminate end", "Akhir hentikan", "<terminateEventDefinition/>", end)
    inside = f'<start i> <endEvent id="x">{_ERROR}</endEvent>\ni -> x\n'
    outside = f"{boundary('b', 'u', _ERROR)} <end f> <end e>\ns -> u\nu -> e\nb -> f\n"
    body = f'<start s> <subProcess id="u">{inside}</subProcess> {outside}'
    yield Piece("Throw and end events · Peristiwa lempar dan akhir", Label("Error end", "Akhir galat"), body)
    cancel = "<cancelEventDefinition/>"
    inside = f'<start i> <endEvent id="x">{cancel}</endEvent>\ni -> x\n'
    outside = f"{boundary('b', 'u', cancel)} <end f> <end e>\ns -> u\nu -> e\nb -> f\n"
    body = f'<start s> <transaction id="u">{inside}</transaction> {outside}'
    yield Piece("Throw and end events · Peristiwa lempar dan akhir", Label("Cancel end", "Akhir batal"), body)


def _boundaries() -> Iterator[Piece]:
    group = "Boundary events · Peristiwa batas"

    def piece(
        en: str, id_: str, definition: str, *, interrupting: bool, host: str = "<user h>", tail: str = ""
    ) -> Piece:
        word, kata = ("", "") if interrupting else (", non-interrupting", ", tidak menyela")
        edge = boundary("x", "h", definition, interrupting=interrupting)
        flows = f"s -> h\nh -> e\nx -> f\n{tail}"
        name = Label(f"{en} boundary{word}", f"Batas {id_}{kata}")
        return Piece(group, name, f"<start s> {host} {edge} <end e> <end f>\n{flows}")

    for interrupting in (True, False):
        yield piece("Message", "pesan", _MESSAGE, interrupting=interrupting)
        for kind in _TIMERS if not interrupting else _ONCE:
            definition, en, id_ = _TIMERS[kind]
            yield piece(f"Timer ({en})", f"waktu ({id_})", definition, interrupting=interrupting)
        yield piece("Signal", "sinyal", _SIGNAL, interrupting=interrupting)
        changes = f"<start i> {script('c', '1', 'n')} <user u> <end j>\ni -> c\nc -> u\nu -> j\n"
        changing = f'<subProcess id="h">{changes}</subProcess>'
        yield piece("Conditional", "syarat", _CONDITION, interrupting=interrupting, host=changing)
        escalates = f'<subProcess id="h"><start i> <endEvent id="j">{_ESCALATION}</endEvent>\ni -> j\n</subProcess>'
        yield piece("Escalation", "eskalasi", _ESCALATION, interrupting=interrupting, host=escalates)
    fails = f'<subProcess id="h"><start i> <endEvent id="j">{_ERROR}</endEvent>\ni -> j\n</subProcess>'
    yield piece("Error", "galat", _ERROR, interrupting=True, host=fails)
    yield piece("Error (any code)", "galat (semua kode)", "<errorEventDefinition/>", interrupting=True, host=fails)
    yield piece("Error", "galat", _ERROR, interrupting=False, host=fails)
    undo = '<manualTask id="undo" isForCompensation="true"/>'
    compensation = (
        f"<start s> <task h> {boundary('x', 'h', _COMPENSATE)} {undo}"
        '<association id="as" sourceRef="x" targetRef="undo" associationDirection="One"/>'
        f'<endEvent id="e">{_COMPENSATE}</endEvent>\ns -> h\nh -> e\n'
    )
    yield Piece(group, Label("Compensation boundary", "Batas kompensasi"), compensation, reached="undo")
    cancel = "<cancelEventDefinition/>"
    canceled = f'<transaction id="h"><start i> <endEvent id="j">{cancel}</endEvent>\ni -> j\n</transaction>'
    yield piece("Cancel", "batal", cancel, interrupting=True, host=canceled)
    yield piece("Cancel (not on a transaction)", "batal (bukan pada transaksi)", cancel, interrupting=True)


def _handlers() -> Iterator[Piece]:
    group = "Event sub-processes · Subproses peristiwa"
    inside = "<task t> <end j>\nx_start -> t\nt -> j\n"

    def piece(en: str, id_: str, definition: str, work: str, *, interrupting: bool) -> Piece:
        word, kata = ("interrupting", "menyela") if interrupting else ("non-interrupting", "tidak menyela")
        handler = event_subprocess("x", definition, inside, interrupting=interrupting)
        name = Label(f"{en} event sub-process, {word}", f"Subproses peristiwa {id_}, {kata}")
        return Piece(group, name, f"{work} {handler}\n", searched="x_start")

    waits = "<start s> <user u> <end e>\ns -> u\nu -> e\n"

    def throws(definition: str) -> str:
        inner = f'<start i> <endEvent id="k">{definition}</endEvent>\ni -> k\n'
        return f'<start s> <subProcess id="u">{inner}</subProcess> <end e>\ns -> u\nu -> e\n'

    for interrupting in (True, False):
        yield piece("Message", "pesan", _MESSAGE, waits, interrupting=interrupting)
        for kind in _ONCE if interrupting else ("date", "duration", "cycle"):
            definition, en, id_ = _TIMERS[kind]
            yield piece(f"Timer ({en})", f"waktu ({id_})", definition, waits, interrupting=interrupting)
        yield piece("Signal", "sinyal", _SIGNAL, waits, interrupting=interrupting)
        changes = f"<start s> {script('c', '1', 'n')} <user u> <end e>\ns -> c\nc -> u\nu -> e\n"
        yield piece("Conditional", "syarat", _CONDITION, changes, interrupting=interrupting)
        yield piece("Escalation", "eskalasi", _ESCALATION, throws(_ESCALATION), interrupting=interrupting)
    yield piece("Error", "galat", _ERROR, throws(_ERROR), interrupting=True)
    yield piece("Error", "galat", _ERROR, throws(_ERROR), interrupting=False)
    undoing = event_subprocess("x", _COMPENSATE, inside)
    undone = f'<start s> <subProcess id="u"><start i> <task w> <end j2>\ni -> w\nw -> j2\n{undoing}</subProcess>'
    undone += f' <endEvent id="e">{_COMPENSATE}</endEvent>\ns -> u\nu -> e\n'
    name = Label("Compensation event sub-process", "Subproses peristiwa kompensasi")
    yield Piece(group, name, undone, searched="x_start")


def _tasks() -> Iterator[Piece]:
    group = "Tasks · Tugas"

    def piece(en: str, id_: str, element: str) -> Piece:
        return Piece(group, Label(en, id_), _through(element))

    yield piece("Task (undefined)", "Tugas (tanpa jenis)", "<task x>")
    yield piece("Manual task", "Tugas manual", '<manualTask id="x"/>')
    yield piece("User task", "Tugas pengguna", extended("userTask", "x", "<zeebe:userTask/>"))
    yield piece("User task without zeebe:userTask", "Tugas pengguna tanpa zeebe:userTask", "<user x>")
    yield piece("Service task", "Tugas layanan", service("x"))
    yield piece("Service task without job type", "Tugas layanan tanpa jenis", '<serviceTask id="x"/>')
    yield piece("Script task (FEEL)", "Tugas skrip (FEEL)", script("x", "n + 1", "n"))
    other = extended("scriptTask", "x", '<zeebe:taskDefinition type="script"/>')
    yield piece("Script task as a job", "Tugas skrip sebagai pekerjaan", other)
    plain = '<scriptTask id="x" scriptFormat="python"><script>import os</script></scriptTask>'
    yield piece("Script task in a programming language", "Tugas skrip dalam bahasa pemrograman", plain)
    yield piece("Send task (message)", "Tugas kirim (pesan)", '<sendTask id="x" messageRef="M"/>')
    send = extended("sendTask", "x", '<zeebe:taskDefinition type="send"/>')
    yield piece("Send task as a job", "Tugas kirim sebagai pekerjaan", send)
    yield piece("Receive task", "Tugas terima", '<receiveTask id="x" messageRef="M"/>')
    decided = '<zeebe:calledDecision decisionId="D" resultVariable="n"/>'
    element = extended("businessRuleTask", "x", decided)
    yield piece("Business rule task (DMN decision)", "Tugas aturan bisnis (keputusan DMN)", element)
    rule = extended("businessRuleTask", "x", '<zeebe:taskDefinition type="rule"/>')
    yield piece("Business rule task as a job", "Tugas aturan bisnis sebagai pekerjaan", rule)
    listened = extended(
        "serviceTask",
        "x",
        '<zeebe:taskDefinition type="work"/><zeebe:executionListeners>'
        '<zeebe:executionListener eventType="start" type="log"/></zeebe:executionListeners>',
    )
    name = Label("Execution listener", "Pendengar jalannya elemen")
    yield Piece(group, name, _through(listened), searched="")
    listened = extended(
        "userTask",
        "x",
        '<zeebe:userTask/><zeebe:taskListeners><zeebe:taskListener eventType="completing" type="log"/>'
        "</zeebe:taskListeners>",
    )
    name = Label("Task listener", "Pendengar tugas")
    yield Piece(group, name, _through(listened), searched="")


def _scopes() -> Iterator[Piece]:
    group = "Sub-processes and calls · Subproses dan pemanggilan"
    inside = "<start i> <task t> <end j>\ni -> t\nt -> j\n"

    def piece(en: str, id_: str, body: str, beside: str = "") -> Piece:
        return Piece(group, Label(en, id_), body, beside)

    yield piece("Embedded sub-process", "Subproses", _through(f'<subProcess id="x">{inside}</subProcess>'))
    yield piece("Transaction", "Transaksi", _through(f'<transaction id="x">{inside}</transaction>'))
    listed = extended("adHocSubProcess", "x", '<zeebe:adHoc activeElementsCollection="= [&quot;t&quot;]"/>', "<task t>")
    yield piece("Ad-hoc sub-process", "Subproses ad-hoc", _through(listed))
    called = process("<start a> <task b> <end c>\na -> b\nb -> c\n", "called")
    body = _through(extended("callActivity", "x", '<zeebe:calledElement processId="called"/>'))
    yield piece("Call activity", "Aktivitas pemanggil", body, called)


def _gateways() -> Iterator[Piece]:
    group = "Gateways and flows · Gerbang dan alur"

    def piece(en: str, id_: str, body: str, *, own: bool = True) -> Piece:
        return Piece(group, Label(en, id_), body, searched="x" if own else "")

    split = "<start s> <{} x> <task a> <task b> <end e>\ns -> x\nx -> a{}\nx -> b{}\na -> e\nb -> e\n"
    yield piece("Exclusive gateway", "Gerbang eksklusif", split.format("xor", " if n = 0", " if n != 0"))
    yield piece("Parallel gateway", "Gerbang paralel", split.format("and", "", ""))
    yield piece("Inclusive gateway", "Gerbang inklusif", split.format("or", " if n = 0", " if n >= 0"))
    catches = f'<intermediateCatchEvent id="a">{_MESSAGE}</intermediateCatchEvent> {timer_event("b")}'
    body = f"<start s> <event x> {catches} <end e>\ns -> x\nx -> a\nx -> b\na -> e\nb -> e\n"
    yield piece("Event-based gateway", "Gerbang berbasis peristiwa", body)
    body = '<start s> <complexGateway id="x"/> <end e>\ns -> x\nx -> e\n'
    yield piece("Complex gateway", "Gerbang kompleks", body)
    body = "<start s> <task x> <task a> <end e>\ns -> x\nx -> a if n = 0\nx -> e\na -> e\n"
    yield piece("Conditional flow out of a task", "Alur bersyarat dari tugas", body, own=False)
    body = "<start s> <task x> <task a> <task b> <end e>\ns -> x\nx -> a\nx -> b\na -> e\nb -> e\n"
    yield piece("Several flows out of and into a task", "Beberapa alur keluar dan masuk tugas", body, own=False)


def _loops() -> Iterator[Piece]:
    group = "Loops · Pengulangan"
    several = (
        '<multiInstanceLoopCharacteristics isSequential="{}"><extensionElements>'
        '<zeebe:loopCharacteristics inputCollection="= items" inputElement="i"/></extensionElements>'
        "</multiInstanceLoopCharacteristics>"
    )
    counted = (
        "<multiInstanceLoopCharacteristics><loopCardinality>= 3</loopCardinality></multiInstanceLoopCharacteristics>"
    )
    condition = "<loopCondition>= true</loopCondition>"
    again = f'<standardLoopCharacteristics loopMaximum="2">{condition}</standardLoopCharacteristics>'
    kinds = (
        ("Multi-instance, sequential", "Multi-instans, berurutan", several.format("true")),
        ("Multi-instance, parallel", "Multi-instans, paralel", several.format("false")),
        ("Multi-instance by number", "Multi-instans menurut jumlah", counted),
        ("Standard loop", "Pengulangan biasa", again),
    )
    for en, id_, loop in kinds:
        yield Piece(group, Label(en, id_), _through(f'<userTask id="x">{loop}</userTask>'))
    inside = "<start i> <task t> <end j>\ni -> t\nt -> j\n"
    body = _through(f'<subProcess id="x">{several.format("false")}{inside}</subProcess>')
    yield Piece(group, Label("Multi-instance sub-process", "Subproses multi-instans"), body)


def _drawn() -> Iterator[Piece]:
    group = "Drawn for people · Digambar untuk pembaca"

    def piece(en: str, id_: str, drawn: str) -> Piece:
        return Piece(group, Label(en, id_), drawn + _through("<task x>"), searched="")

    yield piece("Lanes", "Jalur", '<laneSet id="ls"><lane id="l1"><flowNodeRef>x</flowNodeRef></lane></laneSet>')
    data = '<dataObject id="do"/><dataObjectReference id="dor" dataObjectRef="do"/>'
    yield piece("Data object", "Objek data", data)
    yield piece("Data store", "Penyimpanan data", '<dataStoreReference id="dsr" dataStoreRef="DS"/>')
    yield piece("Text annotation", "Anotasi teks", '<textAnnotation id="ta"><text>note</text></textAnnotation>')
    yield piece("Group", "Grup", '<group id="g" categoryValueRef="CV"/>')
    pools = (
        '<collaboration id="co"><participant id="p1" processRef="p"/><participant id="p2" processRef="other"/>'
        '<messageFlow id="mf" sourceRef="p1" targetRef="p2"/></collaboration>'
    )
    other = process("<start o1> <end o2>\no1 -> o2\n", "other")
    name = Label("Collaboration with several pools", "Kolaborasi dengan beberapa kolam")
    yield Piece(group, name, _through("<task x>"), pools + other, searched="")
    paper = '<process id="paper" isExecutable="false"><complexGateway id="cg"/></process>'
    name = Label("Pool that is not executable, beside one that is", "Kolam yang tidak dijalankan")
    yield Piece(group, name, _through("<task x>"), paper, searched="")
    conversation = '<choreography id="ch"><choreographyTask id="ct"/></choreography>'
    name = Label("Choreography", "Koreografi")
    yield Piece(group, name, _through("<task x>"), conversation, searched="")


_GROUPS = (_starts, _catches, _throws, _boundaries, _handlers, _tasks, _scopes, _gateways, _loops, _drawn)
PIECES: tuple[Piece, ...] = tuple(piece for group in _GROUPS for piece in group())
