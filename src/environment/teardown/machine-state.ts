import { isRecord, parseJson } from '../../tools/table.ts'

/** What of a machine's state names a thing that the cloud says it does not have. */
export interface MissingThing {
  readonly kind: 'vm' | 'disk' | 'image'
  readonly cid: string
}

/** How CPIs say that a thing is not there (bosh v283 cloud errors; google, aws, azure, vsphere and openstack CPIs). */
const notThere =
  /not found|could not be found|does not exist|doesn't exist|NotFound|InvalidAMIID|InvalidVolume|InvalidInstanceID|Unknown CID/i

/**
 * The thing that a `delete-env` stumbled over because somebody else had deleted it: a cid of this state in a line of its
 * error that says so. Undefined for any other failure.
 */
export function missingThingIn(error: string, stateText: string): MissingThing | undefined {
  const state = parseJson(stateText)
  if (!isRecord(state)) return undefined
  const lines = error.split('\n').filter(line => notThere.test(line))
  const candidates: MissingThing[] = [
    ...(typeof state['current_vm_cid'] === 'string' && state['current_vm_cid'] !== ''
      ? [{ kind: 'vm' as const, cid: state['current_vm_cid'] }]
      : []),
    ...cidsIn(state['disks']).map(cid => ({ kind: 'disk' as const, cid })),
    ...cidsIn(state['stemcells']).map(cid => ({ kind: 'image' as const, cid }))
  ]
  return candidates.find(({ cid }) => lines.some(line => line.includes(cid)))
}

/** The state without one thing, and without what pointed at it. */
export function withoutThing(stateText: string, { kind, cid }: MissingThing): string {
  const state = parseJson(stateText)
  if (!isRecord(state)) return stateText
  if (kind === 'vm') return format({ ...state, current_vm_cid: '' })
  const [list, pointer] =
    kind === 'disk'
      ? (['disks', 'current_disk_id'] as const)
      : (['stemcells', 'current_stemcell_id'] as const)
  const entries = Array.isArray(state[list]) ? state[list].filter(isRecord) : []
  const gone = entries.find(entry => entry['cid'] === cid)
  return format({
    ...state,
    [list]: entries.filter(entry => entry !== gone),
    ...(gone !== undefined && state[pointer] === gone['id'] ? { [pointer]: '' } : {})
  })
}

/**
 * The state of a machine that create-env makes anew: it passes over one whose manifest has not changed, whether it runs or
 * not (bosh-cli v7.10, cmd/deployment_preparer.go, "Skipping deploy").
 */
export function asIfChanged(stateText: string): string {
  const state = parseJson(stateText)
  return isRecord(state) ? format({ ...state, current_manifest_sha: '' }) : stateText
}

/** `bbl-state.json` as bbl keeps it once its Director is deleted, so that `down` asks a dead Director nothing. */
export function withoutDirector(stateText: string): string {
  const state = parseJson(stateText)
  if (!isRecord(state)) return stateText
  return `${JSON.stringify({ ...state, bosh: {} }, undefined, '\t')}\n`
}

function cidsIn(list: unknown): string[] {
  return Array.isArray(list)
    ? list
        .filter(isRecord)
        .map(entry => entry['cid'])
        .filter((cid): cid is string => typeof cid === 'string' && cid !== '')
    : []
}

function format(state: object): string {
  return `${JSON.stringify(state, undefined, 4)}\n`
}
