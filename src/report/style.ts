/** How the log sets text apart. */
export interface Style {
  /** What the eye should find. */
  readonly highlight: (text: string) => string;
  /** What can be skipped. */
  readonly mute: (text: string) => string;
}

const sgr =
  (code: number) =>
  (text: string): string =>
    text === '' ? '' : `\u001b[${code}m${text}\u001b[0m`;

/** For logs that show colours, as GitHub's does. */
export const colours: Style = { highlight: sgr(1), mute: sgr(90) };

export const noColours: Style = { highlight: (text) => text, mute: (text) => text };
