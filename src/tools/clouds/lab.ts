import {
  answerQueries,
  labelsOf,
  resourceKinds,
  textOf,
  type Cloud,
  type CloudResource,
  type ResourceKind
} from './cloud.ts'

type Ask = (args: readonly string[]) => Promise<string>

/** The lab's cloud through `labcloud`. */
export function createLabCloud(ask: Ask): Cloud {
  const kinds = resourceKinds.filter(kind => kind !== 'dns')
  return {
    list: () =>
      answerQueries(
        kinds.map(kind => ({
          kind,
          what: `${kind}s`,
          args: ['list', kindInLab(kind)],
          read: row => ({
            id: textOf(row, 'cid'),
            name: textOf(row, 'name'),
            labels: labelsOf(row['tags']),
            ...(textOf(row, 'network') === '' ? {} : { network: textOf(row, 'network') })
          })
        })),
        ask
      ),
    async delete({ kind, id }: CloudResource) {
      await ask(['delete', kindInLab(kind), id])
    }
  }
}

/** The lab calls an image by the only thing that is one there. */
function kindInLab(kind: ResourceKind): string {
  return kind === 'image' ? 'stemcell' : kind
}
