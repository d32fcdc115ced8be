import { describe, expect, test } from '@jest/globals';
import { type ParseOptions, parseFile } from '../../../src/bidirectional/folder/parse.ts';

const OPTIONS: ParseOptions = { kinds: ['Application', 'AppProject', 'ApplicationSet'], namespace: 'argocd' };
const HEAD = 'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata:\n  name: web\n';
const APP = `${HEAD}spec: {}\n`;

const problemOf = (text: string) => {
  const parsed = parseFile('f.yaml', text, OPTIONS);
  if (parsed.kind === 'ok') return undefined;
  const { title, message, position } = parsed.problem;
  return `${title} ${position.line}:${position.column} ${message}`;
};

test('entities by kind, namespace and name; other kinds are nobody’s business', () => {
  const parsed = parseFile(
    'f.yaml',
    `# head\n---\nkind: ConfigMap\n---\n${APP}---\n${APP.replace('web', 'web\n  namespace: team')}`,
    OPTIONS,
  );
  expect(parsed).toMatchObject({
    kind: 'ok',
    entities: [
      { ref: { kind: 'Application', namespace: 'argocd', name: 'web' }, index: 1, position: { line: 5, column: 1 } },
      { ref: { namespace: 'team', name: 'web' }, index: 2 },
    ],
  });
});

test('what only the platform knows is no content', () => {
  const text = `${HEAD}  uid: x\n  labels: {a: b, app.kubernetes.io/instance: p}\n  annotations:\n    gitopssync.io/agreement: x\n    argocd.argoproj.io/tracking-id: p\nspec:\n  a: null\n  b: yes\nstatus: {x: 1}\noperation: {}\n`;
  expect(parseFile('f.yaml', text, OPTIONS)).toMatchObject({
    entities: [{ content: { metadata: { labels: { a: 'b' }, annotations: {}, finalizers: [] }, spec: { b: true } } }],
  });
});

describe('refused with line and column', () => {
  test.each([
    [
      'a: [1\nb: 2\n',
      'Invalid YAML Detected 2:1 Flow sequence in block collection must be sufficiently indented and end with a ]',
    ],
    ['a: 1\na: 2\n', 'Invalid YAML Detected 2:1 Map keys must be unique'],
    [`a: 1\n---\n${HEAD}spec: x\n`, 'Invalid YAML Detected 7:1 has an Application without a spec'],
    [HEAD, 'Invalid YAML Detected 1:1 has an Application without a spec'],
    [APP.replace('name: web', 'title: web'), 'Invalid YAML Detected 3:1 has an Application without a name'],
    [APP.replace('web', 'Web_1'), 'Invalid YAML Detected 4:3 has an Application whose metadata.name is no name'],
    [APP.replace('v1alpha1', 'v1'), 'Invalid YAML Detected 1:1 has the apiVersion argoproj.io/v1'],
    [APP.replace('web', 'web\n  labels:\n    a: 1'), 'Invalid YAML Detected 6:5 metadata.labels.a is no text'],
    [`${APP}---\n${APP}`, 'Duplicate entity 7:1 Application argocd/web is here twice, first in line 1'],
    ['apiVersion: v1\nkind: Secret\ndata: {}\n', 'Secret refused 2:1 holds a Secret in plain text'],
    [
      `apiVersion: v1\nkind: List\nitems:\n- ${APP.replaceAll('\n', '\n  ').trim()}\n`,
      'Invalid YAML Detected 2:1 is a list of entities',
    ],
    ['['.repeat(30_000), expect.stringMatching(/nested too deeply$/)],
    [
      `a: &a [${'x,'.repeat(9)}]\nb: &b [${'*a,'.repeat(9)}]\nc: &c [${'*b,'.repeat(9)}]\nd: [${'*c,'.repeat(9)}]\n`,
      expect.stringMatching(/refers to its own parts too often/),
    ],
    ['--- 1\n'.repeat(1001), 'Invalid YAML Detected 1:1 has more than 1000 documents'],
  ])('%#', (text, expected) => expect(problemOf(text)).toEqual(expected));

  test('an encrypted Secret and kinds that are not asked for are fine', () => {
    expect(problemOf('apiVersion: v1\nkind: Secret\nsops: {}\n')).toBeUndefined();
    expect(parseFile('f.yaml', HEAD, { ...OPTIONS, kinds: ['AppProject'] })).toEqual({ kind: 'ok', entities: [] });
  });
});
