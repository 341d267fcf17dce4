import type { Http } from '../feeds/http/http.ts';
import type { Publication } from './issue.ts';

/** A place reports are published at. */
export interface Place {
  readonly id: string;
  /** @throws Problem for what the place or the network does, and for what is missing to ask it. */
  publish(publication: Publication, request: PublishRequest): Promise<Published>;
}

export interface PublishRequest {
  /** `owner/name` as it was given; `null`: as the environment says. */
  readonly repository: string | null;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly http: Http;
  readonly signal: AbortSignal;
  /** Look and say what would be done, without writing. */
  readonly dryRun: boolean;
  /** First moment at which the report can have been published, ISO 8601: what was last touched before is not looked at. */
  readonly since: string;
}

export interface Published {
  readonly did: 'create' | 'update' | 'nothing';
  /** `null` when it would be created. */
  readonly number: number | null;
  /** Where people look at it; `null` when it would be created. */
  readonly address: string | null;
  /** Others of the same report that were closed. */
  readonly closed: readonly number[];
}
