import { type Application, operationId } from '../argocd/application.ts';
import type { Candidate } from '../argocd/client.ts';
import type { Verdict } from '../argocd/verdict.ts';
import { compareFirst } from './compare-first.ts';
import { notStarted, wasStopped } from './ending.ts';
import { errorVerdict } from './error-verdict.ts';
import type { Outcome } from './outcome.ts';
import { isParked, takeBack } from './take-back.ts';
import type { Track } from './track/state.ts';
import { isRunning, join, syncsTheSame } from './trigger/join.ts';
import { makeWay, PICKUP_RETRY_MS } from './trigger/make-way.ts';
import type { TriggerDeps, TriggerOptions } from './trigger/options.ts';
import type { Sent, Start } from './trigger/round.ts';
import { startOnce } from './trigger/start-once.ts';
import { STUCK_MS, stillStuck, stuckVerdict } from './trigger/stuck.ts';

/**
 * Brings one Application from its candidate to its verdict: checks, asks for one operation, follows it. Never rejects.
 * A second operation is asked for only when the first cannot have happened (rule 19), or once after a namespace race.
 */
export async function syncOne(candidate: Candidate, options: TriggerOptions, deps: TriggerDeps): Promise<Outcome> {
  const { clock, emit, starting } = deps;
  const { ref } = candidate;
  const notes: string[] = [];
  const tell = (text: string): void => {
    if (notes.includes(text)) return;
    notes.push(text);
    emit({ kind: 'note', ref, text });
  };
  let planned = '';
  const announce = (wanted: string): void => {
    if (wanted !== planned) emit({ kind: 'planned', ref, wanted });
    planned = wanted;
  };
  let startedMs: number | undefined;
  let operation = { id: '', own: false };
  let recover = '';
  let raced = false;
  let sent: Sent | undefined;
  let id = deps.newId();
  /** What has kept it from being started until now. */
  let inTheWay = '';
  const end = (verdict: Verdict, application: Application | undefined, track?: Track): Outcome => ({
    verdict,
    application: track?.latest ?? application,
    operationId: operation.id,
    own: operation.own,
    revisions: track?.ended?.revisions ?? [],
    resources: track?.ended?.resources ?? [],
    notes: [...notes, ...(track?.notes ?? [])],
    startedMs,
  });
  if (options.wish.resources.length > 0 && !starting.aborted) {
    const why = await compareFirst(ref, { ...deps, signal: starting });
    if (why !== '' && !starting.aborted) tell(`new resources may not be known yet: ${why}`);
  }
  for (let number = 0; ; number++) {
    if (starting.aborted) return end(notStarted(starting, inTheWay), candidate.application);
    let start: Start;
    try {
      start = await deps.limit(() =>
        startOnce(candidate, options, deps, { number, id, recover, sent, announce, tell }),
      );
    } catch (error) {
      const verdict = wasStopped(error, starting) ? notStarted(starting, inTheWay) : errorVerdict(error);
      return end(verdict, candidate.application);
    }
    recover = '';
    switch (start.kind) {
      case 'verdict':
        return end(start.verdict, start.application);
      case 'started': {
        startedMs ??= clock.now();
        operation = { id, own: true };
        if (options.async && start.answered) {
          const { latest } = start.following.state();
          start.following.abandon();
          return end({ name: 'triggered', message: 'the sync was accepted', hint: '' }, latest ?? start.application);
        }
        const track = await start.following.done;
        if (track.stage.kind !== 'done') return end(notStarted(starting), start.application, track);
        if (isParked(track)) {
          return end(await takeBack(ref, id, track.stage.verdict, deps), start.application, track);
        }
        if (!track.stage.again || raced || starting.aborted) return end(track.stage.verdict, start.application, track);
        raced = true;
        sent = undefined;
        id = deps.newId();
        tell('another sync made the namespace in the same moment; syncing once more');
        break;
      }
      case 'again':
        if (start.note !== '') tell(start.note);
        if (start.note !== '') inTheWay = start.note;
        sent = start.sent ?? sent;
        await clock.delay(start.afterMs, starting).catch(() => {});
        break;
      case 'stuck':
        inTheWay = start.what;
        if (options.onRunningOperation === 'fail') return end(stuckVerdict(start.what), start.application);
        await clock.delay(STUCK_MS, starting).catch(() => {});
        if (options.onRunningOperation !== 'terminate') {
          const verdict = await stillStuck(ref, deps, start);
          if (verdict !== undefined) return end(verdict, start.application);
        } else {
          tell(`${start.what}; starting afresh`);
          recover = start.what;
        }
        break;
      case 'busy': {
        inTheWay = start.what;
        if (options.onRunningOperation === 'fail') {
          return end(
            { name: 'conflict', message: start.what, hint: '`on-running-operation: wait` waits for it.' },
            start.application,
          );
        }
        if (options.onRunningOperation === 'join' && syncsTheSame(start.application, options.wish)) {
          if (!isRunning(start.application)) {
            // Joined once it is picked up: before that it cannot be told from another one.
            tell(`waiting: ${start.what}`);
            await clock.delay(PICKUP_RETRY_MS, starting).catch(() => {});
            break;
          }
          tell(`joining: ${start.what}`);
          startedMs ??= clock.now();
          operation = { id: operationId(start.application.operation) ?? '', own: false };
          if (options.async) {
            return end({ name: 'triggered', message: `joined: ${start.what}`, hint: '' }, start.application);
          }
          const track = await join(ref, start.application, options, deps).done;
          const { stage } = track;
          return end(stage.kind === 'done' ? stage.verdict : notStarted(starting), start.application, track);
        }
        const way = await makeWay(ref, start.application, start.what, options, deps, tell);
        inTheWay = way.what;
        if (way.verdict !== undefined) return end(way.verdict, start.application);
        break;
      }
    }
  }
}
