import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { violations } from '../../fuzz/invariants.ts';
import type { Moment, Played } from '../../fuzz/play.ts';
import type { Story } from '../../fuzz/story.ts';
import type { Application } from '../../src/argocd/application.ts';
import type { VerdictName } from '../../src/argocd/verdict.ts';
import type { RunEvent } from '../../src/report/events.ts';
import type { ApplicationReport, Report } from '../../src/report/report.ts';
import { application, COMMIT_A, COMMIT_B, operation, operationState } from '../factories/application.ts';
import { sampleReport } from '../report/sample.ts';

/** Each rule of the fuzz, broken on purpose: a run that went well, and one thing in it that did not. */

const ID = '00000001-ours';
const REF = { namespace: 'argocd', name: 'app-0' };
const FILE = new URL('../../fuzz/found/skipped-by-argocd-while-its-health-settles.json', import.meta.url);
const FOUND: Story = JSON.parse(readFileSync(FILE, 'utf8'));

const story = (inputs: Partial<Story['inputs']> = {}, more: Partial<Story> = {}): Story => ({
  ...FOUND,
  applications: FOUND.applications.map((one) => ({ ...one, rivals: [] })),
  inputs: { ...FOUND.inputs, ...inputs },
  ...more,
});

const shown = (overrides: Partial<Application>): Application => application({ ref: REF, ...overrides });
const truth = (health: 'Healthy' | 'Progressing', revision: string): NonNullable<Moment['truth']> => ({
  revisions: [revision],
  target: [COMMIT_B],
  health,
  synced: revision === COMMIT_B,
  intact: true,
  since: 0,
});

const ended = {
  operationState: operationState(ID, 'Succeeded'),
  sync: { status: 'Synced', revisions: [COMMIT_B] },
} as const;

/** Asked at 0, running at 100, ended at 200, rolled out at 2000. */
const MOMENTS: readonly Moment[] = [
  { atMs: 0, shown: shown({}), truth: truth('Healthy', COMMIT_A) },
  { atMs: 10, shown: shown({ operation: operation(ID) }), truth: truth('Healthy', COMMIT_A) },
  {
    atMs: 100,
    shown: shown({ operation: operation(ID), operationState: operationState(ID, 'Running') }),
    truth: truth('Progressing', COMMIT_B),
  },
  {
    atMs: 200,
    shown: shown({ ...ended, health: { status: 'Progressing', message: '' } }),
    truth: truth('Progressing', COMMIT_B),
  },
  { atMs: 2000, shown: shown(ended), truth: truth('Healthy', COMMIT_B) },
];

interface Changes {
  readonly inputs?: Partial<Story['inputs']>;
  readonly story?: Partial<Story>;
  readonly moments?: readonly Moment[];
  readonly verdict?: VerdictName;
  readonly atMs?: number;
  readonly report?: Partial<ApplicationReport>;
  readonly whole?: Partial<Report>;
  readonly played?: Partial<Played>;
}

function played({ moments = MOMENTS, verdict = 'healthy', atMs = 5200, ...changes }: Changes = {}): Played {
  const sample = sampleReport();
  const [one] = sample.applications;
  if (one === undefined) throw new Error('the sample has no Application');
  const its: ApplicationReport = {
    ...one,
    ...REF,
    verdict,
    message: '',
    operationId: ID,
    notes: [],
    ...changes.report,
  };
  const event: RunEvent = {
    kind: 'verdict',
    ref: REF,
    verdict: { name: verdict, message: '', hint: '' },
    passed: true,
    durationMs: atMs,
  };
  const passed = verdict === 'healthy';
  return {
    story: story(changes.inputs, changes.story),
    report: {
      ...sample,
      problems: [],
      result: passed ? 'succeeded' : 'failed',
      applications: [its],
      ...changes.whole,
    },
    startedMs: 0,
    endedMs: atMs,
    events: [{ atMs, event }],
    timelines: new Map([['argocd/app-0', moments]]),
    requests: [],
    unhandled: [],
    leftovers: [],
    stuck: '',
    ...changes.played,
  };
}

const broken = (changes: Changes): readonly string[] => violations(played(changes)).map(({ rule }) => rule);

const request = (method: string, body: unknown): Played['requests'][number] => ({
  api: 'kubernetes',
  method,
  path: '/apis/argoproj.io/v1alpha1/namespaces/argocd/applications/app-0',
  headers: {},
  body: JSON.stringify(body),
  atMs: 5,
  status: 200,
  bytesSent: 0,
});

/** The same, with one moment replaced or added. */
const followedBy = (atMs: number, what: Partial<Application>, real = truth('Healthy', COMMIT_B)): readonly Moment[] => [
  ...MOMENTS,
  { atMs, shown: shown(what), truth: real },
];

