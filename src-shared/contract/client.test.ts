import { describe, expect, expectTypeOf, it } from 'vitest';
import { buildUrl, type RequestOf, type ResponseOf } from './client.ts';

describe('buildUrl', () => {
  it.each([
    [buildUrl('health', {}), '/health'],
    [buildUrl('listAlerts', {}), '/api/v1/alerts'],
    [buildUrl('listAlerts', { query: { since: '24h', limit: 50 } }), '/api/v1/alerts?since=24h&limit=50'],
    [
      buildUrl('listAlerts', { query: { severity: ['high', 'critical'] } }),
      '/api/v1/alerts?severity=high&severity=critical',
    ],
    [buildUrl('listEvents', { query: { q: 'host:dc01 & x' } }), '/api/v1/events?q=host%3Adc01%20%26%20x'],
    [buildUrl('getRule', { params: { rule_id: 'a/../b' } }), '/api/v1/sigma/rules/a%2F..%2Fb'],
  ])('writes %s', (url, expected) => expect(url).toBe(expected));

  it.each(['', '.', '..'])('refuses %j as a path parameter, which a server would normalise away', (id) => {
    expect(() => buildUrl('getAlert', { params: { alert_id: id } })).toThrow(TypeError);
  });
});

describe('types of the client', () => {
  it('demands what the route demands and nothing else', () => {
    expectTypeOf<RequestOf<'getAlert'>>().toExtend<{ readonly params: { alert_id: string } }>();
    expectTypeOf<{ readonly query: { limit: number } }>().toExtend<RequestOf<'listAlerts'>>();
    // @ts-expect-error the alert's id is missing
    expect(() => buildUrl('getAlert', {})).toThrow(TypeError);
    // @ts-expect-error a whole object is not a status
    expect(buildUrl('listAlerts', { query: { status: { new: true } } })).toBe('/api/v1/alerts');
    expectTypeOf<ResponseOf<'health'>>().toEqualTypeOf<{ status: 'ok' }>();
  });
});
