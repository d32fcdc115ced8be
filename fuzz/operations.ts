import {
  type Application,
  isTerminal,
  type Operation,
  type OperationState,
  operationId,
} from '../src/argocd/application.ts';
import type { Moment } from './play.ts';

/** One operation that was set on an Application, by whomever. */
export interface SeenOperation {
  /** The value of our info entry; `''`: none. */
  readonly id: string;
  readonly initiatedBy: string;
  readonly automated: boolean;
  readonly setMs: number;
  /** When its state first showed it; undefined: never. */
  readonly startedMs: number | undefined;
  /** When it ended or went. */
  readonly goneMs: number | undefined;
  /** How it ended; undefined: it was removed or replaced, or goes on. */
  readonly end: { readonly atMs: number; readonly state: OperationState } | undefined;
  /** It was set to Terminating. */
  readonly terminated: boolean;
}

/** Ids of this run. Rivals that look like another run of the same tool have other ones. */
export const isOurs = (id: string): boolean => /^\d{8}-ours$/.test(id);

type Open = { -readonly [K in keyof SeenOperation]: SeenOperation[K] };

/**
 * Every operation that was set on an Application, in order. What overwrites a running one without its state is lost: the
 * state goes on with the first. The same id set once more after it was gone is another operation.
 */
export function operationsOf(moments: readonly Moment[]): readonly SeenOperation[] {
  const found: Open[] = [];
  let open: Open | undefined;
  let before: Application | undefined;
  for (const { atMs, shown } of moments) {
    const operation = shown?.operation;
    const state = shown?.operationState;
    const restarted =
      before?.operationState !== undefined && !isTerminal(before.operationState.phase) && state === undefined;
    if (open !== undefined && (operation === undefined || restarted || !isSame(open, operation))) {
      open.goneMs = atMs;
      open = undefined;
    }
    if (operation !== undefined && open === undefined) {
      open = {
        ...authorOf(operation),
        setMs: atMs,
        startedMs: undefined,
        goneMs: undefined,
        end: undefined,
        terminated: false,
      };
      found.push(open);
    }
    const shows = found.findLast((one) => state !== undefined && isSame(one, state.operation) && one.end === undefined);
    if (state !== undefined && shows !== undefined) {
      if (!isTerminal(state.phase)) shows.startedMs ??= atMs;
      else if (shows.startedMs !== undefined) shows.end = { atMs, state };
      if (state.phase === 'Terminating') shows.terminated = true;
    }
    before = shown;
  }
  return found;
}

type Author = Pick<SeenOperation, 'id' | 'initiatedBy' | 'automated'>;

const authorOf = (operation: Operation): Author => ({
  id: operationId(operation) ?? '',
  initiatedBy: operation.initiatedBy,
  automated: operation.automated,
});

const isSame = (a: Author, operation: Operation): boolean => {
  const b = authorOf(operation);
  return a.id === b.id && a.initiatedBy === b.initiatedBy && a.automated === b.automated;
};
