import { describe, expect, test } from '@jest/globals';
import { inputs, problems } from './load-with.ts';

const HEALTHY = { 'wait-until-healthy': 'true' };

describe('durations', () => {
  test('as written', () => {
    expect(
      inputs({
        ...HEALTHY,
        timeout: '1h 30m',
        'degraded-timeout': '0s',
        'healthy-for': '1500ms',
        'poll-interval': '5s',
      }).waiting,
    ).toMatchObject({ timeoutMs: 5_400_000, degradedTimeoutMs: 0, healthyForMs: 1500, pollIntervalMs: 5000 });
  });

  test('polling is denser without a watch', () => {
    expect(inputs({ watch: 'false' }).waiting).toMatchObject({ watch: false, pollIntervalMs: 5000 });
    expect(inputs({ watch: 'false', 'poll-interval': '20s' }).waiting.pollIntervalMs).toBe(20_000);
  });

  test.each([
    [{ timeout: '600' }, 'timeout "600" is a number without a unit | Say 600s for seconds or 600m for minutes.'],
    [{ timeout: '10 minutes' }, 'timeout "10 minutes" is not a duration | Say for example 90s, 5m, 1h30m or 500ms.'],
    [{ timeout: '0s' }, 'is too short | Say a duration from 1s to 120h.'],
    [{ timeout: '6d' }, 'is too long'],
    [
      { ...HEALTHY, 'healthy-for': '500ms' },
      'is too short | Say a duration from 1s to 24h. A shorter moment of Healthy',
    ],
    [{ 'poll-interval': '10ms' }, 'is too short'],
    [{ 'request-timeout': '1h' }, 'is too long | Say a duration from 1s to 10m.'],
    [{ ...HEALTHY, timeout: '1m', 'healthy-for': '1m' }, 'healthy-for "1m" cannot be reached'],
  ])('%j', (given, expected) => {
    expect(problems(given)).toEqual([expect.stringContaining(expected)]);
  });

  test('a tiny time-out is an honest wish (W1)', () => {
    expect(problems({ ...HEALTHY, timeout: '2s' })).toEqual([]);
  });
});

describe('nothing declared is ignored', () => {
  test('fail-on-timeout needs wait-until-healthy, and both are named (W11); its default does not', () => {
    expect(problems({ 'fail-on-timeout': 'false' })).toEqual([
      'fail-on-timeout "false" is given, but wait-until-healthy is not true, so it would have no effect | Set wait-until-healthy: true, or leave fail-on-timeout out.',
    ]);
    expect(problems({ 'fail-on-timeout': 'true' })).toHaveLength(1);
    expect(problems({ 'fail-on-timeout': 'true', 'wait-until-healthy': 'false' })).toHaveLength(1);
    expect(problems({ ...HEALTHY, 'fail-on-timeout': 'false' })).toEqual([]);
    expect(problems({})).toEqual([]);
  });

  test.each(['degraded-timeout', 'healthy-for'])('%s needs it too', (name) => {
    expect(problems({ [name]: '5s' })).toEqual([expect.stringContaining('wait-until-healthy is not true')]);
    expect(problems({ [name]: '5s', ...HEALTHY })).toEqual([]);
  });

  test('async and waiting exclude each other', () => {
    expect(problems({ async: 'true', ...HEALTHY })).toEqual([
      expect.stringContaining('async "true" is given together with wait-until-healthy'),
    ]);
  });

  test('command: wait waits for health by itself', () => {
    expect(inputs({ command: 'wait' }).waiting.waitUntilHealthy).toBe(true);
    expect(problems({ command: 'wait', 'fail-on-timeout': 'false', 'healthy-for': '5s' })).toEqual([]);
    expect(problems({ command: 'wait', 'expected-revision': 'abcdef1' })).toEqual([]);
    expect(problems({ command: 'wait', 'wait-until-healthy': 'false', 'healthy-for': '5s' })).toHaveLength(1);
  });

  test.each([
    [
      'wait',
      { revision: 'main' },
      'revision "main" has no effect with command: wait | Leave it out; it belongs to command: sync or plan.',
    ],
    ['wait', { 'sync-options': 'Replace=true' }, 'sync-options "Replace=true" has no effect'],
    ['wait', { 'on-timeout': 'terminate' }, 'it belongs to command: sync.'],
    ['terminate', { ...HEALTHY }, 'wait-until-healthy "true" has no effect with command: terminate'],
    ['terminate', { 'fail-on-timeout': 'true' }, 'fail-on-timeout "true" has no effect with command: terminate'],
    ['terminate', { 'expected-revision': 'abcdef1' }, 'it belongs to command: sync, wait or plan.'],
    ['plan', { async: 'true' }, 'async "true" has no effect with command: plan'],
    ['plan', { 'poll-interval': '5s' }, 'it belongs to command: sync, wait or terminate.'],
  ])('command: %s with %j', (command, given, expected) => {
    expect(problems({ command, ...given })).toEqual([expect.stringContaining(expected)]);
  });

  test('switches that are off ask for nothing', () => {
    expect(problems({ command: 'terminate', prune: 'false', async: 'False', 'wait-until-healthy': 'false' })).toEqual(
      [],
    );
    expect(problems({ command: 'plan', prune: 'true', revision: 'main' })).toEqual([]);
  });
});

test.each([
  ['suspended', 'ignore'],
  ['on-cancel', 'kill'],
])('%s: %p is refused', (name, value) => {
  expect(problems({ ...HEALTHY, [name]: value })).toEqual([
    expect.stringContaining(`${name} "${value}" is not one of its values`),
  ]);
});

test('argocd-url', () => {
  expect(inputs({ 'argocd-url': 'argocd.example.com/root/' }).reporting.argocdUrl).toBe(
    'https://argocd.example.com/root',
  );
  expect(problems({ 'argocd-url': 'javascript://x' })).toEqual([expect.stringContaining('has the scheme javascript')]);
});

test('report-format', () => {
  expect(inputs({ 'report-format': 'junit' }).reporting.format).toBe('junit');
  expect(problems({ 'report-format': 'xml' })).toEqual([expect.stringMatching(/^report-format "xml" .*junit/)]);
});
