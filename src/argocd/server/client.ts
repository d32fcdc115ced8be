import { list, record, text } from '../../lib/json.ts';
import type { ServerConnection } from '../../sync/inputs/types.ts';
import {
  type Application,
  type ApplicationRef,
  isTerminal,
  operationId,
  REFRESH_ANNOTATION,
  refKey,
  refText,
} from '../application.ts';
import type { ArgoCdClient, ListScope, Namespaces, WatchScope } from '../client.ts';
import { type ClientDeps, withDefaults } from '../deps.ts';
import { ArgoCdError } from '../errors.ts';
import { toListing } from '../listing.ts';
import { parseApplication } from '../parse-application.ts';
import { whatCouldBeRead } from '../read-each.ts';
import { together } from '../together.ts';
import { APPLICATION } from '../unneeded.ts';
import { readGenerated } from './application-set.ts';
import { JSON_TYPE, openConnection } from './connection.ts';
import { createExplainer } from './explain.ts';
import { LIST_FIELDS, VERSION_FIELDS } from './fields.ts';
import { createListening, type Listening } from './listening.ts';
import { oldVersionWarning } from './old-version.ts';
import { applicationPath, listPath, type Query, syncPath } from './paths.ts';
import { createRefsReader } from './refs.ts';
import { stateVersion } from './state-version.ts';
import { type StreamTarget, streamApplications } from './stream.ts';
import { syncBody } from './sync-body.ts';
import { readSyncWindow } from './sync-windows.ts';

/**
 * The port over the Argo CD REST API. Makes sure that an Argo CD answers, and logs in where there is a password.
 * Throws what that gave.
 */
