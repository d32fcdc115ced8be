import { enumerate } from '../../lib/text.ts';
import { readCommon } from './common-connection.ts';
import { KUBERNETES_INPUTS, readKubernetes } from './kubernetes-connection.ts';
import type { Reading } from './reading.ts';
import { readServer, SERVER_INPUTS } from './server-connection.ts';
import type { ConnectionInputs } from './types.ts';

/**
 * Contract 1.2: exactly one way to connect. What is written in the step comes first: kubeconfig or context mean the
 * Kubernetes API, any argocd-* input the Argo CD API. Without either, ARGOCD_SERVER, then KUBECONFIG, ~/.kube/config and
 * the pod's service account, as kubectl does. Undefined when nothing was found; the problem is reported.
 */
export const readConnection = (reading: Reading): ConnectionInputs | undefined => {
  for (const name of ['argocd-auth-token', 'argocd-password']) reading.secret(reading.text(name));
  const kubernetes = KUBERNETES_INPUTS.filter((name) => reading.given(name));
  const server = SERVER_INPUTS.filter((name) => reading.given(name));
  const common = readCommon(reading);
  if (kubernetes.length > 0 && server.length > 0) {
    reading.problem(
      server[0] ?? 'argocd-server',
      undefined,
      `is given together with ${enumerate(kubernetes)}: two ways to connect`,
      `Give either ${enumerate(KUBERNETES_INPUTS, 'or')} (Kubernetes API) or ${enumerate(server)} (Argo CD API).`,
    );
    // Go on reading both, so that whatever else is wrong with them is said too.
    readServer(reading, common);
    return readKubernetes(reading, common);
  }
  if (kubernetes.length > 0) return readKubernetes(reading, common);
  if (server.length > 0 || reading.variable('ARGOCD_SERVER') !== undefined) return readServer(reading, common);
  return readKubernetes(reading, common);
};
