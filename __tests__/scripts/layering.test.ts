import { globSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { checkLayering } from '../../scripts/layering.ts';

const root = new URL('../../', import.meta.url).pathname;

const check = (files: Readonly<Record<string, string>>): readonly string[] =>
  checkLayering(new Map(Object.entries(files)));

test('the imports of src are those of the design', () => {
  const files = new Map(
    globSync('src/**/*.ts', { cwd: root }).map((path) => [path, readFileSync(`${root}${path}`, 'utf8')]),
  );
  expect(files.size).toBeGreaterThan(20);
  expect(checkLayering(files)).toEqual([]);
});

test.each([
  [{ 'src/lib/a.ts': "import { x } from '../argocd/b.ts';", 'src/argocd/b.ts': '' }, 'lib may not know argocd'],
  [{ 'src/argocd/a.ts': "import type { X } from '../report/b.ts';" }, 'argocd may not know report'],
  [{ 'src/operation/a.ts': "import {\n  a,\n  b,\n} from '../sync/b.ts';" }, 'operation may not know sync'],
  [{ 'src/operation/a.ts': "import { Inputs } from '../sync/inputs/types.ts';" }, 'operation may not know sync'],
  [{ 'src/targets/a.ts': "export { x } from '../operation/b.ts';" }, 'targets may not know operation'],
  [{ 'src/sync/a.ts': "const x = await import('../argocd/server/b.ts');" }, 'only connect.ts and the adapter itself'],
  [{ 'src/argocd/kubernetes/a.ts': "import { x } from '../server/b.ts';" }, 'only connect.ts and the adapter itself'],
  [{ 'src/argocd/client.ts': "import './kubernetes/b.ts';" }, 'only connect.ts and the adapter itself'],
  [{ 'src/sync/run.ts': "import * as core from '@actions/core';" }, '@actions/core may only be imported in'],
  [{ 'src/sync/a.ts': "import { KubeConfig } from '@kubernetes/client-node';" }, '@kubernetes/client-node may only'],
  [{ 'src/report/a.ts': "import { context } from '@actions/github/lib/context';" }, '@actions/github may only'],
  [{ 'src/sync/a.ts': "import { start } from '../../sandbox/start.ts';" }, 'which is not part of the product'],
  [{ 'src/helpers/a.ts': "import '../lib/b.ts';" }, 'helpers is no layer'],
  [
    { 'src/lib/b.ts': "import './c.ts';", 'src/lib/c.ts': "import type { B } from './b.ts';" },
    'import cycle: src/lib/b.ts → src/lib/c.ts → src/lib/b.ts',
  ],
])('%#: %j', (files, expected) => {
  expect(check(files)).toEqual([expect.stringContaining(expected)]);
});

test.each([
  { 'src/operation/a.ts': "import type { Inputs } from '../sync/inputs/types.ts';" },
  { 'src/sync/connect.ts': "const x = await import('../argocd/server/b.ts');" },
  { 'src/sync/main.ts': "import * as core from '@actions/core';" },
  { 'src/sync/a.ts': "// import { x } from '../bidirectional/b.ts'\n/* import './a.ts'; */" },
  { 'src/sync/a.ts': "import { join } from 'node:path';" },
])('%j is fine', (files) => {
  expect(check(files)).toEqual([]);
});
