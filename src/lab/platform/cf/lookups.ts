import type { Response } from '../../http/router.ts'
import { notFound } from './errors.ts'

/** The entry with a guid; a refusal that says what was not found. */
export function found<T>(all: Readonly<Record<string, T>>, guid: string | undefined, what: string): T {
  const result = guid !== undefined && Object.hasOwn(all, guid) ? all[guid] : undefined
  if (result === undefined) throw notFound(what)
  return result
}

/** Answers of deletions name a job; the lab's are done already. */
export function accepted(): Response {
  return { status: 202, headers: { Location: '/v3/jobs/done' } }
}

/** Keeps what has one of the names asked for, or everything where none is. */
export function named(query: URLSearchParams): (each: { readonly name: string }) => boolean {
  const names = list(query, 'names')
  return ({ name }) => isIn(names, name)
}

export function isIn(wanted: readonly string[], value: string): boolean {
  return wanted.length === 0 || wanted.includes(value)
}

/** The words of a comma list in the query. */
export function list(query: URLSearchParams, key: string): readonly string[] {
  return (query.get(key) ?? '').split(',').filter(part => part !== '')
}

/** Now, as the Cloud Controller writes it. */
export function now(): string {
  return new Date().toISOString().replace(/\.\d+Z$/, 'Z')
}
