import type { Edit } from './edit.ts'

/** What a job of kubo-release needs before it can be told to use another network than Flannel. */
export interface JobEdits {
  readonly job: string
  /** A property of the job's spec by which it takes all of this from the manifest as it is; then nothing is edited. */
  readonly takesAll: string
  /** Path of one of the job's files from the release's root, and the edits of it. */
  readonly files: readonly EditedFile[]
}

export interface EditedFile {
  readonly path: string
  /** Given the text as upstream has it, which differs from version to version. */
  readonly edits: (text: string) => readonly Edit[]
}

/**
 * kubelet up to v0.23.2 (kubo-release, jobs/kubelet/templates/bin/kubelet_ctl.erb): its flags stand in the template. By
 * default they stay what they are.
 */
export const kubeletEdits: JobEdits = {
  job: 'kubelet',
  takesAll: 'k8s-args',
  files: [
    {
      path: 'jobs/kubelet/spec',
      edits: () => [
        propertiesEdit([
          property(
            'cni-bin-dir',
            'Folders of CNI plugins, first to last; before Kubernetes 1.11 kubelet takes but one',
            '/var/vcap/jobs/kubelet/packages/cni/bin'
          ),
          property(
            'cni-conf-dir',
            "Folder of CNI configurations; kubelet's own default where it is not given"
          ),
          property('hairpin-mode', 'promiscuous-bridge, hairpin-veth or none'),
          property(
            'iptables-masquerade-bit',
            'Mark bit of packets to masquerade; VXLAN carries bits 0 to 15'
          ),
          property('iptables-drop-bit', 'Mark bit of packets to drop; VXLAN carries bits 0 to 15')
        ])
      ]
    },
    {
      path: 'jobs/kubelet/templates/bin/kubelet_ctl.erb',
      edits: () => [
        {
          about: 'flags of kubelet by property',
          anchor: '    --cni-bin-dir=/var/vcap/jobs/kubelet/packages/cni/bin \\',
          lines: [
            "    --cni-bin-dir=<%= p('cni-bin-dir') %> \\",
            flagIfGiven('cni-conf-dir'),
            flagIfGiven('hairpin-mode'),
            flagIfGiven('iptables-masquerade-bit'),
            flagIfGiven('iptables-drop-bit')
          ]
        }
      ]
    }
  ]
}

/** kube-proxy up to v0.23.2 (kubo-release, jobs/kube-proxy/templates/config/config.yml.erb): all but a few values are fixed. */
export const kubeProxyEdits: JobEdits = {
  job: 'kube-proxy',
  takesAll: 'kube-proxy-configuration',
  files: [
    {
      path: 'jobs/kube-proxy/spec',
      edits: text => [
        propertiesEdit([
          property('proxy-mode', 'iptables, ipvs or userspace', 'iptables'),
          property(
            'iptables-masquerade-bit',
            'Mark bit of packets to masquerade; VXLAN carries bits 0 to 15',
            14
          ),
          // v0.19 brought it.
          ...(/^ {2}pod-network-cidr:$/m.test(text)
            ? []
            : [property('pod-network-cidr', 'CIDR of pods', '10.200.0.0/16')])
        ])
      ]
    },
    {
      path: 'jobs/kube-proxy/templates/config/config.yml.erb',
      edits: text => [
        { about: 'mode by property', anchor: 'mode: iptables', lines: ["mode: <%= p('proxy-mode') %>"] },
        {
          about: 'mark bit by property',
          anchor: '  masqueradeBit: 14',
          lines: ["  masqueradeBit: <%= p('iptables-masquerade-bit') %>"]
        },
        ...(text.includes("clusterCIDR: <%= p('pod-network-cidr') %>")
          ? []
          : [
              {
                about: 'CIDR of pods by property',
                anchor: 'clusterCIDR: 10.200.0.0/16',
                lines: ["clusterCIDR: <%= p('pod-network-cidr') %>"]
              }
            ])
      ]
    }
  ]
}

function propertiesEdit(properties: readonly (readonly string[])[]): Edit {
  return {
    about: 'properties of what the templates ask for',
    anchor: 'properties:',
    lines: ['properties:', ...properties.flat()]
  }
}

function property(name: string, description: string, byDefault?: string | number): readonly string[] {
  return [
    `  ${name}:`,
    `    description: ${JSON.stringify(description)}`,
    ...(byDefault === undefined ? [] : [`    default: ${JSON.stringify(byDefault)}`])
  ]
}

/** A line of the command of kubelet; where the property is not given, it is blank but for what joins it to the next. */
function flagIfGiven(name: string): string {
  return `    <% if_p('${name}') do |value| %>--${name}=<%= value %><% end %> \\`
}
