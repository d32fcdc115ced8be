import type { InputProblem, KubernetesConnection } from '../../sync/inputs/types.ts';
import type { Kind } from '../entity.ts';

export type { Called, InputProblem } from '../../sync/inputs/types.ts';

/** Everything a user can tell this action, read once, typed, complete with defaults (contract 2). */
export interface Inputs {
  readonly connection: KubernetesConnection;
  /** From the root of the repository, without slashes at its ends; `''`: the whole repository. */
  readonly folder: string;
  /** `''`: the branch of the event. */
  readonly branch: string;
  readonly kinds: readonly Kind[];
  /** Of the platform side. At least one; `*` alone: all. */
  readonly namespaces: readonly string[];
  /** Kubernetes label selector, `''`: all. */
  readonly selector: string;
  readonly direction: 'both' | 'to-platform' | 'to-git';
  readonly conflict: 'first' | 'git' | 'platform' | 'fail';
  readonly delete: boolean;
  readonly maxDeletions: number;
  readonly create: boolean;
  readonly write: 'commit' | 'pull-request';
  /** `''`: none. */
  readonly githubToken: string;
  readonly webhook:
    | { readonly url: string; readonly scope: 'repository' | 'organization'; readonly secret: string }
    | undefined;
  readonly dryRun: boolean;
}

/** `secrets` must be masked before anything is printed, in both cases. */
export type InputResult =
  | {
      readonly kind: 'ok';
      readonly inputs: Inputs;
      readonly secrets: readonly string[];
      readonly called: readonly (readonly [input: string, value: string])[];
    }
  | {
      readonly kind: 'invalid';
      readonly problems: readonly InputProblem[];
      readonly secrets: readonly string[];
      readonly called: readonly (readonly [input: string, value: string])[];
    };
