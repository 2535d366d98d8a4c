import { LabNetwork } from '../../../src/lab/network/lab-network.ts'
import { smallNetwork } from './small-network.ts'

// Makes a network with a container that listens, says so, and holds it until it is ended from outside.
const network = await LabNetwork.open({ file: process.argv[2] ?? '' })
await network.apply(
  smallNetwork(2, [
    { name: 'a', host: 1, address: '10.255.1.2', listens: [8080] },
    { name: 'b', host: 2, address: '10.255.2.2', listens: [] }
  ])
)
process.stdout.write('made\n')
setInterval(() => undefined, 1 << 30)
