import { expect, it } from 'vitest';
import { topEntities } from './top-entities.ts';

const entity = (type: 'user' | 'host', value: string) => ({ type, value, uuid: crypto.randomUUID() });

it('counts fires, not alerts, and shows the most frequent first', () => {
  const groups = topEntities([
    { count: 3, entities: [entity('user', 'ann'), entity('host', 'ws-1')] },
    { count: 1, entities: [entity('user', 'bob')] },
    { count: 9, entities: [entity('user', 'bob')] },
  ]);
  expect(groups).toEqual([
    { type: 'host', values: [{ value: 'ws-1', count: 3 }] },
    {
      type: 'user',
      values: [
        { value: 'bob', count: 10 },
        { value: 'ann', count: 3 },
      ],
    },
  ]);
});

it('shows five of a type', () => {
  const alerts = Array.from({ length: 8 }, (_, index) => ({
    count: index + 1,
    entities: [entity('user', `user-${index}`)],
  }));
  expect(topEntities(alerts)[0]?.values.map(({ count }) => count)).toEqual([8, 7, 6, 5, 4]);
});