test('a run that went well breaks no rule', () => {
  expect(violations(played())).toEqual([]);
});

describe('is broken by', () => {
  const cases: readonly (readonly [what: string, rule: string, changes: Changes])[] = [
    ['a run that does not end', 'the run ends', { played: { report: undefined } }],
    ['an end after the deadline', 'it ends by the deadline', { played: { endedMs: 65_100 } }],
    ['an end long after a cancellation', 'it ends soon after a cancellation', { story: { cancelAtMs: 100 } }],
    ['a rejection', 'no unhandled rejection', { played: { unhandled: ['Error: x'] } }],
    ['a timer', 'nothing is left running', { played: { leftovers: ['timer'] } }],
    [
      'a write of the spec',
      'only operations and refreshes are written',
      { played: { requests: [request('PATCH', { spec: {} })] } },
    ],
    [
      'a write that is not guarded',
      'only operations and refreshes are written',
      { played: { requests: [request('PATCH', { operation: {}, status: { operationState: null } })] } },
    ],
    ['two verdicts', 'one verdict each', { played: { events: [...played().events, ...played().events] } }],
    ['no verdict', 'one verdict each', { whole: { applications: [] } }],
    ['another verdict than was told', 'one verdict each', { report: { verdict: 'synced' } }],
    [
      'green beside a failure',
      'green only when everything passed',
      { verdict: 'error', whole: { result: 'succeeded' } },
    ],
    [
      'a second operation for the same request',
      'one operation for one request',
      { moments: [...MOMENTS, { ...(MOMENTS[1] as Moment), atMs: 2500 }, { ...(MOMENTS[4] as Moment), atMs: 2600 }] },
    ],
    [
      'another operation of ours',
      'one operation for one Application',
      { moments: followedBy(2500, { operation: operation('00000002-ours') }) },
    ],
    ['an operation that nobody saw', 'the reported operation exists', { report: { operationId: '00000009-ours' } }],
    [
      'ending what somebody else runs',
      'only own operations are ended',
      {
        moments: [
          ...followedBy(2300, { operation: operation(''), operationState: operationState('', 'Running') }),
          ...followedBy(2400, { operation: operation(''), operationState: operationState('', 'Terminating') }).slice(
            -1,
          ),
        ],
      },
    ],
    ['Healthy before it is', 'healthy only if it is', { atMs: 1500 }],
    ['Healthy for less than was asked', 'healthy only if it held for healthy-for', { atMs: 4000 }],
    [
      'Healthy that broke in between',
      'healthy only if it held for healthy-for',
      {
        moments: [
          ...followedBy(
            3000,
            { ...ended, health: { status: 'Degraded', message: '' } },
            truth('Progressing', COMMIT_B),
          ),
          ...followedBy(3900, ended).slice(-1),
        ],
      },
    ],
    [
      'Healthy while another commit runs',
      'healthy only if it is',
      { moments: [...MOMENTS.slice(0, 4), { ...(MOMENTS[4] as Moment), truth: truth('Healthy', COMMIT_A) }] },
    ],
    [
      'Healthy after a sync that failed',
      'healthy only after our operation succeeded',
      { moments: followedBy(2000, { ...ended, operationState: operationState(ID, 'Failed') }).toSpliced(3, 2) },
    ],
    ['Degraded that nobody asked about', 'degraded only if asked for', { verdict: 'degraded' }],
    ['Degraded that it never was', 'degraded only if it is', { verdict: 'degraded', inputs: { degradedTimeoutMs: 0 } }],
    ['a failure without one', 'sync-failed only if our operation failed', { verdict: 'sync-failed' }],
    ['a conflict with nobody', 'conflict only with somebody', { verdict: 'conflict' }],
    ['an error without a cause', 'no error without a cause', { verdict: 'error' }],
    ['a window that is open', 'blocked only by a window', { verdict: 'blocked' }],
    ['a deletion that was none', 'deleted only if it is', { verdict: 'deleted' }],
    ['giving up too early', 'timed out only after the time-out', { verdict: 'timed-out', atMs: 30_000 }],
    ['stopping by itself', 'cancelled only if it was', { verdict: 'cancelled' }],
    ['not seeing Healthy', 'health that is there is seen', { verdict: 'timed-out', atMs: 60_000 }],
    [
      'not seeing the end',
      'an end that is there is seen',
      { verdict: 'timed-out', atMs: 60_000, inputs: { waitUntilHealthy: false } },
    ],
  ];

  test.each(cases)('%s: %s', (_, rule, changes) => {
    expect(broken(changes)).toContain(rule);
  });
});
