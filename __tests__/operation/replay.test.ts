import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { type Application, operationId, refKey } from '../../src/argocd/application.ts';
import { parseApplication } from '../../src/argocd/parse-application.ts';
import { record } from '../../src/lib/json.ts';
import { giveUp } from '../../src/operation/track/give-up.ts';
import { needs } from '../../src/operation/track/needs.ts';
import type { Track } from '../../src/operation/track/state.ts';
import { startTrack, track } from '../../src/operation/track.ts';

/**
 * Every recorded watch stream that shows an operation, fed to the reducer. The verdict is the one a careful reader of the
 * recording gives: as the only client, waiting for Healthy for one second, failing at once when Degraded.
 */

const FOLDER = new URL('../fixtures/recordings/', import.meta.url);

interface Line {
  readonly type: string;
  readonly tMs: number;
  readonly application: Application;
}

/** One Application of one stream; `id`: the operation that is taken for ours. */
interface Story {
  readonly id: string;
  readonly createsNamespace: boolean;
  readonly lines: readonly Line[];
}

interface Exchange {
  readonly request?: { readonly path?: string };
  readonly response?: { readonly body?: unknown };
}

/** A line as it was recorded: Kubernetes watch, NDJSON or SSE. */
const eventOf = (line: unknown): Readonly<Record<string, unknown>> => {
  const { json, text } = record(line);
  if (typeof text !== 'string') return record(record(json).result ?? json);
  const data = text.replace(/^data: /, '').trim();
  // Some were cut when they were recorded.
  return data.startsWith('{') && data.endsWith('}') ? record(record(JSON.parse(data)).result) : {};
};