export const createServerClient = async (
  connection: ServerConnection,
  partialDeps: Partial<ClientDeps> = {},
  signal: AbortSignal = new AbortController().signal,
): Promise<ArgoCdClient> => {
  const deps = withDefaults(partialDeps);
  const { http, version } = await openConnection(connection, deps, signal);
  /** With its project an Application that is missing can be told from one that is hidden. */
  const projects = new Map<string, string>();
  const listening = createListening();

  const learn = (value: unknown, action: string, ambiguous: boolean): Application => {
    const application = parseApplication(value, stateVersion);
    if (application === undefined) {
      throw new ArgoCdError('not-the-api', `cannot ${action}: the answer is no Application`, { ambiguous });
    }
    projects.set(refKey(application.ref), application.project);
    return application;
  };

  const read = async (ref: ApplicationRef, until: AbortSignal): Promise<Application> => {
    const action = `read Application ${refText(ref)}`;
    const project = projects.get(refKey(ref)) ?? '';
    const once = async (named: string): Promise<Application> =>
      learn(
        await http.read({ action, method: 'GET', path: applicationPath(ref, named), without: APPLICATION }, until),
        action,
        false,
      );
    try {
      return await once(project);
    } catch (error) {
      if (project === '' || !(error instanceof ArgoCdError) || error.code !== 'not-found') throw error;
      // Gone, or moved to another project.
      projects.delete(refKey(ref));
      return once('').catch((second: unknown) => {
        throw second instanceof ArgoCdError && second.code === 'forbidden' ? error : second;
      });
    }
  };

  /** Lists with these fields; `keep` says what of each Application, `wanted` which ones, by their keys: most of thousands are not even looked at. */
  const readList = async <T>(
    scope: ListScope,
    fields: string,
    keep: (application: Application) => T,
    until: AbortSignal,
    wanted?: ReadonlySet<string>,
  ): Promise<readonly T[]> => {
    const namespaces = chosen(scope, connection.namespaces);
    const [only = '', ...more] = namespaces === '*' ? [] : namespaces;
    const answer = await http.read(
      {
        action: 'list Applications',
        method: 'GET',
        path: listPath([
          ...scope.projects.map((project) => ['projects', project] as const),
          ['selector', scope.selector],
          ['appNamespace', more.length === 0 ? only : ''],
          ['fields', fields],
        ]),
        each: {
          member: 'items',
          without: APPLICATION,
          keep: (item): readonly T[] => {
            if (wanted !== undefined && !wanted.has(keyOf(item))) return [];
            const application = parseApplication(item, stateVersion);
            return application !== undefined && inNamespaces(application.ref, namespaces) ? [keep(application)] : [];
          },
        },
      },
      until,
    );
    return (list(record(answer).items) as readonly (readonly T[])[]).flat();
  };

  return {
    transport: 'argocd',
    description: `Argo CD API ${connection.server.replace(/\/+$/, '')} (${version})`,
    warning: oldVersionWarning(version),

    uiUrl: async (until) => {
      try {
        const answer = await http.send({ action: 'read the settings', method: 'GET', path: '/api/v1/settings' }, until);
        const url = URL.parse(text(record(answer).url));
        if (url?.protocol === 'https:' || url?.protocol === 'http:') return url.href.replace(/\/$/, '');
      } catch (error) {
        if (!(error instanceof ArgoCdError) || error.code === 'aborted') throw error;
      }
      return connection.server.replace(/\/+$/, '');
    },

    list: async (scope, _detail, until) => {
      const applications = await readList(scope, LIST_FIELDS, (application) => application, until);
      for (const { ref, project } of applications) projects.set(refKey(ref), project);
      return toListing(
        applications.map((application) => ({ ref: application.ref, project: application.project, application })),
        new Map(),
      );
    },

    applicationSet: (name, namespaces, until) => {
      const wanted = namespaces ?? connection.namespaces;
      return readGenerated(http, name, wanted === undefined || wanted.length === 0 ? undefined : wanted, until);
    },
    get: read,
    prepare: async (candidate, until) => candidate.application ?? read(candidate.ref, until),
    // What the list of the selection has told is enough.
    prepareAll: () => {},

    syncWindow: async (application, purpose, until) =>
      purpose === 'before-sync' ? 'unknown' : readSyncWindow(http, application, until),
    refs: createRefsReader(http),

    startSync: async (seen, request, until) => {
      const action = `sync Application ${refText(seen.ref)}`;
      const body = syncBody(seen, request);
      const call = {
        action,
        method: 'POST',
        path: syncPath(seen.ref),
        contentType: JSON_TYPE,
        body,
        without: APPLICATION,
      } as const;
      // A stream is no replay: what ends before it is opened is not heard of, and a quick operation would.
      await listening.wait(until);
      return learn(await http.send(call, until), action, true);
    },

    terminate: async (seen, until) => {
      if (seen.operation === undefined) return 'idle';
      const action = `terminate the operation of Application ${refText(seen.ref)}`;
      // The request names no operation: look right before it that it is still the one that is meant (Rule 45).
      const present = await read(seen.ref, until);
      if (present.operation === undefined) return 'idle';
      if (!sameOperation(seen, present)) {
        throw new ArgoCdError('conflict', `cannot ${action}: another operation has taken its place`);
      }
      const phase = present.operationState?.phase;
      if (phase === 'Terminating') return 'terminating';
      try {
        const path = applicationPath(seen.ref, present.project, '/operation');
        await http.send({ action, method: 'DELETE', path, contentType: JSON_TYPE }, until);
        return 'terminating';
      } catch (error) {
        if (!(error instanceof ArgoCdError) || !error.message.includes('No operation is in progress')) throw error;
        // The server can only end what the controller has begun.
        const waiting = phase === undefined || isTerminal(phase);
        throw new ArgoCdError('conflict', `cannot ${action}: it ${waiting ? 'has not begun' : 'has ended meanwhile'}`);
      }
    },

    refresh: async (ref, until) => {
      const action = `refresh Application ${refText(ref)}`;
      const path = applicationPath(ref, projects.get(refKey(ref)) ?? '', '', [['refresh', 'normal']]);
      try {
        return {
          kind: 'consumed',
          application: learn(await http.send({ action, method: 'GET', path }, until), action, false),
        };
      } catch (error) {
        const waited =
          error instanceof ArgoCdError && (error.code === 'timeout' || error.message.includes('refresh deadline'));
        // No answer comes before the comparison: look whether we were heard.
        if (!waited || !(REFRESH_ANNOTATION in (await read(ref, until)).annotations)) throw error;
        return { kind: 'pending' };
      }
    },

    explain: createExplainer(http),

    versions: async (scope, until, wanted) => {
      const versionOf = ({ ref, version }: Application): readonly [key: string, version: string] => [
        refKey(ref),
        version,
      ];
      return new Map(
        scope.kind === 'scope'
          ? await readList(scope, VERSION_FIELDS, versionOf, until, wanted)
          : (await whatCouldBeRead(scope.refs.map((ref) => readOne(ref)))).flat(),
      );

      async function readOne(ref: ApplicationRef): Promise<readonly (readonly [string, string])[]> {
        const path = listPath([
          ['name', ref.name],
          ['appNamespace', ref.namespace],
          ['fields', VERSION_FIELDS],
        ]);
        const answer = await http.read({ action: `read Application ${refText(ref)}`, method: 'GET', path }, until);
        return parseList(answer).map(versionOf);
      }
    },

    watch: (scope, _position, onEvent, until) =>
      together(
        streamTargets(scope, connection.namespaces, listening).map(
          (target) => (both) => streamApplications(http, target, deps, onEvent, both).finally(target.onAsked),
        ),
        until,
      ),
    close: () => http.close(),
  };
};

