import type { ArgoCdClient } from '../argocd/client.ts';
import type { ClientDeps } from '../argocd/deps.ts';
import type { ConnectionInputs } from './inputs/types.ts';

/**
 * Connects to what the inputs name. Only the adapter that is needed is loaded.
 * Throws `ArgoCdError`: code `configuration` for settings that cannot be used, or whatever the first contact gave.
 */
export const connect = async (
  connection: ConnectionInputs,
  deps: Partial<ClientDeps> = {},
  signal: AbortSignal = new AbortController().signal,
): Promise<ArgoCdClient> => {
  if (connection.mode === 'kubernetes') {
    const { createKubernetesClient } = await import('../argocd/kubernetes/client.ts');
    return createKubernetesClient(connection, deps, signal);
  }
  const { createServerClient } = await import('../argocd/server/client.ts');
  return createServerClient(connection, deps, signal);
};
