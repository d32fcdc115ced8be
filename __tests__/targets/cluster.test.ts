import { expect, test } from '@jest/globals';
import { matchesCluster } from '../../src/targets/cluster.ts';

// H3: by name and by server URL, slash at the end, in-cluster alias.
test.each([
  ['prod', { name: 'prod', server: '' }, true],
  ['prod', { name: 'staging', server: '' }, false],
  ['https://10.0.0.1:6443', { name: '', server: 'https://10.0.0.1:6443' }, true],
  ['https://10.0.0.1:6443/', { name: '', server: 'https://10.0.0.1:6443' }, true],
  ['https://10.0.0.1:6443', { name: '', server: 'https://10.0.0.1:6443//' }, true],
  ['https://API.example.com', { name: '', server: 'https://api.example.com:443/' }, true],
  ['https://10.0.0.1:6443', { name: '', server: 'https://10.0.0.2:6443' }, false],
  ['in-cluster', { name: '', server: 'https://kubernetes.default.svc' }, true],
  ['in-cluster', { name: 'in-cluster', server: '' }, true],
  ['https://kubernetes.default.svc/', { name: 'in-cluster', server: '' }, true],
  ['in-cluster', { name: 'prod', server: '' }, false],
  ['prod', { name: '', server: '' }, false],
])('%p and %j: %p', (wanted, { name, server }, expected) => {
  expect(matchesCluster(wanted, { name, server, namespace: 'x' })).toBe(expected);
});
