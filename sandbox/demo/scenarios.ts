/** What `npm run demo` can show. Data: the inputs of the step, what is expected of it, and what to say about it. */

export interface Scenario {
  readonly name: string;
  /** One line for `--help`. */
  readonly about: string;
  /** How the sandbox is reached. */
  readonly transport: 'kubernetes' | 'argocd';
  /** Steps, one after the other; most scenarios have one. */
  readonly steps: readonly Step[];
  /** Said at the end: what the user has just seen. */
  readonly lesson: string;
}

export interface Step {
  readonly inputs: Readonly<Record<string, string>>;
  /** What output `result` must be, and whether the step must be green. The demo fails when it is not so. */
  readonly result: 'succeeded' | 'failed' | 'timed-out';
  readonly green: boolean;
}

export const SCENARIOS: readonly Scenario[] = [
  {
    name: 'fan-out',
    about: 'all 25 Applications by regular expression, waiting until they are Healthy (the default)',
    transport: 'kubernetes',
    steps: [
      {
        inputs: {
          'application-regex': '(shop|payments|platform)-.+',
          'wait-until-healthy': 'true',
          'degraded-timeout': '1s',
          timeout: '8s',
        },
        result: 'failed',
        green: false,
      },
    ],
    lesson:
      'The step is red, as it should be: 18 Applications are Healthy and 7 are in trouble on purpose, each with its own cause in one line.',
  },
  {
    name: 'healthy',
    about: 'a fan-out where all is well',
    transport: 'kubernetes',
    steps: [
      {
        inputs: {
          'application-regex': '(shop-(web|cart|catalog|checkout|search)|platform).*',
          'wait-until-healthy': 'true',
          timeout: '30s',
        },
        result: 'succeeded',
        green: true,
      },
    ],
    lesson:
      'Everything that was selected runs what was asked, and has been Healthy for three seconds: the step is green.',
  },
  {
    name: 'names',
    about: 'three Applications by name, one of them misspelt',
    transport: 'kubernetes',
    steps: [
      { inputs: { applications: 'shop-web, shop-cart, shop-serach', timeout: '20s' }, result: 'failed', green: false },
    ],
    lesson: 'A name that does not exist fails, with the nearest names; the others are synced all the same.',
  },
  {
    name: 'globs',
    about: 'globs, a filter by cluster, and exclusions with their reasons',
    transport: 'kubernetes',
    steps: [
      {
        inputs: {
          applications: 'shop-*\nplatform-*',
          cluster: 'in-cluster',
          exclude: '*-certificates',
          'wait-until-healthy': 'true',
          timeout: '20s',
        },
        result: 'succeeded',
        green: true,
      },
    ],
    lesson: 'All conditions must hold. What matches by name and is left out is listed with its reason.',
  },
  {
    name: 'time-out',
    about: 'an Application that never becomes Healthy, as a failure and as a warning',
    transport: 'kubernetes',
    steps: [
      {
        inputs: { applications: 'shop-images', 'wait-until-healthy': 'true', timeout: '3s' },
        result: 'timed-out',
        green: false,
      },
      {
        inputs: {
          applications: 'shop-images',
          'wait-until-healthy': 'true',
          'fail-on-timeout': 'false',
          timeout: '3s',
        },
        result: 'timed-out',
        green: true,
      },
    ],
    lesson: 'The same time-out twice: red by default, green with a warning when fail-on-timeout is false.',
  },
  {
    name: 'degraded',
    about: 'a new version that crashes, failing without waiting for the time-out',
    transport: 'kubernetes',
    steps: [
      {
        inputs: {
          applications: 'shop-recommendations',
          'wait-until-healthy': 'true',
          'degraded-timeout': '0s',
          timeout: '1m',
        },
        result: 'failed',
        green: false,
      },
    ],
    lesson: 'Degraded counts at once with a degraded-timeout of 0s; by default it may recover until the time-out.',
  },
  {
    name: 'bad-revision',
    about: 'a revision that does not exist',
    transport: 'kubernetes',
    steps: [
      { inputs: { applications: 'shop-web', revision: 'v9.9.9', timeout: '20s' }, result: 'failed', green: false },
    ],
    lesson: 'Argo CD found no such revision; the step repeats its words.',
  },
  {
    name: 'terminate',
    about: 'a sync that hangs in a hook, and a step that ends it',
    transport: 'kubernetes',
    steps: [
      { inputs: { applications: 'shop-backup', async: 'true', timeout: '20s' }, result: 'succeeded', green: true },
      {
        inputs: { command: 'terminate', applications: 'shop-backup', timeout: '20s' },
        result: 'succeeded',
        green: true,
      },
    ],
    lesson: 'The first step started a sync without waiting for it; the second one ended it and waited for its end.',
  },
  {
    name: 'argocd-api',
    about: 'the Argo CD API in place of the Kubernetes API',
    transport: 'argocd',
    steps: [
      {
        inputs: {
          'application-regex': 'payments-(api|worker|reports).*',
          'wait-until-healthy': 'true',
          timeout: '30s',
        },
        result: 'succeeded',
        green: true,
      },
    ],
    lesson: 'The same step over the other API: same inputs, same verdicts. Only the connection differs.',
  },
  {
    name: 'bad-input',
    about: 'inputs with mistakes in them',
    transport: 'kubernetes',
    steps: [
      {
        inputs: {
          'application-regex': 'shop-(web',
          timeout: '10',
          'sync-options': 'CreateNamepace=true',
          prune: 'yes',
          'fail-on-timeout': 'true',
        },
        result: 'failed',
        green: false,
      },
    ],
    lesson: 'All problems are told at once, and nothing was touched.',
  },
];
