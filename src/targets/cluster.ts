import type { Destination } from '../argocd/application.ts';

const IN_CLUSTER_NAME = 'in-cluster';
const IN_CLUSTER_SERVER = 'https://kubernetes.default.svc';

/** A server URL with its host in lower case, without its default port and slashes at the end. */
const normalizeServer = (server: string): string =>
  URL.canParse(server) ? new URL(server).href.replace(/\/+$/, '') : server.replace(/\/+$/, '');

const isServer = (text: string): boolean => text.includes('://');

/** The names under which a cluster may be meant: its name, its server URL, and both for the one Argo CD runs in. */
const keys = (name: string, server: string): readonly string[] => {
  const found = [name, server === '' ? '' : normalizeServer(server)].filter((key) => key !== '');
  return found.includes(IN_CLUSTER_NAME) || found.includes(IN_CLUSTER_SERVER)
    ? [...found, IN_CLUSTER_NAME, IN_CLUSTER_SERVER]
    : found;
};

/** Whether an Application's destination is the cluster that `wanted` names, by name or by server URL. */
export const matchesCluster = (wanted: string, destination: Destination): boolean => {
  const meant = isServer(wanted) ? keys('', wanted) : keys(wanted, '');
  return keys(destination.name, destination.server).some((key) => meant.includes(key));
};

/** The destination cluster for people. */
export const clusterName = (destination: Destination): string =>
  destination.name === '' ? destination.server : destination.name;
