import { merge } from '../../../sandbox/controller/application.ts';
import { createVirtualClock, type VirtualClock } from '../../../sandbox/controller/clock.ts';
import type { Controller, ControllerOptions } from '../../../sandbox/controller/controller.ts';
import type { Script } from '../../../sandbox/controller/script.ts';
import { startController } from '../../../sandbox/controller/start.ts';
import {
  type ApplicationSettings,
  application,
  commit,
  DEPLOY_URL,
  gitRepository,
  IN_CLUSTER,
  project,
  sha,
} from '../../../sandbox/fleets/builders.ts';
import { type Fleet, loadFleet } from '../../../sandbox/fleets/fleet.ts';
import { isObject } from '../../../sandbox/state/json.ts';
import { createStore } from '../../../sandbox/state/store.ts';
import type { Draft, Store, StoredObject } from '../../../sandbox/types.ts';

/** A controller over a store on a clock the test moves. */
export interface Bench {
  readonly store: Store;
  readonly clock: VirtualClock;
  readonly controller: Controller;
  /** What the status said at every write since the start, in short words. */
  readonly seen: readonly string[];
  app(name?: string): StoredObject;
  /** Merges into the Application, as a client's patch. */
  patch(patch: Readonly<Draft>, name?: string): void;
  /** Asks for a sync as the step does: with an id, the old state wiped. */
  sync(sync?: Readonly<Draft>, more?: Readonly<Draft>, name?: string): void;
  status(name?: string): Readonly<Draft>;
  phase(name?: string): string;
  message(name?: string): string;
}

export const FIRST = sha('First version');
export const SECOND = sha('Second version');

const object = (value: unknown): Readonly<Draft> => (isObject(value) ? value : {});

/** One Application called `web`, one version behind and known to be so, unless told otherwise. */
export function bench(
  script: Script = {},
  options: ControllerOptions & {
    readonly app?: Partial<ApplicationSettings>;
    readonly projects?: readonly Draft[];
  } = {},
): Bench {
  const { app, projects, ...rest } = options;
  return benchOf(
    {
      name: 'bench',
      repositories: [
        gitRepository(DEPLOY_URL, [commit('First version'), commit('Second version')], { tags: { v1: FIRST } }),
      ],
      clusters: [IN_CLUSTER],
      projects: [project({ name: 'default' }), ...(projects ?? [])],
      applications: [
        application({ name: 'web', ...app, script: { start: { runs: 'previous', compared: 'current' }, ...script } }),
      ],
    },
    rest,
  );
}

export function benchOf(fleet: Fleet, options: ControllerOptions = {}): Bench {
  const start = Date.parse('2026-11-20T11:00:00.100Z');
  const clock = createVirtualClock(start);
  const store = createStore({ now: () => new Date(clock.now()) });
  const loaded = loadFleet(store, fleet, { nowMs: start });
  const seen: string[] = [];
  store.subscribe((event) => {
    if (event.resource === 'applications') seen.push(`${event.type} ${say(event.object)}`);
  });
  const controller = startController(store, { timing: 'real', ...loaded, ...options, clock });
  const first = fleet.applications[0]?.object.metadata;
  const usual = isObject(first) && typeof first.name === 'string' ? first.name : 'web';
  const get = (name = usual): StoredObject => {
    const found = store.get('applications', 'argocd', name);
    if (found === undefined) throw new Error(`no Application ${name}`);
    return found;
  };
  const update = (patch: Readonly<Draft>, name = usual): void => {
    store.update('applications', 'argocd', name, (draft) => merge(draft, patch));
  };
  const state = (name?: string): Readonly<Draft> => object(object(get(name).status).operationState);
  return {
    store,
    clock,
    controller,
    seen,
    app: get,
    patch: update,
    sync: (sync = {}, more = {}, name) =>
      update(
        {
          operation: {
            initiatedBy: { username: 'gitopssync' },
            info: [{ name: 'gitopssync/id', value: 'ours' }],
            sync,
            ...more,
          },
          status: { operationState: null },
        },
        name,
      ),
    status: (name) => object(get(name).status),
    phase: (name) => String(state(name).phase ?? ''),
    message: (name) => String(state(name).message ?? ''),
  };
}

/** `Succeeded S/Healthy rec=fin old`: phase, status, reconciledAt against finishedAt, compared revision against synced. */
export function say(application: StoredObject): string {
  const status = object(application.status);
  const state = object(status.operationState);
  const sync = object(status.sync);
  const [reconciled, finished] = [String(status.reconciledAt ?? ''), String(state.finishedAt ?? '')];
  const relation = reconciled < finished ? 'rec<fin' : reconciled > finished ? 'rec>fin' : 'rec=fin';
  const result = object(state.syncResult);
  const letter: Readonly<Record<string, string>> = { Synced: 'S', OutOfSync: 'O', Unknown: '?' };
  return [
    String(state.phase ?? '-'),
    `${letter[String(sync.status)] ?? '-'}/${String(object(status.health).status ?? '-')}`,
    ...(finished === '' ? [] : [relation]),
    ...(result.revision === undefined || finished === '' ? [] : [result.revision === sync.revision ? 'same' : 'other']),
  ].join(' ');
}
