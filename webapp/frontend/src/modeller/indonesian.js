// English text of bpmn-js, dmn-js and the panel -> Indonesian.

import { DECISIONS } from "./indonesian-decisions.js";
import { PANEL } from "./indonesian-panel.js";

const NOUNS = {
  "task": "tugas", "user task": "tugas orang", "service task": "tugas layanan", "send task": "tugas kirim",
  "receive task": "tugas terima", "script task": "tugas skrip", "business rule task": "tugas aturan bisnis",
  "manual task": "tugas manual", "call activity": "aktivitas panggil", "end event": "peristiwa akhir",
  "start event": "peristiwa awal", "gateway": "gerbang", "exclusive gateway": "gerbang eksklusif",
  "parallel gateway": "gerbang paralel", "inclusive gateway": "gerbang inklusif",
  "event-based gateway": "gerbang berbasis peristiwa", "complex gateway": "gerbang kompleks",
  "intermediate throw event": "peristiwa lempar", "intermediate/boundary event": "peristiwa antara/tepi",
  "message start event": "awal pesan", "timer start event": "awal pewaktu", "signal start event": "awal sinyal",
  "conditional start event": "awal bersyarat", "message end event": "akhir pesan", "error end event": "akhir galat",
  "escalation end event": "akhir eskalasi", "signal end event": "akhir sinyal", "terminate end event": "akhir total",
  "compensation end event": "akhir kompensasi", "message intermediate catch event": "tangkap pesan",
  "message intermediate throw event": "lempar pesan", "timer intermediate catch event": "tangkap pewaktu",
  "signal intermediate catch event": "tangkap sinyal", "signal intermediate throw event": "lempar sinyal",
  "conditional intermediate catch event": "tangkap syarat", "escalation intermediate throw event": "lempar eskalasi",
  "link intermediate catch event": "tangkap tautan", "link intermediate throw event": "lempar tautan",
  "compensation intermediate throw event": "lempar kompensasi", "message boundary event": "pesan di tepi",
  "timer boundary event": "pewaktu di tepi", "error boundary event": "galat di tepi",
  "escalation boundary event": "eskalasi di tepi", "signal boundary event": "sinyal di tepi",
  "conditional boundary event": "syarat di tepi", "compensation boundary event": "kompensasi di tepi",
  "message boundary event (non-interrupting)": "pesan di tepi (tidak menghentikan)",
  "timer boundary event (non-interrupting)": "pewaktu di tepi (tidak menghentikan)",
  "escalation boundary event (non-interrupting)": "eskalasi di tepi (tidak menghentikan)",
  "signal boundary event (non-interrupting)": "sinyal di tepi (tidak menghentikan)",
  "conditional boundary event (non-interrupting)": "syarat di tepi (tidak menghentikan)",
  "sub-process": "subproses", "sub-process (collapsed)": "subproses (terlipat)",
  "sub-process (expanded)": "subproses (terbuka)", "expanded sub-process": "subproses terbuka",
  "event sub-process": "subproses peristiwa", "ad-hoc sub-process": "subproses ad-hoc",
  "ad-hoc sub-process (collapsed)": "subproses ad-hoc (terlipat)",
  "ad-hoc sub-process (expanded)": "subproses ad-hoc (terbuka)", "transaction": "transaksi",
  "data object reference": "objek data", "data store reference": "penyimpan data", "group": "kelompok",
  "pool/participant": "kolam/peserta", "text annotation": "catatan", "compensation activity": "aktivitas kompensasi",
  "element": "elemen", "sequence flow": "alur", "default flow": "alur bawaan", "conditional flow": "alur bersyarat",
  "participant": "peserta", "lane": "jalur", "process": "proses", "collaboration": "kolaborasi",
  "error start event": "awal galat", "escalation start event": "awal eskalasi", "compensation start event": "awal kompensasi",
  "message start event (non-interrupting)": "awal pesan (tidak menghentikan)",
  "timer start event (non-interrupting)": "awal pewaktu (tidak menghentikan)",
  "conditional start event (non-interrupting)": "awal bersyarat (tidak menghentikan)",
  "signal start event (non-interrupting)": "awal sinyal (tidak menghentikan)",
  "escalation start event (non-interrupting)": "awal eskalasi (tidak menghentikan)",
  "cancel boundary event": "batal di tepi", "cancel end event": "akhir batal",
  "boundary event": "peristiwa tepi", "intermediate catch event": "peristiwa tangkap",
  "event based gateway": "gerbang berbasis peristiwa", "collapsed sub-process": "subproses terlipat", "data object": "objek data", "data store": "penyimpan data",
  "collapsed ad-hoc sub-process": "subproses ad-hoc terlipat", "expanded ad-hoc sub-process": "subproses ad-hoc terbuka", "message flow": "alur pesan",
  "association": "asosiasi", "expanded pool": "kolam", "collapsed pool": "kolam terlipat", "empty pool": "kolam kosong",
  "empty pool/participant": "kolam/peserta kosong", "expanded pool/participant": "kolam/peserta terbuka",
};

