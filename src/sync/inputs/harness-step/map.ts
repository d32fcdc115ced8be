import { formatDuration, parseDuration } from '../../../lib/duration.ts';
import { nearest } from '../../../lib/nearest.ts';
import { type Field, parseStep } from './parse.ts';

/** What a Harness GitOpsSync step becomes. */
export interface MappedStep {
  /** Inputs of this action with their values, and the field each comes from. */
  readonly inputs: ReadonlyMap<string, { readonly value: string; readonly path: string }>;
  /** A line for each field that cannot be honoured. */
  readonly warnings: readonly string[];
  readonly problems: readonly StepProblem[];
}

export interface StepProblem {
  /** The field, `''`: the step as a whole. */
  readonly path: string;
  readonly problem: string;
  readonly remedy: string;
}

/** Harness's own time-out of a step. */
const TIMEOUT = '10m';

const STEP_FIELDS = new Set(['type', 'name', 'identifier', 'description', 'timeout', 'spec']);
const SPEC_FIELDS = [
  'applicationsList',
  'applicationRegex',
  'applicationLabels',
  'prune',
  'dryRun',
  'applyOnly',
  'forceApply',
  'syncOptions',
  'retryStrategy',
  'waitTillHealthy',
  'failOnTimeout',
  'degradedStateTimeout',
  'resourcesFilter',
] as const;

/** Fields that mean nothing here, and what there is instead. */
const NOT_HONOURED: Readonly<Record<string, string>> = {
  when: 'say if: at the step of the workflow',
  failureStrategies: 'say continue-on-error: at the step of the workflow, or if: failure() at the next one',
  strategy: 'say strategy: at the job of the workflow',
  enforce: 'policies of Harness are not evaluated',
  delegateSelectors: 'say runs-on: at the job of the workflow',
  agentId: 'the inputs of the connection say which Argo CD is meant',
  autoPromoteRolloutBehavior: 'rollouts are not promoted; suspended: pass accepts a paused one',
  showResourceProgress: 'the log always shows how Applications change, and every resource that fails',
};

const FLAGS = [
  ['prune', 'prune'],
  ['dryRun', 'dry-run'],
  ['applyOnly', 'apply-only'],
  ['forceApply', 'force'],
] as const;

/** Sync options that are switched on; switched off they leave the Application its own. */
const OPTIONS: Readonly<Record<string, string>> = {
  skipSchemaValidation: 'Validate=false',
  autoCreateNamespace: 'CreateNamespace=true',
  pruneResourcesAtLast: 'PruneLast=true',
  applyOutOfSyncOnly: 'ApplyOutOfSyncOnly=true',
  replaceResources: 'Replace=true',
  serverSideApply: 'ServerSideApply=true',
  respectIgnoreDifferences: 'RespectIgnoreDifferences=true',
};

const RETRY = [
  ['limit', 'retry-limit'],
  ['baseBackoffDuration', 'retry-backoff-duration'],
  ['increaseBackoffByFactor', 'retry-backoff-factor'],
  ['maxBackoffDuration', 'retry-backoff-max-duration'],
] as const;

/** The input that a field becomes, also where its value is a problem; `''`: none. */
export const inputOf = (path: string): string =>
  INPUTS.find(([field]) => path === field || path.startsWith(`${field}.`) || path.startsWith(`${field}[`))?.[1] ?? '';

const INPUTS: readonly (readonly [field: string, input: string])[] = [
  ['timeout', 'timeout'],
  ['spec.applicationsList', 'applications'],
  ['spec.applicationRegex', 'application-regex'],
  ['spec.applicationLabels', 'selector'],
  ...FLAGS.map(([name, input]) => [`spec.${name}`, input] as const),
  ...RETRY.map(([name, input]) => [`spec.retryStrategy.${name}`, input] as const),
  ['spec.waitTillHealthy', 'wait-until-healthy'],
  ['spec.failOnTimeout', 'fail-on-timeout'],
  ['spec.degradedStateTimeout', 'degraded-timeout'],
  ['spec.resourcesFilter', 'resources'],
];

const RESOURCE_FIELDS = ['group', 'kind', 'name', 'namespace'] as const;

