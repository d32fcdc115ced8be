import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Access, Answer, FleetSize, Order, Seen } from './protocol.ts';

/** The sandbox in a process of its own. One order at a time. */
export interface SandboxProcess {
  /** Replaces the fleet by a new one. The process stays, so that its code is as warm for one run as for the next. */
  open(fleet: FleetSize): Promise<Access>;
  /** What was seen since the fleet was opened. */
  seen(): Promise<Seen>;
  stop(): Promise<void>;
}

const ENTRY = fileURLToPath(new URL('./process.ts', import.meta.url));

export function startSandboxProcess(): SandboxProcess {
  const child = fork(ENTRY, { execArgv: ['--expose-gc', '--max-old-space-size=8192'] });
  const ask = async (order: Order): Promise<Answer> => {
    const gone = new AbortController();
    const ended = once(child, 'exit', { signal: gone.signal }).then((): never => {
      throw new Error('the sandbox ended');
    });
    ended.catch(() => {});
    try {
      child.send(order);
      const [answer] = (await Promise.race([once(child, 'message', { signal: gone.signal }), ended])) as [Answer];
      if (answer.kind === 'failed') throw new Error(`the sandbox failed: ${answer.reason}`);
      return answer;
    } finally {
      gone.abort();
    }
  };
  return {
    async open(fleet) {
      const answer = await ask({ kind: 'open', fleet });
      if (answer.kind !== 'opened') throw new Error('the sandbox answered something else');
      return answer.access;
    },
    async seen() {
      const answer = await ask({ kind: 'seen' });
      if (answer.kind !== 'seen') throw new Error('the sandbox answered something else');
      return answer.seen;
    },
    async stop() {
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
    },
  };
}
