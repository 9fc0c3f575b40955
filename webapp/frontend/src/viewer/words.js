// The few words that the viewer itself says, in the language of the page.

const ENGLISH = {
  active: "waiting here",
  completed: "done",
  faults: "fault",
  zoomIn: "Zoom in",
  zoomOut: "Zoom out",
  whole: "Show the whole diagram",
  work: "Show where the work is",
  less: "little time",
  more: "much time",
  keys: "Diagram. Plus and minus zoom, arrow keys move, 0 shows all of it, Home shows where the work is.",
  notDrawn: "The diagram could not be loaded. Reload the page; the list below it says the same.",
};
const INDONESIAN = {
  active: "menunggu di sini",
  completed: "selesai",
  faults: "gangguan eksekusi",
  zoomIn: "Perbesar",
  zoomOut: "Perkecil",
  whole: "Tampilkan seluruh diagram",
  work: "Tampilkan tempat pekerjaan berada",
  less: "sebentar",
  more: "lama",
  keys: "Diagram. Tombol plus dan minus memperbesar dan memperkecil, tombol panah menggeser, 0 menampilkan semuanya, Home menampilkan tempat pekerjaan berada.",
  notDrawn: "Diagram tidak dapat dimuat. Muat ulang halaman; daftar di bawahnya berisi hal yang sama.",
};

export const words = document.documentElement.lang === "en" ? ENGLISH : INDONESIAN;
