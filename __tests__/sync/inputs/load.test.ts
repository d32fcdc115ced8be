import { getInput } from '@actions/core';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { inputsRead } from '../../../scripts/agreement.ts';
import { loadInputs } from '../../../src/sync/inputs/load.ts';
import { inputs, load, MINIMAL, problemsOf } from './load-with.ts';

describe('with only what is required (H21)', () => {
  test('everything has its default', () => {
    expect(inputs()).toEqual({
      command: 'sync',
      connection: {
        mode: 'argocd',
        server: 'https://argocd.example.com',
        credentials: { kind: 'token', token: 'token-of-eight' },
        namespaces: undefined,
        certificateAuthority: '',
        clientCertificate: '',
        clientKey: '',
        headers: [],
        insecureSkipTlsVerify: false,
        requestTimeoutMs: 30_000,
        proxy: { https: '', http: '', no: '' },
      },
      targets: {
        names: [{ namespace: '', name: 'shop' }],
        globs: [],
        regex: '',
        selector: '',
        project: '',
        cluster: '',
        destinationNamespace: '',
        repository: '',
        service: '',
        environment: '',
        serviceLabel: 'harness.io/serviceRef',
        environmentLabel: 'harness.io/envRef',
        exclude: [],
        applicationSet: undefined,
        onlyOutOfSync: false,
        shard: undefined,
        maxApplications: 1000,
        enforceMax: true,
        allowEmpty: false,
      },
      operation: {
        revision: '',
        sources: [],
        resources: [],
        expectedRevision: '',
        prune: false,
        dryRun: false,
        applyOnly: false,
        force: false,
        syncOptions: [],
        retry: undefined,
        onRunningOperation: 'wait',
        onSyncWindow: 'fail',
        info: [],
        concurrency: 10,
        failFast: false,
        async: false,
      },
      waiting: {
        waitUntilHealthy: false,
        failOnTimeout: true,
        timeoutMs: 600_000,
        degradedTimeoutMs: undefined,
        healthyForMs: 3000,
        pollIntervalMs: 15_000,
        watch: true,
        requireSynced: true,
        suspended: 'wait',
        onCancel: 'leave',
        onTimeout: 'leave',
      },
      reporting: {
        summary: true,
        argocdUrl: '',
        format: 'json',
        github: { token: '', deployment: '', environmentUrl: '', comment: false },
      },
    });
  });

  test('blanks are nothing', () => {
    const blank = Object.fromEntries([...inputsRead()].map((name) => [name, ' \n ']));
    expect(load({ ...blank, ...MINIMAL }).kind).toBe('ok');
  });
});

describe('all problems are reported together', () => {
  test('whatever they are', () => {
    const found = problemsOf({
      kubeconfig: 'a: [',
      'argocd-server': 'ftp://x',
      'request-timeout': '30',
      'application-regex': '(',
      'max-applications': '1001',
      prune: 'yes',
      'sync-options': 'CreateNamspace=true',
      'fail-on-timeout': 'true',
    });
    expect(found.map((line) => line.split(' ')[0])).toEqual([
      'request-timeout',
      'argocd-server',
      'argocd-server',
      'argocd-auth-token',
      'kubeconfig',
      'max-applications',
      'application-regex',
      'prune',
      'sync-options',
      'fail-on-timeout',
    ]);
  });

  test('nothing at all says what to give', () => {
    expect(problemsOf({})).toEqual([
      expect.stringMatching(
        /^kubeconfig is missing, and nothing else says how to connect .* Give kubeconfig .* or argocd-server/,
      ),
      expect.stringMatching(/^applications is missing, and so are application-regex, selector and application-set/),
    ]);
  });

  test('values are cut to a readable length and one line', () => {
    const result = load({ ...MINIMAL, revision: `-${'x'.repeat(500)}`, info: 'a', project: 'a\nb' });
    const values = result.kind === 'invalid' ? result.problems.map(({ value }) => value ?? '') : [];
    expect(values.map((value) => value.length)).toEqual([201, 1]);
  });

  test('a secret in the wrong place is not shown', () => {
    const result = load({ ...MINIMAL, context: '', 'argocd-url': 'ftp://token-of-eight', timeout: 'token-of-eight' });
    expect(JSON.stringify(result.kind === 'invalid' && result.problems)).not.toContain('token-of-eight');
    expect(result.kind === 'invalid' && result.problems).toHaveLength(2);
  });

  test('whatever is given, nothing is thrown', () => {
    const names = [...inputsRead()];
    const value = fc.oneof(
      fc.string(),
      fc.constantFrom('true', 'false', '5s', '*', 'a,b', '{', '[', '(', '\n', 'a: b', 'https://u:p@h', '-1', '1'),
    );
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names), value), (given) => {
        const result = load(given);
        if (result.kind === 'invalid') {
          for (const { problem, remedy, input } of result.problems) {
            expect(input).not.toBe('');
            expect(problem).not.toContain('\n');
            expect(remedy).toMatch(/\S/);
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('how the step was called', () => {
  test('is told without what must not be shown', () => {
    const { called } = load({
      ...MINIMAL,
      headers: 'X-Key: abc',
      prune: 'true',
      'argocd-url': 'https://token-of-eight.example.com',
    });
    expect(Object.fromEntries(called)).toEqual({
      'argocd-server': 'argocd.example.com',
      'argocd-auth-token': '***',
      headers: '***',
      applications: 'shop',
      prune: 'true',
      'argocd-url': '***',
    });
  });
});

describe('through the runner', () => {
  test('names keep their hyphens in the environment', () => {
    const saved = { ...process.env };
    try {
      for (const [name, value] of Object.entries({ ...MINIMAL, applications: '', 'application-regex': 'shop-.*' })) {
        process.env[`INPUT_${name.toUpperCase()}`] = value;
      }
      expect(Object.keys(process.env)).toContain('INPUT_APPLICATION-REGEX');
      const result = loadInputs((name) => getInput(name), {});
      expect(result.kind === 'ok' && result.inputs.targets.regex).toBe('shop-.*');
    } finally {
      for (const name of Object.keys(process.env)) if (!(name in saved)) delete process.env[name];
    }
  });
});
