import {
  type Application,
  isTerminal,
  operationId,
  refKey,
  SKIP_RECONCILE_ANNOTATION,
} from '../src/argocd/application.ts';
import { PASSING } from '../src/argocd/verdict.ts';
import { isRecord } from '../src/lib/json.ts';
import { OUTPUT_NAMES, toOutputs } from '../src/report/outputs.ts';
import type { ApplicationReport, Report } from '../src/report/report.ts';
import type { StoryApplication } from './applications.ts';
import { isOurs, operationsOf, type SeenOperation } from './operations.ts';
import type { Moment, Played } from './play.ts';
import { isLook, isRead, writtenBy } from './requests.ts';
import { covers, type Stretch, smooth, stretches, touches, wasSeen } from './timeline.ts';
import { deliveryMs, lagMs, mayMissStates } from './tolerances.ts';
import { nameOf, namespaceOf } from './world.ts';

/** A rule that a run broke. */
export interface Violation {
  readonly rule: string;
  /** `namespace/name`, `''`: the run as a whole. */
  readonly application: string;
  readonly what: string;
}

/** After the time-out, or the cancellation, the report is there within this. */
const END_WITHIN_MS = 5_000;
/** What is plain to see for this long is seen, when nothing goes wrong. */
const SEEN_WITHIN_MS = 15_000;

/** Steps in which the time before a verdict is tried for the moment of its last look. */
const LOOKS = 10;
/** Timers may be a little early. */
const TICK_MS = 5;

/** Checks everything that must hold after any story. Empty: nothing is wrong. */
export function violations(played: Played): readonly Violation[] {
  const { report } = played;
  const whole = wholeRun(played);
  if (report === undefined) return whole;
  return [...whole, ...reportRules(played, report), ...report.applications.flatMap((one) => verdictRules(played, one))];
}

const whole = (rule: string, what: string): Violation => ({ rule, application: '', what });

function wholeRun(played: Played): readonly Violation[] {
  const { story, report, startedMs, endedMs, unhandled, leftovers, requests } = played;
  const found: Violation[] = [];
  if (report === undefined) found.push(whole('the run ends', played.stuck));
  const deadline = startedMs + story.inputs.timeoutMs;
  if (endedMs > deadline + END_WITHIN_MS)
    found.push(whole('it ends by the deadline', `${endedMs} ms, time-out ${deadline}`));
  const cancelAtMs = story.cancelAtMs === null ? null : startedMs + story.cancelAtMs;
  if (cancelAtMs !== null && endedMs > cancelAtMs + END_WITHIN_MS)
    found.push(whole('it ends soon after a cancellation', `${endedMs} ms, cancelled at ${cancelAtMs}`));
  for (const one of unhandled) found.push(whole('no unhandled rejection', one));
  for (const one of leftovers) found.push(whole('nothing is left running', one));
  for (const request of requests) {
    if (isRead(request)) continue;
    const what = writtenBy(request);
    const { command } = story.inputs;
    if (what === undefined)
      found.push(
        whole('only operations and refreshes are written', `${request.method} ${request.path} ${request.body}`),
      );
    if (
      (command === 'plan' && what !== undefined) ||
      (command !== 'sync' && what === 'sync') ||
      (command === 'wait' && what === 'terminate')
    )
      found.push(
        whole(`command ${command} writes nothing of the kind`, `${request.method} ${request.path} ${request.body}`),
      );
  }
  return found;
}

