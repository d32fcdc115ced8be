import type { Info, RetryStrategy } from '../../argocd/application.ts';
import type { Namespaces } from '../../argocd/client.ts';
import type { ResourceFilter } from '../../operation/resources.ts';
import type { SourceWish } from '../../operation/sources.ts';

/** Everything a user can tell the step, read once, typed, complete with defaults. Durations are milliseconds. */
export interface Inputs {
  readonly command: 'sync' | 'wait' | 'terminate' | 'plan';
  readonly connection: ConnectionInputs;
  readonly targets: TargetInputs;
  readonly operation: OperationInputs;
  readonly waiting: WaitingInputs;
  readonly reporting: ReportingInputs;
}

/** Contract 1.2. */
export type ConnectionInputs = KubernetesConnection | ServerConnection;

interface CommonConnection {
  /** Undefined: the transport's default. */
  readonly namespaces: Namespaces | undefined;
  /** PEM, `''`: none. */
  readonly certificateAuthority: string;
  readonly clientCertificate: string;
  readonly clientKey: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly insecureSkipTlsVerify: boolean;
  readonly requestTimeoutMs: number;
  /** From `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`, upper or lower case; `''`: none. */
  readonly proxy: { readonly https: string; readonly http: string; readonly no: string };
}

export interface KubernetesConnection extends CommonConnection {
  readonly mode: 'kubernetes';
  /** `content`: YAML as given; `path`: one or more files as in KUBECONFIG; `in-cluster`: the pod's service account. */
  readonly kubeconfig:
    | { readonly kind: 'content'; readonly yaml: string }
    | { readonly kind: 'path'; readonly paths: readonly string[] }
    | { readonly kind: 'in-cluster' };
  /** `''`: the current one. */
  readonly context: string;
}

export interface ServerConnection extends CommonConnection {
  readonly mode: 'argocd';
  /** With scheme, host, port and root path, without a slash at the end. */
  readonly server: string;
  readonly credentials:
    | { readonly kind: 'token'; readonly token: string }
    | { readonly kind: 'password'; readonly username: string; readonly password: string };
}

/** Contract 1.3. Patterns are compiled and proven valid while reading the inputs. */
export interface TargetInputs {
  /** Exact names, in the order given, without repetition. `namespace` is `''` when none was given. */
  readonly names: readonly { readonly namespace: string; readonly name: string }[];
  /** Globs over `name`, or over `namespace/name` when they hold a slash. */
  readonly globs: readonly string[];
  /** RE2 source that must match the whole name, `''`: none. */
  readonly regex: string;
  /** Kubernetes label selector, `''`: none. */
  readonly selector: string;
  /** `''`: any. */
  readonly project: string;
  /** Name or server URL of the destination cluster. */
  readonly cluster: string;
  readonly destinationNamespace: string;
  readonly repository: string;
  readonly service: string;
  readonly environment: string;
  readonly serviceLabel: string;
  readonly environmentLabel: string;
  readonly exclude: readonly string[];
  /** ApplicationSet that must have generated it; `namespace` is `''` when none was given. Undefined: any or none. */
  readonly applicationSet: { readonly namespace: string; readonly name: string } | undefined;
  /** Leave alone what is Synced and Healthy after a fresh comparison. */
  readonly onlyOutOfSync: boolean;
  /** Only this slice of the selection, `index` from 1 to `of`. Undefined: all of it. */
  readonly shard: Shard | undefined;
  readonly maxApplications: number;
  /** False: more than `maxApplications` is no problem, because nothing is changed. */
  readonly enforceMax: boolean;
  readonly allowEmpty: boolean;
}

/** One of `of` slices of a selection; `index` counts from 1. */
export interface Shard {
  readonly index: number;
  readonly of: number;
}

/** Contract 1.4. */
export interface OperationInputs {
  /** `''`: the target revision. */
  readonly revision: string;
  /** Empty: all sources. */
  readonly sources: readonly SourceWish[];
  /** Commit, 7 to 40 hexadecimal digits, lower case; `''`: any. */
  readonly expectedRevision: string;
  /** Empty: all resources. */
  readonly resources: readonly ResourceFilter[];
  readonly prune: boolean;
  readonly dryRun: boolean;
  readonly applyOnly: boolean;
  readonly force: boolean;
  /** `Key=value`, checked against what Argo CD knows. */
  readonly syncOptions: readonly string[];
  /** Only what was given. */
  readonly retry: RetryStrategy | undefined;
  readonly onRunningOperation: 'wait' | 'join' | 'terminate' | 'fail';
  readonly onSyncWindow: 'fail' | 'wait' | 'skip';
  readonly info: readonly Info[];
  readonly concurrency: number;
  readonly failFast: boolean;
  readonly async: boolean;
}

/** Contract 1.5. */
export interface WaitingInputs {
  readonly waitUntilHealthy: boolean;
  readonly failOnTimeout: boolean;
  readonly timeoutMs: number;
  /** How long an Application may stay Degraded; undefined: until the time-out. */
  readonly degradedTimeoutMs: number | undefined;
  readonly healthyForMs: number;
  readonly pollIntervalMs: number;
  /** False: never watch, poll instead. */
  readonly watch: boolean;
  readonly requireSynced: boolean;
  readonly suspended: 'wait' | 'pass';
  readonly onCancel: 'leave' | 'terminate';
  readonly onTimeout: 'leave' | 'terminate';
}

/** Contract 1.6, as far as it is built. */
export interface ReportingInputs {
  readonly summary: boolean;
  /** `''`: ask the installation. */
  readonly argocdUrl: string;
  /** What the report file is. */
  readonly format: 'json' | 'junit';
  readonly github: GitHubInputs;
}

/** What is done at GitHub. Nothing without a token. */
export interface GitHubInputs {
  /** `''`: none. */
  readonly token: string;
  /** The environment to create a Deployment for, `''`: none. */
  readonly deployment: string;
  /** Where the environment can be seen, `''`: not told. */
  readonly environmentUrl: string;
  /** Keep a comment on the commit's pull request. */
  readonly comment: boolean;
}

/** One thing wrong with the inputs. `value` is never a secret. */
export interface InputProblem {
  readonly input: string;
  /** Shown in quotes; undefined where there is none or it must not be shown. */
  readonly value: string | undefined;
  readonly problem: string;
  readonly remedy: string;
}

/** How the step was called: the inputs that were given, in the order of the contract, `***` for what must not be shown. */
export type Called = readonly (readonly [input: string, value: string])[];

/** `secrets` must be masked before anything is printed, in both cases. */
export type InputResult =
  | {
      readonly kind: 'ok';
      readonly inputs: Inputs;
      readonly secrets: readonly string[];
      readonly called: Called;
      /** What was given and cannot be honoured, for people. */
      readonly warnings: readonly string[];
    }
  | {
      readonly kind: 'invalid';
      readonly problems: readonly InputProblem[];
      readonly secrets: readonly string[];
      readonly called: Called;
    };