/** Maps the YAML of a Harness GitOpsSync step to inputs, with Harness's defaults. Pure. Whatever it says ends in one of the three lists. */
export const mapHarnessStep = (text: string): MappedStep => {
  const mapping = new Mapping();
  const parsed = parseStep(text);
  if (parsed.kind === 'invalid') {
    mapping.problems.push({ path: '', problem: parsed.problem, remedy: parsed.remedy });
    return mapping;
  }
  const { step, whole } = parsed;
  const spec = whole ? step.fields.get('spec') : step;
  if (whole) mapStep(mapping, step);
  if (!whole || !step.fields.has('timeout')) mapping.inputs.set('timeout', { value: TIMEOUT, path: 'timeout' });
  if (spec === undefined || mapping.fields(spec).size === 0) {
    mapping.problems.push({
      path: '',
      problem: 'has no spec, which says what to sync',
      remedy: 'Paste the whole step, or what is below its spec.',
    });
    return mapping;
  }
  mapSpec(mapping, spec);
  return mapping;
};

class Mapping implements MappedStep {
  readonly inputs = new Map<string, { readonly value: string; readonly path: string }>();
  readonly warnings: string[] = [];
  readonly problems: StepProblem[] = [];

  problem({ path, at }: Field, problem: string, remedy: string): void {
    this.problems.push({ path, problem: `${path} (${at}) ${problem}`, remedy });
  }

  set(input: string, value: string, { path }: Pick<Field, 'path'>): void {
    this.inputs.set(input, { value, path });
  }

  /** Said once for each field, however often it stands in lists. */
  notHonoured(path: string, instead: string): void {
    const line = `harness-step: ${path.replace(/\[\d+\]/g, '[]')} is not honoured: ${instead}`;
    if (!this.warnings.includes(line)) this.warnings.push(line);
  }

  /** What is not known: named, with what was probably meant. */
  unknown({ path }: Field, known: Iterable<string>): void {
    const name = path.slice(path.lastIndexOf('.') + 1);
    const instead = NOT_HONOURED[name];
    const [near] = nearest(name, known, 1);
    this.notHonoured(
      path,
      Object.hasOwn(NOT_HONOURED, name) && instead !== undefined
        ? instead
        : `this action does not know the field${near === undefined ? '' : `; is ${near} meant?`}`,
    );
  }

  /** The text of a scalar; undefined when it is absent, empty, or a problem. */
  text(field: Field | undefined): string | undefined {
    if (field === undefined || field.value === null || field.value === '') return undefined;
    if (typeof field.value === 'object') {
      this.problem(field, 'is not one value', 'Write one value.');
      return undefined;
    }
    const text = String(field.value).trim();
    const [expression] = /<\+.*>|<\+.*/s.exec(text) ?? [];
    if (expression === undefined) return text === '' ? undefined : text;
    this.problem(
      field,
      `holds ${expression}, which only Harness can resolve`,
      'Write the value, or an expression of the workflow that gives it.',
    );
    return undefined;
  }

  flag(field: Field | undefined): boolean {
    const text = this.text(field)?.toLowerCase();
    if (field === undefined || text === undefined || text === 'false') return false;
    if (text !== 'true') this.problem(field, `is "${text}" and no boolean`, 'Write true or false.');
    return text === 'true';
  }

  /** In the form of this action; undefined when it is absent or a problem. */
  duration(field: Field | undefined): { readonly text: string; readonly ms: number } | undefined {
    const text = this.text(field);
    if (field === undefined || text === undefined) return undefined;
    const ms = text === '0' ? 0 : parseDuration(withoutWeeks(text));
    if (ms === undefined) {
      this.problem(field, `is "${text}" and no duration`, 'Write for example 10m or 1h 30m.');
      return undefined;
    }
    return { text: formatDuration(ms), ms };
  }

  /** The fields of a map; a problem when it is something else. */
  fields(field: Field | undefined): ReadonlyMap<string, Field> {
    if (field === undefined || field.value === null) return new Map();
    const isMap = typeof field.value === 'object' && !Array.isArray(field.value);
    if (!isMap && (Array.isArray(field.value) || this.text(field) !== undefined)) {
      this.problem(field, 'is not a map of fields', 'Write its fields below it.');
    }
    return field.fields;
  }

  /** A list; a problem when it is something else. */
  list(field: Field): readonly Field[] {
    if (Array.isArray(field.value)) return field.items;
    if (this.text(field) !== undefined) this.problem(field, 'is not a list', 'Write a list.');
    return [];
  }
}

