import { expect, it } from 'vitest';
import { RecentMap } from './recent-map.ts';

it('keeps what is used and stays bounded', () => {
  const map = new RecentMap<number>(100);
  map.set('kept', 1);
  for (let index = 0; index < 1000; index += 1) {
    map.set(`other ${index}`, index);
    expect(map.get('kept')).toBe(1);
  }
  expect(map.size).toBeLessThanOrEqual(200);
  expect(map.get('other 0')).toBeUndefined();
});
