// Builds the scripts, styles and icons of the web application into webapp/static/dist:
//   name-HASH.js, name-HASH.css, *.woff2   served for ever, because another content has another name
//   *.gz                                   the same, compressed once here and not at each request
//   manifest.json                          "app.js" -> "app-HASH.js"; read by webapp/assets.py
//   icons.json                             icon name -> inner SVG markup; read by webapp/assets.py
//   licences.txt                           the licences of all packages that went in

import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { validateAllZeebe } from "@bpmn-io/element-templates-validator";
import { build } from "esbuild";
import { PurgeCSS } from "purgecss";
import { connectorTemplates } from "./src/modeller/connectors.js";
import { FORMS } from "./src/modeller/indonesian-forms.js";

const here = fileURLToPath(new URL(".", import.meta.url));
const webapp = join(here, "..");
const dist = join(webapp, "static", "dist");
const fresh = `${dist}.new`; // takes the place of dist when everything went well

const ENTRY_POINTS = [
  "src/app.js", "src/viewer.js", "src/app.css",
  "src/modeller.js", "src/modeller.css", "src/dmn.js", "src/dmn.css", "src/form-editor.js", "src/form-editor.css",
  "src/changes.js", "src/changes.css", "src/scenarios.css",
];
const COMPRESSED = new Set([".js", ".css", ".json"]);

/** Tabler's style sheet without the rules and variables that no template, script, style or Python file names. */
const purgeTabler = {
  name: "purge-tabler",
  setup(builder) {
    builder.onLoad({ filter: /[\\/]@tabler[\\/]core[\\/].*\.css$/ }, async ({ path }) => {
      const [purged] = await new PurgeCSS().purge({
        content: [
          join(webapp, "templates/**/*.html"),
          join(webapp, "!(frontend|static)/**/*.{html,py}"),
          join(webapp, "*.py"),
          join(here, "src/**/*.js"),
        ],
        css: [{ raw: await readFile(path, "utf8") }],
        variables: true,
        safelist: { variables: await variablesOfOurs() },
      });
      return { contents: purged.css, loader: "css" };
    });
  },
};

/** The panel of Camunda 7, 45 KB that nobody opens: this assignment alone keeps esbuild from leaving it out. */
const leaveCamunda7Out = {
  name: "leave-camunda-7-out",
  setup(builder) {
    builder.onLoad({ filter: /bpmn-js-properties-panel[\\/]dist[\\/]index\.esm\.js$/ }, async ({ path }) => {
      const source = await readFile(path, "utf8");
      return { contents: source.replace(/^CamundaPlatformPropertiesProvider\.\$inject = .*$/m, ""), loader: "js" };
    });
  },
};

