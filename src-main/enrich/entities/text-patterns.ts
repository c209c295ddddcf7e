/** Characters of a message that are searched: the message bound of the documented product (facts 1.3). */
const SEARCHED_CHARACTERS = 8192;

const IPV4 = /(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d]|\.\d)/g;
/** Loose on purpose: whoever takes the hit checks that it is an address. Bounded, so linear. */
const IPV6 = /(?<![\w:.])(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}(?![\w:])/gi;

/** How daemons name an account: sshd, pam, sudo, cron, and `key=value` text. The first group that took part has it. */
const USER = new RegExp(
  [
    String.raw`\bfor (?:(?:invalid|illegal) user |user )?([^\s'"(]{1,64})(?= from | by |\(|$)`,
    String.raw`\b(?:invalid|illegal) user ([^\s'"(]{1,64}) from `,
    String.raw`\b(?:user|username|acct|account|ruser)=["']?([^\s"',;)\]]{1,64})`,
    String.raw`^\s*([^\s:]{1,64}) : (?:TTY|PWD|USER|HOST)=`,
    String.raw`\bUSER=([^\s;]{1,64})`,
    String.raw`^\(([^)\s]{1,64})\) CMD `,
    String.raw`\bnew user: name=([^\s,]{1,64})`,
  ].join('|'),
  'gi',
);

export interface TextHits {
  readonly addresses: readonly string[];
  readonly users: readonly string[];
}

const NO_HITS: readonly string[] = [];

function usersIn(text: string): readonly string[] {
  let users: string[] | null = null;
  for (const match of text.matchAll(USER)) {
    for (let group = 1; group < match.length; group += 1) {
      const user = match[group];
      if (user !== undefined && user !== '') (users ??= []).push(user);
    }
  }
  return users ?? NO_HITS;
}

function addressesIn(text: string): readonly string[] {
  const v4 = text.includes('.') ? text.match(IPV4) : null;
  const v6 = text.includes(':') ? text.match(IPV6) : null;
  if (v6 === null) return v4 ?? NO_HITS;
  return v4 === null ? v6 : [...v4, ...v6];
}

/** Candidates in free text, unchecked and in order of appearance. */
export function findInText(message: string): TextHits {
  const text = message.length > SEARCHED_CHARACTERS ? message.slice(0, SEARCHED_CHARACTERS) : message;
  return { addresses: addressesIn(text), users: usersIn(text) };
}