/** Harness knows weeks. */
const withoutWeeks = (text: string): string =>
  text.replace(/^\s*(\d{1,6})w\s*(?:(\d{1,6})d)?/, (_, weeks: string, days: string | undefined) => {
    return `${Number(weeks) * 7 + Number(days ?? 0)}d`;
  });

const mapStep = (mapping: Mapping, step: Field): void => {
  for (const [name, field] of step.fields) if (!STEP_FIELDS.has(name)) mapping.unknown(field, STEP_FIELDS);
  const type = step.fields.get('type');
  if (type !== undefined && type.value !== 'GitOpsSync') {
    mapping.problem(
      type,
      `is "${String(type.value)}"`,
      'Paste a step of type GitOpsSync; other steps have no counterpart here.',
    );
  }
  const field = step.fields.get('timeout');
  const timeout = mapping.duration(field);
  if (field !== undefined && timeout !== undefined) mapping.set('timeout', timeout.text, field);
};

const mapSpec = (mapping: Mapping, spec: Field): void => {
  const { fields } = spec;
  for (const [name, field] of fields) {
    if (!SPEC_FIELDS.some((known) => known === name)) mapping.unknown(field, SPEC_FIELDS);
  }
  mapSelection(mapping, spec);
  for (const [name, input] of FLAGS) {
    const field = fields.get(name);
    if (field !== undefined) mapping.set(input, String(mapping.flag(field)), field);
  }
  mapOptions(mapping, fields.get('syncOptions'));
  mapRetry(mapping, fields.get('retryStrategy'));
  mapWaiting(mapping, fields);
  const filter = fields.get('resourcesFilter');
  if (filter !== undefined) mapResources(mapping, filter);
};

const mapSelection = (mapping: Mapping, { fields, path }: Field): void => {
  const [list, regex, labels] = [
    fields.get('applicationsList'),
    fields.get('applicationRegex'),
    fields.get('applicationLabels'),
  ];
  const given = [list, regex, labels].filter((field) => field !== undefined);
  const [, second] = given;
  if (second !== undefined) {
    mapping.problem(
      second,
      `stands beside ${given[0]?.path ?? path}`,
      'A GitOpsSync step has one of applicationsList, applicationRegex and applicationLabels: leave one.',
    );
    return;
  }
  if (given.length === 0) {
    mapping.notHonoured(
      `${path} without applicationsList, applicationRegex and applicationLabels`,
      'Applications of a Fetch Linked Apps step are not known here; application-set selects those of an ApplicationSet',
    );
  }
  if (list !== undefined) mapList(mapping, list);
  const pattern = mapping.text(regex);
  if (regex !== undefined && pattern !== undefined) mapping.set('application-regex', pattern, regex);
  if (labels !== undefined) mapLabels(mapping, labels);
};

const mapList = (mapping: Mapping, list: Field): void => {
  const known = new Set(['agentId', 'applicationName', 'resourcesSelector', 'description']);
  const names: string[] = [];
  const selectors: (Field | undefined)[] = [];
  for (const item of mapping.list(list)) {
    const name = mapping.fields(item).get('applicationName');
    if (name === undefined) {
      mapping.problem(item, 'has no applicationName', 'Write items with applicationName.');
      continue;
    }
    const text = mapping.text(name);
    if (text !== undefined) names.push(text);
    selectors.push(item.fields.get('resourcesSelector'));
    for (const [key, field] of item.fields) {
      if (key === 'agentId') mapping.notHonoured(field.path, NOT_HONOURED.agentId ?? '');
      else if (!known.has(key)) mapping.unknown(field, known);
    }
  }
  if (names.length > 0) mapping.set('applications', names.join('\n'), list);
  const selector = selectors.find((field) => field !== undefined);
  if (selector === undefined) return;
  const same = selectors.every((field) => JSON.stringify(field?.value) === JSON.stringify(selector.value));
  if (same) mapResources(mapping, selector);
  else {
    mapping.problem(
      selector,
      'differs among the Applications, and one step has one choice of resources',
      'Use a step for each Application, with resources.',
    );
  }
};

