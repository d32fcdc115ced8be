import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runStep } from '../runner/step.ts';
import { startSandbox } from '../start.ts';
import type { Sandbox } from '../types.ts';
import { demonstrateBidirectional } from './bidirectional.ts';
import { demoFleet } from './fleet.ts';
import { SCENARIOS, type Scenario, type Step } from './scenarios.ts';

/** `npm run demo [-- SCENARIO]`: a sandbox, the committed bundle against it, and what came of it. Ends by itself. */

const bold = (text: string): string => (process.stdout.isTTY ? `\u001b[1m${text}\u001b[0m` : text);
const say = (text = ''): void => console.log(text);

/** The one demo of the second action. */
const BIDIRECTIONAL = 'bidirectional';

const help = (): void => {
  say('Shows the GitOpsSync step against a sandboxed Argo CD on this machine.\n');
  say('  npm run demo                  the fan-out');
  say('  npm run demo -- SCENARIO      one of these:\n');
  for (const { name, about } of SCENARIOS) say(`    ${name.padEnd(14)}${about}`);
  say(`    ${BIDIRECTIONAL.padEnd(14)}the second action: a Git repository and the sandbox, edits on both sides`);
  say('\n  npm run sandbox               only the sandbox, for kubectl and curl');
};

const connection = (sandbox: Sandbox, transport: Scenario['transport']): Readonly<Record<string, string>> =>
  transport === 'kubernetes'
    ? { kubeconfig: sandbox.kubeconfig('deployer') }
    : {
        'argocd-server': sandbox.argocdUrl,
        'argocd-auth-token': sandbox.token('deployer'),
        'certificate-authority': sandbox.certificateAuthority ?? '',
      };

const shown = (inputs: Readonly<Record<string, string>>): string =>
  Object.entries(inputs)
    .map(([name, value]) => `    ${name}: ${JSON.stringify(value)}`)
    .join('\n');

/** Runs one step and tells what it answered. False: not what the scenario expects. */
async function show(
  step: Step,
  given: Readonly<Record<string, string>>,
  folder: string,
  index: number,
): Promise<boolean> {
  say(bold(`The step, with these inputs${index > 0 ? ' now' : ''}:`));
  say(shown(step.inputs));
  say(`\n${'─'.repeat(30)} its log, live ${'─'.repeat(30)}`);
  const { exitCode, outputs, summary, summaryPath } = await runStep(
    { ...given, ...step.inputs },
    {
      folder: join(folder, `step-${index + 1}`),
      // Masking is for the runner; on a terminal it would show what it hides.
      onLine: (line) => line.startsWith('::add-mask::') || say(line),
    },
  );
  say('─'.repeat(75));
  say(`\n${bold('Exit code')}  ${exitCode} (${exitCode === 0 ? 'green' : 'red'})`);
  say(bold('Outputs'));
  for (const [name, value] of Object.entries(outputs)) {
    say(`    ${name.padEnd(14)}${value.length > 110 ? `${value.slice(0, 110)}… (${value.length} characters)` : value}`);
  }
  say(`${bold('Job summary')}  ${summaryPath} (${summary.split('\n').length} lines of Markdown)\n`);
  const asExpected = outputs.result === step.result && (exitCode === 0) === step.green;
  if (!asExpected) {
    say(`Unexpected: the demo wanted ${step.result}, ${step.green ? 'green' : 'red'}. That is a bug in this project.`);
  }
  return asExpected;
}

async function demonstrate(scenario: Scenario): Promise<boolean> {
  const fleet = demoFleet(scenario.name);
  const sandbox = await startSandbox({ fleet, timing: 'real' });
  const folder = mkdtempSync(join(tmpdir(), 'gitopssync-demo-'));
  let asExpected = true;
  try {
    const count = fleet.applications.length;
    const api =
      scenario.transport === 'kubernetes'
        ? `Kubernetes API ${sandbox.kubernetesUrl}`
        : `Argo CD API ${sandbox.argocdUrl}`;
    say(`${bold('A sandboxed Argo CD')} with ${count} Applications in three projects and two clusters: ${api}\n`);
    for (const [index, step] of scenario.steps.entries()) {
      asExpected = (await show(step, connection(sandbox, scenario.transport), folder, index)) && asExpected;
    }
    writeFileSync(
      join(folder, 'requests.txt'),
      sandbox.requests.map(({ method, path, status }) => `${status} ${method} ${path}\n`).join(''),
    );
    say(`${bold('What happened')}  ${scenario.lesson}`);
    say(`                It took ${sandbox.requests.length} requests, listed in ${join(folder, 'requests.txt')}`);
  } finally {
    await sandbox.stop();
  }
  const others = SCENARIOS.filter(({ name }) => name !== scenario.name).map(({ name }) => name);
  say(`${bold('Try next')}       npm run demo -- ${others.join(' | ')}`);
  return asExpected;
}

let values: { readonly help?: boolean | undefined };
let positionals: readonly string[];
try {
  ({ values, positionals } = parseArgs({ allowPositionals: true, options: { help: { type: 'boolean', short: 'h' } } }));
} catch (error) {
  say(`${error instanceof Error ? error.message : error}\n`);
  values = { help: true };
  positionals = [];
  process.exitCode = 2;
}
const wanted = positionals[0] ?? 'fan-out';
const scenario = SCENARIOS.find(({ name }) => name === wanted);
if (values.help === true) help();
else if (wanted === BIDIRECTIONAL) {
  if (!(await demonstrateBidirectional({ say, bold }))) {
    say('Unexpected: not every run ended as it should. That is a bug in this project.');
    process.exitCode = 1;
  }
} else if (scenario === undefined) {
  say(`There is no scenario "${wanted}".\n`);
  help();
  process.exitCode = 2;
} else if (!(await demonstrate(scenario))) process.exitCode = 1;
