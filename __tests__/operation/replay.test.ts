import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { type Application, operationId, refKey } from '../../src/argocd/application.ts';
import { parseApplication } from '../../src/argocd/parse-application.ts';
import { giveUp, needs, startTrack, type Track, track } from '../../src/operation/track.ts';

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

interface Story {
  readonly scene: string;
  readonly id: string;
  readonly lines: readonly Line[];
}

function stories(): readonly Story[] {
  return readdirSync(FOLDER)
    .filter((file) => file.startsWith('flow-'))
    .sort()
    .flatMap((file) => {
      const recording = JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) as {
        readonly scene: string;
        readonly exchanges: readonly {
          readonly request?: { readonly path?: string };
          readonly response?: { readonly body?: unknown };
        }[];
      };
      return recording.exchanges.flatMap(({ request, response }) => {
        if (!request?.path?.includes('watch=1') || !Array.isArray(response?.body)) return [];
        return storiesIn(recording.scene, response.body);
      });
    });
}

function storiesIn(scene: string, body: readonly { tMs: number; json?: { type: string; object: unknown } }[]): Story[] {
  const lines = body.flatMap(({ tMs, json }): Line[] => {
    const application = parseApplication(json?.object);
    return application === undefined || json === undefined ? [] : [{ type: json.type, tMs, application }];
  });
  const found = new Map<string, Story>();
  for (const { application } of lines) {
    for (const operation of [application.operation, application.operationState?.operation]) {
      const id = operationId(operation);
      if (id === undefined) continue;
      const own = lines.filter((line) => refKey(line.application.ref) === refKey(application.ref));
      // An operation that was running or done before the recording began has no beginning to follow.
      const first = own.findIndex((line) => operationId(line.application.operation) === id);
      if (first >= 0) found.set(id, { scene, id, lines: own });
    }
  }
  return [...found.values()];
}

/** What the step would have said about this operation, had it sent it. */
function verdictOf({ id, lines }: Story): Track {
  const asked = lines.find((line) => operationId(line.application.operation) === id)?.application.operation?.sync;
  let state = startTrack(
    {
      kind: 'sync',
      identity: { kind: 'id', id },
      dryRun: asked?.dryRun ?? false,
      partial: asked?.partial ?? false,
      toTarget: (asked?.revision ?? '') === '' && (asked?.revisions ?? []).every((revision) => revision === ''),
      createsNamespace: false,
      expectedRevision: '',
      onSyncWindow: 'wait',
      settle: { requireSynced: true, healthyForMs: 1_000, degradedAfterMs: 0, suspended: 'wait' },
    },
    undefined,
    0,
  );
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
  if (last !== undefined && needs(state, atMs + 4_000).refresh) {
    state = track(state, { kind: 'refresh-sent', atMs: atMs + 4_000 });
    state = track(state, { kind: 'refresh-consumed', application: last, atMs: atMs + 4_000 });
  }
  state = track(state, { kind: 'confirmed', atMs: atMs + 5_000 });
  return giveUp(state, 'timed-out', atMs + 5_000);
}

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
  'flow-degraded-pod crash-1': ['degraded', /^Degraded/],
  // Degraded before the sync, and still shown right after it: not what came of the sync.
  'flow-degraded-recovers roll-5': ['healthy', /Synced at/],
  'flow-delete-while-syncing del-1': ['deleted', /being deleted/],
  'flow-dry-run dry-1': ['synced', /dry run/],
  'flow-first-sync run-1': ['healthy', /Synced at/],
  'flow-hook-fails hook-2': ['sync-failed', /migrate/],
  'flow-hook-postsync post-1': ['healthy', /Synced at/],
  'flow-hook-presync hook-1': ['healthy', /Synced at/],
  'flow-namespace-missing ns-1': ['sync-failed', /namespaces "does-not-exist" not found/],
  'flow-new-commit run-3': ['healthy', /Synced at/],
  'flow-patch-while-running first-1': ['healthy', /Synced at/],
  // Accepted by the API server, and lost: the controller went on with the first one.
  'flow-patch-while-running second-1': ['conflict', /overtaken or removed/],
  'flow-prune pr-2': ['healthy', /Synced at/],
  'flow-prune-confirm conf-1': ['healthy', /Synced at/],
  // Synced and Healthy with reconciledAt = finishedAt in its first terminal event, and wrong.
  'flow-prune-skipped pr-1': ['timed-out', /1 resource requires pruning/],
  'flow-rollout-degraded roll-4': ['degraded', /^Degraded/],
  'flow-rollout-fresh roll-1': ['healthy', /Synced at/],
  'flow-rollout-stale-health roll-2': ['healthy', /Synced at/],
  'flow-rollout-stale-health-compared roll-3': ['healthy', /Synced at/],
  'flow-skip-reconcile skip-1': ['healthy', /Synced at/],
  'flow-suspended susp-1': ['timed-out', /Suspended, wanted Healthy/],
  'flow-sync-again run-2': ['healthy', /Synced at/],
  'flow-sync-window win-1': ['healthy', /Synced at/],
  'flow-sync-window-terminate win-2': ['sync-failed', /terminated/],
  'flow-terminate-before-pickup pend-1': ['conflict', /overtaken or removed/],
  'flow-terminate-running term-1': ['sync-failed', /terminated/],
  'flow-two-namespaces twin-a': ['healthy', /Synced at/],
  'flow-two-namespaces twin-b': ['healthy', /Synced at/],
  'flow-waves wave-1': ['healthy', /Synced at/],
};

const told = new Map(stories().map((story) => [`${story.scene} ${story.id}`, story]));

describe('recorded streams', () => {
  test.each(Object.entries(EXPECTED))('%s', (name, [verdict, message]) => {
    const story = told.get(name);
    if (story === undefined) throw new Error(`not recorded: ${name}; there are ${[...told.keys()].join(', ')}`);
    const { stage } = verdictOf(story);
    expect(stage).toMatchObject({ kind: 'done', verdict: { name: verdict, message: expect.stringMatching(message) } });
  });

  test.each([...told.values()].map((story) => [`${story.scene} ${story.id}`, story] as const))(
    '%s is never healthy before its stream ends in a state that is',
    (_, story) => {
      const { stage, latest } = verdictOf(story);
      if (stage.kind !== 'done' || stage.verdict.name !== 'healthy') return;
      const index = story.lines.findIndex((line) => line.application === latest);
      const later = story.lines.slice(index).map((line) => line.application);
      const others = later.filter((application) => application.operation !== undefined);
      // Until somebody asks for another operation, what was called healthy stays so.
      const until = others[0] === undefined ? later : later.slice(0, later.indexOf(others[0]));
      expect(until.map((application) => application.health.status)).not.toContain('Progressing');
      expect(until.map((application) => application.health.status)).not.toContain('Degraded');
    },
  );
});
