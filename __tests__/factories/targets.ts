import type { TargetInputs } from '../../src/sync/inputs/types.ts';

/** No condition at all, with whatever a test wants otherwise. */
export const targets = (overrides: Partial<TargetInputs> = {}): TargetInputs => ({
  names: [],
  globs: [],
  regex: '',
  selector: '',
  project: '',
  cluster: '',
  destinationNamespace: '',
  repository: '',
  service: '',
  environment: '',
  serviceLabel: 'harness.io/serviceRef',
  environmentLabel: 'harness.io/envRef',
  exclude: [],
  applicationSet: undefined,
  onlyOutOfSync: false,
  shard: undefined,
  maxApplications: 1000,
  enforceMax: true,
  allowEmpty: false,
  ...overrides,
});

/** `shop` or `team-a/shop`, as `applications` gives them. */
export const named = (...items: readonly string[]): TargetInputs['names'] =>
  items.map((item) => {
    const slash = item.indexOf('/');
    return { namespace: slash < 0 ? '' : item.slice(0, slash), name: item.slice(slash + 1) };
  });
