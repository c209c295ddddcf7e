import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { callApi } from '../../api/client.ts';
import { invalidateRoutes } from '../../api/queries.ts';

/** One file on its way to the core. */
export interface Upload {
  readonly name: string;
  readonly sizeBytes: number;
}

export interface Intake {
  /** Files that still have to be sent; the first is under way. */
  readonly uploads: readonly Upload[];
  /** What the core or the network refused, with the file or path it was about. */
  readonly failures: readonly { readonly name: string; readonly error: unknown }[];
  readonly addFiles: (files: readonly File[]) => void;
  readonly addPaths: (paths: readonly string[]) => void;
  readonly openSample: () => void;
  readonly cancelUploads: () => void;
}

/**
 * Ways in for evidence. Beside a shell a file is imported from where it is; in a browser its bytes are sent, one
 * file after the other, each as an import of its own. `onStarted` gets the id of every import that began.
 */
export function useIntake(onStarted: (importId: string) => void): Intake {
  const client = useQueryClient();
  const [uploads, setUploads] = useState<readonly Upload[]>([]);
  const [failures, setFailures] = useState<Intake['failures']>([]);
  const queue = useRef<File[]>([]);
  const abort = useRef<AbortController | null>(null);

  const begin = async (name: string, start: () => Promise<{ readonly id: string }>) => {
    try {
      onStarted((await start()).id);
    } catch (error) {
      if (!(error instanceof DOMException)) setFailures((old) => [...old, { name, error }]);
    }
    await invalidateRoutes(client, ['listImports']);
  };
  const sendAll = async () => {
    if (abort.current !== null) return;
    const controller = new AbortController();
    abort.current = controller;
    for (let file = queue.current[0]; file !== undefined; file = queue.current[0]) {
      const bytes = file;
      const request = { query: { name: bytes.name } };
      await begin(bytes.name, () => callApi('uploadImport', request, { bytes, signal: controller.signal }));
      queue.current = queue.current.slice(1);
      setUploads((old) => old.slice(1));
    }
    abort.current = null;
  };
  const addPaths = (paths: readonly string[]) => {
    setFailures([]);
    void begin(paths.join(', '), () => callApi('startImport', { body: { paths: [...paths] } }));
  };
  return {
    uploads,
    failures,
    addPaths,
    addFiles: (files) => {
      const { harrier } = window;
      const paths =
        harrier === undefined ? [] : files.map((file) => harrier.pathForFile(file)).filter(Boolean);
      if (paths.length > 0) {
        addPaths(paths);
        return;
      }
      setFailures([]);
      queue.current = [...queue.current, ...files];
      setUploads((old) => [...old, ...files.map(({ name, size }) => ({ name, sizeBytes: size }))]);
      void sendAll();
    },
    openSample: () => {
      setFailures([]);
      void begin('The sample case', () => callApi('openSample', {}));
    },
    cancelUploads: () => {
      queue.current = queue.current.slice(0, 1);
      setUploads((old) => old.slice(0, 1));
      abort.current?.abort();
    },
  };
}
