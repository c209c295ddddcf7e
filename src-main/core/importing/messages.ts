import type { ImportedFile } from '../../store/interface/imports.ts';
import type { CommitReceipt } from '../../store/interface/writer.ts';
import type { IncomingBatch } from '../flow/flow.ts';

/** What an import worker is started with. */
export interface ImportWorkerData {
  readonly importId: string;
  readonly paths: readonly string[];
  /** Inputs of the plan to leave out: an earlier worker finished them, or was killed over the last of them. */
  readonly skip: number;
}

/** What the core serves to an import worker. */
export interface ImportCoreMethods {
  /** Sends a batch down the spine; answers after COMMIT. */
  submit(batch: IncomingBatch): Promise<CommitReceipt>;
  /** Whether a file of this SHA-256 is in the store already. */
  isKnown(sha256: string): Promise<boolean>;
}

/** What an import worker tells, besides calls. */
export type ImportNotice =
  | {
      readonly kind: 'planned';
      readonly inputs: number;
      readonly bytesTotal: number;
      readonly unreadable: readonly ImportedFile[];
    }
  | {
      readonly kind: 'progress';
      readonly currentFile: string;
      readonly bytesDone: number;
      readonly events: number;
      readonly rejected: number;
    }
  | {
      readonly kind: 'file';
      readonly index: number;
      readonly file: ImportedFile;
    }
  | { readonly kind: 'done' };

/** What the core may ask of an import worker. */
export interface ImportWorkerMethods {
  /** Stops after the batch in hand; what is committed stays. */
  cancel(argument: null): void;
}
