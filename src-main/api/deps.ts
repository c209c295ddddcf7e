import type { AttackCatalogue } from '#shared/model/attack-catalogue.ts';
import type { Threat } from '#shared/model/threat.ts';
import type { PipelineCommands } from '../pipeline/commands.ts';
import type { Clock } from '../platform/clock.ts';
import type { NewId } from '../platform/ids.ts';
import type { Hub } from '../publish/hub.ts';
import type { StoreReader } from '../store/interface/reader.ts';
import type { StoreWriter } from '../store/interface/writer.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { SetupToken } from './auth/setup-token.ts';
import type { RateLimitOptions } from './limits/rate.ts';

/** What the resources need to answer. */
export interface ResourceDeps {
  readonly reader: StoreReader;
  readonly writer: StoreWriter;
  readonly commands: PipelineCommands;
  readonly clock: Clock;
  /** Harrier's own version, for signed-in callers only. */
  readonly version: string;
  readonly attack: AttackCatalogue;
  /** Groups and software of ATT&CK. */
  readonly threats: readonly Threat[];
}

export interface AuthOptions {
  /** `disabled` opens the API to everyone who reaches it; refused unless `bindHost` is a loopback address. */
  readonly mode: 'required' | 'disabled';
  /** Address that the server will listen on. */
  readonly bindHost: string;
  /** Credential of the window that started this core; null when headless. */
  readonly launchToken: string | null;
  /** One-time token that `serve` prints; null when there is nothing to set up. */
  readonly setupToken: SetupToken | null;
}

export interface NetworkOptions {
  /** Names besides loopback that this server answers to: "name" (at its own port) or "name:port". */
  readonly allowedHosts: readonly string[];
  /** Web origins besides its own that may call it: exact, no wildcards. */
  readonly allowedOrigins: readonly string[];
  /** Take the client's address from X-Forwarded-For: only behind a proxy that sets it. */
  readonly trustProxyHeaders: boolean;
  /** Largest upload; the default is `MAX_UPLOAD_BYTES`. */
  readonly maxUploadBytes?: number;
}

export interface ApiDeps extends ResourceDeps {
  readonly hub: Hub;
  readonly newId: NewId;
  readonly logger: Logger;
  readonly auth: AuthOptions;
  readonly network: NetworkOptions;
  readonly rateLimits: RateLimitOptions;
  /** Folder of the built renderer, served at `/`; null serves the API alone. */
  readonly rendererDir: string | null;
}
