import { list, number, record, text } from '../lib/json.ts';
import type { Application, HealthStatus } from './application.ts';

/** A resource that is not well: one of an Application's own, or one that these made (a ReplicaSet, a Pod). */
export interface UnhealthyResource {
  readonly group: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly health: HealthStatus;
  /** What its health check says, `''`: nothing. */
  readonly message: string;
}

/** A warning that Kubernetes keeps about a resource, such as `BackOff` or `FailedScheduling`. */
export interface WarningEvent {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly reason: string;
  readonly message: string;
  /** How often it was said. */
  readonly count: number;
  /** When it was said last, by the cluster's clock; `''`: not told. */
  readonly lastSeen: string;
}

/** What people would look up about an Application in trouble. Both lists may be empty: nothing is bad, or nothing may be read. */
export interface Explanation {
  /** Worst first. */
  readonly unhealthy: readonly UnhealthyResource[];
  /** Newest first. */
  readonly events: readonly WarningEvent[];
}

export const UNEXPLAINED: Explanation = { unhealthy: [], events: [] };

/** More of them say nothing new in a log. */
const MAX_UNHEALTHY = 10;
const MAX_EVENTS = 5;

/** Healthy and Suspended need no explanation. */
const WORST_FIRST: readonly HealthStatus[] = ['Degraded', 'Missing', 'Unknown', 'Progressing'];

export const isUnhealthy = (health: HealthStatus | undefined): health is HealthStatus =>
  health !== undefined && WORST_FIRST.includes(health);

/** Worst first, otherwise in the order given; a bounded number. */
export const worstOf = (resources: readonly UnhealthyResource[]): readonly UnhealthyResource[] =>
  resources.toSorted((a, b) => WORST_FIRST.indexOf(a.health) - WORST_FIRST.indexOf(b.health)).slice(0, MAX_UNHEALTHY);

/** A warning from before this time, ahead of the operation or the last comparison, is about something else. */
const BEFORE_MS = 10 * 60_000;

/** Newest first, each once, a bounded number; none that is old news for this Application. Compares stamps of the cluster only. */
export const lastOf = (events: readonly WarningEvent[], application: Application): readonly WarningEvent[] => {
  const sinceMs = Date.parse(application.operationState?.startedAt || application.reconciledAt) - BEFORE_MS;
  const newest = new Map<string, WarningEvent>();
  const recent = events.filter(({ lastSeen }) => !(Date.parse(lastSeen) < sinceMs));
  for (const event of recent.toSorted((a, b) => Date.parse(b.lastSeen) - Date.parse(a.lastSeen) || 0)) {
    const key = JSON.stringify([event.kind, event.namespace, event.name, event.reason, event.message]);
    if (!newest.has(key)) newest.set(key, event);
  }
  return [...newest.values()].slice(0, MAX_EVENTS);
};

/** The warnings of an EventList (core/v1). Tolerant, as all parsing of what servers send. */
export const parseWarnings = (value: unknown): readonly WarningEvent[] =>
  list(record(value).items)
    .map(record)
    .filter((event) => text(event.type) === 'Warning')
    .map((event) => {
      const about = record(event.involvedObject);
      const series = record(event.series);
      return {
        kind: text(about.kind),
        namespace: text(about.namespace),
        name: text(about.name),
        reason: text(event.reason),
        message: text(event.message),
        count: number(series.count) ?? number(event.count) ?? 1,
        lastSeen:
          text(event.lastTimestamp) ||
          text(series.lastObservedTime) ||
          text(event.eventTime) ||
          text(record(event.metadata).creationTimestamp),
      };
    });
