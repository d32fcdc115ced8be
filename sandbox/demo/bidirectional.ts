import { execFileSync } from 'node:child_process';
import { mkdtempSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { createFixtureRepository, type FixtureRepository, fixtureEnvironment } from '../git/fixture.ts';
import { startGitServer } from '../git/server.ts';
import { startBidirectional } from '../runner/bidirectional-step.ts';
import { startSandbox } from '../start.ts';
import type { Draft, Sandbox } from '../types.ts';

/** Where the demo writes its lines, and how it sets titles apart. */
export interface Screen {
  readonly say: (text?: string) => void;
  readonly bold: (text: string) => string;
}

const TOKEN = 'demo-token-0123456789';

const spec = (name: string, revision: string): Draft => ({
  project: 'default',
  source: { repoURL: 'https://git.example.com/apps.git', path: name, targetRevision: revision },
  destination: { server: 'https://kubernetes.default.svc', namespace: name },
});

const application = (name: string, revision = 'v1'): Draft => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Application',
  metadata: { name, namespace: 'argocd' },
  spec: spec(name, revision),
});

const file = (name: string, revision = 'v1'): string =>
  `# ${name}: kept by its team\n${stringify({ ...application(name, revision), metadata: { name } })}`.replace(
    /(targetRevision: \S+)/,
    '$1 # what runs',
  );

/**
 * A bare Git repository behind a real Git server, the sandbox, and the committed bundle between them: the first run, an edit on each side
 * together with a conflict and an invalid file, the mended file, and a run that has nothing to do. False: something was not as it should be.
 */
export const demonstrateBidirectional = async ({ say, bold }: Screen): Promise<boolean> => {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'gitopssync-demo-')));
  const server = await startGitServer({ root, accounts: [{ token: TOKEN, write: true }] });
  const repository = createFixtureRepository(root, 'acme/shop');
  const sandbox = await startSandbox({
    tls: false,
    objects: ['web', 'orders'].map((name) => ({ resource: 'applications', object: application(name) })),
  });
  try {
    repository.commit('main', {
      files: { 'apps/web.yaml': file('web'), 'apps/api.yaml': file('api') },
      message: 'Two Applications',
    });
    say(`${bold('A bare Git repository')}  ${repository.path}, served at ${server.url}/acme/shop`);
    say(`${bold('A sandboxed Argo CD')}    ${sandbox.kubernetesUrl}\n`);
    const step = stepper(root, server.url, sandbox, { say, bold });

    say(bold('1. The first run: web is equal on both sides, api only in Git, orders only in Argo CD.'));
    let fine = (await step()) === 'succeeded';

    say(
      bold(
        '2. Somebody pushes a new revision of web and breaks api.yaml. Somebody else switches on auto-sync of web, and changes orders,',
      ),
    );
    say(bold('   whose file is changed a little later too: a conflict.'));
    repository.commit('main', {
      files: { 'apps/web.yaml': file('web', 'v2'), 'apps/api.yaml': `${file('api')}  project: twice\n` },
      message: 'web v2, and a slip',
    });
    await edit(sandbox, 'web', { syncPolicy: { automated: { prune: true } } });
    await edit(sandbox, 'orders', { source: { targetRevision: 'hotfix' } });
    const orders = 'apps/applications/argocd/orders.yaml';
    repository.commit('main', {
      files: { [orders]: `${repository.read('main', orders).replace('targetRevision: v1', 'targetRevision: v3')}\n` },
      message: 'orders v3',
      date: Math.floor(Date.now() / 1000) + 60,
    });
    fine = (await step()) === 'failed' && fine;
    tell(repository, sandbox, { say, bold });

    say(bold('3. api.yaml is mended.'));
    repository.commit('main', { files: { 'apps/api.yaml': file('api', 'v2') }, message: 'Mend api' });
    fine = (await step()) === 'succeeded' && fine;

    say(bold('4. Once more: nothing to do, so nothing is written.'));
    const head = repository.head('main');
    fine = (await step()) === 'succeeded' && head === repository.head('main') && fine;
    say(`${bold('Look at it')}  git -C ${repository.path} log -p`);
    return fine;
  } finally {
    await Promise.all([sandbox.stop(), server.stop()]);
  }
};

