import type { Value } from '../../../manifest/value.ts'
import { DirectorError } from '../director-error.ts'
import type { DirectorData, StemcellRecord } from '../model.ts'
import { optionalProperty, property } from '../property.ts'
import { compareVersions } from './versions.ts'

/** The uploaded stemcell that a manifest names by `os` or `name`. Throws the Director's error where it lacks. */
export function findStemcell(data: DirectorData, spec: Value): StemcellRecord {
  const version = property(spec, 'version', 'String')
  const name = optionalProperty(spec, 'name', 'String')
  const os = optionalProperty(spec, 'os', 'String')
  const candidates = data.stemcells.filter(stemcell =>
    name === undefined ? stemcell.os === os : stemcell.name === name
  )
  const sorted = [...candidates].sort((left, right) => compareVersions(left.version, right.version))
  const line = /^(.+)\.latest$/.exec(version)?.[1]
  const found =
    version === 'latest'
      ? sorted.at(-1)
      : line === undefined
        ? sorted.find(stemcell => stemcell.version === version)
        : sorted.findLast(stemcell => stemcell.version === line || stemcell.version.startsWith(`${line}.`))
  if (found !== undefined) return found
  const message =
    name === undefined
      ? `Stemcell version '${version}' for OS '${os ?? ''}' doesn't exist`
      : `Stemcell '${name}/${version}' doesn't exist`
  throw new DirectorError(50003, message, 404)
}
