/** Causes of failed syncs in the words of Kubernetes and Argo CD, and what to do about each. The first that fits counts. */
const HINTS: readonly (readonly [cause: RegExp, hint: string])[] = [
  [/namespaces? ".{0,253}" not found/, 'The namespace is missing: add `CreateNamespace=true` to `sync-options`.'],
  [
    /field is immutable|updates to .{0,80} are forbidden/i,
    'This cannot be changed in place: `force: true` deletes and makes it anew, which interrupts what runs; or delete it yourself.',
  ],
  [
    /metadata\.annotations: Too long/,
    'An annotation with the last applied state has become too long: `ServerSideApply=true` in `sync-options` does without it.',
  ],
  [
    /no matches for kind|could not find the requested resource|could not find version/,
    'Its CustomResourceDefinition is not there: sync that first, or add `SkipDryRunOnMissingResource=true` to the sync options of the resource.',
  ],
  [
    /is not permitted in project|application destination .{0,300} do(?:es)? not match/,
    'Allow it in the AppProject: destinations, source repositories, or kinds of resources.',
  ],
  [/exceeded quota/, 'The ResourceQuota of the namespace leaves no room: raise it, or ask for less.'],
  [
    /admission webhook .{0,300} denied/,
    'A policy of the cluster refuses it: change the manifest in Git, or the policy.',
  ],
  [
    /is forbidden: User "/,
    "Argo CD's own account has no right to this in the destination cluster: extend its role there.",
  ],
  [
    /authentication required|repository not found|could not read Username|Permission denied \(publickey/i,
    'Argo CD cannot read the repository: check its entry and credentials in Argo CD.',
  ],
  [
    /failed to generate manifest|error generating manifests/i,
    'Argo CD cannot render the manifests: render them on your machine from the same revision to see why.',
  ],
  [
    /connection refused|no such host|i\/o timeout|context deadline exceeded/i,
    'Something could not be reached from Argo CD: check it, then sync again.',
  ],
];

/** What to do about a failed sync, from Argo CD's own words; `''`: they are of no kind that is known. Takes linear time. */
export const failureHint = (message: string): string => HINTS.find(([cause]) => cause.test(message))?.[1] ?? '';
