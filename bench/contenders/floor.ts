import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { FloorSettings } from '../floor/settings.ts';
import { CONCURRENCY, type ProcessRun, type Task } from './contender.ts';
import { probeUsage } from './usage.ts';

const ENTRY = fileURLToPath(new URL('../floor/main.ts', import.meta.url));

/**
 * Bundles the floor, so that its start does not pay for reading TypeScript; as a script, for which Node.js reads less of its own modules
 * than for an ES module (that would read its client for `fetch`, too). Answers the path of the file.
 */
export async function buildFloor(): Promise<string> {
  const outfile = join(mkdtempSync(join(tmpdir(), 'bench-floor-')), 'floor.cjs');
  await build({ entryPoints: [ENTRY], outfile, bundle: true, platform: 'node', target: 'node24', format: 'cjs' });
  return outfile;
}

/** Runs the floor as a process of its own. Throws when it fails. */
export async function runFloor(file: string, { transport, access, selected }: Task): Promise<ProcessRun> {
  const settings: FloorSettings = {
    transport,
    base: transport === 'kubernetes' ? access.kubernetesUrl : access.argocdUrl,
    certificateAuthority: access.certificateAuthority,
    token: access.token,
    concurrency: CONCURRENCY,
    selected,
  };
  const probe = probeUsage();
  const started = performance.now();
  const child = spawn(process.execPath, [file], {
    env: { PATH: process.env.PATH ?? '', FLOOR: JSON.stringify(settings), ...probe.env },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  const wallMs = performance.now() - started;
  if (code !== 0) throw new Error(`the floor failed (${code})`);
  return { wallMs, ...probe.read() };
}
