import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { isRecord, list, record, textMap } from '../../../src/lib/json.ts';
import { inputs, load, MINIMAL, problems, problemsOf } from './load-with.ts';

/** The least that is one. */
const KUBECONFIG =
  'clusters: [{ name: a, cluster: { server: "https://a.example" } }]\ncontexts: [{ name: a, context: { cluster: a } }]\ncurrent-context: a';
const TOKEN = { 'github-token': 'ghs_0123456789' };

test('all that can be told', () => {
  const given = { ...TOKEN, deployment: 'staging', 'environment-url': 'https://staging.example.com/', comment: 'true' };
  expect(inputs(given).reporting.github).toEqual({
    token: 'ghs_0123456789',
    deployment: 'staging',
    environmentUrl: 'https://staging.example.com/',
    comment: true,
  });
});

test('the token is masked and not shown', () => {
  const { secrets, called } = load({ ...MINIMAL, ...TOKEN });
  expect(secrets).toContain('ghs_0123456789');
  expect(new Map(called).get('github-token')).toBe('***');
});

describe('problems', () => {
  test.each([
    [{ deployment: 'staging' }, 'deployment "staging" needs github-token | Set github-token: $'],
    [{ comment: 'true' }, 'comment "true" needs github-token |'],
    [{ ...TOKEN, 'environment-url': 'https://x.example' }, 'environment-url is given without deployment'],
    [{ ...TOKEN, deployment: 'x', 'environment-url': 'x.example' }, 'environment-url is no web address'],
    [{ ...TOKEN, deployment: 'x', 'environment-url': 'https://me:secret@x.example' }, 'is no web address'],
    [{ ...TOKEN, deployment: 'x', 'environment-url': 'javascript:alert(1)' }, 'is no web address'],
    [{ ...TOKEN, deployment: 'true' }, 'deployment "true" is no name of an environment'],
    [{ ...TOKEN, deployment: 'x'.repeat(256) }, 'cannot be the name of an environment'],
    [{ ...TOKEN, deployment: 'a\nb' }, 'cannot be the name of an environment'],
    [{ ...TOKEN, deployment: 'x', 'dry-run': 'true' }, 'is given together with dry-run, which deploys nothing'],
    [{ ...TOKEN, deployment: 'x', command: 'plan' }, 'has no effect with command: plan'],
    [{ ...TOKEN, comment: 'true', command: 'terminate' }, 'has no effect with command: terminate'],
    [{ 'github-token': 'two words' }, 'github-token is no token'],
  ])('%j', (given, expected) => {
    expect(problems(given)).toEqual([expect.stringContaining(expected)]);
  });

  test('none where nothing is asked for', () => {
    expect(problems({ comment: 'false', command: 'plan' })).toEqual([]);
    expect(problems({ ...TOKEN, command: 'plan' })).toEqual([]);
    expect(problems({ ...TOKEN, deployment: 'x', command: 'wait' })).toEqual([]);
  });
});

describe('docs/github.md', () => {
  const page = readFileSync('docs/github.md', 'utf8');
  const workflows = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map((match) => record(parse(match[1] ?? '')));

  test.each(workflows.map((workflow) => [String(workflow.name), workflow] as const))(
    '%s can be used as it is',
    (_, workflow) => {
      const [job] = Object.values(record(workflow.jobs)).filter(isRecord);
      const wanted = record(record(list(job?.steps)[0]).with);
      const given = Object.entries(wanted).map(([name, value]) => [
        name,
        String(value).replace(/\$\{\{.*?\}\}/g, name === 'kubeconfig' ? KUBECONFIG : 'given-0123456789'),
      ]);
      expect(problemsOf(Object.fromEntries(given))).toEqual([]);
      const permissions = textMap(job?.permissions);
      if (wanted.deployment !== undefined) expect(permissions.deployments).toBe('write');
      if (wanted.comment === true) expect(permissions).toMatchObject({ contents: 'read', 'pull-requests': 'write' });
    },
  );
});
