import type { Application, Destination } from '../application.ts';
import type { ArgoCdClient } from '../client.ts';
import { ArgoCdError } from '../errors.ts';
import { isUnhealthy, lastOf, parseWarnings, type WarningEvent, worstOf } from '../explanation.ts';
import type { Http } from '../http/http.ts';
import { where, withQuery } from './paths.ts';

/** A namespace in trouble has many events; they come in no useful order, so a page must hold most of them. */
const EVENTS_PER_NAMESPACE = 500;
/** Namespaces asked about one Application. */
const NAMESPACES = 2;

/**
 * Unhealthy resources as the Application's status names them (Argo CD 3 leaves health out of it by default), and the warnings
 * that the cluster keeps about the Application's resources and what they made. Events can only be read where Argo CD and the
 * destination are one cluster, and with the right to list events there. Whatever goes wrong means only that there are none.
 * @param server the address of this Kubernetes API
 */
export const createExplainer = (http: Http, server: string): ArgoCdClient['explain'] => {
  const read = async (namespace: string, signal: AbortSignal): Promise<readonly WarningEvent[]> => {
    const path = withQuery(`/api/v1/namespaces/${encodeURIComponent(namespace)}/events`, {
      fieldSelector: 'type=Warning',
      limit: String(EVENTS_PER_NAMESPACE),
    });
    try {
      return parseWarnings(await http.send({ action: `list Events ${where(namespace)}`, method: 'GET', path }, signal));
    } catch (error) {
      if (error instanceof ArgoCdError && error.code !== 'aborted') return [];
      throw error;
    }
  };

  return async (application, signal) => {
    const unhealthy = application.resources.flatMap(
      ({ group, kind, namespace, name, health, healthMessage: message }) =>
        isUnhealthy(health) ? [{ group, kind, namespace, name, health, message }] : [],
    );
    // Where no health is told, any of them may be the cause.
    const suspects = unhealthy.length > 0 ? unhealthy : application.resources;
    const events = isHere(application.destination, server)
      ? await Promise.all(namespacesOf(application, suspects).map((namespace) => read(namespace, signal)))
      : [];
    return {
      unhealthy: worstOf(unhealthy),
      events: lastOf(
        events.flat().filter((event) => suspects.some((suspect) => concerns(event, suspect))),
        application,
      ),
    };
  };
};

interface Named {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

const namespacesOf = (application: Application, suspects: readonly Named[]): readonly string[] =>
  [...new Set([...suspects.map(({ namespace }) => namespace), application.destination.namespace])]
    .filter((namespace) => namespace !== '')
    .slice(0, NAMESPACES);

/** Whether Argo CD deploys into its own cluster, which is the one we are connected to. */
const isHere = ({ server, name }: Destination, own: string): boolean =>
  name === 'in-cluster' || [own, 'https://kubernetes.default.svc'].some((here) => origin(here) === origin(server));

const origin = (server: string): string => URL.parse(server)?.href.replace(/\/+$/, '') ?? server;

/** What Kubernetes puts behind a name to make the names of what belongs to it; its alphabet has no vowels, 0, 1 and 3. */
const RANDOM = '[bcdfghjklmnpqrstvwxz2456789]';
const CHILDREN: Readonly<Record<string, RegExp>> = {
  Deployment: new RegExp(`^-${RANDOM}{1,10}(-${RANDOM}{5})?$`),
  Rollout: new RegExp(`^-${RANDOM}{1,10}(-${RANDOM}{5})?$`),
  ReplicaSet: new RegExp(`^-${RANDOM}{5}$`),
  DaemonSet: new RegExp(`^-${RANDOM}{5}$`),
  StatefulSet: /^-\d+$/,
  Job: new RegExp(`^(-\\d+)?-${RANDOM}{5}$`),
  CronJob: new RegExp(`^-\\d+(-${RANDOM}{5})?$`),
};

/** Events name no owner, so what belongs to a resource is told by its name. */
const concerns = (event: WarningEvent, { kind, namespace, name }: Named): boolean => {
  if (event.namespace !== namespace || !event.name.startsWith(name)) return false;
  const rest = event.name.slice(name.length);
  return rest === '' ? event.kind === kind : (CHILDREN[kind]?.test(rest) ?? false);
};
