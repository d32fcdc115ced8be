import type { ApplicationRef, ResourceResult } from '../../src/argocd/application.ts';
import type { UnhealthyResource, WarningEvent } from '../../src/argocd/explanation.ts';
import type { Verdict, VerdictName } from '../../src/argocd/verdict.ts';
import { passes } from '../../src/argocd/verdict.ts';
import { conclude } from '../../src/report/conclude.ts';
import type { RunEvent } from '../../src/report/events.ts';
import type { ApplicationReport, Report } from '../../src/report/report.ts';

const REVISION = '1f3870be274f6c49b3e31a0c6728957f5a1c2b3d';

export const sampleApplication = (overrides: Partial<ApplicationReport> = {}): ApplicationReport => ({
  name: 'guestbook',
  namespace: 'argocd',
  project: 'default',
  cluster: 'https://kubernetes.default.svc',
  verdict: 'healthy',
  message: 'Synced and Healthy',
  hint: '',
  syncStatus: 'Synced',
  healthStatus: 'Healthy',
  phase: 'Succeeded',
  revisions: [REVISION],
  operationId: 'gitopssync-7261-1',
  startedAt: '2026-11-20T10:00:01.000Z',
  finishedAt: '2026-11-20T10:00:13.000Z',
  durationMs: 12_000,
  syncStartedAt: '2026-11-20T10:00:02.000Z',
  syncFinishedAt: '2026-11-20T10:00:06.000Z',
  url: 'https://argocd.example.com/applications/argocd/guestbook',
  resources: [],
  unhealthy: [],
  events: [],
  conditions: [],
  notes: [],
  ...overrides,
});

export const sampleResource = (overrides: Partial<ResourceResult> = {}): ResourceResult => ({
  group: 'apps',
  kind: 'Deployment',
  namespace: 'shop',
  name: 'cart',
  status: 'Synced',
  message: 'deployment.apps/cart configured',
  hookType: '',
  hookPhase: '',
  ...overrides,
});

export const sampleReport = (
  applications: readonly ApplicationReport[] = [sampleApplication()],
  overrides: Partial<Report> = {},
): Report => {
  const durationMs = overrides.durationMs ?? 72_000;
  const problems = overrides.problems ?? [];
  return {
    schemaVersion: 1,
    command: 'sync',
    ...conclude({ applications, problems, cancelled: false, durationMs }),
    startedAt: '2026-11-20T10:00:00.000Z',
    finishedAt: '2026-11-20T10:01:12.000Z',
    durationMs,
    connection: 'Kubernetes API https://10.0.0.1:6443 (context prod)',
    problems,
    warnings: [],
    selection: { looked: '14 Applications in namespace argocd', excluded: [], shards: ['1/1'] },
    applications,
    ...overrides,
  };
};

const TROUBLE: Readonly<
  Record<number, { readonly name: VerdictName; readonly message: string; readonly hint: string }>
> = {
  3: {
    name: 'sync-failed',
    message: 'one or more objects failed to apply, reason: Service "Bad_Name" is invalid',
    hint: 'Correct the manifests in Git and run again',
  },
  5: {
    name: 'degraded',
    message: 'Degraded, wanted Healthy: Deployment/crashy Degraded (CrashLoopBackOff)',
    hint: 'Look at the events and logs of its Pods',
  },
  8: { name: 'timed-out', message: 'Progressing, wanted Healthy', hint: 'Give it more time with `timeout`' },
};

const refOf = (index: number): ApplicationRef => ({
  namespace: 'argocd',
  name: `app-${String(index).padStart(4, '0')}`,
});

const verdictOf = (index: number): Verdict =>
  TROUBLE[index] ?? { name: 'healthy', message: 'Synced and Healthy', hint: '' };

/** Not all alike, and always the same. */
const times = (index: number) => {
  const stamp = (ms: number): string => new Date(Date.parse('2026-11-20T10:00:00.000Z') + ms).toISOString();
  const startedMs = 800 + index * 35;
  const syncedMs = startedMs + 1200 + ((index * 7919) % 11) * 310;
  const finishedMs =
    TROUBLE[index]?.name === 'sync-failed' ? syncedMs : syncedMs + 3000 + ((index * 104_729) % 17) * 1100;
  return {
    startedAt: stamp(startedMs),
    finishedAt: stamp(finishedMs),
    durationMs: finishedMs - startedMs,
    syncStartedAt: stamp(startedMs),
    syncFinishedAt: stamp(syncedMs),
  };
};

