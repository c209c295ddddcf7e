import { expect, test } from 'vitest';
import { AppError } from '#shared/errors/app-error.ts';
import { toColumns } from '../../pipeline/columns.ts';
import { silentLogger } from '../../telemetry/logger.ts';
import { createPatientWriter } from './patient-writer.ts';

const batch = { events: toColumns([]), detections: [], offsets: [], counters: [], rejects: [] };
const receipt = { events: 0, replayed: false, alertIds: [], created: 0, orphaned: 0 };

test('after a batch was given up no later one is stored: its file offsets would cover the lost records', async () => {
  const answers = [new AppError('storage_full'), new AppError('storage_full')];
  let stored = 0;
  const commit = () => {
    const failure = answers.shift();
    if (failure !== undefined) return Promise.reject(failure);
    stored += 1;
    return Promise.resolve(receipt);
  };
  const writer = createPatientWriter({ commit, saveImport: () => Promise.resolve() }, silentLogger);
  const first = writer.commit(batch);
  await expect.poll(() => writer.obstacle()).toContain('the disk is full');
  writer.giveUp();
  await expect(first).rejects.toMatchObject({ code: 'storage_full' });
  await expect(writer.commit(batch)).rejects.toMatchObject({ code: 'storage_full' });
  expect(stored).toBe(0);
});

test('other failures are not waited for and do not hold up the next batch', async () => {
  const answers = [Promise.reject(new Error('a bug')), Promise.resolve(receipt)];
  const commit = () => answers.shift() ?? Promise.resolve(receipt);
  const writer = createPatientWriter({ commit, saveImport: () => Promise.resolve() }, silentLogger);
  await expect(writer.commit(batch)).rejects.toThrow('a bug');
  expect(writer.obstacle()).toBeNull();
  await expect(writer.commit(batch)).resolves.toEqual(receipt);
});
