/**
 * What to select (Rule 5: include form only, never a parent beside its child). Servers before 3.5 know only whole specs in a
 * list; what a list cannot select it leaves out without a word.
 */

const VERSION = [
  'metadata.name',
  'metadata.namespace',
  'metadata.annotations',
  'metadata.deletionTimestamp',
  'operation.sync',
  'status.sync.status',
  'status.health',
  'status.operationState.phase',
  'status.operationState.startedAt',
  'status.operationState.finishedAt',
];

const items = (paths: readonly string[]): string => paths.map((path) => `items.${path}`).join(',');

/** All that a state's version is made of. */
export const VERSION_FIELDS = items(VERSION);

/** The same with labels and spec. */
export const LIST_FIELDS = items([...VERSION, 'metadata.labels', 'spec']);

/** Which Applications there are, and since when. */
export const AGE_FIELDS = items(['metadata.name', 'metadata.namespace', 'metadata.creationTimestamp']);

/** Of a source: not how it is rendered, for values stand in it. */
const SOURCE = ['repoURL', 'targetRevision', 'path', 'chart', 'name'];

const below = (path: string, members: readonly string[]): readonly string[] =>
  members.map((member) => `${path}.${member}`);

/** Of a sync that is asked for: not the sources it repeats. */
const OPERATION = ['info', 'initiatedBy', ...below('sync', ['revision', 'revisions', 'prune', 'dryRun', 'resources'])];

/**
 * A stream selects any path, and drops events in which nothing selected changed. Without managed resources,
 * which are most of an Application's size, and without sources wherever they are repeated.
 */
export const STREAM_FIELDS = [
  'type',
  ...[
    'metadata.name',
    'metadata.namespace',
    'metadata.uid',
    // Tells an older state from a newer one; costs the events in which nothing else changed, which are few.
    'metadata.resourceVersion',
    'metadata.labels',
    'metadata.annotations',
    'metadata.deletionTimestamp',
    'spec.project',
    'spec.destination',
    ...below('spec.source', SOURCE),
    ...below('spec.sources', SOURCE),
    'spec.sourceHydrator',
    'spec.syncPolicy',
    ...below('operation', OPERATION),
    'status.sync.status',
    'status.sync.revision',
    'status.sync.revisions',
    'status.health',
    ...below('status.operationState', ['phase', 'message', 'startedAt', 'finishedAt', 'retryCount']),
    ...below('status.operationState.operation', OPERATION),
    ...below('status.operationState.syncResult', ['revision', 'revisions']),
    ...below('status.operationState.syncResult.resources', [
      'group',
      'kind',
      'namespace',
      'name',
      'status',
      'message',
      'hookType',
      'hookPhase',
    ]),
    'status.reconciledAt',
    'status.controllerNamespace',
    'status.conditions',
    // Enough of each entry to recognise one; with the sources in it the history would be most of every event.
    'status.history.id',
    'status.history.revision',
    'status.history.revisions',
    'status.history.deployStartedAt',
    'status.history.initiatedBy',
  ].map((path) => `application.${path}`),
]
  .map((path) => `result.${path}`)
  .join(',');
