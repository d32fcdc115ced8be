import { record, text } from '../../lib/json.ts';
import type { KubernetesConnection } from '../../sync/inputs/types.ts';
import { type Application, type ApplicationRef, isTerminal, REFRESH_ANNOTATION, refKey } from '../application.ts';
import type { ArgoCdClient, Candidate, ListScope, Namespaces, SyncRequest } from '../client.ts';
import { type ClientDeps, withDefaults } from '../deps.ts';
import { ArgoCdError } from '../errors.ts';
import { parseApplication } from '../parse-application.ts';
import { APPLICATION, BUT_VERSION } from '../unneeded.ts';
import { readGenerated } from './application-set.ts';
import { bringApplications, listApplications } from './candidates.ts';
import { openConnection } from './connection.ts';
import { createExplainer } from './explain.ts';
import { type ListAhead, listAhead } from './list-ahead.ts';
import { requestedOperation, syncPatch } from './operation-patch.ts';
import { ACCEPT, collections, objectPath, withQuery } from './paths.ts';
import { createSyncWindowReader } from './sync-windows.ts';
import { readUiUrl } from './ui-url.ts';
import { readVersions } from './versions.ts';
import { watchScope } from './watch-scope.ts';

/**
 * How long a whole object from a list may stand for a read. Its version guards the write: whoever changed it meanwhile makes
 * that a conflict, and then it is read.
 */
const LISTED_MS = 15_000;

/** Who writes, as `kubectl get --show-managed-fields` shows it. */
const AS_MANAGER = withQuery('', { fieldManager: 'gitopssync' });

/**
 * The port over the Application custom resource. Sends nothing yet: the first call tells whether the connection works.
 * Throws `configuration` for a kubeconfig, certificate or proxy that cannot be used, or a plugin that fails.
 */
export const createKubernetesClient = async (
  connection: KubernetesConnection,
  partialDeps: Partial<ClientDeps> = {},
  signal: AbortSignal = new AbortController().signal,
): Promise<ArgoCdClient> => {
  const deps = withDefaults(partialDeps);
  const { http, server, description } = await openConnection(connection, deps, signal);
  /** When the list of an Application was asked for. */
  const listed = new WeakMap<Application, number>();
  let ahead: ListAhead | undefined;
  const windows = createSyncWindowReader(http, deps);
  const isRecent = (application: Application | undefined): application is Application => {
    const listedMs = application === undefined ? undefined : listed.get(application);
    return listedMs !== undefined && deps.now() - listedMs <= LISTED_MS;
  };
  const read = async (ref: ApplicationRef, until: AbortSignal): Promise<Application> => {
    const answer = await http.read(
      { action: `read Application ${refKey(ref)}`, method: 'GET', path: objectPath(ref), without: APPLICATION },
      until,
    );
    const application = parseApplication(answer);
    if (application === undefined) {
      throw new ArgoCdError('not-the-api', `cannot read Application ${refKey(ref)}: the answer is no Application`);
    }
    return application;
  };
  const patch = async (action: string, ref: ApplicationRef, body: object, signal: AbortSignal): Promise<string> => {
    const answer = await http.send(
      {
        action: `${action} Application ${refKey(ref)}`,
        method: 'PATCH',
        path: `${objectPath(ref)}${AS_MANAGER}`,
        accept: ACCEPT.metadata,
        contentType: 'application/merge-patch+json',
        body,
        without: BUT_VERSION,
      },
      signal,
    );
    return text(record(record(answer).metadata).resourceVersion);
  };

  return {
    transport: 'kubernetes',
    description,
    uiUrl: (signal) => readUiUrl(http, connection.namespaces, signal),
    list: async (scope, detail, signal) => {
      const askedMs = deps.now();
      const listing = await listApplications(http, connection.namespaces, scope, detail, signal);
      for (const { application } of listing.candidates) if (application !== undefined) listed.set(application, askedMs);
      return listing;
    },
    applicationSet: (name, namespaces, signal) => readGenerated(http, connection.namespaces, name, namespaces, signal),
    get: read,
    prepare: async ({ ref, application }, signal) => {
      if (isRecent(application)) return application;
      const brought = await ahead?.take(refKey(ref));
      return isRecent(brought) ? brought : read(ref, signal);
    },
    prepareAll: (scope, candidates, signal) => {
      const askedMs = deps.now();
      ahead = listAhead((bring, rest) =>
        bringApplications(
          http,
          connection.namespaces,
          scope,
          (application) => {
            listed.set(application, askedMs);
            bring(refKey(application.ref), application);
          },
          rest,
          signal,
        ),
      );
      const project = onlyProject(scope, connection.namespaces, candidates);
      if (project !== undefined) windows.ahead(project, signal);
    },

    syncWindow: windows.syncWindow,
    refs: async () => undefined,

    startSync: async (seen, request, signal) => {
      refuse(seen);
      const sent = patch('sync', seen.ref, syncPatch(seen, request), signal);
      ahead?.goOn();
      return baseline(seen, request, await sent);
    },

    terminate: async (seen, signal) => {
      // Rule 47: what the controller has begun must be ended by it; what it has not seen can be taken back.
      if (seen.operation === undefined) return 'idle';
      const guard = { resourceVersion: seen.resourceVersion };
      const phase = seen.operationState?.phase;
      if (phase === undefined || isTerminal(phase)) {
        await patch('take back the operation of', seen.ref, { metadata: guard, operation: null }, signal);
        return 'removed';
      }
      if (phase === 'Running') {
        const body = { metadata: guard, status: { operationState: { phase: 'Terminating' } } };
        await patch('terminate the operation of', seen.ref, body, signal);
      }
      return 'terminating';
    },

    refresh: async (ref, signal) => {
      // A request that is there already stays as it is: this patch then changes nothing.
      await patch('refresh', ref, { metadata: { annotations: { [REFRESH_ANNOTATION]: 'normal' } } }, signal);
      return { kind: 'pending' };
    },

    explain: createExplainer(http, server),
    versions: (scope, signal, wanted) => readVersions(http, connection.namespaces, scope, signal, wanted),
    watch: (scope, position, onEvent, signal) =>
      watchScope(http, { scope, fallback: connection.namespaces, position, read }, deps, onEvent, signal),
    close: () => http.close(),
  };
};

/**
 * The AppProject of all candidates, where they have only one; most often it lives where they live. Undefined: not known, or more than
 * one, whose Applications do not wait for each other anyway.
 */
const onlyProject = (
  scope: ListScope,
  fallback: Namespaces | undefined,
  candidates: readonly Candidate[],
): { readonly namespace: string; readonly name: string } | undefined => {
  const [namespace = '*', ...namespaces] = collections(scope, fallback);
  const [name, ...names] = new Set(candidates.map(({ project }) => project));
  return namespace === '*' || namespaces.length > 0 || name === undefined || names.length > 0
    ? undefined
    : { namespace, name };
};

/** Refuses what must not be written (Rules 6 and 8), however old `seen` is: the version guards the rest. */
const refuse = (seen: Application): void => {
  const cannot = `cannot sync Application ${refKey(seen.ref)}`;
  if (seen.deleting) throw new ArgoCdError('deleting', `${cannot}: it is being deleted`);
  if (seen.operation !== undefined) {
    throw new ArgoCdError('busy', `${cannot}: another operation is already in progress`);
  }
};

/** What the patch made of what was seen; the version guard excludes any other change. */
const baseline = (seen: Application, request: SyncRequest, resourceVersion: string): Application => ({
  ...seen,
  resourceVersion,
  version: resourceVersion,
  operation: requestedOperation(seen, request),
  operationState: undefined,
});