/** Every Application in every stream that shows an operation of it, by `scene/exchange name`. */
function streams(): ReadonlyMap<string, readonly (Line & { readonly raw: Readonly<Record<string, unknown>> })[]> {
  const found = new Map<string, (Line & { readonly raw: Readonly<Record<string, unknown>> })[]>();
  for (const file of readdirSync(FOLDER).sort()) {
    const recording: { readonly exchanges: readonly Exchange[] } = JSON.parse(
      readFileSync(new URL(file, FOLDER), 'utf8'),
    );
    for (const [index, { request, response }] of recording.exchanges.entries()) {
      if (!/[?&]watch=1|\/stream\//.test(request?.path ?? '') || !Array.isArray(response?.body)) continue;
      for (const line of response.body) {
        const { type, object, application: streamed } = eventOf(line);
        const raw = record(object ?? streamed);
        const application = parseApplication({ ...raw, metadata: { namespace: 'argocd', ...record(raw.metadata) } });
        if (application === undefined) continue;
        const scene = file.replace('.json', index === 0 ? '' : `/${index}`);
        const key = `${scene} ${refKey(application.ref)}`;
        const tMs = Number(record(line).tMs);
        found.set(key, [...(found.get(key) ?? []), { type: String(type), tMs, application, raw }]);
      }
    }
  }
  for (const [key, lines] of found) {
    if (!lines.some(({ application: { operation, operationState } }) => operation ?? operationState)) found.delete(key);
  }
  return found;
}

/** Those whose operation is seen from its beginning, by `scene/exchange id`. */
function stories(): ReadonlyMap<string, Story> {
  const found = new Map<string, Story>();
  for (const [key, lines] of recorded) {
    for (const { application, raw } of lines) {
      const id = operationId(application.operation);
      if (id === undefined) continue;
      const options = record(record(raw.operation).sync).syncOptions;
      const createsNamespace = Array.isArray(options) && options.includes('CreateNamespace=true');
      const name = `${key.split(' ')[0]} ${id}`;
      if (!found.has(name)) found.set(name, { id, createsNamespace, lines });
    }
  }
  return found;
}

const SETTLE = { requireSynced: true, healthyForMs: 1_000, degradedAfterMs: 0, suspended: 'wait' } as const;
/** How long the recording's last state lasts: a refresh, and the hold of what is only likely after it. */
const LASTS_MS = 16_000;
const REFRESH_MS = 4_000;

/** Feeds a stream to the reducer; `id`: accepted when it is first seen. */
function feed(begin: Track, lines: readonly Line[], id: string): Track {
  let state = begin;
  let before: Application | undefined;
  let atMs = 0;
  for (const { type, tMs, application } of lines) {
    // What holds until now holds until the next event.
    state = track(state, { kind: 'confirmed', atMs: tMs - 1 });
    atMs = tMs;
    if (state.stage.kind === 'asking' && operationId(application.operation) === id) {
      state = track(state, { kind: 'accepted', application: before ?? application, atMs });
    }
    before = application;
    if (type === 'DELETED') state = track(state, { kind: 'deleted', atMs });
    state = track(state, { kind: 'application', application, readAtMs: undefined, atMs });
    if (needs(state, atMs).read) state = track(state, { kind: 'application', application, readAtMs: atMs, atMs });
  }
  // The recording has nothing more; a refresh that the step asks for then finds everything as it was.
  const last = state.latest;
  if (last !== undefined && needs(state, atMs + REFRESH_MS).refresh) {
    state = track(state, { kind: 'refresh-sent', atMs: atMs + REFRESH_MS });
    state = track(state, { kind: 'refresh-consumed', application: last, atMs: atMs + REFRESH_MS });
  }
  state = track(state, { kind: 'confirmed', atMs: atMs + LASTS_MS });
  return giveUp(state, 'timed-out', atMs + LASTS_MS);
}

/** What the step would have said about this operation, had it sent it. */
function verdictOf({ id, createsNamespace, lines }: Story): Track {
  const asked = lines.find((line) => operationId(line.application.operation) === id)?.application.operation?.sync;
  const begin = startTrack(
    {
      kind: 'sync',
      identity: { kind: 'id', id },
      dryRun: asked?.dryRun ?? false,
      partial: asked?.partial ?? false,
      toTarget: (asked?.revision ?? '') === '' && (asked?.revisions ?? []).every((revision) => revision === ''),
      createsNamespace,
      expectedRevision: '',
      onSyncWindow: 'wait',
      settle: SETTLE,
    },
    undefined,
    0,
  );
  return feed(begin, lines, id);
}

/** What `command: wait` would have said, from the beginning of the stream on. */
const waitedOf = (lines: readonly Line[]): Track =>
  feed(startTrack({ kind: 'state', expectedRevision: '', settle: SETTLE }, undefined, 0), lines, '');

const EXPECTED: Readonly<Record<string, readonly [verdict: string, message: RegExp]>> = {
  'flow-apply-fails bad-1': ['sync-failed', /Service "Bad_Name" is invalid/],
  'flow-apply-fails-retry bad-2': ['sync-failed', /Bad_Name.*\(retried 2 times\)\.?$/],
  // Two patches in the same moment: the first one wins; auto-sync does not start for what it did.
  'flow-autosync-and-ours ours-1': ['healthy', /Synced at/],
  'flow-autosync-and-ours ours-2': ['conflict', /then .* synced/],
  'flow-autosync-and-ours ours-3': ['conflict', /then auto-sync synced/],
  'flow-bad-revision rev-1': ['sync-failed', /^revision no-such-branch does not exist in https/],
  'flow-bad-revision-retry rev-2': ['sync-failed', /^revision no-such-branch does not exist in https.* retr/],
  'flow-bad-sha rev-3': ['sync-failed', /^revision [0-9a-f]{40} does not exist in https/],
  'flow-comparison-error br-cluster-1': ['sync-failed', /no clusters with this name: no-such-cluster/],
  'flow-comparison-error br-cluster-2': ['sync-failed', /no clusters with this name: no-such-cluster/],
  'flow-comparison-error br-dest-1': ['sync-failed', /do not match any of the allowed destinations/],
  'flow-comparison-error br-dest-2': ['sync-failed', /do not match any of the allowed destinations/],
  // Healthy beside sync Unknown.
  'flow-comparison-error br-path-1': ['sync-failed', /apps\/no-such-path: app path does not exist/],
  'flow-comparison-error br-path-2': ['sync-failed', /apps\/no-such-path: app path does not exist/],
  'flow-comparison-error br-project-1': ['sync-failed', /"no-such-project" not found/],
  'flow-comparison-error br-rev-1': ['sync-failed', /^revision no-such-branch does not exist/],
  'flow-degraded-pod crash-1': ['degraded', /^Degraded/],
  // Degraded before the sync, and still shown right after it: not what came of the sync.
  'flow-degraded-recovers roll-5': ['healthy', /Synced at/],
  'flow-delete-while-syncing del-1': ['deleted', /being deleted/],
  'flow-dry-run dry-1': ['synced', /dry run/],
  'flow-first-sync run-1': ['healthy', /Synced at/],
  'flow-hook-fails hook-2': ['sync-failed', /migrate/],
  'flow-hook-postsync post-1': ['healthy', /Synced at/],
  'flow-hook-presync hook-1': ['healthy', /Synced at/],
  'flow-leak leak-1': ['synced', /dry run/],
  'flow-multi-source multi-1': ['healthy', /Synced at 6da81ed \+ 6da81ed/],
  // The next one comes within a second, and takes the first source elsewhere.
  'flow-multi-source multi-2': ['conflict', /^synced 6da81ed \+ ac731fd, then gitopssync synced ac731fd \+ ac731fd/],
  // A list of the wrong length is ignored: everything goes to its target.
  'flow-multi-source multi-3': ['healthy', /Synced at ac731fd \+ ac731fd/],
  'flow-multi-source multi-4': ['conflict', /^synced ac731fd \+ 6da81ed, then gitopssync synced/],
  'flow-multi-source multi-5': ['healthy', /Synced at ac731fd \+ ac731fd/],
  'flow-multi-source multi-6': ['sync-failed', /^revision nope does not exist/],
  'flow-namespace-missing ns-1': ['sync-failed', /namespaces "does-not-exist" not found/],
  'flow-new-commit run-3': ['healthy', /Synced at/],
  'flow-namespace-race race-3-race-0': ['healthy', /Synced at/],
  'flow-namespace-race race-3-race-1': ['sync-failed', /namespaces "race-shared" already exists/],
  'flow-partial-sync part-1': ['healthy', /^Healthy and/],
  'flow-partial-sync part-2': ['healthy', /^Healthy and/],
  'flow-patch-while-running first-1': ['healthy', /Synced at/],
  // Accepted by the API server, and lost: the controller went on with the first one.
  'flow-patch-while-running second-1': ['conflict', /overtaken or removed/],
  'flow-prune pr-2': ['healthy', /Synced at/],
  'flow-prune-confirm conf-1': ['healthy', /Synced at/],
  // Synced and Healthy with reconciledAt = finishedAt in its first terminal event, and wrong.
  'flow-prune-skipped pr-1': ['timed-out', /1 resource requires pruning/],
  'flow-queue q-queue-00': ['healthy', /^Healthy and Synced/],
  'flow-rollout-degraded roll-4': ['degraded', /^Degraded/],
  'flow-rollout-fresh roll-1': ['healthy', /Synced at/],
  'flow-rollout-stale-health roll-2': ['healthy', /Synced at/],
  'flow-rollout-stale-health-compared roll-3': ['healthy', /Synced at/],
  'flow-skip-reconcile skip-1': ['healthy', /Synced at/],
  'flow-suspended susp-1': ['timed-out', /Suspended, wanted Healthy/],
  'flow-sync-again run-2': ['healthy', /Synced at/],
  // Nothing is inherited by a patch, and options replace the Application's own.
  'flow-sync-options opt-1': ['sync-failed', /namespaces "opts-new" not found/],
  'flow-sync-options opt-2': ['healthy', /Synced at 5656b1b/],
  'flow-sync-options opt-3': ['sync-failed', /namespaces "opts-new" not found/],
  'flow-sync-options opt-4': ['healthy', /Synced at 5656b1b/],
  'flow-sync-window win-1': ['healthy', /Synced at/],
  'flow-sync-window-terminate win-2': ['sync-failed', /terminated/],
  'flow-terminate-before-pickup pend-1': ['conflict', /overtaken or removed/],
  'flow-terminate-running term-1': ['sync-failed', /terminated/],
  'flow-two-namespaces twin-a': ['healthy', /Synced at/],
  'flow-two-namespaces twin-b': ['healthy', /Synced at/],
  'flow-waves wave-1': ['healthy', /Synced at/],
  'k8s-watch-table tab-1': ['healthy', /Synced at f50e4ae/],
  'rest-pending-and-blocked-refresh pend-2': ['conflict', /overtaken or removed/],
  'rest-stream s-1': ['healthy', /Synced at 4ff884a/],
  // With fields, as NDJSON and as SSE.
  'rest-stream-sse sse-1': ['healthy', /Synced at 07505e9/],
  'rest-stream-sse/1 sse-1': ['healthy', /Synced at 07505e9/],
  'rest-stream-sse/2 sse-1': ['healthy', /Synced at 07505e9/],
  'rest-sync r-1': ['healthy', /Synced at 057441f/],
  'rest-sync r-2': ['healthy', /Synced at ac731fd/],
  'rest-sync r-3': ['synced', /dry run/],
  'rest-sync r-4': ['synced', /dry run/],
  'rest-sync-multi-source m-1': ['conflict', /^synced 32583bb \+ 32583bb, then ci synced 8c59112/],
  'rest-sync-multi-source m-2': ['conflict', /^synced 8c59112 \+ 8c59112, then ci synced 32583bb/],
  'rest-sync-multi-source m-3': ['conflict', /^synced 32583bb \+ 8c59112, then ci synced 8c59112/],
  'rest-sync-multi-source m-7': ['conflict', /^synced 8c59112 \+ 8c59112, then ci synced 6630899/],
  'rest-sync-multi-source m-9': ['healthy', /Synced at 6630899/],
  'rest-terminate t-1': ['sync-failed', /terminated/],
};

/** Streams of many Applications with the same story: each ends as the first one does. */
const ALIKE = /^(flow-queue q-queue-|flow-namespace-race race-3-race-(?!1$))\d+$/;
const expectedOf = (name: string): readonly [verdict: string, message: RegExp] | undefined => {
  const [, first] = ALIKE.exec(name) ?? [];
  return EXPECTED[name] ?? EXPECTED[`${first}00`] ?? EXPECTED[`${first}0`];
};

/** Streams in which nobody's operation can be taken for ours from its beginning. */
const WAITED: Readonly<Record<string, readonly [verdict: string, message: RegExp]>> = {
  // It comes to rest twice: the operations of auto-sync each end what was good until then.
  'flow-autosync argocd/auto': ['healthy', /Synced at/],
  'flow-delete-plain argocd/delplain': ['deleted', /deleted/],
  'flow-deployment-scaled-by-hand argocd/tab': ['timed-out', /^OutOfSync, wanted Synced/],
  'rest-get-refresh argocd/first': ['healthy', /Synced at 2c22068/],
};

const recorded = streams();
const told = stories();

describe('recorded streams', () => {
  test('none that shows an operation is left out', () => {
    expect([...told.keys()].filter((name) => expectedOf(name) === undefined)).toEqual([]);
    expect(Object.keys(EXPECTED).filter((name) => !told.has(name))).toEqual([]);
    const replayed = new Set([...told.values()].map(({ lines }) => lines));
    const left = [...recorded].filter(([, lines]) => !replayed.has(lines)).map(([name]) => name);
    expect(left).toEqual(Object.keys(WAITED));
  });

  test.each([...told])('%s', (name, story) => {
    const [verdict, message] = expectedOf(name) ?? [];
    const { stage } = verdictOf(story);
    expect(stage).toMatchObject({
      kind: 'done',
      verdict: { name: verdict, message: expect.stringMatching(message ?? '') },
    });
    // Only a namespace race is worth another try.
    expect(stage).toMatchObject({ again: name === 'flow-namespace-race race-3-race-1' });
  });

  test.each(Object.entries(WAITED))('%s, waited for', (name, [verdict, message]) => {
    const { stage } = waitedOf(recorded.get(name) ?? []);
    expect(stage).toMatchObject({ kind: 'done', verdict: { name: verdict, message: expect.stringMatching(message) } });
  });

  test.each([...told])('%s is never healthy before its stream ends in a state that is', (_, story) => {
    const { stage, latest } = verdictOf(story);
    if (stage.kind !== 'done' || stage.verdict.name !== 'healthy') return;
    const index = story.lines.findIndex((line) => line.application === latest);
    const later = story.lines.slice(index).map((line) => line.application);
    const others = later.filter((application) => application.operation !== undefined);
    // Until somebody asks for another operation, what was called healthy stays so.
    const until = others[0] === undefined ? later : later.slice(0, later.indexOf(others[0]));
    expect(until.map((application) => application.health.status)).not.toContain('Progressing');
    expect(until.map((application) => application.health.status)).not.toContain('Degraded');
  });
});
