import { type ApplicationRef, refKey } from '../argocd/application.ts';
import { failingResources, resourceName, resourceState } from '../argocd/failing-resources.ts';
import type { VerdictName } from '../argocd/verdict.ts';
import { formatElapsed } from '../lib/duration.ts';
import { oneLine } from '../lib/printable.ts';
import { counted } from '../lib/text.ts';
import type { Emit, Phase, RunEvent } from './events.ts';
import { byReason, wrapped } from './exclusions.ts';
import { createFoldedLines, type FoldedLines } from './folded-lines.ts';
import { heartbeatEveryMs, heartbeatLine } from './heartbeat.ts';
import {
  LOG_EXCLUDED_LINES,
  LOG_FAILURES,
  LOG_FOLDED_LINES,
  LOG_GROUP_LINES,
  LOG_MESSAGE_MAX,
  LOG_OPEN_APPLICATIONS,
  LOG_PASSED_LINES,
  LOG_PLANNED_LINES,
  LOG_RESOURCES,
  LOG_WARNINGS,
} from './limits.ts';
import type { LogWriter } from './log-writer.ts';
import { createNaming, type Naming } from './naming.ts';
import type { ApplicationReport, Problem, Report } from './report.ts';
import { failuresFirst, standingOf } from './standing.ts';
import type { Style } from './style.ts';
import { verdictWords } from './verdict-words.ts';
import { warningText } from './warning-text.ts';

export interface LogOptions {
  /** False: an Application that timed out is a warning. */
  readonly failOnTimeout: boolean;
  /** What Applications become when they pass, for the counts: `healthy`, `synced`, `terminated`. */
  readonly goal: string;
  readonly style: Style;
  /** Takes secrets out of a text. */
  readonly redact: (text: string) => string;
}

export interface Log {
  /** Renders one event. Never throws. */
  readonly emit: Emit;
  /** The end: problems, what failed and why, the slowest, the headline. Closes whatever is open. */
  finish(report: Report): void;
}

/** Phases that end soon are folded. Of the long ones GitHub would hide every failure in a folded group, so they are not. */
const FOLDED: Readonly<Record<Phase, boolean>> = {
  connect: true,
  resolve: true,
  plan: true,
  sync: false,
  terminate: false,
  wait: false,
  report: false,
};

const TITLES: Readonly<Record<Phase, string>> = {
  connect: 'Connect',
  resolve: 'Select Applications',
  plan: 'Plan',
  sync: 'Sync',
  terminate: 'Terminate operations',
  wait: 'Wait',
  report: 'Report',
};

const NAME_COLUMN_MAX = 40;
const LINE_OF_NAMES = 160;
const SLOWEST = 3;

/** `degraded after 12s`. */
const became = (name: VerdictName, durationMs: number): string =>
  verdictWords(name) + (durationMs > 0 ? ` after ${formatElapsed(durationMs)}` : '');

/**
 * Renders a run as log lines.
 *
 * - The short phases (connect, select, plan) are folded groups; the long ones are open, under a heading.
 * - With up to {@link LOG_OPEN_APPLICATIONS} Applications each change is a line in the open. With more, changes are
 *   collected and written as a folded group before each heartbeat: the newest line of each Application, up to a limit;
 *   and what passed as another, all of it.
 * - The same line never comes twice in a row for one Application.
 * - What fails is always told in the open, at once, and again at the end with its resources.
 * - Below 5,000 lines with 1000 Applications, however long it takes.
 */
