import { type BundleRun, runBundle } from '../contenders/bundle.ts';
import type { ProcessRun, Transport } from '../contenders/contender.ts';
import { runFloor } from '../contenders/floor.ts';
import type { Figure } from '../report/result.ts';
import type { SandboxProcess } from '../sandbox/handle.ts';
import type { FleetSize, Seen } from '../sandbox/protocol.ts';

/** What a case has to work with. */
export interface Bench {
  readonly sandbox: SandboxProcess;
  /** Path of the built floor. */
  readonly floor: string;
  readonly runs: number;
  /** Says how far it is. */
  readonly tell: (text: string) => void;
}

export interface Case {
  readonly about: string;
  readonly run: (bench: Bench) => Promise<{
    readonly figures: readonly Figure[];
    readonly files?: Readonly<Record<string, string>>;
  }>;
}

/** What both did in one round. */
export interface Round {
  readonly bundle: { readonly run: BundleRun; readonly seen: Seen };
  readonly floor: { readonly run: ProcessRun; readonly seen: Seen };
}

/** Runs step and floor in turn, each on a new fleet of the same size, as often as there are runs. */
export async function rounds(
  { sandbox, floor, runs, tell }: Bench,
  transport: Transport,
  fleet: FleetSize,
  verdict: 'healthy' | 'synced',
): Promise<readonly Round[]> {
  const done: Round[] = [];
  const { selected } = fleet;
  for (let index = 0; index < runs; index++) {
    const bare = await runFloor(floor, { transport, access: await sandbox.open(fleet), selected });
    const bareSeen = await sandbox.seen();
    const step = await runBundle({ transport, access: await sandbox.open(fleet), selected }, verdict);
    done.push({ floor: { run: bare, seen: bareSeen }, bundle: { run: step, seen: await sandbox.seen() } });
    tell(
      `${transport} ${selected} of ${fleet.total}: floor ${Math.round(bare.wallMs)} ms, step ${Math.round(step.wallMs)} ms`,
    );
  }
  return done;
}
