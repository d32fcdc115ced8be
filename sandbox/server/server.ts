import { isObject } from '../state/json.ts';
import { timestamp } from '../state/store.ts';
import type { StoredObject } from '../types.ts';
import type { ArgoCdContext } from './backend.ts';
import { globMatcher } from './glob.ts';

/** A context with its defaults filled in, and what follows from them. */
export interface Server extends Required<Omit<ArgoCdContext, 'applicationNamespaces'>> {
  /** When this server started, as a token's `iat` shows it. */
  readonly startedAt: string;
  /** Whether Applications of this namespace are served. */
  serves(namespace: string): boolean;
  /** The name of an application in policies: `project/name`, outside the control plane `project/namespace/name`. */
  rbacName(application: StoredObject): string;
}

/** Fills in the defaults of a context. */
export function serverOf(context: ArgoCdContext): Server {
  const namespace = context.namespace ?? 'argocd';
  const enabled = (context.applicationNamespaces ?? ['*']).map(globMatcher);
  return {
    store: context.store,
    backend: context.backend,
    accounts: context.accounts,
    namespace,
    rootPath: trimSlashes(context.rootPath ?? ''),
    url: context.url ?? 'https://argocd.example.com',
    version: context.version ?? 'v3.5.1',
    keepAliveMs: context.keepAliveMs ?? 15_000,
    streamBuffer: context.streamBuffer ?? Number.POSITIVE_INFINITY,
    now: context.now,
    startedAt: timestamp(context.now()),
    serves: (name) => name === namespace || enabled.some((matches) => matches(name)),
    rbacName: ({ metadata, spec }) => {
      const project = (isObject(spec) && typeof spec.project === 'string' && spec.project) || 'default';
      return metadata.namespace === namespace
        ? `${project}/${metadata.name}`
        : `${project}/${metadata.namespace}/${metadata.name}`;
    },
  };
}

/** `/argocd/` and `argocd` as `/argocd`; nothing as the empty string. */
function trimSlashes(path: string): string {
  const inner = path.replace(/^\/+|\/+$/g, '');
  return inner === '' ? '' : `/${inner}`;
}