/** Runs the action as a workflow would, over a shallow checkout. */
const stepper = (root: string, gitUrl: string, sandbox: Sandbox, { say, bold }: Screen): (() => Promise<string>) => {
  const workspace = join(root, 'checkout');
  const env = fixtureEnvironment(root);
  const git = (cwd: string, ...args: readonly string[]): void =>
    void execFileSync('git', [...args], { cwd, env, stdio: 'pipe' });
  git(root, 'clone', '--quiet', '--depth=1', `file://${join(root, 'acme', 'shop.git')}`, workspace);
  git(workspace, 'remote', 'set-url', 'origin', `${gitUrl}/acme/shop`);
  const basic = Buffer.from(`x-access-token:${TOKEN}`).toString('base64');
  git(workspace, 'config', '--local', `http.${gitUrl}/.extraheader`, `AUTHORIZATION: basic ${basic}`);
  return async () => {
    say(`${'─'.repeat(30)} its log, live ${'─'.repeat(30)}`);
    const { exitCode, outputs } = await startBidirectional(
      { kubeconfig: sandbox.kubeconfig(), folder: 'apps', kinds: 'Application' },
      {
        env: {
          GITHUB_WORKSPACE: workspace,
          GITHUB_SERVER_URL: gitUrl,
          GITHUB_ACTOR: 'ada',
          GITHUB_ACTOR_ID: '7',
          GITHUB_EVENT_NAME: 'schedule',
          GITHUB_REF: 'refs/heads/main',
        },
        // Masking is for the runner; on a terminal it would show what it hides.
        onLine: (line) => line.startsWith('::add-mask::') || say(line),
      },
    ).done;
    say('─'.repeat(75));
    say(`${bold('Exit code')}  ${exitCode} (${exitCode === 0 ? 'green' : 'red'})`);
    for (const name of ['result', 'to-platform', 'to-git', 'conflicts', 'invalid', 'commit'] as const) {
      if (outputs[name] !== '' && outputs[name] !== '[]') say(`    ${name.padEnd(14)}${outputs[name]}`);
    }
    say();
    return outputs.result;
  };
};

/** An edit as the UI of Argo CD makes it. */
const edit = async (sandbox: Sandbox, name: string, change: Draft): Promise<void> => {
  const path = `/apis/argoproj.io/v1alpha1/namespaces/argocd/applications/${name}?fieldManager=argocd-server`;
  const response = await fetch(`${sandbox.kubernetesUrl}${path}`, {
    method: 'PATCH',
    headers: { authorization: `Bearer ${sandbox.token()}`, 'content-type': 'application/merge-patch+json' },
    body: JSON.stringify({ spec: change }),
  });
  if (!response.ok) throw new Error(`the sandbox answered ${response.status}`);
};

/** The commits, and the entities on both sides. */
const tell = (repository: FixtureRepository, sandbox: Sandbox, { say, bold }: Screen): void => {
  say(bold('The commits of main'));
  say(repository.git('log', '-6', '--format=    %h %an: %s', 'main'));
  say(bold('The last of ours'));
  say(repository.git('log', '-1', '-p', '--format=%B', '--grep=GitOpsSync-Run', 'main').replaceAll(/^/gm, '    '));
  say(bold('The Applications'));
  for (const { metadata, spec: now } of sandbox.store.list('applications'))
    say(`    ${metadata.name.padEnd(8)}${JSON.stringify(now)}`);
  say(bold('Kubernetes Events'));
  for (const { reason, message } of sandbox.store.list('events'))
    say(`    ${String(reason).padEnd(14)}${String(message)}`);
  say();
};
