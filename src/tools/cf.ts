import type { Programs } from './exec.ts'

export interface CfLogin {
  /** `https://api.<system domain>`. */
  readonly api: string
  readonly user: string
  readonly password: string
  /** A folder of its own, so that no other login is overwritten. */
  readonly home: string
}

export interface CfPush {
  readonly app: string
  /** `<repository>:<tag>`. */
  readonly image: string
  readonly memory: string
}

export interface Cf {
  login(): Promise<void>
  createOrg(org: string): Promise<void>
  createSpace(org: string, space: string): Promise<void>
  target(org: string, space: string): Promise<void>
  /** Names of the orgs that the login sees; fails where the API does not answer. */
  orgs(): Promise<string>
  /** `diego_docker` lets apps be pushed as images. */
  enableFeatureFlag(flag: string): Promise<void>
  /** Makes a security group of a file of rules, or gives one that is there these rules, for all apps that run. */
  allowRunning(securityGroup: string, rulesFile: string): Promise<void>
  push(push: CfPush): Promise<void>
  /** Overlay address of the app's first instance, as the app itself sees it. */
  internalAddress(app: string): Promise<string>
  addNetworkPolicy(from: string, to: string, port: number): Promise<void>
  removeNetworkPolicy(from: string, to: string, port: number): Promise<void>
  /** Runs a command in the app's first instance; throws ProgramFailed where it fails. */
  ssh(app: string, command: string): Promise<string>
  deleteOrg(org: string): Promise<void>
}

/** The cf CLI. The password goes by its environment, never by its arguments. */
export function createCf(programs: Programs, login: CfLogin): Cf {
  const cf = async (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<string> => {
    const result = await programs.run({
      program: 'cf',
      args,
      env: { CF_HOME: login.home, CF_COLOR: 'false', ...env },
      echo: false
    })
    return result.stdout
  }

  return {
    async login() {
      await cf(['api', login.api, '--skip-ssl-validation'])
      // `cf auth` without arguments takes both from its environment (cf CLI v6.34 and later).
      await cf(['auth'], { CF_USERNAME: login.user, CF_PASSWORD: login.password })
    },
    async createOrg(org) {
      await cf(['create-org', org])
    },
    async createSpace(org, space) {
      await cf(['create-space', space, '-o', org])
    },
    async target(org, space) {
      await cf(['target', '-o', org, '-s', space])
    },
    async orgs() {
      return cf(['orgs'])
    },
    async enableFeatureFlag(flag) {
      await cf(['enable-feature-flag', flag])
    },
    async allowRunning(securityGroup, rulesFile) {
      // One that is there already is no failure of `create`, and keeps its rules.
      await cf(['create-security-group', securityGroup, rulesFile])
      await cf(['update-security-group', securityGroup, rulesFile])
      await cf(['bind-running-security-group', securityGroup])
    },
    async push({ app, image, memory }) {
      await cf(['push', app, '--docker-image', image, '-m', memory, '--no-manifest'])
    },
    async internalAddress(app) {
      return (await cf(['ssh', app, '-c', 'printenv CF_INSTANCE_INTERNAL_IP'])).trim()
    },
    async addNetworkPolicy(from, to, port) {
      await cf(['add-network-policy', from, to, '--protocol', 'tcp', '--port', String(port)])
    },
    async removeNetworkPolicy(from, to, port) {
      await cf(['remove-network-policy', from, to, '--protocol', 'tcp', '--port', String(port)])
    },
    async ssh(app, command) {
      return cf(['ssh', app, '-c', command])
    },
    async deleteOrg(org) {
      await cf(['delete-org', org, '-f'])
    }
  }
}