/** `Key:Value` items: all keys must hold; several values of one key are alternatives. */
const mapLabels = (mapping: Mapping, labels: Field): void => {
  const values = new Map<string, string[]>();
  for (const item of mapping.list(labels)) {
    const text = mapping.text(item);
    if (text === undefined) continue;
    const colon = text.indexOf(':');
    const [key, value] = [text.slice(0, Math.max(colon, 0)).trim(), text.slice(colon + 1).trim()];
    if (key === '' || value === '') {
      mapping.problem(item, `is "${text}" and not Key:Value`, 'Write a label as Key:Value, for example team:payments.');
    } else {
      values.set(key, [...(values.get(key) ?? []), value]);
    }
  }
  const parts = [...values].map(([key, [first = '', ...others]]) =>
    others.length === 0 ? `${key}=${first}` : `${key} in (${[first, ...others].join(', ')})`,
  );
  if (parts.length > 0) mapping.set('selector', parts.join(','), labels);
};

const mapOptions = (mapping: Mapping, options: Field | undefined): void => {
  if (options === undefined) return;
  const lines: string[] = [];
  for (const [name, field] of mapping.fields(options)) {
    const option = Object.hasOwn(OPTIONS, name) ? OPTIONS[name] : undefined;
    if (option !== undefined) {
      if (mapping.flag(field)) lines.push(option);
    } else if (name === 'prunePropagationPolicy') {
      const policy = mapping.text(field);
      if (policy !== undefined) lines.push(`PrunePropagationPolicy=${policy.toLowerCase()}`);
    } else if (name !== 'description') {
      mapping.unknown(field, [...Object.keys(OPTIONS), 'prunePropagationPolicy']);
    }
  }
  if (lines.length > 0) mapping.set('sync-options', lines.join('\n'), options);
};

const mapRetry = (mapping: Mapping, retry: Field | undefined): void => {
  for (const [name, field] of mapping.fields(retry)) {
    const input = RETRY.find(([key]) => key === name)?.[1];
    if (input === undefined) {
      if (name !== 'description')
        mapping.unknown(
          field,
          RETRY.map(([key]) => key),
        );
      continue;
    }
    const text = mapping.text(field);
    if (text !== undefined) mapping.set(input, text.replace(/\s+/g, ''), field);
  }
};

const mapWaiting = (mapping: Mapping, fields: ReadonlyMap<string, Field>): void => {
  const wait = fields.get('waitTillHealthy');
  const waits = mapping.flag(wait);
  mapping.set('wait-until-healthy', String(waits), { path: wait?.path ?? 'spec.waitTillHealthy' });
  const failOnTimeout = fields.get('failOnTimeout');
  const fails = mapping.flag(failOnTimeout);
  mapping.set('fail-on-timeout', String(fails), { path: failOnTimeout?.path ?? 'spec.failOnTimeout' });
  const field = fields.get('degradedStateTimeout');
  const degraded = mapping.duration(field);
  if (field !== undefined && degraded !== undefined && degraded.ms > 0)
    mapping.set('degraded-timeout', degraded.text, field);
  const remedy = 'Write waitTillHealthy: true, or leave it out.';
  if (!waits && fails && failOnTimeout !== undefined) {
    mapping.problem(failOnTimeout, 'needs waitTillHealthy: true, without which it does nothing', remedy);
  }
  if (!waits && field !== undefined && (degraded?.ms ?? 0) > 0) {
    mapping.problem(field, 'needs waitTillHealthy: true, without which it does nothing', remedy);
  }
};

/** Empty fields stand for everything. */
const mapResources = (mapping: Mapping, filter: Field): void => {
  for (const [name, field] of mapping.fields(filter)) {
    if (RESOURCE_FIELDS.some((known) => known === name)) continue;
    if (name === 'label' && mapping.text(field) !== undefined) {
      // Without it more would be synced than was asked for.
      mapping.problem(
        field,
        'cannot be honoured: Argo CD syncs resources by group, kind and name',
        'Name them in resources instead.',
      );
    } else if (name !== 'label') mapping.unknown(field, RESOURCE_FIELDS);
  }
  const [group, kind, name, namespace] = RESOURCE_FIELDS.map((field) => mapping.text(filter.fields.get(field)));
  if ([group, kind, name, namespace].every((part) => part === undefined)) return;
  const place = namespace === undefined ? '' : `${namespace}/`;
  // The core group has no name: who names a kind and no group may mean it, or any.
  mapping.set('resources', `${group ?? '*'}:${kind ?? '*'}:${place}${name ?? '*'}`, filter);
};