function reportRules({ story, events, timelines }: Played, report: Report): readonly Violation[] {
  const found: Violation[] = [];
  const keys = report.applications.map(refKey);
  if (new Set(keys).size !== keys.length) found.push(whole('one verdict each', `twice in the report: ${keys.join()}`));
  story.applications.forEach((one, index) => {
    const key = `${namespaceOf(story, index)}/${nameOf(index)}`;
    const left =
      one.rivals.some(({ who }) => who === 'deletes' || who === 'edits-labels') && story.targeting !== 'names';
    if (!keys.includes(key) && report.problems.length === 0 && !left)
      found.push(whole('one verdict each', `${key} has none`));
  });
  if (report.problems.length > 0 && story.faults.length === 0 && story.cancelAtMs === null) {
    const gone = [...timelines.values()].some((moments) =>
      moments.some(({ shown }) => shown === undefined || shown.labels.team !== 'a'),
    );
    if (!gone) found.push(whole('no problem without a cause', JSON.stringify(report.problems)));
  }
  for (const { name, namespace, verdict } of report.applications) {
    const told = events.flatMap(({ event }) =>
      event.kind === 'verdict' && event.ref.name === name && event.ref.namespace === namespace
        ? [event.verdict.name]
        : [],
    );
    if (told.join() !== verdict)
      found.push({
        rule: 'one verdict each',
        application: `${namespace}/${name}`,
        what: `told ${told.join()}, reported ${verdict}`,
      });
  }
  return [...found, ...outputRules(report)];
}

function outputRules(report: Report): readonly Violation[] {
  const found: Violation[] = [];
  const outputs: Readonly<Record<string, string>> = { ...toOutputs(report, '/tmp/report.json') };
  for (const name of OUTPUT_NAMES)
    if (outputs[name] === undefined) found.push(whole('outputs are complete', `${name} is missing`));
  const parse = (name: string): readonly unknown[] => {
    try {
      const value: unknown = JSON.parse(outputs[name] ?? '');
      if (Array.isArray(value)) return value;
    } catch {
      // Told below.
    }
    found.push(whole('outputs are JSON', `${name}: ${outputs[name]}`));
    return [];
  };
  const count = report.applications.length;
  if (parse('applications').filter(isRecord).length !== count)
    found.push(whole('outputs are complete', 'applications'));
  if (parse('names').length !== count || outputs.count !== String(count))
    found.push(whole('outputs are complete', 'names'));
  const standings = [...parse('passed'), ...parse('failed'), ...parse('timed-out')];
  if (standings.length !== count || new Set(standings).size !== count)
    found.push(whole('every Application is in one of passed, failed and timed-out', standings.join()));
  const failing = report.applications.some(
    ({ verdict }) => verdict !== 'timed-out' && !(PASSING as readonly string[]).includes(verdict),
  );
  if (report.result === 'succeeded' && (failing || report.applications.some(({ verdict }) => verdict === 'timed-out')))
    found.push(whole('green only when everything passed', report.headline));
  return found;
}

// --- one Application ---------------------------------------------------------------------------------------------

interface Facts {
  readonly played: Played;
  readonly one: StoryApplication;
  readonly report: ApplicationReport;
  readonly moments: readonly Moment[];
  readonly operations: readonly SeenOperation[];
  /** When the verdict was told. */
  readonly atMs: number;
  /** Times up to which the run may have looked last. */
  readonly looks: readonly number[];
  readonly fail: (rule: string, what: string) => Violation;
}

function verdictRules(played: Played, report: ApplicationReport): readonly Violation[] {
  const key = refKey(report);
  const { story } = played;
  const index = story.applications.findIndex((_, at) => `${namespaceOf(story, at)}/${nameOf(at)}` === key);
  const one = story.applications[index];
  const moments = played.timelines.get(key) ?? [];
  const fail = (rule: string, what: string): Violation => ({ rule, application: key, what });
  const told = played.events.find(({ event }) => event.kind === 'verdict' && refKey(event.ref) === key);
  if (one === undefined || told === undefined) return [fail('only what was selected', report.verdict)];
  const delivery = deliveryMs(story);
  const looks = [
    ...Array.from({ length: LOOKS + 1 }, (_, step) => told.atMs - (delivery * step) / LOOKS),
    ...(story.faults.length === 0
      ? []
      : played.requests
          .filter(
            (request) => isLook(request, report.name) && request.atMs <= told.atMs && request.atMs > told.atMs - 90_000,
          )
          .map((request) => request.atMs)),
  ];
  const facts: Facts = {
    played,
    one,
    report,
    moments,
    operations: operationsOf(moments),
    atMs: told.atMs,
    looks,
    fail,
  };
  return [...requestRules(facts), ...verdictRule(facts), ...liveness(facts)];
}

