// Builds the scripts, styles and icons of the web application into webapp/static/dist:
//   name-HASH.js, name-HASH.css, *.woff2   served for ever, because another content has another name
//   *.gz                                   the same, compressed once here and not at each request
//   manifest.json                          "app.js" -> "app-HASH.js"; read by webapp/assets.py
//   icons.json                             icon name -> inner SVG markup; read by webapp/assets.py

import { readdir, readFile, rm, writeFile, mkdir } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { build } from "esbuild";
import { PurgeCSS } from "purgecss";

const here = fileURLToPath(new URL(".", import.meta.url));
const webapp = join(here, "..");
const dist = join(webapp, "static", "dist");

const ENTRY_POINTS = ["src/app.js", "src/viewer.js", "src/app.css"];
const COMPRESSED = new Set([".js", ".css", ".json"]);

/** Tabler's style sheet without the rules that no template, script or Python file names. */
const purgeTabler = {
  name: "purge-tabler",
  setup(builder) {
    builder.onLoad({ filter: /[\\/]@tabler[\\/]core[\\/].*\.css$/ }, async ({ path }) => {
      const [purged] = await new PurgeCSS().purge({
        content: [
          join(webapp, "**/templates/**/*.html"),
          join(webapp, "*.py"),
          join(webapp, "!(frontend|static)/**/*.py"),
          join(here, "src/**/*.js"),
        ],
        css: [{ raw: withoutBanner(await readFile(path, "utf8")) }],
        safelist: { greedy: [/data-bs-theme/] },
        variables: false,
      });
      return { contents: purged.css, loader: "css" };
    });
  },
};

/** Tabler's first comment names hosts; its licence is kept in the packages' own files and in docs/decisions. */
function withoutBanner(css) {
  return css.replace(/\/\*# sourceMappingURL=.*?\*\//g, "");
}

async function bundle() {
  const { metafile } = await build({
    absWorkingDir: here,
    entryPoints: ENTRY_POINTS,
    outdir: dist,
    bundle: true,
    splitting: true,
    format: "esm",
    target: ["es2022", "chrome109", "firefox115", "safari16"],
    minify: true,
    legalComments: "linked",
    metafile: true,
    entryNames: "[name]-[hash]",
    chunkNames: "[name]-[hash]",
    assetNames: "[name]-[hash]",
    loader: { ".woff2": "file", ".svg": "file" },
    plugins: [purgeTabler],
    logLevel: "warning",
  });
  const built = Object.entries(metafile.outputs).filter(([, output]) => output.entryPoint);
  return Object.fromEntries(built.map(([file, output]) => [basename(output.entryPoint), basename(file)]));
}

async function icons() {
  const folder = join(here, "node_modules/@tabler/icons/icons/outline");
  const files = (await readdir(folder)).filter((file) => extname(file) === ".svg").sort();
  const entries = files.map(async (file) => [basename(file, ".svg"), inner(await readFile(join(folder, file), "utf8"))]);
  return Object.fromEntries(await Promise.all(entries));
}

/** What stands between <svg> and </svg>, without the invisible square that every icon starts with. */
function inner(svg) {
  return svg
    .replace(/^[\s\S]*?<svg[^>]*>/, "")
    .replace(/<\/svg>\s*$/, "")
    .replace(/<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*\/>/, "")
    .replace(/\s+/g, " ")
    .replace(/\s*\/>\s*/g, "/>")
    .trim();
}

async function compress(file) {
  const packed = await promisify(gzip)(await readFile(join(dist, file)), { level: 9 });
  await writeFile(join(dist, `${file}.gz`), packed);
}

await rm(dist, { recursive: true, force: true });
await mkdir(dist, { recursive: true });
const manifest = await bundle();
await Promise.all((await readdir(dist)).filter((file) => COMPRESSED.has(extname(file))).map(compress));
await writeFile(join(dist, "icons.json"), JSON.stringify(await icons()));
await writeFile(join(dist, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
