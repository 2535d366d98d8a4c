/** Removes the chunks below the folder `dist` that builds left behind over a day ago; `written` are this build's files. */
export function removeOldChunks(dist: string, written: readonly string[]): Promise<void>
