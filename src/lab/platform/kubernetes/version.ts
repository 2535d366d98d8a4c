/** CFCR v0.44.0 brings this one (kubo-release v0.44.0, packages/kubernetes). */
export const kubernetesVersion = 'v1.17.9'
