import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { addEntity, changeEntity, type Edited, removeEntity } from '../../../src/bidirectional/edit/edit.ts';
import { renderEntity } from '../../../src/bidirectional/edit/render.ts';
import { applyStep, stepsBetween } from '../../../src/bidirectional/edit/steps.ts';
import type { EntityRef } from '../../../src/bidirectional/entity.ts';
import { type ParseOptions, parseFile } from '../../../src/bidirectional/folder/parse.ts';
import type { JsonRecord } from '../../../src/lib/json.ts';

const OPTIONS: ParseOptions = { kinds: ['Application', 'AppProject', 'ApplicationSet'], namespace: 'argocd' };
const WEB: EntityRef = { kind: 'Application', namespace: 'argocd', name: 'web' };

const contentIn = (text: string, name = 'web'): JsonRecord => {
  const parsed = parseFile('f.yaml', text, OPTIONS);
  const found = parsed.kind === 'ok' ? parsed.entities.find(({ ref }) => ref.name === name) : undefined;
  if (found === undefined) throw new Error(`no ${name} in ${text}`);
  return found.content;
};

const textOf = (edited: Edited): string => {
  if (edited.kind !== 'ok') throw new Error(edited.reason);
  return edited.text;
};

/** The text after changing fields of `web`: lines such as `spec.a.b` → value; undefined removes. */
const change = (text: string, fields: Readonly<Record<string, unknown>>): string => {
  const wanted = Object.entries(fields).reduce<unknown>(
    (value, [path, item]) =>
      applyStep(
        value,
        item === undefined
          ? { kind: 'remove', path: path.split('.') }
          : { kind: 'set', path: path.split('.'), value: item },
      ),
    contentIn(text),
  );
  return textOf(changeEntity('f.yaml', text, WEB, wanted as JsonRecord, OPTIONS));
};

const HEAD = 'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata:\n  name: web\n';
const app = (body: string): string => `${HEAD}${body}`;

