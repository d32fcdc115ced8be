import type { JsonRecord } from '../../lib/json.ts';
import type { Problem } from '../../report/report.ts';
import type { EntityRef, Kind } from '../entity.ts';
import type { FileProblem } from '../folder/parse.ts';
import type { Delivery } from '../github/port.ts';

/** The one object that a run makes. Outputs, log, summary, annotations and the report file are renderings of it. */
export interface SyncReport {
  readonly schemaVersion: 1;
  readonly action: 'bidirectional';
  readonly result: 'succeeded' | 'failed' | 'cancelled';
  /** One line: what happened, with counts. */
  readonly headline: string;
  /** Times of the runner's clock, ISO 8601 with milliseconds. */
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly durationMs: number;
  readonly dryRun: boolean;
  /** What was connected to, `''` when it did not come to that. */
  readonly connection: string;
  readonly repository: string;
  readonly branch: string;
  readonly folder: string;
  /** What of Git was read last, `''`: nothing. */
  readonly head: string;
  /** The commit that this run made, `''`: none. */
  readonly commit: string;
  readonly pullRequest: { readonly number: number; readonly url: string; readonly state: string } | null;
  /** Why nothing or not everything could be done, when that concerns no single entity. */
  readonly problems: readonly Problem[];
  readonly warnings: readonly string[];
  /** Every change that was found, in the order in which it was carried over. */
  readonly events: readonly SyncEventRecord[];
  /** Files that were refused. */
  readonly invalid: readonly FileProblem[];
  readonly leftAlone: readonly { readonly entity: string; readonly reason: string }[];
  /** Entities that are the same on both sides at the end. */
  readonly equal: number;
  readonly webhook: {
    readonly url: string;
    readonly scope: string;
    readonly owner: string;
    readonly notes: readonly string[];
    readonly deliveries: readonly Delivery[];
  } | null;
}

export type EventStatus = 'SUCCESS' | 'FAILED' | 'SKIPPED' | 'CONFLICT';

/** One change of one entity: what it was, where it went, what came of it. */
export interface SyncEventRecord {
  /** The same when the same change is met again: by a run after one that was killed. */
  readonly id: string;
  readonly time: string;
  /** `none`: it goes nowhere. */
  readonly direction: 'to-platform' | 'to-git' | 'none';
  readonly action: 'create' | 'update' | 'delete' | 'keep';
  readonly kind: Kind;
  readonly namespace: string;
  readonly name: string;
  /** `''`: it has none. */
  readonly file: string;
  /** The commit that has the change, or that brought it to Git; `''`: none. */
  readonly commit: string;
  readonly status: EventStatus;
  /** One line. */
  readonly message: string;
  /** What to do next, `''` when there is nothing to add. */
  readonly hint: string;
  readonly payload: EventPayload;
}

export interface EventPayload {
  /** Of an update or a conflict; what is absent is undefined. */
  readonly fields: readonly FieldPayload[];
  /** Of what is made or deleted: all it says. */
  readonly content: JsonRecord | null;
}

export interface FieldPayload {
  /** JSON pointer, `''`: the entity as a whole. */
  readonly path: string;
  readonly base?: unknown;
  readonly git?: unknown;
  readonly platform?: unknown;
  /** Whose value stays; `both`: each its own. */
  readonly kept: 'git' | 'platform' | 'both';
}

export const refOf = ({ kind, namespace, name }: SyncEventRecord): EntityRef => ({ kind, namespace, name });