const FAILED_RESOURCES: readonly ResourceResult[] = [
  sampleResource(),
  sampleResource({
    group: '',
    kind: 'Service',
    name: 'Bad_Name',
    status: 'SyncFailed',
    message: 'Service "Bad_Name" is invalid: [metadata.name: Invalid value: "Bad_Name"]',
  }),
  sampleResource({
    group: 'batch',
    kind: 'Job',
    name: 'migrate',
    status: '',
    hookType: 'PreSync',
    hookPhase: 'Failed',
    message: 'Job has reached the specified backoff limit',
  }),
];

export const sampleUnhealthy = (overrides: Partial<UnhealthyResource> = {}): UnhealthyResource => ({
  group: 'apps',
  kind: 'Deployment',
  namespace: 'shop',
  name: 'crashy',
  health: 'Degraded',
  message: 'Deployment "crashy" exceeded its progress deadline',
  ...overrides,
});

export const sampleEvent = (overrides: Partial<WarningEvent> = {}): WarningEvent => ({
  kind: 'Pod',
  namespace: 'shop',
  name: 'crashy-7d4b9c8f6d-x2c7d',
  reason: 'BackOff',
  message: 'Back-off restarting failed container main in pod crashy-7d4b9c8f6d-x2c7d',
  count: 12,
  lastSeen: '2026-11-20T10:00:40Z',
  ...overrides,
});

const explanationOf = (verdict: VerdictName): Pick<ApplicationReport, 'unhealthy' | 'events'> => {
  if (verdict === 'degraded') return { unhealthy: [sampleUnhealthy()], events: [sampleEvent()] };
  if (verdict !== 'timed-out') return { unhealthy: [], events: [] };
  const about = { name: 'search-0', message: '0/3 nodes are available: 3 Insufficient memory.' };
  return {
    unhealthy: [
      sampleUnhealthy({
        kind: 'StatefulSet',
        name: 'search',
        health: 'Progressing',
        message: 'Waiting for 1 pods to be ready...',
      }),
    ],
    events: [sampleEvent({ ...about, reason: 'FailedScheduling', count: 4 })],
  };
};

/** A fleet of which three are in trouble (when it is large enough to have them): numbers 3, 5 and 8. */
export const fleetReport = (count: number): Report =>
  sampleReport(
    Array.from({ length: count }, (_, index) => {
      const { name: verdict, message, hint } = verdictOf(index);
      return sampleApplication({
        ...refOf(index),
        ...times(index),
        ...explanationOf(verdict),
        verdict,
        message,
        hint,
        syncStatus: verdict === 'sync-failed' ? 'OutOfSync' : 'Synced',
        healthStatus: verdict === 'healthy' ? 'Healthy' : verdict === 'degraded' ? 'Degraded' : 'Progressing',
        phase: verdict === 'sync-failed' ? 'Failed' : 'Succeeded',
        url: `https://argocd.example.com/applications/argocd/${refOf(index).name}`,
        resources: verdict === 'sync-failed' ? FAILED_RESOURCES : [sampleResource()],
      });
    }),
    {
      selection: {
        looked: `${count + 2} Applications in namespace argocd`,
        shards: ['1/1'],
        excluded: [
          { ref: { namespace: 'argocd', name: 'other' }, reason: 'name does not match app-.*' },
          { ref: { namespace: 'argocd', name: 'another' }, reason: 'name does not match app-.*' },
        ],
      },
    },
  );

