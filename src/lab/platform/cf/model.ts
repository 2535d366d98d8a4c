import type { EgressRule, Policy } from '../world.ts'

export interface Organization {
  readonly guid: string
  readonly name: string
  readonly createdAt: string
}

export interface Space extends Organization {
  readonly organization: string
}

export interface App {
  readonly guid: string
  readonly name: string
  readonly space: string
  readonly createdAt: string
  readonly state: 'STARTED' | 'STOPPED'
  /** The image of its droplet; an app without one can't be started. */
  readonly image?: string
  readonly instances: number
  readonly memoryMiB: number
  readonly env: Readonly<Record<string, string>>
}

export interface Route {
  readonly guid: string
  readonly host: string
  /** Guids of apps. */
  readonly destinations: readonly string[]
  readonly space: string
}

export interface SecurityGroup {
  readonly guid: string
  readonly name: string
  readonly rules: readonly EgressRule[]
  /** Whether it is for all apps that run. */
  readonly running: boolean
}

/** What Cloud Foundry's databases hold; gone with the deployment. */
export interface CfData {
  readonly organizations: Record<string, Organization>
  readonly spaces: Record<string, Space>
  readonly apps: Record<string, App>
  readonly routes: Record<string, Route>
  /** Packages, builds and droplets are one thing here: an image under its guid. */
  readonly images: Record<string, string>
  policies: readonly Policy[]
  readonly featureFlags: Record<string, boolean>
  readonly securityGroups: Record<string, SecurityGroup>
}

/** An empty Cloud Foundry. Apps may not be pushed as images until somebody allows it (capi-release, feature_flags). */
export function emptyCf(): CfData {
  return {
    organizations: {},
    spaces: {},
    apps: {},
    routes: {},
    images: {},
    policies: [],
    securityGroups: {},
    featureFlags: { diego_docker: false, user_org_creation: false, set_roles_by_username: true }
  }
}
