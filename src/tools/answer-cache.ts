import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { Files } from './files.ts'

/** What a server said once, to be taken again when it says that nothing changed. */
export interface CachedAnswer {
  /** As the server wrote it, quotes included. */
  readonly etag: string
  readonly link?: string | undefined
  readonly data: unknown
}

/** Answers by address, of one token: another token gets other ETags, and may see other things. */
export interface AnswerCache {
  read(url: string): Promise<CachedAnswer | undefined>
  write(url: string, answer: CachedAnswer): Promise<void>
}

/** Answers in files of mode 0600. Neither an address nor a token can be read from their names. */
export function createAnswerCache(files: Files, folder: string, token: string | undefined): AnswerCache {
  const fileOf = (url: string): string =>
    join(
      folder,
      `${createHash('sha256')
        .update(`${token ?? ''}\0${url}`)
        .digest('hex')}.json`
    )
  return {
    async read(url) {
      const text = await files.readTextIfAny(fileOf(url))
      return text === undefined ? undefined : answerIn(text)
    },
    write: (url, answer) => files.writeSecret(fileOf(url), JSON.stringify(answer))
  }
}

/** A file that another version of ours wrote, or that was spoiled, is as good as none. */
function answerIn(text: string): CachedAnswer | undefined {
  try {
    const read: unknown = JSON.parse(text)
    if (typeof read !== 'object' || read === null || !('etag' in read) || !('data' in read)) return undefined
    const link = 'link' in read && typeof read.link === 'string' ? read.link : undefined
    return typeof read.etag === 'string' ? { etag: read.etag, data: read.data, link } : undefined
  } catch {
    return undefined
  }
}
