/** What runs in a container of an image: on which ports something answers. */
export interface ImageKind {
  readonly ports: readonly number[]
  /** Whether it answers as Causeway's probe: JSON with the address that it is asked from. */
  readonly isProbe: boolean
}

const known: Readonly<Record<string, ImageKind>> = {
  probe: { ports: [8080], isProbe: true },
  nginx: { ports: [80], isProbe: false },
  httpd: { ports: [80], isProbe: false },
  coredns: { ports: [53, 8080, 8181, 9153], isProbe: false },
  'metrics-server': { ports: [443], isProbe: false },
  'metrics-server-amd64': { ports: [443], isProbe: false }
}

/** What an image would run, by the last part of its repository. The lab pulls nothing; an image that it does not know listens nowhere. */
export function imageKind(image: string): ImageKind {
  const withoutTag = image.replace(/@.*$/, '').replace(/:[^/:]*$/, '')
  const name = withoutTag.split('/').at(-1) ?? ''
  return known[name] ?? { ports: [], isProbe: false }
}

/** Whether the text can name an image. */
export function isImage(text: string): boolean {
  return /^[a-z0-9]+(?:[._:/@-]+[A-Za-z0-9]+)*$/.test(text)
}