/** Never two operations for one request; only what is ours is ended. */
function requestRules({ played, one, report, operations, fail }: Facts): readonly Violation[] {
  const found: Violation[] = [];
  const ours = operations.filter(({ id }) => isOurs(id));
  const ids = new Set(ours.map(({ id }) => id));
  if (ids.size !== ours.length)
    found.push(fail('one operation for one request', `set more than once: ${ours.map(({ id }) => id).join()}`));
  const [first] = ours;
  const raced =
    first?.end !== undefined &&
    /namespaces "[^"]+" already exists/.test(first.end.state.message) &&
    report.notes.some((note) => note.includes('made the namespace'));
  if (ids.size > (raced ? 2 : 1)) found.push(fail('one operation for one Application', [...ids].join()));
  if (report.operationId !== '' && !operations.some(({ id }) => id === report.operationId)) {
    // A request whose answer never came may not have been carried out.
    const unsure = report.verdict === 'timed-out' || report.verdict === 'cancelled' || played.story.faults.length > 0;
    if (!unsure) found.push(fail('the reported operation exists', report.operationId));
  }
  const { inputs } = played.story;
  if (!one.rivals.some(({ who }) => who === 'terminates')) {
    for (const { id, terminated } of operations) {
      if (!terminated) continue;
      const left = isOurs(id) && (inputs.onCancel === 'terminate' || inputs.onTimeout === 'terminate');
      const asked = inputs.command === 'terminate' || (inputs.onRunningOperation === 'terminate' && !isOurs(id));
      if (!left && !asked) found.push(fail('only own operations are ended', `${id || 'somebody'} was terminated`));
    }
  }
  return found;
}

const ended = (
  operations: readonly SeenOperation[],
  fits: (operation: SeenOperation) => boolean,
  atMs: number,
): SeenOperation | undefined =>
  operations.findLast((operation) => operation.end !== undefined && operation.end.atMs <= atMs && fits(operation));

/** What a sync of ours brought, and when it was seen to: its end, or, when that was overwritten, its entry in the history. */
function success(facts: Facts): { readonly atMs: number; readonly revisions: readonly string[] } | undefined {
  const end = subject(facts)?.end;
  if (end !== undefined) {
    if (end.state.phase !== 'Succeeded') return undefined;
    return { atMs: end.atMs, revisions: end.state.syncResult?.revisions ?? [] };
  }
  const { moments, atMs } = facts;
  const starts = new Set(
    moments.flatMap(({ shown }) =>
      isOurs(operationId(shown?.operationState?.operation) ?? '') ? [shown?.operationState?.startedAt] : [],
    ),
  );
  const before = new Set((moments[0]?.shown?.history ?? []).map(({ id }) => id));
  for (const moment of moments) {
    const entry = moment.shown?.history.find(
      ({ id, deployStartedAt }) => !before.has(id) && starts.has(deployStartedAt),
    );
    if (entry !== undefined && moment.atMs <= atMs) return { atMs: moment.atMs, revisions: entry.revisions };
  }
  return undefined;
}

const isJoined = ({ played, report }: Facts): boolean =>
  played.story.inputs.onRunningOperation === 'join' && report.notes.some((note) => note.startsWith('joining'));

/** The operation that the verdict is about: our own; for a joined one any other that was there before. */
function subject(facts: Facts): SeenOperation | undefined {
  const { operations, atMs } = facts;
  const own = ended(operations, ({ id }) => isOurs(id), atMs);
  if (own !== undefined) return own;
  return isJoined(facts) ? ended(operations, () => true, atMs) : undefined;
}

