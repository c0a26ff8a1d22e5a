// Bundles the pages' CSS, scripts, fonts and icons into one folder of files with hashed names.
//
// Started by build.rs as `node build.mjs OUT`, where OUT becomes:
//   files/…        what is served, each with a `.br` sibling when that is smaller
//   manifest.json  logical name -> hashed name, for programs
//   tables.rs      the same and the icons as Rust tables, which src/lib.rs includes
//
// To add a script or stylesheet that pages load by name: one line in ENTRIES. An icon: one line in icons.txt.

import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import zlib from 'node:zlib';
import { cacheHome, modulesFor } from './modules.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const out = path.resolve(process.argv[2] ?? 'dist');
const modules = modulesFor(here);
const { build } = createRequire(path.join(modules, 'package.json'))('esbuild');

/** Logical name without its ending -> source. Modules are split, so that they share chunks. */
const ENTRIES = {
  modules: { site: 'ts/site/main.ts', interview: 'ts/interview/main.ts', editor: 'ts/interview/editor.ts' },
  // Classic scripts and workers: each one self-contained file.
  classic: {
    nonce: 'ts/interview/nonce.ts',
    'editor.worker': 'monaco-editor/editor/editor.worker',
    'ts.worker': 'monaco-editor/languages/features/typescript/ts.worker',
  },
  styles: { 'site-style': 'css/site.css', 'interview-style': 'css/interview.css' },
};
/** Stylesheets are entries under another name, because esbuild wants one per name; this is what pages call them. */
const LOGICAL = { 'site-style.css': 'site.css', 'interview-style.css': 'interview.css' };
const COMPRESSIBLE = /\.(js|css|svg|ttf|txt|json)$/;
const BROTLI_QUALITY = 11;

const files = path.join(out, 'files');
fs.rmSync(out, { recursive: true, force: true });
fs.mkdirSync(files, { recursive: true });

const manifest = await bundle();
copyFonts(manifest);
copyImages(manifest);
manifest['licenses.txt'] = put('licenses', 'txt', licenses());
await compress();
fs.writeFileSync(path.join(out, 'manifest.json'), JSON.stringify(manifest, Object.keys(manifest).sort(), 1));
fs.writeFileSync(path.join(out, 'tables.rs'), tables(manifest, icons()));

async function bundle() {
  const common = {
    absWorkingDir: here,
    nodePaths: [path.join(modules, 'node_modules')],
    bundle: true,
    minify: true,
    metafile: true,
    target: 'es2022',
    legalComments: 'none',
    logLevel: 'warning',
    loader: { '.ttf': 'file', '.woff2': 'file' },
    outdir: files,
    entryNames: '[name]-[hash]',
    chunkNames: 'chunk-[hash]',
    assetNames: '[name]-[hash]',
    publicPath: '/assets',
  };
  const results = await Promise.all([
    build({ ...common, entryPoints: ENTRIES.modules, format: 'esm', splitting: true }),
    build({ ...common, entryPoints: ENTRIES.classic, format: 'iife' }),
    build({ ...common, entryPoints: ENTRIES.styles }),
  ]);
  const names = {};
  for (const { metafile } of results) {
    for (const [file, { entryPoint }] of Object.entries(metafile.outputs)) {
      const base = path.basename(file);
      const [, stem, ending] = /^(.*)-[A-Z0-9]{8}(\.\w+)$/.exec(base);
      const known = Object.values(ENTRIES).some((entries) => stem in entries);
      // Whoever imports the editor lazily drags a copy of its whole stylesheet along, which nothing loads.
      const copy = ending === '.css' && stem !== 'editor' && !(stem in ENTRIES.styles);
      if (copy) fs.rmSync(path.join(here, file));
      if (copy || !known || (ending === '.js' && !entryPoint)) continue;
      const logical = LOGICAL[stem + ending] ?? stem + ending;
      names[logical] = base;
    }
  }
  return names;
}

/** The fonts that pages preload get logical names of their own; the stylesheet's url()s point at the same files. */
function copyFonts(manifest) {
  for (const font of ['inter', 'lora', 'jetbrains-mono']) {
    for (const [style, suffix] of [['normal', ''], ['italic', '-italic']]) {
      const found = fs.readdirSync(files).find((name) => name.startsWith(`${font}-latin-wght-${style}-`));
      if (found) manifest[`${font}${suffix}.woff2`] = found;
    }
  }
}

/** Pictures of our own: `images/og.png` is called `og.png`. */
function copyImages(manifest) {
  for (const name of fs.readdirSync(path.join(here, 'images')).sort()) {
    const { name: stem, ext } = path.parse(name);
    manifest[name] = put(stem, ext.slice(1), fs.readFileSync(path.join(here, 'images', name)));
  }
}

