import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parse, stringify } from 'yaml'

/**
 * Makes a checkout of kubo-release one that needs no blobstore: each blob becomes a text under its own path, and a package that is
 * only locked, as golang is, one without files; nothing of it was ever built. Specs and jobs stay as they are.
 */
export function standInBlobs(checkout) {
  const put = (path, text) => {
    mkdirSync(dirname(join(checkout, path)), { recursive: true })
    writeFileSync(join(checkout, path), text)
  }
  const blobs = Object.keys(parse(readFileSync(join(checkout, 'config/blobs.yml'), 'utf8')) ?? {}).map(
    path => {
      const text = `A stand-in for ${path}\n`
      put(`blobs/${path}`, text)
      return [path, { size: text.length, sha: `sha256:${createHash('sha256').update(text).digest('hex')}` }]
    }
  )
  put('config/blobs.yml', stringify(Object.fromEntries(blobs)))
  // What upstream built before would be fetched, too.
  rmSync(join(checkout, '.final_builds'), { recursive: true, force: true })
  const locked = readdirSync(join(checkout, 'packages')).filter(name =>
    existsSync(join(checkout, 'packages', name, 'spec.lock'))
  )
  for (const name of locked) {
    rmSync(join(checkout, 'packages', name, 'spec.lock'))
    put(`packages/${name}/spec`, stringify({ name, files: [] }))
    put(`packages/${name}/packaging`, 'true\n')
  }
}
