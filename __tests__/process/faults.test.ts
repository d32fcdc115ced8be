import { describe, expect, test } from '@jest/globals';
import { uniform } from '../../sandbox/fleets/uniform.ts';
import type { Fault, Sandbox } from '../../sandbox/types.ts';
import {
  connection,
  type Finished,
  idsOf,
  openSandbox,
  operationsOf,
  run,
  type StepInputs,
  TRANSPORTS,
  type Transport,
  UNTIL_HEALTHY,
} from './harness.ts';

/** The request that starts a sync. */
const SYNC: Readonly<Record<Transport, Fault['when']>> = {
  kubernetes: { api: 'kubernetes', method: 'PATCH' },
  argocd: { api: 'argocd', method: 'POST', path: '/sync$' },
};
const LIST: Readonly<Record<Transport, Fault['when']>> = {
  kubernetes: { api: 'kubernetes', method: 'GET', path: '/applications\\?(?!.*watch=)' },
  argocd: { api: 'argocd', method: 'GET', path: '/api/v1/applications\\?' },
};
const STREAM: Readonly<Record<Transport, Fault['when']>> = {
  kubernetes: { api: 'kubernetes', method: 'GET', path: 'watch=1' },
  argocd: { api: 'argocd', method: 'GET', path: '/stream/' },
};
const READ: Readonly<Record<Transport, Fault['when']>> = {
  kubernetes: { api: 'kubernetes', method: 'GET', path: '/applications(?!.*watch=)' },
  argocd: { api: 'argocd', method: 'GET', path: '/applications(?!.*/stream/)' },
};

/** Runs 8 Applications to Healthy against a sandbox in this trouble. */
async function inTrouble<T>(
  transport: Transport,
  trouble: { readonly faults: readonly Fault[]; readonly inputs?: StepInputs; readonly count?: number },
  check: (finished: Finished, sandbox: Sandbox, names: readonly string[]) => T,
): Promise<T> {
  const count = trouble.count ?? 8;
  const sandbox = await openSandbox({ fleet: uniform(count), faults: trouble.faults });
  const inputs = { ...connection(sandbox, transport), ...UNTIL_HEALTHY, applications: 'app-*', ...trouble.inputs };
  const finished = await run(sandbox, inputs, { debug: true });
  const names = Array.from({ length: count }, (_, index) => `app-${String(index + 1).padStart(4, '0')}`);
  try {
    return check(finished, sandbox, names);
  } finally {
    await sandbox.stop();
  }
}

/** Everything is green, and each Application got one operation and no more: the one that is reported. */
function expectAllHealthyOnce(finished: Finished, sandbox: Sandbox, names: readonly string[]): void {
  const { exitCode, log } = finished;
  expect({ exitCode, log: exitCode === 0 ? '' : log }).toEqual({ exitCode: 0, log: '' });
  expect(finished.verdicts).toEqual(Object.fromEntries(names.map((name) => [name, 'healthy'])));
  for (const name of names) {
    expect([name, idsOf(operationsOf(sandbox, name))]).toEqual([name, [finished.application(name).operationId]]);
  }
  expect(log).not.toMatch(/\n {4}at /);
}

interface Case {
  readonly what: string;
  readonly faults: (transport: Transport) => readonly Fault[];
  readonly inputs?: StepInputs;
  /** What people are told. */
  readonly said?: RegExp;
}

const SURVIVED: readonly Case[] = [
  {
    what: 'the answer to a sync is lost',
    faults: (transport) => [{ when: SYNC[transport], times: 3, effect: { kind: 'lose-answer' } }],
  },
  {
    what: 'a sync is cut off before it is carried out',
    faults: (transport) => [{ when: SYNC[transport], times: 3, effect: { kind: 'reset' } }],
    said: /it was not carried out, sending it again/,
  },
  {
    what: 'a sync is carried out long after the wait for its answer was over',
    faults: (transport) => [{ when: SYNC[transport], times: 2, effect: { kind: 'delay', ms: 5000 } }],
    inputs: { 'request-timeout': '2s', 'healthy-for': '4s' },
  },
  {
    what: 'a sync is answered with 503',
    faults: (transport) => [{ when: SYNC[transport], times: 2, effect: { kind: 'status', status: 503 } }],
  },
  {
    what: 'a sync is answered with 429',
    faults: (transport) => [
      { when: SYNC[transport], times: 2, effect: { kind: 'status', status: 429, headers: { 'retry-after': '1' } } },
    ],
  },
  {
    what: 'a list is answered with 429 and Retry-After',
    faults: (transport) => [
      { when: LIST[transport], times: 1, effect: { kind: 'status', status: 429, headers: { 'retry-after': '2' } } },
    ],
  },
  {
    what: 'reads are answered with 503',
    faults: (transport) => [{ when: READ[transport], times: 2, effect: { kind: 'status', status: 503 } }],
  },
  {
    what: 'connections are reset',
    faults: (transport) => [{ when: READ[transport], skip: 1, times: 3, effect: { kind: 'reset' } }],
  },
  {
    what: 'the stream is cut again and again',
    faults: (transport) => [{ when: STREAM[transport], times: 3, effect: { kind: 'cut', afterLines: 5 } }],
  },
  {
    what: 'the stream cannot be opened at first',
    faults: (transport) => [{ when: STREAM[transport], times: 2, effect: { kind: 'status', status: 503 } }],
  },
  {
    what: 'the stream never sends headers',
    faults: (transport) => [{ when: STREAM[transport], times: 0, effect: { kind: 'hang' } }],
    inputs: { 'request-timeout': '2s', 'poll-interval': '2s' },
  },
  {
    what: 'something else answers for the stream',
    faults: (transport) => [{ when: STREAM[transport], times: 0, effect: { kind: 'html' } }],
    inputs: { 'poll-interval': '2s' },
    said: /no watch \(.*\); looking every 2 s instead/,
  },
  {
    what: 'streams are not wanted',
    faults: () => [],
    inputs: { watch: 'false', 'poll-interval': '1s' },
  },
];