describe('only what changed is touched', () => {
  test.each<[string, string, Readonly<Record<string, unknown>>, string]>([
    ['a plain value, its comment stays', 'spec:\n  a: v1   # why\n', { 'spec.a': 'v2' }, 'spec:\n  a: v2   # why\n'],
    ['single quotes stay', "spec: \n  a: 'v1'\n", { 'spec.a': "it's" }, "spec: \n  a: 'it''s'\n"],
    ['double quotes stay', 'spec:\n  a: "v1"\n', { 'spec.a': 'x "y"' }, 'spec:\n  a: "x \\"y\\""\n'],
    [
      'what could be a number or boolean is quoted',
      'spec:\n  a: x\n  b: x\n',
      { 'spec.a': '1.0', 'spec.b': 'on' },
      'spec:\n  a: "1.0"\n  b: "on"\n',
    ],
    [
      'a new key at the end of its map',
      'spec:\n  a: 1 # one\n\n# end\n',
      { 'spec.b': true },
      'spec:\n  a: 1 # one\n  b: true\n\n# end\n',
    ],
    [
      'new maps where there are none',
      'spec:\n    a: 1\n',
      { 'spec.b.c': 'x' },
      'spec:\n    a: 1\n    b:\n        c: x\n',
    ],
    [
      'a value where there was none',
      'spec:\n  a: # nothing yet\n  b: 1\n',
      { 'spec.a': 'x' },
      'spec:\n  a: x # nothing yet\n  b: 1\n',
    ],
    [
      'a map where there was none',
      'spec:\n  a: # nothing yet\n  b: 1\n',
      { 'spec.a.c': 2 },
      'spec:\n  a: # nothing yet\n    c: 2\n  b: 1\n',
    ],
    [
      'a key goes with its lines',
      'spec:\n  # about a\n  a: 1 # one\n  b:\n    - x\n    - y\n  c: 3\n',
      { 'spec.b': undefined },
      'spec:\n  # about a\n  a: 1 # one\n  c: 3\n',
    ],
    [
      'the last key leaves an empty map',
      'spec:\n  a:\n    b: 1\n  c: 2\n',
      { 'spec.a.b': undefined },
      'spec:\n  a: {}\n  c: 2\n',
    ],
    ['an empty map is filled', 'spec:\n  a: {}\n', { 'spec.a.b': 1 }, 'spec:\n  a:\n    b: 1\n'],
    [
      'flow maps stay flow',
      'spec: {a: 1, b: [x, "y"]} # flow\n',
      { 'spec.a': 2, 'spec.c': 'on', 'spec.b': ['x', 'z'] },
      'spec: {a: 2, b: [x, "z"], c: "on"} # flow\n',
    ],
    [
      'a key of a flow map',
      'spec: {a: 1, b: 2, c: 3}\n',
      { 'spec.b': undefined, 'spec.c': undefined },
      'spec: {a: 1}\n',
    ],
    [
      'one element of a list',
      'spec:\n  l:\n  - a # 1\n  # two\n  - b # 2\n  - c # 3\n',
      { 'spec.l': ['a', 'x', 'c'] },
      'spec:\n  l:\n  - a # 1\n  # two\n  - x # 2\n  - c # 3\n',
    ],
    [
      'elements come and go',
      'spec:\n  l:\n    - a # 1\n    - b\n    - c # 3\n',
      { 'spec.l': ['a', 'c', 'd', 'e'] },
      'spec:\n  l:\n    - a # 1\n    - c # 3\n    - d\n    - e\n',
    ],
    [
      'a field of an element',
      'spec:\n  l:\n  - name: x # the x\n    value: "1"\n  - name: z\n',
      { 'spec.l': [{ name: 'x', value: '2' }, { name: 'z' }] },
      'spec:\n  l:\n  - name: x # the x\n    value: "2"\n  - name: z\n',
    ],
    [
      'the first field of an element',
      'spec:\n  l:\n  - name: x\n    value: "1"\n',
      { 'spec.l': [{ value: '1' }] },
      'spec:\n  l:\n  - value: "1"\n',
    ],
    [
      'a block text',
      'spec:\n  t: |\n    one\n    two\n\n  b: 1\n',
      { 'spec.t': 'one\n2\n' },
      'spec:\n  t: |\n    one\n    2\n\n  b: 1\n',
    ],
    ['a list becomes a text', 'spec:\n  l:\n    - a\n  b: 1\n', { 'spec.l': 'x' }, 'spec:\n  l: x\n  b: 1\n'],
    [
      'a text becomes a map',
      'spec:\n  l: x\n  b: 1\n',
      { 'spec.l': { k: ['v'] } },
      'spec:\n  l:\n    k:\n      - v\n  b: 1\n',
    ],
    [
      'a comment behind the key of a map stays',
      'spec: # all\n  a: # some\n    b: 1\n',
      { 'spec.a.b': 2 },
      'spec: # all\n  a: # some\n    b: 2\n',
    ],
    ['no line break at the end', 'spec:\n  a: 1', { 'spec.b': 2 }, 'spec:\n  a: 1\n  b: 2'],
    ['carriage returns stay', 'spec:\r\n  a: 1\r\n', { 'spec.b.c': 2 }, 'spec:\r\n  a: 1\r\n  b:\r\n    c: 2\r\n'],
    [
      'the anchor itself stays, its alias keeps what it said',
      'spec:\n  a: &v v1\n  b: *v # too\n',
      { 'spec.a': 'v2' },
      'spec:\n  a: &v v2\n  b: v1 # too\n',
    ],
    [
      'an alias gives way',
      'spec:\n  a: &v v1\n  b: *v # too\n',
      { 'spec.b': 'v2' },
      'spec:\n  a: &v v1\n  b: v2 # too\n',
    ],
    [
      'below an alias, the anchor does not change',
      'spec:\n  a: &m\n    x: 1\n  b: *m\n',
      { 'spec.b.x': 2 },
      'spec:\n  a: &m\n    x: 1\n  b:\n    x: 2\n',
    ],
    [
      'over a merge key',
      'spec:\n  a: &m\n    x: 1\n  b:\n    <<: *m\n    y: 2\n',
      { 'spec.b.x': 3 },
      'spec:\n  a: &m\n    x: 1\n  b:\n    <<: *m\n    y: 2\n    x: 3\n',
    ],
  ])('%s', (_, body, fields, expected) => {
    expect(change(app(body), fields)).toBe(app(expected));
  });

  test('labels come after the name and go without a trace', () => {
    const text = app('spec: {}\n');
    const labelled = change(text, { 'metadata.labels.team': 'web' });
    expect(labelled).toBe(app('  labels:\n    team: web\nspec: {}\n'));
    expect(change(labelled, { 'metadata.labels.team': undefined })).toBe(text);
  });

  test('what only one platform knows is never touched', () => {
    const text = app('  labels:\n    app.kubernetes.io/instance: parent\n    a: b\nspec: {}\nstatus:\n  x: 1\n');
    expect(change(text, { 'metadata.labels.a': 'c' })).toBe(text.replace('a: b', 'a: c'));
  });

  test('other documents stay byte for byte', () => {
    const other = '---\n# other\napiVersion:   v1\nkind: ConfigMap\ndata: {a:   "b"}\n';
    const text = `${other}---\n${app('spec:\n  a: 1\n')}${other}`;
    expect(change(text, { 'spec.a': 2 })).toBe(`${other}---\n${app('spec:\n  a: 2\n')}${other}`);
  });

  test('what cannot be changed without changing more is left alone', () => {
    const text = app('spec:\n  a: &m\n    x: 1\n  b:\n    <<: *m\n');
    const wanted = { ...contentIn(text), spec: { a: { x: 1 }, b: {} } };
    expect(changeEntity('f.yaml', text, WEB, wanted, OPTIONS).kind).toBe('impossible');
  });
});

