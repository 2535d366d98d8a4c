/** Where a question is asked. Apps run on Diego cells, pods on CFCR workers. */
export type Place = 'app-a' | 'app-b' | 'pod-a' | 'pod-b' | 'pod-c'

/**
 * What a question goes to: a place, by its own address, or an address of Kubernetes. Behind service-a stands pod-a alone,
 * behind service-c pod-c; `api` is the service of the Kubernetes API.
 */
export type Target = Place | 'service-a' | 'service-c' | 'api'

export type NetworkKind = 'silk' | 'flannel'

/**
 * The address that the other side has to see: the asker's own; one of its worker's, which masquerading takes where a pod's
 * device has none of global scope; or that of its worker's bridge, the first of the worker's /24.
 */
export type Source = 'own' | 'worker' | 'bridge'

/** What has to come of a question. */
export type Expected =
  /** Without a source it does not matter, or nobody tells it. */
  | { readonly outcome: 'passes'; readonly source?: Source }
  /** No answer at all. */
  | { readonly outcome: 'fails' }

/** One flow that is tried, and what it proves. */
export interface Cell {
  readonly id: string
  readonly from: Place
  readonly to: Target
  /** `probe` asks the probe who asked it; `api` asks the Kubernetes API, `name` the cluster's DNS for the API's name. @default probe */
  readonly question?: 'probe' | 'api' | 'name'
  readonly proves: string
  /** A network policy from → to stands while the cell runs. */
  readonly policy?: true
  /** By the network that the environment's pods are on. */
  readonly expected: Readonly<Record<NetworkKind, Expected>>
  /** Must fail wherever it runs: a matrix in which this passes proves nothing. */
  readonly control?: true
}

/** The port that the probe answers on. */
export const probePort = 8080

const fails: Expected = { outcome: 'fails' }
const passes: Expected = { outcome: 'passes' }
const seenAsItself: Expected = { outcome: 'passes', source: 'own' }
const onBoth = (expected: Expected): Cell['expected'] => ({ silk: expected, flannel: expected })

/** pod-a and pod-b share a worker; pod-c runs on another one. */
export const matrix: readonly Cell[] = [
  {
    id: 'app-app-no-policy',
    from: 'app-a',
    to: 'app-b',
    proves: 'apps are closed to one another until a policy opens them',
    expected: onBoth(fails),
    control: true
  },
  {
    id: 'app-app-policy',
    from: 'app-a',
    to: 'app-b',
    proves: 'a network policy opens an app to another',
    policy: true,
    expected: onBoth(seenAsItself)
  },
  {
    id: 'app-pod',
    from: 'app-a',
    to: 'pod-a',
    proves: 'an app reaches a pod by its own address, on one SILK network',
    expected: { silk: seenAsItself, flannel: fails }
  },
  {
    id: 'app-pod-other-worker',
    from: 'app-b',
    to: 'pod-c',
    proves: 'each worker is a member of the overlay, not only the first',
    expected: { silk: seenAsItself, flannel: fails }
  },
  {
    id: 'app-service',
    from: 'app-a',
    to: 'service-c',
    proves: 'the address of a service exists on workers alone: an app has to go to its pods',
    expected: onBoth(fails),
    control: true
  },
  {
    id: 'pod-app-no-policy',
    from: 'pod-a',
    to: 'app-a',
    proves: 'apps stay closed to pods that no policy names',
    expected: onBoth(fails),
    control: true
  },
  {
    id: 'pod-pod-same-worker',
    from: 'pod-a',
    to: 'pod-b',
    proves: 'pods of one worker reach one another',
    expected: onBoth(seenAsItself)
  },
  {
    id: 'pod-pod-other-worker',
    from: 'pod-a',
    to: 'pod-c',
    proves: 'pods of different workers reach one another without address translation',
    expected: onBoth(seenAsItself)
  },
  {
    id: 'pod-pod-back',
    from: 'pod-c',
    to: 'pod-a',
    proves: 'the overlay carries both ways, whoever asks first',
    expected: onBoth(seenAsItself)
  },
  {
    id: 'pod-service',
    from: 'pod-a',
    to: 'service-c',
    proves: "kube-proxy leads to a pod of another worker, and takes pods for the cluster's own",
    expected: onBoth(seenAsItself)
  },
  {
    id: 'pod-own-service',
    from: 'pod-a',
    to: 'service-a',
    proves: 'a pod reaches itself by its service, through its worker',
    expected: {
      silk: { outcome: 'passes', source: 'worker' },
      flannel: { outcome: 'passes', source: 'bridge' }
    }
  },
  {
    id: 'pod-api',
    from: 'pod-c',
    to: 'api',
    question: 'api',
    proves: 'pods have a way off the overlay, masqueraded: the Kubernetes API answers on the underlay',
    expected: onBoth(passes)
  },
  {
    id: 'pod-name',
    from: 'pod-c',
    to: 'api',
    question: 'name',
    proves: "the cluster's DNS answers pods",
    expected: onBoth(passes)
  }
]
