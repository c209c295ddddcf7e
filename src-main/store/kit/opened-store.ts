import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import type { AlertFilter, PageRequest, StoreReader } from '../interface/reader.ts';
import type { StoreWriter } from '../interface/writer.ts';
import { openReaderPool } from '../reader-pool.ts';
import { openWriter } from '../writer-client.ts';

/** A store of the test that runs, opened through threads as the core opens it. */
export interface OpenedStore {
  readonly folder: string;
  readonly writer: StoreWriter;
  readonly reader: StoreReader;
}

export const PAGE: PageRequest = { limit: 50, offset: 0, cursor: null };

export const ANY_ALERT: AlertFilter = {
  since: null,
  until: null,
  severities: [],
  ruleId: null,
  entity: null,
  statuses: [],
  text: null,
  technique: null,
  importId: null,
};

/** Test support: opens an empty store before each test of a file and removes it afterwards. */
export function openedStore(): OpenedStore {
  let store: OpenedStore | null = null;
  beforeEach(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'harrier-store-'));
    store = { folder, writer: await openWriter(folder), reader: await openReaderPool(folder, 1) };
  });
  afterEach(async () => {
    await current().reader.close();
    await current().writer.close();
    rmSync(current().folder, { recursive: true });
  });
  const current = (): OpenedStore => {
    if (store === null) throw new Error('The store is opened before each test.');
    return store;
  };
  return {
    get folder() {
      return current().folder;
    },
    get writer() {
      return current().writer;
    },
    get reader() {
      return current().reader;
    },
  };
}
