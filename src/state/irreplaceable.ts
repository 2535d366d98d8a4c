import { isRecord, parseJson } from '../tools/table.ts'
import type { Tree } from '../tools/tree.ts'

/**
 * What nothing makes again: without it, what stands in the cloud is nobody's (bbl v9.0.48, storage/file_ownership.go).
 * The rest of bbl's folder is written anew by `bbl plan`, or came from a pinned input.
 */
const infrastructure = ['bbl/bbl-state.json', 'bbl/vars/terraform.tfstate'] as const
const machines = ['bbl/vars/bosh-state.json', 'bbl/vars/jumpbox-state.json'] as const
const credentials = ['bbl/vars/director-vars-store.yml', 'bbl/vars/jumpbox-vars-store.yml'] as const

export const irreplaceable: readonly string[] = [...infrastructure, ...machines, ...credentials]

/**
 * Irreplaceable files of a tree that another lacks. Where something is destroyed, delete-env takes the file of a machine
 * with the machine (bosh-cli v7, cmd/deployment_deleter.go), and a finished `bbl down` takes them all.
 */
export function lostFiles(before: Tree, after: Tree, destroys: boolean): string[] {
  const lost = irreplaceable.filter(path => isThere(before, path) && !isThere(after, path))
  if (!destroys) return lost
  const isDown = [...infrastructure, ...machines].every(path => !isThere(after, path))
  return isDown ? [] : lost.filter(path => !machines.some(machine => machine === path))
}

/** A file that was emptied is as good as gone. */
function isThere(tree: Tree, path: string): boolean {
  return (tree.get(path)?.content.length ?? 0) > 0
}

/**
 * Irreplaceable files that are only half there: terraform and bosh write theirs in place, so that whoever is killed
 * meanwhile leaves one torn. What is not JSON can't be told from a whole file.
 */
export function tornFiles(tree: Tree): string[] {
  const json = [...infrastructure, ...machines]
  return json.filter(path => {
    const content = tree.get(path)?.content
    return content !== undefined && !isRecord(parseJson(Buffer.from(content).toString('utf8')))
  })
}
