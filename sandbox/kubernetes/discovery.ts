import type { Draft } from '../types.ts';
import { groupVersion, SERVED, type ServedResource } from './resources.ts';

const AGGREGATED = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';

/** An answer of discovery. */
export interface DiscoveryAnswer {
  readonly body: Draft;
  readonly headers: Readonly<Record<string, string>>;
}

const VERSION: Draft = {
  major: '1',
  minor: '36',
  emulationMajor: '1',
  emulationMinor: '36',
  minCompatibilityMajor: '1',
  minCompatibilityMinor: '35',
  gitVersion: 'v1.36.2',
  gitCommit: '98b35193b2ac7a23a673325f5e9b830ecd5ba406',
  gitTreeState: 'clean',
  buildDate: '1970-01-01T00:00:00Z',
  goVersion: 'go1.26.10',
  compiler: 'gc',
  platform: 'linux/amd64',
};

/** Reviews are served, but are no objects that could be listed. */
const REVIEWS = [
  { group: 'authentication.k8s.io', kind: 'SelfSubjectReview' },
  { group: 'authorization.k8s.io', kind: 'SelfSubjectAccessReview' },
  { group: 'authorization.k8s.io', kind: 'SelfSubjectRulesReview' },
].map(({ group, kind }) => ({
  group,
  version: 'v1',
  resource: `${kind.toLowerCase()}s`,
  kind,
  singular: kind.toLowerCase(),
  namespaced: false,
  verbs: ['create'],
  shortNames: [],
  storageVersionHash: undefined,
}));

type Discovered = Omit<ServedResource, 'columns' | 'resource' | 'storageVersionHash'> & {
  readonly resource: string;
  readonly storageVersionHash: string | undefined;
};
const ALL: readonly Discovered[] = [...SERVED, ...REVIEWS];

/** The groups with a name, each once, as `group/version`. */
const GROUPS = [...new Set(ALL.filter(({ group }) => group !== '').map(groupVersion))].sort();

/** Answers a discovery path; undefined when it is none. */
export function discover(path: string, accept: string): DiscoveryAnswer | undefined {
  const aggregated = /g=apidiscovery\.k8s\.io/.test(accept) && /v=v2(?![a-z0-9])/.test(accept);
  switch (path) {
    case '/version':
    case '/version/':
      return plain(VERSION);
    case '/api':
      return aggregated
        ? aggregate([''])
        : plain({
            kind: 'APIVersions',
            versions: ['v1'],
            serverAddressByClientCIDRs: [{ clientCIDR: '0.0.0.0/0', serverAddress: 'kubernetes.example.com' }],
          });
    case '/apis':
      return aggregated
        ? aggregate(GROUPS.map((name) => name.split('/')[0] ?? ''))
        : plain({ kind: 'APIGroupList', apiVersion: 'v1', groups: GROUPS.map(apiGroup) });
    case '/api/v1':
      return plain({ kind: 'APIResourceList', groupVersion: 'v1', resources: resourceList('v1') });
    default: {
      const [, wanted = ''] = /^\/apis\/([^?]+?)\/?$/.exec(path) ?? [];
      if (GROUPS.includes(wanted))
        return plain({
          kind: 'APIResourceList',
          apiVersion: 'v1',
          groupVersion: wanted,
          resources: resourceList(wanted),
        });
      const group = GROUPS.find((name) => name.split('/')[0] === wanted);
      return group === undefined ? undefined : plain({ kind: 'APIGroup', apiVersion: 'v1', ...apiGroup(group) });
    }
  }
}

function plain(body: Draft): DiscoveryAnswer {
  return { body, headers: { 'content-type': 'application/json' } };
}

function apiGroup(name: string): Draft {
  const [group, version] = name.split('/');
  const entry = { groupVersion: name, version };
  return { name: group, versions: [entry], preferredVersion: entry };
}

function resourceList(wanted: string): readonly Draft[] {
  return ALL.filter((served) => groupVersion(served) === wanted).map((served) => ({
    name: served.resource,
    singularName: served.singular,
    namespaced: served.namespaced,
    kind: served.kind,
    verbs: served.verbs,
    ...(served.shortNames.length === 0 ? {} : { shortNames: served.shortNames }),
    ...(served.storageVersionHash === undefined ? {} : { storageVersionHash: served.storageVersionHash }),
  }));
}

/** The newer form: everything in one document. */
function aggregate(groups: readonly string[]): DiscoveryAnswer {
  const items = groups.map((group) => {
    const own = ALL.filter((served) => served.group === group);
    const resources = own.map((served) => ({
      resource: served.resource,
      responseKind: { group, version: served.version, kind: served.kind },
      scope: served.namespaced ? 'Namespaced' : 'Cluster',
      singularResource: served.singular,
      verbs: served.verbs,
      ...(served.shortNames.length === 0 ? {} : { shortNames: served.shortNames }),
    }));
    return {
      metadata: { ...(group === '' ? {} : { name: group }) },
      versions: [{ version: own[0]?.version, resources, freshness: 'Current' }],
    };
  });
  return {
    body: { kind: 'APIGroupDiscoveryList', apiVersion: 'apidiscovery.k8s.io/v2', metadata: {}, items },
    headers: { 'content-type': AGGREGATED, 'cache-control': 'public', vary: 'Accept' },
  };
}