/** The licence texts of everything that is delivered to browsers. */
function licenses() {
  const root = path.join(modules, 'node_modules');
  const { dependencies } = JSON.parse(fs.readFileSync(path.join(here, 'package.json'), 'utf8'));
  const delivered = [...Object.keys(dependencies), 'dompurify', 'marked'].sort();
  return delivered
    .flatMap((name) => {
      const { version } = JSON.parse(fs.readFileSync(path.join(root, name, 'package.json'), 'utf8'));
      const texts = fs.readdirSync(path.join(root, name)).filter((file) => /^(licen[cs]e|third-?party-?notices|notice)/i.test(file));
      return texts.map((file) => `${name} ${version}\n${'='.repeat(72)}\n${fs.readFileSync(path.join(root, name, file), 'utf8').trim()}\n`);
    })
    .join('\n\n');
}

function put(stem, ending, text) {
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 8).toUpperCase();
  const name = `${stem}-${hash}.${ending}`;
  fs.writeFileSync(path.join(files, name), text);
  return name;
}

/** Writes the `.br` siblings. Brotli at its best takes seconds for the editor, so results are kept by content hash. */
async function compress() {
  const kept = path.join(cacheHome(), 'br');
  fs.mkdirSync(kept, { recursive: true });
  const brotli = promisify(zlib.brotliCompress);
  const params = { [zlib.constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY };
  await Promise.all(
    fs.readdirSync(files).filter((name) => COMPRESSIBLE.test(name)).map(async (name) => {
      const bytes = fs.readFileSync(path.join(files, name));
      const key = path.join(kept, createHash('sha256').update(bytes).digest('hex'));
      let small;
      try {
        small = fs.readFileSync(key);
      } catch {
        small = await brotli(bytes, { params: { ...params, [zlib.constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } });
        const draft = `${key}.${process.pid}`;
        fs.writeFileSync(draft, small);
        fs.renameSync(draft, key);
      }
      if (small.length < bytes.length) fs.writeFileSync(path.join(files, `${name}.br`), small);
    }),
  );
}

/** The icons that icons.txt names, as inline SVG in currentColor: name -> markup. */
function icons() {
  const wanted = fs.readFileSync(path.join(here, 'icons.txt'), 'utf8').split('\n').map((line) => line.trim()).filter((line) => line && !line.startsWith('#'));
  return Object.fromEntries(
    [...new Set(wanted)].sort().map((name) => {
      const source = path.join(modules, 'node_modules/lucide-static/icons', `${name}.svg`);
      if (!fs.existsSync(source)) {
        console.error(`assets/icons.txt asks for the icon "${name}", which lucide does not have: look for its name at lucide.dev/icons.`);
        process.exit(1);
      }
      const body = /<svg[^>]*>([\s\S]*)<\/svg>/.exec(fs.readFileSync(source, 'utf8'))[1].replace(/\s*\n\s*/g, '').replace(/ \/>/g, '/>');
      return [name, `<svg class="icon" width="18" height="18" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">${body}</svg>`];
    }),
  );
}

/** Rust source: sorted tables, so that a lookup is a binary search. */
function tables(manifest, icons) {
  const raw = (text) => `r##"${text}"##`;
  const sorted = (entries) => entries.sort(([a], [b]) => (a < b ? -1 : 1));
  const served = fs.readdirSync(files).filter((name) => !name.endsWith('.br'));
  const list = (name, type, rows) => `pub static ${name}: &[${type}] = &[\n${rows.map((row) => `    ${row},\n`).join('')}];\n`;
  return [
    list('NAMES', '(&str, &str)', sorted(Object.entries(manifest)).map(([logical, hashed]) => `(${raw(logical)}, ${raw(`/assets/${hashed}`)})`)),
    list('ICONS', '(&str, &str)', sorted(Object.entries(icons)).map(([name, svg]) => `(${raw(name)}, ${raw(svg)})`)),
    list('FILES', '(&str, &[u8], Option<&[u8]>)', sorted(served.map((name) => [name])).map(([name]) => {
      const include = (file) => `include_bytes!(concat!(env!("INTERVIEWD_ASSETS"), ${raw(`/files/${file}`)}))`;
      const br = fs.existsSync(path.join(files, `${name}.br`)) ? `Some(${include(`${name}.br`)})` : 'None';
      return `(${raw(name)}, ${include(name)}, ${br})`;
    })),
  ].join('\n');
}
