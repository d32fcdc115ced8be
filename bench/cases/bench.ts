import { type BundleRun, runBundle } from '../contenders/bundle.ts';
import type { ProcessRun, Transport } from '../contenders/contender.ts';
import { runFloor } from '../contenders/floor.ts';
import { stolenShare, ticks } from '../report/machine.ts';
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
  /** A round is measured once more, because the machine was taken away from it. */
  readonly again: () => void;
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
  /** The part of the processors' time that the host took away meanwhile. */
  readonly stolen: number;
}

/** What a round with more than this taken away says is how busy the host's other guests were. */
const STOLEN_AT_MOST = 0.02;
/** A round is tried this often at most; then the one counts of which least was taken. */
const TRIES = 4;

/**
 * Runs step and floor in turn, each on a new fleet of the same size, as often as there are runs. Every other time the step comes first:
 * whoever comes second finds another machine.
 */
export async function rounds(
  bench: Bench,
  transport: Transport,
  fleet: FleetSize,
  verdict: 'healthy' | 'synced',
): Promise<readonly Round[]> {
  const done: Round[] = [];
  for (let index = 0; index < bench.runs; index++) {
    const stepFirst = index % 2 === 1;
    let best = await round(bench, transport, fleet, verdict, stepFirst);
    for (let tries = 1; tries < TRIES && best.stolen > STOLEN_AT_MOST; tries++) {
      bench.again();
      const next = await round(bench, transport, fleet, verdict, stepFirst);
      if (next.stolen < best.stolen) best = next;
    }
    done.push(best);
  }
  return done;
}

async function round(
  { sandbox, floor, tell }: Bench,
  transport: Transport,
  fleet: FleetSize,
  verdict: 'healthy' | 'synced',
  stepFirst: boolean,
): Promise<Round> {
  const { selected } = fleet;
  const runStep = async (): Promise<Round['bundle']> => {
    const run = await runBundle({ transport, access: await sandbox.open(fleet), selected }, verdict);
    return { run, seen: await sandbox.seen() };
  };
  const before = ticks();
  const early = stepFirst ? await runStep() : undefined;
  const bare = await runFloor(floor, { transport, access: await sandbox.open(fleet), selected });
  const bareSeen = await sandbox.seen();
  const bundle = early ?? (await runStep());
  const stolen = stolenShare(before, ticks());
  tell(
    `${transport} ${selected} of ${fleet.total}: floor ${Math.round(bare.wallMs)} ms, step ${Math.round(bundle.run.wallMs)} ms, ${(100 * stolen).toFixed(1)} % stolen`,
  );
  return { floor: { run: bare, seen: bareSeen }, bundle, stolen };
}
