import type { Account } from './types.ts';

const EVERYTHING = { resource: '*', action: '*', object: '*' };

/**
 * The accounts of a sandbox that is not told otherwise. The tokens are public and worth nothing outside it.
 *
 * - `admin` may do everything
 * - `deployer` has what a pipeline needs in namespace `argocd`, no more
 * - `viewer` reads everything
 * - `nobody` is known, and may do nothing
 */
export const DEFAULT_ACCOUNTS: readonly Account[] = [
  {
    name: 'admin',
    token: 'sandbox-token-admin-0c5f1c0e6a',
    password: 'sandbox-password-admin',
    rights: {
      kubernetes: [{ resources: ['*'], verbs: ['*'], namespaces: ['*'] }],
      argocd: [EVERYTHING],
    },
  },
  {
    name: 'deployer',
    kubernetesUser: 'system:serviceaccount:argocd:deployer',
    token: 'sandbox-token-deployer-7b1d94a2f3',
    password: 'sandbox-password-deployer',
    rights: {
      kubernetes: [
        { resources: ['applications'], verbs: ['get', 'list', 'watch', 'patch'], namespaces: ['argocd'] },
        { resources: ['appprojects'], verbs: ['get'], namespaces: ['argocd'] },
      ],
      argocd: [
        { resource: 'applications', action: 'get', object: '*' },
        { resource: 'applications', action: 'sync', object: '*' },
      ],
    },
  },
  {
    name: 'viewer',
    token: 'sandbox-token-viewer-52e8b0d716',
    password: 'sandbox-password-viewer',
    rights: {
      kubernetes: [{ resources: ['*'], verbs: ['get', 'list', 'watch'], namespaces: ['*'] }],
      argocd: [{ resource: '*', action: 'get', object: '*' }],
    },
  },
  { name: 'nobody', token: 'sandbox-token-nobody-e94f6630cd', password: 'sandbox-password-nobody', rights: {} },
];
