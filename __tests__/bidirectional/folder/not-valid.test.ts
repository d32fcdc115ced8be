import { expect, test } from '@jest/globals';
import { notValid } from '../../../src/bidirectional/folder/not-valid.ts';
import { APP } from '../world.ts';

const SOURCE = `# two of them
kind: ConfigMap
---
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: web
  annotations:
    example.com/a.b: x
spec:
  source:
    path: 7
  sources:
    - repoURL: a
    - repoURL: b
  shared: &shared
    path: x
  other: *shared
`;

const at = (...fields: readonly string[]): string => {
  const options = { kinds: ['Application'], namespace: 'argocd' } as const;
  const { position } = notValid('f.yaml', SOURCE, APP('web'), { fields, reason: 'no' }, options);
  return `${position.line}:${position.column}`;
};

test.each([
  ['a field', ['spec.source.path'], '12:5'],
  ['an item of a list', ['spec.sources[1]'], '15:7'],
  ['a field of an item', ['spec.sources[1].repoURL'], '15:7'],
  ['a key with dots', ['metadata.annotations[example.com/a.b]'], '9:5'],
  ['a key with dots, written with dots', ['metadata.annotations.example.com/a.b'], '9:5'],
  ['the parent of one that is missing', ['spec.source.repoURL'], '11:3'],
  ['the list of an item that is missing', ['spec.sources[7].repoURL'], '13:3'],
  ['the alias behind which it is', ['spec.other.path'], '18:3'],
  ['the first that is written', ['spec.project', 'spec.source.path'], '12:5'],
  ['the document, for one that is not in it', ['operation'], '4:1'],
  ['the document, when none is named', [], '4:1'],
])('the place is %s', (_, fields, place) => {
  expect(at(...fields)).toBe(place);
});

test('says which entity it is and why, and no more than a line', () => {
  const invalid = { fields: [], reason: `bad\n${'x'.repeat(1000)}` };
  const problem = notValid('f.yaml', SOURCE, APP('web'), invalid, { kinds: ['Application'], namespace: 'argocd' });
  expect(problem).toMatchObject({ path: 'f.yaml', title: 'Invalid YAML Detected' });
  expect(problem.message).toMatch(/^the API server does not take Application argocd\/web: bad x+…?$/);
  expect(problem.message.length).toBeLessThanOrEqual(300);
});
