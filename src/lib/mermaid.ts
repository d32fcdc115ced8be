import { cut } from './printable.ts';

/** As long as a label may be before Mermaid lets it run into the chart. */
const LABEL_MAX = 40;

/**
 * Text of unknown origin as a name in a Mermaid chart. Mermaid has no escape that holds in all of its charts, so only letters,
 * digits and `. _ / -` stay, and everything else shows as `_`. Never empty.
 */
export const mermaidText = (text: string): string => cut(text, LABEL_MAX).replace(/[^A-Za-z0-9._/-]/g, '_') || '_';
