import { Cron } from 'croner';
import { minimatch } from 'minimatch';
import { flag, isRecord, list, record, text, texts } from '../lib/json.ts';
import type { Application } from './application.ts';

/** A sync window of an AppProject, from `spec.syncWindows`. */
export interface SyncWindow {
  readonly kind: 'allow' | 'deny';
  /** Five fields of cron. */
  readonly schedule: string;
  /** A Go duration: `1h30m`. */
  readonly duration: string;
  /** Globs; a window without any of the three lists concerns nothing. */
  readonly applications: readonly string[];
  readonly clusters: readonly string[];
  readonly namespaces: readonly string[];
  readonly manualSync: boolean;
  /** All lists that are given must match, instead of one. */
  readonly andOperator: boolean;
  readonly timeZone: string;
}

/** The windows of an AppProject as a server sent it. Unknown kinds are dropped. */
export const parseSyncWindows = (project: unknown): readonly SyncWindow[] =>
  list(record(record(project).spec).syncWindows)
    .filter(isRecord)
    .flatMap((window): readonly SyncWindow[] => {
      const kind = text(window.kind);
      if (kind !== 'allow' && kind !== 'deny') return [];
      return [
        {
          kind,
          schedule: text(window.schedule),
          duration: text(window.duration),
          applications: texts(window.applications),
          clusters: texts(window.clusters),
          namespaces: texts(window.namespaces),
          manualSync: flag(window.manualSync),
          andOperator: flag(window.andOperator),
          timeZone: text(window.timeZone) || 'UTC',
        },
      ];
    });

/**
 * Whether the windows let a person's sync of this Application through at this moment, decided as Argo CD decides (rule 10):
 * an active deny window wins, then an active allow window; allow windows that are all closed forbid it; `manualSync` lets it
 * through. Windows that cannot be read forbid nothing here: the server has the last word.
 */
export function allowsSync(windows: readonly SyncWindow[], application: Application, now: Date): boolean {
  const assigned = windows.filter((window) => concerns(window, application));
  const active = assigned.filter((window) => isActive(window, now));
  const denies = active.filter(({ kind }) => kind === 'deny');
  if (denies.length > 0) return denies.every(({ manualSync }) => manualSync);
  const allows = assigned.filter(({ kind }) => kind === 'allow');
  if (allows.length === 0 || active.some(({ kind }) => kind === 'allow')) return true;
  return allows.every(({ manualSync }) => manualSync);
}

/** Whether a window is meant for this Application. */
function concerns(window: SyncWindow, { ref, destination }: Application): boolean {
  const tests = [
    { globs: window.applications, values: [ref.name] },
    { globs: window.clusters, values: [destination.name, destination.server] },
    { globs: window.namespaces, values: [destination.namespace] },
  ]
    .filter(({ globs }) => globs.length > 0)
    .map(({ globs, values }) => globs.some((glob) => values.some((value) => value !== '' && matches(glob, value))));
  if (tests.length === 0) return false;
  return window.andOperator ? tests.every((matched) => matched) : tests.some((matched) => matched);
}

/** Argo CD's globs know no separators: `*` also stands for slashes. */
const matches = (glob: string, value: string): boolean =>
  minimatch(flatten(value), flatten(glob), { dot: true, nocomment: true, nonegate: true, noext: true });

const flatten = (value: string): string => value.replaceAll('/', '\u0001');

/** Whether a start of the schedule lies within the last `duration`. */
function isActive(window: SyncWindow, now: Date): boolean {
  const lengthMs = goDurationMs(window.duration);
  if (lengthMs === undefined) return false;
  try {
    const cron = new Cron(window.schedule, { timezone: window.timeZone, mode: '5-part', paused: true });
    const start = cron.nextRun(new Date(now.getTime() - lengthMs));
    return start !== null && start < now;
  } catch {
    return false;
  }
}

const UNITS_MS: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1_000, ms: 1 };

/** Milliseconds of a Go duration; undefined when it is none. */
function goDurationMs(duration: string): number | undefined {
  let total = 0;
  let read = 0;
  for (const [part, count, unit] of duration.matchAll(/(\d+(?:\.\d+)?)(h|ms|m|s)/gy)) {
    total += Number(count) * (UNITS_MS[unit ?? ''] ?? 0);
    read += part.length;
  }
  return read > 0 && read === duration.length ? total : undefined;
}
