import type { InvalidObject } from '../../argocd/errors.ts';
import type { JsonRecord } from '../../lib/json.ts';
import type { EntityRef, Kind } from '../entity.ts';
import type { PlatformEntity } from '../plan/situation.ts';
import type { PatchStep } from './patch.ts';

/**
 * What of the platform is used. Reads throw `ArgoCdError`: whoever cannot read must not conclude that something is gone. Writes
 * answer what came of them.
 */
export interface Platform {
  /** For people: which API, no secrets. */
  readonly description: string;
  /** All entities of a kind that the connection's namespaces and the selector let see. */
  list(kind: Kind, signal: AbortSignal): Promise<readonly PlatformEntity[]>;
  /** Undefined only where the API server says that there is none. */
  get(ref: EntityRef, signal: AbortSignal): Promise<PlatformEntity | undefined>;
  /** `dryRun`: everything but storing it. */
  patch(ref: EntityRef, steps: readonly PatchStep[], dryRun: boolean, signal: AbortSignal): Promise<WriteResult>;
  create(object: JsonRecord, ref: EntityRef, dryRun: boolean, signal: AbortSignal): Promise<WriteResult>;
  /** Deletes exactly this version of it. */
  remove(entity: PlatformEntity, signal: AbortSignal): Promise<WriteResult>;
  /** Puts an event beside an entity; one of that name that is there already is as good. */
  note(note: Note, signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

export type WriteResult =
  /** `uid`: of the entity as it was stored, `''` where the answer has none. */
  | { readonly kind: 'done'; readonly uid: string }
  /** It is another version by now, or nobody knows what came of it: look again and plan again. */
  | { readonly kind: 'stale'; readonly message: string }
  /** It will not be taken. */
  | {
      readonly kind: 'refused';
      readonly message: string;
      readonly hint: string;
      /** Why it is no valid entity; undefined: it is refused for something else. */
      readonly invalid: InvalidObject | undefined;
    };

/** A Kubernetes Event. */
export interface Note {
  readonly ref: EntityRef;
  readonly uid: string;
  /** Makes its name unique. */
  readonly id: string;
  readonly type: 'Normal' | 'Warning';
  /** One word in CamelCase. */
  readonly reason: string;
  /** At most 1024 bytes are kept. */
  readonly message: string;
  /** The whole payload as JSON, kept in an annotation as far as it fits. */
  readonly payload: string;
  readonly at: Date;
}