/** The form editor translates nothing by itself: each of its texts that has an Indonesian twin asks for it. */
const formEditorInWords = {
  name: "form-editor-in-words",
  setup(builder) {
    builder.onLoad({ filter: /form-js-editor[\\/]dist[\\/]index\.es\.js$/ }, async ({ path }) => {
      const source = await readFile(path, "utf8");
      const texts = source.replace(/\b(label|title|placeholder|description|children|text|tooltip): ('(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")/g,
        (whole, key, literal) => (FORMS[JSON.parse(asJson(literal))] ? `${key}: inWords(${literal})` : whole));
      const palette = texts
        .replace("label: fieldConfig.name || fieldConfig.label", "label: inWords(fieldConfig.name || fieldConfig.label)")
        .replace("title: `Create ${getIndefiniteArticle(type)} ${label} element`", "title: `${inWords(`Create ${getIndefiniteArticle(type)}`)} ${label}`")
        .replace("return `Remove ${entry.label}`", "return `${inWords('Remove')} ${inWords(entry.label)}`");
      if (palette === texts) throw new Error("The form editor's palette reads its names elsewhere now: see build.mjs.");
      return { contents: `import { inWords } from "${join(here, "src/form-editor/translate.js")}";\n${palette}`, loader: "js" };
    });
  },
};

const asJson = (literal) => (literal[0] === "'" ? `"${literal.slice(1, -1).replaceAll("\\'", "'").replaceAll('"', '\\"')}"` : literal);

/** The panels get editors of expressions that are fetched when they are needed. */
const feelEditorsLater = {
  name: "feel-editors-later",
  setup(builder) {
    const users = /[\\/](@bpmn-io[\\/]properties-panel|@bpmn-io[\\/]form-js-editor|dmn-js-shared)[\\/]/;
    builder.onResolve({ filter: /^(@codemirror\/|@bpmn-io\/feel(ers)?-editor$)/ }, ({ importer }) =>
      users.test(importer) ? { path: join(here, "src/editor/feel-later.js") } : undefined);
  },
};

async function variablesOfOurs() {
  const folder = join(here, "src/styles");
  const sheets = await Promise.all((await readdir(folder)).map((file) => readFile(join(folder, file), "utf8")));
  return [...new Set(sheets.join().match(/--[\w-]+/g))];
}

async function bundle() {
  const { metafile } = await build({
    absWorkingDir: here,
    entryPoints: ENTRY_POINTS,
    outdir: fresh,
    bundle: true,
    splitting: true,
    format: "esm",
    target: ["es2022", "chrome109", "firefox115", "safari16"],
    minify: true,
    legalComments: "none",
    metafile: true,
    entryNames: "[name]-[hash]",
    chunkNames: "[name]-[hash]",
    assetNames: "[name]-[hash]",
    loader: { ".woff2": "file", ".woff": "file", ".ttf": "file", ".eot": "file", ".svg": "file" },
    alias: {
      preact: join(here, "node_modules/preact"), // form-js breaks when its editor and viewer have one each
      "@bpmn-io/element-templates-validator": join(here, "src/modeller/template-validator.js"),
    },
    plugins: [purgeTabler, leaveCamunda7Out, feelEditorsLater, formEditorInWords],
    logLevel: "warning",
  });
  return metafile;
}

/** Plain name -> hashed name of every entry point. */
function manifestOf({ outputs }) {
  const built = Object.entries(outputs).filter(([, output]) => output.entryPoint);
  return Object.fromEntries(built.map(([file, output]) => [basename(output.entryPoint), basename(file)]));
}

async function licencesOf({ inputs }) {
  const names = Object.keys(inputs).map((file) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1]);
  const packages = [...new Set([...names, "@tabler/icons"])].filter(Boolean).sort();
  return (await Promise.all(packages.map(licenceOf))).join("\n\n");
}

async function licenceOf(name) {
  const folder = join(here, "node_modules", name);
  const { version, license } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  const file = (await readdir(folder)).find((one) => /^licen[cs]e/i.test(one));
  const text = file ? await readFile(join(folder, file), "utf8") : "";
  return `${name} ${version}: ${license}\n\n${text}`;
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
  const packed = await promisify(gzip)(await readFile(join(fresh, file)), { level: 9 });
  await writeFile(join(fresh, `${file}.gz`), packed);
}

/** The bundle carries no validator, so the templates are checked here. */
function checkTemplates() {
  const { valid, results } = validateAllZeebe(connectorTemplates("en"));
  const wrong = results.filter((one) => !one.valid).map(({ object, errors }) => `${object.id}: ${errors[0].message}`);
  if (!valid) throw new Error(`Wrong element templates: ${wrong.join("; ")}`);
}

async function main() {
  checkTemplates();
  await rm(fresh, { recursive: true, force: true });
  await mkdir(fresh, { recursive: true });
  const built = await bundle();
  await Promise.all((await readdir(fresh)).filter((file) => COMPRESSED.has(extname(file))).map(compress));
  await writeFile(join(fresh, "icons.json"), JSON.stringify(await icons()));
  await writeFile(join(fresh, "manifest.json"), `${JSON.stringify(manifestOf(built), null, 2)}\n`);
  await writeFile(join(fresh, "licences.txt"), await licencesOf(built));
  await rm(dist, { recursive: true, force: true });
  await rename(fresh, dist);
}

main().catch((error) => {
  // esbuild has already shown its own errors, with file and line
  if (!error.errors) console.error(error);
  console.error("The front end was not built; what was there before is untouched.");
  process.exitCode = 1;
});
