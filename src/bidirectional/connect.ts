import type { ClientDeps } from '../argocd/deps.ts';
import { withDefaults } from '../argocd/deps.ts';
import type { Inputs } from './inputs/types.ts';
import { createPlatform } from './platform/kubernetes.ts';
import type { Platform } from './platform/port.ts';

/** Connects to the Kubernetes API that the inputs name. Sends nothing to it yet. Throws `ArgoCdError`, code `configuration`. */
export const connect = async (inputs: Inputs, deps: Partial<ClientDeps>, signal: AbortSignal): Promise<Platform> => {
  const { openConnection } = await import('../argocd/kubernetes/connection.ts');
  const { http, description } = await openConnection(inputs.connection, withDefaults(deps), signal);
  return createPlatform(http, description, inputs);
};
