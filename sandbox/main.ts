import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { demo } from './fleets/demo.ts';
import type { Fleet } from './fleets/fleet.ts';
import { uniform } from './fleets/uniform.ts';
import { verdicts } from './fleets/verdicts.ts';
import { type SandboxOptions, startSandbox } from './start.ts';
import type { Sandbox } from './types.ts';

const FLEETS: Readonly<Record<string, { readonly about: string; readonly build: () => Fleet }>> = {
  demo: { about: 'three teams, staging and prod, most of it goes well', build: demo },
  verdicts: { about: 'one Application for every way a sync can end', build: verdicts },
  uniform: { about: '25 Applications that differ only in name (--count N for more)', build: () => uniform(25) },
};

const USAGE = `Starts an embedded Argo CD on 127.0.0.1: the Kubernetes API and the Argo CD API, state in memory.

  npm run sandbox [-- options]

  --fleet NAME    which Applications there are (default: demo)
${Object.entries(FLEETS)
  .map(([name, { about }]) => `                    ${name.padEnd(9)} ${about}`)
  .join('\n')}
  --count N       how many Applications the uniform fleet has
  --port N        port of the Kubernetes API; the Argo CD API gets the next one (default: any free ports)
  --plain         HTTP instead of HTTPS
  --help          this text

Ctrl-C ends it.`;

/** What the command line asks for, or why it cannot be read. */
function readArguments(args: readonly string[]): SandboxOptions | string {
  const { values } = parseArgs({
    args: [...args],
    options: {
      fleet: { type: 'string', default: 'demo' },
      count: { type: 'string' },
      port: { type: 'string' },
      plain: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return USAGE;
  const fleet = Object.hasOwn(FLEETS, values.fleet) ? FLEETS[values.fleet] : undefined;
  if (fleet === undefined)
    throw new RangeError(`there is no fleet "${values.fleet}"; there are: ${Object.keys(FLEETS).join(', ')}`);
  const port = wholeNumber('--port', values.port, 1, 65_534);
  const count = wholeNumber('--count', values.count, 1, 100_000);
  return {
    fleet: count !== undefined && values.fleet === 'uniform' ? uniform(count) : fleet.build(),
    timing: 'real',
    tls: !values.plain,
    ...(port === undefined ? {} : { ports: { kubernetes: port, argocd: port + 1 } }),
  };
}

function wholeNumber(option: string, text: string | undefined, least: number, most: number): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new RangeError(`${option} needs a whole number from ${least} to ${most}, not "${text}"`);
}

/** Writes what clients need to a directory that only this user can read. */
function writeFiles(sandbox: Sandbox): {
  readonly directory: string;
  readonly kubeconfig: string;
  readonly ca: string;
} {
  const directory = mkdtempSync(join(tmpdir(), 'gitopssync-sandbox-'));
  const kubeconfig = join(directory, 'kubeconfig');
  const ca = join(directory, 'ca.crt');
  writeFileSync(kubeconfig, sandbox.kubeconfig(), { mode: 0o600 });
  if (sandbox.certificateAuthority !== undefined) writeFileSync(ca, sandbox.certificateAuthority, { mode: 0o600 });
  return { directory, kubeconfig, ca };
}

function introduction(sandbox: Sandbox, files: ReturnType<typeof writeFiles>): string {
  const trust = sandbox.certificateAuthority === undefined ? '' : ` --cacert ${files.ca}`;
  const [first] = sandbox.store.list('applications');
  const name = first?.metadata.name ?? 'my-application';
  return `The sandbox runs, with ${sandbox.store.list('applications').length} Applications. Ctrl-C ends it.

Kubernetes API   ${sandbox.kubernetesUrl}
  kubeconfig     ${files.kubeconfig}

  export KUBECONFIG=${files.kubeconfig}
  kubectl get applications
  kubectl get applications --watch
  kubectl patch application ${name} --type merge -p '{"operation":{"sync":{}}}'

Argo CD API      ${sandbox.argocdUrl}
  token          ${sandbox.token()}

  curl${trust} -H 'Authorization: Bearer ${sandbox.token()}' '${sandbox.argocdUrl}/api/v1/applications?fields=items.metadata.name,items.status.health'
  curl${trust} -H 'Authorization: Bearer ${sandbox.token()}' -H 'Content-Type: application/json' -d '{}' ${sandbox.argocdUrl}/api/v1/applications/${name}/sync
`;
}

try {
  const options = readArguments(process.argv.slice(2));
  if (typeof options === 'string') console.log(options);
  else {
    const sandbox = await startSandbox(options);
    const files = writeFiles(sandbox);
    console.log(introduction(sandbox, files));
    const end = (): void => {
      rmSync(files.directory, { recursive: true, force: true });
      void sandbox.stop().then(() => process.exit(0));
    };
    process.once('SIGINT', end);
    process.once('SIGTERM', end);
  }
} catch (error) {
  console.error(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  process.exitCode = 1;
}