function verdictRule(facts: Facts): readonly Violation[] {
  const { report, fail, moments, atMs, operations, one, played } = facts;
  const { story } = played;
  const { inputs } = story;
  const until = (fits: (moment: Moment) => boolean): boolean =>
    moments.some((moment) => moment.atMs <= atMs && fits(moment));
  const said = `${report.verdict}: ${report.message}`;
  switch (report.verdict) {
    case 'healthy':
      return healthyRule(facts);
    case 'degraded':
      return degradedRule(facts);
    case 'synced':
      return success(facts) !== undefined ? [] : [fail('synced only if our operation succeeded', said)];
    case 'sync-failed': {
      // Fields of the state before may stay in a state, its author among them: whose it was is not asked.
      const someFailed = ({ shown }: Moment): boolean =>
        shown?.operationState?.phase === 'Failed' || shown?.operationState?.phase === 'Error';
      const failed =
        inputs.command === 'wait'
          ? until(someFailed)
          : (subject(facts)?.end?.state.phase ?? 'Succeeded') !== 'Succeeded';
      const refused =
        !operations.some(({ id }) => isOurs(id)) && /unable to resolve|does not exist in/.test(report.message);
      // An operation that leaves what it was not allowed to prune has not done what was asked.
      const leftover = ({ shown }: Moment): boolean =>
        shown?.sync.status === 'OutOfSync' && shown.resources.some((resource) => resource.requiresPruning);
      const unpruned =
        (inputs.command === 'wait' || success(facts) !== undefined) &&
        report.message.startsWith('synced, but not everything was pruned') &&
        facts.looks.some((look) => wasSeen(moments, look, atMs, leftover));
      return refused || unpruned || failed ? [] : [fail('sync-failed only if our operation failed', said)];
    }
    case 'triggered': {
      const joined = isJoined(facts) && operations.length > 0;
      return joined || operations.some(({ id }) => isOurs(id)) ? [] : [fail('triggered only if it was accepted', said)];
    }
    case 'terminated':
    case 'unchanged': {
      const idle = ({ shown }: Moment): boolean => shown?.operation === undefined;
      const free = facts.looks.some((look) => wasSeen(moments, look, atMs, idle));
      return free ? [] : [fail('terminated only if nothing runs', said)];
    }
    case 'planned':
      return inputs.command === 'plan' ? [] : [fail('planned only by plan', said)];
    case 'deleted':
      return until(({ shown }) => shown === undefined || shown.deleting) ? [] : [fail('deleted only if it is', said)];
    case 'not-found':
      return until(({ shown }) => shown === undefined) ? [] : [fail('not found only if it is not there', said)];
    case 'forbidden':
      return story.transport === 'argocd' && until(({ shown }) => shown === undefined)
        ? []
        : [fail('forbidden only if it is', said)];
    case 'conflict': {
      const others = operations.some(({ id }) => !isOurs(id));
      const stuck = until(
        ({ shown }) =>
          shown?.operationState !== undefined &&
          shown.operation === undefined &&
          !isTerminal(shown.operationState.phase),
      );
      const removed = operations.some(({ end, goneMs }) => goneMs !== undefined && goneMs <= atMs && end === undefined);
      return others || stuck || removed ? [] : [fail('conflict only with somebody', said)];
    }
    case 'blocked':
    case 'skipped':
      return one.project === 'closed' ? [] : [fail('blocked only by a window', said)];
    case 'mismatch': {
      const automated = until(({ shown }) => shown?.syncPolicy.automated === true);
      const unexpected = inputs.expected !== '' && success(facts) !== undefined;
      return (automated && inputs.revision !== '') || unexpected
        ? []
        : [fail('mismatch only if something differs', said)];
    }
    case 'timed-out':
      return atMs >= played.startedMs + inputs.timeoutMs ? [] : [fail('timed out only after the time-out', said)];
    case 'cancelled': {
      const cancelled = story.cancelAtMs !== null && played.startedMs + story.cancelAtMs <= atMs;
      return cancelled || inputs.failFast ? [] : [fail('cancelled only if it was', said)];
    }
    case 'error': {
      const named =
        story.faults.length > 0 ||
        (one.sources > 1 && inputs.revision !== '') ||
        until(
          ({ shown }) =>
            shown !== undefined &&
            (shown.conditions.length > 0 || shown.annotations[SKIP_RECONCILE_ANNOTATION] === 'true'),
        );
      return named ? [] : [fail('no error without a cause', said)];
    }
  }
}

