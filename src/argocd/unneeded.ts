import { ANYWHERE, type Without } from '../lib/json-without.ts';

/** What the API server and kubectl keep for themselves: half of the metadata and more. */
const METADATA = {
  managedFields: true,
  ownerReferences: true,
  annotations: { 'kubectl.kubernetes.io/last-applied-configuration': true },
} satisfies Without;

/** How a source is rendered: values files stand in it, and are repeated wherever the source is. */
const SOURCE = { helm: true, kustomize: true, directory: true, plugin: true } satisfies Without;

const SOURCES = { source: SOURCE, sources: SOURCE } satisfies Without;

const OPERATION = { sync: { source: true, sources: true, manifests: true } } satisfies Without;

const BULK = { [ANYWHERE]: 'managedFields' } satisfies Without;

/** What no part of this project reads of an Application. */
export const APPLICATION = {
  ...BULK,
  metadata: METADATA,
  spec: { ...SOURCES, ignoreDifferences: true, info: true },
  operation: OPERATION,
  status: {
    history: SOURCES,
    sync: { comparedTo: true },
    operationState: {
      operation: OPERATION,
      syncResult: { source: true, sources: true, managedNamespaceMetadata: true },
    },
    summary: true,
    sourceHydrator: true,
  },
} satisfies Without;

/** In a watch the sources of the history do not matter either: which ones run is read before a sync. */
export const WATCHED = {
  ...BULK,
  object: {
    ...APPLICATION,
    status: { ...APPLICATION.status, history: { source: true, sources: true } },
  },
} satisfies Without;

/** Of metadata alone only name and version are wanted. */
export const BUT_VERSION = {
  ...BULK,
  metadata: {
    managedFields: true,
    ownerReferences: true,
    annotations: true,
    labels: true,
    finalizers: true,
  },
} satisfies Without;
