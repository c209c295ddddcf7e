import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from '@playwright/test';
import { routes } from '#shared/contract/index.ts';
import type { Route } from '#shared/contract/route.ts';
import { STREAM_PATH } from '#shared/contract/stream.ts';
import { expect, startCore, test as base, type Core } from './core.ts';

/** One call that a foreign page tries; made from the route table, so that a new route is attacked too. */
interface Target {
  readonly method: string;
  readonly url: string;
  readonly body: string;
}

interface Foreign {
  /** A page of another program on this machine: same host, other port. */
  readonly url: string;
}

/**
 * The worst case: a core that asks nobody for a credential (`api_auth_mode: disabled`), so that only its guards
 * against foreign pages stand between a web page and the evidence (reliability T9, T11).
 */
const test = base.extend<object, { core: Core; foreign: Foreign }>({
  core: [
    // eslint-disable-next-line no-empty-pattern -- Playwright wants the fixtures object, even when none is used.
    async ({}, use) => {
      const { core, stop } = await startCore({ api_auth_mode: 'disabled' });
      await core.openSample();
      await furnish(core);
      await use(core);
      await stop();
    },
    { scope: 'worker' },
  ],
  foreign: [
    // eslint-disable-next-line no-empty-pattern -- as above.
    async ({}, use) => {
      const server = createServer((_request, response) => {
        response.setHeader('content-type', 'text/html');
        response.end('<!doctype html><title>A page from elsewhere</title><body></body>');
      }).listen(0, '127.0.0.1');
      await once(server, 'listening');
      // A TCP server that listens on a port has an address of this shape.
      await use({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` });
      server.close();
    },
    { scope: 'worker' },
  ],
});

const KEPT_RULE = '0b0f4c1e-7d5a-4c86-9a43-0a1f4a5b6c7d';

/** One of everything that a call could read, change or remove. */
async function furnish(core: Core): Promise<void> {
  const yaml = `title: kept\nid: ${KEPT_RULE}\nlogsource: {product: windows}\ndetection: {a: {EventID: 1}, condition: a}\nlevel: low\n`;
  await core.api('POST', '/api/v1/sigma/rules', { yaml });
  await core.api('POST', '/api/v1/detections/rules', { name: 'kept', query: 'kept' });
  await core.api('POST', '/api/v1/attack/layers', await core.api('GET', '/api/v1/attack/coverage/layer'));
  await core.api('PUT', '/api/v1/sigma/placeholders/kept', { values: ['a'] });
  await core.api('PUT', '/api/v1/sigma/pipelines/kept', { yaml: 'name: kept\ntransformations: []\n' });
  await core.api('PUT', '/api/v1/views/rules/kept', { search: { level: 'high' } });
}

/** What the route's own example would do counts as harm, where nothing worse stands here. */
const HARMFUL_BODIES: Readonly<Record<string, unknown>> = {
  startImport: { paths: ['/etc'] },
  patchAlert: { status: 'closed' },
  patchRule: { enabled: false },
  createRule: {
    yaml: 'title: planted\nlogsource: {product: windows}\ndetection: {a: {EventID: 1}, condition: a}\nlevel: low\n',
  },
};

/** Every route, with the ids of things that exist, so that a call which got through would succeed. */
async function targets(core: Core): Promise<Target[]> {
  const first = async (list: string) => {
    const { items } = (await core.api('GET', `/api/v1/${list}`)) as { items: { id: string }[] };
    return items[0]?.id ?? 'none';
  };
  const layer = await first('attack/layers');
  const detectionRule = await first('detections/rules?limit=1');
  const ids: Readonly<Record<string, string>> = {
    alert_id: await first('alerts?limit=1'),
    event_id: await first('events?limit=1'),
    import_id: await first('imports?limit=1'),
    layer_id: layer,
    rule_id: KEPT_RULE,
    version: '1',
    screen: 'rules',
    name: 'kept',
  };
  /** What a route cannot do without. */
  const queries: Readonly<Record<string, string>> = {
    eventValues: '?field=host',
    layerOverlay: `?layers=${layer}`,
    threatTechniques: '?ids=G0016',
    uploadImport: '?name=planted.json',
    uploadRules: '?name=planted.yml',
  };
  const fill = (path: string) => {
    const own = path.startsWith('/api/v1/detections/') ? { ...ids, rule_id: detectionRule } : ids;
    return path.replace(/\{(\w+)\}/g, (_, key: string) => encodeURIComponent(own[key] ?? 'none'));
  };
  return Object.entries<Route>(routes).map(([name, { method, path, examples }]) => ({
    method,
    url: core.url + fill(path) + (queries[name] ?? ''),
    body: JSON.stringify(
      HARMFUL_BODIES[name] ?? examples?.find(({ body }) => body !== undefined)?.body ?? {},
    ),
  }));
}

/** Everything that an attack could have changed. */
async function effects(core: Core): Promise<unknown> {
  const list = (path: string) => core.api('GET', `/api/v1/${path}`);
  const stats = (await list('stats')) as { events: number; alerts: number; rules_loaded: number };
  const alerts = (await list('alerts?limit=500')) as { items: { id: string; status: string }[] };
  const rules = (await list('sigma/rules?limit=5000')) as {
    total: number;
    items: { id: string; enabled: boolean }[];
  };
  const imports = (await list('imports')) as { total: number; items: { id: string; state: string }[] };
  const kept = [
    'detections/rules',
    'attack/layers',
    'sigma/placeholders',
    'sigma/pipelines',
    'views/rules',
    `sigma/rules/${KEPT_RULE}/versions`,
    `sigma/rules/${KEPT_RULE}/cases`,
    `alerts/${alerts.items[0]?.id ?? 'none'}/feedback`,
  ];
  return {
    kept: await Promise.all(kept.map(list)),
    stored: [stats.events, stats.alerts, stats.rules_loaded],
    alerts: alerts.items.map(({ id, status }) => `${id} ${status}`),
    rules: rules.items.filter(({ enabled }) => !enabled).map(({ id }) => id),
    ruleCount: rules.total,
    imports: imports.items.map(({ id, state }) => `${id} ${state}`),
  };
}

test('the calls are good ones: a program on this machine gets an answer to each that reads', async ({
  core,
}) => {
  const answered = await Promise.all(
    (await targets(core))
      .filter(({ method }) => method === 'GET')
      .map(async ({ url }) => ({ url, status: (await fetch(url)).status })),
  );
  expect(answered.filter(({ status }) => status >= 400)).toEqual([]);
});

const ATTACKS: Readonly<Record<string, (page: Page, list: Target[]) => Promise<string[]>>> = {
  'a simple fetch': (page, list) => fetchFrom(page, list, { 'content-type': 'text/plain' }, 'cors'),
  'a fetch that asks first': (page, list) =>
    fetchFrom(page, list, { 'content-type': 'application/json', 'x-api-key': 'x' }, 'cors'),
  'a fetch that does not want the answer': (page, list) =>
    fetchFrom(page, list, { 'content-type': 'text/plain' }, 'no-cors'),
  'images and scripts': (page, list) =>
    page.evaluate(async (all) => {
      const load = (tag: 'img' | 'script', url: string) =>
        new Promise<string[]>((resolve) => {
          const element = document.createElement(tag);
          element.onload = () => resolve([`${tag} ${url}`]);
          element.onerror = () => resolve([]);
          element.src = url;
          document.body.append(element);
        });
      const loads = all.flatMap(({ url }) => [load('img', url), load('script', url)]);
      return (await Promise.all(loads)).flat();
    }, list),
  beacons: (page, list) =>
    page.evaluate((all) => {
      for (const { url, body } of all) {
        navigator.sendBeacon(url, body);
        navigator.sendBeacon(url, new Blob([body], { type: 'application/json' }));
      }
      return [];
    }, list),
};

/** Calls each target from the page; returns those whose answer the page could read. */
async function fetchFrom(
  page: Page,
  list: Target[],
  headers: Readonly<Record<string, string>>,
  mode: 'cors' | 'no-cors',
): Promise<string[]> {
  return page.evaluate(
    async ([all, sent, how]) => {
      const read = await Promise.all(
        all.map(async ({ method, url, body }) => {
          // `no-cors` knows only these methods; a page would use POST in place of the others.
          const verb = how === 'no-cors' && method !== 'GET' ? 'POST' : method;
          const init = { method: verb, mode: how, headers: sent, ...(verb === 'GET' ? {} : { body }) };
          const response = await fetch(url, init).catch(() => null);
          if (response === null || response.type === 'opaque') return [];
          return [`${verb} ${url} ${response.status}`];
        }),
      );
      return read.flat();
    },
    [list, headers, mode] as const,
  );
}

for (const [name, attack] of Object.entries(ATTACKS)) {
  test(`${name} from a foreign page: nothing is read, nothing happens`, async ({ page, core, foreign }) => {
    const before = await effects(core);
    await page.goto(foreign.url);
    const finished: string[] = [];
    page.on('response', (response) => {
      if (response.url().startsWith(core.url) && response.ok()) finished.push(response.url());
    });
    expect(await attack(page, await targets(core))).toEqual([]);
    // Beacons are sent when the page goes away at the latest.
    await page.goto('about:blank');
    expect(finished).toEqual([]);
    expect(await effects(core)).toEqual(before);
  });
}

test('a form that is sent as text is refused', async ({ page, core, foreign }) => {
  const before = await effects(core);
  for (const { method, url, body } of await targets(core)) {
    if (method === 'GET') continue;
    await page.goto(foreign.url);
    const answer = page.waitForResponse(url);
    await page.evaluate(
      ([action, text]) => {
        const form = document.createElement('form');
        Object.assign(form, { action, method: 'POST', enctype: 'text/plain' });
        const input = document.createElement('input');
        // The name and the value make a JSON body together, with the equals sign inside a member.
        Object.assign(input, { name: text.slice(0, -1) + ',"x":"', value: '"}' });
        form.append(input);
        document.body.append(form);
        form.submit();
      },
      [url, body] as const,
    );
    expect((await answer).status(), url).toBeGreaterThanOrEqual(400);
    await page.waitForURL(url);
  }
  expect(await effects(core)).toEqual(before);
});

test('no foreign page opens the stream, not even with a ticket', async ({ page, core, foreign }) => {
  const { ticket } = (await core.api('POST', '/api/v1/ws-ticket')) as { ticket: string };
  await page.goto(foreign.url);
  const socketUrl = core.url.replace('http', 'ws') + STREAM_PATH;
  const outcomes = await page.evaluate(
    async (urls) =>
      Promise.all(
        urls.map(
          (url) =>
            new Promise<string>((resolve) => {
              const socket = new WebSocket(url);
              socket.onopen = () => resolve('open');
              socket.onerror = () => resolve('refused');
            }),
        ),
      ),
    [socketUrl, `${socketUrl}?ticket=${ticket}`],
  );
  expect(outcomes).toEqual(['refused', 'refused']);
});