const wantedHealth = (status: string, suspended: 'wait' | 'pass'): boolean =>
  status === 'Healthy' || (status === 'Suspended' && suspended === 'pass');

const isIdle = ({ operation, operationState }: Application): boolean =>
  operation === undefined && (operationState === undefined || isTerminal(operationState.phase));

/** The truth from `fromMs` to `toMs`, as far as a status that lags can show it. */
const heldTruly = (real: readonly Stretch[], fromMs: number, toMs: number, lag: number): boolean =>
  fromMs + lag < toMs - lag
    ? covers(smooth(real, lag), fromMs + lag, toMs - lag)
    : touches(real, Math.min(fromMs, toMs - lag), toMs);

/** The status was as wanted for `healthy-for`, and so was the truth. */
function healthyRule(facts: Facts): readonly Violation[] {
  const { report, fail, moments, played, one, looks, atMs, operations } = facts;
  const { story } = played;
  const { inputs } = story;
  const about = inputs.command === 'wait' ? undefined : success(facts);
  if (inputs.command !== 'wait' && about === undefined)
    return [fail('healthy only after our operation succeeded', report.message)];
  const revisions = about?.revisions ?? [];
  // The target may have been edited before the sync.
  const setMs = operations.findLast(({ id }) => isOurs(id))?.setMs ?? 0;
  const target = moments.findLast((moment) => moment.atMs <= setMs)?.shown?.sources[0]?.targetRevision ?? one.target;
  const toTarget = inputs.revision === '' || inputs.revision === target || inputs.command === 'wait';
  const needSynced = inputs.requireSynced && toTarget;

  const shown = stretches(moments, ({ shown: application }) => {
    if (application === undefined || !isIdle(application)) return false;
    if (!wantedHealth(application.health.status, inputs.suspended) || application.sync.status === 'Unknown')
      return false;
    return !needSynced || application.sync.status === 'Synced';
  });
  const real = stretches(moments, ({ truth }) => {
    if (truth === undefined || !wantedHealth(truth.health, inputs.suspended)) return false;
    // Partial syncs, self-heal among them, may bring everything to the target piece by piece.
    const runs = truth.synced && truth.target.join() === revisions.join() ? truth.target : truth.revisions;
    if (revisions.length > 0 && runs.join() !== revisions.join()) return false;
    return !needSynced || truth.intact || truth.synced;
  });
  const lag = lagMs(story, one);
  const delivery = deliveryMs(story);
  const since = about?.atMs ?? 0;
  const holds = (look: number): boolean => {
    const from = Math.max(look - inputs.healthyForMs + TICK_MS, since);
    if (mayMissStates(story))
      return (
        touches(shown, from - delivery, from) &&
        touches(shown, look - delivery, look) &&
        touches(real, look - lag - delivery, look)
      );
    return covers(shown, from, look) && heldTruly(real, from, look, lag);
  };
  if (looks.some(holds)) return [];
  const rule = looks.some((look) => touches(real, look - lag, look))
    ? 'healthy only if it held for healthy-for'
    : 'healthy only if it is';
  return [fail(rule, `at ${atMs}: ${report.message}; shown ${JSON.stringify(shown)}, truly ${JSON.stringify(real)}`)];
}