/** Which Application an entry of a list is, before anything else is made of it. */
const keyOf = (item: unknown): string => {
  const metadata = record(record(item).metadata);
  return refKey({ namespace: text(metadata.namespace), name: text(metadata.name) });
};

/** Undefined or empty: whatever the server shows. */
const chosen = (scope: ListScope, fallback: Namespaces | undefined): Namespaces => {
  const given = scope.namespaces === undefined || scope.namespaces.length === 0 ? fallback : scope.namespaces;
  return given === undefined || given.length === 0 || given.includes('*') ? '*' : given;
};

const inNamespaces = (ref: ApplicationRef, namespaces: Namespaces): boolean =>
  namespaces === '*' || namespaces.includes(ref.namespace);

const parseList = (answer: unknown): readonly Application[] =>
  list(record(answer).items)
    .map((item) => parseApplication(item, stateVersion))
    .filter((application) => application !== undefined);

const streamTargets = (
  scope: WatchScope,
  fallback: Namespaces | undefined,
  listening: Listening,
): readonly StreamTarget[] => {
  if (scope.kind === 'refs') {
    return scope.refs.map((wanted) => ({
      what: `Application ${refText(wanted)}`,
      query: [
        ['name', wanted.name],
        ['appNamespace', wanted.namespace],
      ],
      named: true,
      wanted: (ref) => refKey(ref) === refKey(wanted),
      onAsked: listening.begin(),
    }));
  }
  const namespaces = chosen(scope, fallback);
  const query: Query = [
    ...scope.projects.map((project) => ['projects', project] as const),
    ['selector', scope.selector],
  ];
  const wanted = (ref: ApplicationRef): boolean => inNamespaces(ref, namespaces);
  return [{ what: 'Applications', query, named: false, wanted, onAsked: listening.begin() }];
};

/** By our id where there is one, otherwise by who began it when. */
const sameOperation = (a: Application, b: Application): boolean => {
  const [left, right] = [operationId(a.operation), operationId(b.operation)];
  if (left !== undefined || right !== undefined) return left === right;
  if (a.operation?.initiatedBy !== b.operation?.initiatedBy) return false;
  const running = [a, b].map(({ operationState }) =>
    operationState === undefined || isTerminal(operationState.phase) ? undefined : operationState.startedAt,
  );
  return running[0] === undefined || running[0] === running[1];
};