export const createLog = (writer: LogWriter, options: LogOptions): Log => {
  const { style, goal, failOnTimeout } = options;
  const folded = createFoldedLines(writer, LOG_FOLDED_LINES, LOG_GROUP_LINES);
  const passes = createFoldedLines(writer, LOG_PASSED_LINES, LOG_PASSED_LINES);
  const plans = createFoldedLines(writer, LOG_PLANNED_LINES, LOG_PLANNED_LINES);
  const latest = new Map<string, string>();
  let naming: Naming = ({ name }) => name;
  let large = false;
  let column = 0;
  /** Title of the group that belongs to the phase, `''`: the phase is open. */
  let group = '';
  let isOpen = false;
  let warnings = 0;
  let beatAtMs = Number.NEGATIVE_INFINITY;

  const clean = (text: string): string => oneLine(options.redact(text), LOG_MESSAGE_MAX);
  const nameOf = (ref: ApplicationRef): string => clean(naming(ref));
  const padded = (ref: ApplicationRef): string => nameOf(ref).padEnd(column);

  const closeGroup = (): void => {
    if (isOpen) writer.close();
    isOpen = false;
  };
  const flush = (): void => {
    closeGroup();
    plans.flush((count) => `Wanted of ${counted(count, 'Application')}`);
    folded.flush((count) => `${count} ${count === 1 ? 'change' : 'changes'}`);
    passes.flush((count) => `${counted(count, 'Application')} passed`);
  };
  /** A line that nobody may miss. */
  const inTheOpen = (text: string): void => {
    closeGroup();
    writer.line(text);
  };
  /** A line that belongs to the phase: into its group where it has one. */
  const inPhase = (text: string): void => {
    if (group !== '' && !isOpen) {
      writer.open(group);
      isOpen = true;
    }
    writer.line(text);
  };
  /** A line about one Application. `facts`: the same for the same line. */
  const about = (
    ref: ApplicationRef,
    facts: string,
    text: () => string,
    store: FoldedLines,
    replaces: boolean,
  ): void => {
    const key = refKey(ref);
    if (latest.get(key) === facts) return;
    latest.set(key, facts);
    // How it ended says more than how it was a moment ago.
    if (store === passes) folded.drop(key);
    const line = (): string => `${padded(ref)}  ${text()}`.trimEnd();
    if (group !== '' || !large) {
      inPhase(line());
      return;
    }
    // All of what passed is written, most of it at the end, where everybody waits: so it is made now.
    const made = store === passes ? line() : undefined;
    store.add(made === undefined ? line : () => made, replaces ? key : undefined);
  };

  const selected = (event: Extract<RunEvent, { kind: 'selected' }>): void => {
    const { refs, excluded } = event;
    naming = createNaming(refs);
    large = refs.length > LOG_OPEN_APPLICATIONS;
    column = Math.min(NAME_COLUMN_MAX, Math.max(0, ...refs.map((ref) => naming(ref).length)));
    const looked = clean(event.looked);
    if (looked !== '') inPhase(`Looked at ${looked}`);
    const lines = byReason(excluded, naming).flatMap(({ reason, names }) => [
      `Excluded, ${clean(reason)} (${names.length}):`,
      ...wrapped(names.map(clean), LINE_OF_NAMES).map((line) => `  ${style.mute(line)}`),
    ]);
    for (const line of lines.slice(0, LOG_EXCLUDED_LINES)) inPhase(line);
    if (lines.length > LOG_EXCLUDED_LINES) {
      inPhase(`… ${excluded.length} excluded in all; the others and their reasons are in the report file`);
    }
    inTheOpen(
      style.highlight(
        `${counted(refs.length, 'Application')} selected${excluded.length > 0 ? `, ${excluded.length} excluded` : ''}`,
      ),
    );
  };

  const changed = (event: Extract<RunEvent, { kind: 'changed' }>): void => {
    const { syncStatus, healthStatus, phase = '' } = event;
    const text = (): string => {
      const wanted = clean(event.wanted);
      const message = clean(event.message);
      const more = [wanted, message === '' || wanted.includes(message) ? '' : style.mute(message)];
      return [
        syncStatus.padEnd(9),
        healthStatus.padEnd(11),
        phase.padEnd(11),
        more.filter((part) => part !== '').join('  '),
      ]
        .join('  ')
        .trimEnd();
    };
    about(event.ref, `${syncStatus} ${healthStatus} ${phase} ${event.wanted}\n${event.message}`, text, folded, true);
  };

  const verdict = (event: Extract<RunEvent, { kind: 'verdict' }>): void => {
    const { ref, passed, durationMs } = event;
    const { name, message, hint } = event.verdict;
    const words = became(name, durationMs);
    const cause = clean(message);
    if (passed && name !== 'timed-out') {
      const why = name === 'healthy' || name === 'synced' || cause === '' ? '' : `  ${style.mute(cause)}`;
      about(ref, `✓ ${words} ${cause}`, () => `✓ ${words}${why}`, passes, true);
      return;
    }
    const said = `${padded(ref)}  ${passed ? '!' : '✗'} ${words}${cause === '' ? '' : `: ${cause}`}`;
    latest.set(refKey(ref), said);
    inTheOpen(style.highlight(said));
    const next = clean(hint);
    if (next !== '' && !large) writer.line(`    → ${next}`);
  };

  const heartbeat = (event: Extract<RunEvent, { kind: 'heartbeat' }>): void => {
    const { counts, elapsedMs, timeoutMs, waitingFor } = event;
    // A little tolerance: timers are never exact.
    if (elapsedMs - beatAtMs < heartbeatEveryMs(elapsedMs) * 0.9) return;
    beatAtMs = elapsedMs;
    flush();
    writer.line(style.highlight(heartbeatLine(counts, goal, elapsedMs, timeoutMs)));
    if (waitingFor.length > 0) {
      const slow = waitingFor.map(({ ref, wanted }) => `${nameOf(ref)} (${clean(wanted)})`);
      writer.line(style.mute(`  longest: ${slow.join(', ')}`));
    }
  };

  const emit: Emit = (event) => {
    switch (event.kind) {
      case 'phase':
        flush();
        group = FOLDED[event.phase] ? TITLES[event.phase] : '';
        if (group === '' && event.phase !== 'report') writer.line(style.highlight(TITLES[event.phase]));
        return;
      case 'connected':
        return inPhase(clean(event.description));
      case 'selected':
        return selected(event);
      case 'planned':
        return about(event.ref, `→ ${event.wanted}`, () => `→ ${clean(event.wanted)}`, plans, true);
      case 'triggered':
        // Of many it says nothing that the heartbeats' counts do not say.
        if (large) return;
        return about(event.ref, event.id, () => `sync accepted ${style.mute(clean(event.id))}`, folded, true);
      case 'changed':
        return changed(event);
      case 'note':
        return about(event.ref, event.text, () => clean(event.text), folded, false);
      case 'verdict':
        return verdict(event);
      case 'heartbeat':
        return heartbeat(event);
      case 'warning':
        warnings += 1;
        if (warnings <= LOG_WARNINGS) inTheOpen(`! ${clean(event.text)}`);
        return;
    }
  };

  const problem = ({ title, message, hint, causes }: Problem): void => {
    const [head, what, next] = [clean(title), clean(message), clean(hint)];
    writer.line(style.highlight(`✗ ${head}`));
    if (what !== '' && what !== head) writer.line(`    ${what}`);
    for (const cause of causes.slice(0, LOG_RESOURCES)) writer.line(`    ${style.mute(`caused by: ${clean(cause)}`)}`);
    if (next !== '') writer.line(`    → ${next}`);
  };

  const failure = (application: ApplicationReport): void => {
    const { verdict: name, message, hint, durationMs, url } = application;
    const [cause, next, address] = [clean(message), clean(hint), clean(url)];
    const mark = name === 'timed-out' && !failOnTimeout ? '!' : '✗';
    const head = `${mark} ${nameOf(application)}  ${became(name, durationMs)}`;
    writer.line(style.highlight(head) + (cause === '' ? '' : `: ${cause}`));
    const resources = failingResources(application.resources);
    for (const resource of resources.slice(0, LOG_RESOURCES)) {
      const text = clean(resource.message);
      writer.line(
        `    ${clean(resourceName(resource))}  ${clean(resourceState(resource))}${text === '' ? '' : `: ${text}`}`,
      );
    }
    if (resources.length > LOG_RESOURCES) writer.line(`    … and ${resources.length - LOG_RESOURCES} more resources`);
    for (const resource of application.unhealthy.slice(0, LOG_RESOURCES)) {
      const text = clean(resource.message);
      writer.line(`    ${clean(resourceName(resource))}  ${resource.health}${text === '' ? '' : `: ${text}`}`);
    }
    for (const event of application.events.slice(0, LOG_RESOURCES)) {
      writer.line(`    ${style.mute(`warning  ${clean(warningText(event))}`)}`);
    }
    if (next !== '') writer.line(`    → ${next}`);
    if (address !== '') writer.line(`    ${style.mute(address)}`);
  };

  const finish = (report: Report): void => {
    flush();
    group = '';
    naming = createNaming(report.applications);
    const unwritten = folded.unwritten + passes.unwritten;
    if (unwritten > 0) {
      writer.line(
        style.mute(
          `${unwritten} changes are not shown; what became of each Application is in the job summary and the report file`,
        ),
      );
    }
    const bad = failuresFirst(report.applications).filter(({ verdict: name }) => standingOf(name) !== 'passed');
    if (report.problems.length > 0 || bad.length > 0) writer.line('');
    for (const one of report.problems.slice(0, LOG_FAILURES)) problem(one);
    if (report.problems.length > LOG_FAILURES)
      writer.line(`… and ${report.problems.length - LOG_FAILURES} more problems`);
    for (const one of bad.slice(0, LOG_FAILURES)) failure(one);
    if (bad.length > LOG_FAILURES) {
      writer.line(
        `… and ${bad.length - LOG_FAILURES} more that did not pass: see the lines above, the job summary and the report file`,
      );
    }
    writer.line('');
    const slowest = report.applications.toSorted((a, b) => b.durationMs - a.durationMs).slice(0, SLOWEST);
    if (report.applications.length > 1) {
      const told = slowest.filter(({ durationMs }) => durationMs > 0);
      if (told.length > 0) {
        writer.line(
          style.mute(`Slowest: ${told.map((one) => `${nameOf(one)} ${formatElapsed(one.durationMs)}`).join(', ')}`),
        );
      }
    }
    writer.line(style.highlight(clean(report.headline)));
  };

  return { emit, finish };
};
