import type { LabContext, LabService } from '../lab-service.ts'
import { PacketNetwork } from '../network/packet-network.ts'
import { placesOf, type ServicePlace } from '../network/places.ts'
import { readSettings } from '../pace.ts'
import { cloudFoundryService } from './cf/service.ts'
import { kubernetesService } from './kubernetes/service.ts'
import { ContainerNetwork } from './network.ts'

/** The APIs of what is deployed in the lab: Cloud Foundry's and Kubernetes', on one network. */
export function platformServices(place: ServicePlace): readonly LabService[] {
  let network: ContainerNetwork | undefined
  const networkOf = (context: Pick<LabContext, 'lab' | 'state' | 'log'>): ContainerNetwork => {
    const { lab } = context
    if (network?.isUsed !== true) {
      const packets =
        readSettings(lab).packets === true
          ? new PacketNetwork(placesOf(place), line => context.log(line))
          : undefined
      network = new ContainerNetwork(lab, () => context.state(), packets)
    }
    return network
  }
  return [cloudFoundryService(networkOf), kubernetesService(networkOf)]
}