const VERBS = { Create: "Buat", Append: "Sambung", Add: "Tambah" };

const TEXTS = {
  "Activate hand tool": "Alat geser", "Activate lasso tool": "Alat pilih banyak",
  "Activate create/remove space tool": "Alat tambah/kurangi ruang", "Activate global connect tool": "Alat sambung",
  "Add lane above": "Tambah jalur di atas", "Add lane below": "Tambah jalur di bawah",
  "Divide into two lanes": "Bagi dua jalur", "Divide into three lanes": "Bagi tiga jalur",
  "Change element": "Ubah jenis", "Change type": "Ubah jenis", "Delete": "Hapus", "Remove": "Hapus",
  "Connect to other element": "Sambung ke elemen lain", "Connect using association": "Sambung dengan asosiasi",
  "Connect using sequence/message flow or association": "Sambung dengan alur, alur pesan, atau asosiasi",
  "Connect using data input association": "Sambung dengan asosiasi data", "Align elements": "Ratakan elemen",
  "Append element": "Sambung elemen", "Create element": "Buat elemen", "Append": "Sambung", "Create": "Buat",
  "Search": "Cari", "Search in diagram": "Cari dalam diagram", "Open minimap": "Buka peta kecil",
  "Close minimap": "Tutup peta kecil", "Toggle minimap": "Buka/tutup peta kecil", "Tasks": "Tugas",
  "Gateways": "Gerbang", "Events": "Peristiwa", "Data": "Data", "Participants": "Peserta", "Sub-processes": "Subproses",
  "Sub-process": "Subproses", "Parallel multi-instance": "Banyak sekaligus", "Sequential multi-instance": "Satu per satu",
  "Loop": "Ulang", "Ad-hoc": "Ad-hoc", "Templates": "Templat", "Template": "Templat", "Select": "Pilih",
  "General": "Umum", "Name": "Nama", "ID": "ID", "Documentation": "Dokumentasi",
  "Element documentation": "Dokumentasi elemen", "Process documentation": "Dokumentasi proses",
  "Process name": "Nama proses", "Process ID": "ID proses", "Participant Name": "Nama peserta",
  "Participant ID": "ID peserta", "Executable": "Dapat dijalankan", "Version tag": "Tanda versi",
  "Implementation": "Pelaksanaan", "Type": "Jenis", "Assignment": "Penugasan", "Assignee": "Penerima tugas",
  "Candidate groups": "Grup calon", "Candidate users": "Calon orang", "Due date": "Batas waktu",
  "Follow up date": "Tanggal tindak lanjut", "Priority": "Prioritas", "Form": "Formulir", "Form ID": "ID formulir",
  "Form key": "Kunci formulir", "Binding": "Ikatan versi", "latest": "terbaru", "deployment": "penerbitan yang sama",
  "version tag": "tanda versi", "Camunda Form (linked)": "Formulir tertaut", "Camunda Form": "Formulir tertaut",
  "<none>": "<tidak ada>", "<empty>": "<kosong>", "Inputs": "Masukan", "Outputs": "Keluaran",
  "Input mapping": "Pemetaan masukan", "Output mapping": "Pemetaan keluaran", "Headers": "Tajuk",
  "Task listeners": "Pendengar tugas", "Execution listeners": "Pendengar pelaksanaan",
  "Extension properties": "Properti tambahan", "Task definition": "Definisi pekerjaan", "Job type": "Jenis pekerjaan",
  "Retries": "Percobaan ulang", "Condition": "Syarat", "Condition expression": "Ekspresi syarat",
  "Message": "Pesan", "Global message reference": "Pesan", "Subscription correlation key": "Kunci pasangan pesan",
  "Signal": "Sinyal", "Global signal reference": "Sinyal", "Error": "Galat", "Global error reference": "Galat",
  "Code": "Kode", "Escalation": "Eskalasi", "Global escalation reference": "Eskalasi", "Timer": "Pewaktu",
  "Value": "Nilai", "Duration": "Durasi", "Cycle": "Berulang", "Date": "Tanggal", "Link": "Tautan",
  "Multi-instance": "Banyak kali", "Input collection": "Untuk setiap", "Input element": "Nama setiap butir",
  "Output collection": "Kumpulan keluaran", "Output element": "Butir keluaran",
  "Completion condition": "Selesai bila", "Called element": "Proses yang dipanggil", "Called decision": "Keputusan",
  "Decision ID": "ID keputusan", "Result variable": "Variabel hasil", "Script": "Skrip", "Expression": "Ekspresi",
  "FEEL expression": "Ekspresi FEEL", "Variable name": "Nama variabel", "Variable assignment value": "Nilai variabel",
  "Local variable name": "Nama variabel lokal", "Process variable name": "Nama variabel proses", "Key": "Kunci",
  "Create new ...": "Buat baru ...", "Output propagation": "Keluaran", "Input propagation": "Masukan",
  "Propagate all child process variables": "Ambil semua variabel proses anak",
  "Propagate all parent process variables": "Teruskan semua variabel proses induk", "On": "Ya", "Off": "Tidak",
  "User task form": "Formulir tugas", "Event type": "Jenis peristiwa", "Listener type": "Jenis pendengar",
  "Select an element to edit its properties.": "Pilih elemen untuk menyunting propertinya.",
  "Multiple elements are selected. Select a single element to edit its properties.":
    "Beberapa elemen terpilih. Pilih satu elemen untuk menyunting propertinya.",
  "ID must not be empty.": "ID wajib diisi.", "ID must be unique.": "ID harus unik.",
  "ID must not contain spaces.": "ID tidak boleh memuat spasi.", "ID must be a valid QName.": "ID tidak sah.",
  "Define the assignee of the task": "Siapa penerima tugas", "Text": "Teks",
  "Indonesian name": "Nama Indonesia", "Segregation rules": "Aturan pemisahan tugas",
  "Ids of rules, comma separated: who may not do this task.": "ID aturan, dipisah koma: siapa yang tidak boleh mengerjakan.",
  "Duty": "Kewajiban",
  "What the person who does this is remembered for: request, vote, implement, test, review.":
    "Yang dicatat tentang pelaksananya: request, vote, implement, test, review.",
  "Facts above the form": "Fakta di atas formulir",
  "FEEL: a list of {label, label_id, value}.": "FEEL: daftar {label, label_id, value}.",
  "Told in the story": "Diceritakan dalam riwayat",
  "Fields of the form, comma separated, such as vote.decision: what readers of the record learn of the answers.":
    "Bidang formulir, dipisah koma, misalnya vote.decision: jawaban yang terbaca pada rekaman.",
  "Who may start": "Siapa yang boleh memulai",
  "Groups, comma separated; empty means everyone.": "Grup, dipisah koma; kosong berarti semua orang.",
  "State of the record": "Status rekaman",
  "Entering the element gives the record this state.": "Saat elemen ini dimasuki, rekaman mendapat status ini.",
  "Content is kept for": "Isi disimpan selama",
  "ISO 8601 duration such as P5Y, after the end; empty means for ever.":
    "Durasi ISO 8601 seperti P5Y setelah selesai; kosong berarti selamanya.",
  "Clock": "Jam", "Such as: start response, pause resolution, stop resolution.":
    "Misalnya: start response, pause resolution, stop resolution.",
  "Step of the requirements": "Langkah persyaratan", "Empty means the element's id.": "Kosong berarti ID elemen.",
  "Message is kept for": "Pesan disimpan selama",
  "ISO 8601 duration such as P30D; empty means not at all.": "Durasi ISO 8601 seperti P30D; kosong berarti tidak disimpan.",
  "Owners": "Pemilik",
  "Names or groups who may publish, comma separated; empty means every process owner.":
    "Nama atau grup yang boleh menerbitkan, dipisah koma; kosong berarti semua pemilik proses.",
  "Type of its records": "Jenis rekaman", "Prefix of the numbers, such as REQ.": "Awalan nomor, misalnya REQ.",
  "Shown in the catalogue": "Tampil di katalog", "yes": "ya", "no": "tidak",
  "Description in the catalogue": "Uraian di katalog", "Indonesian description": "Uraian Indonesia", "Icon": "Ikon",
  "Name of a Tabler icon.": "Nama ikon Tabler.", "Choose a form": "Pilih formulir", "Choose a decision": "Pilih keputusan",
  "Choose a process": "Pilih proses", "Add or remove a group": "Tambah atau hapus grup", "(none)": "(tidak ada)",
  "(nobody yet)": "(belum ada)",
};

const capital = (text) => text[0].toUpperCase() + text.slice(1);
const composed = Object.entries(VERBS).flatMap(([verb, kata]) =>
  Object.entries(NOUNS).map(([noun, benda]) => [`${verb} ${noun}`, `${kata} ${benda}`]));
const alone = Object.entries(NOUNS).map(([noun, benda]) => [capital(noun), capital(benda)]);

export const INDONESIAN = { ...DECISIONS, ...PANEL, ...Object.fromEntries(alone), ...Object.fromEntries(composed), ...TEXTS };

/** The panel writes types in words of its own: "Expanded Sub Process (Collapsed)". */
export const typeInIndonesian = (text) => {
  const noun = text.toLowerCase().replace("sub process", "sub-process").replace("ad hoc", "ad-hoc").replace("non interrupting", "non-interrupting");
  return NOUNS[noun] ? capital(NOUNS[noun]) : undefined;
};
