import type { StoredObject } from '../types.ts';
import { part, readSpec } from './application.ts';
import { setCondition } from './comparison.ts';
import type { Engine } from './engine.ts';
import { type Managed, resourceKey } from './resources.ts';
import { type AppState, resourcesOf } from './state.ts';

/** Removes what an Application with a finalizer manages, then the Application. An operation goes first. */
export function finalize(engine: Engine, state: AppState, application: StoredObject): void {
  const waits = application.operation !== undefined || state.comparing || state.owesComparison || state.work !== 'idle';
  if (state.finalizing || waits || engine.ignores(state, application)) return;
  state.finalizing = true;
  const spec = readSpec(application);
  const gone = resourcesOf(state, spec)
    .filter((resource) => state.live.has(resourceKey(resource)))
    .slice(0, 2);
  const steps = gone.map((resource) => () => {
    engine.write(state, (draft) =>
      setCondition(
        part(draft, 'status'),
        'DeletionError',
        `${plural(resource)} "${resource.name}" not found`,
        engine.now(),
      ),
    );
  });
  const last = (): void => {
    // Without finalizers the store removes what is being deleted.
    engine.write(state, (draft) => {
      delete part(draft, 'metadata').finalizers;
    });
  };
  const run = (index: number): void => {
    engine.work(state, index === 0 ? engine.timing.deleteMs : engine.timing.deleteMs / 3, () => {
      const step = steps[index];
      if (step === undefined) return last();
      step();
      run(index + 1);
    });
  };
  run(0);
}

const plural = (resource: Managed): string =>
  `${resource.kind.toLowerCase()}s${resource.group === '' ? '' : `.${resource.group}`}`;
