import type { InputProblem } from './types.ts';

/** What was given for an input, `''` when nothing was. */
export type Read = (name: string) => string;
export type Environment = Readonly<Record<string, string | undefined>>;
/** Content of a text file; throws as `fs.readFileSync` does. */
export type ReadFile = (path: string) => string;

/**
 * Reads inputs and gathers what is wrong with them and what must be masked, so that everything is reported together.
 * Readers of single inputs answer a usable value even where they report a problem.
 */
export class Reading {
  readonly env: Environment;
  readonly readFile: ReadFile;
  readonly problems: InputProblem[] = [];
  readonly secrets = new Set<string>();
  /** Inputs that were read and given, in the order of reading. */
  readonly called = new Map<string, string>();
  readonly #read: Read;
  readonly #lent: ReadonlyMap<string, string>;

  /** `lent`: values that stand in for inputs, over what is given itself. */
  constructor(read: Read, env: Environment, readFile: ReadFile, lent: ReadonlyMap<string, string> = new Map()) {
    this.#read = read;
    this.#lent = lent;
    this.env = env;
    this.readFile = readFile;
  }

  /** The input without blanks around it; undefined when nothing is left. */
  text(name: string): string | undefined {
    const given = this.#read(name).trim();
    const value = this.#lent.get(name) ?? given;
    if (value === '') return undefined;
    this.called.set(name, value);
    return value;
  }

  /** An environment variable, read in the same way. */
  variable(name: string): string | undefined {
    const value = this.env[name]?.trim();
    return value === undefined || value === '' ? undefined : value;
  }

  given(name: string): boolean {
    return this.text(name) !== undefined;
  }

  /** `value` only where it is no secret. */
  problem(input: string, value: string | undefined, problem: string, remedy: string): void {
    this.problems.push({ input, value: value === undefined ? undefined : shorten(value), problem, remedy });
  }

  /** Remembers a value to mask: whole, and each line of it that could stand alone. */
  secret(value: string | undefined): void {
    for (const item of maskable(value ?? '')) this.secrets.add(item);
  }
}

const MAX_SHOWN = 200;

/** One line, at most 200 characters: a problem must stay readable whatever was given. */
const shorten = (value: string): string => {
  const line = value.replace(/\s*[\r\n]+\s*/g, '⏎');
  return line.length > MAX_SHOWN ? `${line.slice(0, MAX_SHOWN)}…` : line;
};

const MIN_LINE = 8;

/** What of a secret must be masked: the whole, and each of its lines of 8 characters or more, PEM's frame excepted. */
export const maskable = (secret: string): readonly string[] => {
  const whole = secret.trim();
  if (whole === '') return [];
  const lines = whole
    .split(/\r?\n|\\n/)
    .map((line) => line.trim())
    .filter((line) => line.length >= MIN_LINE && !line.startsWith('-----'));
  return [...new Set([whole, ...lines])];
};