function degradedRule(facts: Facts): readonly Violation[] {
  const { report, fail, moments, played, one, looks, atMs } = facts;
  const { story } = played;
  const grace = story.inputs.degradedTimeoutMs;
  if (grace === null) return [fail('degraded only if asked for', report.message)];
  const shown = stretches(moments, (moment) => moment.shown?.health.status === 'Degraded');
  const real = stretches(moments, ({ truth }) => truth?.health === 'Degraded');
  const lag = lagMs(story, one);
  const delivery = deliveryMs(story);
  const holds = (look: number): boolean => {
    const from = look - grace + TICK_MS;
    if (mayMissStates(story) || grace <= delivery)
      return touches(shown, look - delivery, look + delivery) && touches(real, look - lag - delivery, look + delivery);
    return covers(shown, from, look) && heldTruly(real, from, look, lag);
  };
  if (looks.some(holds)) return [];
  return [
    fail(
      'degraded only if it is',
      `at ${atMs}: ${report.message}; shown ${JSON.stringify(shown)}, truly ${JSON.stringify(real)}`,
    ),
  ];
}

/**
 * Another operation tried another revision after ours and failed half-way, and the Application is compared with another one
 * than ours now: nobody can tell what of the two runs.
 */
function isContested({ operations, moments, atMs }: Facts, about: SeenOperation): boolean {
  const ours = about.end?.state.syncResult?.revisions.join();
  const last = moments.findLast((moment) => moment.atMs <= atMs)?.shown;
  if (last === undefined || last.sync.revisions.join() === ours) return false;
  return operations.some(({ setMs, end }) => {
    if (end === undefined || end.state.phase === 'Succeeded' || setMs < about.setMs || end.atMs > atMs) return false;
    const revisions = end.state.syncResult?.revisions ?? [];
    return revisions.length > 0 && revisions.join() !== ours;
  });
}

/** A gate that never opens is wrong too: what was plain to see for long does not time out. */
function liveness(facts: Facts): readonly Violation[] {
  const { report, fail, moments, played, one, atMs, operations } = facts;
  const { story } = played;
  const { inputs } = story;
  if (
    report.verdict !== 'timed-out' ||
    story.faults.length > 0 ||
    (inputs.command !== 'sync' && inputs.command !== 'wait')
  )
    return [];
  const about = inputs.command === 'wait' ? operations.at(-1) : subject(facts);
  // After a namespace race the second one counts.
  const endedMs = operations.findLast(({ id }) => isOurs(id))?.end?.atMs ?? Number.POSITIVE_INFINITY;
  const goesOn = endedMs > atMs && !isJoined(facts);
  if (inputs.command === 'sync' && (about?.end === undefined || goesOn)) return [];
  const endMs = about?.end?.atMs ?? about?.goneMs ?? 0;
  const patience = SEEN_WITHIN_MS + (inputs.watch ? 0 : 2 * inputs.pollIntervalMs);
  if (inputs.command === 'sync' && (!inputs.waitUntilHealthy || about?.end?.state.phase !== 'Succeeded'))
    return atMs - endMs > patience && isOurs(about?.id ?? '')
      ? [fail('an end that is there is seen', `ended at ${endMs}, timed out at ${atMs}`)]
      : [];
  // Only the history says what runs, and an Application that nobody synced has none.
  if (inputs.command === 'wait' && inputs.expected !== '') return [];
  if (about !== undefined && isContested(facts, about)) return [];
  const dead = one.ignored || moments.some(({ shown }) => shown?.annotations[SKIP_RECONCILE_ANNOTATION] === 'true');
  if (dead) return [];
  const isGood = ({ shown }: Moment): boolean =>
    shown !== undefined &&
    isIdle(shown) &&
    wantedHealth(shown.health.status, inputs.suspended) &&
    shown.sync.status === 'Synced';
  const badMs = moments.findLast((moment) => moment.atMs <= atMs && !isGood(moment))?.atMs ?? 0;
  const last = moments.findLast((moment) => moment.atMs <= atMs);
  const good = last !== undefined && isGood(last);
  const long = good && atMs - Math.max(badMs, endMs) > inputs.healthyForMs + patience;
  return long
    ? [fail('health that is there is seen', `timed out at ${atMs}: ${report.message}; good since ${badMs}`)]
    : [];
}
