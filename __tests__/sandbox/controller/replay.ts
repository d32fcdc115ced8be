import { readFileSync } from 'node:fs';
import { merge } from '../../../sandbox/controller/application.ts';
import { createVirtualClock, stamp } from '../../../sandbox/controller/clock.ts';
import { startController } from '../../../sandbox/controller/start.ts';
import { loadFleet } from '../../../sandbox/fleets/fleet.ts';
import type { Scene } from '../../../sandbox/fleets/scenes.ts';
import { isObject } from '../../../sandbox/state/json.ts';
import { createStore } from '../../../sandbox/state/store.ts';
import type { Draft } from '../../../sandbox/types.ts';

type Json = Readonly<Record<string, unknown>>;

const object = (value: unknown): Json => (isObject(value) ? value : {});
const list = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.map(object) : []);
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const number = (value: unknown): number => (typeof value === 'number' ? value : 0);

export interface Recording {
  /** What the client of the recording did to the cluster, in order. */
  readonly deeds: readonly {
    readonly atMs: number;
    readonly method: string;
    readonly path: string;
    readonly body: unknown;
    readonly answer: Json;
  }[];
  /** The watch: type and object of each event. */
  readonly events: readonly { readonly atMs: number; readonly type: string; readonly object: Json }[];
}

/** Reads a recording: its first watch of Applications, and every successful request that changed something. */
export function readRecording(name: string): Recording {
  const file = new URL(`../../fixtures/recordings/${name}.json`, import.meta.url);
  const exchanges = list(object(JSON.parse(readFileSync(file, 'utf8'))).exchanges);
  const isWatch = (exchange: Json): boolean => text(object(exchange.request).path).includes('watch=1');
  const watch = exchanges.find(isWatch) ?? {};
  const opened = number(object(watch.request).atMs);
  return {
    deeds: exchanges
      .filter((exchange) => !isWatch(exchange) && number(object(exchange.response).status) < 300)
      .map((exchange) => ({
        atMs: number(object(exchange.request).atMs),
        method: text(object(exchange.request).method),
        path: text(object(exchange.request).path),
        body: object(exchange.request).body,
        answer: object(object(exchange.response).body),
      })),
    events: list(object(watch.response).body)
      .filter((line) => text(object(line.json).type) !== 'BOOKMARK')
      .map((line) => ({
        atMs: opened + number(line.tMs),
        type: text(object(line.json).type),
        object: object(object(line.json).object),
      })),
  };
}

/**
 * What is compared of an event, in one line; ids, times and words that differ by machine are left out.
 *
 * @param before the operation that was over before the story, as JSON; of its state only phase and message count
 */
