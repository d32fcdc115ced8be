import { randomBytes } from 'node:crypto';
import pLimit from 'p-limit';
import { shown } from '../sandbox/runner/bundle.ts';
import { startStep } from '../sandbox/runner/step.ts';
import { type Environment, readEnvironment, type Transport } from './environment.ts';
import { type Installation, openInstallation } from './installation.ts';
import { type Published, publish } from './repository.ts';
import { SCENARIOS, type Scenario, type Stage } from './scenarios.ts';

/** `npm run e2e [-- SCENARIO …]`: the committed bundle against the Argo CD that the environment names. See docs/e2e.md. */

const AT_A_TIME = 4;

/** What this run made, to be removed at the end. */
interface Made {
  readonly applications: Set<string>;
  readonly namespaces: Set<string>;
}

const say = (text: string): void => console.log(text);

const main = async (): Promise<number> => {
  const environment = readEnvironment(process.env);
  if (typeof environment === 'string') {
    say(`nothing configured: ${environment}. See docs/e2e.md. 0 passed, 0 failed`);
    return 0;
  }
  const wanted = process.argv.slice(2);
  const unknown = wanted.filter((name) => !SCENARIOS.some((scenario) => scenario.name === name));
  if (unknown.length > 0) {
    say(`no scenario ${unknown.join(', ')}; there are: ${SCENARIOS.map(({ name }) => name).join(', ')}`);
    return 1;
  }
  const scenarios = SCENARIOS.filter(({ name }) => wanted.length === 0 || wanted.includes(name));

  const id = randomBytes(3).toString('hex');
  const [firstTransport] = environment.transports;
  if (firstTransport === undefined) throw new Error('no transport');
  const installation = await openInstallation(firstTransport, environment.namespace);
  const made: Made = { applications: new Set(), namespaces: new Set() };
  const counts = { passed: 0, failed: 0, skipped: 0 };
  let published: Published | undefined;
  const interrupted = new Promise<never>((_, reject) => {
    process.once('SIGINT', () => reject(new Error('interrupted; removing what was made')));
  });
  interrupted.catch(() => {});
  try {
    published = await publish(environment, `gitopssync-e2e-${id}`);
    const { revision, commits } = published;
    const limit = pLimit(AT_A_TIME);
    const all = environment.transports.flatMap((transport) =>
      scenarios.map((scenario) =>
        limit(async () => {
          if (scenario.needsCommits === true && commits.length === 0) {
            counts.skipped += 1;
            say(line('skip', transport, scenario, 'needs a repository that this run may push to'));
            return;
          }
          const started = performance.now();
          let log = '';
          const ended = (of: string): void => {
            log = of;
          };
          const setting: Setting = {
            environment,
            transport,
            scenario,
            installation,
            made,
            id,
            revision,
            commits,
            ended,
          };
          try {
            await scenario.play(stageFor(setting));
            counts.passed += 1;
            say(line('ok', transport, scenario, `${((performance.now() - started) / 1000).toFixed(1)} s`));
          } catch (error) {
            counts.failed += 1;
            const why = error instanceof Error ? error.message : String(error);
            // Of the step that ended last: that is what was looked at.
            say(line('FAIL', transport, scenario, log === '' ? why : `${why}\n${shown(log).replace(/^/gm, '      ')}`));
          }
        }),
      ),
    );
    await Promise.race([Promise.all(all), interrupted]);
  } catch (error) {
    counts.failed += 1;
    say(`FAIL  ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    await cleanUp(environment, installation, made);
    await published?.unpublish().catch((error: unknown) => say(`left behind: the branch that was pushed (${error})`));
    await installation.close();
  }
  say(`${counts.passed} passed, ${counts.failed} failed${counts.skipped === 0 ? '' : `, ${counts.skipped} skipped`}`);
  return counts.failed === 0 ? 0 : 1;
};

const line = (state: string, transport: Transport, scenario: Scenario, rest: string): string =>
  `${state.padEnd(4)}  ${transport.name.padEnd(10)}  ${scenario.name.padEnd(20)}  ${rest}`;

interface Setting {
  readonly environment: Environment;
  readonly transport: Transport;
  readonly scenario: Scenario;
  readonly installation: Installation;
  readonly made: Made;
  readonly id: string;
  readonly revision: string;
  readonly commits: readonly string[];
  /** Told the log of each step. */
  readonly ended: (log: string) => void;
}

const stageFor = (setting: Setting): Stage => {
  const { environment, transport, scenario, installation, made, id } = setting;
  const prefix = `gitopssync-e2e-${id}-${transport.name === 'kubernetes' ? 'k' : 'a'}-${scenario.name}`;
  const options = { env: transport.variables };
  const start: Stage['start'] = (inputs) => {
    const step = startStep({ namespace: environment.namespace, ...inputs }, options);
    step.done.then(
      ({ log }) => setting.ended(log),
      () => {},
    );
    return step;
  };
  return {
    transport: transport.name,
    commits: setting.commits,
    create: async (folder) => {
      const name = `${prefix}-${folder.replaceAll('/', '-')}`;
      made.applications.add(name);
      await installation.create({
        name,
        labels: { 'gitopssync-e2e': id },
        project: environment.project,
        source: {
          repoURL: environment.repository,
          path: [environment.path, folder].filter((part) => part !== '').join('/'),
          targetRevision: setting.revision,
        },
        destination: { server: environment.cluster, namespace: prefix },
      });
      made.namespaces.add(prefix);
      return name;
    },
    stored: (name) => installation.get(name),
    start,
    run: (inputs) => start(inputs).done,
    remove: (name) => installation.remove(name),
  };
};

/** Removes everything that was made, and says what it could not remove. */
const cleanUp = async (environment: Environment, installation: Installation, made: Made): Promise<void> => {
  const limit = pLimit(AT_A_TIME);
  await Promise.all(
    [...made.applications].map((name) =>
      limit(() =>
        installation
          .remove(name)
          .catch((error: unknown) => say(`left behind: Application ${environment.namespace}/${name} (${error})`)),
      ),
    ),
  );
  const left: string[] = [];
  for (const name of made.namespaces) if (!(await installation.removeNamespace(name))) left.push(name);
  if (left.length > 0) say(`left behind: namespaces ${left.join(' ')}`);
};

process.exitCode = await main();
