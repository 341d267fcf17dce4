/** What tests change of the client. */
export interface GitHubSettings {
  /** How long a second of waiting between tries lasts, in milliseconds. */
  readonly second: number;
}

export const SETTINGS: GitHubSettings = { second: 1000 };
