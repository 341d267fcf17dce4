import { Problem } from '../../domain/problem.ts';

/** The fields of a package by lower-case name. */
export type Stanza = ReadonlyMap<string, string>;

/** Bytes. The longest stanzas of Debian have some 20 kB. */
const MAX_STANZA = 1024 * 1024;
const NEWLINE = 0x0a;

/**
 * The stanzas of one package in an index (deb822: fields with continuation lines, stanzas apart by blank lines). Reads piece by piece:
 * the index is never held as a whole by this, and only stanzas that hold the name are taken apart.
 * @param place as shown in messages.
 * @throws Problem when it is no Packages index.
 */
export async function stanzasOf(
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  name: string,
  place: string,
): Promise<readonly Stanza[]> {
  const found: Stanza[] = [];
  let first = true;
  let rest: Buffer = Buffer.alloc(0);
  const take = (bytes: Buffer) => {
    if (first && bytes.length > 0) {
      checkFirst(parseStanza(bytes), bytes, place);
      first = false;
    }
    if (bytes.includes(name)) {
      const stanza = parseStanza(bytes);
      if (stanza.get('package') === name) found.push(stanza);
    }
  };
  for await (const piece of pieces) {
    const view = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
    const bytes = rest.length === 0 ? view : Buffer.concat([rest, view]);
    let start = 0;
    let line = 0;
    for (let end = bytes.indexOf(NEWLINE); end !== -1; end = bytes.indexOf(NEWLINE, line)) {
      if (isBlank(bytes, line, end)) {
        if (line > start) take(bytes.subarray(start, line));
        start = end + 1;
      }
      line = end + 1;
    }
    if (bytes.length - start > MAX_STANZA) throw notAnIndex(place);
    // A copy: the piece is not kept alive by its end.
    rest = Buffer.from(bytes.subarray(start));
  }
  if (rest.length > 0) take(rest);
  return found;
}

/** Whether a line holds nothing but spaces, tabs and a carriage return. */
function isBlank(bytes: Buffer, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at];
    if (byte !== 0x20 && byte !== 0x09 && byte !== 0x0d) return false;
  }
  return true;
}

function parseStanza(bytes: Buffer): Stanza {
  const fields = new Map<string, string>();
  let last: string | null = null;
  for (const line of bytes.toString('utf8').split('\n')) {
    if (/^[ \t]/.test(line)) {
      if (last !== null) fields.set(last, `${fields.get(last) ?? ''}\n${line.trim()}`);
      continue;
    }
    const colon = line.indexOf(':');
    const name: string = line.slice(0, Math.max(colon, 0)).toLowerCase();
    // No field may stand twice; where one does, the first counts.
    last = name === '' || fields.has(name) ? null : name;
    if (last !== null) fields.set(last, line.slice(colon + 1).trim());
  }
  return fields;
}

/** An index of sources or the list of what is installed have stanzas, too, but no `Filename`. */
function checkFirst(stanza: Stanza, bytes: Buffer, place: string): void {
  if (stanza.has('package') && stanza.has('filename')) return;
  if (/^\s*</.test(bytes.toString('latin1', 0, 100))) {
    throw new Problem(`${place} is a web page, not a Packages index`, {
      hint: 'Something between you and it (a sign-in page, a proxy) answered, or the address is wrong.',
    });
  }
  throw notAnIndex(place);
}

function notAnIndex(place: string): Problem {
  return new Problem(`${place} is not a Packages index of an apt repository`, {
    hint: 'Check path or address: an index of binary packages is meant, whose stanzas have `Package` and `Filename`.',
  });
}
