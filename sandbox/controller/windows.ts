import { isObject } from '../state/json.ts';
import type { StoredObject } from '../types.ts';
import { durationMs, readSpec } from './application.ts';
import type { SyncWindow, SyncWindowState } from './controller.ts';
import { globMatches } from './glob.ts';

/**
 * The sync windows an AppProject holds for an Application at a moment, decided as Argo CD decides: an active deny window
 * wins, then an active allow window; allow windows that are all closed block; `manualSync` lets a person through.
 *
 * @param automated whether auto-sync asks, which `manualSync` does not help
 */
export function syncWindowState(
  project: StoredObject | undefined,
  application: StoredObject,
  clusterNames: readonly string[],
  nowMs: number,
  automated = false,
): SyncWindowState {
  const assigned = windowsOf(project).filter((window) => applies(window, application, clusterNames));
  const active = assigned.filter((window) => isActive(window, nowMs));
  const everyManual = (kind: string, from: readonly Window[]): boolean =>
    from.filter((window) => window.kind === kind).every((window) => window.manualSync);
  const has = (kind: string, from: readonly Window[]): boolean => from.some((window) => window.kind === kind);

  let canSync = true;
  if (has('deny', active)) canSync = !automated && everyManual('deny', active);
  else if (!has('allow', active) && has('allow', assigned)) canSync = !automated && everyManual('allow', assigned);
  return { active: active.map(show), assigned: assigned.map(show), canSync };
}

interface Window extends SyncWindow {
  readonly applications: readonly string[];
  readonly namespaces: readonly string[];
  readonly clusters: readonly string[];
  readonly all: boolean;
  readonly timeZone: string;
}

const show = ({ kind, schedule, duration, manualSync }: Window): SyncWindow => ({
  kind,
  schedule,
  duration,
  manualSync,
});

const texts = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

function windowsOf(project: StoredObject | undefined): readonly Window[] {
  const spec = project?.spec;
  const list = isObject(spec) && Array.isArray(spec.syncWindows) ? spec.syncWindows : [];
  return list.filter(isObject).map((window) => ({
    kind: text(window.kind),
    schedule: text(window.schedule),
    duration: text(window.duration),
    manualSync: window.manualSync === true,
    applications: texts(window.applications),
    namespaces: texts(window.namespaces),
    clusters: texts(window.clusters),
    all: window.andOperator === true,
    timeZone: text(window.timeZone) || 'UTC',
  }));
}

function applies(window: Window, application: StoredObject, clusterNames: readonly string[]): boolean {
  const { destination } = readSpec(application);
  const any = (globs: readonly string[], values: readonly string[]): boolean =>
    globs.some((glob) => values.some((value) => globMatches(glob, value)));
  const tests = [
    { globs: window.applications, values: [application.metadata.name] },
    { globs: window.namespaces, values: [destination.namespace] },
    { globs: window.clusters, values: [destination.server, destination.name, ...clusterNames].filter((v) => v !== '') },
  ].filter((test) => test.globs.length > 0);
  if (tests.length === 0) return false;
  return window.all
    ? tests.every(({ globs, values }) => any(globs, values))
    : tests.some(({ globs, values }) => any(globs, values));
}

/** Whether a start of the schedule lies within the last `duration`. */
function isActive(window: Window, nowMs: number): boolean {
  const cron = parseCron(window.schedule);
  const length = durationMs(window.duration);
  if (cron === undefined || length === undefined) return false;
  const minute = 60_000;
  for (let start = nowMs - (nowMs % minute); start > nowMs - length; start -= minute)
    if (cronMatches(cron, start, window.timeZone)) return true;
  return false;
}

/** Minute, hour, day of month, month, day of week; undefined means every. */
type Cron = readonly (ReadonlySet<number> | undefined)[];

const RANGES: readonly (readonly [number, number])[] = [
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 7],
];

function parseCron(schedule: string): Cron | undefined {
  const fields = schedule.trim().split(/\s+/);
  if (fields.length !== 5) return undefined;
  const cron: (ReadonlySet<number> | undefined)[] = [];
  for (const [index, field] of fields.entries()) {
    const range = RANGES[index];
    if (range === undefined) return undefined;
    if (field === '*' || field === '?') {
      cron.push(undefined);
      continue;
    }
    const values = new Set<number>();
    for (const item of field.split(',')) {
      const match = /^(?:\*|(\d+)(?:-(\d+))?)(?:\/(\d+))?$/.exec(item);
      if (match === null) return undefined;
      const from = match[1] === undefined ? range[0] : Number(match[1]);
      const to = match[2] !== undefined ? Number(match[2]) : match[1] === undefined || match[3] ? range[1] : from;
      const step = Number(match[3] ?? 1);
      if (step < 1) return undefined;
      for (let value = from; value <= to; value += step) values.add(index === 4 ? value % 7 : value);
    }
    cron.push(values);
  }
  return cron;
}

function cronMatches(cron: Cron, timeMs: number, timeZone: string): boolean {
  const time = new Date(timeMs);
  const parts =
    timeZone === 'UTC'
      ? [time.getUTCMinutes(), time.getUTCHours(), time.getUTCDate(), time.getUTCMonth() + 1, time.getUTCDay()]
      : zoned(time, timeZone);
  const fits = (index: number): boolean => cron[index]?.has(parts[index] ?? -1) ?? true;
  // As in cron: day of month and day of week are alternatives when both are restricted.
  const day = cron[2] !== undefined && cron[4] !== undefined ? fits(2) || fits(4) : fits(2) && fits(4);
  return fits(0) && fits(1) && fits(3) && day;
}

function zoned(time: Date, timeZone: string): readonly number[] {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    minute: 'numeric',
    hour: 'numeric',
    day: 'numeric',
    month: 'numeric',
    weekday: 'short',
  });
  const parts = Object.fromEntries(format.formatToParts(time).map(({ type, value }) => [type, value]));
  const weekday = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'].indexOf(parts.weekday ?? '');
  return [Number(parts.minute), Number(parts.hour), Number(parts.day), Number(parts.month), weekday];
}
