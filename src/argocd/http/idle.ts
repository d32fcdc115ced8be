import type { Agent, IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { header } from './header.ts';

/** A server closes a connection when it has said so; a request must not meet that. */
const MARGIN_MS = 1_000;
/** As Node.js has it. */
const FIRST_PROBE_MS = 1_000;

/** Whoever sees answers tells of them here. */
export interface IdleConnections {
  /** Learns from the head of an answer how long the server keeps its connection (`Keep-Alive: timeout=5`). */
  heard(answer: IncomingMessage): void;
  /** No connection is kept any more; those that are idle are the agent's to close. */
  stop(): void;
}

/**
 * Closes connections of the agent that nobody has used for `idleMs`, or for a second less than the server keeps them, whichever is less.
 * One timer for all of them: a timer of each connection would have to be set anew with each request, as would all else that Node.js sees
 * to when a connection becomes idle.
 */
export const closeIdle = (agent: Agent, idleMs: number): IdleConnections => {
  /** For how long the server keeps it, where it has said that. */
  const kept = new WeakMap<Socket, number>();
  /** When it is to be closed, should nobody use it; of each that was idle once. */
  const dueAt = new WeakMap<Socket, number>();
  let timer: NodeJS.Timeout | undefined;
  let wakesAt = 0;
  let stopped = false;

  const wakeAt = (at: number): void => {
    if (timer !== undefined && wakesAt <= at) return;
    clearTimeout(timer);
    wakesAt = at;
    timer = setTimeout(sweep, at - performance.now()).unref();
  };

  const sweep = (): void => {
    timer = undefined;
    const now = performance.now();
    let next = Number.POSITIVE_INFINITY;
    for (const socket of Object.values(agent.freeSockets).flatMap((sockets) => sockets ?? [])) {
      const at = dueAt.get(socket) ?? now;
      if (at <= now) socket.destroy();
      else next = Math.min(next, at);
    }
    if (next < Number.POSITIVE_INFINITY) wakeAt(next);
  };

  /** Asked by Node.js when a connection becomes idle; false closes it. */
  agent.keepSocketAlive = (socket: Socket): boolean => {
    const forMs = Math.min(idleMs, (kept.get(socket) ?? Number.POSITIVE_INFINITY) - MARGIN_MS);
    if (stopped || forMs <= 0) return false;
    if (!dueAt.has(socket)) socket.setKeepAlive(true, FIRST_PROBE_MS);
    // An idle connection keeps no process.
    socket.unref();
    const at = performance.now() + forMs;
    dueAt.set(socket, at);
    wakeAt(at);
    return true;
  };

  return {
    heard: (answer) => {
      const seconds = /\btimeout=(\d{1,9})/.exec(header(answer, 'keep-alive'))?.[1];
      if (seconds !== undefined) kept.set(answer.socket, Number(seconds) * 1000);
    },
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
  };
};
