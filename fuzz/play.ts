import type { Truth } from '../sandbox/controller/controller.ts';
import { startSandbox } from '../sandbox/start.ts';
import type { SeenRequest, StoredObject } from '../sandbox/types.ts';
import { type Application, refKey } from '../src/argocd/application.ts';
import { createKubernetesClient } from '../src/argocd/kubernetes/client.ts';
import { parseApplication } from '../src/argocd/parse-application.ts';
import { createServerClient } from '../src/argocd/server/client.ts';
import type { RunEvent } from '../src/report/events.ts';
import type { Report } from '../src/report/report.ts';
import type { ConnectionInputs } from '../src/sync/inputs/types.ts';
import { run } from '../src/sync/run.ts';
import { inputsOf } from './asked.ts';
import type { Story } from './story.ts';
import { startTime } from './time.ts';
import { fleetOf, timingOf } from './world.ts';

/** How things stood with one Application from a moment on. */
export interface Moment {
  readonly atMs: number;
  /** Undefined: it is gone. */
  readonly shown: Application | undefined;
  readonly truth: Truth | undefined;
}

/** What came of one story. Times are milliseconds from its start. */
export interface Played {
  readonly story: Story;
  /** Undefined: the run did not end. */
  readonly report: Report | undefined;
  readonly startedMs: number;
  readonly endedMs: number;
  readonly events: readonly { readonly atMs: number; readonly event: RunEvent }[];
  /** By `namespace/name`. */
  readonly timelines: ReadonlyMap<string, readonly Moment[]>;
  readonly requests: readonly SeenRequest[];
  /** Rejections that nobody handled, and errors that nobody caught. */
  readonly unhandled: readonly string[];
  readonly leftovers: readonly string[];
  /** Why it did not end. */
  readonly stuck: string;
}

/** 2026-11-20T10:00:00Z. */
const START_MS = Date.UTC(2026, 10, 20, 10);
/** How long after its deadline a run is given up. */
const PATIENCE_MS = 120_000;

/** Plays one story: a sandbox of its own, real sockets, time that jumps. One at a time in a process. */
export async function play(story: Story): Promise<Played> {
  const time = startTime();
  const unhandled: string[] = [];
  const onUnhandled = (error: unknown): void => {
    unhandled.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
  };
  process.on('unhandledRejection', onUnhandled);
  process.on('uncaughtException', onUnhandled);
  const events: { readonly atMs: number; readonly event: RunEvent }[] = [];
  const timelines = new Map<string, Moment[]>();
  let report: Report | undefined;
  let leftovers: readonly string[] = [];
  let stuck = '';
  try {
    const note = (namespace: string, name: string): void => {
      const stored = sandbox.store.get('applications', namespace, name);
      const key = refKey({ namespace, name });
      const moments = timelines.get(key) ?? [];
      timelines.set(key, moments);
      moments.push({
        atMs: time.now(),
        shown: stored === undefined ? undefined : parsed(stored),
        truth: sandbox.controller.truth(namespace, name),
      });
    };
    const clock = time.sandboxClock(START_MS + story.clockOffsetMs);
    const early = new Set<string>();
    let started = false;
    const sandbox = await time.drive(
      startSandbox({
        tls: false,
        compress: false,
        clock,
        fleet: fleetOf(story),
        timing: timingOf(story),
        faults: story.faults,
        controller: {
          operationWorkers: story.workers,
          onWorld: (namespace, name) => {
            if (started) note(namespace, name);
            else early.add(name);
          },
        },
        ...(story.historySize === 0 ? {} : { historySize: story.historySize }),
      }),
      1000,
    );
    started = true;
    for (const { metadata } of sandbox.store.list('applications')) note(metadata.namespace, metadata.name);
    sandbox.store.subscribe(({ resource, object }) => {
      if (resource === 'applications') note(object.metadata.namespace, object.metadata.name);
    });

    await time.pass(story.beginMs);
    const startedMs = time.now();
    const cancel = new AbortController();
    if (story.cancelAtMs !== null) clock.after(story.cancelAtMs, () => time.owned(() => cancel.abort('SIGINT')));
    let ids = 0;
    const runClock = time.runClock(story.seed);
    const clientDeps = {
      delay: runClock.delay,
      now: runClock.now,
      random: runClock.random,
      connections: story.inputs.concurrency + 6,
    };
    const running = time.owned(() =>
      run(inputsOf(story, sandbox), {
        connect: (connection: ConnectionInputs, signal) =>
          connection.mode === 'kubernetes'
            ? createKubernetesClient(connection, clientDeps, signal)
            : createServerClient(connection, clientDeps, signal),
        clock: runClock,
        emit: (event) => events.push({ atMs: time.now(), event }),
        newId: () => `${String(++ids).padStart(8, '0')}-ours`,
        runUrl: '',
        cancelled: cancel.signal,
      }),
    );
    try {
      report = await time.drive(running, startedMs + story.inputs.timeoutMs + PATIENCE_MS);
    } catch (error) {
      stuck = error instanceof Error ? (error.stack ?? error.message) : String(error);
    }
    const endedMs = time.now();
    await time.pass(0);
    leftovers = report === undefined ? [] : time.leftovers();
    const requests = [...sandbox.requests];
    await time.drive(sandbox.stop(), time.now() + 1000);
    return { story, report, startedMs, endedMs, events, timelines, requests, unhandled, leftovers, stuck };
  } finally {
    time.stop();
    process.off('unhandledRejection', onUnhandled);
    process.off('uncaughtException', onUnhandled);
  }
}

const parsed = (stored: StoredObject): Application | undefined => parseApplication(stored);
