import type { CommitMessage } from './port.ts';

/** The text of a commit: one line, paragraphs, trailers. Nothing given for one part can become another part. */
export const messageText = ({ subject, body, trailers }: CommitMessage): string => {
  const parts = [
    line(subject),
    // The last paragraph is the trailers'; an empty line at the end of the body cannot come between.
    body.replaceAll('\0', '').trim(),
    trailers.map(({ name, value }) => `${name.replace(/[^A-Za-z0-9-]/g, '')}: ${line(value)}`).join('\n'),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
};

const line = (text: string): string => text.replaceAll('\0', '').replace(/\s+/g, ' ').trim();
