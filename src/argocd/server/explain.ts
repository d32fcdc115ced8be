import { isRecord, list, record, text } from '../../lib/json.ts';
import type { Application, HealthStatus } from '../application.ts';
import type { ArgoCdClient } from '../client.ts';
import { ArgoCdError } from '../errors.ts';
import { isUnhealthy, lastOf, parseWarnings, UNEXPLAINED, type UnhealthyResource, worstOf } from '../explanation.ts';
import type { Http } from '../http/http.ts';
import { parseHealthStatus } from '../parse-application.ts';
import { applicationPath, type Query } from './paths.ts';

/** Resources whose events are asked for, one request each. */
const SUBJECTS = 5;

/**
 * Reads the resource tree, and the events of what is not well in it. Both need no more than the right to get the Application.
 * Whatever goes wrong means only that there is no explanation.
 */
export const createExplainer = (http: Http): ArgoCdClient['explain'] => {
  const ask = async (application: Application, below: string, query: Query, signal: AbortSignal): Promise<unknown> => {
    const path = applicationPath(application.ref, application.project, below, query);
    try {
      return await http.send({ action: 'explain the state of an Application', method: 'GET', path }, signal);
    } catch (error) {
      if (error instanceof ArgoCdError && error.code !== 'aborted') return undefined;
      throw error;
    }
  };

  return async (application, signal) => {
    const nodes = list(record(await ask(application, '/resource-tree', [], signal)).nodes)
      .filter(isRecord)
      .map(parseNode)
      .filter((node) => node !== undefined);
    if (nodes.length === 0) return UNEXPLAINED;
    // Events are told of what runs: the last in each branch first.
    const subjects = nodes.toSorted((a, b) => b.depth - a.depth).slice(0, SUBJECTS);
    const events = await Promise.all(
      subjects.map(async ({ resource: { namespace, name }, uid }) =>
        parseWarnings(
          await ask(
            application,
            '/events',
            [
              ['resourceNamespace', namespace],
              ['resourceName', name],
              ['resourceUID', uid],
            ],
            signal,
          ),
        ),
      ),
    );
    // What stands between, a ReplicaSet mostly, is worth a line only when it has something to say.
    const telling = nodes.filter(({ depth, resource }) => depth !== 1 || resource.message !== '');
    return {
      unhealthy: worstOf(telling.toSorted((a, b) => a.depth - b.depth).map(({ resource }) => resource)),
      events: lastOf(events.flat(), application),
    };
  };
};

interface Node {
  readonly resource: UnhealthyResource;
  readonly uid: string;
  /** Pods are deepest, then what has a parent, then the Application's own resources. */
  readonly depth: number;
}

const parseNode = (node: Readonly<Record<string, unknown>>): Node | undefined => {
  const health: HealthStatus | undefined = parseHealthStatus(record(node.health).status);
  if (!isUnhealthy(health)) return undefined;
  const kind = text(node.kind);
  return {
    resource: {
      group: text(node.group),
      kind,
      namespace: text(node.namespace),
      name: text(node.name),
      health,
      message: text(record(node.health).message),
    },
    uid: text(node.uid),
    depth: kind === 'Pod' ? 2 : list(node.parentRefs).length > 0 ? 1 : 0,
  };
};
