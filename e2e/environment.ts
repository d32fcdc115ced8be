/** What the environment says to test against. */
export interface Environment {
  /** The ways to reach Argo CD; each runs every scenario. */
  readonly transports: readonly Transport[];
  /** The repository as Argo CD reaches it. */
  readonly repository: string;
  /** Where this machine may push the layout, `''`: it is there already. */
  readonly pushTo: string;
  /** Branch, tag or commit that holds the layout, where it is not pushed. */
  readonly revision: string;
  /** Folder of the layout in the repository, `''`: its root. */
  readonly path: string;
  /** Where the Applications are made. */
  readonly namespace: string;
  readonly project: string;
  /** The destination cluster, by server URL. */
  readonly cluster: string;
}

export interface Transport {
  readonly name: 'kubernetes' | 'argocd';
  /** Variables for the step, and nothing of the other transport. */
  readonly variables: Readonly<Record<string, string>>;
}

type Variables = Readonly<Record<string, string | undefined>>;

/** Never handed on to the step: what names a connection, and what the runner sets. */
const WITHHELD = /^(KUBECONFIG|ARGOCD_|E2E_|INPUT_|GITHUB_|RUNNER_|ACTIONS_)/;

/** Answers what to test against, or why there is nothing: one sentence. Throws for settings that contradict each other. */
export const readEnvironment = (variables: Variables): Environment | string => {
  const text = (name: string, fallback = ''): string => variables[name]?.trim() || fallback;
  const handedOn = Object.fromEntries(
    Object.entries(variables).flatMap(([name, value]) =>
      value === undefined || WITHHELD.test(name) ? [] : [[name, value] as const],
    ),
  );
  const given = (...names: readonly string[]): Readonly<Record<string, string>> => ({
    ...handedOn,
    ...Object.fromEntries(names.map((name) => [name, text(name)])),
  });
  const transports: Transport[] = [];
  if (text('KUBECONFIG') !== '') transports.push({ name: 'kubernetes', variables: given('KUBECONFIG') });
  if (text('ARGOCD_SERVER') !== '') {
    if (text('ARGOCD_AUTH_TOKEN') === '') throw new Error('ARGOCD_SERVER is set and ARGOCD_AUTH_TOKEN is not');
    transports.push({ name: 'argocd', variables: given('ARGOCD_SERVER', 'ARGOCD_AUTH_TOKEN') });
  }
  if (transports.length === 0) return 'neither KUBECONFIG nor ARGOCD_SERVER is set';
  const repository = text('E2E_REPOSITORY');
  if (repository === '') return 'E2E_REPOSITORY is not set';
  const local = /^(file:\/\/|\/)/.test(repository);
  return {
    transports,
    repository: repository.startsWith('/') ? `file://${repository}` : repository,
    pushTo: text('E2E_REPOSITORY_PUSH', local ? repository : ''),
    revision: text('E2E_REVISION', 'HEAD'),
    path: text('E2E_PATH').replace(/^\/|\/$/g, ''),
    namespace: text('E2E_NAMESPACE', 'argocd'),
    project: text('E2E_PROJECT', 'default'),
    cluster: text('E2E_CLUSTER', 'https://kubernetes.default.svc'),
  };
};
