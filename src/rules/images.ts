import type { ImageResource, JsonObject } from '../concourse/model.ts'

type Image = Pick<ImageResource, 'type' | 'source' | 'version'>

/**
 * The repository of an image that is whatever its registry calls the latest; undefined for all others, and where what
 * it is can't be seen here.
 */
export function unpinnedImage({ type, source = {}, version }: Image): string | undefined {
  if ((type !== 'registry-image' && type !== 'docker-image') || version !== undefined) return undefined
  const { repository } = source
  if (typeof repository !== 'string' || isComplete(repository)) return undefined
  return isPinned(source) ? undefined : repository
}

/** Whether the name brings its tag or digest along, or may when it is filled in. */
function isComplete(repository: string): boolean {
  return /\(\(|\{\{|@|:[^/]*$/.test(repository)
}

function isPinned({ tag, ...source }: JsonObject): boolean {
  if (tag !== undefined && tag !== null) return tag !== 'latest'
  return 'semver_constraint' in source || 'tag_regex' in source || 'variant' in source
}
