import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { inputsRead } from '../../../scripts/agreement.ts';
import { mapHarnessStep } from '../../../src/sync/inputs/harness-step/map.ts';
import type { InputResult } from '../../../src/sync/inputs/types.ts';
import { load } from './load-with.ts';

const CONNECTED = { 'argocd-server': 'argocd.example.com', 'argocd-auth-token': 'token-of-eight' };

const STEP = `step:
  type: GitOpsSync
  name: Sync shop
  identifier: sync_shop
  timeout: 1h 30m
  spec:
    prune: true
    dryRun: false
    applyOnly: true
    forceApply: true
    applicationsList:
      - agentId: account.production
        applicationName: cart
      - agentId: account.production
        applicationName: checkout
    syncOptions:
      skipSchemaValidation: true
      autoCreateNamespace: true
      pruneResourcesAtLast: true
      applyOutOfSyncOnly: true
      replaceResources: true
      serverSideApply: true
      respectIgnoreDifferences: true
      prunePropagationPolicy: background
    retryStrategy:
      limit: "3"
      baseBackoffDuration: 5s
      increaseBackoffByFactor: 2
      maxBackoffDuration: 3m
    waitTillHealthy: true
    degradedStateTimeout: 2m
    resourcesFilter:
      group: apps
      kind: Deployment
      namespace: shop
      name: cart-*
`;

const mapped = (step: string): Readonly<Record<string, string>> =>
  Object.fromEntries([...mapHarnessStep(step).inputs].map(([input, { value }]) => [input, value]));

const problemsIn = (step: string): readonly string[] => mapHarnessStep(step).problems.map(({ problem }) => problem);

const loaded = (step: string, given: Readonly<Record<string, string>> = {}): InputResult =>
  load({ ...CONNECTED, 'harness-step': step, ...given });

const fine = (step: string, given: Readonly<Record<string, string>> = {}) => {
  const result = loaded(step, given);
  if (result.kind === 'invalid') throw new Error(JSON.stringify(result.problems, undefined, 1));
  return result;
};

describe('each field becomes an input', () => {
  test('a whole step', () => {
    expect(mapped(STEP)).toEqual({
      timeout: '1h30m',
      applications: 'cart\ncheckout',
      prune: 'true',
      'dry-run': 'false',
      'apply-only': 'true',
      force: 'true',
      'sync-options': [
        'Validate=false',
        'CreateNamespace=true',
        'PruneLast=true',
        'ApplyOutOfSyncOnly=true',
        'Replace=true',
        'ServerSideApply=true',
        'RespectIgnoreDifferences=true',
        'PrunePropagationPolicy=background',
      ].join('\n'),
      'retry-limit': '3',
      'retry-backoff-duration': '5s',
      'retry-backoff-factor': '2',
      'retry-backoff-max-duration': '3m',
      'wait-until-healthy': 'true',
      'fail-on-timeout': 'false',
      'degraded-timeout': '2m',
      resources: 'apps:Deployment:shop/cart-*',
    });
    expect(mapHarnessStep(STEP)).toMatchObject({
      problems: [],
      warnings: [
        'harness-step: spec.applicationsList[].agentId is not honoured: the inputs of the connection say which Argo CD is meant',
      ],
    });
  });

  test.each([
    ['as an item of a list', STEP.replace(/^/gm, '  ').replace('  step:', '- step:')],
    ['without step', STEP.replace('step:\n', '').replace(/^ {2}/gm, '')],
  ])('%s it is the same', (_, step) => {
    expect(mapped(step)).toEqual(mapped(STEP));
  });

  test('only its spec: the time-out is that of Harness', () => {
    const spec = STEP.slice(STEP.indexOf('    prune')).replace(/^ {4}/gm, '');
    expect(mapped(spec)).toEqual({ ...mapped(STEP), timeout: '10m' });
  });

  test('regular expression, and labels with alternatives', () => {
    expect(mapped('applicationRegex: shop-.*')).toMatchObject({ 'application-regex': 'shop-.*' });
    expect(mapped('applicationLabels: [team:payments, "tier: web", tier:api]')).toMatchObject({
      selector: 'team=payments,tier in (web, api)',
    });
  });

  test("with Harness's defaults where nothing is said", () => {
    expect(mapped('{applicationRegex: x, waitTillHealthy: true, degradedStateTimeout: "0"}')).toEqual({
      'application-regex': 'x',
      'wait-until-healthy': 'true',
      'fail-on-timeout': 'false',
      timeout: '10m',
    });
    expect(fine('applicationRegex: x').inputs.waiting).toMatchObject({
      waitUntilHealthy: false,
      timeoutMs: 600_000,
      degradedTimeoutMs: undefined,
      // The end of the operation is waited for there too, and a time-out of it fails.
      failOnTimeout: true,
    });
    expect(fine('{applicationRegex: x, waitTillHealthy: true}').inputs.waiting.failOnTimeout).toBe(false);
  });

  test('an option that is switched off leaves the Application its own', () => {
    expect(mapped('syncOptions: {skipSchemaValidation: false, autoCreateNamespace: "false"}')).not.toHaveProperty(
      'sync-options',
    );
  });

  test('weeks and days', () => {
    expect(mapped('{type: GitOpsSync, timeout: 1w 1d 2h, spec: {prune: true}}')).toMatchObject({ timeout: '194h' });
  });
});

