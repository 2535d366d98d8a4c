import { kindNamed, qualifiedName, type Kind } from '../../platform/kubernetes/kinds.ts'
import { KubectlError } from './kubectl-error.ts'

/** Objects that a command line names: all of a kind, or some by their names. */
export interface Resource {
  readonly kind: Kind
  /** Empty for all of them. */
  readonly names: readonly string[]
}

const everyday = ['pods', 'services', 'daemonsets', 'deployments']

/** Reads `TYPE`, `TYPE,TYPE`, `TYPE NAME…` and `TYPE/NAME…`. Throws where there is no type, or no such one. */
export function resourcesIn(args: readonly string[]): readonly Resource[] {
  const [first] = args
  if (first === undefined) throw new KubectlError('error: You must specify the type of resource')
  if (args.some(argument => argument.includes('/'))) {
    return args.map(argument => {
      const [type = '', name = '', more] = argument.split('/')
      if (name === '' || more !== undefined) {
        throw new KubectlError('error: arguments in resource/name form must have a single resource and name')
      }
      return { kind: kindOf(type), names: [name] }
    })
  }
  const types = first.split(',').flatMap(type => (type === 'all' ? everyday : [type]))
  return types.map(type => ({ kind: kindOf(type), names: args.slice(1) }))
}

/** The one object that arguments name: `TYPE/NAME`, `TYPE NAME`, or, with a type given, `NAME`. */
export function oneIn(
  args: readonly string[],
  type?: string
): { readonly kind: Kind; readonly name: string } {
  const [first = ''] = args
  const words = type !== undefined && !first.includes('/') ? [type, ...args.slice(0, 1)] : args
  const [found] = resourcesIn(words)
  const name = found?.names[0]
  if (found === undefined || name === undefined) {
    throw new KubectlError('error: resource name may not be empty')
  }
  return { kind: found.kind, name }
}

/** `pod/probe`, `deployment.apps/web`. */
export function nameIn(kind: Kind, name: string): string {
  return `${qualifiedName(kind)}/${name}`
}

function kindOf(type: string): Kind {
  const found = kindNamed(type)
  if (found === undefined) throw new KubectlError(`error: the server doesn't have a resource type "${type}"`)
  return found
}
