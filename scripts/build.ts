/**
 * Bundles each action into one self-contained file under dist/, with the licences of what is in it.
 * `--check`: builds in memory and fails when dist/ is not what the sources give.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { licences } from './licences.ts';

/** What runs load only when they need it, in files beside the bundle. Their sources are only ever imported with `import()`. */
const LOADED_LATE = [
  { entry: 'src/argocd/kubernetes/auth-library.ts', file: 'kubernetes-auth.cjs' },
  { entry: 'src/github/octokit.ts', file: 'github.cjs' },
  { entry: 'src/argocd/http/proxy-agents.ts', file: 'proxy.cjs' },
] as const;

/**
 * Packages that many runs of the sync do not use. Each is a file beside the bundle that is read at the first use of one of its
 * names: V8 goes through every letter of a bundle before its first line runs. The sources import them like any other.
 */
const READ_AT_FIRST_USE = ['croner', 'js-yaml', 'minimatch', 're2js', 'yaml'] as const;

interface Bundle {
  readonly entry: string;
  readonly out: string;
  readonly readAtFirstUse?: readonly string[];
}

const late = (action: string): readonly Bundle[] =>
  LOADED_LATE.map(({ entry, file }) => ({ entry, out: `dist/${action}/${file}` }));

const BUNDLES: readonly Bundle[] = [
  { entry: 'src/sync/index.ts', out: 'dist/sync/index.cjs', readAtFirstUse: READ_AT_FIRST_USE },
  ...late('sync'),
  ...READ_AT_FIRST_USE.map((name) => ({ entry: name, out: `dist/sync/${name}.cjs` })),
  { entry: 'src/bidirectional/index.ts', out: 'dist/bidirectional/index.cjs' },
  ...late('bidirectional'),
];

/**
 * Packages whose modules do nothing when they are loaded but define things, which their package.json does not say: so what is
 * not used of them can go. The Kubernetes client's generated API is 18 MB of classes, of which only kubeconfig and
 * authentication are used; the toolkit brings an HTTP client for tokens that are never asked for.
 */
const DEFINES_ONLY = /\/node_modules\/@(?:kubernetes\/client-node|actions\/core|actions\/http-client)\//;

const withoutUnused: Plugin = {
  name: 'without-unused',
  setup({ onResolve, resolve }) {
    onResolve({ filter: /./ }, async ({ path, pluginData, ...args }) => {
      if (pluginData === 'resolving') return undefined;
      const found = await resolve(path, { ...args, pluginData: 'resolving' });
      const late = LOADED_LATE.find(({ entry }) => args.kind === 'dynamic-import' && found.path.endsWith(`/${entry}`));
      if (late !== undefined) return { path: `./${late.file}`, external: true };
      return DEFINES_ONLY.test(found.path) ? { path: found.path, sideEffects: false } : undefined;
    });
  },
};

/** Stands in for packages in a bundle: all their names, each of which reads the package's own file. */
const readAtFirstUse = (packages: readonly string[]): Plugin => ({
  name: 'read-at-first-use',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /./ }, ({ path, namespace }) => {
      if (namespace === 'read-at-first-use') return { path, external: true };
      return packages.includes(path) ? { path, namespace: 'read-at-first-use' } : undefined;
    });
    onLoad({ filter: /./, namespace: 'read-at-first-use' }, async ({ path }) => {
      const names = Object.keys((await import(path)) as object).filter((name) => /^\w+$/.test(name));
      const getters = names.map((name) => `get ${name}() { return whole().${name}; }`);
      return {
        contents: `let read;\nconst whole = () => (read ??= require('./${path}.cjs'));\nmodule.exports = {\n${getters.join(',\n')}\n};`,
      };
    });
  },
});

const check = process.argv.includes('--check');
let stale = 0;

const put = (path: string, text: string): void => {
  if (check) {
    let now = '';
    try {
      now = readFileSync(path, 'utf8');
    } catch {
      // Missing counts as stale.
    }
    if (now !== text) {
      console.error(`${path} is not up to date: run npm run build and commit dist/`);
      stale += 1;
    }
    return;
  }
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  console.log(`${path}  ${Math.round(text.length / 1024)} KiB`);
};

/** What is in the files of each folder. */
const inputs = new Map<string, readonly string[]>();
for (const { entry, out, readAtFirstUse: packages = [] } of BUNDLES) {
  const result = await build({
    entryPoints: [entry],
    outfile: out,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    write: false,
    metafile: true,
    treeShaking: true,
    legalComments: 'none',
    // A text of Latin letters takes half the memory, and a single other character would double it.
    charset: 'ascii',
    logLevel: 'warning',
    plugins: [readAtFirstUse(packages), withoutUnused],
  });
  const file = result.outputFiles[0];
  if (file === undefined) throw new Error(`no output for ${entry}`);
  put(out, file.text);
  const folder = dirname(out);
  inputs.set(folder, [...(inputs.get(folder) ?? []), ...Object.keys(result.metafile.inputs)]);
}
for (const [folder, files] of inputs) put(`${folder}/licenses.txt`, licences(files));
if (stale > 0) process.exitCode = 1;
