/** An answer that is no success, in GitHub's form. */
export class Refusal extends Error {
  readonly status: number;
  readonly errors: readonly unknown[] | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, message: string, more: RefusalDetails) {
    super(message);
    this.status = status;
    this.errors = more.errors;
    this.headers = more.headers ?? {};
  }

  get body(): unknown {
    return {
      message: this.message,
      ...(this.errors === undefined ? {} : { errors: this.errors }),
      documentation_url: 'https://docs.github.com/rest',
      status: String(this.status),
    };
  }
}

interface RefusalDetails {
  readonly errors?: readonly unknown[];
  readonly headers?: Readonly<Record<string, string>>;
}

export function refuse(status: number, message: string, more: RefusalDetails = {}): never {
  throw new Refusal(status, message, more);
}