/** What a run over that fleet emits: every Application takes the same steps, one after the other, a heartbeat after each step. */
export const fleetEvents = (count: number): readonly RunEvent[] => {
  const refs = Array.from({ length: count }, (_, index) => refOf(index));
  const { selection } = fleetReport(count);
  const beat = (elapsedMs: number, passed: number, failed: number, syncing: number): RunEvent => ({
    kind: 'heartbeat',
    counts: { total: count, passed, failed, queued: 0, syncing, settling: count - passed - failed - syncing },
    elapsedMs,
    timeoutMs: 600_000,
    waitingFor: refs.slice(0, 3).map((ref) => ({ ref, wanted: 'Progressing, wanted Healthy' })),
  });
  return [
    { kind: 'phase', phase: 'connect' },
    { kind: 'connected', description: 'Kubernetes API https://10.0.0.1:6443 (context prod)' },
    { kind: 'phase', phase: 'resolve' },
    { kind: 'selected', refs, excluded: selection.excluded, looked: selection.looked },
    { kind: 'phase', phase: 'plan' },
    ...refs.map((ref): RunEvent => ({ kind: 'planned', ref, wanted: 'main, prune, CreateNamespace=true' })),
    { kind: 'phase', phase: 'sync' },
    ...refs.map((ref, index): RunEvent => ({ kind: 'triggered', ref, id: `gitopssync-7261-${index}` })),
    { kind: 'phase', phase: 'wait' },
    ...refs.flatMap((ref): RunEvent[] => [
      {
        kind: 'changed',
        ref,
        syncStatus: 'OutOfSync',
        healthStatus: 'Healthy',
        phase: 'Running',
        message: 'waiting for healthy state of apps/Deployment/cart',
        wanted: '',
      },
      {
        kind: 'changed',
        ref,
        syncStatus: 'OutOfSync',
        healthStatus: 'Healthy',
        phase: 'Running',
        message: 'waiting for healthy state of apps/Deployment/cart',
        wanted: '',
      },
    ]),
    beat(15_000, 0, 0, count),
    { kind: 'note', ref: refOf(0), text: 'asked Argo CD to compare it again' },
    ...refs.map(
      (ref): RunEvent => ({
        kind: 'changed',
        ref,
        syncStatus: 'Synced',
        healthStatus: 'Progressing',
        phase: 'Succeeded',
        message: '',
        wanted: 'Progressing, wanted Healthy',
      }),
    ),
    beat(30_000, 0, 0, 0),
    { kind: 'warning', text: 'no watch (forbidden); looking every 5 s instead' },
    ...refs.map(
      (ref, index): RunEvent => ({
        kind: 'verdict',
        ref,
        verdict: verdictOf(index),
        passed: passes(verdictOf(index).name, true),
        durationMs: times(index).durationMs,
      }),
    ),
    { kind: 'phase', phase: 'report' },
  ];
};

/** Texts that servers could send to break a rendering. */
export const HOSTILE: readonly string[] = [
  '::error::pwned',
  '  ::set-output name=x::y',
  'first\n::add-mask::second',
  'first\r::stop-commands::x',
  'first\u2028::error::x',
  'first\u0085::error::x',
  '\u200b::error::x',
  '\u001b[31m::error::x',
  '\u0000::error::x',
  'see ##[error]pwned',
  '#\u200b#[error]pwned',
  '###[group]x',
  '| a | b |\n| --- | --- |',
  '</details><script>alert(1)</script><img src=x onerror=alert(1)>',
  '**bold** _it_ `code` ~~no~~ [x](javascript:alert(1)) ![x](https://example.com/x.png)',
  '```\ncode',
  '# heading',
  '- list',
  '1. list',
  '&lt;b&gt; &#60; &amp;',
  '@everyone fixes #1 owner/repo#2 GH-3 $\\frac{1}{2}$ :tada:',
  'https://example.com/a|b www.example.com me@example.com',
  'abc\u202egnp.exe\u2066x\u2069',
  '\u001b]8;;https://example.com\u0007link\u001b]8;;\u0007 \u001b[2J\u001b[1;1H',
  '\ud800 half \udc00',
  '"],"verdict":"healthy',
  `$${'{{ secrets.TOKEN }}'} %0A::error::x %25`,
  `${'line\n'.repeat(20_000)}end`,
  'x'.repeat(300_000),
  '\u001b]'.repeat(50_000),
  ' '.repeat(100_000),
];

/** A report that says this text in every place that holds a text of others. */
export const hostileReport = (text: string): Report =>
  sampleReport(
    [
      sampleApplication({
        name: text,
        namespace: text,
        project: text,
        cluster: text,
        verdict: 'sync-failed',
        message: text,
        hint: text,
        revisions: [text],
        operationId: text,
        url: text,
        resources: [
          sampleResource({ group: text, kind: text, namespace: text, name: text, status: 'SyncFailed', message: text }),
          sampleResource({ name: text, status: '', hookType: text, hookPhase: 'Failed', message: text }),
        ],
        unhealthy: [sampleUnhealthy({ group: text, kind: text, namespace: text, name: text, message: text })],
        events: [sampleEvent({ kind: text, namespace: text, name: text, reason: text, message: text, lastSeen: text })],
        conditions: [{ type: `${text}Error`, message: text }],
        notes: [text],
      }),
      sampleApplication(),
    ],
    {
      connection: text,
      problems: [{ title: text, message: text, hint: text, causes: [text] }],
      warnings: [text],
      selection: { looked: text, excluded: [{ ref: { namespace: text, name: text }, reason: text }], shards: [] },
    },
  );