describe('what cannot be honoured is named', () => {
  test.each([
    ['{type: GitOpsSync, when: {stageStatus: Success}, spec: {prune: true}}', 'when', 'if: at the step'],
    ['{type: GitOpsSync, failureStrategies: [], spec: {prune: true}}', 'failureStrategies', 'continue-on-error'],
    ['{type: GitOpsSync, strategy: {}, spec: {prune: true}}', 'strategy', 'strategy: at the job'],
    ['{type: GitOpsSync, enforce: {}, spec: {prune: true}}', 'enforce', 'policies'],
    ['delegateSelectors: [a]', 'spec.delegateSelectors', 'runs-on:'],
    ['autoPromoteRolloutBehavior: resume', 'spec.autoPromoteRolloutBehavior', 'suspended: pass'],
    ['showResourceProgress: true', 'spec.showResourceProgress', 'the log always shows'],
    ['aplicationRegex: x', 'spec.aplicationRegex', 'is applicationRegex meant?'],
    ['syncOptions: {serverSideAply: true}', 'spec.syncOptions.serverSideAply', 'is serverSideApply meant?'],
    ['{prune: true}', 'spec without applicationsList', 'application-set'],
  ])('%s', (step, path, instead) => {
    const { warnings, problems } = mapHarnessStep(step);
    expect(problems).toEqual([]);
    expect(warnings).toContainEqual(expect.stringContaining(`harness-step: ${path}`));
    expect(warnings).toContainEqual(expect.stringContaining(instead));
  });

  test('and never stops the step', () => {
    expect(fine(STEP).warnings).toHaveLength(1);
  });
});

describe('problems say where they are', () => {
  test.each([
    ['applicationRegex: [', /^is no YAML: line 1, column 20: /],
    ['a: 1\na: 2', /^is no YAML: line 2, column 1: Map keys must be unique/],
    ['just words', /^is not one GitOpsSync step$/],
    ['- {step: {}}\n- {step: {}}', /^is not one GitOpsSync step$/],
    ['{type: GitOpsSync}', /^has no spec/],
    ['{type: ShellScript, spec: {prune: true}}', /^type \(line 1, column 8\) is "ShellScript"$/],
    ['prune: <+pipeline.variables.prune>', /^spec\.prune \(line 1, column 8\) holds <\+pipeline\.variables\.prune>/],
    ['applicationsList: <+input>', /^spec\.applicationsList \(.*\) holds <\+input>/],
    ['syncOptions: <+input>', /^spec\.syncOptions \(.*\) holds <\+input>/],
    ['resourcesFilter: <+input>', /^spec\.resourcesFilter \(.*\) holds <\+input>/],
    ['resourcesFilter: {label: a=b}', /^spec\.resourcesFilter\.label \(.*\) cannot be honoured/],
    ['prune: maybe', /^spec\.prune \(.*\) is "maybe" and no boolean$/],
    ['applicationsList: [{agentId: a}]', /^spec\.applicationsList\[0\] \(.*\) has no applicationName$/],
    ['applicationLabels: [team]', /^spec\.applicationLabels\[0\] \(.*\) is "team" and not Key:Value$/],
    [
      'applicationRegex: a\napplicationLabels: [a:b]',
      /^spec\.applicationLabels \(line 2, .*\) stands beside spec\.appli/,
    ],
    ['{type: GitOpsSync, timeout: soon, spec: {prune: true}}', /^timeout \(.*\) is "soon" and no duration$/],
    ['failOnTimeout: true', /^spec\.failOnTimeout \(.*\) needs waitTillHealthy: true/],
    ['degradedStateTimeout: 2m', /^spec\.degradedStateTimeout \(.*\) needs waitTillHealthy: true/],
    [
      'applicationsList: [{applicationName: a, resourcesSelector: {kind: Job}}, {applicationName: b}]',
      /^spec\.applicationsList\[0\]\.resourcesSelector \(.*\) differs among the Applications/,
    ],
  ])('%s', (step, expected) => {
    expect(problemsIn(step)).toEqual([expect.stringMatching(expected)]);
  });

  test('what an input refuses is told of the field it comes from', () => {
    const result = loaded('applicationRegex: "(?=x)"');
    expect(result).toMatchObject({
      kind: 'invalid',
      problems: [
        {
          input: 'harness-step',
          problem: expect.stringMatching(/RE2.*spec\.applicationRegex, here application-regex\)$/),
        },
      ],
    });
  });
});

