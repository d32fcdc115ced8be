/** An element as {@link parseXml} reads it. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** The text directly in it. */
  readonly text: string;
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
/** The characters of XML 1.0. */
const CHARACTERS = /^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u;

const value = (raw: string): string => {
  const text = raw.replaceAll(/&(?:#(\d+)|(\w+));|&/g, (whole, code: string | undefined, name: string | undefined) => {
    const char = code === undefined ? NAMED[name ?? ''] : String.fromCodePoint(Number(code));
    if (char === undefined) throw new Error(`not a reference: ${whole}`);
    return char;
  });
  if (!CHARACTERS.test(text)) throw new Error('a character that XML 1.0 does not have');
  return text;
};

/** Reads XML strictly, as far as reports use it: elements, attributes in double quotes, text. Throws for anything else. */
export const parseXml = (xml: string): XmlElement => {
  const tokens =
    /<\?xml version="1\.0" encoding="UTF-8"\?>\s*|<\/([\w-]+)>|<([\w-]+)((?: [\w-]+="[^"<]*")*)(\/?)>|([^<]+)/uy;
  type Open = { name: string; attributes: Record<string, string>; children: XmlElement[]; text: string };
  const root: Open = { name: '', attributes: {}, children: [], text: '' };
  const stack: Open[] = [root];
  while (tokens.lastIndex < xml.length) {
    const at = tokens.lastIndex;
    const token = tokens.exec(xml);
    const top = stack.at(-1);
    if (token === null || top === undefined) throw new Error(`not XML at ${at}: ${xml.slice(at, at + 80)}`);
    const [, close, open, attributes = '', empty, text] = token;
    if (open !== undefined) {
      const element: Open = { name: open, attributes: {}, children: [], text: '' };
      for (const [, key = '', raw = ''] of attributes.matchAll(/ ([\w-]+)="([^"]*)"/g)) {
        if (key in element.attributes) throw new Error(`twice: ${key}`);
        element.attributes[key] = value(raw);
      }
      top.children.push(element);
      if (empty === '') stack.push(element);
    } else if (close !== undefined) {
      if (stack.pop()?.name !== close) throw new Error(`${close} was not open`);
    } else if (text !== undefined) top.text += value(text);
  }
  const [element, ...more] = root.children;
  if (element === undefined || more.length > 0 || stack.length > 1) throw new Error('not one whole element');
  return element;
};
