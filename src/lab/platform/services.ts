import type { LabService, LabState } from '../lab-service.ts'
import { cloudFoundryService } from './cf/service.ts'
import { kubernetesService } from './kubernetes/service.ts'
import { ContainerNetwork } from './network.ts'

/** The APIs of what is deployed in the lab: Cloud Foundry's and Kubernetes', on one network. */
export const platformServices: readonly LabService[] = createPlatformServices()

function createPlatformServices(): readonly LabService[] {
  let network: ContainerNetwork | undefined
  const networkOf = (lab: string, state: () => LabState): ContainerNetwork => {
    if (network?.isUsed !== true) network = new ContainerNetwork(lab, state)
    return network
  }
  return [cloudFoundryService(networkOf), kubernetesService(networkOf)]
}
