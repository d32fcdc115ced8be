/**
 * Bundles each action into one self-contained file under dist/, with the licences of what is in it.
 * `--check`: builds in memory and fails when dist/ is not what the sources give.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { licences } from './licences.ts';

const ACTIONS = [{ entry: 'src/sync/index.ts', out: 'dist/sync/index.cjs' }] as const;

/**
 * The Kubernetes client's generated API is 18 MB of classes; only its kubeconfig and authentication are used. Its modules do
 * nothing when they are loaded but define things, which its package.json does not say: so what is not used can go.
 */
const withoutUnusedApi: Plugin = {
  name: 'without-unused-api',
  setup({ onResolve, resolve }) {
    onResolve({ filter: /./ }, async ({ path, pluginData, ...args }) => {
      if (pluginData === 'resolving') return undefined;
      const found = await resolve(path, { ...args, pluginData: 'resolving' });
      return found.path.includes('/@kubernetes/client-node/') ? { path: found.path, sideEffects: false } : undefined;
    });
  },
};

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

for (const { entry, out } of ACTIONS) {
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
    charset: 'utf8',
    logLevel: 'warning',
    plugins: [withoutUnusedApi],
  });
  const file = result.outputFiles[0];
  if (file === undefined) throw new Error(`no output for ${entry}`);
  put(out, file.text);
  put(`${dirname(out)}/licenses.txt`, licences(Object.keys(result.metafile.inputs)));
}
if (stale > 0) process.exitCode = 1;
