/** Builds what is stale under `root`. Gives true where it built. */
export function buildIfStale(root: string): Promise<boolean>
