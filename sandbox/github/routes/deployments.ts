import { flag, isRecord, list, text } from '../../../src/lib/json.ts';
import { inRepository, type RepositoryCall, type Routes } from '../call.ts';
import { deploymentForm, statusForm } from '../forms.ts';
import { page } from '../pages.ts';
import { refuse } from '../refusal.ts';
import type { Deployment } from '../state.ts';
import { resolve } from './repositories.ts';

const READ = [['deployments', 'read']] as const;
const WRITE = [['deployments', 'write']] as const;

const DESCRIPTION_MAX = 140;

export const DEPLOYMENT_ROUTES: Routes = {
  'repos/list-deployments': inRepository(READ, (call) => {
    const wanted = (name: string, value: string): boolean => (call.query.get(name) ?? value) === value;
    const fitting = call.repository.deployments.filter(
      ({ sha, ref, task, environment }) =>
        wanted('sha', sha) && wanted('ref', ref) && wanted('task', task) && wanted('environment', environment),
    );
    return page(
      call,
      fitting.reverse().map((deployment) => deploymentForm(call, deployment)),
    );
  }),

  'repos/get-deployment': inRepository(READ, (call) => ({
    status: 200,
    body: deploymentForm(call, deploymentOf(call)),
  })),

  'repos/create-deployment': inRepository(WRITE, (call) => {
    const { body, repository, state } = call;
    const ref = text(body.ref);
    const sha = resolve(repository, ref);
    if (sha === undefined) return refuse(422, `No ref found for: ${ref}`);
    // Without these two GitHub merges the default branch first, or waits for every status of the commit.
    if (body.auto_merge !== false && repository.branches.get(repository.defaultBranch) !== sha) {
      return refuse(409, `Conflict merging ${repository.defaultBranch} into ${ref}.`);
    }
    if (body.required_contexts === undefined || list(body.required_contexts).length > 0) {
      return refuse(409, `Conflict: Commit status checks failed for ${ref}.`, {
        errors: [
          { contexts: [{ context: 'ci', state: 'pending' }], resource: 'Deployment', field: 'required_contexts' },
        ],
      });
    }
    const environment = text(body.environment) || 'production';
    tooLong('Deployment', 'environment', environment, 255);
    const deployment: Deployment = {
      id: state.nextId(),
      ref,
      sha,
      task: text(body.task) || 'deploy',
      environment,
      description: text(body.description) || null,
      payload: isRecord(body.payload) ? body.payload : text(body.payload),
      production:
        body.production_environment === undefined ? environment === 'production' : flag(body.production_environment),
      transient: flag(body.transient_environment),
      createdAt: state.now(),
      statuses: [],
    };
    repository.deployments.push(deployment);
    return { status: 201, body: deploymentForm(call, deployment) };
  }),

  'repos/list-deployment-statuses': inRepository(READ, (call) => {
    const deployment = deploymentOf(call);
    return page(
      call,
      [...deployment.statuses].reverse().map((status) => statusForm(call, deployment, status)),
    );
  }),

  'repos/create-deployment-status': inRepository(WRITE, (call) => {
    const { body, state, repository } = call;
    const deployment = deploymentOf(call);
    const description = text(body.description);
    tooLong('DeploymentStatus', 'description', description, DESCRIPTION_MAX);
    for (const field of ['log_url', 'environment_url', 'target_url']) {
      const url = text(body[field]);
      if (url !== '' && !/^https?:\/\//.test(url)) {
        invalid('DeploymentStatus', field, `${field} must use http(s) scheme`);
      }
    }
    const status = {
      id: state.nextId(),
      state: text(body.state),
      description,
      logUrl: text(body.log_url) || text(body.target_url),
      environmentUrl: text(body.environment_url),
      createdAt: state.now(),
    };
    deployment.statuses.push(status);
    if (status.state === 'success' && body.auto_inactive !== false) retire(repository.deployments, deployment, call);
    return { status: 201, body: statusForm(call, deployment, status) };
  }),
};

/** A success makes the earlier ones of the same environment inactive, unless that is transient or for production. */
function retire(all: readonly Deployment[], succeeded: Deployment, { state }: RepositoryCall): void {
  for (const other of all) {
    if (other === succeeded || other.environment !== succeeded.environment) continue;
    if (other.transient || other.production) continue;
    const last = other.statuses.at(-1);
    if (last?.state !== 'success' || other.id > succeeded.id) continue;
    other.statuses.push({ ...last, id: state.nextId(), state: 'inactive', description: '', createdAt: state.now() });
  }
}

function deploymentOf({ repository, parameters }: RepositoryCall): Deployment {
  const found = repository.deployments.find(({ id }) => String(id) === parameters.deployment_id);
  return found ?? refuse(404, 'Not Found');
}

function tooLong(resource: string, field: string, value: string, max: number): void {
  if (value.length > max) invalid(resource, field, `${field} is too long (maximum is ${max} characters)`);
}

function invalid(resource: string, field: string, message: string): never {
  return refuse(422, 'Validation Failed', { errors: [{ resource, code: 'custom', field, message }] });
}
