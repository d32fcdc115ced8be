import type { Draft } from '../types.ts';
import { DELETION_APPROVED, merge, part, REFRESH, readOperationState, readSpec } from './application.ts';
import type { Engine } from './engine.ts';
import { resourceKey } from './resources.ts';
import type { Action, TimedAction } from './script.ts';
import { type AppState, resourcesOf } from './state.ts';
import type { World } from './world.ts';

/** What an action may need of the controller. */
export interface ActionTools {
  readonly engine: Engine;
  readonly world: World;
  push(action: Action & { readonly do: 'commit' }): void;
}

/** Does what somebody else does. */
export function perform(tools: ActionTools, state: AppState, action: Action): void {
  const { engine, world } = tools;
  const write = (edit: (draft: Draft) => void): void => {
    engine.write(state, edit);
  };
  switch (action.do) {
    case 'operation':
      write((draft) => {
        draft.operation = action.operation;
        if (action.keepState !== true) delete part(draft, 'status').operationState;
      });
      return;
    case 'terminate': {
      const application = engine.read(state);
      if (application?.operation === undefined || readOperationState(application)?.phase !== 'Running') return;
      write((draft) => merge(part(draft, 'status'), { operationState: { phase: 'Terminating' } }));
      return;
    }
    case 'remove-operation':
      write((draft) => {
        delete draft.operation;
      });
      return;
    case 'delete':
      if (engine.read(state) !== undefined) engine.store.delete('applications', state.namespace, state.name);
      return;
    case 'patch':
      write((draft) => merge(draft, action.patch));
      return;
    case 'patch-project':
      if (engine.project(action.project) !== undefined)
        engine.store.update('appprojects', engine.namespace, action.project, (draft) => merge(draft, action.patch));
      return;
    case 'refresh':
      write((draft) => merge(draft, { metadata: { annotations: { [REFRESH]: action.kind ?? 'normal' } } }));
      return;
    case 'approve':
      write((draft) => merge(draft, { metadata: { annotations: { [DELETION_APPROVED]: engine.now() } } }));
      return;
    case 'commit':
      tools.push(action);
      return;
    case 'live': {
      const application = engine.read(state);
      if (application === undefined) return;
      const resource = resourcesOf(state, readSpec(application)).find(
        (one) => one.kind === action.kind && one.name === action.name,
      );
      if (resource === undefined) return;
      const live = new Map(state.live);
      if (action.gone === true) live.delete(resourceKey(resource));
      else live.set(resourceKey(resource), 'changed by hand');
      world.setLive(state, live);
      if (action.health !== undefined) world.playHealth(state, action.health);
      return;
    }
    case 'health':
      world.playHealth(state, action.health);
      return;
  }
}

/** Starts the timers of a script's actions for an occurrence. */
export function fire(tools: ActionTools, state: AppState, on: TimedAction['on']): void {
  const count = (state.occurrences.get(on) ?? 0) + 1;
  state.occurrences.set(on, count);
  for (const action of state.script.actions ?? []) {
    const nth = action.nth ?? 1;
    if (action.on !== on || (nth !== 0 && nth !== count)) continue;
    const ms = (action.afterMs ?? 0) * tools.engine.timing.scriptFactor;
    tools.engine.world(state, ms, () => perform(tools, state, action.act));
  }
}