export function digest(type: string, application: Json, before: string): string {
  const metadata = object(application.metadata);
  const status = object(application.status);
  const stored = isObject(status.operationState) ? status.operationState : undefined;
  const state =
    stored !== undefined && JSON.stringify(stored.operation) === before
      ? { phase: stored.phase, message: stored.message }
      : stored;
  const result = isObject(state?.syncResult) ? state.syncResult : undefined;
  const sync = object(status.sync);
  const annotations = Object.keys(object(metadata.annotations)).map((key) => key.replace('argocd.argoproj.io/', ''));
  const revisions = (from: Json): string =>
    (Array.isArray(from.revisions) ? from.revisions : [from.revision ?? '']).map(text).join(',');
  const known = revisions(sync);
  const outcome = result === undefined ? '' : revisions(result);
  return [
    type,
    text(metadata.name),
    application.operation === undefined ? '-' : 'operation',
    state === undefined ? 'no state' : `${text(state.phase)} "${words(text(state.message))}"`,
    state?.finishedAt === undefined ? '' : 'finished',
    state?.retryCount === undefined ? '' : `retry ${number(state.retryCount)}`,
    result === undefined ? 'no result' : `result [${list(result.resources).map(oneResult).sort().join(', ')}]`,
    `${text(sync.status) || '?'}/${text(object(status.health).status) || '?'}`,
    relation(text(status.reconciledAt), state),
    outcome === '' || known === '' ? '' : outcome === known ? 'same revision' : 'other revision',
    `resources [${list(status.resources).map(oneResource).join(', ')}]`,
    list(status.conditions)
      .map((condition) => `${text(condition.type)}: ${words(text(condition.message))}`)
      .join('|'),
    annotations.sort().join(','),
    metadata.deletionTimestamp === undefined ? '' : 'deleting',
    `info ${list(object(state?.operation).info)
      .map((info) => text(info.value))
      .filter((value) => !value.startsWith('setup-'))
      .join(',')}`,
    `dryRun ${String(object(object(state?.operation).sync).dryRun ?? false)}`,
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

/** The time in a message is the machine's. */
const words = (message: string): string =>
  message.replace(/ at \d+:\d\d[AP]M/, ' at …').replace('Manifest generation error (cached): ', '');

const oneResult = (result: Json): string =>
  `${text(result.kind)}/${text(result.name)} ${text(result.status)}/${text(result.hookPhase)} ${words(text(result.message))}`;

const oneResource = (resource: Json): string =>
  `${text(resource.kind)}/${text(resource.name)} ${text(resource.status) || (resource.hook === true ? 'hook' : '?')}${resource.requiresPruning === true ? ' prune' : ''}`;

function relation(reconciledAt: string, state: Json | undefined): string {
  const finishedAt = text(state?.finishedAt);
  if (finishedAt === '' || text(state?.phase) === 'Running') return '';
  if (reconciledAt === '') return 'never reconciled';
  return reconciledAt < finishedAt
    ? 'reconciled before'
    : reconciledAt > finishedAt
      ? 'reconciled after'
      : 'reconciled in the same second';
}

/** The number of history entries, counted from the first event. */
const historyLength = (application: Json): number => list(object(application.status).history).length;

export interface Line {
  readonly atMs: number;
  readonly digest: string;
}

/** Digests in order; an event that shows nothing new is left out. */
export function lines(events: Recording['events']): readonly Line[] {
  const base = new Map<string, number>();
  const before = new Map<string, string>();
  const last = new Map<string, string>();
  const result: Line[] = [];
  for (const event of events) {
    const name = text(object(event.object.metadata).name);
    const length = historyLength(event.object);
    const from = base.get(name) ?? length;
    base.set(name, from);
    const started = JSON.stringify(object(object(event.object.status).operationState).operation) ?? 'none';
    const earlier = before.get(name) ?? started;
    before.set(name, earlier);
    const line = `${digest(event.type, event.object, earlier)} · history +${length - from}`;
    if (last.get(name) === line) continue;
    last.set(name, line);
    result.push({ atMs: event.atMs, digest: line });
  }
  return result;
}

/** Plays a scene with the client of its recording, on a clock that starts `offsetMs` into a second. */
export function play(scene: Scene, recording: Recording, offsetMs: number): Recording['events'] {
  const startMs = Date.parse('2026-11-20T11:00:00Z') + offsetMs;
  const clock = createVirtualClock(startMs);
  const store = createStore({ now: () => new Date(clock.now()) });
  const loaded = loadFleet(store, scene.fleet, { nowMs: startMs });
  const events: { atMs: number; type: string; object: Json }[] = [];
  store.subscribe((event) => {
    if (event.resource === 'applications')
      events.push({ atMs: clock.now() - startMs, type: event.type, object: event.object });
  });
  const controller = startController(store, { ...loaded, clock, timing: { profile: 'real', ...scene.timing } });
  for (const deed of [...recording.deeds, ...creations(recording)].sort((a, b) => a.atMs - b.atMs)) {
    clock.advance(Math.max(0, startMs + deed.atMs + 5 - clock.now()));
    act(store, deed, stamp(clock.now()));
  }
  clock.advance(Math.max(0, startMs + (recording.events.at(-1)?.atMs ?? 0) + 150 - clock.now()));
  controller.stop();
  return events;
}

/** Applications that appear in the watch without a recorded request. */
function creations(recording: Recording): Recording['deeds'] {
  if (recording.deeds.some((deed) => deed.method === 'POST' && deed.path.endsWith('/applications'))) return [];
  return recording.events
    .filter((event) => event.type === 'ADDED')
    .map(({ atMs, object: { metadata, spec, apiVersion, kind } }) => ({
      atMs: atMs - 5,
      method: 'POST',
      path: '/apis/argoproj.io/v1alpha1/namespaces/argocd/applications',
      body: {
        apiVersion,
        kind,
        metadata: { name: object(metadata).name, namespace: 'argocd', labels: object(metadata).labels },
        spec,
      },
      answer: {},
    }));
}

/** Does to the store what a request did to the cluster. */
function act(store: ReturnType<typeof createStore>, deed: Recording['deeds'][number], now: string): void {
  const path = new URL(deed.path, 'http://x').pathname;
  const query = new URL(deed.path, 'http://x').searchParams;
  const body = object(deed.body);
  const update = (name: string, patch: Json): void => {
    store.update('applications', 'argocd', name, (draft) => merge(draft, patch));
  };
  const rest = /^\/api\/v1\/applications\/([^/]+)(?:\/(sync|operation))?$/.exec(path);
  if (rest !== null) {
    const name = rest[1] ?? '';
    if (rest[2] === 'sync')
      update(name, { operation: object(deed.answer).operation ?? null, status: { operationState: null } });
    else if (rest[2] === 'operation') update(name, { status: { operationState: { phase: 'Terminating' } } });
    else if (query.get('refresh') !== null)
      update(name, {
        metadata: {
          annotations: {
            'argocd.argoproj.io/refresh': query.get('refresh') ?? '',
            'argocd.argoproj.io/hydrate': 'normal',
          },
        },
      });
    return;
  }
  const kubernetes =
    /^\/apis\/argoproj\.io\/v1alpha1\/namespaces\/argocd\/(applications|appprojects)(?:\/([^/]+))?$/.exec(path);
  if (kubernetes === null || deed.method === 'GET') return;
  const name = kubernetes[2] ?? '';
  if (deed.method === 'POST') store.create('applications', structuredClone(body) as Draft);
  else if (deed.method === 'DELETE') store.delete('applications', 'argocd', name);
  else if (deed.method === 'PATCH' && !Array.isArray(deed.body)) {
    const { metadata, ...others } = body;
    const { resourceVersion: _, ...kept } = object(metadata);
    const patch = approvedNow({ ...others, ...(Object.keys(kept).length === 0 ? {} : { metadata: kept }) }, now);
    store.update(kubernetes[1] === 'appprojects' ? 'appprojects' : 'applications', 'argocd', name, (draft) =>
      merge(draft, patch),
    );
  }
}

/** The recording's approval bears the recording's time. */
function approvedNow(patch: Json, now: string): Json {
  const annotations = object(object(patch.metadata).annotations);
  const key = 'argocd.argoproj.io/deletion-approved';
  if (annotations[key] === undefined) return patch;
  return { ...patch, metadata: { ...object(patch.metadata), annotations: { ...annotations, [key]: now } } };
}