describe('entities come and go', () => {
  const one = app('spec: {}\n');
  const two = one.replace('web', 'api');

  test('a new one is a document at the end', () => {
    const ref = { ...WEB, name: 'api' };
    expect(textOf(addEntity('f.yaml', '', ref, contentIn(one), OPTIONS))).toBe(
      'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata:\n  name: api\n  namespace: argocd\nspec: {}\n',
    );
    expect(textOf(addEntity('f.yaml', one, ref, contentIn(one), OPTIONS))).toBe(
      `${one}---\napiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata:\n  name: api\n  namespace: argocd\nspec: {}\n`,
    );
  });

  test('one goes with its document; with the last one goes the file', () => {
    expect(textOf(removeEntity('f.yaml', `# head\n${one}---\n${two}`, WEB, OPTIONS))).toBe(`# head\n${two}`);
    expect(textOf(removeEntity('f.yaml', `---\n${two}---\n${one}---\n# c\na: 1\n`, WEB, OPTIONS))).toBe(
      `---\n${two}---\n# c\na: 1\n`,
    );
    expect(textOf(removeEntity('f.yaml', `${two}---\n${one}`, WEB, OPTIONS))).toBe(two);
    expect(textOf(removeEntity('f.yaml', `# only this\n${one}---\n`, WEB, OPTIONS))).toBe('');
  });
});

// --- properties --------------------------------------------------------------------------------------------------------

const key = fc.constantFrom('a', 'b', 'name', 'x.y/z', 'on', '1', 'k k');
const leaf = fc.oneof(
  fc.constantFrom(
    'v1',
    '1.0',
    'true',
    '',
    ' lead',
    'a: b',
    '#c',
    "it's",
    'x\ny\n',
    'x\n\n  y',
    '- d',
    '*a',
    'ü',
    '0x1',
    '2020-01-01',
    'null',
  ),
  fc.string({ maxLength: 6 }),
  fc.integer({ min: -9, max: 99 }),
  fc.boolean(),
);
const { tree } = fc.letrec<{ tree: unknown; record: unknown }>((tie) => ({
  record: fc.dictionary(key, tie('tree'), { maxKeys: 4, noNullPrototype: true }),
  tree: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    leaf,
    leaf,
    tie('record'),
    fc.array(tie('tree'), { maxLength: 4 }),
  ),
}));
const spec = fc.dictionary(key, tree, { maxKeys: 5, noNullPrototype: true });

test('any value becomes any other, and what is in between is commented YAML all the time', () => {
  fc.assert(
    fc.property(spec, spec, fc.boolean(), fc.boolean(), (from, to, lists, comments) => {
      const content = { metadata: { labels: {}, annotations: {}, finalizers: [] }, spec: from };
      const rendered = renderEntity(WEB, content, { indent: lists ? 2 : 4, indentLists: lists });
      const commented = rendered.replaceAll(/^( *)([a-z]\w*: \w+)$/gm, '$1# above\n$1$2 # behind');
      const text = comments && contentEquals(commented, rendered) ? commented : rendered;
      const wanted = { ...content, spec: to };
      const edited = changeEntity('f.yaml', text, WEB, wanted, OPTIONS);
      expect(edited.kind).toBe('ok');
      expect(contentIn(textOf(edited))).toEqual(wanted);
    }),
    { numRuns: 150 },
  );
});

const contentEquals = (a: string, b: string): boolean => {
  try {
    return JSON.stringify(contentIn(a)) === JSON.stringify(contentIn(b));
  } catch {
    return false;
  }
};

test('steps say the whole difference', () => {
  fc.assert(
    fc.property(spec, spec, (from, to) => {
      expect(stepsBetween(from, to).reduce<unknown>(applyStep, from)).toEqual(to);
    }),
    { numRuns: 150 },
  );
});

test('a commented object in a list that loses all its fields', () => {
  const content = {
    metadata: { labels: {}, annotations: {}, finalizers: [] },
    spec: { b: [0, { a: 'v1', name: false }] },
  };
  const text = renderEntity(WEB, content, { indent: 4, indentLists: false }).replaceAll(
    /^( *)([a-z]\w*: \w+)$/gm,
    '$1# above\n$1$2 # behind',
  );
  const wanted = { ...content, spec: { b: [0, {}] } };
  const edited = changeEntity('f.yaml', text, WEB, wanted, OPTIONS);
  expect(contentIn(textOf(edited))).toEqual(wanted);
});