describe('given inputs win', () => {
  test('one by one', () => {
    const { inputs } = fine(STEP, { prune: 'false', timeout: '5m', 'retry-limit': '7' });
    expect(inputs.operation).toMatchObject({ prune: false, force: true, retry: { limit: 7, backoff: { factor: 2 } } });
    expect(inputs.waiting.timeoutMs).toBe(300_000);
  });

  test.each(['applications', 'application-regex', 'selector', 'application-set'])(
    '%s replaces the choice of the step, which is said',
    (input) => {
      const { inputs, warnings } = fine('applicationRegex: x', { [input]: 'other' });
      expect(inputs.targets.regex).toBe(input === 'application-regex' ? 'other' : '');
      expect(warnings).toEqual([`harness-step: spec.applicationRegex is not used, because ${input} is given`]);
    },
  );

  test('also where the field in their place is a problem', () => {
    const step = '{applicationsList: <+input>, prune: <+input>}';
    expect(loaded(step)).toMatchObject({ kind: 'invalid' });
    const { inputs } = fine(step, { applications: 'shop', prune: 'true' });
    expect(inputs.operation.prune).toBe(true);
    expect(loaded(step, { selector: 'a=b' })).toMatchObject({ kind: 'invalid', problems: [{ input: 'harness-step' }] });
  });

  test('sync options by key', () => {
    const { inputs } = fine(STEP, { 'sync-options': 'Replace=false, Prune=confirm' });
    expect(inputs.operation.syncOptions).toEqual(
      expect.arrayContaining(['Validate=false', 'Replace=false', 'Prune=confirm']),
    );
    expect(inputs.operation.syncOptions).not.toContain('Replace=true');
  });

  test.each([
    [{ 'wait-until-healthy': 'false' }, { waitUntilHealthy: false, failOnTimeout: true, degradedTimeoutMs: undefined }],
    [{ async: 'true' }, { waitUntilHealthy: false, failOnTimeout: true }],
    [{ command: 'plan' }, { waitUntilHealthy: false }],
    [{ command: 'wait' }, { waitUntilHealthy: true, failOnTimeout: false, degradedTimeoutMs: 120_000 }],
    [{ command: 'terminate' }, { waitUntilHealthy: false }],
  ])('%j', (given, waiting) => {
    expect(fine(STEP, given).inputs.waiting).toMatchObject(waiting);
  });
});

describe('whatever is pasted', () => {
  const scalar = fc.oneof(
    fc.boolean(),
    fc.integer(),
    fc.constantFrom('true', 'false', '0', '5m', '1w', '<+input>', 'x', 'a:b', '', null),
    fc.string(),
  );
  const value = fc.oneof(scalar, fc.array(scalar), fc.dictionary(fc.string(), scalar));
  const keys = fc.constantFrom(
    'applicationsList',
    'applicationRegex',
    'applicationLabels',
    'prune',
    'syncOptions',
    'retryStrategy',
    'waitTillHealthy',
    'failOnTimeout',
    'degradedStateTimeout',
    'resourcesFilter',
    'delegateSelectors',
  );

  test('nothing throws, and every field is mapped, named or a problem', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.oneof(keys, fc.string({ minLength: 1 })), scalar, { minKeys: 1 }), (spec) => {
        const { inputs, warnings, problems } = mapHarnessStep(stringify({ type: 'GitOpsSync', spec }));
        const told = [...[...inputs.values()].map(({ path }) => path), ...warnings, ...problems.map((p) => p.problem)];
        for (const [name, field] of Object.entries(spec)) {
          const says = field !== null && String(field).trim() !== '' && !['false', '0'].includes(String(field));
          if (says && problems.length === 0) expect(told.some((line) => line.includes(`spec.${name}`))).toBe(true);
        }
      }),
    );
  });

  test('the inputs it becomes are inputs that are read', () => {
    const read = inputsRead();
    fc.assert(
      fc.property(fc.dictionary(keys, value), (spec) => {
        for (const input of mapHarnessStep(stringify({ type: 'GitOpsSync', spec })).inputs.keys()) {
          expect(read).toContain(input);
        }
      }),
    );
    for (const input of mapHarnessStep(STEP).inputs.keys()) expect(read).toContain(input);
  });

  test('any text', () => {
    fc.assert(fc.property(fc.string(), (text) => void loaded(text)));
  });

  test('a duration is what it was', () => {
    fc.assert(
      fc.property(fc.nat(100), fc.nat(23), fc.nat(59), (days, hours, minutes) => {
        fc.pre(days + hours + minutes > 0);
        const timeout = mapped(
          `{type: GitOpsSync, timeout: ${days}d ${hours}h ${minutes}m, spec: {prune: true}}`,
        ).timeout;
        const total = (days * 24 + hours) * 60 + minutes;
        const [, h = '0', m = '0'] = /^(?:(\d+)h)?(?:(\d+)m)?$/.exec(timeout ?? '') ?? [];
        expect(Number(h) * 60 + Number(m)).toBe(total);
      }),
    );
  });
});
