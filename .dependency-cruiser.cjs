/**
 * Who may import whom: the table of CONTRIBUTING.md as rules. Every room may import itself and src-shared;
 * what else it may import is listed here. A package named under `reserved` may be imported only by its owners.
 */
const floor = ['pipeline', 'telemetry', 'platform'];
const rooms = {
  telemetry: [],
  platform: [],
  pipeline: ['telemetry', 'platform'],
  ingest: floor,
  parse: floor,
  enrich: floor,
  detect: floor,
  respond: floor,
  publish: floor,
  store: floor,
  query: ['telemetry', 'platform', 'store/interface'],
  api: ['query', 'store/interface', 'publish', 'pipeline', 'telemetry', 'platform'],
  core: ['api', 'query', 'store', 'publish', 'respond', 'detect', 'enrich', 'parse', 'ingest', ...floor],
  app: ['telemetry', 'platform'],
};

/** Packages reserved to the listed folders. */
const reserved = {
  'better-sqlite3': '^src-main/store/(sqlite|migrations)',
  fastify: '^src-main/api',
  '@fastify/.*': '^src-main/api',
  ws: '^src-main/(api|publish)',
  electron: '^src-main/(app|entry/(shell|preload))',
  pino: '^src-main/telemetry',
  'js-yaml': '^src-(main/platform|renderer/lib)/yaml',
  'react(-dom)?': '^src-renderer',
  zustand: '^src-renderer',
  '@tanstack/.*': '^src-renderer',
  '@mantine/.*': '^src-renderer',
  recharts: '^src-renderer',
  cytoscape: '^src-renderer',
  uplot: '^src-renderer',
};

const test = '\\.test\\.tsx?$';

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
    ...Object.entries(rooms).map(([room, allowed]) => ({
      name: `room-${room}`,
      comment: `src-main/${room} may import only: ${['itself', 'src-shared', ...allowed].join(', ')}`,
      severity: 'error',
      from: { path: `^src-main/${room}/`, pathNot: test },
      to: { path: '^src-(main|renderer)/', pathNot: `^src-main/(${[room, ...allowed].join('|')})(/|\\.)` },
    })),
    {
      name: 'components-do-not-know-one-another',
      comment:
        'One receiver, format, enricher or engine never imports another; shared kit lives in the room itself.',
      severity: 'error',
      from: { path: '^src-main/(ingest|parse|enrich|detect|api)/([^/]+)/', pathNot: test },
      to: { path: '^src-main/$1/[^/]+/', pathNot: '^src-main/$1/($2|auth|guard|kit)/' },
    },
    {
      name: 'sigma-reads-then-compiles-then-matches',
      comment:
        'Inside the Sigma engine documents know nothing of their meaning, and meaning nothing of events.',
      severity: 'error',
      from: { path: '^src-main/detect/sigma/(document|compile)/', pathNot: test },
      to: { path: '^src-main/detect/sigma/', pathNot: '^src-main/detect/sigma/(document|$1)/' },
    },
    {
      name: 'sigma-pipelines-change-documents',
      comment:
        'Processing pipelines turn documents into documents; they know what values mean, not what events do.',
      severity: 'error',
      from: { path: '^src-main/detect/sigma/processing/', pathNot: test },
      to: {
        path: '^src-main/detect/sigma/',
        pathNot: '^src-main/detect/sigma/(document|compile|processing)/',
      },
    },
    {
      name: 'entries-host-rooms',
      comment:
        'A bundle entry imports core or the one room that it hosts; shell and preload import app only.',
      severity: 'error',
      from: { path: '^src-main/entry/(shell|preload)' },
      to: { path: '^src-main/', pathNot: '^src-main/(entry|app|telemetry|platform)/' },
    },
    {
      name: 'shared-is-pure',
      comment: 'src-shared runs in a page and in Node: no Node, no DOM, no Electron, only zod.',
      severity: 'error',
      from: { path: '^src-shared/', pathNot: test },
      to: { pathNot: '^src-shared/|node_modules/zod/' },
    },
    {
      name: 'renderer-knows-only-shared',
      severity: 'error',
      from: { path: '^src-renderer/' },
      to: { path: '^src-main/' },
    },
    {
      name: 'features-do-not-know-one-another',
      severity: 'error',
      from: { path: '^src-renderer/features/([^/]+)/' },
      to: { path: '^src-renderer/(features/|app/)', pathNot: '^src-renderer/features/$1/' },
    },
    {
      name: 'ui-workbench-api-and-lib-are-leaves',
      severity: 'error',
      from: { path: '^src-renderer/(ui|lib|api|workbench)/' },
      to: { path: '^src-renderer/(features|app)/' },
    },
    ...Object.entries(reserved).map(([name, owners]) => ({
      name: `reserved-${name.replace(/[^a-z0-9]+/gi, '-')}`,
      severity: 'error',
      from: { path: '^src-', pathNot: `${owners}|${test}` },
      to: { path: `node_modules/(@types/)?${name}/` },
    })),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default'],
    },
  },
};