describe('trouble on the way that passes', () => {
  test.concurrent.each(SURVIVED.flatMap((one) => TRANSPORTS.map((transport) => ({ ...one, transport }))))(
    '$what: one operation each, by the $transport API',
    ({ transport, faults, inputs, said }) =>
      inTrouble(
        transport,
        { faults: faults(transport), ...(inputs === undefined ? {} : { inputs }) },
        (finished, sandbox, names) => {
          expectAllHealthyOnce(finished, sandbox, names);
          if (said !== undefined) expect(finished.log).toMatch(said);
          if (inputs?.watch === 'false')
            expect(finished.requests.filter(({ path }) => /watch=|stream/.test(path))).toEqual([]);
        },
      ),
  );

  test.concurrent('Retry-After is honoured', () =>
    inTrouble(
      'kubernetes',
      {
        faults: [{ when: LIST.kubernetes, effect: { kind: 'status', status: 429, headers: { 'retry-after': '2' } } }],
      },
      ({ requests }) => {
        const [first, second] = requests.filter(({ path }) => /applications\?(?!.*watch)/.test(path));
        expect(first?.status).toBe(429);
        expect((second?.atMs ?? 0) - (first?.atMs ?? 0)).toBeGreaterThanOrEqual(1990);
      },
    ));
});

describe('trouble of the Kubernetes API alone', () => {
  test.concurrent('a watch whose version is gone (410) begins anew', () =>
    inTrouble(
      'kubernetes',
      { faults: [{ when: STREAM.kubernetes, times: 2, effect: { kind: 'expire' } }] },
      expectAllHealthyOnce,
    ));

  test.concurrent('a list whose continue token is gone (410) begins anew', () =>
    inTrouble(
      'kubernetes',
      {
        count: 501,
        faults: [
          {
            when: { api: 'kubernetes', path: 'continue=' },
            effect: {
              kind: 'status',
              status: 410,
              body: JSON.stringify({
                kind: 'Status',
                apiVersion: 'v1',
                status: 'Failure',
                message: 'The provided continue parameter is too old to display a consistent list result.',
                reason: 'Expired',
                code: 410,
                metadata: { continue: 'an-inconsistent-rest' },
              }),
            },
          },
        ],
        inputs: { applications: 'app-0001, app-05*', command: 'plan', 'wait-until-healthy': '', 'healthy-for': '' },
      },
      ({ exitCode, outputs, requests, log }) => {
        expect({ exitCode, log: exitCode === 0 ? '' : log }).toEqual({ exitCode: 0, log: '' });
        expect(outputs).toMatchObject({ names: '["app-0001","app-0500","app-0501"]' });
        expect(requests.filter(({ path }) => path.includes('an-inconsistent-rest'))).toEqual([]);
      },
    ));

  test.concurrent('a watch that is forbidden: looks instead, and says so', () =>
    inTrouble(
      'kubernetes',
      {
        faults: [
          {
            when: STREAM.kubernetes,
            times: 0,
            effect: {
              kind: 'status',
              status: 403,
              body: JSON.stringify({
                kind: 'Status',
                apiVersion: 'v1',
                status: 'Failure',
                message:
                  'applications.argoproj.io is forbidden: User "ci" cannot watch resource "applications" in API group "argoproj.io" in the namespace "argocd"',
                reason: 'Forbidden',
                code: 403,
              }),
            },
          },
        ],
        inputs: { 'poll-interval': '2s' },
      },
      (finished, sandbox, names) => {
        expectAllHealthyOnce(finished, sandbox, names);
        expect(finished.log).toMatch(
          /! no watch \(.*cannot watch resource "applications".*\); looking every 2 s instead/,
        );
        expect(finished.requests.filter(({ path }) => path.includes('watch='))).toHaveLength(1);
      },
    ));
});

describe('trouble that does not pass', () => {
  test.concurrent.each(TRANSPORTS)('what the time-out cut short is named as its cause, by the %s API', (transport) =>
    inTrouble(
      transport,
      {
        faults: [{ when: LIST[transport], times: 0, effect: { kind: 'status', status: 503 } }],
        inputs: { timeout: '4s' },
      },
      ({ exitCode, log, report }) => {
        expect(exitCode).toBe(1);
        expect(log).toMatch(/! cannot list Applications.*; trying again/);
        expect(report.problems[0]?.message).toMatch(/^the time-out of 4s is over, before any Application was synced/);
        expect(report.problems[0]?.causes[0]).toMatch(/^cannot list Applications.* 503/);
      },
    ),
  );

  test.concurrent.each(TRANSPORTS)('a list that never answers ends with the time-out, by the %s API', (transport) =>
    inTrouble(
      transport,
      { faults: [{ when: LIST[transport], times: 0, effect: { kind: 'hang' } }], inputs: { timeout: '3s' } },
      ({ exitCode, outputs, report }) => {
        expect({ exitCode, result: outputs.result, count: outputs.count }).toEqual({
          exitCode: 1,
          result: 'failed',
          count: '0',
        });
        expect(report.problems[0]?.message).toMatch(/^the time-out of 3s is over, before any Application was synced/);
      },
    ),
  );
});
