import { expect, test } from '@jest/globals';
import { failureHint } from '../../src/operation/failure-hint.ts';
import { explainFailure } from '../../src/operation/messages.ts';
import { operationState } from '../factories/application.ts';

test.each([
  ['namespaces "shop" not found', /CreateNamespace=true/],
  ['Deployment.apps "web" is invalid: spec.selector: Invalid value: {}: field is immutable', /`force: true`/],
  [
    'StatefulSet.apps "db" is invalid: spec: Forbidden: updates to statefulset spec for fields other than … are forbidden',
    /`force: true`/,
  ],
  [
    'CustomResourceDefinition "x" is invalid: metadata.annotations: Too long: must have at most 262144 bytes',
    /ServerSideApply=true/,
  ],
  [
    'The Kubernetes API could not find monitoring.coreos.com/ServiceMonitor … could not find the requested resource',
    /CustomResourceDefinition/,
  ],
  ["namespace kube-system is not permitted in project 'shop'", /AppProject/],
  ['pods "web" is forbidden: exceeded quota: small, requested: cpu=2', /ResourceQuota/],
  ['admission webhook "validate.kyverno.svc" denied the request: no latest', /policy/],
  [
    'roles.rbac.authorization.k8s.io is forbidden: User "system:serviceaccount:argocd:argocd-application-controller" cannot create',
    /own account/,
  ],
  ['rpc error: code = Unknown desc = authentication required', /credentials/],
  [
    'ComparisonError: Failed to load target state: failed to generate manifest for source 1 of 1: helm template failed',
    /render/,
  ],
  ['dial tcp 10.0.0.1:443: connect: connection refused', /reached/],
  ['something else', /^$/],
])('%s', (message, hint) => {
  expect(failureHint(message)).toMatch(hint);
});

test('takes no time for what nobody meant', () => {
  const started = process.cpuUsage();
  for (const part of ['updates to ', 'namespace "', 'admission webhook ', 'application destination '])
    failureHint(part.repeat(20_000));
  expect(process.cpuUsage(started).user / 1000).toBeLessThan(2_000);
});

test('a failure always says what to do', () => {
  const resource = {
    group: 'batch',
    kind: 'Job',
    namespace: 'shop',
    name: 'migrate',
    status: '',
    message: 'no',
    hookType: 'PreSync',
    hookPhase: 'Failed',
  };
  const failed = {
    ...operationState('', 'Failed'),
    message: 'one or more synchronization tasks completed unsuccessfully',
  };
  expect(explainFailure(failed).hint).toMatch(/^Correct the cause/);
  const syncResult = { revisions: [], resources: [resource] };
  expect(explainFailure({ ...failed, syncResult }).hint).toBe('Look at the log of the hook.');
});
